package export

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"signaalboek/api/web"
	"signaalboek/domain"
)

// Workbook writes sheets as one workbook, after a sheet that explains them. Its properties have the title, and the day as
// the time of everything; they name nobody and no program.
func Workbook(title string, day domain.Date, explanation []Section, sheets []Sheet) ([]byte, error) {
	b := &workbook{file: excelize.NewFile(), title: title}
	defer b.file.Close() // it holds nothing open: only what is read from a disk does
	b.file.SetZipWriter(func(to io.Writer) excelize.ZipWriter { return &parts{to: to} })
	b.dress()
	b.explain(explanation)
	for _, sheet := range sheets {
		b.add(sheet)
	}
	b.describe(title, day)
	if b.err != nil {
		return nil, b.err
	}
	content, err := b.file.WriteToBuffer()
	if err != nil {
		return nil, fmt.Errorf("write a workbook: %w", err)
	}
	return content.Bytes(), nil
}

// workbook is a workbook that is being written. After its first fault it does nothing more.
type workbook struct {
	file  *excelize.File
	title string
	err   error
	heads int // the styles: of headers,
	sums  int // of headers above numbers,
	words int // of texts,
	count int // of numbers,
	days  int // and of days
}

// must keeps the first fault, and what was being done.
func (b *workbook) must(err error, doing, sheet string) {
	if b.err == nil && err != nil {
		b.err = fmt.Errorf("%s in sheet %q: %w", doing, sheet, err)
	}
}

// dress makes the styles.
func (b *workbook) dress() {
	dayForm := "dd/mm/yyyy"
	top := &excelize.Alignment{Vertical: "top", WrapText: true}
	right := &excelize.Alignment{Vertical: "top", Horizontal: "right", Indent: 1, WrapText: true}
	head := excelize.Style{
		Font: &excelize.Font{Bold: true, Family: "Calibri", Size: 11}, Alignment: top,
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E3E9F0"}},
	}
	b.heads = b.style(&head)
	head.Alignment = right
	b.sums = b.style(&head)
	b.words = b.style(&excelize.Style{Alignment: top})
	b.count = b.style(&excelize.Style{Alignment: right})
	b.days = b.style(&excelize.Style{CustomNumFmt: &dayForm, Alignment: &excelize.Alignment{Vertical: "top", Horizontal: "left"}})
}

func (b *workbook) style(style *excelize.Style) int {
	number, err := b.file.NewStyle(style)
	b.must(err, "make a style", "")
	return number
}

// explain writes the first sheet: what the others say, in words.
func (b *workbook) explain(explanation []Section) {
	sheet := Sheet{Title: web.T("files.explained"), Columns: []Column{
		{Title: web.T("files.explained.on"), Wide: 40}, {Title: web.T("files.explained.what"), Wide: 90},
	}}
	for _, section := range explanation {
		title := section.Title
		for _, line := range section.Lines {
			sheet.Rows = append(sheet.Rows, []Cell{Text(title), Text(line)})
			title = ""
		}
	}
	b.must(b.file.SetSheetName(b.file.GetSheetName(0), sheet.Title), "name", sheet.Title)
	b.fill(sheet)
}

// add writes a sheet after those that are there.
func (b *workbook) add(sheet Sheet) {
	if slices.Contains(b.file.GetSheetList(), sheet.Title) {
		b.must(ErrSameName, "add", sheet.Title)
	}
	_, err := b.file.NewSheet(sheet.Title)
	b.must(err, "add", sheet.Title)
	b.fill(sheet)
}

// fill writes the header, which stays in sight, and the rows.
func (b *workbook) fill(sheet Sheet) {
	header := make([]Cell, len(sheet.Columns))
	for i, column := range sheet.Columns {
		name := letters(i)
		header[i] = Text(column.Title)
		b.must(b.file.SetColWidth(sheet.Title, name, name, float64(column.Wide)), "widen", sheet.Title)
	}
	b.row(sheet, 1, header, func(column int) int { return b.headOf(sheet, column) })
	frozen := &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}
	b.must(b.file.SetPanes(sheet.Title, frozen), "freeze", sheet.Title)
	if sheet.Note != "" {
		b.must(b.file.SetCellStr(sheet.Title, "A2", sheet.Note), "note", sheet.Title)
	}
	for i, cells := range sheet.Rows {
		b.row(sheet, i+2, cells, func(column int) int { return b.styleOf(cells[column]) })
	}
	b.print(sheet.Title)
}

// headOf is how the header of a column looks: numbers stand to the right, and so does what is above them.
func (b *workbook) headOf(sheet Sheet, column int) int {
	if slices.ContainsFunc(sheet.Rows, func(cells []Cell) bool { return b.styleOf(cells[column]) == b.count }) {
		return b.sums
	}
	return b.heads
}

// styleOf is how a cell looks.
func (b *workbook) styleOf(cell Cell) int {
	switch cell.(type) {
	case Day:
		return b.days
	case Number, Decimal, Unrecorded:
		return b.count
	}
	return b.words
}

// row writes one row, each of its cells in the style of its column, and as high as its texts need.
func (b *workbook) row(sheet Sheet, number int, cells []Cell, style func(column int) int) {
	values, lines := make([]any, len(cells)), 1
	for i, cell := range cells {
		values[i] = cell.workbook()
		lines = max(lines, linesOf(values[i], sheet.Columns[i].Wide))
	}
	b.must(b.file.SetSheetRow(sheet.Title, fmt.Sprint("A", number), &values), "write", sheet.Title)
	for i := range cells {
		at := fmt.Sprint(letters(i), number)
		b.must(b.file.SetCellStyle(sheet.Title, at, at, style(i)), "dress", sheet.Title)
	}
	b.must(b.file.SetRowHeight(sheet.Title, number, lineHeight*float64(lines)), "heighten", sheet.Title)
}

// lineHeight is the height of one line of text, in points, and highest that of the highest row there can be.
const (
	lineHeight = 15
	highest    = excelize.MaxRowHeight / lineHeight
)

// linesOf is how many lines a value takes in a column, roughly: most programs do not work it out again when they print.
func linesOf(value any, wide int) int {
	text, _ := value.(string)
	lines := 0
	for line := range strings.SplitSeq(text, "\n") {
		lines += 1 + max(0, utf8.RuneCountInString(line)-1)/max(wide, 1)
	}
	return min(lines, highest)
}

// print lays a sheet out on A4, as wide as the paper. Each page says what it is of, and repeats the header.
func (b *workbook) print(sheet string) {
	a4, across, wide, fit := 9, "landscape", 1, true
	layout := &excelize.PageLayoutOptions{Size: &a4, Orientation: &across, FitToWidth: &wide, FitToHeight: new(int)}
	b.must(b.file.SetPageLayout(sheet, layout), "lay out", sheet)
	b.must(b.file.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}), "lay out", sheet)
	named := &excelize.HeaderFooterOptions{OddHeader: "&L" + b.headOfPages() + "&R&A", OddFooter: "&R&P / &N"}
	b.must(b.file.SetHeaderFooter(sheet, named), "name the pages", sheet)
	titles := &excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: "'" + sheet + "'!$1:$1", Scope: sheet}
	b.must(b.file.SetDefinedName(titles), "repeat the header", sheet)
}

// headOfPages is what stands above each page: as much of the title as a header of 255 characters takes, in which an
// ampersand counts for two.
func (b *workbook) headOfPages() string {
	const most = 120
	title := []rune(b.title)
	return strings.ReplaceAll(string(title[:min(len(title), most)]), "&", "&&")
}

// letters is what a workbook calls a column: A for the first. No sheet has more of them than there are letters.
func letters(column int) string { return string(rune('A' + column)) }

package export_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"signaalboek/api/export"
	"signaalboek/domain"
	"signaalboek/domain/pursuit"
)

func open(t *testing.T, content []byte) *excelize.File {
	t.Helper()
	workbook, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { workbook.Close() })
	return workbook
}

// Numbers and days are what they are, not texts that look like it; and a text is never a formula.
func TestCellsOfAWorkbook(t *testing.T) {
	sheet := export.Sheet{Title: "Blad", Columns: make([]export.Column, 7), Rows: [][]export.Cell{{
		export.Number(12), export.Decimal(1.5), export.Day(domain.DateOf(2026, 3, 5)), export.Text("=1+1"), export.Empty{},
		export.Unrecorded{}, export.Several{export.Text("=a"), export.Text("b")},
	}}}
	for i := range sheet.Columns {
		sheet.Columns[i].Wide = 10
	}
	content, err := export.Workbook("Titel", domain.DateOf(2026, 3, 5), nil, []export.Sheet{sheet})
	if err != nil {
		t.Fatal(err)
	}
	workbook := open(t, content)
	for cell, want := range map[string]struct {
		raw  string
		kind excelize.CellType
	}{
		"A2": {"12", excelize.CellTypeUnset}, "B2": {"1.5", excelize.CellTypeUnset}, "C2": {"46086", excelize.CellTypeUnset},
		"D2": {"=1+1", excelize.CellTypeSharedString}, "E2": {"", excelize.CellTypeUnset},
		"F2": {"niet geregistreerd", excelize.CellTypeSharedString}, "G2": {"=a | b", excelize.CellTypeSharedString},
	} {
		raw, err := workbook.GetCellValue("Blad", cell, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		kind, err := workbook.GetCellType("Blad", cell)
		if formula, _ := workbook.GetCellFormula("Blad", cell); raw != want.raw || kind != want.kind || formula != "" || err != nil {
			t.Errorf("%s holds %q of kind %d, formula %q, %v", cell, raw, kind, formula, err)
		}
	}
	if shown, _ := workbook.GetCellValue("Blad", "C2"); shown != "05/03/2026" {
		t.Errorf("the day is shown as %q", shown)
	}
}

// A row is as high as its longest text needs, as far as a row can be; and the longest text there is stays whole.
func TestLongTextsOfAWorkbook(t *testing.T) {
	for text, want := range map[string]float64{
		"kort": 15, strings.Repeat("x", 9): 15, strings.Repeat("x", 25): 45, "a\nb": 30, strings.Repeat("é", pursuit.MaxText): 405,
	} {
		sheet := export.Sheet{Title: "Blad", Columns: []export.Column{{Wide: 10}}, Rows: [][]export.Cell{{export.Text(text)}}}
		content, err := export.Workbook("", 1, nil, []export.Sheet{sheet})
		if err != nil {
			t.Fatal(err)
		}
		workbook := open(t, content)
		if height, err := workbook.GetRowHeight("Blad", 2); height != want || err != nil {
			t.Errorf("%.20q is %v high, not %v; %v", text, height, want, err)
		}
		if kept, err := workbook.GetCellValue("Blad", "A2"); kept != text || err != nil {
			t.Errorf("%.20q became %.20q, %v", text, kept, err)
		}
	}
}

func TestSheetsOfAWorkbook(t *testing.T) {
	workbook := open(t, filesOf(t, sample(t))["figures.xlsx"])
	names := workbook.GetSheetList()
	if len(names) != 19 || names[0] != "Uitleg" {
		t.Fatalf("the sheets are %q", names)
	}
	for _, name := range names {
		panes, err := workbook.GetPanes(name)
		if err != nil || !panes.Freeze || panes.YSplit != 1 || panes.TopLeftCell != "A2" {
			t.Errorf("the header of %s is not frozen: %+v, %v", name, panes, err)
		}
	}
	rows, err := workbook.GetRows("Uitleg")
	if err != nil {
		t.Fatal(err)
	}
	said := ""
	for _, row := range rows {
		said += strings.Join(row, " ") + "\n"
	}
	for _, part := range []string{"Over deze cijfers", "Geteld op 20/01/2026", "catalogus versie 1", "Hoe er geteld is", "Wat deze publicatie niet belooft"} {
		if !strings.Contains(said, part) {
			t.Errorf("the explanation does not say %q", part)
		}
	}
}

// A sheet that lies on a table says what it is of, on each of its pages.
func TestPagesOfAWorkbookSayWhatTheyAre(t *testing.T) {
	for title, want := range map[string]string{
		"STEK – heel 2026": "&LSTEK – heel 2026&R&A", "Zus & zo": "&LZus && zo&R&A",
		strings.Repeat("&", 300): "&L" + strings.Repeat("&&", 120) + "&R&A",
	} {
		content, err := export.Workbook(title, 1, nil, []export.Sheet{{Title: "Blad"}})
		if err != nil {
			t.Fatal(err)
		}
		workbook := open(t, content)
		if head, err := workbook.GetHeaderFooter("Blad"); err != nil || head.OddHeader != want {
			t.Errorf("above %q stands %+v: %v", title, head, err)
		}
		named := workbook.GetDefinedName()
		if len(named) != 2 || named[1].RefersTo != "'Blad'!$1:$1" {
			t.Errorf("repeated are %+v", named)
		}
	}
}

// A workbook that names two sheets alike, or one as no sheet can be, is a fault.
func TestSheetsThatCannotBe(t *testing.T) {
	of := func(titles ...string) error {
		var sheets []export.Sheet
		for _, title := range titles {
			sheets = append(sheets, export.Sheet{Title: title})
		}
		_, err := export.Workbook("", 1, nil, sheets)
		return err
	}
	if err := of("Een", "Een"); !errors.Is(err, export.ErrSameName) {
		t.Errorf("two of a name: %v", err)
	}
	if err := of("Uitleg"); !errors.Is(err, export.ErrSameName) {
		t.Errorf("the name of the explanation: %v", err)
	}
	if err := of(strings.Repeat("x", 32)); !errors.Is(err, excelize.ErrSheetNameLength) {
		t.Errorf("a long name: %v", err)
	}
}

// partsOf is every file in a zip. Each is stored, and of the first of January 1980.
func partsOf(t *testing.T, archive []byte) map[string]string {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	if in.Comment != "" {
		t.Errorf("a comment: %q", in.Comment)
	}
	parts, last := map[string]string{}, ""
	for _, entry := range in.File {
		if at := entry.Modified.UTC().Format("2006-01-02 15:04:05"); at != "1980-01-01 00:00:00" || entry.Method != zip.Store {
			t.Errorf("%s is of %s, method %d", entry.Name, at, entry.Method)
		}
		if entry.Flags != 0 || len(entry.Extra) > 0 || entry.Comment != "" || entry.ExternalAttrs != 0 {
			t.Errorf("%s says more than it holds: %+v", entry.Name, entry.FileHeader)
		}
		if entry.Name <= last {
			t.Errorf("%s comes after %s", entry.Name, last)
		}
		r, err := entry.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts[entry.Name], last = string(content), entry.Name
	}
	return parts
}

// Nothing in a workbook says who made it, when, or with what.
func TestAWorkbookSaysNothingOfItsMaking(t *testing.T) {
	parts := partsOf(t, filesOf(t, sample(t))["figures.xlsx"])
	telling := regexp.MustCompile(`(?i)creator|author|lastModifiedBy|AppVersion|<Application|excelize|xuri|<Company|revision>`)
	for name, content := range parts {
		if found := telling.FindString(content); found != "" {
			t.Errorf("%s tells: %s", name, found)
		}
		if name != "docProps/core.xml" && strings.Contains(content, "T00:00:00Z") {
			t.Errorf("%s has a time", name)
		}
	}
	core := parts["docProps/core.xml"]
	if strings.Count(core, ">2026-01-20T00:00:00Z<") != 2 || !strings.Contains(core, "<dc:title>STEK – cijfers over ") {
		t.Errorf("the properties are %s", core)
	}
}

// The title of a workbook may hold what XML has other uses for.
func TestATitleIsEscaped(t *testing.T) {
	content, err := export.Workbook(`<A & "B">`, domain.DateOf(2026, 1, 1), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	properties, err := open(t, content).GetDocProps()
	if err != nil || properties.Title != `<A & "B">` || properties.Creator != "" {
		t.Errorf("%+v, %v", properties, err)
	}
}

package export

import (
	"bytes"
	"fmt"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/domain/disclosure"
	"signaalboek/domain/release"
	"signaalboek/domain/vocabulary"
	"signaalboek/projections"
)

// Release is what the files of a release are made of, beside its documents. They say what the edition of the council
// says, and nothing else.
type Release struct {
	Edition projections.CouncilEdition
	Book    vocabulary.Book // as it stood where the figures were counted
	Counted domain.Date     // the day of the proposal
	Open    func(domain.Sealed) (string, error)
}

// formVersion is the version of what the package comment describes.
const formVersion = 1

// Files makes every file of a release that is no document: tables, workbook, JSON and method.
func Files(of Release) ([]File, error) {
	sheets, err := Sheets(of)
	if err != nil {
		return nil, err
	}
	explanation := Explanation(of)
	files := []File{{"method.txt", method(explanation)}}
	for _, sheet := range sheets {
		table, err := CSV(sheet)
		if err != nil {
			return nil, fmt.Errorf("write table %s: %w", sheet.Name, err)
		}
		files = append(files, File{"tables/" + sheet.Name + ".csv", table})
	}
	title := web.T("files.title", of.Edition.Practice, web.Period(of.Edition.Period))
	workbook, err := Workbook(title, of.Counted, explanation, sheets)
	if err != nil {
		return nil, err
	}
	document, err := document(of, sheets, explanation)
	if err != nil {
		return nil, fmt.Errorf("write release.json: %w", err)
	}
	return append(files, File{"figures.xlsx", workbook}, File{"release.json", document}), nil
}

// Sheets is all tables and lists of a release, in the order in which a workbook has them.
func Sheets(of Release) ([]Sheet, error) {
	var sheets []Sheet
	for _, table := range of.tables() {
		sheets = append(sheets, FigureSheet(table, of.Book))
	}
	lists, err := listSheets(of)
	return append(sheets, lists...), err
}

// tables is the figures of the release itself. Those before it in its edition are in their own files.
func (of Release) tables() []disclosure.Published {
	if len(of.Edition.Figures) == 0 {
		return nil
	}
	return of.Edition.Figures[len(of.Edition.Figures)-1].Tables
}

// method is the explanation as a text, with lines as a reader on any system expects them.
func method(explanation []Section) []byte {
	var text bytes.Buffer
	for i, section := range explanation {
		if i > 0 {
			text.WriteString("\r\n")
		}
		text.WriteString(section.Title + "\r\n")
		for _, line := range section.Lines {
			text.WriteString("- " + line + "\r\n")
		}
	}
	return text.Bytes()
}

// document writes release.json: see the package comment.
func document(of Release, sheets []Sheet, explanation []Section) ([]byte, error) {
	widths := make([]release.TableWidth, len(of.Edition.Method.Widths))
	for i, w := range of.Edition.Method.Widths {
		widths[i] = release.TableWidth{Table: w.Table, Width: w.Width}
	}
	return releaseDocument(documentHead{
		of.Edition.Practice, of.Edition.Period, of.Counted, of.Edition.Method.Catalogue, widths,
	}, sheets, explanation)
}

// documentHead is what release.json says before its tables.
type documentHead struct {
	Practice  string               `json:"practice"`
	Period    release.Period       `json:"period"`
	Counted   domain.Date          `json:"counted,omitzero"`
	Catalogue int                  `json:"catalogue"`
	Widths    []release.TableWidth `json:"widths"`
}

func releaseDocument(head documentHead, sheets []Sheet, explanation []Section) ([]byte, error) {
	content, err := json.Marshal(struct {
		Format string `json:"format"`
		documentHead
		Tables []Sheet   `json:"tables"`
		Method []Section `json:"method"`
	}{fmt.Sprintf("signaalboek-release-%d", formVersion), head, sheets, explanation}, jsontext.WithIndent("  "))
	return append(content, '\n'), err
}

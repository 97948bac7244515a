package export

import (
	"fmt"
	"strconv"

	"signaalboek/api/web"
	"signaalboek/domain/disclosure"
	"signaalboek/domain/release"
	"signaalboek/domain/vocabulary"
)

// Together is what the files of a release of all practices together are made of. There is no text in it, and no day: when
// it was counted, nobody can check.
type Together struct {
	Period    release.Period
	Catalogue int
	Widths    []release.TableWidth
	Tables    []disclosure.Published
}

// TogetherFiles makes every file of such a release that is no document.
func TogetherFiles(of Together) ([]File, error) {
	var sheets []Sheet
	var files []File
	for _, published := range of.Tables {
		sheet := FigureSheet(published, vocabulary.Book{})
		table, err := CSV(sheet)
		if err != nil {
			return nil, fmt.Errorf("write table %s: %w", sheet.Name, err)
		}
		sheets, files = append(sheets, sheet), append(files, File{"tables/" + sheet.Name + ".csv", table})
	}
	explanation := of.explanation()
	document, err := releaseDocument(documentHead{
		Practice: web.T("together.name"), Period: of.Period, Catalogue: of.Catalogue, Widths: of.Widths,
	}, sheets, explanation)
	if err != nil {
		return nil, fmt.Errorf("write release.json: %w", err)
	}
	return append(files, File{"method.txt", method(explanation)}, File{"release.json", document}), nil
}

func (of Together) explanation() []Section {
	return []Section{
		{web.T("files.about"), []string{
			web.T("files.about.period", web.T("together.name"), web.Period(of.Period)),
			web.T("edition.catalogue", strconv.Itoa(of.Catalogue)),
			web.T("files.about.form", formVersion),
		}},
		{web.T("files.reading"), []string{web.T("files.reading.band"), web.T("files.reading.first")}},
		{web.T("together.meaning"), web.TogetherLimits()},
	}
}

package export

import (
	"strconv"

	"signaalboek/api/web"
	"signaalboek/domain/release"
	"signaalboek/projections"
)

// Section is what is said about one thing that readers of figures should know.
type Section struct {
	Title string   `json:"title"`
	Lines []string `json:"lines"`
}

// Explanation is what a release says of its own figures: how they are read, how wide their bands are, by which
// definitions they were counted, and what they do not promise.
func Explanation(of Release) []Section {
	method := of.Edition.Method
	return []Section{
		{web.T("files.about"), aboutLines(of)},
		{web.T("files.reading"), []string{
			web.T("files.reading.band"), web.T("files.reading.first"), web.T("files.reading.unrecorded"), web.T("files.reading.sum"),
		}},
		{web.T("edition.widths"), widthLines(method.Widths)},
		{web.T("edition.definitions"), definitionLines(method.Definitions)},
		{web.T("edition.limits"), limitLines(method.Limits)},
	}
}

func aboutLines(of Release) []string {
	lines := []string{
		web.T("files.about.period", of.Edition.Practice, web.Period(of.Edition.Period)),
		web.T("files.about.counted", web.Date(of.Counted)),
		web.T("edition.catalogue", strconv.Itoa(of.Edition.Method.Catalogue)),
		web.T("files.about.form", formVersion),
		web.T("edition.method.what"),
	}
	if of.Edition.Period.Part == release.FirstHalf {
		lines = append(lines, web.T("edition.half-year"))
	}
	return lines
}

func widthLines(widths []projections.EditionWidth) []string {
	lines := make([]string, len(widths))
	for i, w := range widths {
		lines[i] = web.Word("table", w.Table) + ": " + web.Word("width", int(w.Width)) + "."
	}
	return lines
}

// definitionLines says each definition in words, and where it breaks a series.
func definitionLines(definitions []projections.EditionDefinition) []string {
	lines := make([]string, len(definitions))
	for i, d := range definitions {
		lines[i] = d.Figure.Label + " " + web.T("figures.version", d.Figure.Version) + ": " + d.Figure.Definition
		if d.Break {
			lines[i] += " " + web.T("definitions.break")
		}
	}
	return lines
}

func limitLines(limits []projections.Limit) []string {
	lines := make([]string, len(limits))
	for i, limit := range limits {
		lines[i] = web.Word("limit", limit)
	}
	return lines
}

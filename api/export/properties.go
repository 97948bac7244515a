package export

import (
	"encoding/xml"
	"strings"
	"time"

	"signaalboek/domain"
)

// Where a workbook says what it is, and with what it was made.
const (
	documentPart = "docProps/core.xml"
	programPart  = "docProps/app.xml"
)

const (
	documentProperties = xml.Header + `<cp:coreProperties` +
		` xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"` +
		` xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"` +
		` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>TITLE</dc:title><dc:language>nl-BE</dc:language>` +
		`<dcterms:created xsi:type="dcterms:W3CDTF">TIME</dcterms:created>` +
		`<dcterms:modified xsi:type="dcterms:W3CDTF">TIME</dcterms:modified></cp:coreProperties>`
	programProperties = xml.Header + `<Properties` +
		` xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"></Properties>`
)

// describe writes the properties anew. Those of excelize name an author and a program, and it cannot be told to leave
// them out.
func (b *workbook) describe(title string, day domain.Date) {
	var escaped strings.Builder
	b.must(xml.EscapeText(&escaped, []byte(title)), "describe", "")
	filled := strings.NewReplacer("TITLE", escaped.String(), "TIME", day.Time().Format(time.RFC3339)).Replace(documentProperties)
	b.file.Pkg.Store(documentPart, []byte(filled))
	b.file.Pkg.Store(programPart, []byte(programProperties))
}

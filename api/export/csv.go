package export

import (
	"bytes"
	"encoding/csv"
	"strings"
	"unicode/utf8"
)

// byteOrderMark tells Excel that a text is UTF-8.
const byteOrderMark = "\ufeff"

// CSV writes a sheet as a table for spreadsheets: see the package comment.
func CSV(s Sheet) ([]byte, error) {
	var file bytes.Buffer
	file.WriteString(byteOrderMark)
	out := csv.NewWriter(&file)
	out.Comma, out.UseCRLF = ';', true
	err := out.WriteAll(s.lines())
	return file.Bytes(), err
}

// lines is a sheet as texts: its header, and then its rows, or what is said instead.
func (s Sheet) lines() [][]string {
	header := make([]string, len(s.Columns))
	for i, column := range s.Columns {
		header[i] = column.Title
	}
	lines := [][]string{header}
	if s.Note != "" {
		said := make([]string, len(s.Columns))
		said[0] = NoFormula(s.Note)
		lines = append(lines, said)
	}
	for _, cells := range s.Rows {
		line := make([]string, len(cells))
		for i, cell := range cells {
			line[i] = cell.csv()
		}
		lines = append(lines, line)
	}
	return lines
}

// NoFormula keeps a spreadsheet from taking a text in CSV for a formula: one that begins like it gets an apostrophe in
// front, and so is what it says.
func NoFormula(text string) string {
	if first, _ := utf8.DecodeRuneInString(text); text != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", first) {
		return "'" + text
	}
	return text
}

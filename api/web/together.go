package web

import (
	"bytes"
	"fmt"

	"signaalboek/domain/disclosure"
	"signaalboek/domain/release"
)

// togetherSheet is the document of what all practices publish together: one number, and what it is.
type togetherSheet struct {
	editionHead
	Said   string // how often, as far as it is told
	Limits []string
}

var togetherTemplate = parseEditions("together")["together"]

// Together prints what all practices publish together about a year. No practice says anything in it.
func (p Printing) Together(period release.Period, tables []disclosure.Published) ([]byte, error) {
	sheet := togetherSheet{editionHead: editionHead{
		Edition: release.Council, Title: Word("table", disclosure.PossibleConcerns.Name), Kicker: T("together.kicker"),
		Practice: T("together.name"), Period: Period(period), Demo: p.Demo,
	}}
	for _, cell := range cellsOf(tables) {
		sheet.Said = CellBand(cell)
	}
	sheet.Limits = TogetherLimits()
	var document bytes.Buffer
	if err := togetherTemplate.ExecuteTemplate(&document, "edition", sheet); err != nil {
		return nil, fmt.Errorf("print what all practices publish together: %w", err)
	}
	return document.Bytes(), nil
}

// cellsOf is all counts of some tables.
func cellsOf(tables []disclosure.Published) (cells []disclosure.Cell) {
	for _, table := range tables {
		cells = append(cells, table.Cells...)
	}
	return cells
}

// TogetherLimits is what the number is and is not, a sentence each.
func TogetherLimits() []string {
	return []string{T("together.counted"), T("together.not"), T("together.once"), T("together.band")}
}

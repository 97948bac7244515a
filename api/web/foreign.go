package web

import (
	"signaalboek/domain"
	"signaalboek/domain/disclosure"
	"signaalboek/domain/release"
	"signaalboek/domain/vocabulary"
	"signaalboek/projections"
)

// ForeignPage is what others published about the same people, and the choice of a table to add.
type ForeignPage struct {
	Lines   []ForeignLine
	Choice  Form // of Periods and Tables
	Periods []release.Period
	Tables  []disclosure.Table
	Open    *ReleaseLine // the proposal that waits: nothing can be added; nil: there is none
}

// TableField is the field with the table that is added.
const TableField = "table"

// PeriodOptions is the periods of which others can have published something.
func (p ForeignPage) PeriodOptions() []Option { return periodOptions(p.Periods) }

// TableOptions is the tables that others can have published.
func (p ForeignPage) TableOptions() []Option {
	options := make([]Option, len(p.Tables))
	for i, table := range p.Tables {
		options[i] = Option{Value: string(table.Name), Label: Word("table", table.Name)}
	}
	return options
}

// ForeignLine is one table that others published.
type ForeignLine struct {
	projections.ForeignTable
	Book     vocabulary.Book
	Where    string // it stands, in words; may be empty
	Why      string // it was withdrawn; may be empty
	Withdraw *Form  // nil: it cannot be now
}

// By is who published it; empty if only the words say so.
func (l ForeignLine) By() string {
	if l.Source == "" {
		return ""
	}
	return l.Book.Label(vocabulary.Services, l.Source)
}

// Counts is what it says, count by count.
func (l ForeignLine) Counts() []string {
	table, counts := disclosure.Table{}, make([]string, len(l.Cells))
	for _, known := range disclosure.V1().ForeignTables(l.Period.Part) {
		if known.Name == l.Table {
			table = known
		}
	}
	for i, cell := range l.Cells {
		label := NewForeignRow(l.Book, table, cell.Measure, cell.Category).Label
		counts[i] = T("foreign.count", label, Band(disclosure.Band{Least: cell.Least, Most: cell.Most}))
	}
	return counts
}

// ForeignFormPage is the form for one table that others published.
type ForeignFormPage struct {
	Form    Form
	Period  release.Period
	Table   disclosure.Table
	Rows    []ForeignRow
	Sources []Option
}

// ForeignRow is one count that others can have published: a row of the form.
type ForeignRow struct {
	Measure  disclosure.Measure
	Category domain.Code
	Label    string
}

// NewForeignRow is the row of a count in a table.
func NewForeignRow(book vocabulary.Book, table disclosure.Table, measure disclosure.Measure, category domain.Code) ForeignRow {
	row := ForeignRow{Measure: measure, Category: category, Label: MeasureLabel(table, measure)}
	if category != "" {
		row.Label = book.Label(table.By, category)
	}
	return row
}

// LeastName is the field for the least that it can be.
func (r ForeignRow) LeastName() string { return r.field("least") }

// MostName is the field for the most that it can be.
func (r ForeignRow) MostName() string { return r.field("most") }

func (r ForeignRow) field(end string) string {
	return end + "-" + string(r.Measure) + "-" + string(r.Category)
}

func (ForeignPage) page() string     { return "foreign" }
func (ForeignFormPage) page() string { return "foreign-form" }

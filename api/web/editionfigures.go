package web

import (
	"cmp"
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/disclosure"
	"signaalboek/domain/release"
	"signaalboek/domain/vocabulary"
	"signaalboek/projections"
)

// totalsSheet is the totals of the whole practice, over the releases that still stand.
type totalsSheet struct {
	Periods []string
	Rows    []totalRow
	People  BandBars // those of this release that count people
}

// totalRow is one measure over the periods.
type totalRow struct {
	Measure disclosure.Measure
	Values  []totalValue // by period
}

// totalValue is what one release tells. Behind a break it was counted by another definition than in the release before.
type totalValue struct {
	Said  string
	Break bool
}

func totals(figures []projections.PeriodFigures, definitions []projections.EditionDefinition) totalsSheet {
	sheet := totalsSheet{People: BandBars{ID: "totals", Title: T("edition.totals")}}
	for _, period := range figures {
		sheet.Periods = append(sheet.Periods, Period(period.Period))
	}
	for _, measure := range measuresOfAll(figures) {
		row := totalRow{Measure: measure}
		var cell disclosure.Cell
		for i, period := range figures {
			cell = total(period.Tables, measure)
			cut := i > 0 && breaks(definitions, measure, figures[i-1].Period, period.Period)
			row.Values = append(row.Values, totalValue{CellBand(cell), cut})
		}
		sheet.Rows = append(sheet.Rows, row)
		if slices.Contains(disclosure.Headline.Measures, measure) { // the last period is this release
			sheet.People.Lines = append(sheet.People.Lines, BandLine{Word("measure", measure), cell})
		}
	}
	return sheet
}

// breaks reports whether a measure began to be counted otherwise after one period, up to another.
func breaks(definitions []projections.EditionDefinition, measure disclosure.Measure, after, upTo release.Period) bool {
	return slices.ContainsFunc(definitions, func(d projections.EditionDefinition) bool {
		from := d.Figure.FromYear
		return d.Break && string(d.Figure.Unit) == string(measure) && after.Year < from && from <= upTo.Year
	})
}

// measuresOfAll is what any of the releases counts of the whole practice.
func measuresOfAll(figures []projections.PeriodFigures) []disclosure.Measure {
	var measures []disclosure.Measure
	for _, period := range figures {
		for _, table := range period.Tables {
			if table.By == "" {
				measures = append(measures, table.Measures...)
			}
		}
	}
	return distinct(measures)
}

// total is what a release tells of the whole practice.
func total(tables []disclosure.Published, measure disclosure.Measure) disclosure.Cell {
	for _, table := range tables {
		if table.By == "" && slices.Contains(table.Measures, measure) {
			return cellOf(table, measure, "")
		}
	}
	return untold
}

// untold is a cell of which a release says nothing.
var untold = disclosure.Cell{Recorded: true, Band: disclosure.Unpublished.Band(0)}

func cellOf(table disclosure.Published, measure disclosure.Measure, category domain.Code) disclosure.Cell {
	for _, cell := range table.Cells {
		if cell.Measure == measure && cell.Category == category {
			return cell
		}
	}
	return untold
}

// figureTable is the tables of a release that count by the same list, side by side.
type figureTable struct {
	Title   string
	Heading string // of the rows
	Columns []string
	Rows    []figureRow
	Alike   string   // what every row says, if there is one column and all say the same
	Drawing BandBars // of the first column; none, if there is nothing to compare
}

// figureRow is one category.
type figureRow struct {
	Label  string
	Values []string // by column

	first disclosure.Cell
}

// figureTables is the tables that count by a list, those of one list together, in the order of the catalogue.
func (s *sheets) figureTables(tables []disclosure.Published) []figureTable {
	var lists []domain.Code
	for _, table := range tables {
		if table.By != "" {
			lists = append(lists, table.By)
		}
	}
	var printed []figureTable
	for _, list := range distinct(lists) {
		together := slices.DeleteFunc(slices.Clone(tables), func(t disclosure.Published) bool { return t.By != list })
		printed = append(printed, s.figureTable(list, together))
	}
	return printed
}

func (s *sheets) figureTable(by domain.Code, tables []disclosure.Published) figureTable {
	printed := figureTable{Title: Word("counted-by", by), Heading: Word("counted-column", by)}
	for _, table := range tables {
		for _, measure := range table.Measures {
			printed.Columns = append(printed.Columns, MeasureLabel(table.Table, measure))
		}
	}
	for _, category := range categoriesOf(tables) {
		printed.Rows = append(printed.Rows, s.figureRow(by, category, tables))
	}
	slices.SortStableFunc(printed.Rows, func(a, b figureRow) int { return a.line().compare(b.line()) })
	if !slices.ContainsFunc(printed.Rows, func(r figureRow) bool { return r.Values[0] != printed.Rows[0].Values[0] }) {
		if len(printed.Columns) == 1 && len(printed.Rows) > 1 {
			printed.Alike = printed.Rows[0].Values[0]
		}
		return printed // nothing is to be seen in a drawing
	}
	printed.Drawing = BandBars{ID: "by-" + string(by), Title: printed.Title + ": " + printed.Columns[0]}
	for _, row := range printed.Rows {
		printed.Drawing.Lines = append(printed.Drawing.Lines, row.line())
	}
	return printed
}

// MeasureLabel is what a column of a table counts: requests by service are those that were passed on.
func MeasureLabel(table disclosure.Table, measure disclosure.Measure) string {
	if table.By == vocabulary.Services {
		return T("files.referrals")
	}
	return Word("measure", measure)
}

func (s *sheets) figureRow(by, category domain.Code, tables []disclosure.Published) figureRow {
	row := figureRow{Label: s.Book.Label(by, category)}
	if by == disclosure.MeetingsOfVoices.By { // a voice is an activity of the practice
		row.Label = s.Book.Label(vocabulary.Activities, category)
	}
	for _, table := range tables {
		for _, measure := range table.Measures {
			cell := cellOf(table, measure, category)
			if len(row.Values) == 0 {
				row.first = cell
			}
			row.Values = append(row.Values, CellBand(cell))
		}
	}
	return row
}

func (r figureRow) line() BandLine { return BandLine{r.Label, r.first} }

// categoriesOf is the rows of tables that count by the same list; the empty ones too.
func categoriesOf(tables []disclosure.Published) []domain.Code {
	var categories []domain.Code
	for _, table := range tables {
		for _, cell := range table.Cells {
			categories = append(categories, cell.Category)
		}
	}
	return distinct(categories)
}

// distinct is each value once, where it stands first.
func distinct[T cmp.Ordered](values []T) []T {
	var once []T
	for _, value := range values {
		if !slices.Contains(once, value) {
			once = append(once, value)
		}
	}
	return once
}

package web

import (
	"slices"
	"strconv"

	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
	"signaalboek/projections"
)

// FiguresPage is what was counted in a year, or in a period of one's own choice.
type FiguresPage struct {
	Years      []int // in which anything was recorded
	Year       int   // 0: a free period
	Period     projections.Period
	Values     []projections.FigureValue
	Series     []projections.FigureSeries
	Breakdowns []projections.Breakdown
	Filter     Form        // of a free period
	Close      string      // address where the year can be closed; empty if it cannot
	Concerns   *Concerns   // nil: a free period, or a vault that is away
	ToClose    []int       // other years that are over, and that nobody closed yet
	KeyEnds    domain.Date // from when the key of a closed year goes; none for any other
	KeyGone    bool        // that day has come
}

// Concerns is the count of possible concerns of a year, all practices together. It stands in no contact.
type Concerns struct {
	Recorded bool // none at all means that nothing was recorded
	N        int
}

// SeriesYears is every year that any series has a point in.
func (p FiguresPage) SeriesYears() []int {
	var years []int
	for _, series := range p.Series {
		for _, point := range series.Points {
			years = append(years, point.Year)
		}
	}
	slices.Sort(years)
	return slices.Compact(years)
}

// PointIn is what a series says of a year; nil if the figure had no definition then.
func (p FiguresPage) PointIn(series, year int) *projections.SeriesPoint {
	for i, point := range p.Series[series].Points {
		if point.Year == year {
			return &p.Series[series].Points[i]
		}
	}
	return nil
}

// Drawing is a series over the years.
func (p FiguresPage) Drawing(i int) Years {
	series := p.Series[i]
	years := Years{ID: "reeks-" + strconv.Itoa(i), Title: series.Label, Points: make([]YearPoint, len(series.Points))}
	for j, point := range series.Points {
		years.Points[j] = YearPoint{
			Year: point.Year, N: point.Value, Recorded: point.Recorded, Break: point.Break, Version: point.Figure.Version,
		}
	}
	return years
}

// Rows is the rows of a breakdown, but for the approach that enters no contact.
func (p FiguresPage) Rows(i int) []projections.BreakdownRow {
	return slices.DeleteFunc(slices.Clone(p.Breakdowns[i].Rows), func(row projections.BreakdownRow) bool {
		return row.Code == vocabulary.PossibleConcern && row.Requests == 0
	})
}

// Bars is a breakdown as bars: contacts by activity, help requests by anything else.
func (p FiguresPage) Bars(i int) Bars {
	breakdown := p.Breakdowns[i]
	bars := Bars{ID: "verdeling-" + strconv.Itoa(i), Title: Word("by", breakdown.By), Hatch: i%2 == 1}
	for _, row := range p.Rows(i) {
		n := row.Requests
		if breakdown.By == projections.ByActivity {
			n = row.Contacts
		}
		bars.Lines = append(bars.Lines, Bar{Label: row.Label, N: n})
	}
	return bars
}

func (FiguresPage) page() string { return "figures" }

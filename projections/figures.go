package projections

import (
	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// FigureValue is what a figure reads in a period, with the definition it was counted by. Not recorded is not zero.
type FigureValue struct {
	Figure    vocabulary.Figure // code, version, label, unit and definition
	Year      int               // 0 for a free period
	Period    Period
	Recorded  bool // false: "niet geregistreerd", and Value means nothing
	Value     int
	Of        int  // of units new, new-here and known: among how many unique
	Unknown   int  // and of how many of those nobody said yes or no
	Forgotten int  // contacts whose recognition was erased: they count as contacts and cannot be told apart any more
	Closed    bool // as it was recorded when the year was closed
	AddsYears bool // the period spans years, whose people cannot be told apart: they are counted once in each year
}

// SeriesPoint is one year of a series. It breaks with the year before when it was counted by another version.
type SeriesPoint struct {
	FigureValue
	Break bool
}

// FigureSeries is one figure over the years in which it has a definition.
type FigureSeries struct {
	Code   domain.Code
	Label  string // of the newest version in the series
	Points []SeriesPoint
}

// Dimension is what figures are broken down by.
type Dimension string

// The dimensions. Report themes follow from themes by the crosswalk in force on the last day of the period.
const (
	ByActivity    Dimension = "activity"
	ByTheme       Dimension = "theme"
	ByApproach    Dimension = "approach"
	ByService     Dimension = "service"
	ByReportTheme Dimension = "report-theme"
)

// Breakdown is the contacts and help requests of a period by one dimension. By activity every contact counts in one
// row. By the other dimensions a help request counts once in the row of each code it carries, and once only in a row
// that several of its codes lead to: rows add up to more than there are.
type Breakdown struct {
	By       Dimension
	Period   Period
	Rows     []BreakdownRow // in the order of the code list; terms without anything are listed too unless retired
	Contacts int            // in all
	Requests int            // in all
	Uncoded  int            // requests that carry no code of this dimension
}

// BreakdownRow is what one code counts.
type BreakdownRow struct {
	Code     domain.Code
	Label    string
	Contacts int
	Requests int
	Unique   Tally
	New      Tally
	Known    Tally
}

// Tally is a number of different people, which may not have been recorded.
type Tally struct {
	Recorded bool // false: "niet geregistreerd"
	N        int
	Unknown  int // people of whom nobody said yes or no
}

// figures is what was counted.
//
//	(s *Set) YearFigures(practice, year int) []FigureValue             every figure that has a definition for that year
//	(s *Set) PeriodFigures(practice, Period) []FigureValue             a free period, by the definitions of its last day
//	(s *Set) FigureSeries(practice, from, to int) []FigureSeries       every figure over these years, with breaks
//	(s *Set) Breakdown(practice, Dimension, Period) Breakdown
//	(s *Set) RecordedYears(practice) []int                             in which anything was recorded, oldest first

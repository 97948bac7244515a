package disclosure

import (
	"fmt"
	"time"

	"signaalboek/domain"
)

// Part is how much of a year a release is about. Its values are stable: they stand in releases.
type Part string

// The parts of a year. There is none for the second half: it would be the year less the first half.
const (
	FirstHalf Part = "first-half" // January to June
	WholeYear Part = "whole-year"
)

// Period is what a release is about. It stands in events as it is here.
type Period struct {
	Year int  `json:"year"`
	Part Part `json:"part"`
}

// firstYear is the first that anything recorded can have happened in, lastYear the last that a date can be written of.
const (
	firstYear = 2000
	lastYear  = 9999
)

// Valid reports whether there is such a period.
func (p Period) Valid() bool {
	return p.Year >= firstYear && p.Year <= lastYear && (p.Part == FirstHalf || p.Part == WholeYear)
}

// First is the first day of the period.
func (p Period) First() domain.Date { return domain.DateOf(p.Year, time.January, 1) }

// Last is the last day of the period.
func (p Period) Last() domain.Date {
	if p.Part == FirstHalf {
		return domain.DateOf(p.Year, time.June, 30)
	}
	return domain.DateOf(p.Year, time.December, 31)
}

// Whole is the year that the period is in.
func (p Period) Whole() Period { return Period{p.Year, WholeYear} }

// String names the period as refusals and addresses do: "2026-first-half", "2026-whole-year".
func (p Period) String() string { return fmt.Sprintf("%d-%s", p.Year, p.Part) }

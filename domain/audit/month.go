package audit

import "time"

// Month is a month as "2026-03". All that is said of when something was recorded, or is to happen, is said so.
type Month string

// monthForm is how a month is written.
const monthForm = "2006-01"

// MonthOf is the month of a moment, where the clock of the moment is.
func MonthOf(at time.Time) Month { return Month(at.Format(monthForm)) }

// Time is the beginning of the month. False if it is none.
func (m Month) Time() (time.Time, bool) {
	at, err := time.Parse(monthForm, string(m))
	return at, err == nil && MonthOf(at) == m
}

package audit

import (
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

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

// coarse is a value that is disclosed as a line shows it: a day as its month, anything else as it was recorded.
func coarse(value jsontext.Value) jsontext.Value {
	var text string
	if json.Unmarshal(value, &text) != nil {
		return value
	}
	if _, err := time.Parse(time.DateOnly, text); err != nil {
		return value
	}
	return jsontext.Value(`"` + text[:len(monthForm)] + `"`)
}

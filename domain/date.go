package domain

import (
	"fmt"
	"time"
)

// Date is a calendar day, counted in days since 1 January 1970. The zero Date means "no day given": nothing that this
// program records happened on that day.
type Date int32

const secondsPerDay = 24 * 60 * 60

// DateOf is the calendar day of a year, month and day.
func DateOf(year int, month time.Month, day int) Date {
	return Date(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay)
}

// DayOf is the calendar day that t shows on the clock of t's own location.
func DayOf(t time.Time) Date { return DateOf(t.Year(), t.Month(), t.Day()) }

// ParseDate reads a day written as 2006-01-02.
func ParseDate(text string) (Date, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return 0, fmt.Errorf("date: not in the form yyyy-mm-dd")
	}
	return DayOf(t), nil
}

// Time is midnight UTC at the start of the day.
func (d Date) Time() time.Time { return time.Unix(int64(d)*secondsPerDay, 0).UTC() }

// Year is the calendar year that the day lies in.
func (d Date) Year() int { return d.Time().Year() }

// IsZero reports whether no day was given.
func (d Date) IsZero() bool { return d == 0 }

// String writes the day as 2006-01-02.
func (d Date) String() string { return d.Time().Format(time.DateOnly) }

// MarshalText writes the day as 2006-01-02; no day is the empty text.
func (d Date) MarshalText() ([]byte, error) {
	if d.IsZero() {
		return nil, nil
	}
	return []byte(d.String()), nil
}

// UnmarshalText reads what MarshalText wrote.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = 0
		return nil
	}
	parsed, err := ParseDate(string(text))
	*d = parsed
	return err
}

package demonstration

import (
	"time"

	"signaalboek/domain"
)

// endOfDay is when a day is recorded: after work, and on the same day in Brussels as in UTC.
const endOfDay = 16 * time.Hour

// moment is when what is recorded on a day is recorded.
func (p *plan) moment(day domain.Date) time.Time {
	end := day.Time().Add(endOfDay)
	if p.now.Before(end) {
		return p.now
	}
	return end
}

// day is a fixed day.
func day(year int, month time.Month, dayOfMonth int) domain.Date {
	return domain.DateOf(year, month, dayOfMonth)
}

// ago is a working day about so many days before today.
func (p *plan) ago(days int) domain.Date { return workday(p.today - domain.Date(days)) }

// workday is the last working day up to a day.
func workday(d domain.Date) domain.Date {
	switch d.Time().Weekday() {
	case time.Saturday:
		return d - 1
	case time.Sunday:
		return d - 2
	}
	return d
}

// weekEnd is the day on which the register of a day's week is done: Friday, but never after today.
func (p *plan) weekEnd(d domain.Date) domain.Date {
	friday := d + domain.Date((int(time.Friday)-int(d.Time().Weekday())+7)%7)
	return min(friday, p.today)
}

// weekdays is every such day of the week in a period, both ends in it.
func weekdays(of time.Weekday, from, to domain.Date) []domain.Date {
	var days []domain.Date
	for d := from; d <= to; d++ {
		if d.Time().Weekday() == of {
			days = append(days, d)
		}
	}
	return days
}

// workdays is every day from Monday to Friday in a period.
func workdays(from, to domain.Date) []domain.Date {
	var days []domain.Date
	for d := from; d <= to; d++ {
		if workday(d) == d {
			days = append(days, d)
		}
	}
	return days
}

// nth is the n-th such day of the week in a month, from 1.
func nth(n int, of time.Weekday, year int, month time.Month) domain.Date {
	return weekdays(of, day(year, month, 1), day(year, month, 28)+3)[n-1]
}

// The times in which people could not come together.
func closedDown(d domain.Date) bool {
	return d >= day(2020, time.March, 16) && d < day(2020, time.June, 15) ||
		d >= day(2020, time.November, 2) && d < day(2021, time.April, 26)
}

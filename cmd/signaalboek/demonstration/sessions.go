package demonstration

import (
	"fmt"
	"time"

	"signaalboek/domain"
	"signaalboek/domain/session"
)

// moment is one session of a group activity.
type moment struct {
	stream domain.StreamID
	on     domain.Date
	held   session.Details
}

// digipuntBegan is the first Monday of Digipunt.
var digipuntBegan = day(2021, time.May, 3)

// series is a group activity that comes back.
type series struct {
	activity domain.Code
	of       time.Weekday
	every    int // weeks
	from     domain.Date
	present  []int // in turn
}

// Soep met Babbels began in January 2022; in that year eight people came on average.
func allSeries() []series {
	start := day(2020, time.January, 6)
	return []series{
		{"soep-met-babbels", time.Thursday, 2, day(2022, time.January, 6), []int{6, 9, 7, 10, 8, 8, 7, 9, 8, 6, 10, 9, 7}},
		{"digipunt", time.Monday, 2, digipuntBegan, []int{4, 6, 5, 3, 7, 5, 4}},
		{"naaiatelier", time.Tuesday, 4, start, []int{8, 9, 7, 10, 8}},
		{"sociale-kruidenier", time.Wednesday, 4, start, []int{31, 28, 34, 29, 30}},
		{"praattafel-schoolbabbel", time.Friday, 8, start, []int{6, 5, 8}},
	}
}

// holdSessions plans the sessions of all series.
func (p *plan) holdSessions() {
	for _, s := range allSeries() {
		n := 0
		for week, on := range weekdays(s.of, s.from, p.today) {
			if week%s.every != 0 || closedDown(on) && s.activity != "sociale-kruidenier" || holiday(on) {
				continue
			}
			p.hold(s, n, on)
			n++
		}
	}
	p.mendSessions()
}

// holiday reports whether group activities rest: around New Year.
func holiday(d domain.Date) bool {
	return d.Time().Month() == time.December && d.Time().Day() > 23 || d.Time().YearDay() < 4
}

func (p *plan) hold(s series, n int, on domain.Date) {
	held := session.Details{Activity: s.activity, Present: s.present[n%len(s.present)]}
	switch {
	case s.activity == "digipunt" && n%5 == 2:
		held.Theme = "dienstverlening"
	case s.activity == "soep-met-babbels" && n%6 == 3:
		held.Theme, held.GuestService = "gezondheid", "lokaal-dienstencentrum"
	case s.activity == "naaiatelier" && n%4 == 1:
		held.GuestService = "school-ligo-cvo"
	}
	m := &moment{on: on, held: held}
	m.stream = to(p, p.book.Ledger.Sessions).create(errand{
		name: fmt.Sprintf("session/%s/%s", s.activity, on), rank: ofRegister, on: on,
	}, session.Hold{Details: held})
	p.moments = append(p.moments, m)
}

// daysOfSessions is the days of an activity's sessions in a year.
func (p *plan) daysOfSessions(activity domain.Code, year int) []domain.Date {
	var days []domain.Date
	for _, m := range p.moments {
		if m.held.Activity == activity && m.on.Year() == year {
			days = append(days, m.on)
		}
	}
	return days
}

// sessionAfter is the first session of an activity on or after a day.
func (p *plan) sessionAfter(activity domain.Code, d domain.Date) *moment {
	for _, m := range p.moments {
		if m.held.Activity == activity && m.on >= d {
			return m
		}
	}
	panic(fmt.Sprintf("demonstration: no session of %s after %s", activity, d))
}

// mendSessions enters one session twice and takes it back, and corrects another.
func (p *plan) mendSessions() {
	m := p.sessionAfter("naaiatelier", day(2022, time.May, 1))
	twice := to(p, p.book.Ledger.Sessions).create(errand{
		name: "session/naaiatelier/again", rank: ofRegister, on: m.on,
	}, session.Hold{Details: m.held})
	to(p, p.book.Ledger.Sessions).execute(twice, errand{
		name: "session/naaiatelier/again/withdrawn", rank: ofPursuits, on: m.on, recorded: p.weekEnd(m.on) + 4,
	}, session.Withdraw{Reason: session.EnteredTwice})

	m = p.sessionAfter("sociale-kruidenier", day(2022, time.September, 1))
	mended := m.held
	mended.Theme = "financieel"
	to(p, p.book.Ledger.Sessions).execute(m.stream, errand{
		name: "session/kruidenier/corrected", rank: ofPursuits, on: m.on, recorded: p.weekEnd(m.on) + 4,
	}, session.Correct{Details: mended, Reason: session.Incomplete})
}

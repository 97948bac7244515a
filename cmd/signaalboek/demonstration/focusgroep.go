package demonstration

import (
	"fmt"
	"time"

	"signaalboek/domain"
	"signaalboek/domain/focusgroep"
	"signaalboek/domain/pursuit"
)

// meeting is one meeting of the focusgroep.
type meeting struct {
	stream domain.StreamID
	on     domain.Date
	held   bool
}

// at is the meeting as a place where something was said.
func (m meeting) at() pursuit.Setting {
	return pursuit.Setting{Kind: pursuit.AtFocusgroep, Stream: m.stream}
}

// focusgroepDays is when the focusgroep meets: four times a year, as far as that was allowed; and once more after today.
func (p *plan) focusgroepDays() []domain.Date {
	days := []domain.Date{
		day(2020, time.February, 13), day(2020, time.June, 25), day(2020, time.September, 10), day(2020, time.October, 15),
		day(2021, time.April, 29),
	}
	for year := 2021; ; year++ {
		for _, month := range []time.Month{time.March, time.June, time.September, time.December} {
			on, last := nth(2, time.Thursday, year, month), days[len(days)-1]
			if last > p.today {
				return days
			}
			if on > last {
				days = append(days, on)
			}
		}
	}
}

// weighed is a theme of a meeting and how heavy it was.
type weighed struct {
	theme  domain.Code
	weight int
}

// agendas is what meetings talk about, in turn: some themes come back, others come and go.
var agendas = [][]weighed{
	{{"vrije-tijd", 4}, {"dienstverlening", 3}},
	{{"dienstverlening", 5}, {"materieel", 3}, {"onderwijs", 3}},
	{{"vrije-tijd", 4}, {"financieel", 4}, {"mobiliteit", 2}},
	{{"dienstverlening", 4}, {"gezondheid", 3}, {"financieel", 3}, {"vrijwilligerswerk", 2}},
	{{"vrije-tijd", 5}, {"onderwijs", 2}, {"financieel", 3}},
	{{"huisvesting", 3}, {"dienstverlening", 4}},
	{{"financieel", 5}, {"huisvesting", 4}, {"vrije-tijd", 3}, {"nt2", 1}},
	{{"dienstverlening", 3}, {"financieel", 5}, {"werk", 2}},
}

// meetFocusgroep plans the meetings of the focusgroep: about ten people, some of whom come for the first time.
func (p *plan) meetFocusgroep() {
	for i, on := range p.focusgroepDays() {
		p.meetings = append(p.meetings, p.focusgroep(i, on))
	}
	p.cancelFocusgroep()
}

// cancelFocusgroep is the meeting of December 2020 that could not take place.
func (p *plan) cancelFocusgroep() {
	of := to(p, p.book.Ledger.Focusgroepen)
	stream := of.create(errand{name: "focusgroep/cancelled", rank: ofFocusgroep, on: day(2020, time.November, 5)},
		focusgroep.Plan{Day: day(2020, time.December, 10)})
	of.execute(stream, errand{name: "focusgroep/cancelled/told", rank: ofEndings, on: day(2020, time.December, 3)},
		focusgroep.Cancel{})
}

func (p *plan) focusgroep(i int, on domain.Date) meeting {
	name, of := fmt.Sprintf("focusgroep/%d", i+1), to(p, p.book.Ledger.Focusgroepen)
	planned := min(on-35, p.today-3)
	stream := of.create(errand{name: name, rank: ofFocusgroep, on: planned}, focusgroep.Plan{
		Day: on, Place: "GS9",
	})
	if on > p.today {
		return meeting{stream: stream, on: on}
	}
	present := 8 + (i*5)%6
	of.execute(stream, errand{name: name + "/held", rank: ofFocusgroep, on: on},
		focusgroep.Hold{Present: present, Newcomers: i % 3})
	for _, w := range agendas[i%len(agendas)] {
		of.execute(stream, errand{name: name + "/" + string(w.theme), rank: ofFocusgroep, on: on},
			focusgroep.DiscussTheme{Theme: w.theme, Weight: w.weight})
	}
	of.execute(stream, errand{name: name + "/closed", rank: ofEndings, on: min(on+7, p.today)}, focusgroep.Close{})
	return meeting{stream: stream, on: on, held: true}
}

// theFocusgroep is the n-th meeting of a year, from 1.
func (p *plan) theFocusgroep(year, n int) meeting {
	for _, m := range p.meetings {
		if m.on.Year() == year {
			if n--; n == 0 {
				return m
			}
		}
	}
	panic(fmt.Sprintf("demonstration: no such focusgroep meeting in %d", year))
}

// lastFocusgroep is the last meeting that was held before a day.
func (p *plan) lastFocusgroep(before domain.Date) meeting {
	var last meeting
	for _, m := range p.meetings {
		if m.held && m.on < before {
			last = m
		}
	}
	return last
}

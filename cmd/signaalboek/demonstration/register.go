package demonstration

import (
	"math/rand/v2"
	"time"

	"signaalboek/domain"
)

// year is what the register of a year must come to.
type year struct {
	number     int
	unique     int // different people
	newcomers  int // of those, without contact in an earlier year
	returning  int // of those, with a card from an earlier year of this ledger
	fromBefore domain.Answer
	known      int // of those, known to the social service
	groups     []group
}

// group is a part of a year's register: contacts at certain activities.
type group struct {
	name       string
	everywhere bool // at any activity
	at         func(dice *rand.Rand, d domain.Date) domain.Code
	days       func(p *plan, year int) []domain.Date
	people     int // different ones, some of whom come in other groups too
	contacts   int // with those people
	anonymous  int // contacts with nobody recognised
	requests   int
}

// published is the years whose figures were published. In 2020 nobody asked whether people came before, so that the
// figure of newcomers is not recorded. Requests of 2022 were published without those of Digipunt and Soep met Babbels;
// how many these had is invented.
func published() []year {
	return []year{
		{number: 2020, unique: 137, fromBefore: domain.Unknown, known: 72, groups: []group{
			everyday(137, 236, 22, 270),
		}},
		{number: 2021, unique: 124, newcomers: 41, returning: 70, fromBefore: domain.Yes, known: 59, groups: []group{
			everyday(104, 151, 14, 142),
			digipunt(38, 62, 43),
		}},
		{number: 2022, unique: 200, newcomers: 60, returning: 105, fromBefore: domain.Yes, known: 88, groups: []group{
			everyday(124, 178, 16, 110),
			digipunt(55, 88, 71),
			soup(43, 81, 24),
		}},
	}
}

// invented is a later year: smaller, so that the demonstration stays light. Of the year that is going on, only the part
// that is over.
func (p *plan) invented(number int) year {
	over := func(n int) int { return n }
	if number == p.today.Year() {
		gone, all := int(p.today-day(number, time.January, 1)), 365
		over = func(n int) int { return n * gone / all }
	}
	turn := number % 3 // some variety
	unique := over(84 + 6*turn)
	newcomers, returning := over(22+3*turn), over(54+2*turn)
	return year{
		number: number, unique: unique, newcomers: newcomers, returning: returning, fromBefore: domain.Yes,
		known: over(40 + 3*turn), groups: []group{
			everyday(min(unique, over(58+5*turn)), over(92+7*turn), over(9), over(74+8*turn)),
			digipunt(min(unique, over(22)), over(37), over(31)),
			soup(min(unique, over(26+turn)), over(49), over(15)),
		},
	}
}

// years is all years of the ledger, oldest first.
func (p *plan) years() []year {
	all := published()
	for number := 2023; number <= p.today.Year(); number++ {
		all = append(all, p.invented(number))
	}
	return all
}

// register plans the contacts and sessions of all years. Each year has dice of its own: what was published does not
// depend on the day of today.
func (p *plan) register() {
	p.holdSessions()
	for _, y := range p.years() {
		p.fill(y, rand.New(rand.NewPCG(uint64(y.number), 1)))
	}
}

// fill plans the contacts of a year. Groups take their people one after the other, around the circle of who comes that
// year: everybody comes somewhere, and who is taken twice comes in two groups.
func (p *plan) fill(y year, dice *rand.Rand) {
	here := p.gather(y, dice)
	var all []*registration
	taken := 0
	for _, g := range y.groups {
		var people []*person
		for range g.people {
			people = append(people, here[taken%len(here)])
			taken++
		}
		all = append(all, p.meet(y.number, g, people, dice)...)
	}
	answer(all, here, dice)
	p.contacts = append(p.contacts, all...)
}

func everyday(people, contacts, anonymous, requests int) group {
	return group{
		name: "everyday", everywhere: true, people: people, contacts: contacts, anonymous: anonymous, requests: requests,
		at:   anywhere,
		days: func(p *plan, year int) []domain.Date { return workdays(p.span(year)) },
	}
}

func digipunt(people, contacts, requests int) group {
	return group{
		name: "digipunt", people: people, contacts: contacts, requests: requests, at: always("digipunt"),
		days: func(p *plan, year int) []domain.Date {
			from, to := p.span(year)
			return weekdays(time.Monday, max(from, digipuntBegan), to)
		},
	}
}

func soup(people, contacts, requests int) group {
	return group{
		name: "soep", people: people, contacts: contacts, requests: requests, at: always("soep-met-babbels"),
		days: func(p *plan, year int) []domain.Date { return p.daysOfSessions("soep-met-babbels", year) },
	}
}

// span is a year, as far as it is over, without the days around New Year: no week of the register has contacts of two
// years. A vault says of a person in a year what it knows of the years before, so those must be recorded first.
func (p *plan) span(year int) (from, to domain.Date) {
	return day(year, time.January, 4), min(day(year, time.December, 23), p.today)
}

func always(activity domain.Code) func(*rand.Rand, domain.Date) domain.Code {
	return func(*rand.Rand, domain.Date) domain.Code { return activity }
}

// anywhere is where a worker meets people: on the street and at doors while nobody could come together.
func anywhere(dice *rand.Rand, d domain.Date) domain.Code {
	if closedDown(d) {
		return draw(dice, apart)
	}
	return draw(dice, together)
}

var (
	together = []chance{
		{"sociale-kruidenier", 7}, {"huisbezoek", 4}, {"individueel-gesprek", 4}, {"contact-op-straat", 3},
		{"naaiatelier", 3}, {"huis-van-het-kind", 3}, {"cc-spoor", 3}, {"praattafel-schoolbabbel", 2}, {"sociale-dienst", 1},
	}
	apart = []chance{{"huisbezoek", 6}, {"contact-op-straat", 3}, {"individueel-gesprek", 1}}
)

// chance is a code and how often it comes.
type chance struct {
	code   domain.Code
	weight int
}

// draw is one of several codes, each as often as its weight says.
func draw(dice *rand.Rand, among []chance) domain.Code {
	total := 0
	for _, c := range among {
		total += c.weight
	}
	at := dice.IntN(total)
	for _, c := range among {
		if at -= c.weight; at < 0 {
			return c.code
		}
	}
	return ""
}

package disclosure

import (
	"math/rand/v2"
	"testing"

	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// population is the people of one practice in one year, made by chance: some come once, some all the time; a few ask much.
type population struct {
	lists  Lists
	half   Count
	year   Count
	chance *rand.Rand
}

func listsOf(t testing.TB) Lists {
	t.Helper()
	book, found := vocabulary.Defaults(vocabulary.Harelbeke2022)
	if !found {
		t.Fatal("no defaults")
	}
	return ListsOf(book)
}

func populate(lists Lists, seed uint64, size int) population {
	p := population{lists: lists, chance: rand.New(rand.NewPCG(7, seed))}
	p.half = Count{Period: Period{2026, FirstHalf}, Lists: lists}
	p.year = Count{Period: Period{2026, WholeYear}, Lists: lists}
	for number := range size {
		p.person(number)
	}
	for range size / 4 {
		p.visit(&p.half.Nobody, &p.year.Nobody, p.chance.IntN(2) == 0)
	}
	return p
}

func (p *population) person(number int) {
	row := Person{Number: number, New: p.answer(0.3, 0.1), Known: p.answer(0.45, 0.1), Traits: domain.Traits{}}
	half, year := row, row
	first := p.chance.IntN(5) < 3
	p.visit(&half, &year, first)
	for range p.chance.IntN(1 + p.chance.IntN(6)) {
		p.visit(&half, &year, first && p.chance.IntN(2) == 0)
	}
	if first && p.chance.IntN(12) == 0 {
		year.Known = domain.Yes // somebody found out later
	}
	if first {
		p.half.People = append(p.half.People, half)
	}
	if first && p.chance.IntN(60) == 0 {
		return // withdrawn since
	}
	p.year.People = append(p.year.People, year)
}

func (p *population) answer(yes, unknown float64) domain.Answer {
	switch x := p.chance.Float64(); {
	case x < unknown:
		return domain.Unknown
	case x < unknown+yes*(1-unknown):
		return domain.Yes
	}
	return domain.No
}

// visit adds one contact, often with a request, to the year and, if it was then, to its first half.
func (p *population) visit(half, year *Person, inHalf bool) {
	rows := []*Person{year}
	if inHalf {
		rows = append(rows, half)
	}
	activity := p.pick(activities)
	request := p.chance.IntN(2) == 0
	theme, approach, service := p.pick(themes), p.pick(approaches), p.pick(services)
	second, referred := p.chance.IntN(4) == 0, p.chance.IntN(4) == 0
	other := p.pick(themes)
	for _, row := range rows {
		note(&row.Contacts, activity)
		if !request {
			continue
		}
		row.Requests++
		note(&row.Themes, theme)
		note(&row.Approaches, approach)
		if second && other != theme {
			note(&row.Themes, other)
		}
		if referred {
			note(&row.Services, service)
		}
	}
}

// pick is a category: the first ones often, the last ones hardly ever.
func (p *population) pick(list domain.Code) domain.Code {
	of := p.lists[list]
	return of[min(p.chance.IntN(len(of)), p.chance.IntN(len(of)))].Code
}

func note(counts *map[domain.Code]int, code domain.Code) {
	if *counts == nil {
		*counts = map[domain.Code]int{}
	}
	(*counts)[code]++
}

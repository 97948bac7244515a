package main

import (
	"math/rand/v2"
	"testing"

	"signaalboek/domain"
)

// In practices so small that every possible one can be written down, the attacker's programs exclude what none of them is:
// from what was published of two activities, the fewest and the most people in each group are those of all practices that
// fit it.
func TestProgramsAreAsStrongAsTryingEverything(t *testing.T) {
	chance, askedOf := rand.New(rand.NewPCG(3, 4)), 0
	for round := range 200 {
		p := somePapers(chance)
		all := everything(p)
		if len(all) == 0 {
			continue // nobody can be so
		}
		for _, g := range someGroups() {
			least, most := 99, -1
			for _, w := range all {
				n := w.size(g)
				least, most = min(least, n), max(most, n)
			}
			askedOf++
			pr := newProgram(p, g.at, nil)
			if !pr.feasible {
				t.Fatalf("%d: %d practices fit, and the programs allow none", round, len(all))
			}
			sum := pr.members(g)
			if !pr.reaches(sum, float64(most)) || pr.reaches(sum, float64(most)+0.99) {
				t.Errorf("%d: %+v is %d at most, the programs say otherwise", round, g, most)
			}
			if !pr.reaches(scaled(sum, -1), -float64(least)) || pr.reaches(scaled(sum, -1), -float64(least)+0.99) {
				t.Errorf("%d: %+v is %d at least, the programs say otherwise", round, g, least)
			}
		}
	}
	if askedOf < 500 {
		t.Errorf("only %d questions were asked", askedOf)
	}
}

// Tiny practices have two activities, and up to three people.
var twoActivities = []domain.Code{"digipunt", "naaiatelier"}

const atMost = 3

func somePapers(chance *rand.Rand) papers {
	year := paper{widths: map[string]int{"headline": 5}, cells: map[cell]band{}}
	some := func(table, measure, category string) {
		least := chance.IntN(3)
		year.cells[cell{table, measure, category}] = band{least, min(atMost, least+chance.IntN(3))}
	}
	some("headline", "unique", "")
	some("contacts", "contacts", "")
	for _, m := range measures {
		for _, activity := range twoActivities {
			if chance.IntN(3) > 0 {
				some(m.name+"-by-activity", m.name, string(activity))
			}
		}
	}
	year.cells[cell{"contacts", "contacts", ""}] = band{0, 4}
	return papers{year: &year, activities: twoActivities}
}

// someone is how one person can be: what they answered, and where they came.
type someone struct {
	answers
	at [2]bool
}

// tinyPractice is everybody in a practice.
type tinyPractice []someone

func (w tinyPractice) size(g group) int {
	n := 0
	for _, p := range w {
		if g.fits(p.answers) && (g.at == "" || g.at == twoActivities[0] && p.at[0] || g.at == twoActivities[1] && p.at[1]) {
			n++
		}
	}
	return n
}

// everything is every practice that fits what was published.
func everything(p papers) []tinyPractice {
	var ways []someone
	for _, a := range standings[1:] {
		ways = append(ways, someone{a, [2]bool{true, false}}, someone{a, [2]bool{false, true}}, someone{a, [2]bool{true, true}})
	}
	var all []tinyPractice
	var extend func(w tinyPractice, from int)
	extend = func(w tinyPractice, from int) {
		if w.fits(p.year) {
			all = append(all, w)
		}
		for i := from; i < len(ways) && len(w) < atMost; i++ {
			extend(append(w[:len(w):len(w)], ways[i]), i)
		}
	}
	extend(nil, 0)
	return all
}

// fits reports whether a practice can have been published so.
func (w tinyPractice) fits(year *paper) bool {
	visits := 0
	for _, p := range w {
		for _, there := range p.at {
			if there {
				visits++
			}
		}
	}
	if visits > year.of("contacts", "contacts", "").most {
		return false
	}
	for c, told := range year.cells {
		g := group{moment: inYear, at: domain.Code(c.category)}
		switch c.measure {
		case "contacts":
			continue
		case "new":
			g.new = domain.Yes
		case "known":
			g.known = domain.Yes
		}
		if n := w.size(g); n < told.least || n > told.most {
			return false
		}
	}
	return true
}

func someGroups() []group {
	var all []group
	for _, at := range append([]domain.Code{""}, twoActivities...) {
		for _, isNew := range []domain.Answer{"", domain.Yes, domain.No} {
			for _, known := range []domain.Answer{"", domain.Yes, domain.No} {
				all = append(all, group{moment: inYear, at: at, new: isNew, known: known})
			}
		}
	}
	return all
}

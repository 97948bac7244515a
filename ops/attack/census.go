package main

import (
	"signaalboek/domain"
	"signaalboek/domain/disclosure"
	"signaalboek/domain/vocabulary"
)

// moment says of which people a group is.
type moment int

const (
	inHalf  moment = iota // those that the release of the first half counted
	inYear                // those that the release of the year counted
	arrived               // in the group in the year, and not in it in the first half as far as that release told
	left                  // in the first half, and since a correction no more
)

// group is people with something in common, whom an attacker would like to know of: at most four attributes, in the whole
// practice or at one activity. What is empty is not looked at.
type group struct {
	moment                   moment
	at                       domain.Code
	new, known               domain.Answer
	theme, approach, service domain.Code
}

// most is how many attributes a group has at most; small, how many people are in those that must be hidden.
const (
	mostAttributes = 4
	small          = 4
)

// member is one person as both releases of a year count them; nil: not.
type member struct {
	half, year *disclosure.Person
}

// members pairs the rows of a year.
func (y year) members() []member {
	var all []member
	found := map[int]int{}
	for i := range y.half.People {
		found[y.half.People[i].Number] = len(all)
		all = append(all, member{half: &y.half.People[i]})
	}
	for i := range y.whole.People {
		p := &y.whole.People[i]
		at, twice := found[p.Number]
		if !twice {
			at, all = len(all), append(all, member{})
		}
		all[at].year = p
	}
	return all
}

// census counts every group that anybody is in, and keeps the small ones.
func (y year) census() map[group]int {
	sizes := map[group]int{}
	add := func(g group) { sizes[g]++ }
	for _, m := range y.members() {
		m.eachGroup(y.releases == 2, add)
	}
	for g, n := range sizes {
		if n > small {
			delete(sizes, g)
		}
	}
	return sizes
}

// eachGroup visits every group that one person is in.
func (m member) eachGroup(twoReleases bool, visit func(group)) {
	every(m.half, inHalf, visit)
	every(m.year, inYear, visit)
	if !twoReleases {
		return
	}
	every(m.half, left, func(g group) {
		if g.theme == "" && !g.holds(m.year) {
			visit(g)
		}
	})
	every(m.year, arrived, func(g group) {
		if !g.asTold().holds(m.half) {
			visit(g)
		}
	})
}

// asTold is a group as far as the release of the first half tells of it.
func (g group) asTold() group { return group{new: g.new, known: g.known, theme: g.theme} }

// holds reports whether somebody who is counted has what a group has in common.
func (g group) holds(p *disclosure.Person) bool {
	has := func(counts map[domain.Code]int, code domain.Code) bool { return code == "" || counts[code] > 0 }
	return p != nil && (g.new == "" || p.New == g.new) && (g.known == "" || p.Known == g.known) && has(p.Contacts, g.at) &&
		has(p.Themes, g.theme) && has(p.Approaches, g.approach) && has(p.Services, g.service)
}

// every visits every group that one row is in, of what its release tells of.
func every(p *disclosure.Person, m moment, visit func(group)) {
	if p == nil {
		return
	}
	whole := m == inYear || m == arrived
	for _, g := range among([]group{{moment: m}}, p.Contacts, whole, func(g *group, code domain.Code) { g.at = code }) {
		some := answered([]group{g}, p.New, func(g *group, a domain.Answer) { g.new = a })
		some = answered(some, p.Known, func(g *group, a domain.Answer) { g.known = a })
		some = among(some, p.Themes, true, func(g *group, code domain.Code) { g.theme = code })
		some = among(some, p.Approaches, whole, func(g *group, code domain.Code) { g.approach = code })
		some = among(some, p.Services, whole, func(g *group, code domain.Code) { g.service = code })
		for _, g := range some {
			if len(g.features())+g.answers() <= mostAttributes {
				visit(g)
			}
		}
	}
}

// among is all groups, and all of them with each code that a person has.
func among(of []group, counts map[domain.Code]int, told bool, set func(*group, domain.Code)) []group {
	all := of[:len(of):len(of)]
	for code, n := range counts {
		for _, g := range of {
			if told && n > 0 {
				set(&g, code)
				all = append(all, g)
			}
		}
	}
	return all
}

func answered(of []group, answer domain.Answer, set func(*group, domain.Answer)) []group {
	all := of[:len(of):len(of)]
	for _, g := range of {
		if answer == domain.Yes || answer == domain.No {
			set(&g, answer)
			all = append(all, g)
		}
	}
	return all
}

// answers is how many of both answers a group looks at.
func (g group) answers() int {
	n := 0
	for _, a := range []domain.Answer{g.new, g.known} {
		if a != "" {
			n++
		}
	}
	return n
}

// feature is a code of requests.
type feature struct{ list, code domain.Code }

// features is what a group has in common of requests.
func (g group) features() []feature {
	var all []feature
	for _, f := range []feature{
		{vocabulary.Themes, g.theme}, {vocabulary.Approaches, g.approach}, {vocabulary.Services, g.service},
	} {
		if f.code != "" {
			all = append(all, f)
		}
	}
	return all
}

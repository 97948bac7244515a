package main

import (
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/disclosure"
	"signaalboek/domain/vocabulary"
)

// mostColluders is how many participants tell each other what they know of themselves.
const mostColluders = 3

// list is the attendance list of an activity, or of the practice: whoever holds it looks for what is sensitive of those on
// it. Where some have that attribute and others do not, nobody on the list can be told from another; it is told of them
// when all have it or nobody has, and also when those few who differ are the ones who hold the list.
type list struct {
	everybody group
	sensitive group // those of everybody of whom it holds
	size      int
	holds     []class // of those on the list of whom it holds, the class; the same for those of whom it does not
	others    []class
}

// lists is every list of a year that somebody may hold, for each attribute that is sensitive.
func (y year) lists() []list {
	var all []list
	for _, m := range []moment{inHalf, inYear} {
		for _, everybody := range y.groupsOf(m) {
			for _, g := range y.sensitive(everybody) {
				if l := y.list(everybody, g); l.size > 0 {
					all = append(all, l)
				}
			}
		}
	}
	return all
}

func (y year) groupsOf(m moment) []group {
	all := []group{{moment: m}}
	if m == inHalf {
		return all
	}
	for _, activity := range y.whole.Lists[vocabulary.Activities] {
		all = append(all, group{moment: m, at: activity.Code})
	}
	return all
}

// sensitive is, of everybody, those known to the social service, and those who were referred where it says something.
func (y year) sensitive(everybody group) []group {
	known := everybody
	known.known = domain.Yes
	all := []group{known}
	for _, service := range y.whole.Lists[vocabulary.Services] {
		if service.Sensitive && everybody.moment == inYear {
			referred := everybody
			referred.service = service.Code
			all = append(all, referred)
		}
	}
	return all
}

func (y year) list(everybody, sensitive group) list {
	l := list{everybody: everybody, sensitive: sensitive}
	for _, m := range y.members() {
		row := m.year
		if everybody.moment == inHalf {
			row = m.half
		}
		switch {
		case !everybody.holds(row):
			continue
		case sensitive.holds(row):
			l.holds = append(l.holds, m.class())
		default:
			l.others = append(l.others, m.class())
		}
		l.size++
	}
	return l
}

// class is what tables of people say of somebody.
func (m member) class() class { return class{answersOf(m.half), answersOf(m.year)} }

func answersOf(p *disclosure.Person) answers {
	if p == nil {
		return answers{}
	}
	return answers{true, p.New == domain.Yes, p.Known == domain.Yes}
}

// tells reports whether whoever holds a list, alone or up to three together, learns something sensitive of all others.
func (a *attacker) tells(l list) bool {
	n := len(l.holds)
	if n > 0 && len(l.others) <= mostColluders {
		pr := newProgram(a.papers, l.everybody.at, l.held(l.others))
		if !pr.feasible || !a.maybeAtMost(pr, l.sensitive, n-1) {
			return true
		}
	}
	if len(l.others) > 0 && n <= mostColluders {
		pr := newProgram(a.papers, l.everybody.at, l.held(l.holds))
		return !pr.feasible || !a.maybeAtLeast(pr, l.sensitive, n+1)
	}
	return false
}

// held is what the holders of a list know of it.
func (l list) held(colluders []class) *expected {
	return &expected{moment: l.everybody.moment, size: l.size, colluders: slices.Clone(colluders)}
}

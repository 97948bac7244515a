package main

import (
	"fmt"

	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// attacker reckons with the papers of one year, and with what people tell who were there.
type attacker struct {
	papers
	programs map[domain.Code]*program // by focus, without lists
}

// newAttacker is an attacker with papers. False if what they say contradicts itself.
func newAttacker(p papers) (*attacker, bool) {
	a := &attacker{papers: p, programs: map[domain.Code]*program{}}
	return a, a.program("").feasible
}

func (a *attacker) program(focus domain.Code) *program {
	if a.programs[focus] == nil {
		a.programs[focus] = newProgram(a.papers, focus, nil)
	}
	return a.programs[focus]
}

// doubts reports whether an attacker knows so little of a group as must be: nobody may be in it, or four and more.
func (a *attacker) doubts(g group) bool {
	pr := a.program(g.at)
	return pr.feasible && a.maybeAtMost(pr, g, 0) && a.maybeAtLeast(pr, g, small)
}

// ofList is by which table requests of a list are counted.
var ofList = map[domain.Code]string{
	vocabulary.Themes:     "requests-by-theme",
	vocabulary.Approaches: "requests-by-approach",
	vocabulary.Services:   "referrals-by-service",
}

// paperAt is the release that tells most of a moment.
func (a *attacker) paperAt(m moment) *paper {
	if m == inHalf || m == left {
		return a.half
	}
	return a.year
}

func (a *attacker) requestsWith(f feature, m moment) band {
	return a.paperAt(m).of(ofList[f.list], requests, string(f.code))
}

// maybeAtMost reports whether so few people may be in a group. Requests with a code of the group were made by four people
// at least, who were recognised, unless there may be none: if so many are not of those that tables of people put in the
// group, or would have to be in it only for another code, they made them. So of n codes
//
//	inside ≥ Σ (4 − outside) − (n−1) · tabled,   where outside = all − tabled
func (a *attacker) maybeAtMost(pr *program, g group, few int) bool {
	if a.unanswered && (g.new == domain.No || g.known == domain.No) {
		return true
	}
	tabled, codes := pr.members(g), g.features()
	for _, f := range codes {
		if a.requestsWith(f, g.moment).least <= 0 {
			return true
		}
	}
	if len(codes) == 0 {
		return pr.reaches(scaled(tabled, -1), -float64(few))
	}
	n := float64(len(codes))
	everybody := pr.members(group{moment: present(g.moment)})
	return pr.reaches(plus(scaled(everybody, n), -1, tabled), n*(behindCounts-1)-float64(few))
}

// present is the moment at which everybody is there whom a group is part of.
func present(m moment) moment {
	if m == inHalf || m == left {
		return inHalf
	}
	return inYear
}

// maybeAtLeast reports whether so many people may be in a group: as many must be there, and have made requests with each of
// its codes. Whoever asked something new in the second half of the year has then arrived in a group that is told by it.
func (a *attacker) maybeAtLeast(pr *program, g group, many int) bool {
	p := a.paperAt(g.moment)
	for _, f := range g.features() {
		if min(a.requestsWith(f, g.moment).most, p.of(requests, requests, "").most) < many {
			return false
		}
	}
	tabled := g
	if g.moment == arrived && g.theme != "" {
		tabled.moment = inYear
	}
	return pr.reaches(pr.members(tabled), float64(many)) && a.maybeNew(pr, g, many)
}

// maybeNew reports whether so many people can have arrived in a group by what they asked: each of them asked something in
// the second half of the year, unless they were there already, and are in the group because of an answer. Whoever does not
// know whether there were corrections cannot tell how much was asked in between.
func (a *attacker) maybeNew(pr *program, g group, many int) bool {
	if a.corrections || g.moment != arrived || len(g.features()) == 0 {
		return true
	}
	asked := more(a.half, a.year, cell{requests, requests, ""}).most
	if g.theme != "" {
		asked = min(asked, more(a.half, a.year, cell{ofList[vocabulary.Themes], requests, string(g.theme)}).most)
	}
	answered := pr.sum(g.at, func(c class) bool { return c.half.counted && g.takes(c) })
	return asked >= many || pr.reaches(answered, float64(many-asked))
}

// more is how much a count grew from one release to the next.
func more(from, to *paper, c cell) band {
	before, after := from.of(c.table, c.measure, c.category), to.of(c.table, c.measure, c.category)
	grown := band{max(0, after.least-before.most), after.most - before.least}
	if after.most == endless {
		grown.most = endless
	}
	return grown
}

// admits checks the attacker's own sums: what is true keeps all limits of every program.
func (a *attacker) admits(y year) error {
	for focus, pr := range a.programs {
		people := make([]float64, len(pr.columns))
		for _, m := range y.members() {
			people[pr.column("", m.class())]++
			if m.year == nil {
				continue
			}
			for activity := range m.year.Contacts {
				people[pr.column(activity, m.class())]++
			}
		}
		for _, l := range pr.limits {
			if valueOf(l.times, people) > l.most {
				return fmt.Errorf("%w: at %q, %v", errTruthExcluded, focus, l)
			}
		}
	}
	return nil
}

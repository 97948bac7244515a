package main

import (
	"maps"
	"slices"

	"signaalboek/domain"
)

// answers is what tables of people say of somebody in one release: counted or not, and with which answers. That an answer
// is no, or that there is none, they do not tell apart.
type answers struct{ counted, new, known bool }

// class is the answers of somebody in both releases of a year. People of a class are alike to every table of people.
type class struct{ half, year answers }

// program is the unknowns of an attacker: how many people of each class there are, and how many of them come to each
// activity. It looks closely at one activity, the focus: of the others it matters only that everybody is somewhere, so
// there the answers in the year are enough.
type program struct {
	papers
	focus    domain.Code
	classes  []class
	columns  map[unknown]int
	limits   []limit
	seen     [][]float64 // numbers of people that keep all limits, found so far
	start    *dictionary
	feasible bool
}

// unknown is a number of people that the attacker looks for: of one class in the practice or at the focus, or of those
// with the same answers in the year at another activity.
type unknown struct {
	at domain.Code
	of class
}

// papers is everything that an attacker has about one year.
type papers struct {
	half, year  *paper        // nil: there was no such release
	activities  []domain.Code // the rows of the tables by activity
	corrections bool          // contacts may have been withdrawn in between; else it is known that none were
	unanswered  bool          // some people did not answer; else it is known that all did
}

// expected is what somebody knows who was there: how many people came, and of which class some of them are.
type expected struct {
	moment    moment
	size      int
	colluders []class
}

// newProgram writes down what papers say. Whoever expects something has a list.
func newProgram(p papers, focus domain.Code, list *expected) *program {
	pr := &program{papers: p, focus: focus, columns: map[unknown]int{}}
	pr.classes = pr.allClasses()
	for _, c := range pr.classes {
		pr.column("", c)
	}
	for _, of := range []*paper{p.half, p.year} {
		if of != nil {
			pr.people(of)
		}
	}
	if pr.tellsActivities() {
		pr.byActivity()
		pr.everybodySomewhere()
	}
	pr.meet()
	if list != nil {
		pr.expect(*list)
	}
	pr.start, pr.feasible = newDictionary(len(pr.columns), pr.limits)
	return pr
}

func (pr *program) allClasses() []class {
	half, year := []answers{{}}, []answers{{}}
	if pr.half != nil {
		half = standings
	}
	if pr.year != nil {
		year = standings
	}
	var all []class
	for _, h := range half {
		for _, y := range year {
			stayed := y.counted || pr.year == nil || pr.corrections
			if (h.counted || y.counted) && stayed {
				all = append(all, class{h, y})
			}
		}
	}
	return all
}

var standings = []answers{{}, {true, false, false}, {true, true, false}, {true, false, true}, {true, true, true}}

func (pr *program) column(at domain.Code, c class) int {
	u := unknown{at, c}
	if at != "" && at != pr.focus {
		u.of.half = answers{}
	}
	if _, there := pr.columns[u]; !there {
		pr.columns[u] = len(pr.columns)
	}
	return pr.columns[u]
}

// sum is how many people there are of the classes that are asked for, in the practice or at an activity.
func (pr *program) sum(at domain.Code, asked func(class) bool) map[int]float64 {
	sum := map[int]float64{}
	for _, c := range pr.classes {
		if (at == "" || c.year.counted) && asked(c) {
			sum[pr.column(at, c)] = 1
		}
	}
	return sum
}

// between says that a sum lies in a band.
func (pr *program) between(sum map[int]float64, b band) {
	if b.most < endless {
		pr.limits = append(pr.limits, limit{sum, float64(b.most)})
	}
	if b.least > 0 {
		pr.limits = append(pr.limits, limit{scaled(sum, -1), -float64(b.least)})
	}
}

func scaled(sum map[int]float64, by float64) map[int]float64 {
	all := maps.Clone(sum)
	for j := range all {
		all[j] *= by
	}
	return all
}

// plus is one sum and so many times another.
func plus(sum map[int]float64, times float64, other map[int]float64) map[int]float64 {
	all := maps.Clone(sum)
	for j, n := range other {
		all[j] += times * n
	}
	return all
}

// The tables, measures and rules of the catalogue, as the manual has them.
const (
	headline     = "headline"
	contacts     = "contacts"
	requests     = "requests"
	exactFrom    = 20 // a headline total is shown as it is when it and the rest are at least this
	behindCounts = 5  // different people behind requests that are not in the first band; at most one of them unrecognised
)

// measures is what tables of people count, and of whom.
var measures = []measure{
	{"unique", func(a answers) bool { return a.counted }},
	{"new", func(a answers) bool { return a.counted && a.new }},
	{"known", func(a answers) bool { return a.counted && a.known }},
}

type measure struct {
	name   string
	counts func(answers) bool
}

// in is the answers in the release that a paper is of.
func (pr *program) in(of *paper, c class) answers {
	if of == pr.half {
		return c.half
	}
	return c.year
}

// people is what the headline of a release says; also by showing a total as it is, or not.
func (pr *program) people(of *paper) {
	for _, m := range measures {
		b := of.of(headline, m.name, "")
		pr.between(pr.sum("", func(c class) bool { return m.counts(pr.in(of, c)) }), b)
		if m.name == "unique" || of.widths[headline] != 1 || b == unrecorded {
			continue
		}
		rest := pr.sum("", func(c class) bool { return pr.in(of, c).counted && !m.counts(pr.in(of, c)) })
		switch {
		case b.least == b.most:
			pr.between(rest, band{exactFrom, endless})
		case b.least >= exactFrom:
			pr.between(rest, band{0, exactFrom - 1})
		}
	}
}

func (pr *program) tellsActivities() bool { return pr.year != nil }

// byActivity is what the tables by activity say; and whoever is at one is in the practice.
func (pr *program) byActivity() {
	for _, activity := range pr.activities {
		for _, m := range measures {
			b := pr.year.of(m.name+"-by-activity", m.name, string(activity))
			pr.between(pr.sum(activity, func(c class) bool { return m.counts(c.year) }), b)
		}
		for _, part := range pr.parts(activity) {
			pr.between(plus(pr.sum(activity, part), -1, pr.sum("", part)), band{0, 0})
		}
	}
}

// parts is who is told apart at an activity.
func (pr *program) parts(activity domain.Code) []func(class) bool {
	var all []func(class) bool
	for _, c := range pr.classes {
		switch {
		case !c.year.counted:
		case activity == pr.focus:
			all = append(all, func(other class) bool { return other == c })
		case slices.IndexFunc(pr.classes, func(o class) bool { return o.year == c.year }) == slices.Index(pr.classes, c):
			all = append(all, func(other class) bool { return other.year == c.year })
		}
	}
	return all
}

// everybodySomewhere says that whoever was counted came to one activity at least.
func (pr *program) everybodySomewhere() {
	for _, a := range standings[1:] {
		alike := func(c class) bool { return c.year == a }
		absent := pr.sum("", alike)
		for _, activity := range pr.activities {
			absent = plus(absent, -1, pr.sum(activity, alike))
		}
		pr.between(absent, band{0, 0})
	}
}

// meet says that whoever was counted had a contact; at each activity one. Whoever knows that nothing was corrected knows
// that newcomers had theirs in the second half of the year.
func (pr *program) meet() {
	if pr.half != nil {
		pr.between(pr.sum("", func(c class) bool { return c.half.counted }), band{0, pr.half.of(contacts, contacts, "").most})
	}
	if pr.year == nil {
		return
	}
	met := map[int]float64{}
	for _, activity := range pr.activities {
		met = plus(met, 1, pr.sum(activity, func(c class) bool { return c.year.counted }))
	}
	pr.between(met, band{0, pr.year.of(contacts, contacts, "").most})
	if pr.half != nil && !pr.corrections {
		newcomers := pr.sum("", func(c class) bool { return !c.half.counted })
		pr.between(newcomers, band{0, max(0, more(pr.half, pr.year, cell{contacts, contacts, ""}).most)})
	}
}

// expect says what somebody knows who was there.
func (pr *program) expect(list expected) {
	everybody := group{moment: list.moment, at: pr.focus}
	pr.between(pr.members(everybody), band{list.size, list.size})
	alike := map[class]int{}
	for _, c := range list.colluders {
		alike[c]++
	}
	for c, n := range alike {
		pr.between(pr.sum(pr.focus, func(other class) bool { return other == c }), band{n, endless})
	}
}

// members is who of the people in a program are in a group, as far as tables of people tell.
func (pr *program) members(g group) map[int]float64 {
	return pr.sum(g.at, func(c class) bool { return g.takes(c) })
}

func (g group) takes(c class) bool {
	switch g.moment {
	case inHalf:
		return g.fits(c.half)
	case left:
		return g.fits(c.half) && !g.fits(c.year)
	case arrived:
		return g.fits(c.year) && !g.fits(c.half)
	}
	return g.fits(c.year)
}

func (g group) fits(a answers) bool {
	is := func(asked domain.Answer, yes bool) bool { return asked == "" || (asked == domain.Yes) == yes }
	return a.counted && is(g.new, a.new) && is(g.known, a.known)
}

// reaches reports whether a sum can be so much. It looks first at what was found before.
func (pr *program) reaches(sum map[int]float64, much float64) bool {
	for _, people := range pr.seen {
		if valueOf(sum, people) >= much-tiny {
			return true
		}
	}
	d := pr.start.copied()
	most := d.maximise(sum)
	pr.seen = append(pr.seen, d.values())
	return most >= much-1e-6
}

func valueOf(sum map[int]float64, people []float64) float64 {
	value := 0.0
	for j, n := range sum {
		value += n * people[j]
	}
	return value
}

package disclosure

import (
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// standing is what tables of people say of somebody in one release: whether they are counted, and with which answers. Of
// traits it has those by which a table is made.
type standing struct {
	counted    bool
	new, known domain.Answer
	traits     [3]domain.Code // in the order of the model's
}

// class is a standing in each release of the year. People of one class are alike to every table of people.
type class [2]standing

// model is the unknowns of the attacker: how many people of each class there are in the practice, and at each activity.
//
//	column c                        people of class c
//	column (1+g)·len(classes) + c   people of class c at activity g
//
// People of a class can be at any of the activities, so nothing else hangs together: whatever numbers keep the bounds
// below are numbers of real people (see world.go, which makes them up).
type model struct {
	*view
	classes []class
	groups  []domain.Code // activities, if the last release has a table of them
	truth   []int         // by column
	rows    []constraint
	traits  []domain.Code // by which a table is made
}

// spread is how much further than the truth an unknown may go. It keeps worlds near, and the programs bounded.
const spread = 8

func newModel(v *view) *model {
	m := &model{view: v}
	for _, trait := range vocabulary.Traits() {
		if v.publishes(trait) {
			m.traits = append(m.traits, trait)
		}
	}
	if v.groupsAt(v.last()) {
		for _, activity := range v.releases[v.last()].Lists[activities] {
			m.groups = append(m.groups, activity.Code)
		}
	}
	rows := join(v.counts())
	m.classes = m.classesOf(rows)
	m.truth = m.countsOf(rows)
	m.constrain()
	return m
}

func (m *model) column(group, class int) int { return (1+group)*len(m.classes) + class }

func (m *model) standing(p *Person) standing {
	if p == nil {
		return standing{}
	}
	s := standing{counted: true, new: known(p.New), known: known(p.Known)}
	for i, trait := range m.traits {
		s.traits[i] = p.Traits[trait]
	}
	return s
}

// known is an answer, or that there is none.
func known(a domain.Answer) domain.Answer {
	if answered(a) {
		return a
	}
	return domain.Unknown
}

func (m *model) classOf(row pair) class { return class{m.standing(row[0]), m.standing(row[1])} }

// classesOf is the classes that somebody is in, and the plain ones.
func (m *model) classesOf(rows []pair) []class {
	var classes []class
	add := func(c class) {
		if !slices.Contains(classes, c) {
			classes = append(classes, c)
		}
	}
	for _, row := range rows {
		add(m.classOf(row))
	}
	for _, c := range slices.Clone(classes) {
		m.eachPlain(c, add)
	}
	return classes
}

// eachPlain visits classes of people as plain as can be: counted from some release on, or up to one as an example is, and
// with the same answers in all of them; of traits, what the example says.
func (m *model) eachPlain(example class, visit func(class)) {
	for from := range m.releases {
		m.plain(example, from, m.last(), visit)
	}
	if !example[m.last()].counted {
		m.plain(example, 0, 0, visit)
	}
}

func (m *model) plain(example class, from, to int, visit func(class)) {
	traits := example[m.last()].traits
	if !example[m.last()].counted {
		traits = example[0].traits
	}
	for _, isNew := range m.answers(New) {
		for _, isKnown := range m.answers(Known) {
			var c class
			for k := from; k <= to; k++ {
				c[k] = standing{true, isNew, isKnown, traits}
				m.silence(k, &c[k])
			}
			visit(c)
		}
	}
}

// answers is what people can have answered: nothing, if the last release did not record a measure.
func (m *model) answers(of Measure) []domain.Answer {
	if !m.releases[m.last()].recorded(of) {
		return []domain.Answer{domain.Unknown}
	}
	return []domain.Answer{domain.Yes, domain.No}
}

// silence takes from a standing what its release did not record.
func (m *model) silence(k int, s *standing) {
	if !m.releases[k].recorded(New) {
		s.new = domain.Unknown
	}
	if !m.releases[k].recorded(Known) {
		s.known = domain.Unknown
	}
}

func (m *model) countsOf(rows []pair) []int {
	counts := make([]int, (1+len(m.groups))*len(m.classes))
	for _, row := range rows {
		c := slices.Index(m.classes, m.classOf(row))
		counts[c]++
		if p := row[m.last()]; p != nil {
			for g, activity := range m.groups {
				if p.Contacts[activity] > 0 {
					counts[m.column(g, c)]++
				}
			}
		}
	}
	return counts
}

// program is the linear program of the attacker.
func (m *model) program() *simplex {
	columns := len(m.truth)
	s := newSimplex(len(m.rows), columns)
	for column, n := range m.truth {
		most := n + spread
		if c := column % len(m.classes); column != c && !m.classes[c][m.last()].counted {
			most = 0
		}
		s.bound(column, 0, float64(most))
	}
	for i, row := range m.rows {
		for _, column := range row.of {
			s.set(i, column, 1)
		}
		for _, column := range row.less {
			s.set(i, column, -1)
		}
		s.bound(columns+i, float64(row.band.Least), float64(min(row.band.Most, 1<<20)))
	}
	return s
}

// groupOf is the activity that a target is at; −1 for the whole practice.
func (m *model) groupOf(t target) int {
	if t.group == whole {
		return -1
	}
	return slices.Index(m.groups, m.features[t.group].code)
}

// columnsOf is the columns whose people are in a target, as far as its attributes are of people: requests, and traits
// that no table is made by, are dealt later.
func (m *model) columnsOf(t target) []int {
	var columns []int
	for c, class := range m.classes {
		if m.inCore(class, t) {
			columns = append(columns, m.column(m.groupOf(t), c))
		}
	}
	return columns
}

// inCore reports whether people of a class are in a target, as far as that can be said of a class. Whoever is in it by
// what they asked later may have been of the class before.
func (m *model) inCore(c class, t target) bool {
	switch t.moment {
	case between:
		before := m.fits(c[0], t) && !m.askedFirst(t) && (t.group == whole || !m.toldFirst[t.group])
		return m.fits(c[1], t) && !before
	case gone:
		return m.fits(c[0], t) && !m.fits(c[1], t)
	}
	return m.fits(c[t.moment], t)
}

// askedFirst reports whether a target is of what people asked, and the first release tells of that too.
func (m *model) askedFirst(t target) bool {
	return slices.ContainsFunc(t.given(), func(n int16) bool { return isVolume(m.features[n].list) && m.toldFirst[n] })
}

func (m *model) fits(s standing, t target) bool {
	return s.counted && !slices.ContainsFunc(t.given(), func(number int16) bool { return !m.has(s, m.features[number]) })
}

// has reports whether a feature holds in a standing; of what no table of people looks at, that it may.
func (m *model) has(s standing, f feature) bool {
	switch f.list {
	case isNew:
		return s.new == domain.Answer(f.code)
	case isKnown:
		return s.known == domain.Answer(f.code)
	}
	i := slices.Index(m.traits, f.list)
	return i < 0 || s.traits[i] == f.code
}

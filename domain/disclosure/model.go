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

// constraint is one row of the program: a sum of unknowns lies in a band.
type constraint struct {
	of   []int // columns that are added
	less []int // columns that are taken off
	band Band
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

// constrain writes down what the published tables say of the unknowns, and what everybody knows of membership. The first
// rows are how many people there are in each release and at each activity: whoever holds a list of those knows that.
func (m *model) constrain() {
	anybody := func(s standing) bool { return s.counted }
	for k := range m.releases {
		m.constraint(-1, k, anybody, anyBand)
	}
	for g := range m.groups {
		m.constraint(g, m.last(), anybody, anyBand)
	}
	for k := range m.releases {
		for _, shown := range m.shown[k] {
			for _, cell := range shown.Cells {
				m.constrainCell(k, shown, cell)
			}
		}
		for _, f := range m.foreign {
			if t, found := m.table(k, f); found {
				m.constrainCell(k, Published{Table: t}, Cell{f.Measure, f.Category, true, f.Band})
			}
		}
	}
	for c := range m.classes {
		m.member(c)
	}
	for k := range m.releases {
		m.meet(k)
		m.answer(k)
		m.ask(k)
	}
}

func (m *model) constrainCell(k int, shown Published, cell Cell) {
	group := -1
	if shown.By == activities {
		if group = slices.Index(m.groups, cell.Category); group < 0 || k != m.last() {
			return
		}
	}
	if !slices.Contains(peopleMeasures, cell.Measure) || isVolume(shown.By) {
		return
	}
	in := func(s standing) bool { return m.of(s, shown.By, cell.Category) && s.is(cell.Measure) }
	if !cell.Recorded {
		unsaid := func(s standing) bool { return s.counted && s.answer(cell.Measure) != domain.Unknown }
		m.constraint(group, k, unsaid, Band{0, 0})
		return
	}
	m.constraint(group, k, in, cell.Band)
	if rest := restOf(shown, cell); rest != anyBand {
		left := func(s standing) bool { return s.counted && !s.is(cell.Measure) }
		m.constraint(group, k, left, rest)
	}
}

// peopleMeasures is the measures to which one person adds one at most.
var peopleMeasures = []Measure{Unique, New, Known}

// of reports whether somebody is in the row of a table.
func (m *model) of(s standing, list, category domain.Code) bool {
	if i := slices.Index(m.traits, list); i >= 0 {
		return s.counted && s.traits[i] == category
	}
	return s.counted
}

func (s standing) answer(measure Measure) domain.Answer {
	if measure == New {
		return s.new
	}
	return s.known
}

// is reports whether a measure counts somebody who is counted at all.
func (s standing) is(measure Measure) bool {
	return s.counted && (measure == Unique || s.answer(measure) == domain.Yes)
}

// restOf is what the width of a headline cell tells of what it leaves: exact, and both are large; in a band though the
// table is exact, and one of both is not.
func restOf(shown Published, cell Cell) Band {
	switch {
	case shown.By != "" || cell.Measure == Unique || shown.Width != Exact:
	case cell.Band.Least == cell.Band.Most:
		return Band{exactFrom, unlimited}
	case cell.Band.Least >= exactFrom:
		return Band{0, exactFrom - 1}
	}
	return anyBand
}

// constraint bounds the number of people, in the practice or at an activity, whose standing in a release is so.
func (m *model) constraint(group, k int, in func(standing) bool, band Band) {
	row := constraint{band: band}
	for c, class := range m.classes {
		if in(class[k]) {
			row.of = append(row.of, m.column(group, c))
		}
	}
	m.rows = append(m.rows, row)
}

// sizeRow is the row of how many people there are in a release, or at an activity.
func (m *model) sizeRow(group, k int) int {
	if group < 0 {
		return k
	}
	return len(m.releases) + group
}

// groupOf is the activity that a target is at; −1 for the whole practice.
func (m *model) groupOf(t target) int {
	if t.group == whole {
		return -1
	}
	return slices.Index(m.groups, m.features[t.group].code)
}

// member says that who is at an activity is in the practice, and that everybody in the practice is at one.
func (m *model) member(c int) {
	if len(m.groups) == 0 || !m.classes[c][m.last()].counted {
		return
	}
	everywhere := constraint{less: []int{c}, band: anyBand}
	for g := range m.groups {
		column := m.column(g, c)
		everywhere.of = append(everywhere.of, column)
		m.rows = append(m.rows, constraint{of: []int{c}, less: []int{column}, band: anyBand})
	}
	if m.allListed() {
		m.rows = append(m.rows, everywhere)
	}
}

// meet says that whoever is in the practice, or at an activity, had a contact there.
func (m *model) meet(k int) {
	row := constraint{band: Band{0, m.told(k, ContactsInAll.Name, Contacts, "").Most}}
	for c, class := range m.classes {
		switch {
		case !class[k].counted:
		case k == m.last() && len(m.groups) > 0:
			for g := range m.groups {
				row.of = append(row.of, m.column(g, c))
			}
		default:
			row.of = append(row.of, c)
		}
	}
	m.rows = append(m.rows, row)
}

// answer says that somebody gave an answer, where tables show that it was recorded.
func (m *model) answer(k int) {
	for _, measure := range []Measure{New, Known} {
		recorded := m.shows(k, func(cell Cell) bool { return cell.Measure == measure && cell.Recorded })
		if said := func(s standing) bool { return s.answer(measure) != domain.Unknown }; recorded && len(m.releases[k].People) > 0 {
			m.constraint(-1, k, func(s standing) bool { return s.counted && said(s) }, Band{1, unlimited})
		}
	}
}

// ask says that there are the five people whom the rule of five wants behind requests, if there were so many.
func (m *model) ask(k int) {
	if !m.shows(k, func(cell Cell) bool { return cell.Measure == Requests && cell.Band.Least > 0 }) {
		return
	}
	row, really := constraint{}, 0
	for c, class := range m.classes {
		if class[k].counted && class[m.last()].counted {
			row.of, really = append(row.of, c), really+m.truth[c]
		}
	}
	row.band = Band{min(fewestBehind, really), unlimited}
	m.rows = append(m.rows, row)
}

// shows reports whether some cell of a release is so.
func (m *model) shows(k int, so func(Cell) bool) bool {
	return slices.ContainsFunc(m.shown[k], func(shown Published) bool { return slices.ContainsFunc(shown.Cells, so) })
}

// allListed reports whether everybody is at an activity that has a row. (Else nobody can tell who is at none.)
func (m *model) allListed() bool {
	last := m.releases[m.last()]
	return !slices.ContainsFunc(last.People, func(p Person) bool {
		return !slices.ContainsFunc(m.groups, func(activity domain.Code) bool { return p.Contacts[activity] > 0 })
	})
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

// keeps reports whether whole numbers of people keep every bound.
func (m *model) keeps(counts []int) bool {
	for _, row := range m.rows {
		sum := 0
		for _, column := range row.of {
			sum += counts[column]
		}
		for _, column := range row.less {
			sum -= counts[column]
		}
		if !row.band.Holds(sum) {
			return false
		}
	}
	return true
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

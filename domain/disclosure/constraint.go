package disclosure

import (
	"slices"

	"signaalboek/domain"
)

// constraint is one row of the program: a sum of unknowns lies in a band.
type constraint struct {
	of   []int // columns that are added
	less []int // columns that are taken off
	band Band
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
	m.arrive()
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
	if m.releases[m.last()].allListed() {
		m.rows = append(m.rows, everywhere)
	}
}

// meet says that whoever is in the practice, or at an activity, had a contact there.
func (m *model) meet(k int) {
	most := m.told(k, ContactsInAll.Name, Contacts, "").Most
	m.rows = append(m.rows, constraint{of: m.meetings(k, func(c class) bool { return c[k].counted }), band: Band{0, most}})
}

// arrive says that newcomers had their contacts after the first release, if nothing was corrected.
func (m *model) arrive() {
	if len(m.releases) == 1 || m.corrected {
		return
	}
	most := m.told(1, ContactsInAll.Name, Contacts, "").Most - m.releases[0].tally(ContactsInAll, Contacts, "").value
	newcomers := m.meetings(1, func(c class) bool { return !c[0].counted && c[1].counted })
	m.rows = append(m.rows, constraint{of: newcomers, band: Band{0, most}})
}

// meetings is a column for each contact that people of some classes had at least.
func (m *model) meetings(k int, of func(class) bool) (columns []int) {
	for c, class := range m.classes {
		switch {
		case !of(class):
		case k == m.last() && len(m.groups) > 0:
			for g := range m.groups {
				columns = append(columns, m.column(g, c))
			}
		default:
			columns = append(columns, c)
		}
	}
	return columns
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

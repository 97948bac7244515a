package disclosure

import (
	"slices"

	"signaalboek/domain"
)

// Cell is one published count.
type Cell struct {
	Measure  Measure
	Category domain.Code // none: the whole practice
	Recorded bool        // false: "niet geregistreerd", which is not zero
	Band     Band
}

// Published is one table as a release shows it. One that is not published has no cells.
type Published struct {
	Table
	Width Width // the width of the table; a cell may start wider
	Cells []Cell
}

// tally is what one cell counts, and what stands behind it.
type tally struct {
	value    int
	rest     int // what is left of the whole; of what is part of no whole, as much as can be
	people   int // different people behind it
	largest  int // the most that one of them adds to it
	recorded bool
}

// tabulate is the production tabulation, the only one: what is published, and what every world of the gate is held
// against. Whether a cell is shown as it is or in a band of five is part of it.
func (c Count) tabulate(t Table, width Width) Published {
	shown := Published{Table: t, Width: width}
	if width == Unpublished {
		return shown
	}
	c.eachCell(t, func(m Measure, category Category) {
		tally := c.tally(t, m, category.Code)
		cell := Cell{Measure: m, Category: category.Code, Recorded: tally.recorded}
		if tally.recorded {
			cell.Band = widest(width, t.start(m, category, tally)).bandUnless(m, tally.value)
		}
		shown.Cells = append(shown.Cells, cell)
	})
	return shown
}

// bandUnless is the band of a value; how often a voice met is no count of people, and always shown as it is.
func (w Width) bandUnless(m Measure, value int) Band {
	if m == Meetings {
		return Exact.Band(value)
	}
	return w.Band(value)
}

// eachCell visits the cells of a table in the order in which they are printed: empty categories too.
func (c Count) eachCell(t Table, visit func(Measure, Category)) {
	for _, category := range c.categories(t) {
		for _, m := range t.Measures {
			visit(m, category)
		}
	}
}

func (c Count) categories(t Table) []Category {
	if t.By == voices {
		of := make([]Category, 0, len(c.Voices))
		for _, voice := range c.Voices {
			of = append(of, Category{Code: voice.Group})
		}
		return of
	}
	return c.Lists.Rows(t)
}

// tally counts one cell.
func (c Count) tally(t Table, m Measure, category domain.Code) tally {
	switch m {
	case Meetings, Present:
		return c.voice(m, category)
	case Concerns:
		return tally{value: c.Concerns, rest: unlimited, recorded: true}
	}
	all := tally{recorded: c.recorded(m), rest: unlimited}
	whole := 0
	for i := range c.People {
		p := &c.People[i]
		whole += p.counts(Unique, t.By, category)
		all.add(p.counts(m, t.By, category))
	}
	if m == New || m == Known {
		all.rest = whole - all.value
	}
	if m == Contacts || m == Requests {
		all.add(c.Nobody.counts(m, t.By, category))
	}
	return all
}

func (t *tally) add(n int) {
	if n > 0 {
		t.value, t.people, t.largest = t.value+n, t.people+1, max(t.largest, n)
	}
}

func (c Count) voice(m Measure, group domain.Code) tally {
	i := slices.IndexFunc(c.Voices, func(v Voice) bool { return v.Group == group })
	all := tally{rest: unlimited, recorded: true, value: c.Voices[i].Present}
	if m == Meetings {
		all.value = c.Voices[i].Meetings
	}
	return all
}

// recorded reports whether a measure was recorded at all: not, if nobody in the practice has an answer.
func (c Count) recorded(m Measure) bool {
	if m != New && m != Known || len(c.People) == 0 {
		return true
	}
	return slices.ContainsFunc(c.People, func(p Person) bool { return answered(p.answer(m)) })
}

func (p *Person) answer(m Measure) domain.Answer {
	if m == New {
		return p.New
	}
	return p.Known
}

func answered(a domain.Answer) bool { return a == domain.Yes || a == domain.No }

// counts is what a person adds to a cell.
func (p *Person) counts(m Measure, list, category domain.Code) int {
	in := 1
	if list != "" {
		in = p.in(list, category)
	}
	switch {
	case in == 0:
		return 0
	case m == Unique, m == New && p.New == domain.Yes, m == Known && p.Known == domain.Yes:
		return 1
	case m == Contacts && list == "":
		return total(p.Contacts)
	case m == Requests && list == "":
		return p.Requests
	case m == Contacts && list == activities, m == Requests && isVolume(list):
		return in
	}
	return 0
}

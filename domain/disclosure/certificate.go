package disclosure

import (
	"maps"
	"slices"

	"signaalboek/domain"
)

// accounts reports whether a world would have been published exactly as the year's releases are: the production
// tabulation makes the same cells of it, what others published is true of it, and the cells of requests have enough
// people behind them. This is all that the gate believes.
func (v *view) accounts(w world) bool {
	for k, shown := range v.shown {
		for _, table := range shown {
			again := w.counts[k].tabulate(table.Table, table.Width)
			if !slices.Equal(again.Cells, table.Cells) {
				return false
			}
		}
	}
	table, _ := v.unsupported(w.counts)
	grows := v.corrected || onlyMore(w.counts)
	return table == nil && possible(w.rows) && grows && v.everybodyListed(w) && v.agrees(w.counts)
}

// everybodyListed reports whether everybody in a world is at an activity that has a row, if everybody was.
func (v *view) everybodyListed(w world) bool {
	last := v.last()
	return !v.groupsAt(last) || !v.releases[last].allListed() || w.counts[last].allListed()
}

// allListed reports whether everybody is at an activity that has a row. (Else nobody can tell who is at none.)
func (c Count) allListed() bool {
	return !slices.ContainsFunc(c.People, func(p Person) bool {
		return !slices.ContainsFunc(c.Lists[activities], func(activity Category) bool { return p.Contacts[activity.Code] > 0 })
	})
}

// onlyMore reports whether a second release has everything that the first has: nothing was corrected in between.
func onlyMore(counts []Count) bool {
	if len(counts) == 1 {
		return true
	}
	for _, row := range join(counts) {
		if row[0] != nil && (row[1] == nil || !row[1].covers(row[0])) {
			return false
		}
	}
	return counts[1].Nobody.covers(&counts[0].Nobody)
}

// possible reports whether people can be like this: everybody who is counted had a contact, made as many requests as
// their codes need, and did in the second release all that they did in the first.
func possible(rows []pair) bool {
	for _, row := range rows {
		for _, p := range row {
			if p != nil && (len(p.Contacts) == 0 || p.Requests < p.needed()) {
				return false
			}
		}
		if first, second := row[0], row[1]; first != nil && second != nil && !second.covers(first) {
			return false
		}
	}
	return true
}

// covers reports whether p did all that an earlier row of the same person did.
func (p *Person) covers(earlier *Person) bool {
	all := func(now, before map[domain.Code]int) bool {
		for code := range maps.Keys(before) {
			if now[code] < before[code] {
				return false
			}
		}
		return true
	}
	return p.Requests >= earlier.Requests && all(p.Contacts, earlier.Contacts) && all(p.Themes, earlier.Themes) &&
		all(p.Approaches, earlier.Approaches) && all(p.Services, earlier.Services)
}

// agrees reports whether what others published is true of what was counted.
func (v *view) agrees(counts []Count) bool {
	for _, f := range v.foreign {
		for k, c := range counts {
			if t, found := v.table(k, f); found && !f.Band.Holds(c.tally(t, f.Measure, f.Category).value) {
				return false
			}
		}
	}
	return true
}

// table is the table of a release that somebody else published a cell of.
func (v *view) table(k int, f Foreign) (Table, bool) {
	if f.Period != v.releases[k].Period {
		return Table{}, false
	}
	tables := v.catalogue.Tables(f.Period.Part)
	i := slices.IndexFunc(tables, func(t Table) bool { return t.Name == f.Table })
	if i < 0 {
		return Table{}, false
	}
	return tables[i], true
}

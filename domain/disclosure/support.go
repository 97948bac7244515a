package disclosure

import "slices"

// The fewest people behind a cell of requests that is not in the first band.
const fewestBehind = 5

// supported reports whether a cell of requests may be shown in a band: at least five people stand behind it, and nobody
// made more than half of it; or it may be nothing at all.
func (t tally) supported(m Measure, b Band) bool {
	return m != Requests || b.Least <= 0 || t.people >= fewestBehind && 2*t.largest <= t.value
}

// unsupported is the first table that tells of too few people before any target is looked at, and how: by the requests in
// one of its cells, or by what a cell has more than in the first release. Nil, if there is none.
func (v *view) unsupported(counts []Count) (*Table, Danger) {
	for k, shown := range v.shown {
		for i, table := range shown {
			for _, cell := range table.Cells {
				if !counts[k].tally(table.Table, cell.Measure, cell.Category).supported(cell.Measure, cell.Band) {
					return &shown[i].Table, TooFewBehind
				}
			}
		}
	}
	if len(counts) == 1 {
		return nil, ""
	}
	for i := range v.shown[1] {
		if table := &v.shown[1][i].Table; v.publishesTable(0, *table) && !v.supportedBetween(counts, *table) {
			return table, SmallDifference
		}
	}
	return nil, ""
}

// publishesTable reports whether a release has a table.
func (v *view) publishesTable(k int, t Table) bool {
	return slices.ContainsFunc(v.shown[k], func(shown Published) bool { return shown.Name == t.Name })
}

// supportedBetween reports whether every cell of a table may be subtracted from what it was in the first release: the
// difference is told but roughly, or it is nothing, or it is a cell that could be published as it is. A band that reaches
// below zero tells more than it seems: who knows that nothing was corrected starts from zero.
func (v *view) supportedBetween(counts []Count, t Table) bool {
	supported := true
	counts[1].eachCell(t, func(m Measure, category Category) {
		before, after := v.told(0, t.Name, m, category.Code), v.told(1, t.Name, m, category.Code)
		more := Band{after.Least - before.Most, after.Most - before.Least}
		if more.Most < 0 && more.Most-more.Least >= apartBy || more.Most-max(0, more.Least) >= apartBy {
			return
		}
		difference := counts[1].tally(t, m, category.Code).value - counts[0].tally(t, m, category.Code).value
		large := t.By != "" || difference == 0 || max(difference, -difference) >= exactFrom
		supported = supported && large && tallyBetween(counts, t, m, category).supported(m, more)
	})
	return supported
}

// tallyBetween is what a cell of requests counts in the second release and not in the first.
func tallyBetween(counts []Count, t Table, m Measure, category Category) tally {
	var more tally
	add := func(before, after *Person) {
		n := 0
		if after != nil {
			n = after.counts(m, t.By, category.Code)
		}
		if before != nil {
			n -= before.counts(m, t.By, category.Code)
		}
		more.add(n)
	}
	for _, row := range join(counts) {
		add(row[0], row[1])
	}
	add(&counts[0].Nobody, &counts[1].Nobody)
	return more
}

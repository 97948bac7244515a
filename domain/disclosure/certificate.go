package disclosure

import "slices"

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
	return v.agrees(w.counts) && v.unsupported(w.counts) == nil
}

// agrees reports whether what others published is true of what was counted.
func (v *view) agrees(counts []Count) bool {
	for _, f := range v.foreign {
		for k, c := range counts {
			table, found := v.table(k, f)
			if f.Period == c.Period && found && !f.Band.Holds(c.tally(table, f.Measure, f.Category).value) {
				return false
			}
		}
	}
	return true
}

func (v *view) table(k int, f Foreign) (Table, bool) {
	for _, shown := range v.shown[k] {
		if shown.Name == f.Table {
			return shown.Table, true
		}
	}
	return Table{}, false
}

// unsupported is the first table whose cells of requests tell of too few people, by itself or less what the first release
// told; nil, if there is none.
func (v *view) unsupported(counts []Count) *Table {
	for k, shown := range v.shown {
		for i, table := range shown {
			for _, cell := range table.Cells {
				if !counts[k].tally(table.Table, cell.Measure, cell.Category).supported(cell.Measure, cell.Band) {
					return &shown[i].Table
				}
				if k == 1 && !v.supportedBetween(counts, table.Table, cell) {
					return &shown[i].Table
				}
			}
		}
	}
	return nil
}

// supportedBetween reports whether enough people stand behind what a cell of requests has more than in the first release;
// or whether that is told but roughly.
func (v *view) supportedBetween(counts []Count, t Table, cell Cell) bool {
	for _, earlier := range v.shown[0] {
		for _, before := range earlier.Cells {
			if earlier.Name == t.Name && before.Measure == cell.Measure && before.Category == cell.Category {
				more := Band{cell.Band.Least - before.Band.Most, cell.Band.Most - before.Band.Least}
				return more.Most-more.Least >= apartBy || tallyBetween(counts, t, cell).supported(cell.Measure, more)
			}
		}
	}
	return true
}

// tallyBetween is what a cell of requests counts in the second release and not in the first.
func tallyBetween(counts []Count, t Table, cell Cell) tally {
	var more tally
	for _, row := range join(counts) {
		n := 0
		for k, sign := range []int{-1, 1} {
			if row[k] != nil {
				n += sign * row[k].counts(cell.Measure, t.By, cell.Category)
			}
		}
		more.add(n)
	}
	more.add(counts[1].Nobody.counts(cell.Measure, t.By, cell.Category) - counts[0].Nobody.counts(cell.Measure, t.By, cell.Category))
	return more
}

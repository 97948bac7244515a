package disclosure

import "slices"

// suspect is the table to widen: the one that most targets that are not hidden look at. Nil, if no table of the proposed
// release can be widened any more.
func (v *view) suspect(unmet []want) *Table {
	voters := unmet
	if plain := slices.DeleteFunc(slices.Clone(unmet), v.looksAtRequests); len(plain) > 0 {
		voters = plain // where people show already without their requests, those are not to blame
	}
	tables, votes := v.shown[v.last()], map[int]int{}
	for _, w := range voters {
		if i := v.suspectOf(w); i >= 0 {
			votes[i]++
		}
	}
	most := -1
	for i := range tables {
		if votes[i] > 0 && (most < 0 || votes[i] > votes[most]) {
			most = i
		}
	}
	if most < 0 {
		return nil
	}
	return &tables[most].Table
}

func (v *view) looksAtRequests(w want) bool {
	return slices.ContainsFunc(w.given(), func(n int16) bool { return isVolume(v.features[n].list) })
}

// suspectOf is the narrowest of the tables that tell of what a target looks at; if none is left, of those that tell of
// people at all, and then of the others; −1 if nothing is published.
func (v *view) suspectOf(w want) int {
	for _, about := range []func(want, Published) bool{v.tellsOf, tellsOfPeople, tellsAnything} {
		narrowest := -1
		for i, shown := range v.shown[v.last()] {
			if shown.Width == Unpublished || !about(w, shown) {
				continue
			}
			if narrowest < 0 || shown.Width.Narrower(v.shown[v.last()][narrowest].Width) {
				narrowest = i
			}
		}
		if narrowest >= 0 {
			return narrowest
		}
	}
	return -1
}

// tellsOf reports whether a table tells of the requests of a target; or, if it has none, of the answers of its group.
func (v *view) tellsOf(w want, shown Published) bool {
	looksAt := func(t Table) bool {
		return slices.ContainsFunc(w.given(), func(n int16) bool {
			list := v.features[n].list
			return list == t.By || list == isNew && slices.Contains(t.Measures, New) || list == isKnown && slices.Contains(t.Measures, Known)
		})
	}
	switch {
	case v.looksAtRequests(w):
		return isVolume(shown.By) && looksAt(shown.Table)
	case w.group != whole:
		answers := slices.ContainsFunc(w.given(), func(n int16) bool { return isAnswer(v.features[n].list) })
		return shown.By == activities && (looksAt(shown.Table) || !answers && slices.Contains(shown.Measures, Unique))
	}
	return shown.By == "" && tellsOfPeople(w, shown) || isTrait(shown.By) && looksAt(shown.Table)
}

func tellsOfPeople(_ want, shown Published) bool {
	return !isVolume(shown.By) && slices.ContainsFunc(shown.Measures, func(m Measure) bool { return slices.Contains(peopleMeasures, m) })
}

func tellsAnything(_ want, shown Published) bool { return shown.By != voices }

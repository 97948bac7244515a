package disclosure

import (
	"cmp"
	"maps"
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// view is what an attacker can look at: the tables of the releases of one year, the last of which is proposed, and what
// others published. It holds what was really counted too, to know which groups are small; the bands are all that worlds
// must agree with.
type view struct {
	catalogue Catalogue
	releases  []Release
	shown     [][]Published // by release
	foreign   []Foreign

	corrected bool // something of the first release is gone in the second: who thinks that nothing is, is wrong already

	features  []feature // by number
	numbers   map[feature]int16
	toldFirst []bool // by number: the first release has a table that looks at it, or it is no matter of tables
}

func newView(catalogue Catalogue, releases []Release, foreign []Foreign) *view {
	v := &view{catalogue: catalogue, releases: releases, foreign: foreign, numbers: map[feature]int16{}}
	for _, r := range releases {
		v.shown = append(v.shown, catalogue.Publish(r))
	}
	v.corrected = !onlyMore(v.counts())
	for _, f := range v.listFeatures() {
		v.numbers[f] = int16(len(v.features))
		v.features = append(v.features, f)
		v.toldFirst = append(v.toldFirst, v.tells(0, f.list))
	}
	return v
}

// listFeatures is every feature that anybody has, list by list: answers, traits, requests, activities.
func (v *view) listFeatures() []feature {
	found := map[feature]bool{{isNew, "yes"}: true, {isNew, "no"}: true, {isKnown, "yes"}: true, {isKnown, "no"}: true}
	for _, r := range v.releases {
		for i := range r.People {
			r.People[i].features(func(f feature) { found[f] = true })
		}
		for _, activity := range r.Lists[activities] {
			found[feature{activities, activity.Code}] = true
		}
	}
	order := slices.Concat([]domain.Code{isNew, isKnown}, vocabulary.Traits(), []domain.Code{themes, approaches, services, activities})
	return slices.SortedFunc(maps.Keys(found), func(a, b feature) int {
		return cmp.Or(cmp.Compare(slices.Index(order, a.list), slices.Index(order, b.list)), cmp.Compare(a.list, b.list), cmp.Compare(a.code, b.code))
	})
}

// tells reports whether a release has a table that looks at a list. Answers and traits go with people, in whichever
// table these stand.
func (v *view) tells(k int, list domain.Code) bool {
	if list != activities && !isVolume(list) {
		return true
	}
	return slices.ContainsFunc(v.catalogue.Tables(v.releases[k].Period.Part), func(t Table) bool { return t.By == list })
}

// groupsAt reports whether the people at each activity are counted in a release.
func (v *view) groupsAt(k int) bool { return v.tells(k, activities) }

// last is the number of the proposed release.
func (v *view) last() int { return len(v.releases) - 1 }

// pair is one person as each release of the year counts them; nil: it does not.
type pair [2]*Person

// join pairs the rows of people by their numbers, in the order of those.
func join(counts []Count) []pair {
	found := map[int]*pair{}
	for k := range counts {
		for i := range counts[k].People {
			p := &counts[k].People[i]
			if found[p.Number] == nil {
				found[p.Number] = &pair{}
			}
			found[p.Number][k] = p
		}
	}
	rows := make([]pair, 0, len(found))
	for _, number := range slices.Sorted(maps.Keys(found)) {
		rows = append(rows, *found[number])
	}
	return rows
}

// counts is what was really counted.
func (v *view) counts() []Count {
	all := make([]Count, len(v.releases))
	for k, r := range v.releases {
		all[k] = r.Count
	}
	return all
}

// publishes reports whether classes of a trait are in a table of the year.
func (v *view) publishes(trait domain.Code) bool {
	for k := range v.releases {
		if slices.ContainsFunc(v.catalogue.Tables(v.releases[k].Period.Part), func(t Table) bool { return t.By == trait }) {
			return true
		}
	}
	return false
}

// told is what a release tells of one count, together with what others published of it.
func (v *view) told(k int, t domain.Code, m Measure, category domain.Code) Band {
	b := anyBand
	for _, shown := range v.shown[k] {
		for _, cell := range shown.Cells {
			if shown.Name == t && cell.Measure == m && cell.Category == category {
				b = cell.Band
			}
		}
	}
	for _, f := range v.foreign {
		if f.Period == v.releases[k].Period && f.Table == t && f.Measure == m && f.Category == category {
			b = b.both(f.Band)
		}
	}
	return b
}

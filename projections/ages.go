package projections

import (
	"cmp"
	"iter"
	"slices"

	"signaalboek/domain"
)

// age is where a signal stands among those of its practice: by the first day it was heard.
type age struct {
	heard domain.Date
	no    thingNo
}

func compareAges(a, b age) int { return cmp.Or(cmp.Compare(a.heard, b.heard), cmp.Compare(a.no, b.no)) }

// ageList is an ordered list that takes newcomers cheaply: they stand in a short list of their own until it is worth
// merging.
type ageList struct {
	main  []age
	fresh []age
}

const freshAges = 128

func (l *ageList) add(a age) {
	if last := len(l.main) - 1; len(l.fresh) == 0 && (last < 0 || compareAges(l.main[last], a) < 0) {
		l.main = append(l.main, a)
		return
	}
	at, _ := slices.BinarySearchFunc(l.fresh, a, compareAges)
	l.fresh = slices.Insert(l.fresh, at, a)
	if len(l.fresh) >= max(freshAges, len(l.main)/64) {
		merged := make([]age, 0, len(l.main)+len(l.fresh))
		l.main = slices.AppendSeq(merged, ascending(l.main, l.fresh))
		l.fresh = l.fresh[:0]
	}
}

func (l *ageList) remove(a age) {
	for _, part := range []*[]age{&l.main, &l.fresh} {
		if at, found := slices.BinarySearchFunc(*part, a, compareAges); found {
			*part = slices.Delete(*part, at, at+1)
		}
	}
}

// after visits in order those that come after a; from the first, if a is zero.
func (l *ageList) after(a age) iter.Seq[age] {
	return ascending(from(l.main, a), from(l.fresh, a))
}

// before visits in the reverse order those that come before a; from the last, if a is zero.
func (l *ageList) before(a age) iter.Seq[age] {
	return descending(upTo(l.main, a), upTo(l.fresh, a))
}

func from(list []age, a age) []age {
	if a == (age{}) {
		return list
	}
	at, found := slices.BinarySearchFunc(list, a, compareAges)
	if found {
		at++
	}
	return list[at:]
}

func upTo(list []age, a age) []age {
	if a == (age{}) {
		return list
	}
	at, _ := slices.BinarySearchFunc(list, a, compareAges)
	return list[:at]
}

func ascending(a, b []age) iter.Seq[age] {
	return func(yield func(age) bool) {
		a, b := a, b
		for len(a)+len(b) > 0 {
			if len(a) == 0 || len(b) > 0 && compareAges(b[0], a[0]) < 0 {
				a, b = b, a
			}
			if !yield(a[0]) {
				return
			}
			a = a[1:]
		}
	}
}

func descending(a, b []age) iter.Seq[age] {
	return func(yield func(age) bool) {
		a, b := a, b
		for len(a)+len(b) > 0 {
			if len(a) == 0 || len(b) > 0 && compareAges(b[len(b)-1], a[len(a)-1]) > 0 {
				a, b = b, a
			}
			last := len(a) - 1
			if !yield(a[last]) {
				return
			}
			a = a[:last]
		}
	}
}

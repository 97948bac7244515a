package disclosure

import (
	"slices"

	"signaalboek/domain"
)

// want is one world that must exist, or a target is not hidden: with at most so many people in it, or at least so many.
// A target of one to four people wants two, one where nobody is in it and one where four are.
type want struct {
	target
	crowded bool // at least bound; at most, if not
	bound   int
	danger  Danger

	listed    int        // exactly so many people are at its group: the attacker holds the list; −1: does not
	colluders []colluder // who put together what they know of themselves: there must be room for all of them
}

// colluder is a participant who tells what they know of themselves.
type colluder struct {
	row   pair
	alike target // everybody at the group with the same answers
}

const unlisted = -1

// wants is every world that a release wants, in a fixed order.
func (v *view) wants() []want {
	rows := join(v.counts())
	var all []want
	for _, t := range v.targets(rows) {
		all = append(all,
			want{target: t, danger: PresenceCertain, listed: unlisted},
			want{target: t, crowded: true, bound: apartBy, danger: TooFewValues, listed: unlisted})
	}
	all = append(all, v.listWants(rows)...)
	slices.SortStableFunc(all, func(a, b want) int { return a.compare(b.target) })
	return all
}

// mostColluders is how many participants put together what they know.
const mostColluders = 3

// listWants is the worlds that are wanted because of people who hold the list of everybody at an activity, or in the
// practice. Where some have a sensitive attribute and some do not, they learn of nobody who is who: any two on the list
// can be exchanged. So what counts is where all are alike, or all but three, who know that of themselves.
func (v *view) listWants(rows []pair) []want {
	crowd := v.crowd(rows)
	var all []want
	for k := range v.releases {
		for _, group := range v.listedGroups(k) {
			for number, f := range v.features {
				if v.sensitive(f) && v.tells(k, f.list) {
					all = append(all, v.wantsOfList(crowd, moment(k), group, int16(number))...)
				}
			}
		}
	}
	return all
}

func (v *view) listedGroups(k int) []int16 {
	groups := []int16{whole}
	for number, f := range v.features {
		if f.list == activities && v.groupsAt(k) {
			groups = append(groups, int16(number))
		}
	}
	return groups
}

// sensitive reports whether having a feature is nobody's business.
func (v *view) sensitive(f feature) bool {
	if f.list == isKnown {
		return f.code == domain.Code(domain.Yes)
	}
	return slices.Contains(v.releases[v.last()].Lists[f.list], Category{f.code, true})
}

// wantsOfList is the worlds that are wanted because of one list and one attribute. What somebody has whom it can be said
// of is as bad to learn as that nobody has it, except of requests: they start in a band with zero.
func (v *view) wantsOfList(crowd *crowd, m moment, group, attribute int16) []want {
	everybody := newTarget(m, group)
	having := newTarget(m, group, attribute)
	n, t := crowd.size(everybody, v.toldFirst), crowd.size(having, v.toldFirst)
	var all []want
	if without := n - t; t > 0 && without <= mostColluders {
		all = append(all, want{target: having, bound: t - 1, listed: n, danger: tells(without), colluders: v.unlike(m, group, attribute, false)})
	}
	if t < n && t <= mostColluders {
		all = append(all, want{
			target: having, crowded: true, bound: t + 1, listed: n, danger: tells(t), colluders: v.unlike(m, group, attribute, true),
		})
	}
	return all
}

// tells is the danger when so many people must put together what they know.
func tells(colluders int) Danger {
	if colluders == 0 {
		return ListTells
	}
	return TogetherTell
}

// unlike is the people at a group who have an attribute, or who do not.
func (v *view) unlike(m moment, group, attribute int16, having bool) []colluder {
	var of []colluder
	for _, row := range join(v.counts()) {
		features := v.held(row)[m]
		at := features != nil && (group == whole || slices.Contains(features, group))
		if at && slices.Contains(features, attribute) == having {
			answers := slices.DeleteFunc(slices.Clone(features), func(n int16) bool { return !isAnswer(v.features[n].list) })
			of = append(of, colluder{row, newTarget(m, group, answers...)})
		}
	}
	return of
}

func isAnswer(list domain.Code) bool { return list == isNew || list == isKnown }

// met reports whether a world is one that is wanted.
func (w want) met(c *crowd, toldFirst []bool) bool {
	size := c.size(w.target, toldFirst)
	if w.crowded && size < w.bound || !w.crowded && size > w.bound {
		return false
	}
	if w.listed == unlisted {
		return true
	}
	return c.size(newTarget(w.moment, w.group), toldFirst) == w.listed && w.roomForColluders(c, toldFirst)
}

func (w want) roomForColluders(c *crowd, toldFirst []bool) bool {
	for i, colluder := range w.colluders {
		alike := 0
		for _, other := range w.colluders[:i+1] {
			if other.alike == colluder.alike {
				alike++
			}
		}
		if c.size(colluder.alike, toldFirst) < alike {
			return false
		}
	}
	return true
}

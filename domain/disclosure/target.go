package disclosure

import (
	"cmp"
	"slices"

	"signaalboek/domain"
)

// feature is one thing that holds of a person: an answer, a class of a trait, an activity, or a code of a request.
type feature struct{ list, code domain.Code }

// The lists of answers.
const (
	isNew   = domain.Code("new")
	isKnown = domain.Code("known")
)

// features visits everything that holds of a person.
func (p *Person) features(visit func(feature)) {
	if answered(p.New) {
		visit(feature{isNew, domain.Code(p.New)})
	}
	if answered(p.Known) {
		visit(feature{isKnown, domain.Code(p.Known)})
	}
	for trait, class := range p.Traits {
		visit(feature{trait, class})
	}
	carried(activities, p.Contacts, visit)
	carried(themes, p.Themes, visit)
	carried(approaches, p.Approaches, visit)
	carried(services, p.Services, visit)
}

func carried(list domain.Code, counts map[domain.Code]int, visit func(feature)) {
	for code, n := range counts {
		if n > 0 {
			visit(feature{list, code})
		}
	}
}

// moment says of which people a target is: those of one release, or those that a release has beyond an earlier one.
type moment int8

const (
	atFirst moment = iota // in the first release of the year
	atLast                // in the second one
	between               // in the second one, and not in the first
	gone                  // in the first one, and, after a correction, not in the second
)

// target is a group that an attacker would like to know the size of: people with up to four attributes, in the whole
// practice or at one activity. Its numbers are those of features, in order.
type target struct {
	moment     moment
	group      int16 // whole: the practice
	attributes [mostAttributes]int16
}

const (
	mostAttributes = 4
	whole          = int16(-1)
	none           = int16(-1)
)

func newTarget(m moment, group int16, attributes ...int16) target {
	t := target{m, group, [mostAttributes]int16{none, none, none, none}}
	copy(t.attributes[:], attributes)
	return t
}

func (t target) compare(other target) int {
	return cmp.Or(cmp.Compare(t.moment, other.moment), cmp.Compare(t.group, other.group),
		slices.Compare(t.attributes[:], other.attributes[:]))
}

// given is the attributes that a target has.
func (t target) given() []int16 {
	at := slices.Index(t.attributes[:], none)
	if at < 0 {
		return t.attributes[:]
	}
	return t.attributes[:at]
}

// A target of one to four people must be able to be nobody, and four people or more.
const (
	smallGroup = 4
	apartBy    = 4 // how much the two worlds of a target differ at least
)

// targets is every group of one to four people that the attributes of the year's releases make, in a fixed order.
func (v *view) targets(rows []pair) []target {
	sizes := map[target]int32{}
	for i := range rows {
		held := v.held(rows[i])
		v.eachTarget(held, func(t target) { sizes[t]++ })
	}
	var small []target
	for t, size := range sizes {
		if size <= smallGroup {
			small = append(small, t)
		}
	}
	slices.SortFunc(small, target.compare)
	return small
}

// held is, for each release, the features of one person as numbers, in order, without requests of which it tells nothing;
// nil: not counted in it.
type held [2][]int16

func (v *view) held(row pair) held {
	var h held
	for k, p := range row {
		if p == nil {
			continue
		}
		h[k] = []int16{}
		p.features(func(f feature) {
			if number, told := v.numbers[f]; told && v.tells(k, f.list) {
				h[k] = append(h[k], number)
			}
		})
		slices.Sort(h[k])
	}
	return h
}

func (v *view) eachTarget(h held, visit func(target)) {
	for k := range v.releases {
		if h[k] != nil {
			v.combine(h[k], v.groupsAt(k), moment(k), func(t target) { visit(t) })
		}
	}
	if h[1] != nil {
		v.combine(h[1], v.groupsAt(1), between, func(t target) {
			if !v.before(h[0], t) {
				visit(t)
			}
		})
	}
	if h[0] != nil && len(v.releases) > 1 {
		v.combine(filter(h[0], v.isCore, true), false, gone, func(t target) {
			if !v.after(h[1], t) {
				visit(t)
			}
		})
	}
}

// isCore reports whether tables of people look at a feature.
func (v *view) isCore(number int16) bool {
	list := v.features[number].list
	return isAnswer(list) || isTrait(list) && v.publishes(list)
}

// after reports whether somebody is in a target in the second release too.
func (v *view) after(last []int16, t target) bool {
	return last != nil && !slices.ContainsFunc(t.given(), func(n int16) bool { return !slices.Contains(last, n) })
}

// before reports whether somebody was in a target already in the first release, as far as that one told.
func (v *view) before(first []int16, t target) bool {
	if first == nil {
		return false
	}
	has := func(number int16) bool {
		_, found := slices.BinarySearch(first, number)
		return found || !v.toldFirst[number]
	}
	return (t.group == whole || has(t.group)) && !slices.ContainsFunc(t.given(), func(n int16) bool { return !has(n) })
}

// combine visits the targets that one person is in: in every group, every choice of at most four attributes.
func (v *view) combine(features []int16, groups bool, m moment, visit func(target)) {
	in := []int16{whole}
	var attributes []int16
	for _, number := range features {
		switch v.features[number].list == activities {
		case false:
			attributes = append(attributes, number)
		case groups:
			in = append(in, number)
		}
	}
	for _, group := range in {
		v.extend(newTarget(m, group), 0, attributes, visit)
	}
}

// extend visits a target and all that have more of the attributes, at most one of each list.
func (v *view) extend(t target, n int, attributes []int16, visit func(target)) {
	visit(t)
	if n == mostAttributes {
		return
	}
	for i, number := range attributes {
		if n > 0 && v.features[t.attributes[n-1]].list == v.features[number].list {
			continue
		}
		longer := t
		longer.attributes[n] = number
		v.extend(longer, n+1, attributes[i+1:], visit)
	}
}

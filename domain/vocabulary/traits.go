package vocabulary

import (
	"maps"
	"slices"

	"signaalboek/domain"
)

// The traits of people that a figure may look at. Each is also the code list of its classes, which are coarse. A trait is
// asked only while a figure needs it; it stands on a card in the vault, and in no event.
const (
	Gender    domain.Code = "gender"
	Origin    domain.Code = "origin"
	Household domain.Code = "household"
)

// Traits is all of them, in the order in which forms ask.
func Traits() []domain.Code { return []domain.Code{Gender, Origin, Household} }

// TraitIn says that a figure counts people of certain classes only.
type TraitIn struct {
	Trait   domain.Code   `json:"trait"`
	Classes []domain.Code `json:"classes"`
}

// Equal reports whether t and other say the same.
func (t TraitIn) Equal(other TraitIn) bool {
	return t.Trait == other.Trait && slices.Equal(t.Classes, other.Classes)
}

// Counts is whether a figure counts somebody with these traits: no, if one of them is in another class; unknown, if
// nobody said. A figure that looks at no traits counts everybody.
func (f Figure) Counts(traits domain.Traits) domain.Answer {
	answer := domain.Yes
	for _, where := range f.Where {
		switch class := traits[where.Trait]; {
		case class == "":
			answer = domain.Unknown
		case !slices.Contains(where.Classes, class):
			return domain.No
		}
	}
	return answer
}

// CountsPeople reports whether u counts people, and so can look at their traits.
func (u Unit) CountsPeople() bool {
	return u == CountUnique || u == CountNew || u == CountNewHere || u == CountKnown
}

// Asking is a trait that is asked of people, and the figures that need it: nobody is asked without a reason.
type Asking struct {
	Trait   domain.Code
	Figures []string // their labels
}

// Asked is the traits that the figures of a year need.
func (b Book) Asked(year int) []Asking {
	var asked []Asking
	for _, trait := range Traits() {
		asking := Asking{Trait: trait}
		for _, figure := range b.Figures(year) {
			if slices.ContainsFunc(figure.Where, func(where TraitIn) bool { return where.Trait == trait }) {
				asking.Figures = append(asking.Figures, figure.Label)
			}
		}
		if len(asking.Figures) > 0 {
			asked = append(asked, asking)
		}
	}
	return asked
}

// ErrNotAsked refuses a trait that no figure of the practice needs.
var ErrNotAsked = domain.Refuse(domain.Invalid, "trait-not-asked")

// CheckTraits refuses a trait that no figure of the year needs, with ErrNotAsked, and a class that is not in its list;
// at pointer/trait.
func (b Book) CheckTraits(traits domain.Traits, year int, pointer string) error {
	asked := b.Asked(year)
	for _, trait := range slices.Sorted(maps.Keys(traits)) {
		at := pointer + "/" + string(trait)
		if !slices.ContainsFunc(asked, func(a Asking) bool { return a.Trait == trait }) {
			return ErrNotAsked.At(pointer)
		}
		if err := b.Check(trait, traits[trait], at); err != nil {
			return err
		}
	}
	return nil
}

// IsFocusgroep reports whether an activity is the focusgroep, or a term of the practice's own that counts as it: nobody
// is recognised there.
func (b Book) IsFocusgroep(activity domain.Code) bool {
	term, _ := b.Term(Activities, activity)
	return activity == ActivityFocusgroep || term.Core == ActivityFocusgroep
}

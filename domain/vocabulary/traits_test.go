package vocabulary_test

import (
	"errors"
	"slices"
	"testing"

	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

var womenAbroad = vocabulary.Figure{
	Code: "vrouwen", Version: 1, Label: "Vrouwen", Unit: vocabulary.CountUnique, FromYear: 2022,
	Where: []vocabulary.TraitIn{
		{Trait: vocabulary.Gender, Classes: []domain.Code{"vrouw", "anders"}},
		{Trait: vocabulary.Origin, Classes: []domain.Code{"buitenlands"}},
	},
}

// Not knowing is not no; but who is known to be in another class is not counted, whatever else is not known.
func TestFigureCountsPeople(t *testing.T) {
	for name, tt := range map[string]struct {
		traits domain.Traits
		want   domain.Answer
	}{
		"both":                {domain.Traits{"gender": "anders", "origin": "buitenlands"}, domain.Yes},
		"nothing known":       {nil, domain.Unknown},
		"half known":          {domain.Traits{"gender": "vrouw"}, domain.Unknown},
		"another class":       {domain.Traits{"gender": "vrouw", "origin": "belgisch"}, domain.No},
		"only what it is not": {domain.Traits{"origin": "belgisch"}, domain.No},
	} {
		if got := womenAbroad.Counts(tt.traits); got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
	if got := (vocabulary.Figure{}).Counts(nil); got != domain.Yes {
		t.Errorf("a figure that looks at nothing: %s", got)
	}
}

// A trait is asked in the years in which a figure needs it, and only in classes of its list.
func TestTraitsAreAskedWhileAFigureNeedsThem(t *testing.T) {
	book := defaults(t).WithFigure(womenAbroad)
	later := womenAbroad
	later.Version, later.FromYear, later.Where = 2, 2024, later.Where[:1]
	book = book.WithFigure(later)
	for year, want := range map[int][]domain.Code{2021: nil, 2022: {"gender", "origin"}, 2024: {"gender"}} {
		var asked []domain.Code
		for _, asking := range book.Asked(year) {
			asked = append(asked, asking.Trait)
			if !slices.Equal(asking.Figures, []string{"Vrouwen"}) {
				t.Errorf("%s is asked for %q", asking.Trait, asking.Figures)
			}
		}
		if !slices.Equal(asked, want) {
			t.Errorf("in %d %v is asked, want %v", year, asked, want)
		}
	}
	for name, tt := range map[string]struct {
		traits domain.Traits
		year   int
		want   *domain.Refusal
	}{
		"nothing":      {nil, 2021, nil},
		"asked":        {domain.Traits{"gender": "man"}, 2022, nil},
		"not asked":    {domain.Traits{"household": "alleen"}, 2022, vocabulary.ErrNotAsked},
		"not any more": {domain.Traits{"origin": "belgisch"}, 2024, vocabulary.ErrNotAsked},
		"no class":     {domain.Traits{"gender": "paars"}, 2022, vocabulary.ErrUnknownCode},
	} {
		err := book.CheckTraits(tt.traits, tt.year, "/traits")
		if tt.want == nil && err != nil || tt.want != nil && !errors.Is(err, tt.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestIsFocusgroep(t *testing.T) {
	book := defaults(t).WithTerm(vocabulary.Activities, vocabulary.Term{Code: "klankbord", Label: "Klankbord", Core: "focusgroep"})
	for activity, want := range map[domain.Code]bool{"focusgroep": true, "klankbord": true, "huisbezoek": false, "": false} {
		if book.IsFocusgroep(activity) != want {
			t.Errorf("%q: not %t", activity, want)
		}
	}
}

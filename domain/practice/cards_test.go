package practice_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"signaalboek/domain"
	"signaalboek/domain/domaintest"
	"signaalboek/domain/practice"
	"signaalboek/domain/vocabulary"
)

const here = domain.PracticeID("harelbeke-centrum")

var (
	redBike = uuid.MustParse("6a1f7c52-9c0b-4e2b-8f55-0d9f5a3f0a11")
	blueHat = uuid.MustParse("6a1f7c52-9c0b-4e2b-8f55-0d9f5a3f0a12")
	in2021  = domain.SamePerson{Year: 2021, Kept: [16]byte{1}, Other: [16]byte{2}}
	in2022  = domain.SamePerson{Year: 2022, Kept: [16]byte{3}, Other: [16]byte{4}}
)

// merging is the facts when the vault answers with these pairs.
func merging(recorded []domain.SamePerson, pairs ...domain.SamePerson) practice.Facts {
	f := today
	f.Merging = &practice.Merging{Practice: here, Pairs: pairs, Recorded: recorded}
	return f
}

func merged(pair domain.SamePerson) practice.CardsMerged {
	return practice.CardsMerged{Year: pair.Year, Same: practice.SealPair(here, pair)}
}

func TestMergeCards(t *testing.T) {
	merge := practice.MergeCards{Keep: redBike, Other: blueHat}
	given := func(f practice.Facts) spec { return domaintest.Given(t, practice.Decider, f, practice.Event(opened)) }
	given(merging(nil, in2021, in2022)).When(merge).Then(merged(in2021), merged(in2022))
	given(merging([]domain.SamePerson{in2021}, in2021, in2022)).When(merge).Then(merged(in2022))
	given(merging([]domain.SamePerson{in2021, in2022}, in2021, in2022)).When(merge).Nothing()
	given(merging(nil)).When(merge).Nothing() // neither was ever asked about
	given(today).When(merge).Refused(practice.ErrNoCards)
	given(merging(nil, in2021)).When(practice.MergeCards{Keep: redBike, Other: redBike}).Refused(practice.ErrSameCard)
	never(t).When(merge).Refused(practice.ErrNotOpened)
}

func TestCompleteMergings(t *testing.T) {
	complete := practice.CompleteMergings{}
	given := func(f practice.Facts) spec { return domaintest.Given(t, practice.Decider, f, practice.Event(opened)) }
	given(merging(nil, in2021, in2022)).When(complete).Then(merged(in2021), merged(in2022))
	given(merging([]domain.SamePerson{in2021}, in2021, in2022)).When(complete).Then(merged(in2022))
	given(merging([]domain.SamePerson{in2021, in2022}, in2021)).When(complete).Nothing()
	given(today).When(complete).Nothing()
	never(t).When(complete).Refused(practice.ErrNotOpened)
	open := practice.Decider.Fold(practice.State{}, opened, merged(in2021))
	if needs := practice.NeedsOf(open, complete); !needs.Merged || needs.Merge != nil || len(needs.Recorded) != 1 {
		t.Errorf("needs %+v", needs)
	}
	if needs := practice.NeedsOf(practice.State{}, complete); needs.Merged {
		t.Error("a practice that is not opened asks the vault")
	}
}

// The event names no card, and its pair is sealed under the key of its year.
func TestCardsMergedHoldsNoCard(t *testing.T) {
	plain, scope := merged(in2021).Same.Plain()
	if scope != domain.YearScope(here, 2021) {
		t.Errorf("sealed under %q", scope)
	}
	if pair, err := practice.PairOf(2021, []byte(plain)); err != nil || pair != in2021 {
		t.Errorf("reads as %v, %v", pair, err)
	}
	if _, err := practice.PairOf(2021, []byte(plain)[1:]); err == nil {
		t.Error("half a pair was read")
	}
}

// A vault merges for good: it is asked for nothing that is refused anyway.
func TestNeedsOfMergeCards(t *testing.T) {
	open := practice.Decider.Fold(practice.State{}, opened, merged(in2021))
	merge := practice.MergeCards{Keep: redBike, Other: blueHat}
	if needs := practice.NeedsOf(open, merge); needs.Merge == nil || *needs.Merge != merge || len(needs.Recorded) != 1 {
		t.Errorf("needs %+v", needs)
	}
	for name, needs := range map[string]practice.Needs{
		"not opened": practice.NeedsOf(practice.State{}, merge),
		"the same":   practice.NeedsOf(open, practice.MergeCards{Keep: redBike, Other: redBike}),
		"other":      practice.NeedsOf(open, practice.RetireTerm{List: "theme", Code: "werk"}),
	} {
		if needs.Merge != nil {
			t.Errorf("%s: the vault would merge", name)
		}
	}
}

// drawMerging is what a vault may say: some pairs, some of which stand in the log.
func drawMerging(t *rapid.T, before practice.Facts, c practice.Command) practice.Facts {
	if _, merges := c.(practice.MergeCards); !merges {
		return before
	}
	pairs := []domain.SamePerson{in2021, in2022}[:rapid.IntRange(0, 2).Draw(t, "pairs")]
	before.Merging = &practice.Merging{Practice: here, Pairs: pairs}
	return before
}

// recordedPairs is the facts after events: what they say can be opened.
func recordedPairs(f practice.Facts, events []practice.Event) practice.Facts {
	for _, event := range events {
		if merged, ok := event.(practice.CardsMerged); ok {
			plain, _ := merged.Same.Plain()
			pair, _ := practice.PairOf(merged.Year, []byte(plain))
			f.Merging.Recorded = append(f.Merging.Recorded, pair)
		}
	}
	return f
}

// A figure may look at the traits that a card can say, each once, if it counts people.
func TestDefineFigureOfTraits(t *testing.T) {
	define := func(unit vocabulary.Unit, where ...vocabulary.TraitIn) practice.DefineFigure {
		return practice.DefineFigure{Figure: vocabulary.Figure{
			Code: "vrouwen", Version: 1, Label: "Vrouwen", Unit: unit, Where: where, FromYear: 2022, Definition: "Vrouwen.",
		}}
	}
	women := vocabulary.TraitIn{Trait: vocabulary.Gender, Classes: []domain.Code{"vrouw"}}
	twice := vocabulary.TraitIn{Trait: vocabulary.Gender, Classes: []domain.Code{"vrouw", "vrouw"}}
	given(t).When(define("unique", twice)).Then(practice.FigureDefined(define("unique", women)))
	given(t, practice.FigureDefined(define("unique", women))).When(define("unique", women)).Nothing()
	for name, test := range map[string]struct {
		define practice.DefineFigure
		want   *domain.Refusal
		at     string
	}{
		"unit":       {define("requests", women), practice.ErrTraitUnit, "/unit"},
		"again":      {define("new", women, women), practice.ErrTrait, "/where/1"},
		"no classes": {define("new", vocabulary.TraitIn{Trait: vocabulary.Gender}), practice.ErrTrait, "/where/0"},
		"no trait": {
			define("new", vocabulary.TraitIn{Trait: "theme", Classes: []domain.Code{"werk"}}), practice.ErrTrait, "/where/0",
		},
		"no class": {
			define("new", vocabulary.TraitIn{Trait: vocabulary.Origin, Classes: []domain.Code{"belgisch", "vrouw"}}),
			vocabulary.ErrUnknownCode, "/where/0/classes/1",
		},
	} {
		t.Run(name, func(t *testing.T) {
			if refusal := given(t).When(test.define).Refused(test.want); refusal.Field != test.at {
				t.Errorf("at %q, want %q", refusal.Field, test.at)
			}
		})
	}
}

// The key of a year may go eighteen months after its end.
func TestKeyEnds(t *testing.T) {
	if got := practice.KeyEnds(2022); got != domain.DateOf(2024, time.July, 1) {
		t.Errorf("that of 2022 on %s", got)
	}
}

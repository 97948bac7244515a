package focusgroep_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"signaalboek/domain"
	"signaalboek/domain/domaintest"
	"signaalboek/domain/focusgroep"
	"signaalboek/domain/vocabulary"
)

type spec = domaintest.Spec[focusgroep.State, focusgroep.Facts, focusgroep.Command, focusgroep.Event]

var (
	words, _ = vocabulary.Defaults(vocabulary.Harelbeke2022)
	june     = domain.DateOf(2022, time.June, 9)
	facts    = focusgroep.Facts{On: domain.DateOf(2022, time.May, 2), Book: words}
	planned  = focusgroep.Planned{Day: june, Place: domain.ToSeal("Ontmoetingscentrum")}
	held     = focusgroep.Held{Present: 10, Newcomers: 2}
	housing  = focusgroep.ThemeDiscussed{Theme: "huisvesting", Weight: 4}
)

func given(t *testing.T, events ...focusgroep.Event) spec {
	t.Helper()
	return domaintest.Given(t, focusgroep.Decider, facts, events...)
}

func TestPlan(t *testing.T) {
	plan := focusgroep.Plan{Day: june, Place: " Ontmoetingscentrum "}
	given(t).When(plan).Then(planned)
	given(t, planned).When(plan).Nothing()
	given(t).When(focusgroep.Plan{Day: june}).Then(focusgroep.Planned{Day: june})
	given(t, planned).When(focusgroep.Plan{Day: june + 1}).Refused(focusgroep.ErrPlanned)
	given(t).When(focusgroep.Plan{}).Refused(domain.ErrNoPlannedDay)
	given(t).When(focusgroep.Plan{Day: domain.DateOf(2062, time.June, 9)}).Refused(domain.ErrPlannedDay)
	given(t).When(focusgroep.Plan{Day: june, Place: strings.Repeat("é", 121)}).Refused(focusgroep.ErrPlace)
	given(t).When(focusgroep.Plan{Day: june, Place: "hier\nof daar"}).Refused(focusgroep.ErrPlace)
}

func TestHold(t *testing.T) {
	given(t, planned).When(focusgroep.Hold(held)).Then(held)
	given(t, planned, held).When(focusgroep.Hold(held)).Nothing()
	given(t, planned, held).When(focusgroep.Hold{Present: 9}).Refused(focusgroep.ErrHeld)
	given(t).When(focusgroep.Hold(held)).Refused(focusgroep.ErrUnknown)
	for _, count := range []focusgroep.Held{{Present: 1}, {Present: focusgroep.MaxPresent, Newcomers: focusgroep.MaxPresent}} {
		given(t, planned).When(focusgroep.Hold(count)).Then(count)
	}
	for _, present := range []int{-1, 0, 201} {
		given(t, planned).When(focusgroep.Hold{Present: present}).Refused(focusgroep.ErrPresent)
	}
	for _, newcomers := range []int{-1, 11} {
		given(t, planned).When(focusgroep.Hold{Present: 10, Newcomers: newcomers}).Refused(focusgroep.ErrNewcomers)
	}
}

func TestCancel(t *testing.T) {
	given(t, planned).When(focusgroep.Cancel{}).Then(focusgroep.Cancelled{})
	given(t, planned, focusgroep.Cancelled{}).When(focusgroep.Cancel{}).Nothing()
	given(t, planned, held).When(focusgroep.Cancel{}).Refused(focusgroep.ErrHeld)
	given(t).When(focusgroep.Cancel{}).Refused(focusgroep.ErrUnknown)
	for _, c := range []focusgroep.Command{focusgroep.Hold(held), focusgroep.DiscussTheme(housing), focusgroep.Close{}} {
		given(t, planned, focusgroep.Cancelled{}).When(c).Refused(focusgroep.ErrCancelled)
	}
}

func TestDiscussTheme(t *testing.T) {
	discuss := focusgroep.DiscussTheme(housing)
	given(t, planned, held).When(discuss).Then(housing)
	given(t, planned, held, housing).When(discuss).Nothing()
	heavier := focusgroep.ThemeDiscussed{Theme: "huisvesting", Weight: 5}
	given(t, planned, held, housing).When(focusgroep.DiscussTheme(heavier)).Then(heavier)
	given(t, planned, held, housing, heavier).When(discuss).Then(housing)
	unweighed := focusgroep.ThemeDiscussed{Theme: "werk"}
	given(t, planned, held).When(focusgroep.DiscussTheme(unweighed)).Then(unweighed)

	given(t).When(discuss).Refused(focusgroep.ErrUnknown)
	given(t, planned).When(discuss).Refused(focusgroep.ErrNotHeld)
	given(t, planned, held, focusgroep.Closed{}).When(discuss).Refused(focusgroep.ErrClosed)
	given(t, planned, held, housing, focusgroep.Closed{}).When(discuss).Nothing()
	given(t, planned, held).When(focusgroep.DiscussTheme{Theme: "feest"}).Refused(vocabulary.ErrUnknownCode)
	for _, weight := range []int{-1, 6} {
		given(t, planned, held).When(focusgroep.DiscussTheme{Theme: "werk", Weight: weight}).Refused(focusgroep.ErrWeight)
	}
}

func TestClose(t *testing.T) {
	given(t, planned, held).When(focusgroep.Close{}).Then(focusgroep.Closed{})
	given(t, planned, held, focusgroep.Closed{}).When(focusgroep.Close{}).Nothing()
	given(t, planned).When(focusgroep.Close{}).Refused(focusgroep.ErrNotHeld)
	given(t).When(focusgroep.Close{}).Refused(focusgroep.ErrUnknown)
}

func TestWhatOthersAskOfAMeeting(t *testing.T) {
	if state := focusgroep.Decider.Fold(focusgroep.State{}, planned); state.Held() {
		t.Error("planned is not held")
	}
	if state := focusgroep.Decider.Fold(focusgroep.State{}, planned, held); !state.Held() {
		t.Error("held is held")
	}
}

// Rule 12: asked again, nothing is recorded twice; and the other laws of domaintest.Laws.
func TestRule12AndOtherLaws(t *testing.T) {
	domaintest.Laws[focusgroep.State, focusgroep.Facts, focusgroep.Command, focusgroep.Event]{
		Decider: focusgroep.Decider,
		Commands: rapid.Custom(func(t *rapid.T) focusgroep.Command {
			n := rapid.IntRange(-1, 6).Draw(t, "number")
			switch rapid.IntRange(0, 8).Draw(t, "command") {
			case 0, 1:
				return focusgroep.Plan{Day: june + domain.Date(n), Place: "hier"}
			case 2, 3:
				return focusgroep.Hold{Present: n, Newcomers: rapid.IntRange(-1, 3).Draw(t, "newcomers")}
			case 4:
				return focusgroep.Close{}
			case 5:
				return focusgroep.Cancel{}
			default:
				theme := rapid.SampledFrom([]domain.Code{"werk", "huisvesting", "x"}).Draw(t, "theme")
				return focusgroep.DiscussTheme{Theme: theme, Weight: n}
			}
		}),
		Facts: func(*rapid.T, focusgroep.Facts, focusgroep.State, focusgroep.Command) focusgroep.Facts { return facts },
	}.Check(t)
}

package session_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"signaalboek/domain"
	"signaalboek/domain/domaintest"
	"signaalboek/domain/session"
	"signaalboek/domain/vocabulary"
)

type spec = domaintest.Spec[session.State, session.Facts, session.Command, session.Event]

var (
	words, _ = vocabulary.Defaults(vocabulary.Harelbeke2022)
	may      = domain.DateOf(2022, time.May, 2)
	facts    = session.Facts{On: may, Book: words, EarlierOn: may}
	soup     = session.Details{Activity: "soep-met-babbels", Present: 8, Theme: "gezondheid", GuestService: "caw"}
	held     = session.Held{Details: soup}
)

func given(t *testing.T, f session.Facts, events ...session.Event) spec {
	t.Helper()
	return domaintest.Given(t, session.Decider, f, events...)
}

func TestHold(t *testing.T) {
	given(t, facts).When(session.Hold{Details: soup}).Then(held)
	given(t, facts, held).When(session.Hold{Details: soup}).Nothing()
	given(t, facts, held).When(session.Hold{Details: session.Details{Activity: "digipunt"}}).Refused(session.ErrExists)
	given(t, facts).When(session.Hold{Details: session.Details{Activity: "digipunt"}}).
		Then(session.Held{Details: session.Details{Activity: "digipunt"}}) // nobody came: recorded, and zero
	full := session.Details{Activity: "digipunt", Present: session.MaxPresent}
	given(t, facts).When(session.Hold{Details: full}).Then(session.Held{Details: full})

	practising := facts // with a word of its own for the focusgroep
	practising.Book = words.WithTerm("activity", vocabulary.Term{Code: "bewonersraad", Label: "Bewonersraad", Core: "focusgroep"})
	for name, test := range map[string]struct {
		change func(*session.Details)
		want   *domain.Refusal
		at     string
	}{
		"activity": {func(d *session.Details) { d.Activity = "feest" }, vocabulary.ErrUnknownCode, "/activity"},
		"meeting":  {func(d *session.Details) { d.Activity = "focusgroep" }, session.ErrMeeting, "/activity"},
		"theme":    {func(d *session.Details) { d.Theme = "feest" }, vocabulary.ErrUnknownCode, "/theme"},
		"guest":    {func(d *session.Details) { d.GuestService = "feest" }, vocabulary.ErrUnknownCode, "/guestService"},
		"fewer":    {func(d *session.Details) { d.Present = -1 }, session.ErrPresent, "/present"},
		"more":     {func(d *session.Details) { d.Present = 1001 }, session.ErrPresent, "/present"},
		"own word": {func(d *session.Details) { d.Activity = "bewonersraad" }, session.ErrMeeting, "/activity"},
	} {
		t.Run(name, func(t *testing.T) {
			details := soup
			test.change(&details)
			if refusal := given(t, practising).When(session.Hold{Details: details}).Refused(test.want); refusal.Field != test.at {
				t.Errorf("at %q, want %q", refusal.Field, test.at)
			}
		})
	}
}

// Rule 6: nothing is edited; a mistake is corrected by an event that says why.
func TestRule6Correct(t *testing.T) {
	nine := soup
	nine.Present = 9
	corrected := session.Corrected{Details: nine, Reason: session.WronglyEntered}
	given(t, facts, held).When(session.Correct(corrected)).Then(corrected)
	given(t, facts, held, corrected).When(session.Correct(corrected)).Nothing()
	incomplete := session.Corrected{Details: nine, Reason: session.Incomplete}
	given(t, facts, held).When(session.Correct(incomplete)).Then(incomplete)
	given(t, facts).When(session.Correct(corrected)).Refused(session.ErrUnknown)
	given(t, facts, held).When(session.Correct{Details: nine}).Refused(session.ErrReason)

	otherDay := facts
	otherDay.On++
	sameWhole := session.Corrected{Details: soup, Reason: session.WrongDay}
	given(t, otherDay, held).When(session.Correct(sameWhole)).Then(sameWhole)
	given(t, facts, held).When(session.Correct(sameWhole)).Nothing()

	retired := facts
	retired.Book = words.Retiring("activity", "soep-met-babbels")
	given(t, retired, held).When(session.Correct(corrected)).Then(corrected)
	given(t, retired).When(session.Hold{Details: soup}).Refused(vocabulary.ErrUnknownCode)
}

func TestWithdraw(t *testing.T) {
	withdrawn := session.Withdrawn{Reason: session.EnteredTwice}
	inError := session.Withdrawn{Reason: session.EnteredInError}
	given(t, facts, held).When(session.Withdraw(withdrawn)).Then(withdrawn)
	given(t, facts, held).When(session.Withdraw(inError)).Then(inError)
	given(t, facts, held, withdrawn).When(session.Withdraw(withdrawn)).Nothing()
	given(t, facts).When(session.Withdraw(withdrawn)).Refused(session.ErrUnknown)
	given(t, facts, held).When(session.Withdraw{}).Refused(session.ErrReason)
	given(t, facts, held, withdrawn).When(session.Correct{Details: soup, Reason: session.WrongDay}).
		Refused(session.ErrWithdrawn)
	stands := func(events ...session.Event) bool { return session.Decider.Fold(session.State{}, events...).Stands() }
	if stands() || !stands(held) || stands(held, withdrawn) {
		t.Error("a session stands once it is held, until it is withdrawn")
	}
}

// Rule 12: asked again, nothing is recorded twice; and the other laws of domaintest.Laws.
func TestRule12AndOtherLaws(t *testing.T) {
	domaintest.Laws[session.State, session.Facts, session.Command, session.Event]{
		Decider: session.Decider,
		Commands: rapid.Custom(func(t *rapid.T) session.Command {
			details := session.Details{
				Activity: rapid.SampledFrom([]domain.Code{"digipunt", "soep-met-babbels", "x"}).Draw(t, "activity"),
				Present:  rapid.IntRange(-1, 3).Draw(t, "present"),
			}
			switch rapid.IntRange(0, 4).Draw(t, "command") {
			case 0:
				return session.Withdraw{Reason: session.EnteredInError}
			case 1, 2:
				return session.Correct{Details: details, Reason: session.Incomplete}
			default:
				return session.Hold{Details: details}
			}
		}),
		Facts: func(t *rapid.T, f session.Facts, _ session.State, _ session.Command) session.Facts {
			f.Book, f.On = words, may+domain.Date(rapid.IntRange(0, 2).Draw(t, "on"))
			return f
		},
		After: func(f session.Facts, events []session.Event) session.Facts {
			for _, e := range events {
				if session.Dates(e) {
					f.EarlierOn = f.On
				}
			}
			return f
		},
	}.Check(t)
}

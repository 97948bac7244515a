package signal_test

import (
	"errors"
	"testing"
	"time"

	"signaalboek/domain"
	"signaalboek/domain/domaintest"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/signal"
	"signaalboek/domain/vocabulary"
)

const (
	team    = domain.Code("team-opstap")                           // weighs
	leisure = domain.Code("lokaal-overleg-vrijetijdsparticipatie") // does not
	council = domain.Code("gemeenteraad")                          // takes no own items
	meeting = domain.StreamID("focusgroep-12")
	other   = domain.StreamID("signal-other")
)

var (
	today = domain.DateOf(2024, time.March, 14)

	heardAtMeeting = signal.Evidence{Setting: pursuit.Setting{Kind: pursuit.AtFocusgroep, Stream: meeting}}
	heardInSewing  = signal.Evidence{Setting: pursuit.Setting{Kind: pursuit.AtActivity, Code: "naaiatelier", Year: 2023}}
	heardInSession = signal.Evidence{Setting: pursuit.Setting{Kind: pursuit.AtSession, Stream: "session-7"}}
	heardInSurvey  = signal.Evidence{Setting: pursuit.Setting{Kind: pursuit.InSurvey, Year: 2022}}
	heardInRequest = signal.Evidence{Setting: heardInSewing.Setting, Contact: "contact-3", Request: 1}

	pickedUp       = signal.PickedUp{From: signal.FromSurvey, Evidence: heardInSurvey, Themes: []domain.Code{"vrije-tijd"}}
	ofFocusgroep   = signal.PickedUp{From: signal.FromFocusgroep, Evidence: heardAtMeeting, Themes: []domain.Code{"vrije-tijd"}}
	worded         = signal.Worded{Statement: domain.ToSeal("Niemand weet waar de UiTPAS geldt."), Version: 1}
	structural     = signal.Weighed{Structural: true, Reason: domain.ToSeal("Het komt terug.")}
	incidental     = signal.Weighed{Reason: domain.ToSeal("Eén keer gehoord.")}
	refusedMandate = signal.MandateRefused{Meeting: meeting}
	mandate        = signal.MandateGiven{Meeting: meeting}
)

func book(t testing.TB) vocabulary.Book {
	t.Helper()
	book, ok := vocabulary.Defaults(vocabulary.Harelbeke2022)
	if !ok {
		t.Fatal("no defaults")
	}
	return book
}

// facts is a day on which everything that a command names exists.
func facts(t testing.TB) signal.Facts {
	return signal.Facts{
		On: today, Book: book(t), MeetingHeld: true, SessionHeld: true,
		Contact: &signal.ContactFact{Requests: 2},
		Signals: map[domain.StreamID]pursuit.SignalFact{other: {}},
	}
}

// owing is facts with one setting that waits for n answers.
func owing(t testing.TB, s pursuit.Setting, n int) signal.Facts {
	f := facts(t)
	f.Standings = []pursuit.Standing{{Setting: s, Answered: true, Unpaid: n}}
	return f
}

type spec = domaintest.Spec[signal.State, signal.Facts, signal.Command, signal.Event]

func given(t testing.TB, events ...signal.Event) spec {
	t.Helper()
	return knowing(t, facts(t), events...)
}

func knowing(t testing.TB, f signal.Facts, events ...signal.Event) spec {
	t.Helper()
	return domaintest.Given(t, signal.Decider, f, events...)
}

func to(forum domain.Code) signal.Schedule {
	return signal.Schedule{Schedule: pursuit.Schedule{
		Forum: forum, InNameOf: pursuit.Partnership, Through: pursuit.OwnItem,
	}}
}

func on(forum domain.Code) signal.Scheduled {
	return signal.Scheduled{Scheduled: pursuit.Scheduled(to(forum).Schedule)}
}

func talked(forum domain.Code, outcome pursuit.Outcome) signal.Discuss {
	return signal.Discuss{Discuss: pursuit.Discuss{Forum: forum, Outcome: outcome, BroughtBy: pursuit.Workers}}
}

func spoken(forum domain.Code, outcome pursuit.Outcome) signal.Discussed {
	return signal.Discussed{Discussed: pursuit.Discussed{Forum: forum, Outcome: outcome, BroughtBy: pursuit.Workers}}
}

func TestRule1GatesBeforeAForum(t *testing.T) {
	given(t).When(to(team)).Refused(signal.ErrNotFound)
	given(t, pickedUp).When(to(team)).Refused(signal.ErrNotWorded)
	given(t, pickedUp, worded).When(to(team)).Then(on(team))
	given(t, pickedUp, worded).When(to(leisure)).Refused(signal.ErrNotWeighed)
	given(t, pickedUp, worded, incidental).When(to(leisure)).Refused(signal.ErrNotStructural)
	given(t, pickedUp, worded, structural).When(to(leisure)).Then(on(leisure))
	given(t, pickedUp, worded, structural, incidental).When(to(leisure)).Refused(signal.ErrNotStructural)
	given(t, pickedUp, worded, on(team)).When(to(team)).Nothing()
	yesterday := to(team)
	yesterday.Meeting = today - 1
	given(t, pickedUp, worded).When(yesterday).Refused(pursuit.ErrDateTooEarly)
}

func TestRule1KindsOfForumThatWeigh(t *testing.T) {
	for _, forum := range book(t).Forums() {
		answer := given(t, pickedUp, worded).When(to(forum.Code))
		switch forum.Kind {
		case vocabulary.TeamForum, vocabulary.InternalForum, vocabulary.ProjectForum:
			answer.Then(on(forum.Code))
		default:
			answer.Refused(signal.ErrNotWeighed)
		}
	}
}

func TestRule1MandateOfTheFocusgroep(t *testing.T) {
	without, marked := to(team), on(team)
	without.WithoutMandate, marked.WithoutMandate = true, true
	recognised := signal.Recognised{Meeting: meeting, HowMany: signal.Half}
	asked := signal.OtherWordingAsked{Meeting: meeting}
	again := signal.Worded{Statement: worded.Statement, Version: 2}
	fromFocusgroep := signal.PickedUp{From: signal.FromFocusgroep, Evidence: heardInSewing}
	cases := []struct {
		name     string
		happened []signal.Event
		with     signal.Schedule
		refusal  *domain.Refusal
	}{
		{"not of the focusgroep, refused all the same", []signal.Event{pickedUp, worded, refusedMandate}, to(team), nil},
		{"raised by it, never asked", []signal.Event{ofFocusgroep, worded}, to(team), pursuit.ErrMandateMissing},
		{"raised by it, could not meet", []signal.Event{ofFocusgroep, worded}, without, nil},
		{"not of the focusgroep, could not meet", []signal.Event{pickedUp, worded}, without, nil},
		{"raised by it, refused", []signal.Event{ofFocusgroep, worded, refusedMandate}, to(team), pursuit.ErrMandateRefused},
		{"a mark is no way around", []signal.Event{ofFocusgroep, worded, refusedMandate}, without, pursuit.ErrMandateRefused},
		{"recognised later", []signal.Event{pickedUp, worded, recognised, refusedMandate}, to(team), pursuit.ErrMandateRefused},
		{"refused first, recognised later", []signal.Event{pickedUp, worded, refusedMandate, recognised}, to(team), pursuit.ErrMandateRefused},
		{"heard there as well", []signal.Event{pickedUp, worded, signal.EvidenceLinked{Evidence: heardAtMeeting}}, to(team), pursuit.ErrMandateMissing},
		{"refused, then given", []signal.Event{ofFocusgroep, worded, refusedMandate, mandate}, to(team), nil},
		{"given, then refused", []signal.Event{ofFocusgroep, worded, mandate, refusedMandate}, to(team), pursuit.ErrMandateRefused},
		{"a mark beside a mandate", []signal.Event{ofFocusgroep, worded, mandate}, without, pursuit.ErrMandateThere},
		{"other words were asked", []signal.Event{ofFocusgroep, worded, asked}, to(team), signal.ErrOtherWording},
		{"other words were asked, and none are needed", []signal.Event{pickedUp, worded, asked}, to(team), nil},
		{"said to come from it", []signal.Event{fromFocusgroep, worded, refusedMandate}, to(team), pursuit.ErrMandateRefused},
		{"and found", []signal.Event{ofFocusgroep, worded, asked, again}, to(team), nil},
		{"new words do not lift a refusal", []signal.Event{ofFocusgroep, worded, refusedMandate, again}, to(team), pursuit.ErrMandateRefused},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			answer := given(t, c.happened...).When(c.with)
			switch {
			case c.refusal != nil:
				answer.Refused(c.refusal)
			case c.with.WithoutMandate:
				answer.Then(marked)
			default:
				answer.Then(on(team))
			}
		})
	}
}

func TestRule1BundlingIsNoWayAroundTheFocusgroep(t *testing.T) {
	f := facts(t)
	f.Members = []pursuit.SignalFact{{OfFocusgroep: true, MandateRefused: true}}
	ask := func(f signal.Facts, events ...signal.Event) domaintest.Answer[signal.Event] {
		return knowing(t, f, events...).When(to(team))
	}
	ask(f, pickedUp, worded).Refused(pursuit.ErrMandateRefused)
	ask(f, pickedUp, worded, mandate).Refused(pursuit.ErrMandateRefused)
	f.Members = []pursuit.SignalFact{{OfFocusgroep: true}}
	ask(f, pickedUp, worded).Refused(pursuit.ErrMandateMissing)
	ask(f, pickedUp, worded, mandate).Then(on(team))
	f.Members = []pursuit.SignalFact{{OfFocusgroep: true, MandateGiven: true}}
	ask(f, pickedUp, worded).Then(on(team))
}

func TestRule1PublicDebateObeysTheFocusgroep(t *testing.T) {
	action := signal.TakePublicAction{TakePublicAction: pursuit.TakePublicAction{Action: pursuit.Press}}
	given(t, ofFocusgroep, worded, refusedMandate).When(action).Refused(pursuit.ErrMandateRefused)
	given(t, ofFocusgroep).When(action).Refused(signal.ErrNotWorded)
	given(t, ofFocusgroep, worded).When(action).Then(
		signal.PublicActionTaken{PublicActionTaken: pursuit.PublicActionTaken{Action: pursuit.Press}})
}

func TestRule2ClosingWithDebt(t *testing.T) {
	debtor := knowing(t, owing(t, heardInSurvey.Setting, 1), pickedUp)
	for _, reason := range []signal.ClosingReason{signal.Answered, signal.NoLongerNeeded, signal.NotASignal, signal.Exhausted} {
		refusal := debtor.When(signal.Close{Reason: reason}).Refused(signal.ErrDebtOpen)
		if refusal.With["settings"] != "1" {
			t.Errorf("refusal names %v, want how many settings wait", refusal.With)
		}
		given(t, pickedUp).When(signal.Close{Reason: reason}).Then(signal.Closed{Reason: reason})
	}
	for _, reason := range []signal.ClosingReason{signal.Unreachable, signal.ActivityStopped} {
		debtor.When(signal.Close{Reason: reason}).Then(signal.Closed{Reason: reason})
		given(t, pickedUp, signal.Closed{Reason: reason}).When(signal.Close{Reason: reason}).Nothing()
	}
	given(t, pickedUp, signal.Closed{Reason: signal.Answered}).When(signal.Close{Reason: signal.Exhausted}).Refused(signal.ErrClosed)
	given(t, pickedUp).When(signal.Close{}).Refused(pursuit.ErrChoiceUnknown)
}

func TestRule2FeedingBack(t *testing.T) {
	tell := func(s pursuit.Setting, channel domain.Code) signal.FeedBack {
		return signal.FeedBack{FeedBack: pursuit.FeedBack{Setting: s, Channel: channel, Present: 8}}
	}
	told := signal.FedBack{FedBack: pursuit.FedBack{Setting: heardInSurvey.Setting, Channel: "focusgroep", Present: 8}}
	owed, paid := owing(t, heardInSurvey.Setting, 2), owing(t, heardInSurvey.Setting, 0)
	knowing(t, owed, pickedUp).When(tell(heardInSurvey.Setting, "focusgroep")).Then(told)
	knowing(t, owed, pickedUp).When(tell(heardInSewing.Setting, "focusgroep")).Refused(pursuit.ErrSettingNotOurs)
	knowing(t, owed, pickedUp).When(tell(heardInSurvey.Setting, "rooksignaal")).Refused(vocabulary.ErrUnknownCode)
	knowing(t, facts(t), pickedUp).When(tell(heardInSurvey.Setting, "focusgroep")).Refused(pursuit.ErrNothingToTell)
	knowing(t, paid, pickedUp, told).When(tell(heardInSurvey.Setting, "focusgroep")).Nothing()
	knowing(t, owed, pickedUp, told).When(tell(heardInSurvey.Setting, "focusgroep")).Then(told)
	knowing(t, owed, pickedUp, signal.Closed{Reason: signal.Unreachable}).When(tell(heardInSurvey.Setting, "focusgroep")).Then(told)
	flyer := signal.FedBack{FedBack: pursuit.FedBack{Setting: heardInSurvey.Setting, Channel: "flyer", Present: 8}}
	knowing(t, paid, pickedUp, told).When(tell(heardInSurvey.Setting, "flyer")).Then(flyer)
}

func TestRule3ABundledOrSplitSignalIsPursuedThroughWhatItBecame(t *testing.T) {
	bundled, split := facts(t), facts(t)
	bundled.Into, split.Split = "signal-top", true
	happened := []signal.Event{pickedUp, worded, structural, on(team)}
	for _, command := range []signal.Command{
		to(team), signal.Unschedule{Unschedule: pursuit.Unschedule{Forum: team}}, talked(team, pursuit.Noted),
		signal.GoUnanswered{}, signal.Decide{}, signal.TakePublicAction{}, signal.CarryOut{},
		signal.AnswerByOwnOffer{}, signal.Word{}, signal.Note{}, signal.Weigh{}, signal.NameKeeper{},
		signal.Park{}, signal.Resume{},
	} {
		refusal := knowing(t, bundled, happened...).When(command).Refused(signal.ErrBundled)
		if refusal.With["into"] != "signal-top" {
			t.Errorf("%T: refusal names %v, want the top", command, refusal.With)
		}
		knowing(t, split, happened...).When(command).Refused(signal.ErrSplit)
	}
	for _, command := range []signal.Command{signal.FeedBack{}, signal.Close{}, signal.HearReaction{}, signal.Reopen{}} {
		knowing(t, bundled, happened...).When(command).Refused(signal.ErrBundled)
	}
	link := signal.LinkEvidence{Evidence: heardInSewing}
	knowing(t, bundled, happened...).When(link).Then(signal.EvidenceLinked(link))
	knowing(t, split, happened...).When(link).Refused(signal.ErrSplit)
}

// What was promised about a signal is settled there, whatever it became.
func TestRule3APromiseIsSettledWhereItWasMade(t *testing.T) {
	bundled, split := facts(t), facts(t)
	bundled.Into, split.Split = "signal-top", true
	promised := spoken(team, pursuit.Promised)
	keep := signal.KeepPromise{KeepPromise: pursuit.KeepPromise{Promise: 1}}
	broken := signal.BreakPromise{BreakPromise: pursuit.BreakPromise{Promise: 1}}
	for _, became := range []signal.Facts{bundled, split} {
		knowing(t, became, pickedUp, worded, on(team), promised).When(keep).
			Then(signal.PromiseKept{PromiseKept: pursuit.PromiseKept{Promise: 1}})
		knowing(t, became, pickedUp, worded, on(team), promised).When(broken).
			Then(signal.PromiseBroken{PromiseBroken: pursuit.PromiseBroken{Promise: 1}})
		knowing(t, became, pickedUp).When(keep).Refused(pursuit.ErrNoPromise)
		knowing(t, became, pickedUp, worded, on(team), promised, signal.Closed{Reason: signal.Exhausted}).When(keep).
			Refused(signal.ErrClosed)
	}
}

func TestRule4NothingOverwritesADecision(t *testing.T) {
	decide := func(v pursuit.Verdict) signal.Decide {
		return signal.Decide{Decide: pursuit.Decide{Forum: team, Verdict: v, Motivation: "Omdat."}}
	}
	decided := func(v pursuit.Verdict) signal.Decided {
		return signal.Decided{Decided: pursuit.Decided{Forum: team, Verdict: v, Motivation: domain.ToSeal("Omdat.")}}
	}
	given(t, pickedUp, worded).When(decide(pursuit.Adopted)).Refused(pursuit.ErrNotRaised)
	given(t, pickedUp, worded, on(team)).When(decide(pursuit.Adopted)).Then(decided(pursuit.Adopted))
	given(t, pickedUp, worded, on(team), decided(pursuit.Adopted)).When(decide(pursuit.Rejected)).Then(decided(pursuit.Rejected))
	// A later deliberation in the same forum is a new discussion.
	given(t, pickedUp, worded, on(team), spoken(team, pursuit.Noted)).When(talked(team, pursuit.Noted)).Then(spoken(team, pursuit.Noted))
}

func TestRule6MistakesAreCorrectedByEventsThatSayWhy(t *testing.T) {
	closed := signal.Closed{Reason: signal.Answered}
	again := signal.Reopen{Reason: "Het komt terug.", Evidence: heardInSewing}
	given(t, pickedUp, worded).When(signal.Word{Statement: "Beter gezegd."}).Then(
		signal.Worded{Statement: domain.ToSeal("Beter gezegd."), Version: 2})
	given(t, pickedUp, closed).When(signal.Word{Statement: "Beter gezegd."}).Refused(signal.ErrClosed)
	given(t, pickedUp, closed).When(again).Then(signal.Reopened{Reason: domain.ToSeal(again.Reason), Evidence: heardInSewing})
	given(t, pickedUp, closed).When(signal.Reopen{Evidence: heardInSewing}).Refused(pursuit.ErrTextMissing)
	given(t, pickedUp, closed).When(signal.Reopen{Reason: "Toch.", Evidence: heardInSurvey}).Refused(signal.ErrEvidenceKnown)
	given(t, pickedUp).When(again).Refused(signal.ErrNotClosed)
	reopened := signal.Reopened{Reason: domain.ToSeal(again.Reason), Evidence: heardInSewing}
	given(t, pickedUp, closed, reopened).When(signal.Word{Statement: "Beter gezegd."}).Then(
		signal.Worded{Statement: domain.ToSeal("Beter gezegd."), Version: 1})
}

func TestRule10ACouncilItemComesThroughSomebody(t *testing.T) {
	given(t, pickedUp, worded, structural).When(to(council)).Refused(pursuit.ErrThroughNobody)
	for _, through := range []pursuit.Through{
		pursuit.ForwardedItem, pursuit.CollegeItem, pursuit.CouncillorQuestion, pursuit.Petition,
	} {
		ask, item := to(council), on(council)
		ask.Through, item.Through = through, through
		given(t, pickedUp, worded, structural).When(ask).Then(item)
	}
	nobody := to(team)
	nobody.InNameOf = ""
	given(t, pickedUp, worded).When(nobody).Refused(pursuit.ErrChoiceUnknown)
}

func TestRule10ForumsChangeOverTime(t *testing.T) {
	f := facts(t)
	f.Book = f.Book.RetiringForum(team)
	knowing(t, f, pickedUp, worded).When(to(team)).Refused(pursuit.ErrForumRetired)
	knowing(t, f, pickedUp, worded, on(team)).When(talked(team, pursuit.Noted)).Then(spoken(team, pursuit.Noted))
	given(t, pickedUp, worded).When(to("kaartclub")).Refused(vocabulary.ErrUnknownForum)
}

// A command without fields is refused with Conflict or NotFound if its form cannot be offered, and with Invalid, or not
// at all, if it can.
func TestCommandsWithoutFieldsTellWhetherTheirFormMayBeOffered(t *testing.T) {
	promised := spoken(team, pursuit.Promised)
	told := signal.FedBack{FedBack: pursuit.FedBack{Setting: heardInSurvey.Setting, Channel: "flyer"}}
	state := signal.Decider.Fold(signal.Decider.Initial, pickedUp, worded, structural, on(team), promised, told)
	f := owing(t, heardInSurvey.Setting, 1)
	for _, command := range everyCommand() {
		if _, ok := command.(signal.PickUp); ok {
			continue
		}
		if _, err := signal.Decider.Decide(signal.Decider.Initial, f, command); !errors.Is(err, signal.ErrNotFound) {
			t.Errorf("%T of no signal: %v, want %v", command, err, signal.ErrNotFound)
		}
		_, err := signal.Decider.Decide(state, f, command)
		refusal, refused := errors.AsType[*domain.Refusal](err)
		closed := false
		switch command.(type) {
		case signal.Note, signal.Reopen:
			closed = true // worded already; not closed
		}
		if refused && (refusal.Kind == domain.Conflict) != closed {
			t.Errorf("%T: refused with %v of kind %d", command, refusal, refusal.Kind)
		}
	}
}

func everyCommand() []signal.Command {
	return []signal.Command{
		signal.PickUp{}, signal.Note{}, signal.LinkEvidence{}, signal.Word{}, signal.Weigh{}, signal.NameKeeper{},
		signal.Recognise{}, signal.GiveMandate{}, signal.RefuseMandate{}, signal.AskOtherWording{}, signal.Schedule{},
		signal.Unschedule{}, signal.Discuss{}, signal.GoUnanswered{}, signal.Decide{}, signal.KeepPromise{},
		signal.BreakPromise{}, signal.TakePublicAction{}, signal.CarryOut{}, signal.AnswerByOwnOffer{}, signal.FeedBack{},
		signal.HearReaction{}, signal.Park{}, signal.Resume{}, signal.Close{}, signal.Reopen{},
	}
}

func TestWhatOthersAskOfASignal(t *testing.T) {
	for _, c := range []struct {
		events []signal.Event
		want   pursuit.SignalFact
	}{
		{[]signal.Event{pickedUp}, pursuit.SignalFact{}},
		{[]signal.Event{ofFocusgroep, mandate}, pursuit.SignalFact{OfFocusgroep: true, MandateGiven: true}},
		{[]signal.Event{ofFocusgroep, refusedMandate}, pursuit.SignalFact{OfFocusgroep: true, MandateRefused: true}},
		{[]signal.Event{pickedUp, signal.Closed{Reason: signal.Answered}}, pursuit.SignalFact{Closed: true}},
	} {
		if got, found := signal.Decider.Fold(signal.State{}, c.events...).Fact(); got != c.want || !found {
			t.Errorf("after %d events: %+v, %t, want %+v", len(c.events), got, found, c.want)
		}
	}
	if _, found := (signal.State{}).Fact(); found {
		t.Error("there is no such signal")
	}
}

package signal_test

import (
	"errors"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"signaalboek/domain"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/signal"
)

// draw is any command, with fields that often can be meant.
func draw(t *rapid.T) signal.Command {
	forum := rapid.SampledFrom([]domain.Code{team, leisure, council, "kaartclub"}).Draw(t, "forum")
	text := rapid.SampledFrom([]string{"", "Een tekst."}).Draw(t, "text")
	evidence := rapid.SampledFrom([]signal.Evidence{
		heardAtMeeting, heardInSewing, heardInSession, heardInSurvey, heardInRequest, {},
	}).Draw(t, "evidence")
	themes := []domain.Code{"werk"}
	promise := rapid.IntRange(0, 2).Draw(t, "promise")
	outcome := rapid.SampledFrom([]pursuit.Outcome{
		pursuit.Noted, pursuit.Deferred, pursuit.Promised, pursuit.Forwarded, "",
	}).Draw(t, "outcome")
	item := to(forum)
	item.Through = rapid.SampledFrom([]pursuit.Through{pursuit.OwnItem, pursuit.Petition}).Draw(t, "through")
	item.WithoutMandate = rapid.Bool().Draw(t, "without")
	discuss := talked(forum, outcome)
	if outcome == pursuit.Promised {
		discuss.Promise = text
	}
	if outcome == pursuit.Forwarded {
		discuss.ForwardedTo = leisure
	}
	reasons := []signal.ClosingReason{signal.Answered, signal.Unreachable, ""}
	return rapid.SampledFrom([]signal.Command{
		signal.PickUp{From: signal.FromSurvey, Evidence: evidence, Themes: themes}, signal.Note{Wording: text},
		signal.PickUp{From: signal.FromFocusgroep, Evidence: evidence, Themes: themes},
		signal.LinkEvidence{Evidence: evidence}, signal.Word{Statement: text},
		signal.Weigh{Structural: rapid.Bool().Draw(t, "structural"), Reason: text}, signal.NameKeeper{Role: "coordinator"},
		signal.Recognise{Meeting: meeting, HowMany: signal.Few}, signal.GiveMandate{Meeting: meeting},
		signal.RefuseMandate{Meeting: meeting}, signal.AskOtherWording{Meeting: meeting}, item, item, item, discuss, discuss,
		signal.Unschedule{Unschedule: pursuit.Unschedule{Forum: forum}},
		signal.GoUnanswered{GoUnanswered: pursuit.GoUnanswered{Forum: forum, Since: today}},
		signal.Decide{Decide: pursuit.Decide{Forum: forum, Verdict: pursuit.Partly, Motivation: text}},
		signal.KeepPromise{KeepPromise: pursuit.KeepPromise{Promise: promise}},
		signal.BreakPromise{BreakPromise: pursuit.BreakPromise{Promise: promise}},
		signal.TakePublicAction{TakePublicAction: pursuit.TakePublicAction{Action: pursuit.Campaign}},
		signal.CarryOut{CarryOut: pursuit.CarryOut{What: text}}, signal.AnswerByOwnOffer{What: text},
		signal.FeedBack{FeedBack: pursuit.FeedBack{Setting: evidence.Setting, Channel: "flyer"}},
		signal.HearReaction{Setting: evidence.Setting, Reaction: signal.ReactionNotEnough},
		signal.Park{Reason: text}, signal.Resume{}, signal.Close{Reason: rapid.SampledFrom(reasons).Draw(t, "reason")},
		signal.Reopen{Reason: text, Evidence: evidence},
	}).Draw(t, "command")
}

// again reports whether a command says, each time it is given, that something happened once more.
func again(c signal.Command) bool {
	switch c.(type) {
	case signal.PickUp, signal.Reopen, signal.Note, signal.Word, signal.Weigh, signal.Discuss, signal.Decide,
		signal.TakePublicAction, signal.CarryOut, signal.AnswerByOwnOffer:
		return true
	}
	return false
}

// walk is one signal, what happened to it, and what it owes.
type walk struct {
	state  signal.State
	events []signal.Event
	debts  pursuit.Debts
	facts  signal.Facts
}

func (w *walk) take(t *rapid.T, c signal.Command) {
	w.facts.Standings = w.debts.Standings("signal-x")
	before := w.state
	events, err := signal.Decider.Decide(w.state, w.facts, c)
	if err != nil {
		if _, refused := errors.AsType[*domain.Refusal](err); !refused || len(events) > 0 {
			t.Fatalf("%T: %d events and %v", c, len(events), err)
		}
		return
	}
	for _, e := range events {
		w.state = signal.Decider.Evolve(w.state, e)
		w.events = append(w.events, e)
		w.debts.Apply(domain.Entry{Stream: "signal-x", Position: domain.Position{Commit: uint64(len(w.events))}, Event: e})
		w.checkLaws(t, before, e)
	}
	w.facts.Standings = w.debts.Standings("signal-x")
	if repeated, err := signal.Decider.Decide(w.state, w.facts, c); !again(c) && (err != nil || len(repeated) > 0) {
		t.Fatalf("%T repeated: %d events, %v", c, len(repeated), err)
	}
}

// checkLaws holds, of each event that was let through, what the rules promise of it.
func (w *walk) checkLaws(t *rapid.T, before signal.State, e signal.Event) {
	fact, _ := before.Fact()
	switch e := e.(type) {
	case signal.Scheduled:
		if fact.Closed || fact.Refused() {
			t.Fatalf("scheduled while %+v", fact)
		}
	case signal.Closed:
		if e.Reason == signal.Answered && len(w.debts.Owed("signal-x")) > 0 {
			t.Fatal("closed as answered with debt open")
		}
	case signal.Discussed, signal.WentUnanswered, signal.Decided, signal.CarriedOut, signal.PromiseKept,
		signal.PromiseBroken, signal.AnsweredByOwnOffer:
		if owed, settings := w.debts.Owed("signal-x"), w.debts.Settings("signal-x"); len(owed) != len(settings) {
			t.Fatalf("after %T %d of %d settings are owed an answer", e, len(owed), len(settings))
		}
	}
}

func TestRule2And12EveryWalkObeysTheRules(t *testing.T) {
	f := facts(t)
	rapid.Check(t, func(t *rapid.T) {
		w := walk{facts: f}
		w.take(t, signal.PickUp{From: signal.FromSurvey, Evidence: heardInSurvey, Themes: []domain.Code{"werk"}})
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			w.take(t, draw(t))
		}
		replayed := signal.Decider.Fold(signal.Decider.Initial, w.events...)
		if !reflect.DeepEqual(replayed, w.state) {
			t.Fatal("replayed, it stands elsewhere")
		}
	})
}

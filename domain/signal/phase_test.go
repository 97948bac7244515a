package signal_test

import (
	"testing"

	"signaalboek/domain"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/signal"
	"signaalboek/domain/vocabulary"
)

func TestPhasesAreThoseOfTheCodeList(t *testing.T) {
	terms := book(t).Terms(vocabulary.Phases)
	for i, term := range terms {
		phase, ok := signal.PhaseOf(term.Code)
		if !ok || int(phase) != i+1 || phase.Code() != term.Code {
			t.Errorf("%s is phase %d, %t, with code %s; the list says %d", term.Code, phase, ok, phase.Code(), i+1)
		}
	}
	if len(terms) != int(signal.Telling) {
		t.Errorf("the list has %d phases", len(terms))
	}
	for _, code := range []domain.Code{"", "evalueren"} {
		if phase, ok := signal.PhaseOf(code); ok {
			t.Errorf("%q is phase %d", code, phase)
		}
	}
	for _, none := range []signal.Phase{0, signal.Telling + 1, 99} {
		if none.Code() != "" {
			t.Errorf("%d, which is no phase, has code %q", none, none.Code())
		}
	}
}

func TestPhaseAfterEachEvent(t *testing.T) {
	linked := signal.EvidenceLinked{Evidence: heardInSewing}
	told := signal.FedBack{FedBack: pursuit.FedBack{Setting: heardInSurvey.Setting}}
	for _, c := range []struct {
		events []signal.Event
		want   signal.Phase
	}{
		{nil, 0},
		{[]signal.Event{pickedUp}, signal.Noticing},
		{[]signal.Event{pickedUp, linked}, signal.Collecting},
		{[]signal.Event{pickedUp, worded}, signal.Analysing},
		{[]signal.Event{pickedUp, worded, linked}, signal.Analysing},
		{[]signal.Event{pickedUp, worded, on(team)}, signal.Reporting},
		{[]signal.Event{pickedUp, worded, on(team), linked, structural}, signal.Reporting},
		{[]signal.Event{pickedUp, worded, on(team), signal.Unscheduled{}}, signal.Analysing},
		{[]signal.Event{pickedUp, worded, on(team), spoken(team, pursuit.Promised)}, signal.Deciding},
		{[]signal.Event{pickedUp, worded, on(team), spoken(team, pursuit.TakenUp)}, signal.Deciding},
		{[]signal.Event{pickedUp, signal.Recognised{}}, signal.Collecting},
		{[]signal.Event{pickedUp, refusedMandate}, signal.Analysing},
		{[]signal.Event{pickedUp, worded, on(team), spoken(team, pursuit.Noted)}, signal.Reporting},
		{[]signal.Event{pickedUp, worded, on(team), spoken(team, pursuit.Declined)}, signal.Deciding},
		{[]signal.Event{pickedUp, worded, signal.Decided{}, signal.CarriedOut{}}, signal.Acting},
		{[]signal.Event{pickedUp, worded, signal.Decided{}, signal.PromiseBroken{}}, signal.Acting},
		{[]signal.Event{pickedUp, worded, signal.Decided{}, told, signal.Closed{}}, signal.Telling},
		{[]signal.Event{pickedUp, worded, signal.Decided{}, told, on(leisure)}, signal.Reporting},
		{[]signal.Event{pickedUp, worded, signal.Decided{}, told, linked}, signal.Telling},
		{[]signal.Event{pickedUp, worded, signal.Decided{}, signal.Unscheduled{}}, signal.Deciding},
		{[]signal.Event{pickedUp, worded, signal.Decided{}, told, signal.Closed{}, signal.Reopened{}}, signal.Collecting},
	} {
		var phase signal.Phase
		for _, e := range c.events {
			phase = phase.After(e)
		}
		if phase != c.want {
			t.Errorf("after %d events: %q, want %q", len(c.events), phase.Code(), c.want.Code())
		}
	}
	if got := signal.Noticing.AfterBundling(); got != signal.Bundling {
		t.Errorf("bundled: %s", got.Code())
	}
	if got := signal.Deciding.AfterBundling(); got != signal.Deciding {
		t.Errorf("bundled when decided: %s", got.Code())
	}
}

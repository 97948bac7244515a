package signal_test

import (
	"testing"

	"signaalboek/domain"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/signal"
	"signaalboek/domain/vocabulary"
)

func TestPhasesAreThoseOfTheCodeList(t *testing.T) {
	for i, term := range book(t).Terms(vocabulary.Phases) {
		if got := signal.Phases()[i]; domain.Code(got) != term.Code {
			t.Errorf("phase %d is %s, the list says %s", i, got, term.Code)
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
		{nil, ""},
		{[]signal.Event{pickedUp}, signal.Noticing},
		{[]signal.Event{pickedUp, linked}, signal.Collecting},
		{[]signal.Event{pickedUp, worded}, signal.Analysing},
		{[]signal.Event{pickedUp, worded, linked}, signal.Analysing},
		{[]signal.Event{pickedUp, worded, on(team)}, signal.Reporting},
		{[]signal.Event{pickedUp, worded, on(team), linked, structural}, signal.Reporting},
		{[]signal.Event{pickedUp, worded, on(team), signal.Unscheduled{}}, signal.Analysing},
		{[]signal.Event{pickedUp, worded, on(team), spoken(team, pursuit.Promised)}, signal.Deciding},
		{[]signal.Event{pickedUp, worded, signal.Decided{}, signal.CarriedOut{}}, signal.Acting},
		{[]signal.Event{pickedUp, worded, signal.Decided{}, told, signal.Closed{}}, signal.Telling},
		{[]signal.Event{pickedUp, worded, signal.Decided{}, told, on(leisure)}, signal.Reporting},
	} {
		var phase signal.Phase
		for _, e := range c.events {
			phase = phase.After(e)
		}
		if phase != c.want {
			t.Errorf("after %d events: %q, want %q", len(c.events), phase, c.want)
		}
	}
	if got := signal.Noticing.AfterBundling(); got != signal.Bundling {
		t.Errorf("bundled: %s", got)
	}
	if got := signal.Deciding.AfterBundling(); got != signal.Deciding {
		t.Errorf("bundled when decided: %s", got)
	}
}

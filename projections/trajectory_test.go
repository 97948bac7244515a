package projections

import (
	"context"
	"slices"
	"testing"

	"signaalboek/domain"
	"signaalboek/domain/bundle"
	"signaalboek/domain/contact"
	"signaalboek/domain/practice"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/signal"
)

// recognisable is what the event of a contact says of the person.
var recognisable = domain.ToSealUnder(domain.YearScope(harelbeke, 2022), make([]byte, 18))

func TestTrajectory(t *testing.T) {
	d := newDiary(t)
	talk := domain.NewStreamID("contact", numbered(1).String())
	d.write(day(1), practice.StreamOf(harelbeke), practice.Opened{Name: "Harelbeke", Defaults: "harelbeke-2022"})
	d.write(day(2), talk, contact.Registered{Details: contact.Details{
		Activity: "huisbezoek", Known: domain.Unknown, Requests: []contact.Request{{}}, Recognition: recognisable,
	}})
	heard := signal.Evidence{Setting: partner("caw"), Contact: talk, Request: 1}
	d.write(day(3), signalNo(1), signal.PickedUp{From: signal.FromHelpRequest, Evidence: heard, Themes: []domain.Code{"mobiliteit"}})
	d.write(day(10), signalNo(2), picked(partner("caw"), "mobiliteit"))
	d.write(day(12), bundles, bundle.Bundled{Signals: []domain.StreamID{signalNo(1)}, Into: signalNo(2)})
	d.write(day(15), signalNo(2), signal.Worded{Statement: domain.ToSeal("De bus rijdt niet."), Version: 1})
	early := d.count
	promised := discussed("gemeenteraad", pursuit.Promised)
	promised.Promise = domain.ToSeal("een busdienst")
	d.write(day(20), signalNo(2), discussed("team-opstap", pursuit.Noted))
	d.write(day(30), signalNo(2), promised)
	d.write(day(40), signalNo(2), signal.PromiseKept{PromiseKept: pursuit.PromiseKept{Promise: 1}})
	d.write(day(41), signalNo(2), fedBack(inFocusgroep(1)))

	read := func(set *Set) Trajectory {
		trajectory, found, err := set.Signals.Trajectory(context.Background(), d.store, harelbeke, signalNo(1), day(50))
		if err != nil || !found {
			t.Fatalf("found %v, %v", found, err)
		}
		return trajectory
	}
	got := read(d.set())
	if got.ID != signalNo(2) || got.Asked != signalNo(1) || len(got.Lineage) != 1 || got.Lineage[0].Bond != Bundled {
		t.Errorf("of %s, asked %s, lineage %v", got.ID, got.Asked, got.Lineage)
	}
	want := []struct {
		said Said
		lane Lane
		own  bool
	}{
		{"registered", LanePractice, false}, {"picked-up", LanePractice, true}, {"picked-up", LanePractice, false},
		{"worded", LanePractice, false}, {"discussed", LaneForum, false}, {"discussed", LaneCouncil, false},
		{"promise-kept", LaneCouncil, false}, {"fed-back", LaneFocusgroep, false},
	}
	if len(got.Steps) != len(want) {
		t.Fatalf("%d steps, not %d", len(got.Steps), len(want))
	}
	for i, step := range got.Steps {
		if step.Said != want[i].said || step.Lane != want[i].lane || step.Own != want[i].own {
			t.Errorf("step %d: %s in lane %s, own %v; not %v", i, step.Said, step.Lane, step.Own, want[i])
		}
	}
	if first := got.Steps[0].Event.(contact.Registered); len(got.Steps[0].Texts) > 0 || !first.Recognition.IsZero() {
		t.Error("a trajectory hands out who a contact was with")
	}
	if texts := got.Steps[5].Texts; len(texts) != 1 || d.open(texts[0]) != "een busdienst" || got.Steps[6].Promise != 1 {
		t.Errorf("the promise: %v", texts)
	}
	phases := []PhaseTime{
		{signal.Noticing, day(3), day(12), 9}, {signal.Bundling, day(12), day(15), 3}, {signal.Analysing, day(15), day(20), 5},
		{signal.Reporting, day(20), day(30), 10}, {signal.Deciding, day(30), day(40), 10}, {signal.Acting, day(40), day(41), 1}, {signal.Telling, day(41), 0, 9},
	}
	if !slices.Equal(got.Phases, phases) {
		t.Errorf("phases %v", got.Phases)
	}

	then, err := AsOf(context.Background(), d.store, d.vault, moment(early))
	if err != nil {
		t.Fatal(err)
	}
	if steps := read(then).Steps; len(steps) != 4 {
		t.Errorf("as of then: %d steps", len(steps))
	}
	if row := mustSignal(t, then, signalNo(2), day(50)); row.Described.Said != "worded" || row.Owed != 0 {
		t.Errorf("as of then: %+v", row.Described)
	}
	if _, found, err := d.set().Signals.Trajectory(context.Background(), d.store, "elsewhere", signalNo(1), day(50)); found || err != nil {
		t.Errorf("another practice found it: %v, %v", found, err)
	}
}

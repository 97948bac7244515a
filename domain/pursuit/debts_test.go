package pursuit_test

import (
	"testing"

	"signaalboek/domain"
	"signaalboek/domain/pursuit"
)

var (
	survey = pursuit.Setting{Kind: pursuit.InSurvey, Year: 2022}
	street = pursuit.Setting{Kind: pursuit.AtActivity, Code: "contact-op-straat", Year: 2022}
)

func at(n uint64) domain.Position { return domain.Position{Commit: n} }

// unpaid is how many outcomes a setting waits for, -1 if it did not raise the thing.
func unpaid(d *pursuit.Debts, thing domain.StreamID, s pursuit.Setting) int {
	for _, standing := range d.Standings(thing) {
		if standing.Setting == s {
			return standing.Unpaid
		}
	}
	return -1
}

func want(t *testing.T, d *pursuit.Debts, thing domain.StreamID, s pursuit.Setting, n int) {
	t.Helper()
	if got := unpaid(d, thing, s); got != n {
		t.Errorf("%v waits for %d outcomes of %s, want %d", s, got, thing, n)
	}
}

func TestRule2OneFeedbackPaysAllBeforeIt(t *testing.T) {
	var d pursuit.Debts
	d.Raise("signal-a", survey)
	d.Outcome("signal-a", at(1), 10)
	d.Outcome("signal-a", at(2), 20)
	d.Raise("signal-a", street)
	want(t, &d, "signal-a", survey, 2)
	want(t, &d, "signal-a", street, 2) // linked later, and owed what came before
	if oldest := d.Standings("signal-a")[0].Oldest; oldest.On != 10 {
		t.Errorf("waits since %d, want the day of the first outcome", oldest.On)
	}
	d.Told("signal-a", survey)
	d.Outcome("signal-a", at(4), 40)
	want(t, &d, "signal-a", survey, 1)
	want(t, &d, "signal-a", street, 3)
}

func TestRule2OutcomesAndWhatIsNone(t *testing.T) {
	outcomes := []domain.Event{
		step{pursuit.Discussed{}}, step{pursuit.WentUnanswered{}}, step{pursuit.Decided{}}, step{pursuit.PromiseKept{}},
		step{pursuit.PromiseBroken{}}, step{pursuit.CarriedOut{}},
	}
	for i, e := range append(outcomes, step{pursuit.Scheduled{}}, step{pursuit.Unscheduled{}}, step{pursuit.PublicActionTaken{}}) {
		var d pursuit.Debts
		d.Raise("signal-a", survey)
		entry := domain.Entry{Stream: "signal-a", Position: at(1), Event: e}
		if owing, ok := e.(step).Step.(pursuit.Owing); ok {
			owing.Owe(&d, entry)
		}
		if owed := len(d.Owed("signal-a")) == 1; owed != (i < len(outcomes)) {
			t.Errorf("%T: owed is %v", e.(step).Step, owed)
		}
	}
}

type step struct{ pursuit.Step }

func (step) EventName() string { return "signal.stepped.v1" }

func TestRule3BundledDebtCountsForTheWhole(t *testing.T) {
	var d pursuit.Debts
	d.Raise("signal-a", survey)
	d.Raise("signal-b", street)
	d.Outcome("signal-a", at(1), 1)
	d.Outcome("signal-b", at(2), 2)
	// Told of b before it was bundled: what came of a is not paid by that.
	d.Told("signal-b", survey)
	d.Join("signal-b", "signal-a")
	want(t, &d, "signal-a", survey, 1)
	want(t, &d, "signal-a", street, 2)
	want(t, &d, "signal-b", street, -1) // it stands with the whole
	d.Outcome("signal-a", at(5), 5)
	d.Part("signal-b")
	want(t, &d, "signal-b", street, 2) // its own, and what came while it was part of the whole; not what came before
	want(t, &d, "signal-a", survey, 2)
	d.Join("signal-b", "signal-a")
	want(t, &d, "signal-a", street, 3) // nothing is counted twice
}

func TestRule3PartsAndRecommendationsOweThoseWhoRaisedIt(t *testing.T) {
	var d pursuit.Debts
	d.Raise("signal-a", survey)
	d.Outcome("signal-a", at(1), 1)
	d.Divide("signal-a", []domain.StreamID{"signal-b", "signal-c"})
	d.Answer("recommendation-r", []domain.StreamID{"signal-b"})
	d.Outcome("recommendation-r", at(2), 2)
	d.Outcome("signal-c", at(3), 3)
	want(t, &d, "signal-a", survey, 1) // what came of it before stays with it
	want(t, &d, "signal-b", survey, 0)
	want(t, &d, "signal-c", survey, 1)
	want(t, &d, "recommendation-r", survey, 1)
	d.Told("recommendation-r", survey)
	want(t, &d, "recommendation-r", survey, 0)
	want(t, &d, "signal-c", survey, 1)
}

// What is known of an outcome is told with it: where it stands in the log, if that was said.
func TestOutcomesStandWhereTheyWereSaidTo(t *testing.T) {
	var placed, unplaced pursuit.Debts
	for d, place := range map[*pursuit.Debts]domain.Position{&placed: at(7), &unplaced: {}} {
		d.Raise("signal-a", survey)
		d.Outcome("signal-a", place, 10)
		if got, want := d.Standings("signal-a")[0].Oldest, (pursuit.Result{At: place, On: 10}); got != want {
			t.Errorf("oldest is %+v, want %+v", got, want)
		}
		if got := d.Unpaid("signal-a", survey); len(got) != 1 || got[0] != (pursuit.Result{At: place, On: 10}) {
			t.Errorf("unpaid: %+v", got)
		}
		if got := d.Unpaid("signal-none", survey); got != nil {
			t.Errorf("unpaid of nothing: %+v", got)
		}
	}
}

// Streams are read one after the other; debts follow the order of the log.
func TestDebtsOfStreamsFollowTheLog(t *testing.T) {
	raised := domain.Entry{Stream: "signal-a", Position: at(1), Event: owing(func(d *pursuit.Debts) { d.Raise("signal-a", survey) })}
	told := domain.Entry{Stream: "signal-a", Position: at(3), Event: owing(func(d *pursuit.Debts) { d.Told("signal-a", survey) })}
	came := domain.Entry{Stream: "signal-b", Position: at(2), Meta: domain.Meta{On: 20}, Event: owing(func(d *pursuit.Debts) { d.Outcome("signal-a", at(2), 20) })}
	d := pursuit.DebtsOf([]domain.Entry{raised, told}, []domain.Entry{came})
	want(t, d, "signal-a", survey, 0)
	want(t, pursuit.DebtsOf([]domain.Entry{raised}, []domain.Entry{came}), "signal-a", survey, 1)
}

// owing is an event that does to debts what it says.
type owing func(*pursuit.Debts)

func (owing) EventName() string                      { return "signal.owing.v1" }
func (o owing) Owe(d *pursuit.Debts, _ domain.Entry) { o(d) }

func TestRule2FeedingBackPays(t *testing.T) {
	var d pursuit.Debts
	d.Raise("signal-a", survey)
	d.Outcome("signal-a", at(1), 1)
	pursuit.FedBack{Setting: survey}.Owe(&d, domain.Entry{Stream: "signal-a", Position: at(2)})
	want(t, &d, "signal-a", survey, 0)
	d.Outcome("signal-a", at(3), 3)
	pursuit.FedBack{Setting: survey}.Owe(&d, domain.Entry{Stream: "signal-a", Position: at(4)})
	want(t, &d, "signal-a", survey, 0)
}

func TestRule3WhatCameBeforeJoiningIsOfTheWholeAlone(t *testing.T) {
	var d pursuit.Debts
	d.Raise("signal-a", survey)
	d.Raise("signal-b", street)
	d.Outcome("signal-a", at(1), 1)
	d.Join("signal-b", "signal-a")
	d.Outcome("signal-a", at(2), 2)
	d.Outcome("signal-b", at(3), 3) // a promise that was made about b
	d.Part("signal-b")
	if got := d.Unpaid("signal-b", street); len(got) != 2 || got[0].On != 2 || got[1].On != 3 {
		t.Errorf("b stands alone with %+v, want what came of the whole, then of itself", got)
	}
	d.Told("signal-b", street)
	want(t, &d, "signal-b", street, 0)
}

func TestRule3ASignalIsInOneBundleAtATime(t *testing.T) {
	var d pursuit.Debts
	d.Raise("signal-a", survey)
	d.Raise("signal-b", survey)
	d.Raise("signal-c", street)
	d.Join("signal-c", "signal-a")
	d.Join("signal-c", "signal-b")
	d.Outcome("signal-a", at(1), 1)
	want(t, &d, "signal-a", street, -1)
	want(t, &d, "signal-b", street, 0)
}

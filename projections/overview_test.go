package projections

import (
	"reflect"
	"testing"

	"signaalboek/domain"
	"signaalboek/domain/bundle"
	"signaalboek/domain/contact"
	"signaalboek/domain/focusgroep"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/recommendation"
	"signaalboek/domain/signal"
)

// overviewLog is two contacts, a focusgroep meeting and three signals: the first walks the whole road, the second was
// bundled into it, the third was heard a year before and is discussed now.
func overviewLog() *log {
	l := newLog()
	for n := range 2 {
		l.contact(streamIn("contact", n), date(2022, 3, 1), 0, "", contact.Registered{
			Details: visited("huisbezoek", request("huisvesting", "", ""), request("werk", "", ""))})
	}
	l.on(streamIn("focusgroep", 1), date(2022, 2, 1), focusgroep.Planned{Day: date(2022, 4, 1)})
	l.on(streamIn("focusgroep", 1), date(2022, 4, 1), focusgroep.Held{Present: 9, Newcomers: 1})
	l.on(streamIn("focusgroep", 1), date(2022, 4, 1), focusgroep.ThemeDiscussed{Theme: "huisvesting", Weight: 4})
	heard := pursuit.Setting{Kind: pursuit.AtFocusgroep, Stream: streamIn("focusgroep", 1)}
	for _, s := range []struct {
		n  int
		on domain.Date
	}{{3, date(2021, 4, 1)}, {1, date(2022, 4, 1)}, {2, date(2022, 4, 2)}} {
		l.on(streamIn("signal", s.n), s.on, signal.PickedUp{
			From: signal.FromFocusgroep, Themes: []domain.Code{"huisvesting"}, Evidence: signal.Evidence{Setting: heard}})
	}
	one, three := streamIn("signal", 1), streamIn("signal", 3)
	l.on(one, date(2022, 4, 3), signal.Worded{Statement: domain.Sealed{Box: "closed"}, Version: 1})
	l.on("bundles-harelbeke-centrum", date(2022, 4, 4), bundle.Bundled{Signals: []domain.StreamID{streamIn("signal", 2)}, Into: one})
	l.on(one, date(2022, 5, 1), signal.Scheduled{Scheduled: pursuit.Scheduled{Forum: "team-opstap"}})
	l.on(one, date(2022, 5, 2), signal.Discussed{Discussed: pursuit.Discussed{
		Forum: "team-opstap", Outcome: pursuit.Promised, PromiseBy: date(2022, 9, 1), Promise: domain.Sealed{Box: "closed"}}})
	l.on(one, date(2022, 6, 1), signal.Decided{Decided: pursuit.Decided{
		Forum: "gemeenteraad", Verdict: pursuit.Partly, Reference: &pursuit.Reference{URI: "https://example.org/besluit", Page: 2}}})
	l.on(one, date(2022, 6, 8), signal.PromiseKept{PromiseKept: pursuit.PromiseKept{Promise: 1}})
	l.on(one, date(2022, 7, 1), signal.FedBack{FedBack: pursuit.FedBack{Setting: heard, Channel: "gesprek", Present: 8}})
	l.on(three, date(2022, 7, 2), signal.WentUnanswered{WentUnanswered: pursuit.WentUnanswered{Forum: "team-opstap", Since: date(2022, 1, 1)}})
	l.on(streamIn("recommendation", 1), date(2022, 7, 3), recommendation.Drafted{
		Text: domain.Sealed{Box: "closed"}, Answers: []domain.StreamID{one}, MadeBy: recommendation.ByTeam})
	return l
}

func TestOverview(t *testing.T) {
	got := thawed(t, overviewLog().set(t)).Overviews.of(here, YearPeriod(2022))
	heard := Heard{Contacts: 2, Requests: 4, Signals: 2, Meetings: 1, Present: 9, FocusgroepThemes: []ThemeCount{{"huisvesting", 1}}}
	if !reflect.DeepEqual(got.Heard, heard) {
		t.Errorf("heard is %+v", got.Heard)
	}
	raised := Raised{Scheduled: 1, Discussed: 1, Forums: []ForumCount{
		{Forum: "gemeenteraad", Decided: 1}, {Forum: "team-opstap", Scheduled: 1, Discussed: 1, Promises: 1, Unanswered: 1}}}
	if !reflect.DeepEqual(got.Raised, raised) {
		t.Errorf("raised is %+v", got.Raised)
	}
	decided := DecidedCount{Partly: 1, Outcomes: map[pursuit.Outcome]int{pursuit.Promised: 1}, Promises: 1, Kept: 1, Unanswered: 1}
	if !reflect.DeepEqual(got.Decided, decided) {
		t.Errorf("decided is %+v", got.Decided)
	}
	if want := (FedBackCount{Settings: 1, Present: 8, Owed: 1}); got.FedBack != want {
		t.Errorf("fed back is %+v", got.FedBack)
	}
	funnel := []FunnelStep{{FunnelContacts, 2}, {FunnelRequests, 4}, {FunnelSignals, 2}, {FunnelWorded, 2},
		{FunnelRaised, 2}, {FunnelAnswered, 2}, {FunnelFedBack, 2}}
	if !reflect.DeepEqual(got.Funnel, funnel) {
		t.Errorf("the funnel is %v", got.Funnel)
	}
}

func TestOverviewLines(t *testing.T) {
	got := overviewLog().set(t).Overviews.of(here, YearPeriod(2022))
	if len(got.Signals) != 3 || len(got.Recommendations) != 1 {
		t.Fatalf("there are %d signals and %d recommendations", len(got.Signals), len(got.Recommendations))
	}
	three, one, two := got.Signals[0], got.Signals[1], got.Signals[2]
	steps := []OverviewStep{
		{On: date(2022, 5, 1), Said: "scheduled", Forum: "team-opstap"},
		{On: date(2022, 5, 2), Said: "discussed", Forum: "team-opstap", Outcome: pursuit.Promised, PromiseBy: date(2022, 9, 1)},
		{On: date(2022, 6, 1), Said: "decided", Forum: "gemeenteraad", Verdict: pursuit.Partly,
			Reference: &pursuit.Reference{URI: "https://example.org/besluit", Page: 2}},
		{On: date(2022, 6, 8), Said: "promise-kept", Forum: "team-opstap"},
	}
	if !reflect.DeepEqual(one.Steps, steps) || !reflect.DeepEqual(one.FedBack, []domain.Date{date(2022, 7, 1)}) || one.Owed != 0 {
		t.Errorf("the first went %+v, told %v, owes %d", one.Steps, one.FedBack, one.Owed)
	}
	if two.PartOf != one.ID || two.Steps != nil {
		t.Errorf("the second is %+v", two)
	}
	if three.PickedUp != date(2021, 4, 1) || three.Owed != 1 || len(three.Steps) != 1 {
		t.Errorf("the third is %+v", three)
	}
	if answers := got.Recommendations[0].Answers; !reflect.DeepEqual(answers, []domain.StreamID{one.ID}) {
		t.Errorf("the recommendation answers %v", answers)
	}
}

// Before anything was raised, the funnel ends where it ended then.
func TestOverviewOfEarlierPeriod(t *testing.T) {
	got := overviewLog().set(t).Overviews.of(here, Period{date(2022, 4, 1), date(2022, 4, 30)})
	want := []FunnelStep{{FunnelContacts, 0}, {FunnelRequests, 0}, {FunnelSignals, 2}, {FunnelWorded, 2},
		{FunnelRaised, 0}, {FunnelAnswered, 0}, {FunnelFedBack, 0}}
	if !reflect.DeepEqual(got.Funnel, want) {
		t.Errorf("the funnel is %v", got.Funnel)
	}
}

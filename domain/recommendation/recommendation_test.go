package recommendation_test

import (
	"reflect"
	"testing"

	"signaalboek/domain"
	"signaalboek/domain/domaintest"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/recommendation"
	"signaalboek/domain/vocabulary"
)

const (
	answered = domain.StreamID("signal-a")
	meeting  = domain.StreamID("focusgroep-1")
	team     = domain.Code("team-opstap")
)

var (
	drafted = recommendation.Drafted{
		Text: domain.ToSeal("Maak één lijst."), Answers: []domain.StreamID{answered}, MadeBy: recommendation.ByFocusgroep,
	}
	draft  = recommendation.Draft{Text: "Maak één lijst.", Answers: drafted.Answers, MadeBy: drafted.MadeBy}
	survey = pursuit.Setting{Kind: pursuit.InSurvey, Year: 2022}
	item   = pursuit.Scheduled{Forum: team, InNameOf: pursuit.OwnOrganisation, Through: pursuit.OwnItem}
)

type spec = domaintest.Spec[recommendation.State, recommendation.Facts, recommendation.Command, recommendation.Event]

func facts(t testing.TB) recommendation.Facts {
	t.Helper()
	book, ok := vocabulary.Defaults(vocabulary.Harelbeke2022)
	if !ok {
		t.Fatal("no defaults")
	}
	return recommendation.Facts{
		On: 20000, Book: book, MeetingHeld: true,
		Signals:   map[domain.StreamID]pursuit.Whole{answered: {}},
		Standings: []pursuit.Standing{{Setting: survey, Answered: true, Unpaid: 1}},
	}
}

func knowing(t testing.TB, f recommendation.Facts, events ...recommendation.Event) spec {
	t.Helper()
	return domaintest.Given(t, recommendation.Decider, f, events...)
}

func given(t testing.TB, events ...recommendation.Event) spec {
	t.Helper()
	return knowing(t, facts(t), events...)
}

func TestDrafting(t *testing.T) {
	given(t).When(draft).Then(drafted)
	given(t, drafted).When(draft).Refused(recommendation.ErrExists)
	for _, c := range []struct {
		change func(*recommendation.Draft)
		want   *domain.Refusal
	}{
		{func(d *recommendation.Draft) { d.Text = "" }, pursuit.ErrTextMissing},
		{func(d *recommendation.Draft) { d.MadeBy = "mayor" }, pursuit.ErrChoiceUnknown},
		{func(d *recommendation.Draft) { d.Answers = nil }, recommendation.ErrAnswersNone},
		{func(d *recommendation.Draft) { d.Answers = []domain.StreamID{answered, answered} }, recommendation.ErrAnsweredTwice},
		{func(d *recommendation.Draft) { d.Answers = []domain.StreamID{"signal-none"} }, pursuit.ErrSignalNotFound},
		{func(d *recommendation.Draft) { d.MadeBy = recommendation.ByForum }, recommendation.ErrMakerUnclear},
		{func(d *recommendation.Draft) { d.Forum = team }, recommendation.ErrMakerUnclear},
	} {
		wrong := draft
		c.change(&wrong)
		given(t).When(wrong).Refused(c.want)
	}
	for maker, forum := range map[recommendation.Maker]domain.Code{recommendation.ByTeam: "", recommendation.ByForum: team} {
		made, want := draft, drafted
		made.MadeBy, made.Forum, want.MadeBy, want.Forum = maker, forum, maker, forum
		given(t).When(made).Then(want)
	}
}

func TestRewordingAndAdopting(t *testing.T) {
	given(t, drafted).When(recommendation.Reword{Text: "Maak een lijst."}).Then(
		recommendation.Reworded{Text: domain.ToSeal("Maak een lijst."), Version: 2})
	given(t).When(recommendation.Reword{Text: "Maak een lijst."}).Refused(recommendation.ErrNotFound)
	given(t, drafted).When(recommendation.Reword{Text: " "}).Refused(pursuit.ErrTextMissing)
	given(t, drafted, recommendation.Reworded{Version: 2}).When(recommendation.Reword{Text: "Maak de lijst."}).Then(
		recommendation.Reworded{Text: domain.ToSeal("Maak de lijst."), Version: 3})
	adopted := recommendation.Adopted{Meeting: meeting}
	given(t, drafted).When(recommendation.Adopt(adopted)).Then(adopted)
	given(t, drafted, adopted).When(recommendation.Adopt(adopted)).Nothing()
	given(t, drafted).When(recommendation.Adopt{Meeting: "signal-a"}).Refused(pursuit.ErrMeetingMissing)
	planned := facts(t)
	planned.MeetingHeld = false
	knowing(t, planned, drafted).When(recommendation.Adopt(adopted)).Refused(pursuit.ErrMeetingNotHeld)
}

func TestRule1ARecommendationIsNoWayAroundARefusal(t *testing.T) {
	schedule := recommendation.Schedule{Schedule: pursuit.Schedule(item)}
	given(t, drafted).When(schedule).Then(recommendation.Scheduled{Scheduled: item})
	refused := pursuit.SignalFact{OfFocusgroep: true, MandateRefused: true}
	for _, whole := range []pursuit.Whole{{SignalFact: refused}, {Others: []pursuit.SignalFact{{}, refused}}} {
		f := facts(t)
		f.Signals = map[domain.StreamID]pursuit.Whole{answered: whole}
		knowing(t, f, drafted).When(schedule).Refused(pursuit.ErrMandateRefused)
		knowing(t, f, drafted).When(recommendation.TakePublicAction{}).Refused(pursuit.ErrMandateRefused)
	}
}

func TestRule1WithoutAMandateIsMarkedSo(t *testing.T) {
	byTeam, marked := drafted, item
	byTeam.MadeBy, marked.WithoutMandate = recommendation.ByTeam, true
	plain, without := recommendation.Schedule{Schedule: pursuit.Schedule(item)}, recommendation.Schedule{Schedule: pursuit.Schedule(marked)}
	adopted := recommendation.Adopted{Meeting: meeting}
	f := facts(t)
	f.Signals = map[domain.StreamID]pursuit.Whole{answered: {SignalFact: pursuit.SignalFact{OfFocusgroep: true}}}
	knowing(t, f, byTeam).When(plain).Refused(pursuit.ErrMandateMissing)
	knowing(t, f, byTeam).When(recommendation.Schedule{}).Refused(vocabulary.ErrUnknownForum) // so that its form is offered
	knowing(t, f, byTeam).When(without).Then(recommendation.Scheduled{Scheduled: marked})
	knowing(t, f, byTeam, adopted).When(plain).Then(recommendation.Scheduled{Scheduled: item})
	knowing(t, f, byTeam, adopted).When(without).Refused(pursuit.ErrMandateThere)
	knowing(t, f, drafted).When(plain).Then(recommendation.Scheduled{Scheduled: item})
	f.Signals = map[domain.StreamID]pursuit.Whole{answered: {SignalFact: pursuit.SignalFact{OfFocusgroep: true, MandateGiven: true}}}
	knowing(t, f, byTeam).When(plain).Then(recommendation.Scheduled{Scheduled: item})
}

// Whoever raised the signals that it answers is owed what comes of it.
func TestRule2WhoeverRaisedTheSignalIsOwedAnAnswer(t *testing.T) {
	var debts pursuit.Debts
	debts.Raise(answered, survey)
	for i, e := range []domain.Event{drafted, recommendation.Decided{}} {
		debts.Apply(domain.Entry{Stream: "recommendation-r", Position: domain.Position{Commit: uint64(i + 1)}, Event: e})
	}
	if owed := debts.Owed("recommendation-r"); len(owed) != 1 || owed[0].Setting != survey {
		t.Errorf("owed: %+v, want the survey", owed)
	}
}

// What it answers stands in the recommendation itself, but for a draft.
func TestNeeds(t *testing.T) {
	state := recommendation.Decider.Fold(recommendation.State{}, drafted)
	answers := []domain.StreamID{answered}
	for _, c := range []struct {
		command recommendation.Command
		want    pursuit.Needs
	}{
		{recommendation.Draft{Answers: []domain.StreamID{"signal-b"}}, pursuit.Needs{Signals: []domain.StreamID{"signal-b"}, Wholes: true}},
		{recommendation.Adopt{Meeting: meeting}, pursuit.Needs{Meetings: []domain.StreamID{meeting}}},
		{recommendation.Schedule{}, pursuit.Needs{Signals: answers, Wholes: true}},
		{recommendation.TakePublicAction{}, pursuit.Needs{Signals: answers, Wholes: true}},
		{recommendation.FeedBack{}, pursuit.Needs{Signals: answers, Debts: true}},
		{recommendation.Reword{}, pursuit.Needs{}},
	} {
		if got := recommendation.NeedsOf(state, c.command); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%T needs %+v, want %+v", c.command, got, c.want)
		}
	}
}

func TestTheRoadIsThatOfASignal(t *testing.T) {
	scheduled := recommendation.Scheduled{Scheduled: item}
	promised := recommendation.Discussed{Discussed: pursuit.Discussed{
		Forum: team, Outcome: pursuit.Promised, BroughtBy: pursuit.Both, Promise: domain.ToSeal("Een lijst."),
	}}
	given(t, drafted, scheduled).When(recommendation.Discuss{Discuss: pursuit.Discuss{
		Forum: team, Outcome: pursuit.Promised, BroughtBy: pursuit.Both, Promise: "Een lijst.",
	}}).Then(promised)
	given(t, drafted, scheduled, promised).When(recommendation.KeepPromise{KeepPromise: pursuit.KeepPromise{Promise: 1}}).Then(
		recommendation.PromiseKept{PromiseKept: pursuit.PromiseKept{Promise: 1}})
	told := pursuit.FedBack{Setting: survey, Channel: "flyer"}
	given(t, drafted).When(recommendation.FeedBack{FeedBack: pursuit.FeedBack{Setting: survey, Channel: "flyer"}}).Then(
		recommendation.FedBack{FedBack: told})
	yesterday := item
	yesterday.Meeting = facts(t).On - 1
	given(t, drafted).When(recommendation.Schedule{Schedule: pursuit.Schedule(yesterday)}).Refused(pursuit.ErrDateTooEarly)
	for _, c := range []recommendation.Command{
		recommendation.Schedule{}, recommendation.Unschedule{}, recommendation.Discuss{}, recommendation.GoUnanswered{},
		recommendation.Decide{}, recommendation.KeepPromise{}, recommendation.BreakPromise{},
		recommendation.TakePublicAction{}, recommendation.CarryOut{}, recommendation.FeedBack{}, recommendation.Adopt{},
	} {
		given(t).When(c).Refused(recommendation.ErrNotFound)
	}
}

package recommendation_test

import (
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
}

func TestRewordingAndAdopting(t *testing.T) {
	given(t, drafted).When(recommendation.Reword{Text: "Maak een lijst."}).Then(
		recommendation.Reworded{Text: domain.ToSeal("Maak een lijst."), Version: 2})
	given(t).When(recommendation.Reword{Text: "Maak een lijst."}).Refused(recommendation.ErrNotFound)
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
	for _, c := range []recommendation.Command{
		recommendation.Schedule{}, recommendation.Unschedule{}, recommendation.Discuss{}, recommendation.GoUnanswered{},
		recommendation.Decide{}, recommendation.KeepPromise{}, recommendation.BreakPromise{},
		recommendation.TakePublicAction{}, recommendation.CarryOut{}, recommendation.FeedBack{}, recommendation.Adopt{},
	} {
		given(t).When(c).Refused(recommendation.ErrNotFound)
	}
}

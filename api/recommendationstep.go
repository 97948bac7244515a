package api

import (
	"net/http"

	"signaalboek/domain"
	"signaalboek/domain/recommendation"
	"signaalboek/projections"
)

// recommendationSteps is all that can be done with a recommendation, in the order of the road.
var recommendationSteps = []nextStep[recommendation.Command]{
	{"reword", "words", nil, recommendation.Reword{}, ofRecommendation(func(f *fields) recommendation.Command {
		return recommendation.Reword{Text: f.text("text")}
	})},
	{"adopt", "focusgroep", nil, recommendation.Adopt{}, ofRecommendation(func(f *fields) recommendation.Command {
		return recommendation.Adopt{Meeting: f.meeting()}
	})},
	{"schedule", "forum", []projections.NextStep{projections.NextSchedule}, recommendation.Schedule{},
		ofRecommendation(func(f *fields) recommendation.Command { return recommendation.Schedule{Schedule: f.schedule()} })},
	{"discuss", "forum", []projections.NextStep{projections.NextAttend, projections.NextAskAnswer}, recommendation.Discuss{},
		ofRecommendation(func(f *fields) recommendation.Command { return recommendation.Discuss{Discuss: f.discuss()} })},
	{"decide", "forum", nil, recommendation.Decide{}, ofRecommendation(func(f *fields) recommendation.Command {
		return recommendation.Decide{Decide: f.decide()}
	})},
	{"go-unanswered", "forum", nil, recommendation.GoUnanswered{}, ofRecommendation(func(f *fields) recommendation.Command {
		return recommendation.GoUnanswered{GoUnanswered: f.goUnanswered()}
	})},
	{"unschedule", "forum", nil, recommendation.Unschedule{}, ofRecommendation(func(f *fields) recommendation.Command {
		return recommendation.Unschedule{Unschedule: f.unschedule()}
	})},
	{"keep-promise", "action", []projections.NextStep{projections.NextSettlePromise, projections.NextFollowPromise},
		recommendation.KeepPromise{}, ofRecommendation(func(f *fields) recommendation.Command {
			return recommendation.KeepPromise{KeepPromise: f.keepPromise()}
		})},
	{"break-promise", "action", nil, recommendation.BreakPromise{}, ofRecommendation(func(f *fields) recommendation.Command {
		return recommendation.BreakPromise{BreakPromise: f.breakPromise()}
	})},
	{"carry-out", "action", []projections.NextStep{projections.NextCarryOut}, recommendation.CarryOut{},
		ofRecommendation(func(f *fields) recommendation.Command { return recommendation.CarryOut{CarryOut: f.carryOut()} })},
	{"take-public-action", "action", nil, recommendation.TakePublicAction{},
		ofRecommendation(func(f *fields) recommendation.Command {
			return recommendation.TakePublicAction{TakePublicAction: f.takePublicAction()}
		})},
	{"feed-back", "telling", []projections.NextStep{projections.NextFeedBack}, recommendation.FeedBack{},
		ofRecommendation(func(f *fields) recommendation.Command { return recommendation.FeedBack{FeedBack: f.feedBack()} })},
}

// ofRecommendation gives a command to a recommendation.
func ofRecommendation(read func(*fields) recommendation.Command) giving {
	return func(s *site, r *http.Request, id domain.StreamID) errand {
		return writing(s, r, s.Ledger.Recommendations, id, read)
	}
}

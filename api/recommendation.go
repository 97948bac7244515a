package api

import (
	"slices"

	"signaalboek/domain/recommendation"
	"signaalboek/projections"
)

// recommendationCalls is what can be asked and said of recommendations.
func (s *site) recommendationCalls() []route {
	return slices.Concat(
		commands(s, s.Ledger.Recommendations, recommendationVerbs...),
		s.questions(
			question{"/recommendations", listRecommendations},
			question{"/recommendations/{id}", readRecommendation},
			question{"/recommendations/{id}/trajectory", readTrajectory},
		),
	)
}

var recommendationVerbs = []verb[recommendation.Command]{
	{path: "/recommendations", command: recommendation.Draft{}, stream: created, draft: true},
	{path: "/recommendations/{id}/reword", command: recommendation.Reword{}, stream: byID, match: always, draft: true},
	{path: "/recommendations/{id}/adopt", command: recommendation.Adopt{}, stream: byID},
	{path: "/recommendations/{id}/schedule", command: recommendation.Schedule{}, stream: byID},
	{path: "/recommendations/{id}/unschedule", command: recommendation.Unschedule{}, stream: byID},
	{path: "/recommendations/{id}/discuss", command: recommendation.Discuss{}, stream: byID},
	{path: "/recommendations/{id}/go-unanswered", command: recommendation.GoUnanswered{}, stream: byID},
	{path: "/recommendations/{id}/decide", command: recommendation.Decide{}, stream: byID},
	{path: "/recommendations/{id}/keep-promise", command: recommendation.KeepPromise{}, stream: byID},
	{path: "/recommendations/{id}/break-promise", command: recommendation.BreakPromise{}, stream: byID},
	{path: "/recommendations/{id}/take-public-action", command: recommendation.TakePublicAction{}, stream: byID},
	{path: "/recommendations/{id}/carry-out", command: recommendation.CarryOut{}, stream: byID},
	{path: "/recommendations/{id}/feed-back", command: recommendation.FeedBack{}, stream: byID},
}

func listRecommendations(a *asked) (answer, error) {
	after, limit := a.page()
	filter := projections.RecommendationFilter{
		Answers: a.stream("answers"), Forum: a.code("forum"), After: after, Limit: limit,
	}
	page, err := a.set.Signals.Recommendations(a.context(), a.practice, filter, a.today)
	return answer{rows: page.Rows, next: page.Next}, err
}

func readRecommendation(a *asked) (answer, error) {
	row, ok, err := a.set.Signals.Recommendation(a.context(), a.practice, a.id(), a.today)
	if err != nil {
		return answer{}, err
	}
	if !ok {
		return answer{}, errNoSuchThing
	}
	return found(row, row.Revision)
}

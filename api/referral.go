package api

import (
	"slices"

	"signaalboek/domain/referral"
	"signaalboek/projections"
)

// referralCalls is what can be asked and said of bringing people to services, and of services bringing people here.
func (s *site) referralCalls() []route {
	return slices.Concat(
		commands(s, s.Ledger.Referrals, referralVerbs...),
		s.questions(
			question{"/referrals", listReferrals},
			question{"/referrals/by-service", listServices},
			question{"/referrals/{id}", readReferral},
		),
	)
}

var referralVerbs = []verb[referral.Command]{
	{path: "/referrals", command: referral.Make{}, stream: created},
	{path: "/referrals/{id}/arrive", command: referral.Arrive{}, stream: byID},
	{path: "/referrals/{id}/miss", command: referral.Miss{}, stream: byID},
	{path: "/referrals/{id}/complete", command: referral.Complete{}, stream: byID},
	{path: "/referrals/{id}/lapse", command: referral.Lapse{}, stream: byID},
}

func listReferrals(a *asked) (answer, error) {
	after, limit := a.page()
	page, err := a.set.Referrals.List(a.practice, projections.ReferralFilter{
		Service:   a.code("service"),
		Direction: oneOf(a, "direction", "", referral.Out, referral.In),
		State: oneOf(a, "state", "", projections.ReferralOpen, projections.ReferralArrived, projections.ReferralMissed,
			projections.ReferralCompleted, projections.ReferralLapsed),
		Period: a.period(), After: after, Limit: limit,
	})
	return answer{rows: page.Rows, next: page.Next}, err
}

func listServices(a *asked) (answer, error) {
	return answer{rows: a.set.Referrals.ByService(a.practice, a.period())}, nil
}

func readReferral(a *asked) (answer, error) {
	one, ok := a.set.Referrals.Referral(a.practice, a.id())
	if !ok {
		return answer{}, errNoSuchThing
	}
	return found(one, one.Revision)
}

package api

import (
	"slices"

	"signaalboek/domain/session"
	"signaalboek/projections"
)

// sessionCalls is what can be asked and said of sessions of group activities.
func (s *site) sessionCalls() []route {
	return slices.Concat(
		commands(s, s.Ledger.Sessions, sessionVerbs...),
		s.questions(
			question{"/sessions", listSessions},
			question{"/sessions/{id}", readSession},
		),
	)
}

var sessionVerbs = []verb[session.Command]{
	{path: "/sessions", command: session.Hold{}, stream: created},
	{path: "/sessions/{id}/correct", command: session.Correct{}, stream: byID, match: always},
	{path: "/sessions/{id}/withdraw", command: session.Withdraw{}, stream: byID},
}

func listSessions(a *asked) (answer, error) {
	after, limit := a.page()
	page, err := a.set.Sessions.List(a.practice, projections.SessionFilter{
		Activity: a.code("activity"), Period: a.period(), After: after, Limit: limit,
	})
	return answer{rows: page.Rows, next: page.Next}, err
}

func readSession(a *asked) (answer, error) {
	one, ok := a.set.Sessions.Session(a.practice, a.id())
	if !ok {
		return answer{}, errNoSuchThing
	}
	return found(one, one.Revision)
}

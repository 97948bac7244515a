package api

import (
	"slices"

	"signaalboek/domain/contact"
	"signaalboek/projections"
)

// contactCalls is what can be asked and said of contacts.
func (s *site) contactCalls() []route {
	return slices.Concat(
		commands(s, s.Ledger.Contacts, contactVerbs...),
		s.questions(
			question{"/contacts", listContacts},
			question{"/contacts/{id}", readContact},
			question{"/help-requests/not-taken-up", listNotTakenUp},
		),
	)
}

var contactVerbs = []verb[contact.Command]{
	{path: "/contacts", command: contact.Register{}, stream: created},
	{path: "/contacts/{id}/correct", command: contact.Correct{}, stream: byID, match: always},
	{path: "/contacts/{id}/withdraw", command: contact.Withdraw{}, stream: byID},
	{path: "/contacts/{id}/follow-up-request", command: contact.FollowUpRequest{}, stream: byID},
}

func listContacts(a *asked) (answer, error) {
	after, limit := a.page()
	page, err := a.set.Contacts.List(a.practice, projections.ContactFilter{
		Activity: a.code("activity"), Theme: a.code("theme"), Approach: a.code("approach"), Service: a.code("service"),
		Period: a.period(), After: after, Limit: limit,
	})
	return answer{rows: page.Rows, next: page.Next}, err
}

func readContact(a *asked) (answer, error) {
	one, ok := a.set.Contacts.Contact(a.practice, a.id())
	if !ok {
		return answer{}, errNoSuchThing
	}
	return found(one, one.Revision)
}

func listNotTakenUp(a *asked) (answer, error) {
	return answer{rows: a.set.Contacts.Untaken(a.practice)}, nil
}

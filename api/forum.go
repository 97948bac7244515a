package api

import (
	"net/http"
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/forum"
)

// forumCalls is what can be asked and said of forums: their calendar, their agenda, and how they follow up.
func (s *site) forumCalls() []route {
	return slices.Concat(
		commands(s, s.Ledger.Forums, forumVerbs...),
		s.questions(
			question{"/forums", listForums},
			question{"/forums/{forum}/meetings", listForumMeetings},
			question{"/forums/{forum}/agenda", readAgenda},
			question{"/forums/{forum}/follow-up", readFollowUp},
		),
	)
}

var forumVerbs = []verb[forum.Command]{
	{path: "/forums/{forum}/plan-meeting", command: forum.PlanMeeting{}, stream: ofForum},
	{path: "/forums/{forum}/hold-meeting", command: forum.HoldMeeting{}, stream: ofForum},
	{path: "/forums/{forum}/cancel-meeting", command: forum.CancelMeeting{}, stream: ofForum},
	{path: "/forums/{forum}/link-documents", command: forum.LinkDocuments{}, stream: ofForum},
}

// ofForum is the calendar of the forum that the path names, in the practice of whoever asks.
func ofForum(r *http.Request) domain.StreamID {
	return forum.StreamOf(actorOf(r).Practice, domain.Code(variable(r, "forum")))
}

// forum is the forum that the path names. False if the practice has no such forum.
func (a *asked) forum() (domain.Code, bool) {
	code := domain.Code(variable(a.r, "forum"))
	_, known := a.set.Words.Book(a.practice).Forum(code)
	return code, known
}

func listForums(a *asked) (answer, error) {
	return answer{rows: a.set.Words.Book(a.practice).Forums()}, nil
}

func listForumMeetings(a *asked) (answer, error) {
	code, known := a.forum()
	if !known {
		return answer{}, errNoSuchThing
	}
	return answer{rows: a.set.Forums.Meetings(a.practice, code)}, nil
}

func readAgenda(a *asked) (answer, error) {
	code, known := a.forum()
	if !known {
		return answer{}, errNoSuchThing
	}
	after, limit := a.page()
	found, err := a.set.Forums.Agenda(a.context(), a.practice, code, a.today)
	if err != nil {
		return answer{}, err
	}
	page, err := agendaPage(&found, after, limit)
	return answer{one: found, next: page.next}, err
}

func readFollowUp(a *asked) (answer, error) {
	code, known := a.forum()
	if !known {
		return answer{}, errNoSuchThing
	}
	found, err := a.set.Forums.FollowUp(a.context(), a.practice, code, a.today)
	if err != nil {
		return answer{}, err
	}
	return whole(found)
}

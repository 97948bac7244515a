package api

import (
	"net/http"
	"slices"

	"github.com/google/uuid"

	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/domain/forum"
	"signaalboek/domain/ledger"
	"signaalboek/domain/vocabulary"
	"signaalboek/projections"
)

func (s *site) forumPages() []route {
	return []route{
		{"GET", "/overleg", people, s.forumsPage},
		{"GET", "/overleg/{forum}", people, s.forumPage},
		{"POST", "/overleg/{forum}", people, s.planForumMeeting},
		{"POST", "/overleg/{forum}/{meeting}/houden", people, s.holdForumMeeting},
		{"POST", "/overleg/{forum}/{meeting}/schrappen", people, s.cancelForumMeeting},
		{"POST", "/overleg/{forum}/{meeting}/documenten", people, s.linkForumDocuments},
	}
}

func forumsTrail() []web.Crumb { return []web.Crumb{{Label: web.T("forums.title"), Href: "/overleg"}} }

func forumAddress(code domain.Code) string { return "/overleg/" + string(code) }

// forumsPage lists the forums of the practice by level, each with its numbers.
func (s *site) forumsPage(w http.ResponseWriter, r *http.Request) error {
	look, err := s.look(r)
	if err != nil {
		return err
	}
	page := web.ForumsPage{AsOf: look.asOf}
	for _, one := range look.book.Forums() {
		at := slices.IndexFunc(page.Groups, func(g web.ForumGroup) bool { return g.Level == one.Level })
		if at < 0 {
			page.Groups, at = append(page.Groups, web.ForumGroup{Level: one.Level}), len(page.Groups)
		}
		line, err := look.forumLine(one)
		if err != nil {
			return err
		}
		page.Groups[at].Lines = append(page.Groups[at].Lines, line)
	}
	frame := web.Frame{Title: web.T("forums.title"), Lead: web.T("forums.lead"), Section: "/overleg"}
	return s.show(w, r, http.StatusOK, frame, page)
}

func (l look) forumLine(one vocabulary.Forum) (web.ForumLine, error) {
	follow, err := l.set.Forums.FollowUp(l.ctx, l.practice, one.Code, l.today)
	line := web.ForumLine{
		Forum: one, Raised: follow.Raised, Waiting: follow.Waiting, Overdue: len(follow.PromisesOverdue),
	}
	for _, meeting := range l.set.Forums.Meetings(l.practice, one.Code) { // newest first
		if meeting.Day >= l.today && !meeting.Held && !meeting.Cancelled {
			line.Next = meeting.Day
		}
	}
	return line, err
}

// forumPage is one forum: its agenda, how it follows up, its meetings.
func (s *site) forumPage(w http.ResponseWriter, r *http.Request) error {
	return s.showForum(w, r, http.StatusOK, func(*web.ForumPage) {})
}

// showForum shows a forum; place puts a form that was refused where it belongs.
func (s *site) showForum(w http.ResponseWriter, r *http.Request, status int, place func(*web.ForumPage)) error {
	look, err := s.look(r)
	if err != nil {
		return err
	}
	found, known := look.book.Forum(domain.Code(variable(r, "forum")))
	if !known {
		return errNoSuchThing
	}
	look.asOf.Form.Action = forumAddress(found.Code)
	page, err := look.forum(found)
	if err != nil {
		return err
	}
	place(&page)
	frame := web.Frame{Title: found.Label, Section: "/overleg", Trail: forumsTrail()}
	return s.show(w, r, status, frame, page)
}

func (l look) forum(found vocabulary.Forum) (web.ForumPage, error) {
	agenda, err := l.set.Forums.Agenda(l.ctx, l.practice, found.Code, l.today)
	if err != nil {
		return web.ForumPage{}, err
	}
	follow, err := l.set.Forums.FollowUp(l.ctx, l.practice, found.Code, l.today)
	if err != nil {
		return web.ForumPage{}, err
	}
	page := web.ForumPage{
		Forum: found, Last: agenda.Last, Next: agenda.Next, AsOf: l.asOf, FollowUp: follow,
	}
	if page.Meetings, page.Earlier, err = l.forumMeetings(found.Code); err != nil {
		return page, err
	}
	if page.Agenda, page.More, err = l.agendaParts(agenda); err != nil {
		return page, err
	}
	page.Overdue, err = l.promiseLines(page.FollowUp.PromisesOverdue)
	if !l.past() && !found.Retired {
		plan := web.NewForm(forumAddress(found.Code), newCommand())
		page.Plan = &plan
	}
	return page, err
}

// agendaParts is the lists of an agenda, as far as they stand on the page that the address asks for, and the address of the
// rest. A list that stands elsewhere is left out; one that is empty says so on the first page.
func (l look) agendaParts(agenda projections.Agenda) ([]web.AgendaPart, string, error) {
	after := l.asOf.Form.Value("after")
	whole := agenda
	page, err := agendaPage(&agenda, after, 0)
	if err != nil {
		return nil, "", err
	}
	var parts []web.AgendaPart
	for _, list := range []struct {
		name     string
		all      int
		items    []projections.AgendaItem
		promises []projections.PromiseRow
	}{
		{"new", len(whole.New), agenda.New, nil},
		{"carried", len(whole.CarriedOver), agenda.CarriedOver, nil},
		{"promises", len(whole.Promises), nil, agenda.Promises},
		{"awaited", len(whole.Awaited), agenda.Awaited, nil},
	} {
		part := web.AgendaPart{Name: list.name}
		if part.Items, err = l.agendaLines(list.items); err != nil {
			return nil, "", err
		}
		if part.Promises, err = l.promiseLines(list.promises); err != nil {
			return nil, "", err
		}
		if len(part.Items)+len(part.Promises) > 0 || list.all == 0 && after == "" {
			parts = append(parts, part)
		}
	}
	return parts, nextOf(l.asOf.Form, "after", page.next), nil
}

func (l look) agendaLines(items []projections.AgendaItem) ([]web.AgendaLine, error) {
	var lines []web.AgendaLine
	for _, item := range items {
		text, err := l.open(item.Text)
		if err != nil {
			return nil, err
		}
		lines = append(lines, web.AgendaLine{AgendaItem: item, Wording: text})
	}
	return lines, nil
}

func (l look) promiseLines(rows []projections.PromiseRow) ([]web.PromiseLine, error) {
	var lines []web.PromiseLine
	for _, row := range rows {
		promised, err := l.open(row.Promise)
		if err != nil {
			return nil, err
		}
		about, err := l.open(row.Text)
		if err != nil {
			return nil, err
		}
		lines = append(lines, web.PromiseLine{PromiseRow: row, Promised: promised, About: about})
	}
	return lines, nil
}

// meetingRows is how many meetings of a forum stand on a page: each carries forms.
const meetingRows = 12

// meetingsParameter is the cursor of the meetings of a forum, beside that of its agenda.
const meetingsParameter = "eerder"

// forumMeetings is the meetings of a forum on one page, each with an empty form for all that can still be said of it; and
// the address of earlier ones.
func (l look) forumMeetings(code domain.Code) ([]web.ForumMeetingLine, string, error) {
	var lines []web.ForumMeetingLine
	meetings := l.set.Forums.Meetings(l.practice, code)
	var keys []string
	for _, meeting := range meetings {
		keys = append(keys, meeting.ID.String())
	}
	page, err := openWindow(keys, l.asOf.Form.Value(meetingsParameter), meetingRows)
	for _, meeting := range meetings[page.from:page.to] {
		line := web.ForumMeetingLine{ForumMeeting: meeting}
		if !l.past() && !meeting.Cancelled {
			address := forumAddress(code) + "/" + meeting.ID.String()
			line.Link = formAt(address + "/documenten")
			if !meeting.Held {
				hold := formAt(address+"/houden").With("on", min(meeting.Day, l.today).String())
				line.Hold, line.Cancel = &hold, formAt(address+"/schrappen")
			}
		}
		lines = append(lines, line)
	}
	return lines, nextOf(l.asOf.Form, meetingsParameter, page.next), err
}

func formAt(address string) *web.Form {
	form := web.NewForm(address, newCommand())
	return &form
}

// planForumMeeting plans a meeting for a day.
func (s *site) planForumMeeting(w http.ResponseWriter, r *http.Request) error {
	return s.aboutForum(w, r, "planned",
		func(f *fields, _ forum.MeetingID) forum.Command { return forum.PlanMeeting{Day: f.day("day")} },
		func(page *web.ForumPage, refused *web.Form) { page.Plan = refused })
}

// holdForumMeeting records that a meeting took place.
func (s *site) holdForumMeeting(w http.ResponseWriter, r *http.Request) error {
	return s.aboutForum(w, r, "held",
		func(_ *fields, meeting forum.MeetingID) forum.Command { return forum.HoldMeeting{Meeting: meeting} },
		atMeeting(r, func(line *web.ForumMeetingLine, refused *web.Form) { line.Hold = refused }))
}

// cancelForumMeeting records that a meeting does not take place.
func (s *site) cancelForumMeeting(w http.ResponseWriter, r *http.Request) error {
	return s.aboutForum(w, r, "cancelled",
		func(_ *fields, meeting forum.MeetingID) forum.Command { return forum.CancelMeeting{Meeting: meeting} },
		atMeeting(r, func(line *web.ForumMeetingLine, refused *web.Form) { line.Cancel = refused }))
}

// linkForumDocuments records where an official document of a meeting is.
func (s *site) linkForumDocuments(w http.ResponseWriter, r *http.Request) error {
	return s.aboutForum(w, r, "linked",
		func(f *fields, meeting forum.MeetingID) forum.Command {
			return forum.LinkDocuments{Meeting: meeting, Documents: []forum.Document{{
				Kind: forum.DocumentKind(f.text("documents/0/kind")), URI: f.text("documents/0/uri"),
				Page: f.number("documents/0/page"),
			}}}
		},
		atMeeting(r, func(line *web.ForumMeetingLine, refused *web.Form) { line.Link = refused }))
}

// atMeeting puts a form that was refused beside the meeting that the path names.
func atMeeting(r *http.Request, place func(*web.ForumMeetingLine, *web.Form)) func(*web.ForumPage, *web.Form) {
	return func(page *web.ForumPage, refused *web.Form) {
		for i := range page.Meetings {
			if page.Meetings[i].ID.String() == variable(r, "meeting") {
				place(&page.Meetings[i], refused)
			}
		}
	}
}

// aboutForum gives a command to the calendar of a forum; refused, its form stands on the forum's page as it was left.
func (s *site) aboutForum(
	w http.ResponseWriter, r *http.Request, what string,
	read func(*fields, forum.MeetingID) forum.Command, place func(*web.ForumPage, *web.Form),
) error {
	code := domain.Code(variable(r, "forum"))
	var meeting forum.MeetingID
	if named := variable(r, "meeting"); named != "" {
		var err error
		if meeting, err = uuid.Parse(named); err != nil {
			return errNoPage
		}
	}
	if _, known := s.book(r).Forum(code); !known {
		return errNoSuchThing
	}
	return s.submit(w, r, submission{
		give: ordering(r, s.Ledger.Forums, forum.StreamOf(actorOf(r).Practice, code), func(f *fields) forum.Command {
			return read(f, meeting)
		}),
		show: func(status int, refused web.Form) error {
			return s.showForum(w, r, status, func(page *web.ForumPage) { place(page, &refused) })
		},
		next: func(ledger.Receipt) string { return done(forumAddress(code), what) },
	})
}

package api

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/domain/focusgroep"
	"signaalboek/domain/ledger"
	"signaalboek/domain/vocabulary"
	"signaalboek/projections"
)

func (s *site) focusgroepPages() []route {
	return []route{
		{"GET", "/focusgroep", people, s.focusgroepPage},
		{"POST", "/focusgroep", people, s.planMeeting},
		{"GET", "/focusgroep/{id}", people, s.meetingPage},
		{"POST", "/focusgroep/{id}/houden", people, s.holdMeeting},
		{"POST", "/focusgroep/{id}/afgelasten", people, s.cancelMeeting},
		{"POST", "/focusgroep/{id}/themas", people, s.discussTheme},
		{"POST", "/focusgroep/{id}/sluiten", people, s.closeMeeting},
		{"GET", "/themas", people, s.themesPage},
	}
}

// mapMeetings is how many meetings the heat map shows.
const mapMeetings = 8

func (s *site) focusgroepPage(w http.ResponseWriter, r *http.Request) error {
	return s.showFocusgroep(w, r, http.StatusOK, web.NewForm("/focusgroep", newCommand()))
}

func (s *site) showFocusgroep(w http.ResponseWriter, r *http.Request, status int, plan web.Form) error {
	practice := actorOf(r).Practice
	page := web.FocusgroepPage{Plan: plan, Map: heatMap(s.Set, practice)}
	for _, meeting := range s.Set.Themes.Meetings(practice) {
		line, err := s.meetingLine(r.Context(), meeting)
		if err != nil {
			return err
		}
		page.Meetings = append(page.Meetings, line)
	}
	frame := web.Frame{Title: web.T("focusgroep.title"), Lead: web.T("focusgroep.lead"), Section: "/focusgroep"}
	return s.show(w, r, status, frame, page)
}

func (s *site) meetingLine(ctx context.Context, meeting projections.FocusgroepMeeting) (web.MeetingLine, error) {
	where, err := s.opened(ctx, meeting.Place)
	return web.MeetingLine{FocusgroepMeeting: meeting, Where: where}, err
}

// heatMap is how heavy each theme was in the last meetings.
func heatMap(set *projections.Set, practice domain.PracticeID) web.HeatMap {
	themes, book := set.Themes.Map(practice, mapMeetings), set.Words.Book(practice)
	heat := web.HeatMap{ID: "warmtekaart"}
	for _, meeting := range slices.Backward(themes.Meetings) {
		heat.Columns = append(heat.Columns, web.HeatColumn{On: meeting.Day, Href: "/focusgroep/" + meeting.ID.Key()})
	}
	for i, theme := range themes.Themes {
		weights := slices.Clone(themes.Weights[i])
		slices.Reverse(weights)
		heat.Rows = append(heat.Rows, web.HeatRow{Label: book.Label(vocabulary.Themes, theme), Weights: weights})
	}
	return heat
}

// planMeeting plans a meeting for a day.
func (s *site) planMeeting(w http.ResponseWriter, r *http.Request) error {
	return s.submit(w, r, submission{
		give: writing(s, r, s.Ledger.Focusgroepen, "", func(fields *fields) focusgroep.Command {
			return focusgroep.Plan{Day: fields.day("day"), Place: fields.text("place")}
		}),
		show: func(status int, refused web.Form) error { return s.showFocusgroep(w, r, status, refused) },
		next: func(receipt ledger.Receipt) string { return done("/focusgroep/"+receipt.Stream.Key(), "planned") },
	})
}

// meetingOf is the meeting of the focusgroep that the path names.
func (s *site) meetingOf(r *http.Request) (projections.FocusgroepMeeting, error) {
	id := domain.NewStreamID(focusgroep.Decider.Category, variable(r, "id"))
	found, ok := s.Set.Themes.Meeting(actorOf(r).Practice, id)
	if !ok {
		return found, errNoSuchThing
	}
	return found, nil
}

func (s *site) meetingPage(w http.ResponseWriter, r *http.Request) error {
	found, err := s.meetingOf(r)
	if err != nil {
		return err
	}
	return s.showMeeting(w, r, http.StatusOK, s.meetingForms(found))
}

// meetingForms is a meeting with an empty form for all that can be told about it now.
func (s *site) meetingForms(found projections.FocusgroepMeeting) web.MeetingPage {
	address := "/focusgroep/" + found.ID.Key()
	page := web.MeetingPage{MeetingLine: web.MeetingLine{FocusgroepMeeting: found}}
	switch {
	case found.Cancelled:
	case !found.Held:
		form := web.NewForm(address+"/houden", newCommand()).With("on", min(found.Day, s.today()).String())
		cancel := web.NewForm(address+"/afgelasten", newCommand())
		page.Hold, page.Cancel = &form, &cancel
	case !found.Closed:
		discuss, end := web.NewForm(address+"/themas", newCommand()), web.NewForm(address+"/sluiten", newCommand())
		page.Discuss, page.Close = &discuss, &end
	}
	if found.Held {
		page.PickUp = "/signalen/nieuw?focusgroep=" + found.ID.Key()
	}
	return page
}

func (s *site) showMeeting(w http.ResponseWriter, r *http.Request, status int, page web.MeetingPage) error {
	where, err := s.opened(r.Context(), page.Place)
	if err != nil {
		return err
	}
	page.Where = where
	if page.Heard, err = s.signalLines(r, page.Signals); err != nil {
		return err
	}
	frame := web.Frame{
		Title: web.T("focusgroep.meeting", web.Date(page.Day)), Section: "/focusgroep",
		Trail: []web.Crumb{{Label: web.T("focusgroep.title"), Href: "/focusgroep"}},
	}
	return s.show(w, r, status, frame, page)
}

// signalLines is signals with their wording, for a list of links.
func (s *site) signalLines(r *http.Request, ids []domain.StreamID) ([]web.SignalLine, error) {
	lines := make([]web.SignalLine, 0, len(ids))
	for _, id := range ids {
		row, ok, err := s.Set.Signals.Signal(r.Context(), actorOf(r).Practice, id, s.today())
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		text, err := s.opened(r.Context(), row.Text)
		if err != nil {
			return nil, err
		}
		lines = append(lines, web.SignalLine{ID: row.ID, Text: text})
	}
	return lines, nil
}

// holdMeeting records that a meeting took place.
func (s *site) holdMeeting(w http.ResponseWriter, r *http.Request) error {
	return s.aboutMeeting(w, r, "held",
		func(fields *fields) focusgroep.Command {
			return focusgroep.Hold{Present: fields.count("present"), Newcomers: fields.count("newcomers")}
		},
		func(page *web.MeetingPage, refused *web.Form) { page.Hold = refused },
	)
}

// cancelMeeting says that a meeting does not take place.
func (s *site) cancelMeeting(w http.ResponseWriter, r *http.Request) error {
	return s.aboutMeeting(w, r, "cancelled",
		func(*fields) focusgroep.Command { return focusgroep.Cancel{} },
		func(page *web.MeetingPage, refused *web.Form) { page.Cancel = refused },
	)
}

// discussTheme records that a meeting talked about a theme.
func (s *site) discussTheme(w http.ResponseWriter, r *http.Request) error {
	return s.aboutMeeting(w, r, "theme",
		func(fields *fields) focusgroep.Command {
			return focusgroep.DiscussTheme{Theme: fields.code("theme"), Weight: fields.number("weight")}
		},
		func(page *web.MeetingPage, refused *web.Form) { page.Discuss = refused },
	)
}

// closeMeeting says that nothing is added to a meeting any more.
func (s *site) closeMeeting(w http.ResponseWriter, r *http.Request) error {
	return s.aboutMeeting(w, r, "closed",
		func(*fields) focusgroep.Command { return focusgroep.Close{} },
		func(page *web.MeetingPage, refused *web.Form) { page.Close = refused },
	)
}

// aboutMeeting gives a command about one meeting; refused, its form stands on the meeting's page as it was left.
func (s *site) aboutMeeting(
	w http.ResponseWriter, r *http.Request, what string,
	read func(*fields) focusgroep.Command, place func(*web.MeetingPage, *web.Form),
) error {
	found, err := s.meetingOf(r)
	if err != nil {
		return err
	}
	return s.submit(w, r, submission{
		give: ordering(r, s.Ledger.Focusgroepen, found.ID, read),
		show: func(status int, refused web.Form) error {
			page := s.meetingForms(found)
			place(&page, &refused)
			return s.showMeeting(w, r, status, page)
		},
		next: func(ledger.Receipt) string { return done("/focusgroep/"+found.ID.Key(), what) },
	})
}

// themesPage is what keeps coming back.
func (s *site) themesPage(w http.ResponseWriter, r *http.Request) error {
	look, err := s.look(r)
	if err != nil {
		return err
	}
	fields := newFields(look.asOf.Form)
	window := projections.ThemeWindow{
		Least: min(max(fields.number("least"), 0), mostMeetings), Last: min(max(fields.number("last"), 0), mostMeetings),
	}
	if fields.err != nil {
		return fields.err
	}
	if window.Last > 0 {
		window.Least = min(window.Least, window.Last) // more often than there are meetings is never
	}
	report := look.set.Themes.Recurring(look.practice, window)
	page := web.ThemesPage{
		Report: report, Map: heatMap(look.set, look.practice), AsOf: look.asOf,
		Filter: fields.form.With("least", strconv.Itoa(report.Window.Least)).With("last", strconv.Itoa(report.Window.Last)),
	}
	frame := web.Frame{
		Title: web.T("themes.title"), Section: "/themas",
		Trail: []web.Crumb{{Label: web.T("focusgroep.title"), Href: "/focusgroep"}},
	}
	return s.show(w, r, http.StatusOK, frame, page)
}

package api

import (
	"net/http"
	"net/url"
	"strconv"

	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/domain/ledger"
	"signaalboek/domain/session"
	"signaalboek/projections"
)

func (s *site) sessionPages() []route {
	return []route{
		{"GET", "/momenten", people, s.sessionsPage},
		{"GET", "/momenten/nieuw", people, s.newSessionPage},
		{"POST", "/momenten/nieuw", people, s.holdSession},
		{"GET", "/momenten/{id}", people, s.sessionPage},
		{"GET", "/momenten/{id}/verbeteren", people, s.correctSessionPage},
		{"POST", "/momenten/{id}/verbeteren", people, s.correctSession},
		{"POST", "/momenten/{id}/intrekken", people, s.withdrawSession},
	}
}

func sessionsTrail() []web.Crumb {
	return []web.Crumb{{Label: web.T("sessions.title"), Href: "/momenten"}}
}

func sessionAddress(one projections.Session) string { return "/momenten/" + one.ID.Key() }

// sessionsPage lists moments, newest first.
func (s *site) sessionsPage(w http.ResponseWriter, r *http.Request) error {
	fields := newFields(filterForm(r))
	filter := projections.SessionFilter{
		Activity: fields.code("activity"),
		Period:   fields.period(),
		After:    fields.text("after"),
	}
	if fields.err != nil {
		return fields.err
	}
	page, err := s.Set.Sessions.List(actorOf(r).Practice, filter)
	if err != nil {
		return err
	}
	frame := web.Frame{Title: web.T("sessions.title"), Lead: web.T("sessions.lead"), Section: "/momenten"}
	return s.show(w, r, http.StatusOK, frame, web.SessionsPage{
		Filter: fields.form, Rows: page.Rows, More: nextPage(r, page.Next),
	})
}

func (s *site) newSessionPage(w http.ResponseWriter, r *http.Request) error {
	form := web.NewForm("/momenten/nieuw", newCommand()).With("on", s.today().String())
	return s.showSessionForm(w, r, http.StatusOK, web.SessionFormPage{Form: form, Back: "/momenten"})
}

func (s *site) showSessionForm(w http.ResponseWriter, r *http.Request, status int, page web.SessionFormPage) error {
	frame := web.Frame{Title: web.T("session.new"), Section: "/momenten", Trail: sessionsTrail()}
	if page.Correcting {
		frame.Title = web.T("session.correct.title")
	}
	return s.show(w, r, status, frame, page)
}

// holdSession records a moment.
func (s *site) holdSession(w http.ResponseWriter, r *http.Request) error {
	return s.submit(w, r, submission{
		give: ordering(r, s.Ledger.Sessions, "", func(fields *fields) session.Command {
			return session.Hold{Details: sessionDetails(fields)}
		}),
		show: func(status int, refused web.Form) error {
			return s.showSessionForm(w, r, status, web.SessionFormPage{Form: refused, Back: "/momenten"})
		},
		next: func(receipt ledger.Receipt) string { return done("/momenten/"+receipt.Stream.Key(), "session") },
	})
}

func sessionDetails(fields *fields) session.Details {
	return session.Details{
		Activity: fields.code("activity"), Present: fields.count("present"),
		Theme: fields.code("theme"), GuestService: fields.code("guestService"),
	}
}

// momentOf is the session that the path names.
func (s *site) momentOf(r *http.Request) (projections.Session, error) {
	id := domain.NewStreamID(session.Decider.Category, variable(r, "id"))
	found, ok := s.Set.Sessions.Session(actorOf(r).Practice, id)
	if !ok {
		return found, errNoSuchThing
	}
	return found, nil
}

func (s *site) sessionPage(w http.ResponseWriter, r *http.Request) error {
	found, err := s.momentOf(r)
	if err != nil {
		return err
	}
	return s.showSession(w, r, http.StatusOK, sessionForms(found))
}

func sessionForms(found projections.Session) web.SessionPage {
	address := sessionAddress(found)
	return web.SessionPage{
		Session: found, Correct: address + "/verbeteren",
		Withdraw: withdrawForm(address, "entered-twice", "entered-in-error"),
	}
}

func (s *site) showSession(w http.ResponseWriter, r *http.Request, status int, page web.SessionPage) error {
	frame := web.Frame{
		Title: web.T("session.title", web.Date(page.Session.On)), Section: "/momenten", Trail: sessionsTrail(),
	}
	return s.show(w, r, status, frame, page)
}

func (s *site) correctSessionPage(w http.ResponseWriter, r *http.Request) error {
	found, err := s.momentOf(r)
	if err != nil {
		return err
	}
	form := web.NewForm(sessionAddress(found)+"/verbeteren", newCommand())
	form.Revision = revisionText(found.Revision)
	form.Values = url.Values{
		"on": {found.On.String()}, "activity": {string(found.Activity)}, "present": {strconv.Itoa(found.Present)},
		"theme": {string(found.Theme)}, "guestService": {string(found.GuestService)},
	}
	return s.showSessionForm(w, r, http.StatusOK, web.SessionFormPage{
		Form: form, Correcting: true, Back: sessionAddress(found),
	})
}

// correctSession records the whole moment again.
func (s *site) correctSession(w http.ResponseWriter, r *http.Request) error {
	found, err := s.momentOf(r)
	if err != nil {
		return err
	}
	return s.submit(w, r, submission{
		give: ordering(r, s.Ledger.Sessions, found.ID, func(fields *fields) session.Command {
			return session.Correct{
				Details: sessionDetails(fields), Reason: session.CorrectionReason(fields.text("reason")),
			}
		}),
		show: func(status int, refused web.Form) error {
			return s.showSessionForm(w, r, status, web.SessionFormPage{
				Form: refused, Correcting: true, Back: sessionAddress(found),
			})
		},
		next: func(ledger.Receipt) string { return done(sessionAddress(found), "corrected") },
	})
}

// withdrawSession makes a moment not count.
func (s *site) withdrawSession(w http.ResponseWriter, r *http.Request) error {
	found, err := s.momentOf(r)
	if err != nil {
		return err
	}
	return s.submit(w, r, submission{
		give: ordering(r, s.Ledger.Sessions, found.ID, func(fields *fields) session.Command {
			return session.Withdraw{Reason: session.WithdrawalReason(fields.text("reason"))}
		}),
		show: func(status int, refused web.Form) error {
			page := sessionForms(found)
			page.Withdraw.Form = refused
			return s.showSession(w, r, status, page)
		},
		next: func(ledger.Receipt) string { return done(sessionAddress(found), "withdrawn") },
	})
}

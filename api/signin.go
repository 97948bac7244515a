package api

import (
	"net/http"

	"signaalboek/api/web"
)

const signInPath = "/aanmelden"

// signIn is how people come in: a one-time link leads to a page with a button, and only the button opens the session,
// so that a program that looks at links beforehand does not use them up.
func (s *site) signIn() []route {
	return []route{
		{"GET", signInPath, anybody, s.offerSession},
		{"POST", signInPath, anybody, s.openSession},
		{"POST", "/afmelden", anybody, s.closeSession},
	}
}

func (s *site) offerSession(w http.ResponseWriter, r *http.Request) error {
	frame := web.Frame{Title: web.T("signin.title"), Public: true}
	return s.show(w, r, http.StatusOK, frame, web.SignInPage{Action: signInPath, Link: r.URL.Query().Get("link")})
}

func (s *site) openSession(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	session, ok, err := s.Accounts.OpenSession(r.Context(), r.PostFormValue("link"))
	if err != nil {
		return err
	}
	if !ok {
		return errLink
	}
	http.SetCookie(w, s.sessionCookie(session))
	home, err := s.homeOf(r, session)
	if err != nil {
		return err
	}
	http.Redirect(w, r, home, http.StatusSeeOther)
	return nil
}

// homeOf is where whoever has a session begins.
func (s *site) homeOf(r *http.Request, session string) (string, error) {
	actor, _, err := s.Accounts.BySession(r.Context(), session)
	return web.Frame{Auditor: actor.Role == Auditor}.Home(), err
}

func (s *site) closeSession(w http.ResponseWriter, r *http.Request) error {
	if session, found := s.sessionOf(r); found {
		if err := s.Accounts.CloseSession(r.Context(), session); err != nil {
			return err
		}
	}
	cookie := s.sessionCookie("")
	cookie.MaxAge = -1
	http.SetCookie(w, cookie)
	http.Redirect(w, r, signInPath, http.StatusSeeOther)
	return nil
}

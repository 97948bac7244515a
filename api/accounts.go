package api

import (
	"context"
	"net/http"
	"strings"

	"signaalboek/domain"
)

// ErrAccountsAway is accounts that cannot be reached now, so that it is not known who asks. It is a refusal, because
// asking again later helps.
var ErrAccountsAway = domain.Refuse(domain.Away, "accounts-away")

// Accounts is what the site asks about people and programs that sign in. False means: nobody; an error is
// ErrAccountsAway, or a fault.
// Every method may be called by several goroutines at once.
type Accounts interface {
	// ByToken is who a bearer token belongs to.
	ByToken(ctx context.Context, token string) (Actor, bool, error)

	// OpenSession uses up a one-time link, and opens a session for whom it was made.
	OpenSession(ctx context.Context, link string) (session string, ok bool, err error)

	// BySession is who a session belongs to.
	BySession(ctx context.Context, session string) (Actor, bool, error)

	// CloseSession ends a session. Ending one that is not there is no error.
	CloseSession(ctx context.Context, session string) error
}

// Role is what somebody does here; it decides what they may see.
type Role string

// The roles. Those who work with residents see the content of their own practice; an auditor sees its history, with
// nobody in it, and how it is proven; an administrator sees neither.
const (
	Worker        Role = "worker"
	SocialWorker  Role = "social-worker"
	Coordinator   Role = "coordinator"
	Auditor       Role = "auditor"
	Administrator Role = "administrator"
)

func (r Role) seesContent() bool { return r == Worker || r == SocialWorker || r == Coordinator }

// Actor is who sent a request. Who that is in the world stands in the accounts, and nowhere here.
type Actor struct {
	ID       domain.ActorID
	Practice domain.PracticeID
	Role     Role
}

// door says who may come in by a route, and how they show who they are.
type door int

const (
	anybody             door = iota // no content behind it
	people                          // a session cookie, and a role that sees content
	programs                        // a bearer token, and a role that sees content
	coordinators                    // as people, of whom only coordinators
	coordinatorPrograms             // as programs, of coordinators only
	auditors                        // a session cookie, of an auditor
)

func (d door) takesToken() bool { return d == programs || d == coordinatorPrograms }

// admits says why somebody with a role may not come in; nil: they may.
func (d door) admits(role Role) error {
	switch d {
	case auditors:
		if role != Auditor {
			return errAuditor
		}
		return nil
	case coordinators, coordinatorPrograms:
		if role.seesContent() && role != Coordinator {
			return errCoordinator
		}
	}
	if !role.seesContent() {
		return errNoContent
	}
	return nil
}

// forCoordinators has coordinators alone do what routes do, and leaves looking at it to everybody who could: what all
// others work with is theirs to change.
func forCoordinators(routes []route) []route {
	for i, rt := range routes {
		if rt.method != http.MethodGet {
			routes[i].door = rt.door.forCoordinators()
		}
	}
	return routes
}

// onlyCoordinators has coordinators alone do what routes do, and see what they show: nobody else is told what is there.
func onlyCoordinators(routes []route) []route {
	for i, rt := range routes {
		routes[i].door = rt.door.forCoordinators()
	}
	return routes
}

// forCoordinators is the same door, for coordinators alone.
func (d door) forCoordinators() door {
	switch d {
	case people:
		return coordinators
	case programs:
		return coordinatorPrograms
	}
	return d
}

// enter lets a request in, or says why not.
func (s *site) enter(d door, r *http.Request) error {
	if err := s.forgery.Check(r); err != nil {
		return errForged
	}
	if d == anybody {
		return nil
	}
	actor, ok, err := s.identify(d, r)
	switch {
	case err != nil:
		return err
	case !ok && d.takesToken():
		return errToken
	case !ok:
		return errSignIn
	}
	visitOf(r).actor = actor
	return d.admits(actor.Role)
}

func (s *site) identify(d door, r *http.Request) (Actor, bool, error) {
	if !d.takesToken() {
		session, found := s.sessionOf(r)
		if !found {
			return Actor{}, false, nil
		}
		return s.Accounts.BySession(r.Context(), session)
	}
	scheme, token, found := strings.Cut(r.Header.Get("Authorization"), " ")
	if !found || !strings.EqualFold(scheme, "Bearer") || token == "" {
		return Actor{}, false, nil
	}
	return s.Accounts.ByToken(r.Context(), token)
}

// The cookie of a session. Over https its name makes browsers hold us to Secure, Path=/ and no Domain.
const (
	safeCookie  = "__Host-signaalboek"
	plainCookie = "signaalboek" // on this machine only, where there is no https
)

func (s *site) cookieName() string {
	if s.HTTPS {
		return safeCookie
	}
	return plainCookie
}

func (s *site) sessionOf(r *http.Request) (string, bool) {
	cookie, err := r.Cookie(s.cookieName())
	if err != nil || cookie.Value == "" {
		return "", false
	}
	return cookie.Value, true
}

func (s *site) sessionCookie(session string) *http.Cookie {
	return &http.Cookie{
		Name: s.cookieName(), Value: session, Path: "/",
		HttpOnly: true, Secure: s.HTTPS, SameSite: http.SameSiteLaxMode,
	}
}

package api

import (
	"context"
	"errors"
	"net/http"
	"time"

	"signaalboek/domain"
)

// Whoever recorded something sees it in what they ask next, at whatever replica that arrives. The answer to a command
// says at which position it was recorded, in a header for programs and in a cookie for browsers, and every question
// waits until this replica has seen that position.

// positionLife is how long a browser remembers the position of what it recorded: longer than a replica is behind, unless it
// was told otherwise, and still sent questions.
const positionLife = 2 * time.Minute

// positionCookieName is the name of that cookie.
func (s *site) positionCookieName() string { return s.cookieName() + "-position" }

func (s *site) positionCookie(position string, life time.Duration) *http.Cookie {
	return &http.Cookie{
		Name: s.positionCookieName(), Value: position, Path: "/", MaxAge: int(life.Seconds()),
		HttpOnly: true, Secure: s.HTTPS, SameSite: http.SameSiteLaxMode,
	}
}

// tellPosition says in an answer to a command where it was recorded.
func (s *site) tellPosition(w http.ResponseWriter, position domain.Position) {
	w.Header().Set(positionHeader, position.String())
	http.SetCookie(w, s.positionCookie(position.String(), positionLife))
}

// catchUp waits until this replica sees what whoever asks has recorded. A question that we cannot wait for is refused. The
// form of a page waits too, for it is about what somebody saw; but it is not refused, for the ledger decides on the log
// itself. So does the command of a program, which therefore need not wait.
func (s *site) catchUp(rt route, w http.ResponseWriter, r *http.Request) error {
	switch {
	case rt.door == anybody:
		return nil
	case rt.method == http.MethodGet:
		return s.waitAsAsked(w, r)
	case rt.door.takesToken():
		return nil
	}
	if err := s.waitAsAsked(w, r); err != nil && !errors.Is(err, errBehind) {
		return err
	}
	return nil
}

// waitAsAsked returns when this replica sees what whoever asks has recorded. A header that is no position is refused. A
// cookie is only a reminder: one that is no position, or is past the end of the log, is ignored.
func (s *site) waitAsAsked(w http.ResponseWriter, r *http.Request) error {
	named, err := namedPosition(r)
	if err != nil {
		return err
	}
	remembered := s.rememberedPosition(r)
	if !named.Before(remembered) {
		return s.wait(r.Context(), named)
	}
	err = s.waitFor(r.Context(), remembered, doubting)
	if !errors.Is(err, errBehind) {
		return err
	}
	if s.isPastEnd(r.Context(), remembered) {
		http.SetCookie(w, s.positionCookie("", -time.Second))
		remembered = named
	}
	return s.wait(r.Context(), remembered)
}

// namedPosition is what the header of a question says.
func namedPosition(r *http.Request) (domain.Position, error) {
	header := r.Header.Get(positionHeader)
	if header == "" {
		return domain.Position{}, nil
	}
	position, err := domain.ParsePosition(header)
	if err != nil {
		return domain.Position{}, errPosition
	}
	return position, nil
}

func (s *site) rememberedPosition(r *http.Request) domain.Position {
	cookie, err := r.Cookie(s.positionCookieName())
	if err != nil {
		return domain.Position{}
	}
	position, err := domain.ParsePosition(cookie.Value)
	if err != nil {
		return domain.Position{}
	}
	return position
}

// isPastEnd reports whether a position is certainly not of this log, or not of its present.
func (s *site) isPastEnd(ctx context.Context, position domain.Position) bool {
	ctx, cancel := context.WithTimeout(ctx, doubting)
	defer cancel()
	end, err := s.Store.End(ctx)
	return err == nil && end.Before(position)
}

// How long a question waits for the projections to come up to a position, and how long before it doubts a cookie.
const (
	waiting  = 5 * time.Second
	doubting = time.Second
)

// wait returns when every question sees what was recorded at position.
func (s *site) wait(ctx context.Context, position domain.Position) error {
	return s.waitFor(ctx, position, waiting)
}

func (s *site) waitFor(ctx context.Context, position domain.Position, patience time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	err := s.Set.Wait(ctx, position)
	if errors.Is(err, context.DeadlineExceeded) {
		return errBehind
	}
	return err
}

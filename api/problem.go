package api

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"

	"github.com/go-json-experiment/json"

	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/domain/guard"
	"signaalboek/domain/vocabulary"
)

// obstacle is what the site itself refuses, before or after the domain is asked: a refusal with a status of its own.
type obstacle struct {
	*domain.Refusal
	status int
}

// obstruct makes an obstacle. Like those of the domain they are declared once; a test finds the codes by this name.
func obstruct(status int, code string) *obstacle {
	return &obstacle{domain.Refuse(domain.Invalid, code), status}
}

// at is the same obstacle, said of one place in the body, or of one header or parameter.
func (o *obstacle) at(pointer string) *obstacle { return &obstacle{o.Refusal.At(pointer), o.status} }

// naming is the same obstacle with a value that its sentence names.
func (o *obstacle) naming(key, value string) *obstacle {
	return &obstacle{o.Refusal.Naming(key, value), o.status}
}

func (o *obstacle) Unwrap() error { return o.Refusal }

// What the site refuses.
var (
	errNoSuchThing = obstruct(http.StatusNotFound, "no-thing")
	errNoPage      = obstruct(http.StatusNotFound, "no-page")
	errMethod      = obstruct(http.StatusMethodNotAllowed, "method")
	errForged      = obstruct(http.StatusForbidden, "forged")
	errSignIn      = obstruct(http.StatusUnauthorized, "sign-in")
	errToken       = obstruct(http.StatusUnauthorized, "token")
	errLink        = obstruct(http.StatusForbidden, "sign-in-link")
	errNoContent   = obstruct(http.StatusForbidden, "no-content")
	errCoordinator = obstruct(http.StatusForbidden, "coordinators-only")
	errAuditor     = obstruct(http.StatusForbidden, "auditors-only")
	errBehind      = obstruct(http.StatusServiceUnavailable, "behind")
	errInterrupt   = obstruct(http.StatusServiceUnavailable, "interrupted")
	errFault       = obstruct(http.StatusInternalServerError, "fault")
	errAccept      = obstruct(http.StatusNotAcceptable, "accept")
	errMediaType   = obstruct(http.StatusUnsupportedMediaType, "media-type")
	errTooLarge    = obstruct(http.StatusRequestEntityTooLarge, "too-large")
	errJSON        = obstruct(http.StatusBadRequest, "json-malformed")
	errMember      = obstruct(http.StatusBadRequest, "member-unknown")
	errMissing     = obstruct(http.StatusBadRequest, "member-missing")
	errTwice       = obstruct(http.StatusBadRequest, "member-twice")
	errType        = obstruct(http.StatusBadRequest, "type-wrong")
	errForm        = obstruct(http.StatusBadRequest, "form-wrong")
	errParameter   = obstruct(http.StatusBadRequest, "parameter-unknown")
	errValue       = obstruct(http.StatusBadRequest, "parameter-wrong")
	errNoKey       = obstruct(http.StatusBadRequest, "idempotency-key")
	errPosition    = obstruct(http.StatusBadRequest, "position-wrong")
	errMatch       = obstruct(http.StatusBadRequest, "if-match-wrong")
	errUnmatched   = obstruct(http.StatusPreconditionRequired, "if-match-missing")
	errAsOfFuture  = obstruct(http.StatusBadRequest, "as-of-future")
)

// statuses is the status of each kind of refusal.
var statuses = map[domain.Kind]int{
	domain.Invalid:  http.StatusUnprocessableEntity,
	domain.Conflict: http.StatusConflict,
	domain.NotFound: http.StatusNotFound,
	domain.Stale:    http.StatusPreconditionFailed,
	domain.Reused:   http.StatusUnprocessableEntity,
	domain.Away:     http.StatusServiceUnavailable,
}

// ProblemPath is where the stable Dutch page of a code is; it is the type of its problems.
const ProblemPath = "/problemen/"

// problem is an answer that is not what was asked, after RFC 9457.
type problem struct {
	Type    string            `json:"type"`
	Title   string            `json:"title"`
	Status  int               `json:"status"`
	Detail  string            `json:"detail"`
	Code    string            `json:"code"`
	Named   map[string]string `json:"named,omitempty"` // the codes, dates and numbers in detail
	Request string            `json:"request"`         // by which the operator finds it in the log
	Errors  []problemAt       `json:"errors,omitempty"`
}

// problemAt is what is wrong with one place in the body; of a text that may identify somebody also with which part of it:
// where that begins and ends, in bytes of UTF-8, and never what stands there.
type problemAt struct {
	Pointer string        `json:"pointer"`
	Detail  string        `json:"detail"`
	Class   guard.Class   `json:"class,omitzero"`
	Verdict guard.Verdict `json:"verdict,omitzero"`
	Start   *int          `json:"start,omitzero"`
	End     *int          `json:"end,omitzero"`
}

// findingsAt is what the guard found in the text at a place.
func findingsAt(pointer string, found []guard.Finding) []problemAt {
	var all []problemAt
	for _, f := range found {
		all = append(all, problemAt{pointer, web.FindingSentence(f), f.Class, f.Verdict, &f.Start, &f.End})
	}
	return all
}

// refusalOf is the refusal that an error is, and the status it is answered with. A fault answers as errFault. A log that
// was lost while it was asked is a log that is away: asking again finds out whether it was recorded.
func refusalOf(err error) (*domain.Refusal, int) {
	if errors.Is(err, domain.ErrUnknown) {
		err = domain.ErrLogAway
	}
	if own, ok := errors.AsType[*obstacle](err); ok {
		return own.Refusal, own.status
	}
	if refusal, ok := errors.AsType[*domain.Refusal](err); ok {
		return refusal, statuses[refusal.Kind]
	}
	return errFault.Refusal, errFault.status
}

// problemOf is what a caller is told of an error, in the words of their practice.
func problemOf(err error, book vocabulary.Book) problem {
	refusal, status := refusalOf(err)
	sentence := web.RefusalSentence(refusal, book)
	told := problem{
		Type: ProblemPath + refusal.Code, Title: web.RefusalTitle(refusal.Code), Status: status, Detail: sentence,
		Code: refusal.Code, Named: refusal.With,
	}
	if strings.HasPrefix(refusal.Field, "/") {
		told.Errors = []problemAt{{Pointer: refusal.Field, Detail: sentence}}
	}
	if found := guard.Found(refusal); len(found) > 0 {
		told.Errors = findingsAt(refusal.Field, found)
	}
	return told
}

// fail is the one place where an error becomes an answer. A fault is logged here, and nowhere else.
func (s *site) fail(w http.ResponseWriter, r *http.Request, err error) {
	if r.Context().Err() != nil || errors.Is(err, context.Canceled) {
		err = errInterrupt // the caller left, or we are stopping
	}
	if refusal, _ := refusalOf(err); refusal.Code == errFault.Code {
		s.Logger.LogAttrs(r.Context(), slog.LevelError, "fault",
			slog.String("request", visitOf(r).id), slog.String("route", visitOf(r).pattern), slog.Any("error", err))
	}
	if answer, ok := w.(*answered); ok && answer.started() {
		return
	}
	if errors.Is(err, errSignIn) && s.again(w, r, http.StatusUnauthorized) == nil {
		http.Redirect(w, r, signInPath, http.StatusSeeOther)
		return
	}
	s.answerProblem(w, r, problemOf(err, s.book(r)))
}

// answerProblem tells a program in JSON, and people on a page.
func (s *site) answerProblem(w http.ResponseWriter, r *http.Request, p problem) {
	p.Request = visitOf(r).id
	header := w.Header()
	switch p.Status {
	case http.StatusUnauthorized:
		header.Set("WWW-Authenticate", `Bearer realm="signaalboek"`)
	case http.StatusPreconditionFailed:
		header.Set("ETag", `"`+p.Named["revision"]+`"`)
	case http.StatusServiceUnavailable:
		header.Set("Retry-After", "1")
	}
	if !strings.HasPrefix(r.URL.Path, "/api/") {
		s.answerProblemPage(w, r, p)
		return
	}
	header.Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	_ = json.MarshalWrite(w, p, json.Deterministic(true)) // the caller left; there is nobody to tell
}

func (s *site) answerProblemPage(w http.ResponseWriter, r *http.Request, p problem) {
	frame := web.Frame{Title: p.Title, Public: actorOf(r).Practice == ""}
	body := web.ErrorPage{Sentence: p.Detail, Request: p.Request, Again: s.again(w, r, p.Status)}
	if err := s.show(w, r, p.Status, frame, body); err != nil {
		_ = plainText(w, http.StatusInternalServerError, p.Title)
	}
}

// explainProblem is the stable page of a code: what it means, and what to do.
func (s *site) explainProblem(w http.ResponseWriter, r *http.Request) error {
	title, remedy, known := web.RefusalMeaning(variable(r, "code"))
	if !known {
		return errNoPage
	}
	return s.show(w, r, http.StatusOK, web.Frame{Title: title, Public: true}, web.ErrorPage{Sentence: remedy})
}

// book is the words of whoever sent a request; none if nobody signed in.
func (s *site) book(r *http.Request) vocabulary.Book {
	return s.Set.Words.Book(actorOf(r).Practice)
}

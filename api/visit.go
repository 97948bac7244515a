package api

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/google/uuid"

	"signaalboek/api/web"
	"signaalboek/domain/vocabulary"
)

// visit is what is known of one request, beside the request itself.
type visit struct {
	id      string
	pattern string // of the route; the path itself goes into no log
	actor   Actor
	began   time.Time
}

type visitKey struct{}

func visitOf(r *http.Request) *visit { return r.Context().Value(visitKey{}).(*visit) }

// actorOf is who sent a request that came in by a door for people who signed in.
func actorOf(r *http.Request) Actor { return visitOf(r).actor }

// ServeHTTP gives every request an id, safe headers, a line in the log, and an answer even when a handler panics.
func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	v := &visit{id: uuid.NewString(), began: s.Clock()}
	r = r.WithContext(context.WithValue(r.Context(), visitKey{}, v))
	packing := newPacker(w, r)
	answer := &answered{ResponseWriter: packing}
	harden(answer.Header(), s.HTTPS)
	answer.Header().Set("X-Request-Id", v.id)
	defer packing.close()
	defer s.logVisit(answer, r)
	defer s.recoverFrom(answer, r)
	s.router.ServeHTTP(answer, r)
}

// harden sets what every answer says to a browser. A handler may loosen Cache-Control for what holds no content.
func harden(h http.Header, https bool) {
	h.Set("Content-Security-Policy", web.ContentSecurityPolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin") // with no-referrer, older browsers send our forms from nowhere: refused as forged
	h.Set("Cache-Control", "no-store")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	if https {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

func (s *site) recoverFrom(w *answered, r *http.Request) {
	fault := recover()
	if fault == nil {
		return
	}
	if fault == http.ErrAbortHandler {
		panic(fault)
	}
	// The stack says where; the value may hold content, so only its type is told.
	s.Logger.LogAttrs(r.Context(), slog.LevelError, "panic",
		slog.String("request", visitOf(r).id), slog.String("type", fmt.Sprintf("%T", fault)),
		slog.String("stack", string(debug.Stack())))
	if !w.started() {
		s.answerProblem(w, r, problemOf(errFault, vocabulary.Book{}))
	}
}

// logVisit writes the access log: never a query, a path or content.
func (s *site) logVisit(w *answered, r *http.Request) {
	v := visitOf(r)
	took := s.Clock().Sub(v.began)
	s.Tally.Add(v.pattern, w.status, took)
	s.Logger.LogAttrs(r.Context(), slog.LevelInfo, "request",
		slog.String("request", v.id), slog.String("method", knownMethod(r.Method)), slog.String("route", v.pattern),
		slog.Int("status", w.status), slog.Int64("bytes", w.bytes), slog.Duration("took", took))
}

// knownMethod keeps what a caller made up out of the log.
func knownMethod(method string) string {
	switch method {
	case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS":
		return method
	}
	return "other"
}

// answered notes what was answered.
type answered struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (a *answered) started() bool { return a.status != 0 }

// WriteHeader implements http.ResponseWriter.
func (a *answered) WriteHeader(status int) {
	if !a.started() {
		a.status = status
	}
	a.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (a *answered) Write(p []byte) (int, error) {
	if !a.started() {
		a.status = http.StatusOK
	}
	n, err := a.ResponseWriter.Write(p)
	a.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach what is underneath.
func (a *answered) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// Package api is what people see and programs send: Dutch pages, and a JSON interface under /api/v1. It translates and
// decides nothing: a form or a body becomes a command, a projection becomes a page or JSON.
//
//	request → visit (id, log, headers, packing) → route → door (who may come in) → handler → page, JSON, or an error
//
// The route table is the site map: pages.go lists the pages, and every noun lists its commands and questions at the top
// of its file. A handler returns an error; only fail decides what the caller sees of it. A refusal of the domain
// becomes a Dutch sentence (package web); a fault is logged once and told to nobody.
//
// openapi.json is the contract of /api/v1. It is kept by hand, served, and held in both directions by tests:
// every route stands in it and the reverse, and every answer that a test sees is what it promises.
package api

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/gorilla/mux"

	"signaalboek/domain"
	"signaalboek/domain/audit"
	"signaalboek/domain/ledger"
	"signaalboek/projections"
)

// Config is what the site works with. History, Verifying, Trouble, Tally, Demo and HTTPS may be left out.
type Config struct {
	Ledger    *ledger.Ledger
	Set       *projections.Set
	Vault     domain.Vault
	Store     domain.Store // only read, for trajectories and the past
	Accounts  Accounts
	Clock     func() time.Time // the only clock of the site
	Zone      *time.Location   // of the days on pages and in commands
	Logger    *slog.Logger
	Judging   *Judging     // of proposals of releases; whoever has it runs it
	History   History      // what proves the history; nil: nothing does
	Verifying *Verifying   // of the history; whoever has it runs it; nil: nothing proves it
	Version   string       // of the program, as shown
	Ready     func() error // why the site cannot be used now, in a word that is shown; nil: it can
	Trouble   func() error // why nothing can be recorded now: a refusal; nil: it can
	// Forgotten is told that something was erased, when nothing holds it open in memory any more; may be left out.
	Forgotten func(context.Context) error
	Tally     *Tally // what was answered, for whoever watches
	Demo      bool   // every page says that this is a demonstration
	HTTPS     bool   // callers come over https: cookies are for that only
	Outside   string // address where everybody reads releases, as shown; empty: none is shown
}

// New is the site.
func New(config Config) (http.Handler, error) {
	if err := config.check(); err != nil {
		return nil, err
	}
	s := &site{Config: config, forgery: http.NewCrossOriginProtection(), past: newPast(config)}
	s.chronicle = &chronicle{store: config.Store, history: audit.NewHistory(config.Zone)}
	s.pen = s.pens()
	s.router = s.routed(s.routes())
	return s, nil
}

func (c Config) check() error {
	switch {
	case c.Ledger == nil, c.Set == nil, c.Vault == nil, c.Store == nil, c.Accounts == nil:
		return errors.New("api: configuration lacks a ledger, projections, vault, store or accounts")
	case c.Clock == nil, c.Zone == nil, c.Logger == nil, c.Ready == nil, c.Judging == nil:
		return errors.New("api: configuration lacks a clock, zone, logger, readiness or judging")
	}
	return nil
}

// site is everything a handler can reach.
type site struct {
	Config
	router    *mux.Router
	forgery   *http.CrossOriginProtection
	past      *past
	chronicle *chronicle
	pen       map[string]pen // that drafts are written with, by the path of the command
}

// route is one way in.
type route struct {
	method  string
	pattern string // as package mux reads it
	door    door
	serve   func(http.ResponseWriter, *http.Request) error
}

// routes is the site map.
func (s *site) routes() []route {
	return slices.Concat(
		s.plumbing(),
		s.signIn(),
		s.interfaceRoutes(),
		s.pages(),
	)
}

// plumbing is what machines ask of the site itself.
func (s *site) plumbing() []route {
	return []route{
		{"GET", "/livez", anybody, s.alive},
		{"GET", "/readyz", anybody, s.ready},
		{"GET", "/problemen/{code}", anybody, s.explainProblem},
		{"GET", contractPath, anybody, s.contract},
	}
}

func (s *site) alive(w http.ResponseWriter, _ *http.Request) error {
	return plainText(w, http.StatusOK, "ok")
}

func (s *site) ready(w http.ResponseWriter, _ *http.Request) error {
	if err := s.Ready(); err != nil {
		return plainText(w, http.StatusServiceUnavailable, "not ready: "+err.Error())
	}
	return plainText(w, http.StatusOK, "ok")
}

func plainText(w http.ResponseWriter, status int, text string) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text + "\n"))
	return nil
}

// routed gathers the routes by pattern, so that a method that a pattern does not know is answered with those it does.
func (s *site) routed(routes []route) *mux.Router {
	router := mux.NewRouter()
	router.NotFoundHandler = s.handle(route{door: anybody, serve: noSuchPage})
	byPattern := map[string][]route{}
	for _, rt := range routes {
		byPattern[rt.pattern] = append(byPattern[rt.pattern], rt)
	}
	for _, rt := range routes {
		if same := byPattern[rt.pattern]; same != nil {
			router.Handle(rt.pattern, s.methods(same))
			delete(byPattern, rt.pattern)
		}
	}
	return router
}

func noSuchPage(http.ResponseWriter, *http.Request) error { return errNoPage }

// methods serves one pattern.
func (s *site) methods(routes []route) http.Handler {
	handlers := map[string]http.Handler{}
	var allowed []string
	for _, rt := range routes {
		handlers[rt.method] = s.handle(rt)
		allowed = append(allowed, rt.method)
		if rt.method == http.MethodGet {
			handlers[http.MethodHead] = handlers[rt.method]
			allowed = append(allowed, http.MethodHead)
		}
	}
	allow := strings.Join(allowed, ", ")
	refuse := s.handle(route{pattern: routes[0].pattern, door: anybody, serve: func(w http.ResponseWriter, _ *http.Request) error {
		w.Header().Set("Allow", allow)
		return errMethod
	}})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if handler, ok := handlers[r.Method]; ok {
			handler.ServeHTTP(w, r)
			return
		}
		refuse.ServeHTTP(w, r)
	})
}

// handle runs one route: the door first, then the handler; what either returns is answered in one place. In between
// we see to it that we know what whoever asks has recorded.
func (s *site) handle(rt route) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		visitOf(r).pattern = rt.pattern
		err := s.enter(rt.door, r)
		if err == nil {
			err = s.catchUp(rt, w, r)
		}
		if err == nil {
			err = rt.serve(w, r)
		}
		if err != nil {
			s.fail(w, r, err)
		}
	}
}

// today is the day it is where the site is kept.
func (s *site) today() domain.Date { return domain.DayOf(s.Clock().In(s.Zone)) }

// meta is what is true of a command that came with a request.
func (s *site) meta(r *http.Request, command domain.CommandID, on domain.Date) domain.Meta {
	actor := actorOf(r)
	if on.IsZero() {
		on = s.today()
	}
	return domain.Meta{
		Command: command, Actor: actor.ID, Practice: actor.Practice, On: on, At: s.Clock().UTC(),
	}
}

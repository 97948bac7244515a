package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"time"

	"signaalboek/api"
	"signaalboek/domain"
	"signaalboek/ops/accounts"
	"signaalboek/ops/lifecycle"
	"signaalboek/ops/metrics"
)

// serve runs the ledger of a practice until it is asked to stop.
func serve(ctx context.Context, c *call) error {
	f := c.flags()
	f.takesPlace(standardData())
	f.takesAddresses()
	f.takesNewPractice()
	f.takesBackups()
	f.takesWitnesses()
	f.takesJSON()
	rest, err := f.parse(c)
	if err := errors.Join(err, noMore(rest)); err != nil {
		return err
	}
	m, err := open(ctx, f.place())
	if err != nil {
		return err
	}
	id := domain.PracticeID(f.practice)
	if err := m.prove(ctx, c); err != nil {
		return errors.Join(err, m.close())
	}
	if err := m.openPractice(ctx, id, f.title, time.Now()); err != nil {
		return errors.Join(err, m.close())
	}
	return errors.Join(m.serve(ctx, c, f.settings, id), m.close())
}

// greeting is what a program that starts this one reads: one value a line, or all of them as JSON.
type greeting struct {
	Address string `json:"address"`
	Token   string `json:"token,omitempty"`   // only when a first actor is made: it is shown once
	Link    string `json:"link"`              // opens a session in a browser, once
	Outside string `json:"outside,omitempty"` // where everybody sees the releases; none if that is nowhere
}

func (g greeting) write(c *call, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(c.stdout).Encode(g)
	}
	for _, line := range []string{g.Address, g.Token, g.Link} {
		if line != "" {
			fmt.Fprintln(c.stdout, line)
		}
	}
	return nil
}

// serve listens, and runs everything until ctx ends or a part stops.
func (m *machinery) serve(ctx context.Context, c *call, s settings, id domain.PracticeID) error {
	listener, err := net.Listen("tcp", s.addr)
	if err != nil {
		return mistake("Het adres %s is niet vrij. Kies een ander met --addr.", s.addr)
	}
	defer listener.Close()
	if s.public && !s.https {
		fmt.Fprintln(c.stderr, "Let op: zonder --https kan wie meeluistert zich aanmelden als een ander. Zet er een proxy met https voor.")
	}
	logger := slog.New(slog.NewJSONHandler(c.stderr, nil))
	if m.backups, err = newBackups(m.place, s.backup, logger); err != nil {
		return err
	}
	tally := new(api.Tally)
	m.judging = api.NewJudging(logger)
	if err := m.openToAudit(s, logger); err != nil {
		return err
	}
	outsiders, seenAt, err := m.outsiders(s, logger, tally)
	if err != nil {
		return err
	}
	proofs, err := m.anchorReleases(s, logger)
	if err != nil {
		return err
	}
	site, err := api.New(m.siteConfig(s, logger, tally, seenAt))
	if err != nil {
		return err
	}
	hello, err := m.greet(ctx, id, listener.Addr(), s.https)
	if err != nil {
		return err
	}
	hello.Outside = seenAt
	parts := []lifecycle.Part{
		{Name: "log", Run: m.watchLog},
		{Name: "end of the log", Run: m.watchEnd(logger)},
		{Name: "projections", Run: m.set.Run},
		{Name: "tree", Run: m.proof.tree.Run},
		{Name: "notary", Run: m.proof.notary.Run},
		{Name: "snapshots", Run: m.keepSets(logger)},
		{Name: "completeness", Run: m.watchCompleteness(logger)},
		{Name: "keys of years", Run: m.destroyYearKeys(logger)},
		{Name: "erasures", Run: m.watchErasures(logger)},
		{Name: "judging", Run: m.judging.Run},
		proofs,
		{Name: "verifying", Run: m.verifying.Run},
		{Name: "site", Run: serving(listener, site, logger)},
		{Name: "greeting", Run: func(ctx context.Context) error { return m.announce(ctx, c, s, hello) }},
	}
	if m.backups != nil {
		parts = append(parts, lifecycle.Part{Name: "backups", Run: m.backups.Run})
	}
	if m.place.shared() {
		parts = append(parts, lifecycle.Part{Name: "vault", Run: m.watchVault(logger)})
	}
	if s.metrics != "" {
		observed, err := net.Listen("tcp", s.metrics)
		if err != nil {
			return mistake("Het adres %s is niet vrij. Kies een ander met --metrics-addr.", s.metrics)
		}
		parts = append(parts, lifecycle.Part{Name: "metrics", Run: serving(observed, m.metrics(s, tally), logger)})
	}
	err = lifecycle.Run(ctx, append(parts, outsiders...)...)
	m.proof.leave(context.WithoutCancel(ctx), logger)
	return err
}

func (m *machinery) siteConfig(s settings, logger *slog.Logger, tally *api.Tally, seenAt string) api.Config {
	return api.Config{
		Ledger: m.ledger, Set: m.set, Vault: m.vault, Store: m.log, Accounts: reception{m.accounts, &m.watch.vault.away},
		Clock: time.Now, Zone: m.zone, Logger: logger, Judging: m.judging, Version: release,
		Ready: func() error { return m.ready(s.mostBehind) }, Trouble: m.trouble, Forgotten: m.forgotten, Tally: tally,
		Demo: m.place.isDemo(), HTTPS: s.https, Outside: seenAt, History: m.history, Verifying: m.verifying,
	}
}

// greet makes the first actor of a new ledger, and a link to sign in with.
func (m *machinery) greet(ctx context.Context, id domain.PracticeID, at net.Addr, https bool) (greeting, error) {
	hello := greeting{Address: "http://" + at.String()}
	actor, token, err := m.accounts.FirstOrAdd(ctx, id, accounts.Coordinator)
	if err != nil {
		return hello, err
	}
	hello.Token = token
	link, err := m.accounts.NewLink(ctx, actor.ID, time.Now())
	hello.Link = hello.Address + signInPath + link
	return hello, err
}

// watchLog ends the program when the log has stopped: what is true is found out at the next start.
func (m *machinery) watchLog(ctx context.Context) error {
	select {
	case <-m.log.Stopped():
		return m.log.Err()
	case <-ctx.Done():
		return nil
	}
}

// signInPath is where the site takes a one-time link.
const signInPath = "/aanmelden?link="

// announce tells where the site is, once it answers questions. Then it waits like everybody else.
func (m *machinery) announce(ctx context.Context, c *call, s settings, hello greeting) error {
	end, err := m.log.End(ctx)
	if err != nil {
		return err
	}
	if err := m.set.Wait(ctx, end); err != nil {
		return err
	}
	fmt.Fprintln(c.stderr, "Het signaalboek is klaar. Meld je aan met de link hieronder; hij werkt één keer.")
	if hello.Outside != "" {
		fmt.Fprintf(c.stderr, "Wat iedereen ziet, de publicaties, staat op %s.\n", hello.Outside)
	}
	if err := hello.write(c, s.json); err != nil {
		return err
	}
	<-ctx.Done()
	return nil
}

// snapshotEvery is how often the projections are kept. Losing one costs a longer start, nothing else.
const snapshotEvery = 15 * time.Minute

func (m *machinery) keepSets(logger *slog.Logger) func(context.Context) error {
	return func(ctx context.Context) error {
		ticker := time.NewTicker(snapshotEvery)
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				return unlessAway(m.keepSet(context.WithoutCancel(ctx)), logger)
			case <-ticker.C:
				if err := unlessAway(m.keepSet(ctx), logger); err != nil {
					return err
				}
			}
		}
	}
}

// unlessAway is no error when a snapshot could not be kept because the log or the vault is away: the next one will.
func unlessAway(err error, logger *slog.Logger) error {
	if errors.Is(err, domain.ErrLogAway) || errors.Is(err, domain.ErrVaultAway) {
		logger.Warn("no snapshot was kept", slog.Any("error", err))
		return nil
	}
	return err
}

// How long a stranger may take.
const (
	headerTime = 5 * time.Second
	readTime   = 30 * time.Second
	writeTime  = 60 * time.Second
	idleTime   = 2 * time.Minute
	drainTime  = 10 * time.Second
)

// serving runs an HTTP server; when asked to stop, it lets the requests that it has finish.
func serving(listener net.Listener, handler http.Handler, logger *slog.Logger) func(context.Context) error {
	return func(ctx context.Context) error {
		server := &http.Server{
			Handler: handler, ReadHeaderTimeout: headerTime, ReadTimeout: readTime, WriteTimeout: writeTime,
			IdleTimeout: idleTime, ErrorLog: slog.NewLogLogger(logger.Handler(), slog.LevelWarn),
		}
		ended := make(chan error, 1)
		go func() { ended <- server.Serve(listener) }()
		select {
		case err := <-ended:
			return err
		case <-ctx.Done():
		}
		drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
		defer cancel()
		err := server.Shutdown(drain)
		if errors.Is(err, context.DeadlineExceeded) {
			err = server.Close()
		}
		<-ended
		return err
	}
}

func (m *machinery) metrics(s settings, tally *api.Tally) http.Handler {
	observed := metrics.Observed{
		Version:   release,
		LogBytes:  m.logBytes,
		LogEvents: func() float64 { return float64(m.events()) },
		Behind:    m.behind,
		Consumed:  m.consumed,
		Compared:  m.complete.seen,
		Signed:    m.proof.signed,
		Ready:     func() bool { return m.ready(s.mostBehind) == nil },
		Requests:  func() []metrics.Requests { return requests(tally) },
	}
	if m.backups != nil {
		observed.Backups = m.backups.ages
	}
	if m.place.shared() {
		observed.LogBytes = nil
		observed.Away = func() map[string]bool {
			return map[string]bool{"log": m.watch.log.away.Load(), "vault": m.watch.vault.away.Load()}
		}
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", metrics.Handler(observed))
	return mux
}

func requests(tally *api.Tally) (all []metrics.Requests) {
	for _, answered := range tally.Rows() {
		all = append(all, metrics.Requests{
			Route: answered.Route, Status: answered.Status, Count: answered.Count, Seconds: answered.Time.Seconds(),
		})
	}
	return all
}

// logBytes is the size of a log in the directory.
func (m *machinery) logBytes() float64 {
	about, err := os.Stat(m.place.log())
	if err != nil {
		return 0
	}
	return float64(about.Size())
}

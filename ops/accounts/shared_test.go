package accounts

import (
	"errors"
	"strings"
	"testing"

	"signaalboek/ops/postgres"
	"signaalboek/ops/postgrestest"
)

func TestForeignTablesAreRefused(t *testing.T) {
	for name, change := range map[string]string{
		"newer":           "UPDATE accounts.format SET version = 99",
		"of nobody knows": "DROP TABLE accounts.format",
		"emptied":         "DELETE FROM accounts.format",
	} {
		t.Run(name, func(t *testing.T) {
			conn := postgrestest.Start(t)
			accounts := opener(t, OpenShared, conn)()
			if _, err := accounts.db.ExecContext(t.Context(), change); err != nil {
				t.Fatal(err)
			}
			if _, err := OpenShared(t.Context(), conn); !errors.Is(err, ErrForeign) || errors.Is(err, ErrAway) {
				t.Errorf("Open: %v", err)
			}
		})
	}
}

func TestUnsafeConnectionIsRefused(t *testing.T) {
	if _, err := OpenShared(t.Context(), "postgres://u:p@db.example/book"); !errors.Is(err, postgres.ErrUnsafe) {
		t.Errorf("Open in the clear: %v", err)
	}
}

// The database holds digests only.
func TestDatabaseKeepsSecrets(t *testing.T) {
	accounts := opener(t, OpenShared, postgrestest.Start(t))()
	worker, token, err := accounts.Add(t.Context(), "harelbeke-centrum", Worker)
	if err != nil {
		t.Fatal(err)
	}
	link := linked(t, accounts, worker)
	var all string
	err = accounts.db.QueryRowContext(t.Context(), `SELECT (SELECT string_agg(actor::text || encode(token, 'escape'), ' ') FROM actor)
		|| (SELECT string_agg(link::text || encode(secret, 'escape'), ' ') FROM link)`).Scan(&all)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(all, worker.ID.String()) {
		t.Error("the actor is not there: the test looks in the wrong place")
	}
	if strings.Contains(all, token) || strings.Contains(all, link) {
		t.Error("a secret is in the database")
	}
}

// Given people who signed in, when the database is away, then they are still known here and nothing else is possible;
// and when it is back, everything is as before.
func TestDatabaseAway(t *testing.T) {
	server := postgrestest.StartServer(t)
	conn, err := server.Database()
	if err != nil {
		t.Fatal(err)
	}
	ctx, here, elsewhere := t.Context(), opener(t, OpenShared, conn)(), opener(t, OpenShared, conn)()
	worker, token, err := here.Add(ctx, "harelbeke-centrum", Worker)
	if err != nil {
		t.Fatal(err)
	}
	open := func() string {
		session, _, err := here.OpenSession(ctx, linked(t, here, worker), now)
		if err != nil {
			t.Fatal(err)
		}
		return session
	}
	seen, unseen, closed, leaving := open(), open(), open(), open()
	known := func(session string) error {
		_, err := here.BySession(ctx, session, now)
		return err
	}
	for _, session := range []string{seen, closed, leaving} {
		if err := known(session); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := here.ByToken(ctx, token); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(elsewhere.CloseSession(ctx, closed), server.Crash()); err != nil {
		t.Fatal(err)
	}

	if got, err := here.BySession(ctx, seen, now); err != nil || got != worker {
		t.Errorf("who was seen here: %+v, %v", got, err)
	}
	if got, err := here.ByToken(ctx, token); err != nil || got != worker {
		t.Errorf("a program that was seen here: %+v, %v", got, err)
	}
	_, expired := here.BySession(ctx, seen, now.Add(SessionLife))
	_, unknown := here.ByToken(ctx, "unknown")
	_, _, adding := here.Add(ctx, "harelbeke-centrum", Worker)
	_, linking := here.NewLink(ctx, worker.ID, now)
	_, _, using := here.OpenSession(ctx, "link", now)
	_, _, first := here.FirstOrAdd(ctx, "harelbeke-centrum", Worker)
	_, opening := OpenShared(ctx, conn)
	for what, err := range map[string]error{
		"a session not seen here": known(unseen), "a session that expired": expired, "an unknown token": unknown, "Add": adding,
		"NewLink": linking, "OpenSession": using, "FirstOrAdd": first, "OpenShared": opening,
		"CloseSession": here.CloseSession(ctx, leaving), "who signed out meanwhile": known(leaving),
	} {
		if !errors.Is(err, ErrAway) {
			t.Errorf("%s: %v, want ErrAway", what, err)
		}
	}

	if err := server.Restart(); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(known(seen), known(unseen)); err != nil {
		t.Errorf("a session after the outage: %v", err)
	}
	if err := known(closed); !errors.Is(err, ErrNobody) {
		t.Errorf("a session that was closed elsewhere: %v", err)
	}
	if _, _, err := here.Add(ctx, "harelbeke-centrum", Worker); err != nil {
		t.Errorf("Add after the outage: %v", err)
	}
}

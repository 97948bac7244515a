package accounts

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"signaalboek/domain"
	"signaalboek/ops/atrest"
	"signaalboek/ops/postgrestest"
)

var now = time.Date(2026, time.March, 1, 12, 0, 0, 0, time.UTC)

// replica opens the accounts of a test, as one more process would.
type replica func() *Accounts

// everywhere runs a test against a file in either form and against a shared database: what holds for one holds for the other.
func everywhere(t *testing.T, test func(t *testing.T, open replica)) {
	t.Run("file", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "accounts.db")
		test(t, opener(t, Open, path))
	})
	t.Run("sealed file", func(t *testing.T) {
		path, cipher := filepath.Join(t.TempDir(), "accounts.db"), atrest.NewKey().For("accounts")
		test(t, opener(t, func(ctx context.Context, path string) (*Accounts, error) { return OpenSealed(ctx, path, cipher) }, path))
	})
	t.Run("shared", func(t *testing.T) { test(t, opener(t, OpenShared, postgrestest.Start(t))) })
}

func opener(t *testing.T, open func(context.Context, string) (*Accounts, error), at string) replica {
	return func() *Accounts {
		t.Helper()
		accounts, err := open(t.Context(), at)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { accounts.Close() })
		return accounts
	}
}

func TestSigningIn(t *testing.T) {
	everywhere(t, func(t *testing.T, open replica) {
		ctx, accounts := t.Context(), open()
		if _, err := accounts.First(ctx); !errors.Is(err, ErrNobody) {
			t.Errorf("First of nobody: %v", err)
		}
		worker, token, err := accounts.Add(ctx, "harelbeke-centrum", Worker)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := accounts.ByToken(ctx, token); err != nil || got != worker {
			t.Errorf("ByToken = %+v, %v; want %+v", got, err, worker)
		}
		if _, err := accounts.ByToken(ctx, token+"x"); !errors.Is(err, ErrNobody) {
			t.Errorf("ByToken of a wrong token: %v", err)
		}
		if _, _, err := accounts.Add(ctx, "harelbeke-centrum", SocialWorker); err != nil {
			t.Fatal(err)
		}
		if got, err := accounts.First(ctx); err != nil || got != worker {
			t.Errorf("First = %+v, %v; want %+v", got, err, worker)
		}
		if _, _, err := accounts.Add(ctx, "harelbeke-centrum", "king"); !errors.Is(err, ErrNoRole) {
			t.Errorf("Add of an unknown role: %v", err)
		}
	})
}

func TestLinkOpensOneSessionOnce(t *testing.T) {
	everywhere(t, func(t *testing.T, open replica) {
		ctx, accounts := t.Context(), open()
		worker := added(t, accounts)
		link := linked(t, accounts, worker)
		session, actor, err := accounts.OpenSession(ctx, link, now)
		if err != nil || actor != worker {
			t.Fatalf("OpenSession = %+v, %v; want %+v", actor, err, worker)
		}
		if _, _, err := accounts.OpenSession(ctx, link, now); !errors.Is(err, ErrNobody) {
			t.Errorf("second use of a link: %v", err)
		}
		if got, err := accounts.BySession(ctx, session, now); err != nil || got != worker {
			t.Errorf("BySession = %+v, %v; want %+v", got, err, worker)
		}
		if _, err := accounts.BySession(ctx, session, now.Add(SessionLife)); !errors.Is(err, ErrNobody) {
			t.Errorf("expired session: %v", err)
		}
		if err := accounts.CloseSession(ctx, session); err != nil {
			t.Fatal(err)
		}
		if _, err := accounts.BySession(ctx, session, now); !errors.Is(err, ErrNobody) {
			t.Errorf("closed session: %v", err)
		}
	})
}

func added(t *testing.T, accounts *Accounts) Actor {
	t.Helper()
	actor, _, err := accounts.Add(t.Context(), "harelbeke-centrum", Worker)
	if err != nil {
		t.Fatal(err)
	}
	return actor
}

func linked(t *testing.T, accounts *Accounts, actor Actor) string {
	t.Helper()
	link, err := accounts.NewLink(t.Context(), actor.ID, now)
	if err != nil {
		t.Fatal(err)
	}
	return link
}

func TestLinkOfNobodyIsRefused(t *testing.T) {
	everywhere(t, func(t *testing.T, open replica) {
		if _, err := open().NewLink(t.Context(), domain.ActorID{7}, now); err == nil {
			t.Error("a link was made for an actor that is not there")
		}
	})
}

func TestLinkExpires(t *testing.T) {
	everywhere(t, func(t *testing.T, open replica) {
		accounts := open()
		link := linked(t, accounts, added(t, accounts))
		if _, _, err := accounts.OpenSession(t.Context(), link, now.Add(LinkLife)); !errors.Is(err, ErrNobody) {
			t.Errorf("expired link: %v", err)
		}
	})
}

// Given a link and a session that expired, when others are made, then only those are left.
func TestWhatExpiredIsRemoved(t *testing.T) {
	everywhere(t, func(t *testing.T, open replica) {
		accounts := open()
		worker := added(t, accounts)
		for _, at := range []time.Time{now, now.Add(LinkLife)} {
			used, err := accounts.NewLink(t.Context(), worker.ID, at)
			if err != nil {
				t.Fatal(err)
			}
			if _, _, err := accounts.OpenSession(t.Context(), used, at); err != nil {
				t.Fatal(err)
			}
			if _, err := accounts.NewLink(t.Context(), worker.ID, at); err != nil {
				t.Fatal(err)
			}
		}
		for _, table := range []string{"link", "session"} {
			var kept int
			if err := accounts.db.QueryRowContext(t.Context(), "SELECT count(*) FROM "+table).Scan(&kept); err != nil || kept != 1 {
				t.Errorf("%d rows in %s, %v; want 1", kept, table, err)
			}
		}
	})
}

func TestReplicasSeeEachOther(t *testing.T) {
	everywhere(t, func(t *testing.T, open replica) {
		first, second := open(), open()
		worker, token, err := first.Add(t.Context(), "harelbeke-centrum", Coordinator)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := second.ByToken(t.Context(), token); err != nil || got != worker {
			t.Errorf("the other sees %+v, %v", got, err)
		}
		session, _, err := second.OpenSession(t.Context(), linked(t, first, worker), now)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := first.BySession(t.Context(), session, now); err != nil || got != worker {
			t.Errorf("a session of the other: %+v, %v", got, err)
		}
		if err := second.CloseSession(t.Context(), session); err != nil {
			t.Fatal(err)
		}
		if _, err := first.BySession(t.Context(), session, now); !errors.Is(err, ErrNobody) {
			t.Errorf("a session that the other closed: %v", err)
		}
	})
}

// together makes the same attempt at several replicas at once, several times at each.
func together(open replica, attempt func(*Accounts)) {
	var attempts sync.WaitGroup
	begin := make(chan struct{})
	for range 3 {
		accounts := open()
		for range 4 {
			attempts.Go(func() { <-begin; attempt(accounts) })
		}
	}
	close(begin)
	attempts.Wait()
}

// Given one link, when everybody uses it at once at every replica, then one of them has a session.
func TestLinkIsUsedOnceUnderConcurrency(t *testing.T) {
	everywhere(t, func(t *testing.T, open replica) {
		accounts := open()
		worker := added(t, accounts)
		for range 5 {
			link := linked(t, accounts, worker)
			var mu sync.Mutex
			sessions := 0
			together(open, func(accounts *Accounts) {
				_, _, err := accounts.OpenSession(t.Context(), link, now)
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil:
					sessions++
				case !errors.Is(err, ErrNobody):
					t.Errorf("use of a link: %v", err)
				}
			})
			if sessions != 1 {
				t.Errorf("one link opened %d sessions", sessions)
			}
		}
	})
}

// Given a new ledger, when replicas start together, then they agree on who is first, and one of them made the token.
func TestThereIsOneFirst(t *testing.T) {
	everywhere(t, func(t *testing.T, open replica) {
		var mu sync.Mutex
		tokens, firsts := 0, map[Actor]bool{}
		together(open, func(accounts *Accounts) {
			actor, token, err := accounts.FirstOrAdd(t.Context(), "harelbeke-centrum", Coordinator)
			mu.Lock()
			defer mu.Unlock()
			firsts[actor] = true
			if token != "" {
				tokens++
			}
			if err != nil {
				t.Error(err)
			}
		})
		if tokens != 1 || len(firsts) != 1 {
			t.Errorf("%d tokens for %d actors, want one of each", tokens, len(firsts))
		}
	})
}

// Replicas that start together on a new database make its tables once.
func TestOpenTogether(t *testing.T) {
	everywhere(t, func(t *testing.T, open replica) {
		var opening sync.WaitGroup
		for range 6 {
			opening.Go(func() { open() })
		}
		opening.Wait()
		added(t, open())
	})
}

func TestACallerWhoLeftIsNotAnOutage(t *testing.T) {
	everywhere(t, func(t *testing.T, open replica) {
		accounts := open()
		ctx, leave := context.WithCancel(t.Context())
		leave()
		if _, err := accounts.ByToken(ctx, "token"); !errors.Is(err, context.Canceled) || errors.Is(err, ErrAway) {
			t.Errorf("a caller who left is told %v", err)
		}
	})
}

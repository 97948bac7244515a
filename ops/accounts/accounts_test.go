package accounts

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var now = time.Date(2026, time.March, 1, 12, 0, 0, 0, time.UTC)

func open(t *testing.T, path string) *Accounts {
	t.Helper()
	accounts, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { accounts.Close() })
	return accounts
}

func TestSigningIn(t *testing.T) {
	ctx, accounts := t.Context(), open(t, filepath.Join(t.TempDir(), "accounts.db"))
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
	if got, err := accounts.First(ctx); err != nil || got != worker {
		t.Errorf("First = %+v, %v; want %+v", got, err, worker)
	}
	if _, _, err := accounts.Add(ctx, "harelbeke-centrum", "king"); !errors.Is(err, ErrNoRole) {
		t.Errorf("Add of an unknown role: %v", err)
	}
}

func TestLinkOpensOneSessionOnce(t *testing.T) {
	ctx, accounts := t.Context(), open(t, filepath.Join(t.TempDir(), "accounts.db"))
	worker, _, _ := accounts.Add(ctx, "harelbeke-centrum", Worker)
	link, err := accounts.NewLink(ctx, worker.ID, now)
	if err != nil {
		t.Fatal(err)
	}
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
}

func TestLinkExpires(t *testing.T) {
	ctx, accounts := t.Context(), open(t, filepath.Join(t.TempDir(), "accounts.db"))
	worker, _, _ := accounts.Add(ctx, "harelbeke-centrum", Worker)
	link, _ := accounts.NewLink(ctx, worker.ID, now)
	if _, _, err := accounts.OpenSession(ctx, link, now.Add(LinkLife)); !errors.Is(err, ErrNobody) {
		t.Errorf("expired link: %v", err)
	}
}

// The file holds digests only, and only its owner reads it.
func TestFileKeepsSecrets(t *testing.T) {
	path := filepath.Join(t.TempDir(), "accounts.db")
	accounts := open(t, path)
	worker, token, _ := accounts.Add(t.Context(), "harelbeke-centrum", Worker)
	link, _ := accounts.NewLink(t.Context(), worker.ID, now)
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(raw, []byte(worker.ID.String())) {
		t.Error("the actor is not in the file: the test looks in the wrong place")
	}
	if bytes.Contains(raw, []byte(token)) || bytes.Contains(raw, []byte(link)) {
		t.Error("a secret is in the file")
	}
	if stat, _ := os.Stat(path); stat.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, want 0600", stat.Mode().Perm())
	}
}

func TestReopenAndTwoAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "accounts.db")
	first, second := open(t, path), open(t, path)
	worker, token, err := first.Add(t.Context(), "harelbeke-centrum", Coordinator)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := second.ByToken(t.Context(), token); err != nil || got != worker {
		t.Errorf("the other process sees %+v, %v", got, err)
	}
}

func TestForeignFileIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "accounts.db")
	accounts := open(t, path)
	if _, err := accounts.db.ExecContext(t.Context(), "PRAGMA user_version = 99"); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(context.Background(), path); !errors.Is(err, ErrForeign) {
		t.Errorf("Open of a newer file: %v", err)
	}
	text := filepath.Join(t.TempDir(), "accounts.db")
	if err := os.WriteFile(text, []byte(strings.Repeat("Beste buren, ", 500)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(context.Background(), text); !errors.Is(err, ErrForeign) {
		t.Errorf("Open of a text: %v", err)
	}
}

// A directory may be called anything.
func TestAnyPath(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "boek #1?mode=memory %20&x")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "accounts.db")
	_, token, err := open(t, path).Add(t.Context(), "harelbeke-centrum", Worker)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := open(t, path).ByToken(t.Context(), token); err != nil {
		t.Errorf("the file is another one: %v", err)
	}
	if about, err := os.Stat(path); err != nil || about.Size() == 0 {
		t.Errorf("nothing stands at its path: %v", err)
	}
}

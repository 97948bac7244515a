package accounts

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The file holds digests only, and only its owner reads it.
func TestFileKeepsSecrets(t *testing.T) {
	path := filepath.Join(t.TempDir(), "accounts.db")
	accounts := opener(t, Open, path)()
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

func TestForeignFileIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "accounts.db")
	accounts := opener(t, Open, path)()
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
	_, token, err := opener(t, Open, path)().Add(t.Context(), "harelbeke-centrum", Worker)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := opener(t, Open, path)().ByToken(t.Context(), token); err != nil {
		t.Errorf("the file is another one: %v", err)
	}
	if about, err := os.Stat(path); err != nil || about.Size() == 0 {
		t.Errorf("nothing stands at its path: %v", err)
	}
}

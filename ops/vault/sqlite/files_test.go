package sqlite_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/ncruces/go-sqlite3"
	"signaalboek/domain"
	"signaalboek/ops/vault"
	"signaalboek/ops/vault/sqlite"
)

// used is a directory with a closed vault that holds a text and a card, and that text.
func used(t *testing.T) (dir string, sealed domain.Sealed) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "vault")
	v, err := sqlite.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	at := domain.Place{Event: uuid.New(), Field: "/statement"}
	sealed, err = v.Seal(t.Context(), at, domain.ToSeal("de bus rijdt niet na zes uur"))
	if err != nil {
		t.Fatal(err)
	}
	_, err = v.AddCard(t.Context(), uuid.New(), domain.NewCard{Practice: practice, Nickname: "rode fiets"})
	fatal(t, err)
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
	return dir, sealed
}

var noVault = []byte(strings.Repeat("geen kluis ", 500))

func TestOpenRefuses(t *testing.T) {
	tests := map[string]struct {
		change func(t *testing.T, dir string)
		want   error
	}{
		"a lost master key": {func(t *testing.T, dir string) { remove(t, dir, "master.key") }, vault.ErrNoMaster},
		"a lost vault":      {func(t *testing.T, dir string) { remove(t, dir, "vault.db") }, vault.ErrNoVault},
		"another master key": {func(t *testing.T, dir string) {
			write(t, dir, "master.key", bytes.Repeat([]byte{7}, 32))
		}, vault.ErrWrongMaster},
		"half a master key":  {func(t *testing.T, dir string) { write(t, dir, "master.key", make([]byte, 16)) }, vault.ErrWrongMaster},
		"an exposed key":     {func(t *testing.T, dir string) { chmod(t, dir, "master.key", 0o640) }, vault.ErrExposed},
		"no SQLite file":     {func(t *testing.T, dir string) { write(t, dir, "vault.db", noVault) }, vault.ErrForeign},
		"an empty file":      {func(t *testing.T, dir string) { write(t, dir, "vault.db", nil) }, vault.ErrForeign},
		"another's database": {func(t *testing.T, dir string) { edit(t, dir, "PRAGMA application_id = 1") }, vault.ErrForeign},
		"a newer form":       {func(t *testing.T, dir string) { edit(t, dir, "PRAGMA user_version = 4") }, vault.ErrNewer},
		"a vault without its own secrets": {func(t *testing.T, dir string) {
			edit(t, dir, "DELETE FROM secret WHERE name = 'marks'")
		}, vault.ErrForeign},
		"an altered secret of its own": {func(t *testing.T, dir string) {
			edit(t, dir, "UPDATE secret SET wrapped = randomblob(60) WHERE name = 'digest'")
		}, vault.ErrAltered},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			dir, _ := used(t)
			tt.change(t, dir)
			before := content(t, dir)
			v, err := sqlite.Open(t.Context(), dir)
			if err == nil {
				v.Close()
			}
			if !errors.Is(err, tt.want) {
				t.Fatalf("opened with %v, not %v", err, tt.want)
			}
			if after := content(t, dir); tt.want != vault.ErrAltered && !bytes.Equal(before, after) {
				t.Error("what was refused was touched")
			}
		})
	}
}

// An old copy of vault.db opens nothing beside the key that a forgetting left. With the key of its time it does, until
// the keys are destroyed again that the log says were erased.
func TestOldCopies(t *testing.T) {
	dir, sealed := used(t)
	old := t.TempDir()
	for _, name := range []string{"vault.db", "master.key"} {
		raw, err := os.ReadFile(filepath.Join(dir, name))
		fatal(t, err)
		write(t, old, name, raw)
	}
	v, err := sqlite.Open(t.Context(), dir)
	fatal(t, err)
	fatal(t, v.ForgetTexts(t.Context(), practice, sealed.Key))
	erased, err := v.Erasures(t.Context(), practice)
	fatal(t, err)
	fatal(t, v.Close())

	raw, err := os.ReadFile(filepath.Join(old, "vault.db"))
	fatal(t, err)
	write(t, dir, "vault.db", raw)
	if _, err := sqlite.Open(t.Context(), dir); !errors.Is(err, vault.ErrWrongMaster) {
		t.Errorf("an old copy beside today's key opened with %v", err)
	}
	v = open(t, old)
	if _, err := v.Open(t.Context(), sealed); err != nil {
		t.Errorf("both old copies: %v", err)
	}
	fatal(t, v.Forget(t.Context(), erased...))
	if _, err := v.Open(t.Context(), sealed); !errors.Is(err, domain.ErrForgotten) {
		t.Errorf("destroyed again, it says %v", err)
	}
}

// The key file may stand elsewhere, and is replaced there.
func TestKeyFileElsewhere(t *testing.T) {
	dir, keys := filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "keys")
	key := vault.KeyFile(filepath.Join(keys, "signaalboek.key"))
	for range 2 {
		v, err := sqlite.OpenWith(t.Context(), dir, sqlite.Options{Key: key})
		fatal(t, err)
		before, err := os.ReadFile(string(key))
		fatal(t, err)
		fatal(t, v.Rotate(t.Context()))
		fatal(t, v.Close())
		if after, err := os.ReadFile(string(key)); err != nil || bytes.Equal(before, after) {
			t.Errorf("the key was not replaced: %v", err)
		}
	}
	if found, _ := filepath.Glob(filepath.Join(dir, "*key*")); len(found) > 0 {
		t.Errorf("a key stands with the vault: %v", found)
	}
}

func TestOpenObeysItsContext(t *testing.T) {
	ended, end := context.WithCancel(t.Context())
	end()
	dir := filepath.Join(t.TempDir(), "vault")
	if _, err := sqlite.Open(ended, dir); !errors.Is(err, context.Canceled) {
		t.Errorf("opened with %v", err)
	}
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Error("made something")
	}
}

// A first start that was cut off, at each place where it can be, is finished or repeated by the next.
func TestFirstStartCutOff(t *testing.T) {
	tests := map[string]func(t *testing.T, dir string){
		"before either has its name": func(t *testing.T, dir string) {
			rename(t, dir, "master.key", "master.key.new")
			rename(t, dir, "vault.db", "vault.db.new")
		},
		"while the key was written": func(t *testing.T, dir string) {
			remove(t, dir, "vault.db")
			rename(t, dir, "master.key", "master.key.new")
		},
		"before the vault has its name": func(t *testing.T, dir string) { rename(t, dir, "vault.db", "vault.db.new") },
		"with half a vault, and no key": func(t *testing.T, dir string) {
			remove(t, dir, "master.key")
			remove(t, dir, "vault.db")
			write(t, dir, "vault.db.new", []byte("half"))
		},
	}
	for name, cut := range tests {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			v, err := sqlite.Open(t.Context(), dir)
			if err != nil {
				t.Fatal(err)
			}
			v.Close()
			cut(t, dir)
			v = open(t, dir)
			if _, _, err := v.NewSeed(t.Context()); err != nil {
				t.Error(err)
			}
			if left, _ := filepath.Glob(filepath.Join(dir, "*.new")); len(left) > 0 {
				t.Errorf("left behind: %d files", len(left))
			}
		})
	}
}

func TestFilesAreForTheirOwnerOnly(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "vault")
	v := open(t, dir)
	if _, _, err := v.NewSeed(t.Context()); err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		about, err := entry.Info()
		if err != nil {
			return err
		}
		names[entry.Name()] = true
		if want := map[bool]fs.FileMode{true: 0o700, false: 0o600}[entry.IsDir()]; about.Mode().Perm() != want {
			t.Errorf("%s has mode %o, not %o", entry.Name(), about.Mode().Perm(), want)
		}
		return nil
	})
	if err != nil || !names["vault.db"] || !names["vault.db-wal"] || !names["master.key"] {
		t.Errorf("files %v: %v", names, err)
	}
}

// No file of a vault, open or closed, holds a word that was given to it, nor the id of a command, nor what a key is for.
func TestNothingStandsInTheClear(t *testing.T) {
	dir := t.TempDir()
	v, err := sqlite.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	command := uuid.New()
	event, seed := fill(t, v, command)
	searched := func(when string) {
		all := content(t, dir)
		for what, secret := range map[string][]byte{
			"a nickname": []byte("rode fiets"), "a text": []byte("de bus rijdt niet"), "an activity": []byte("soep-met-babbels"),
			"an answer": []byte("earlierYear"), "a seed": seed[:], "a command": command[:], "an event": event[:], "a field": []byte("statement"),
		} {
			if bytes.Contains(all, secret) {
				t.Errorf("%s: %s stands in the clear", when, what)
			}
		}
		if !bytes.Contains(all, []byte(practice)) {
			t.Errorf("%s: the search searched nothing", when)
		}
	}
	searched("open")
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
	searched("closed")
}

// fill puts something of everything in a vault, and returns the event of the text and the seed.
func fill(t *testing.T, v *vault.Vault, command domain.CommandID) (domain.EventID, [32]byte) {
	t.Helper()
	ctx := t.Context()
	card, err := v.AddCard(ctx, command, domain.NewCard{Practice: practice, Nickname: "rode fiets", EarlierYear: domain.No})
	fatal(t, err)
	_, err = v.Recognise(ctx, practice, card, domain.DateOf(2022, 5, 2), "soep-met-babbels")
	fatal(t, err)
	event := uuid.New()
	_, err = v.Seal(ctx, domain.Place{Event: event, Field: "/statement"}, domain.ToSeal("de bus rijdt niet"))
	fatal(t, err)
	fatal(t, v.CountConcern(ctx, command, 2022))
	_, seed, err := v.NewSeed(ctx)
	fatal(t, err)
	return event, seed
}

func fatal(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// content is all bytes of all files in a directory but the lock file.
func content(t *testing.T, dir string) (all []byte) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	fatal(t, err)
	for _, entry := range entries {
		raw, err := os.ReadFile(filepath.Join(dir, entry.Name()))
		fatal(t, err)
		all = append(all, raw...)
	}
	return all
}

func edit(t *testing.T, dir, sql string) {
	t.Helper()
	db, err := sqlite3.Open(filepath.Join(dir, "vault.db"))
	fatal(t, err)
	fatal(t, db.Exec(sql))
	fatal(t, db.Close())
}

func remove(t *testing.T, dir, name string) {
	t.Helper()
	fatal(t, os.Remove(filepath.Join(dir, name)))
}

func rename(t *testing.T, dir, from, to string) {
	t.Helper()
	fatal(t, os.Rename(filepath.Join(dir, from), filepath.Join(dir, to)))
}

func write(t *testing.T, dir, name string, raw []byte) {
	t.Helper()
	fatal(t, os.WriteFile(filepath.Join(dir, name), raw, 0o600))
}

func chmod(t *testing.T, dir, name string, mode fs.FileMode) {
	t.Helper()
	fatal(t, os.Chmod(filepath.Join(dir, name), mode))
}

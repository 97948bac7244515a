package transparency

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"

	"signaalboek/domain"
	"signaalboek/domain/domaintest"
)

// A history goes on where it was copied to, under the same name and key, and is not copied over one that went on further, or
// over another.
func TestHistoryMoves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, from, to := logOf(t, 5), &headMemory{}, &headMemory{}
		fatal(t, CopyHead(ctx, from, to))
		if to.raw != nil {
			t.Error("of nothing something was copied")
		}
		head, err := notaryOf(t, "one", store, from).turn(t.Context())
		fatal(t, err)
		fatal(t, Record(ctx, to, Check{What: "log"})) // somebody looked at what is there already
		for range 2 {
			fatal(t, CopyHead(ctx, from, to))
		}
		if there := to.head(); there.Revision != 2 || there.Origin != head.Origin || !there.Lease.IsZero() {
			t.Errorf("there it is %+v", there)
		}
		moved := domaintest.NewMemStore(t)
		grow(t, moved, 0, 8)
		_, err = notaryOf(t, "two", moved, to).turn(t.Context())
		fatal(t, err)
		promises(t, to, moved)
		before := to.head().Revision
		fatal(t, CopyHead(ctx, from, to))
		if now := to.head().Revision; now != before {
			t.Error("it was put back to where it was")
		}
		fatal(t, CopyHead(ctx, to, from))
		promises(t, from, moved)
		other := &headMemory{}
		_, err = notaryOf(t, "three", rewritten(t, func(all []domain.Draft) []domain.Draft { return all[1:] }), other).turn(t.Context())
		fatal(t, err)
		if err := CopyHead(ctx, from, other); !errors.Is(err, ErrOtherHistory) {
			t.Errorf("over another history: %v", err)
		}
		rival := &headMemory{}
		n := notaryOf(t, "four", store, rival)
		n.Keys = NewKey()
		_, err = n.turn(t.Context())
		fatal(t, err)
		if err := CopyHead(ctx, from, rival); !errors.Is(err, ErrOtherHistory) {
			t.Errorf("over the same events under another key: %v", err)
		}
	})
}

func TestKeysMove(t *testing.T) {
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	fatal(t, CopyKey(path("none"), path("to")))
	key, err := MakeKey(path("from"))
	fatal(t, err)
	for range 2 {
		fatal(t, CopyKey(path("from"), path("to")))
	}
	if same, err := ReadKey(path("to")); err != nil || !same.private.Equal(key.private) {
		t.Errorf("another key came: %v", err)
	}
	_, err = MakeKey(path("other"))
	fatal(t, err)
	if err := CopyKey(path("from"), path("other")); !errors.Is(err, ErrOtherHistory) {
		t.Errorf("over another key: %v", err)
	}
}

// What is no key, or one that others can read, is refused, and a key that is there is not made anew.
func TestKeyFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "signing.key")
	if _, err := ReadKey(path); !errors.Is(err, ErrNoKey) {
		t.Errorf("none: %v", err)
	}
	key, err := MakeKey(path)
	fatal(t, err)
	if again, err := MakeKey(path); err != nil || !again.private.Equal(key.private) {
		t.Errorf("made anew: %v", err)
	}
	whole, err := os.ReadFile(path)
	fatal(t, err)
	fatal(t, os.Chmod(path, 0o640))
	if _, err := ReadKey(path); !errors.Is(err, ErrKeyExposed) {
		t.Errorf("exposed: %v", err)
	}
	fatal(t, os.Chmod(path, 0o600))
	for _, content := range []string{"", "x", string(whole[:20]), string(whole) + "x", "PRIVATE+KEY+a+b"} {
		fatal(t, os.WriteFile(path, []byte(content), 0o600))
		if _, err := MakeKey(path); !errors.Is(err, ErrKeyDamaged) {
			t.Errorf("%q: %v", content, err)
		}
	}
}

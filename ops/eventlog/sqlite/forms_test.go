package sqlite_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"signaalboek/ops/atrest"
	"signaalboek/ops/eventlog/sqlite"
)

// eachForm runs a test on logs in the clear and on sealed ones: what holds of one holds of the other.
func eachForm(t *testing.T, test func(t *testing.T, form sqlite.Options)) {
	t.Run("in the clear", func(t *testing.T) { test(t, sqlite.Options{}) })
	t.Run("sealed", func(t *testing.T) { test(t, sqlite.Options{Cipher: atrest.NewKey().For("log")}) })
}

// Given a sealed log with a word in its events, then the word stands in none of its files, running or closed; and the log
// opens with its own key only, in words, and is not changed by trying.
func TestASealedLogIsNoiseWithoutItsKey(t *testing.T) {
	path, form := fresh(t), sqlite.Options{Cipher: atrest.NewKey().For("log")}
	log := open(t, path, form)
	appendTo(t, log, "thing-zichtbaar", nil)
	lookFor(t, path, false)
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	lookFor(t, path, false)
	before := content(t, path)
	for name, given := range map[string]struct {
		options sqlite.Options
		want    error
	}{
		"no key":      {sqlite.Options{}, atrest.ErrSealed},
		"another key": {sqlite.Options{Cipher: atrest.NewKey().For("log")}, atrest.ErrWrongKey},
	} {
		if log, err := sqlite.Open(t.Context(), path, given.options); !errors.Is(err, given.want) {
			t.Errorf("%s: got %v and error %v, want %v", name, log, err, given.want)
		}
	}
	if content(t, path) != before {
		t.Error("the file was changed")
	}
	if n, err := readAll(t, open(t, path, form)); n != 1 || err != nil {
		t.Errorf("got %d events and error %v", n, err)
	}
}

func TestALogInTheClearIsNotTakenForASealedOne(t *testing.T) {
	path := fresh(t)
	makeLog(t, path, 1, sqlite.Options{})
	lookFor(t, path, true)
	_, err := sqlite.Open(t.Context(), path, sqlite.Options{Cipher: atrest.NewKey().For("log")})
	if !errors.Is(err, atrest.ErrPlain) {
		t.Errorf("got error %v", err)
	}
}

// Given a log, when it is converted there and back, then it holds the same events, sound, in the form that was asked for;
// one that is in use is left alone.
func TestConvert(t *testing.T) {
	path, sealed := fresh(t), sqlite.Options{Cipher: atrest.NewKey().For("log")}
	makeLog(t, path, 40, sqlite.Options{})
	for _, turn := range []struct{ from, to sqlite.Options }{{sqlite.Options{}, sealed}, {sealed, sqlite.Options{}}} {
		if err := sqlite.Convert(t.Context(), path, turn.from.Cipher, turn.to.Cipher); err != nil {
			t.Fatal(err)
		}
		lookFor(t, path, turn.to.Cipher == nil)
		log := open(t, path, turn.to)
		if err := sqlite.Convert(t.Context(), path, turn.to.Cipher, turn.from.Cipher); !errors.Is(err, sqlite.ErrLocked) {
			t.Errorf("in use: got error %v", err)
		}
		if err := log.Close(); err != nil {
			t.Fatal(err)
		}
		if err := readEverything(t, path, turn.to); err != nil {
			t.Error(err)
		}
	}
	damagePages(t, sqlite.Options{}) // the checksums are back
}

// lookFor looks for what every log in the clear holds: the name of its table, and of the events of these tests.
func lookFor(t *testing.T, path string, there bool) {
	t.Helper()
	files, err := filepath.Glob(path + "*")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	found := false
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range []string{"CREATE TABLE", "SQLite", "thing.happened", "zichtbaar", "payload"} {
			if bytes.Contains(raw, []byte(word)) {
				found = true
				if !there {
					t.Errorf("%q stands in %s", word, filepath.Base(file))
				}
			}
		}
	}
	if found != there {
		t.Errorf("something was found: %v", found)
	}
}

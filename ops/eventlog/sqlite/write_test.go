package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"signaalboek/domain"
	"signaalboek/ops/atrest"
	"signaalboek/ops/eventlog/sqlite"
)

// writeLog names the log that a process makes until it is killed, of that at the other path.
const writeLog, writeFrom = "SIGNAALBOEK_TEST_WRITE_LOG", "SIGNAALBOEK_TEST_WRITE_FROM"

// Given a log of many streams, when its events are written elsewhere, then that is the same log, and goes on; nothing is
// written over it.
func TestWriteMakesTheSameLog(t *testing.T) {
	eachForm(t, func(t *testing.T, form sqlite.Options) {
		from, to := fresh(t), fresh(t)
		makeLog(t, from, 500, form)
		log := open(t, from, form)
		if err := sqlite.Write(t.Context(), to, form, log.ReadAll(t.Context(), domain.Position{})); err != nil {
			t.Fatal(err)
		}
		if left, err := filepath.Glob(to + "*.new*"); len(left) > 0 || err != nil {
			t.Errorf("it left %q, %v", left, err)
		}
		written := open(t, to, form)
		if want, got := everything(t, log), everything(t, written); !reflect.DeepEqual(want, got) {
			t.Errorf("%d events became %d", len(want), len(got))
		}
		if err := written.Check(t.Context()); err != nil {
			t.Error(err)
		}
		if _, err := written.Append(t.Context(), "thing-0", 9, drafts(1)); err != nil {
			t.Error(err)
		}
		err := sqlite.Write(t.Context(), to, form, log.ReadAll(t.Context(), domain.Position{}))
		if !errors.Is(err, sqlite.ErrLocked) {
			t.Errorf("in use: %v", err)
		}
		if err := written.Close(); err != nil {
			t.Fatal(err)
		}
		if err := sqlite.Write(t.Context(), to, form, log.ReadAll(t.Context(), domain.Position{})); !errors.Is(err, fs.ErrExist) {
			t.Errorf("written over: %v", err)
		}
	})
}

// Events that do not follow each other make no log, and neither do those that end with an error.
func TestWriteRefuses(t *testing.T) {
	from := fresh(t)
	makeLog(t, from, 2, sqlite.Options{})
	good := everything(t, open(t, from, sqlite.Options{}))
	fault := errors.New("the disk is gone")
	twice := append(append([]domain.Recorded{}, good...), good[3])
	twice[len(twice)-1].Stream, twice[len(twice)-1].Revision = "thing-new", 0
	for name, given := range map[string]struct {
		events []domain.Recorded
		last   error
		want   error
	}{
		"an error at the end":       {good, fault, fault},
		"an event that is missing":  {append(append([]domain.Recorded{}, good[:4]...), good[5:]...), nil, nil},
		"an event that comes twice": {twice, nil, domain.ErrTaken},
		"events in another order":   {append([]domain.Recorded{good[1], good[0]}, good[2:]...), nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			to := fresh(t)
			err := sqlite.Write(t.Context(), to, sqlite.Options{}, sequence(given.events, given.last))
			if err == nil || given.want != nil && !errors.Is(err, given.want) {
				t.Errorf("got error %v", err)
			}
			if left, err := filepath.Glob(to + "[.]*"); len(left) > 0 || err != nil {
				t.Errorf("it left %q, %v", left, err)
			}
			if _, err := os.Stat(to); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("there is a log: %v", err)
			}
		})
	}
}

// Given a process that writes a log, when it is killed at any moment, then there is no log, or the whole of it; and the
// next that writes it makes it whole.
func TestWriteIsKilled(t *testing.T) {
	eachKey(t, func(t *testing.T, key atrest.KeyFile, form sqlite.Options) {
		from, to := fresh(t), fresh(t)
		makeLog(t, from, 800, form)
		want := everything(t, open(t, from, form))
		for range 12 {
			writing := start(t, writeLog+"="+to, writeFrom+"="+from, crashKey+"="+string(key))
			if line, err := writing.lines.ReadString('\n'); err != nil || line != "writing\n" {
				t.Fatalf("the process said %q, %v", line, err)
			}
			time.Sleep(rand.N(60 * time.Millisecond)) // some moment
			writing.kill(t)
			if _, err := os.Stat(to); err == nil {
				break
			}
		}
		if err := sqlite.Write(t.Context(), to, form, sequence(want, nil)); err != nil && !errors.Is(err, fs.ErrExist) {
			t.Fatal(err)
		}
		if got := everything(t, open(t, to, form)); !reflect.DeepEqual(want, got) {
			t.Errorf("%d events became %d", len(want), len(got))
		}
	})
}

// writeUntilKilled writes a log, and waits.
func writeUntilKilled(from, to string, form sqlite.Options) error {
	reader, err := sqlite.OpenReader(context.Background(), from, form)
	if err != nil {
		return err
	}
	fmt.Println("writing")
	if err := sqlite.Write(context.Background(), to, form, reader.ReadAll(context.Background(), domain.Position{})); err != nil {
		return err
	}
	select {}
}

func everything(t *testing.T, log domain.Store) (all []domain.Recorded) {
	t.Helper()
	for r, err := range log.ReadAll(t.Context(), domain.Position{}) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	return all
}

func sequence(events []domain.Recorded, last error) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		for _, r := range events {
			if !yield(r, nil) {
				return
			}
		}
		if last != nil {
			yield(domain.Recorded{}, last)
		}
	}
}

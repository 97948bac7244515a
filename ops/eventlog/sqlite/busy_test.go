package sqlite_test

import (
	"testing"
	"time"

	"github.com/ncruces/go-sqlite3"

	"signaalboek/domain"
	"signaalboek/ops/eventlog/sqlite"
)

// Given a reader that holds the lock of writing for a moment, as SQLite lets it do, when something is appended, then it
// waits and is recorded.
func TestAppendWaitsForAReaderThatLooksAgain(t *testing.T) {
	path := fresh(t)
	log := open(t, path, sqlite.Options{})
	reader, err := sqlite3.Open("file:" + path)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	if err := reader.Exec(`BEGIN IMMEDIATE`); err != nil {
		t.Fatal(err)
	}
	answered := make(chan error, 1)
	go func() {
		_, err := log.Append(t.Context(), "thing-1", domain.NoStream, drafts(1))
		answered <- err
	}()
	select {
	case err := <-answered:
		t.Fatalf("did not wait: %v", err)
	case <-time.After(50 * time.Millisecond):
	}
	if err := reader.Exec(`ROLLBACK`); err != nil {
		t.Fatal(err)
	}
	if err := <-answered; err != nil {
		t.Error(err)
	}
}

// Given a reader that looks at a log which nobody writes in, when a writer opens it, then it waits, rather than say that the
// log is in use.
func TestOpenWaitsForAReaderThatLooksFirst(t *testing.T) {
	path := fresh(t)
	makeLog(t, path, 1, sqlite.Options{})
	looking, err := sqlite3.Open("file:" + path + "-lock")
	if err != nil {
		t.Fatal(err)
	}
	defer looking.Close()
	if err := looking.Exec(`BEGIN; SELECT count(*) FROM sqlite_schema`); err != nil {
		t.Fatal(err)
	}
	opened := make(chan error, 1)
	go func() {
		log, err := sqlite.Open(t.Context(), path, sqlite.Options{})
		if err == nil {
			err = log.Close()
		}
		opened <- err
	}()
	select {
	case err := <-opened:
		t.Fatalf("did not wait: %v", err)
	case <-time.After(50 * time.Millisecond):
	}
	if err := looking.Exec(`ROLLBACK`); err != nil {
		t.Fatal(err)
	}
	if err := <-opened; err != nil {
		t.Error(err)
	}
}

package sqlite

import (
	"context"
	"errors"
	"testing"
	"time"

	"signaalboek/ops/vault"
)

var errNo = errors.New("no")

// writing is a writer that no goroutine runs, and a connection to a new vault.
func writing(t *testing.T) (*writer, *conn) {
	t.Helper()
	f := filesIn(t.TempDir(), Options{})
	if err := f.prepare(vault.Blank()); err != nil {
		t.Fatal(err)
	}
	db, err := f.connect()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.close() })
	return newWriter(), db
}

// grouped commits edits as one group, and gives the answer of each.
func grouped(w *writer, db *conn, edits ...func(*conn) error) (answers []error) {
	var group []*change
	for _, edit := range edits {
		group = append(group, &change{ctx: context.Background(), edit: edit, done: make(chan error, 1)})
	}
	w.answer(group, db)
	for _, c := range group {
		answers = append(answers, <-c.done)
	}
	return answers
}

func concern(mark string) func(*conn) error {
	return func(db *conn) error {
		return db.Do(`INSERT INTO concern (mark, year) VALUES (?, 2022)`, nil, []byte(mark))
	}
}

func counted(t *testing.T, db *conn) (n int) {
	t.Helper()
	err := db.Do(`SELECT count(*) FROM concern`, func(row vault.Row) error { n = row.Int(0); return nil })
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestOneOfAGroupFails(t *testing.T) {
	w, db := writing(t)
	answers := grouped(w, db, concern("a"), func(db *conn) error {
		return errors.Join(concern("b")(db), errNo)
	}, concern("c"))
	if answers[0] != nil || !errors.Is(answers[1], errNo) || answers[2] != nil {
		t.Errorf("answers: %v", answers)
	}
	if n := counted(t, db); n != 2 {
		t.Errorf("%d made, not 2", n)
	}
}

func TestWhoLeftIsSkipped(t *testing.T) {
	w, db := writing(t)
	left, leave := context.WithCancel(context.Background())
	leave()
	c := &change{ctx: left, edit: concern("a"), done: make(chan error, 1)}
	w.answer([]*change{c}, db)
	if err := <-c.done; !errors.Is(err, context.Canceled) || counted(t, db) != 0 {
		t.Errorf("made for somebody who had left: %v", err)
	}
}

// Whoever leaves while a change is being made waits until it has run: what it writes down is the caller's to read.
func TestWhoLeavesWaitsForTheChange(t *testing.T) {
	w, db := writing(t)
	ctx, leave := context.WithCancel(context.Background())
	returned, answered := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(answered)
		w.answer([]*change{<-w.queue}, db)
	}()
	err := w.do(ctx, together, func(*conn) error {
		leave()
		select {
		case <-returned:
			t.Error("left while the change was being made")
		case <-time.After(20 * time.Millisecond):
		}
		return nil
	})
	close(returned)
	<-answered
	if err != nil && !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// SQLite takes a whole transaction back after some faults. Then nothing was recorded, and everybody hears so.
func TestGroupTakenBack(t *testing.T) {
	w, db := writing(t)
	for i, err := range grouped(w, db, concern("a"), func(db *conn) error { return db.Do("ROLLBACK", nil) }) {
		if err == nil {
			t.Errorf("change %d was said to be durable", i)
		}
	}
	if n := counted(t, db); n != 0 {
		t.Errorf("%d made", n)
	}
	if answers := grouped(w, db, concern("a")); answers[0] != nil {
		t.Errorf("the next group: %v", answers[0])
	}
}

// After a commit of which nobody knows how it ended, nothing is written.
func TestCommitFails(t *testing.T) {
	w, db := writing(t)
	err := db.Exec(`PRAGMA foreign_keys = ON; CREATE TABLE whole (id INTEGER PRIMARY KEY);
		CREATE TABLE part (id INTEGER REFERENCES whole DEFERRABLE INITIALLY DEFERRED)`)
	if err != nil {
		t.Fatal(err)
	}
	failing := func(db *conn) error { return db.Do("INSERT INTO part VALUES (1)", nil) }
	for i, err := range grouped(w, db, concern("a"), failing) {
		if err == nil {
			t.Errorf("change %d was said to be durable", i)
		}
	}
	if answers := grouped(w, db, concern("b")); answers[0] == nil {
		t.Error("written after a commit that failed")
	}
	if n := counted(t, db); n != 0 {
		t.Errorf("%d made", n)
	}
}

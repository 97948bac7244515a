package sqlite

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/ncruces/go-sqlite3"
	"signaalboek/ops/vault"
)

// writer is the one goroutine that changes vault.db. It commits whatever is waiting as one group, so that many callers
// share one sync of the disk.
type writer struct {
	queue  chan *change
	closed chan struct{} // closed by stop: take no more
	ended  chan struct{} // closed by run: nothing is answered any more
	broken error         // after a commit of which nobody knows how it ended; of run only
}

// change is one caller's part of a group.
type change struct {
	ctx  context.Context
	edit func(*conn) error // runs inside the transaction, and may find that there is nothing to do
	kind kind
	done chan error // has room for the answer, so that a caller may leave
	held sync.Mutex // while edit runs
}

// kind is how a change goes with others.
type kind int

const (
	together kind = iota // in a group with others
	alone                // in a transaction of its own
	outside              // in no transaction
)

// groupLimit is the most changes in one transaction: beyond it a sync costs little against the changes.
const groupLimit = 256

func newWriter() *writer {
	return &writer{queue: make(chan *change, groupLimit), closed: make(chan struct{}), ended: make(chan struct{})}
}

// do has a change made, and returns when it is durable. Should ctx end first, the change may still be made: every
// change of a vault can be asked for again. It is never being made after do has returned: what it writes down for the
// caller is the caller's.
func (w *writer) do(ctx context.Context, kind kind, edit func(*conn) error) error {
	c := &change{ctx: ctx, edit: edit, kind: kind, done: make(chan error, 1)}
	select {
	case w.queue <- c:
	case <-ctx.Done():
		return ctx.Err()
	case <-w.closed:
		return vault.ErrClosed
	}
	select {
	case err := <-c.done:
		return err
	case <-ctx.Done():
		c.leave()
		return ctx.Err()
	case <-w.ended:
		return c.answerOr(vault.ErrClosed)
	}
}

// leave waits until edit has run, if it has begun. If it has not, it never will: ctx has ended.
func (c *change) leave() {
	if c.kind == outside { // may take long, and writes nothing down
		return
	}
	c.held.Lock()
	defer c.held.Unlock()
}

func (c *change) answerOr(none error) error {
	select {
	case err := <-c.done:
		return err
	default:
		return none
	}
}

// run makes changes until stop, and then closes its connection.
func (w *writer) run(db *conn) {
	defer close(w.ended)
	defer db.close()
	for {
		select {
		case first := <-w.queue:
			for first != nil {
				var group []*change
				group, first = w.group(first)
				w.answer(group, db)
			}
		case <-w.closed:
			return
		}
	}
}

func (w *writer) stop() {
	close(w.closed)
	<-w.ended
}

// group is first and all that wait behind it and may go with it; next waits behind those, if anybody does.
func (w *writer) group(first *change) (group []*change, next *change) {
	group = []*change{first}
	for first.kind == together && len(group) < groupLimit {
		select {
		case next := <-w.queue:
			if next.kind != together {
				return group, next
			}
			group = append(group, next)
		default:
			return group, nil
		}
	}
	return group, nil
}

func (w *writer) answer(group []*change, db *conn) {
	answers := make([]error, len(group))
	err := w.broken
	switch {
	case err != nil:
	case group[0].kind == outside:
		answers[0] = group[0].run(db)
	default:
		err = w.commit(group, answers, db)
	}
	for i, c := range group {
		if answers[i] == nil {
			answers[i] = err
		}
		c.done <- answers[i]
	}
}

// commit makes all changes of a group in one transaction. If we crash before COMMIT returns, nobody was told anything.
// A commit that fails leaves a state that nobody knows, unless it was for want of room: nothing is written after it.
func (w *writer) commit(group []*change, answers []error, db *conn) error {
	if err := db.Do("BEGIN IMMEDIATE", nil); err != nil {
		return fmt.Errorf("vault: begin: %w", err)
	}
	for i, c := range group {
		answers[i] = c.apply(db)
	}
	if db.GetAutocommit() { // a failing change took the whole transaction back
		return fmt.Errorf("vault: group: %w", errors.Join(answers...))
	}
	err := db.Do("COMMIT", nil)
	if err == nil {
		return nil
	}
	err = fmt.Errorf("vault: commit: %w", err)
	if rollback := db.Do("ROLLBACK", nil); rollback != nil || !errors.Is(err, sqlite3.FULL) {
		w.broken = err
	}
	return err
}

// run makes one change that stands in no transaction.
func (c *change) run(db *conn) error {
	if err := c.ctx.Err(); err != nil {
		return err
	}
	return c.edit(db)
}

// apply makes one change, whole or not at all.
func (c *change) apply(db *conn) error {
	c.held.Lock()
	defer c.held.Unlock()
	if err := c.ctx.Err(); err != nil {
		return err
	}
	if err := db.Do("SAVEPOINT change", nil); err != nil {
		return err
	}
	made := c.edit(db)
	if made != nil {
		if err := db.Do("ROLLBACK TO change", nil); err != nil {
			return errors.Join(made, err)
		}
	}
	return errors.Join(made, db.Do("RELEASE change", nil))
}

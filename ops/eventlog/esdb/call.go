package esdb

import (
	"context"
	"errors"
	"fmt"
)

// A call of the client may not come back: while it looks for a node it hears no context. So each runs on a goroutine of
// its own, which holds a turn until its first answer, and is counted until it ends:
//
//	begin ──► goroutine: call the client ──► first answer: rest ──► … ──► leave
//	   │
//	   └────► whoever asked waits for the answer, the end of their context, or of the log
//
// There are as many goroutines without an answer as there are turns, and no more. When a node is found, or the outage is
// over, those whose askers have left find their contexts ended and leave too. Only when all have left is the client closed.
// A reading has a goroutine for itself; appends, which are many and short, share those of desk.go.

// begin takes a turn. It fails when ctx or the log ends first; then nothing was asked.
func (l *Log) begin(ctx context.Context) error {
	select {
	case l.turns <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	case <-l.life.Done():
		return ErrClosed
	}
	return l.enter()
}

// enter counts a call, for which a turn was taken, unless the log is closed.
func (l *Log) enter() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		l.rest()
		return ErrClosed
	}
	l.running.Add(1)
	return nil
}

// rest gives the turn back.
func (l *Log) rest() { <-l.turns }

// leave ends a call.
func (l *Log) leave() { l.running.Done() }

// errBroken is a panic of the client.
var errBroken = errors.New("esdb: the client failed")

// guarded turns a panic of the client, which meets answers that it does not expect with one, into an error.
func guarded(call func() error) (err error) {
	defer func() {
		if what := recover(); what != nil {
			err = fmt.Errorf("%w: %v", errBroken, what)
		}
	}()
	return call()
}

// noted is an error of the client, explained. A dead client stops the log.
func (l *Log) noted(err error) error {
	if errors.Is(err, errBroken) {
		return err
	}
	err = explained(err)
	if errors.Is(err, ErrStopped) && l.ready(context.Background()) == nil {
		l.stop()
	}
	return err
}

package esdb

import (
	"context"
	"time"

	client "github.com/EventStore/EventStore-Client-Go/v4/esdb"
)

// desk is a goroutine that appends with the client for others, one append after the other. Goroutine, channels, timer and
// context serve many appends: making them anew for each would cost more than all else that is done around the client.
//
// Whoever holds a turn sits down at a desk, asks, and waits for the answer. Who has it stands up again, and the desk is
// free for the next one. Whose patience or context ends first leaves the desk for good, and ends its context: its goroutine
// ends, and gives the turn back, when the client lets the call go.
type desk struct {
	ctx      context.Context // of its calls; ends with the log, and with whoever leaves without an answer
	end      context.CancelFunc
	patience *time.Timer // ends ctx
	asked    chan write
	answered chan answer // holds one: nobody may be there to take it
	forsaken bool        // somebody left without an answer; set before asked is closed
}

type answer struct {
	result *client.WriteResult
	err    error
}

// sit gives a desk to somebody who holds a turn, and is patient for so long.
func (l *Log) sit(patience time.Duration) *desk {
	if d := l.freeDesk(); d != nil {
		d.patience.Reset(patience)
		return d
	}
	d := &desk{asked: make(chan write, 1), answered: make(chan answer, 1)}
	d.ctx, d.end = context.WithCancel(l.life)
	d.patience = time.AfterFunc(patience, d.end)
	go l.serve(d)
	return d
}

// freeDesk is the one that was left last, because its stack is the warmest; nil if somebody sits at each.
func (l *Log) freeDesk() (d *desk) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if last := len(l.desks) - 1; last >= 0 {
		d, l.desks = l.desks[last], l.desks[:last]
	}
	return d
}

// stand leaves a desk with an answer, and ends the call. When patience ended just now, the desk serves nobody any more.
func (l *Log) stand(d *desk) {
	if d.patience.Stop() {
		l.mu.Lock()
		l.desks = append(l.desks, d)
		l.mu.Unlock()
	} else {
		close(d.asked)
	}
	l.rest()
	l.leave()
}

// forsake leaves a desk without an answer.
func (d *desk) forsake() {
	d.patience.Stop()
	d.end()
	d.forsaken = true
	close(d.asked)
}

// serve is the goroutine of a desk.
func (l *Log) serve(d *desk) {
	defer d.end()
	for w := range d.asked {
		var given answer
		given.err = guarded(func() (err error) {
			options := w.options(&l.options.Attempt)
			given.result, err = l.client.AppendToStream(d.ctx, string(w.stream), options, w.events...)
			return err
		})
		d.answered <- given
	}
	if d.forsaken {
		l.rest()
		l.leave()
	}
}

// dismiss ends the goroutines of all desks. No call is under way, and none begins any more: nobody sits there.
func (l *Log) dismiss() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, d := range l.desks {
		close(d.asked)
	}
	l.desks = nil
}

package sqlite

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"signaalboek/domain"
)

// request is one Append on its way through the writer.
type request struct {
	stream   domain.StreamID
	expected domain.Revision
	drafts   []domain.Draft
	state    atomic.Int32
	answer   chan answer // holds one
}

type answer struct {
	position domain.Position
	err      error
}

// A request is waiting until the writer takes it or its appender leaves, whoever is first.
const (
	waiting int32 = iota
	taken
	left
)

// Append implements domain.Store.
//
// When ctx ends before the writer took the drafts, nothing was recorded; when it ends while they are being written,
// the outcome is unknown.
func (l *Log) Append(
	ctx context.Context, stream domain.StreamID, expected domain.Revision, drafts []domain.Draft,
) (domain.Position, error) {
	if err := l.ready(ctx); err != nil {
		return domain.Position{}, err
	}
	if err := keepable(stream, drafts); err != nil {
		return domain.Position{}, fmt.Errorf("append to %s: %w", stream, err)
	}
	r := &request{stream: stream, expected: expected, drafts: copied(drafts), answer: make(chan answer, 1)}
	if !l.queue.put(r) {
		return domain.Position{}, l.ready(context.WithoutCancel(ctx))
	}
	select {
	case a := <-r.answer:
		return a.position, a.err
	case <-ctx.Done():
		return domain.Position{}, r.leave(ctx.Err())
	}
}

func (r *request) leave(why error) error {
	if r.state.CompareAndSwap(waiting, left) {
		return why
	}
	return fmt.Errorf("append to %s: %w: %w", r.stream, domain.ErrUnknown, why)
}

// keepable reports what the table could not keep exactly as it was given.
func keepable(stream domain.StreamID, drafts []domain.Draft) error {
	if !stream.Valid() {
		return errors.New("the stream has no valid name")
	}
	if len(drafts) == 0 {
		return errors.New("there is nothing to append")
	}
	for _, draft := range drafts {
		if !draft.At.Equal(time.UnixMicro(draft.At.UnixMicro())) {
			return fmt.Errorf("event %s: its moment of recording is finer than a microsecond", draft.ID)
		}
	}
	return nil
}

// copied lets the writer outlive the call: an appender that has left may do with its bytes what it wants.
func copied(drafts []domain.Draft) []domain.Draft {
	size := 0
	for _, draft := range drafts {
		size += len(draft.Payload) + len(draft.Metadata)
	}
	own, raw := make([]domain.Draft, len(drafts)), make([]byte, 0, size)
	for i, draft := range drafts {
		own[i] = draft
		raw = append(raw, draft.Payload...)
		own[i].Payload = raw[len(raw)-len(draft.Payload):]
		raw = append(raw, draft.Metadata...)
		own[i].Metadata = raw[len(raw)-len(draft.Metadata):]
	}
	return own
}

// maxBatch bounds a transaction, and with it how long the first in it waits.
const maxBatch = 512

// queue is what waits for the writer.
type queue struct {
	filled chan struct{} // holds one when there is something to take, or the queue is shut

	mu      sync.Mutex // guards what follows
	waiting []*request
	closed  bool
}

func newQueue() *queue { return &queue{filled: make(chan struct{}, 1)} }

// put adds r, unless the queue is shut.
func (q *queue) put(r *request) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return false
	}
	q.waiting = append(q.waiting, r)
	q.signal()
	return true
}

func (q *queue) signal() {
	select {
	case q.filled <- struct{}{}:
	default:
	}
}

// take waits for requests and gives all there are, up to maxBatch; none means that the queue is shut.
func (q *queue) take(into []*request) []*request {
	for {
		<-q.filled
		q.mu.Lock()
		n := min(len(q.waiting), maxBatch)
		into = append(into[:0], q.waiting[:n]...)
		rest := copy(q.waiting, q.waiting[n:])
		clear(q.waiting[rest:])
		q.waiting = q.waiting[:rest]
		shut := q.closed
		if rest > 0 || shut {
			q.signal()
		}
		q.mu.Unlock()
		if n > 0 || shut {
			return into
		}
	}
}

// shut refuses further requests. Those that wait are still given by take.
func (q *queue) shut() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	q.signal()
}

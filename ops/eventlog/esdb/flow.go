package esdb

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"

	client "github.com/EventStore/EventStore-Client-Go/v4/esdb"

	"signaalboek/domain"
)

// What may lie ready in a flow before its reader takes it. A slow reader makes the server wait, by the flow control of the
// connection.
const (
	readyEvents = 256
	readyBytes  = 1 << 20
)

// flow is events on their way from a goroutine that calls the client to whoever reads them.
type flow struct {
	filled chan struct{} // holds one when there is something to take
	taken  chan struct{} // holds one when there is room again

	mu     sync.Mutex // guards what follows
	events []domain.Recorded
	bytes  int
	moved  bool  // something came that is nobody's to see
	err    error // why nothing more comes; io.EOF at the end
}

func newFlow() *flow {
	return &flow{filled: make(chan struct{}, 1), taken: make(chan struct{}, 1)}
}

func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// put adds an event, and waits until there is room for it. It fails when ctx ends first.
func (f *flow) put(ctx context.Context, r domain.Recorded) error {
	for {
		f.mu.Lock()
		if len(f.events) < readyEvents && f.bytes < readyBytes {
			f.events = append(f.events, r)
			f.bytes += len(r.Payload) + len(r.Metadata)
			f.mu.Unlock()
			signal(f.filled)
			return nil
		}
		f.mu.Unlock()
		select {
		case <-f.taken:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// touch says that something came that is nobody's to see.
func (f *flow) touch() {
	f.mu.Lock()
	f.moved = true
	f.mu.Unlock()
	signal(f.filled)
}

// finish says that nothing more comes.
func (f *flow) finish(err error) {
	f.mu.Lock()
	f.err = err
	f.mu.Unlock()
	signal(f.filled)
}

// take gives what lies ready, waiting until something does, and keeps used, which was taken before, for what comes next.
// Without events and without an error, something came that is nobody's to see.
func (f *flow) take(ctx context.Context, used []domain.Recorded) ([]domain.Recorded, error) {
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		f.mu.Lock()
		events, moved, err := f.events, f.moved, f.err
		f.events, f.bytes, f.moved = used[:0], 0, false
		f.mu.Unlock()
		if len(events) > 0 || moved {
			signal(f.taken)
			return events, nil
		}
		if err != nil {
			return nil, err
		}
		used = events
		select {
		case <-f.filled:
		case <-ctx.Done():
		}
	}
}

// source is what a call of the client gives, one by one.
type source struct {
	next func() (*client.RecordedEvent, error) // without either, something came that is nobody's to see
	idle bool                                  // it may have nothing to give for a long time: a subscription
}

// flowing begins a reading on a goroutine of its own, for which a turn was taken. It ends when ctx does, which cancel ends.
func (l *Log) flowing(ctx context.Context, cancel context.CancelFunc, r reading) *flow {
	f := newFlow()
	go func() {
		defer l.leave()
		p := pump{log: l, flow: f, rest: sync.OnceFunc(l.rest), watch: time.AfterFunc(l.options.Attempt, cancel)}
		defer p.rest()
		defer p.watch.Stop()
		f.finish(guarded(func() error { return p.run(ctx, r) }))
	}()
	return f
}

// pump moves events from the client into a flow.
type pump struct {
	log   *Log
	flow  *flow
	rest  func()      // gives the turn back, once
	watch *time.Timer // ends the reading when the server is silent for too long
}

func (p pump) run(ctx context.Context, r reading) error {
	from, err := r.open(ctx, p.log.client)
	if err != nil {
		return err
	}
	if from.idle {
		p.watch.Stop()
		p.rest()
	}
	for {
		event, err := p.next(from)
		if err != nil {
			return err
		}
		if err := p.pass(ctx, r, event); err != nil {
			return err
		}
	}
}

// next waits for the next event: for one attempt's time, unless the source may be idle.
func (p pump) next(from source) (*client.RecordedEvent, error) {
	if from.idle {
		return from.next()
	}
	p.watch.Reset(p.log.options.Attempt)
	event, err := from.next()
	p.watch.Stop()
	p.rest()
	return event, err
}

// pass translates an event and hands it on. The server's own streams are skipped, and so is a sign of life.
func (p pump) pass(ctx context.Context, r reading, event *client.RecordedEvent) error {
	if event == nil || strings.HasPrefix(event.StreamID, "$") {
		p.flow.touch()
		return nil
	}
	translated, err := r.translate(event)
	if err != nil {
		return untranslatable{err}
	}
	return p.flow.put(ctx, translated)
}

// untranslatable is an error of ours on the way of the client's.
type untranslatable struct{ error }

func (e untranslatable) Unwrap() error { return e.error }

// readFrom is a source that gives what the client reads, and io.EOF at the end.
func readFrom(stream *client.ReadStream, err error) (source, error) {
	if err != nil {
		return source{}, err
	}
	return source{next: func() (*client.RecordedEvent, error) {
		event, err := stream.Recv()
		if err != nil {
			return nil, err
		}
		return event.OriginalEvent(), nil
	}}, nil
}

// subscribed is a source that gives what a subscription does. Checkpoints are signs of life and no more: one that a server
// set too early would lose events, and to look again at what is skipped costs little.
func subscribed(subscription *client.Subscription, err error) (source, error) {
	if err != nil {
		return source{}, err
	}
	return source{idle: true, next: func() (*client.RecordedEvent, error) {
		for {
			switch happened := subscription.Recv(); {
			case happened.EventAppeared != nil:
				return happened.EventAppeared.OriginalEvent(), nil
			case happened.CheckPointReached != nil:
				return nil, nil
			case happened.SubscriptionDropped != nil:
				return nil, errDropped
			}
		}
	}}, nil
}

// errDropped ends a subscription. For whatever reason the server or the connection did that, we subscribe again; if it may
// not be, subscribing says so.
var errDropped = errors.New("esdb: the subscription was dropped")

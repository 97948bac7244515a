package projections

import (
	"context"
	"fmt"
	"iter"
	"runtime"
	"sync"
	"time"

	"signaalboek/domain"
)

// Run follows the log from where the set is and applies every event, until its context ends: it then returns the
// context's error. Any other error is a fault that names a position and an event: the set cannot decode or apply it,
// and answers no better than up to there. A vault that is away is waited for. A set runs once.
func (s *Set) Run(ctx context.Context) error {
	err := s.run(ctx)
	s.stop(err)
	return err
}

func (s *Set) run(ctx context.Context) error {
	end, err := s.store.End(ctx)
	if err != nil {
		return fmt.Errorf("projections: find the end of the log: %w", err)
	}
	if err := s.apply(nil, end); err != nil {
		return err
	}
	return s.consume(ctx, patientVault{s.vault}, end, func(ctx context.Context) iter.Seq2[domain.Recorded, error] {
		return s.store.Follow(ctx, s.Position())
	})
}

// AsOf is a set folded up to the last event that was recorded at or before a moment: what was known then. It folds up
// to the first event that was recorded later, since moments grow with positions in a log that one clock stamps.
func AsOf(ctx context.Context, store domain.Store, vault domain.Vault, moment time.Time) (*Set, error) {
	return foldedUntil(ctx, store, vault, func(recorded domain.Recorded) bool { return recorded.At.After(moment) })
}

// Before is a set folded up to the last event that stands before a position in the log: what a release counts, whose
// proposal stands there.
func Before(ctx context.Context, store domain.Store, vault domain.Vault, position domain.Position) (*Set, error) {
	return foldedUntil(ctx, store, vault, func(recorded domain.Recorded) bool { return !recorded.Position.Before(position) })
}

// foldedUntil is a set folded up to the first event that is past what is asked for, without that one.
func foldedUntil(ctx context.Context, store domain.Store, vault domain.Vault, past func(domain.Recorded) bool) (*Set, error) {
	s := New(store, vault)
	err := s.consume(ctx, vault, domain.Position{}, func(ctx context.Context) iter.Seq2[domain.Recorded, error] {
		return until(store.ReadAll(ctx, domain.Position{}), past)
	})
	if err != nil {
		return nil, err
	}
	return s, nil
}

func until(events iter.Seq2[domain.Recorded, error], past func(domain.Recorded) bool) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		for recorded, err := range events {
			if err == nil && past(recorded) || !yield(recorded, err) {
				return
			}
		}
	}
}

// batchSize is the most events that are decoded and applied at once. A reader that is ahead fills batches; one that
// waits for the log hands on what it has, so that a single event is visible at once.
const batchSize = 512

// consume applies a sequence of events: one reader, as many decoders as there are cores, one hand that applies, in
// order. No more than a few batches are ever in memory. The sequence ends when the context that it is given does, which
// is also when applying stops: no goroutine outlives this call.
func (s *Set) consume(
	ctx context.Context, vault domain.Vault, end domain.Position, events func(context.Context) iter.Seq2[domain.Recorded, error],
) error {
	ctx, cancel := context.WithCancel(ctx)
	var running sync.WaitGroup
	defer running.Wait()
	defer cancel()

	decoders := runtime.GOMAXPROCS(0)
	backlog := newBacklog()
	inOrder := make(chan *batch, 2*decoders)
	toDecode := make(chan *batch, 2*decoders)
	running.Go(func() { backlog.fill(ctx, events(ctx)) })
	running.Go(func() { backlog.cut(ctx, inOrder, toDecode) })
	for range decoders {
		running.Go(func() { s.decode(ctx, vault, toDecode) })
	}
	return s.applyAll(ctx, inOrder, end)
}

// applyAll applies batches in order. The channel is closed after the last one; a batch that holds an error is the last.
func (s *Set) applyAll(ctx context.Context, inOrder <-chan *batch, end domain.Position) error {
	for b := range inOrder {
		select {
		case <-b.decoded:
		case <-ctx.Done():
			return ctx.Err()
		}
		if err := s.apply(b.readings, end); err != nil {
			return err
		}
		s.forgetOpened(b.before)
		if b.err != nil {
			return b.err
		}
	}
	return ctx.Err()
}

// batch is some events that follow each other in the log.
type batch struct {
	recorded []domain.Recorded
	err      error // what comes after them
	readings []Reading
	before   int           // that Set.forgotten said before anything was opened
	decoded  chan struct{} // closed when readings, or err, is there
}

// decode decodes batches until there are no more. What cannot be decoded ends its batch.
func (s *Set) decode(ctx context.Context, vault domain.Vault, batches <-chan *batch) {
	for b := range batches {
		b.before = s.forgotten()
		b.decode(ctx, vault)
		close(b.decoded)
	}
}

func (b *batch) decode(ctx context.Context, vault domain.Vault) {
	b.readings = make([]Reading, 0, len(b.recorded))
	for _, recorded := range b.recorded {
		reading, err := read(ctx, vault, recorded)
		if err != nil {
			b.err = err
			return
		}
		b.readings = append(b.readings, reading)
	}
	b.recorded = nil
}

// backlog is what was read and not yet cut into batches.
type backlog struct {
	mu      sync.Mutex // guards all below
	changed *sync.Cond
	read    []domain.Recorded
	err     error // why there is no more
	ended   bool
	gone    bool // nobody cuts any more
}

func newBacklog() *backlog {
	b := &backlog{}
	b.changed = sync.NewCond(&b.mu)
	return b
}

// fill reads events into the backlog until they end, at most one batch ahead.
func (b *backlog) fill(ctx context.Context, events iter.Seq2[domain.Recorded, error]) {
	stop := context.AfterFunc(ctx, b.leave)
	defer stop()
	for recorded, err := range events {
		if !b.add(recorded, err) {
			break
		}
	}
	b.end()
}

func (b *backlog) add(recorded domain.Recorded, err error) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.read) >= batchSize && !b.gone {
		b.changed.Wait()
	}
	if b.err = err; err == nil {
		b.read = append(b.read, recorded)
	}
	b.changed.Broadcast()
	return err == nil && !b.gone
}

func (b *backlog) end() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ended = true
	b.changed.Broadcast()
}

// leave wakes a reader that waits for room which nobody will make.
func (b *backlog) leave() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.gone = true
	b.changed.Broadcast()
}

// cut makes batches of whatever was read, hands each to the decoders and, in the same order, to the hand that applies.
func (b *backlog) cut(ctx context.Context, inOrder, toDecode chan<- *batch) {
	defer close(inOrder)
	defer close(toDecode)
	for {
		next, last := b.take()
		for _, to := range []chan<- *batch{inOrder, toDecode} {
			select {
			case to <- next:
			case <-ctx.Done():
				return
			}
		}
		if last {
			return
		}
	}
}

func (b *backlog) take() (next *batch, last bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.read) == 0 && !b.ended {
		b.changed.Wait()
	}
	next = &batch{recorded: b.read, decoded: make(chan struct{})}
	b.read = make([]domain.Recorded, 0, len(next.recorded)) // the next batch is about as long
	if b.ended {
		next.err = b.err
	}
	b.changed.Broadcast()
	return next, b.ended
}

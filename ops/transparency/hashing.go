package transparency

import (
	"context"
	"iter"
	"runtime"
	"sync"

	"golang.org/x/mod/sumdb/tlog"

	"signaalboek/domain"
	"signaalboek/domain/proof"
)

// leaf is an event as the tree takes it in.
type leaf struct {
	hash tlog.Hash
	mark domain.Mark
	at   domain.Position
}

// batchSize is the most events that are hashed at once. A reader that is ahead fills batches; one that waits for the log
// hands on what it has, so that a single event is in the tree at once.
const batchSize = 512

// batch is some events that follow each other in the log.
type batch struct {
	recorded []domain.Recorded
	leaves   []leaf
	err      error         // what comes after them
	hashed   chan struct{} // closed when leaves, or err, is there
}

// hashed gives the leaves of events, in order, in batches: one reader, as many who hash as there are cores. It stops when
// ctx ends, and no goroutine outlives it.
func hashed(ctx context.Context, events func(context.Context) iter.Seq2[domain.Recorded, error]) iter.Seq2[[]leaf, error] {
	return func(yield func([]leaf, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		var running sync.WaitGroup
		defer running.Wait()
		defer cancel()

		cores := runtime.GOMAXPROCS(0)
		read := make(chan reading, batchSize)
		inOrder, toHash := make(chan *batch, 2*cores), make(chan *batch, 2*cores)
		running.Go(func() { fill(ctx, events(ctx), read) })
		running.Go(func() { cut(ctx, read, inOrder, toHash) })
		for range cores {
			running.Go(func() {
				for b := range toHash {
					b.hash()
				}
			})
		}
		for b := range inOrder {
			<-b.hashed
			if !yield(b.leaves, b.err) || b.err != nil {
				return
			}
		}
	}
}

// reading is an event, or why there is none.
type reading struct {
	recorded domain.Recorded
	err      error
}

// fill reads events until they end.
func fill(ctx context.Context, events iter.Seq2[domain.Recorded, error], read chan<- reading) {
	defer close(read)
	for recorded, err := range events {
		select {
		case read <- reading{recorded, err}:
		case <-ctx.Done():
			return
		}
	}
}

// cut makes batches of whatever was read, hands each to those who hash and, in the same order, to who takes them in.
func cut(ctx context.Context, read <-chan reading, inOrder, toHash chan<- *batch) {
	defer close(inOrder)
	defer close(toHash)
	for first := range read {
		b := &batch{hashed: make(chan struct{})}
		b.gather(first, read)
		last := b.err != nil // afterwards it is the one's who hashes
		for _, to := range []chan<- *batch{toHash, inOrder} {
			select {
			case to <- b:
			case <-ctx.Done():
				return
			}
		}
		if last {
			return
		}
	}
}

// gather takes what is there, up to a whole batch.
func (b *batch) gather(next reading, read <-chan reading) {
	room := 1 + len(read)
	if room > batchSize/8 { // the reader is ahead, and more will come while we take
		room = batchSize
	}
	b.recorded = make([]domain.Recorded, 0, room)
	for {
		if b.err = next.err; b.err != nil {
			return
		}
		b.recorded = append(b.recorded, next.recorded)
		if len(b.recorded) == batchSize || len(read) == 0 {
			return
		}
		next = <-read // nobody else takes from it
	}
}

func (b *batch) hash() {
	defer close(b.hashed)
	b.leaves = make([]leaf, 0, len(b.recorded))
	for _, recorded := range b.recorded {
		hash, err := proof.Leaf(recorded)
		if err != nil {
			b.err = err
			return
		}
		b.leaves = append(b.leaves, leaf{hash, domain.MarkOf(recorded), recorded.Position})
	}
	b.recorded = nil
}

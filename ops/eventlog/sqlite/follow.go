package sqlite

import (
	"context"
	"iter"

	"signaalboek/domain"
)

// Follow implements domain.Store. It sleeps until the writer has committed something; nothing polls.
func (l *Log) Follow(ctx context.Context, after domain.Position) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		reached := after
		for {
			// Asked before reading: what is committed after this moment closes the channel, what came before is read.
			grew := l.growth()
			for recorded, err := range l.ReadAll(ctx, reached) {
				if !yield(recorded, err) || err != nil {
					return
				}
				reached = recorded.Position
			}
			if err := l.sleep(ctx, grew); err != nil {
				yield(domain.Recorded{}, err)
				return
			}
		}
	}
}

// sleep waits until the log has grown, or fails when it will not.
func (l *Log) sleep(ctx context.Context, grew <-chan struct{}) error {
	select {
	case <-grew:
		return nil
	case <-ctx.Done():
	case <-l.closing:
	case <-l.stopped:
	}
	return l.ready(ctx)
}

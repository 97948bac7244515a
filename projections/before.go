package projections

import (
	"context"
	"iter"

	"signaalboek/domain"
)

// Before is a set folded up to the last event that stands before a position in the log: what a release counts, whose
// proposal stands there.
func Before(ctx context.Context, store domain.Store, vault domain.Vault, position domain.Position) (*Set, error) {
	s := New(store, vault)
	err := s.consume(ctx, vault, domain.Position{}, func(ctx context.Context) iter.Seq2[domain.Recorded, error] {
		return before(store.ReadAll(ctx, domain.Position{}), position)
	})
	if err != nil {
		return nil, err
	}
	return s, nil
}

func before(events iter.Seq2[domain.Recorded, error], position domain.Position) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		for recorded, err := range events {
			if err == nil && !recorded.Position.Before(position) || !yield(recorded, err) {
				return
			}
		}
	}
}

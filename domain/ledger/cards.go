package ledger

import (
	"context"
	"errors"
	"fmt"

	"signaalboek/domain"
	"signaalboek/domain/practice"
)

// merge has the vault merge two cards, or tell what it merged; nothing, if it is not asked or there are no such cards. If we
// die after it, the cards are one and the log does not say so yet: the command can be asked again, and CompleteMergings
// says it in any case.
func (l *Ledger) merge(ctx context.Context, meta domain.Meta, needs practice.Needs) (*practice.Merging, error) {
	var pairs []domain.SamePerson
	var err error
	switch {
	case needs.Merge != nil:
		pairs, err = l.vault.MergeCards(ctx, meta.Practice, needs.Merge.Keep, needs.Merge.Other)
	case needs.Merged:
		pairs, err = l.vault.Merged(ctx, meta.Practice)
	default:
		return nil, nil
	}
	switch {
	case errors.Is(err, domain.ErrNoCard), errors.Is(err, domain.ErrForgotten):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("merge cards for command %s: %w", meta.Command, err)
	}
	merging := &practice.Merging{Practice: meta.Practice, Pairs: pairs}
	for _, merged := range needs.Recorded {
		pair, err := l.openPair(ctx, merged)
		if err != nil {
			return nil, err
		}
		merging.Recorded = append(merging.Recorded, pair...)
	}
	return merging, nil
}

// openPair is the pair that an event holds; none, if its year was forgotten.
func (l *Ledger) openPair(ctx context.Context, merged practice.CardsMerged) ([]domain.SamePerson, error) {
	raw, err := l.vault.Open(ctx, merged.Same)
	switch {
	case errors.Is(err, domain.ErrForgotten):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("open the pair in event %s: %w", merged.Same.Place.Event, err)
	}
	pair, err := practice.PairOf(merged.Year, raw)
	return []domain.SamePerson{pair}, err
}

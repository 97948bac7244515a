package api

import (
	"context"
	"time"

	"signaalboek/projections"
)

// past folds the log up to a moment of recording. That reads the whole log, so one is folded at a time, and the last
// one is kept: whoever looks back asks several questions of the same moment.
type past struct {
	config Config
	turn   chan struct{} // one place; whoever holds it may read and write what follows
	moment time.Time
	kept   *projections.Set
	forgot int // that the serving set said when it was folded: what is forgotten later is forgotten there too
}

func newPast(config Config) *past { return &past{config: config, turn: make(chan struct{}, 1)} }

// set is everything as it was known at a moment. A moment to come is refused: its answer would not stay true.
func (p *past) set(ctx context.Context, moment time.Time) (*projections.Set, error) {
	if moment.After(p.config.Clock()) {
		return nil, errAsOfFuture
	}
	select {
	case p.turn <- struct{}{}:
		defer func() { <-p.turn }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	forgot := p.config.Set.Forgot()
	if p.kept != nil && p.moment.Equal(moment) && p.forgot == forgot {
		return p.kept, nil
	}
	set, err := projections.AsOf(ctx, p.config.Store, p.config.Vault, moment)
	if err != nil {
		return nil, err
	}
	p.moment, p.kept, p.forgot = moment, set, forgot
	return set, nil
}

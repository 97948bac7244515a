package ledger

import (
	"context"
	"errors"
	"fmt"

	"signaalboek/domain"
	"signaalboek/domain/catalog"
)

// end is the end of a stream, as it was read.
type end struct {
	stream   domain.StreamID
	revision domain.Revision
	seed     domain.SeedID // that its events named last; none: nothing is recorded, or nothing that names one
}

// seed is the secret from which the salts of an event derive, and the name that the event gives it: none, if an earlier
// event of the stream named it.
type seed struct {
	name   catalog.SeedName
	secret [32]byte
}

// named is the same seed, for the events behind the one that named it.
func (s seed) named() seed { return seed{secret: s.secret} }

// seedAt is the seed of a stream, or a new one if it has none, or none any more: life goes on, and what was committed to
// before can no longer be disclosed.
func (l *Ledger) seedAt(ctx context.Context, at end) (seed, error) {
	if at.seed != (domain.SeedID{}) {
		secret, err := l.vault.Seed(ctx, at.seed)
		switch {
		case err == nil:
			return seed{secret: secret}, nil
		case !errors.Is(err, domain.ErrForgotten) && !errors.Is(err, domain.ErrNoSeed):
			return seed{}, fmt.Errorf("seed of %s: %w", at.stream, err)
		}
	}
	id, secret, err := l.vault.NewSeed(ctx)
	if err != nil {
		return seed{}, fmt.Errorf("new seed for %s: %w", at.stream, err)
	}
	return seed{catalog.SeedName(id), secret}, nil
}

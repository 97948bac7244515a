package ledger

import (
	"context"
	"fmt"

	"signaalboek/domain"
	"signaalboek/domain/catalog"
	"signaalboek/domain/proof"
)

// Disclose shows an event with those of its fields that are wanted, and all others closed; and where it stands in the log.
// It fails with domain.ErrForgotten, or domain.ErrNoSeed, if nobody can open any field of it any more, and with ErrUnknown
// if there is no such event.
func (l *Ledger) Disclose(
	ctx context.Context, stream domain.StreamID, revision domain.Revision, wanted func(name string) bool,
) (proof.Disclosed, domain.Position, error) {
	event, named, err := l.eventAt(ctx, stream, revision)
	if err != nil {
		return proof.Disclosed{}, domain.Position{}, err
	}
	secret, err := l.vault.Seed(ctx, named)
	if err != nil {
		return proof.Disclosed{}, domain.Position{}, fmt.Errorf("disclose event %s: %w", event.ID, err)
	}
	shown, err := disclosed(event, secret, wanted)
	return shown, event.Position, err
}

// eventAt is an event, and the seed that it or an earlier one of its stream named last.
func (l *Ledger) eventAt(
	ctx context.Context, stream domain.StreamID, revision domain.Revision,
) (event domain.Recorded, named domain.SeedID, err error) {
	for event, err = range l.store.ReadStream(ctx, stream, 0) {
		if err != nil {
			return event, named, fmt.Errorf("read %s: %w", stream, err)
		}
		seed, err := catalog.SeedIn(event.Metadata)
		if err != nil {
			return event, named, fmt.Errorf("read event %s: %w", event.ID, err)
		}
		if seed != (domain.SeedID{}) {
			named = seed
		}
		if event.Revision == revision {
			return event, named, nil
		}
	}
	return event, named, ErrUnknown
}

func disclosed(event domain.Recorded, seed [32]byte, wanted func(name string) bool) (proof.Disclosed, error) {
	trail, err := catalog.DecodeTrail(event.Metadata)
	if err != nil {
		return proof.Disclosed{}, fmt.Errorf("disclose event %s: %w", event.ID, err)
	}
	fields, err := Fields(trail, event.Payload)
	if err != nil {
		return proof.Disclosed{}, err
	}
	frame, err := proof.FrameOf(event)
	if err != nil {
		return proof.Disclosed{}, err
	}
	return proof.Disclose(frame, seed, fields, wanted)
}

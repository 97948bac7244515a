package ledger

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"signaalboek/domain"
	"signaalboek/domain/catalog"
	"signaalboek/domain/guard"
	"signaalboek/domain/proof"
)

// cause is the command that events are recorded for.
type cause struct {
	meta      domain.Meta
	body      [16]byte // digest of what it asks
	confirmed guard.Override
	source    domain.CommandID // what the ids of its events derive from
}

// trail is what every event of the command bears. Whoever confirms what they wrote themselves is no second pair of eyes.
// Of the classes only those are kept that there are: a sender could write anything there.
func (c cause) trail() catalog.Trail {
	trail := catalog.Trail{
		Command: c.meta.Command, Actor: c.meta.Actor, Practice: c.meta.Practice, On: c.meta.On, Body: c.body[:],
	}
	if c.confirmed.By == c.meta.Actor {
		return trail
	}
	trail.Confirmed.By = c.confirmed.By
	for _, class := range guard.Classes() {
		if slices.Contains(c.confirmed.Classes, class) {
			trail.Confirmed.Classes = append(trail.Confirmed.Classes, class)
		}
	}
	return trail
}

// record seals, encodes and appends what was decided and passed the guard. Nothing is visible to anybody before the
// append, and everything after it.
func record[E domain.Event](
	ctx context.Context, l *Ledger, at end, events []E, by cause,
) (Receipt, error) {
	seed, err := l.seedAt(ctx, at)
	if err != nil {
		return Receipt{}, err
	}
	drafts := make([]domain.Draft, len(events))
	for i, event := range events {
		id := derive(by.meta.Practice, by.source, "event", i)
		if drafts[i], err = l.draft(ctx, at.stream, id, event, seed, by); err != nil {
			return Receipt{}, err
		}
		seed = seed.named()
	}
	// If we die here, the vault holds keys and a seed that nothing refers to; the command can be asked again.
	position, err := l.store.Append(ctx, at.stream, at.revision, drafts)
	switch {
	case errors.Is(err, domain.ErrTaken):
		return Receipt{}, ErrReused
	case err != nil:
		return Receipt{}, fmt.Errorf("record on %s: %w", at.stream, err)
	}
	// If we die here, everything is recorded and nobody knows; asked again, the command finds itself.
	last := at.revision + domain.Revision(len(events))
	return Receipt{Stream: at.stream, Revision: last, Position: position, Events: len(events)}, nil
}

func (l *Ledger) draft(
	ctx context.Context, stream domain.StreamID, id domain.EventID, event domain.Event, from seed, by cause,
) (domain.Draft, error) {
	sealed, err := l.seal(ctx, id, event)
	if err != nil {
		return domain.Draft{}, fmt.Errorf("seal %s for %s: %w", event.EventName(), stream, err)
	}
	payload, err := catalog.Default.Encode(sealed)
	if err != nil {
		return domain.Draft{}, err
	}
	metadata, err := trail(id, payload, from, by.trail())
	if err != nil {
		return domain.Draft{}, fmt.Errorf("commit to %s for %s: %w", event.EventName(), stream, err)
	}
	return domain.Draft{
		ID: id, Name: event.EventName(), At: by.meta.At.UTC().Truncate(time.Microsecond),
		Payload: payload, Metadata: metadata,
	}, nil
}

// seal closes every text of an event, each under its key.
func (l *Ledger) seal(ctx context.Context, id domain.EventID, event domain.Event) (domain.Event, error) {
	return catalog.Default.EachText(event, func(pointer string, text domain.Sealed) (domain.Sealed, error) {
		if text.IsZero() {
			return text, nil
		}
		return l.vault.Seal(ctx, domain.Place{Event: id, Field: pointer}, text)
	})
}

// trail is the metadata of an event: its command, and commitments to all that it says.
func trail(id domain.EventID, payload []byte, from seed, trail catalog.Trail) ([]byte, error) {
	fields, err := Fields(trail, payload)
	if err != nil {
		return nil, err
	}
	trail.Seed = from.name
	if trail.Fields, trail.Nonce, err = proof.Commit(from.secret, id, fields); err != nil {
		return nil, err
	}
	return catalog.EncodeTrail(trail)
}

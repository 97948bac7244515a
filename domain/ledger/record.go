package ledger

import (
	"context"
	"errors"
	"fmt"
	"time"

	"signaalboek/domain"
	"signaalboek/domain/catalog"
)

// record seals, encodes and appends what was decided. Nothing is visible to anybody before the append, and everything
// after it.
func record[E domain.Event](
	ctx context.Context, l *Ledger, stream domain.StreamID, at domain.Revision, events []E, meta domain.Meta, body [16]byte,
) (Receipt, error) {
	drafts := make([]domain.Draft, len(events))
	for i, event := range events {
		draft, err := l.draft(ctx, stream, derive(meta.Practice, meta.Command, "event", i), event, meta, body)
		if err != nil {
			return Receipt{}, err
		}
		drafts[i] = draft
	}
	// If we die here, the vault holds keys and a seed that nothing refers to; the command can be asked again.
	position, err := l.store.Append(ctx, stream, at, drafts)
	switch {
	case errors.Is(err, domain.ErrTaken):
		return Receipt{}, ErrReused
	case err != nil:
		return Receipt{}, fmt.Errorf("record on %s: %w", stream, err)
	}
	// If we die here, everything is recorded and nobody knows; asked again, the command finds itself.
	last := at + domain.Revision(len(events))
	return Receipt{Stream: stream, Revision: last, Position: position, Events: len(events)}, nil
}

func (l *Ledger) draft(
	ctx context.Context, stream domain.StreamID, id domain.EventID, event domain.Event, meta domain.Meta, body [16]byte,
) (domain.Draft, error) {
	sealed, err := l.seal(ctx, stream, id, event)
	if err != nil {
		return domain.Draft{}, fmt.Errorf("seal %s for %s: %w", event.EventName(), stream, err)
	}
	payload, err := catalog.Default.Encode(sealed)
	if err != nil {
		return domain.Draft{}, err
	}
	metadata, err := l.trail(ctx, stream, id, payload, meta, body)
	if err != nil {
		return domain.Draft{}, fmt.Errorf("commit to %s for %s: %w", event.EventName(), stream, err)
	}
	return domain.Draft{
		ID: id, Name: event.EventName(), At: meta.At.UTC().Truncate(time.Microsecond),
		Payload: payload, Metadata: metadata,
	}, nil
}

// seal closes every text of an event, each under its key.
func (l *Ledger) seal(ctx context.Context, subject domain.StreamID, id domain.EventID, event domain.Event) (domain.Event, error) {
	return catalog.Default.EachText(event, func(pointer string, text domain.Sealed) (domain.Sealed, error) {
		if text.IsZero() {
			return text, nil
		}
		return l.vault.Seal(ctx, subject, domain.Place{Event: id, Field: pointer}, text)
	})
}

// trail is the metadata of an event: its command, and commitments to all that it says.
func (l *Ledger) trail(
	ctx context.Context, stream domain.StreamID, id domain.EventID, payload []byte, meta domain.Meta, body [16]byte,
) ([]byte, error) {
	fields, err := Fields(meta, payload)
	if err != nil {
		return nil, err
	}
	seed, err := l.vault.Seed(ctx, stream)
	if err != nil {
		return nil, err
	}
	commitments, nonce, err := Commit(seed, id, fields)
	if err != nil {
		return nil, err
	}
	return catalog.EncodeTrail(catalog.Trail{
		Command: meta.Command, Actor: meta.Actor, Practice: meta.Practice, On: meta.On,
		Body: body[:], Nonce: nonce, Fields: commitments,
	})
}

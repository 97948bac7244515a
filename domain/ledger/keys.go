package ledger

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/catalog"
	"signaalboek/domain/contact"
	"signaalboek/domain/practice"
)

// Keys lists what domain.Vault.ForgetSubject destroys of a stream: the keys of all its texts, and its seeds. Keys that
// texts share are among them, as those of recognitions: the vault, which alone knows them apart, leaves them.
func (l *Ledger) Keys(ctx context.Context, owner domain.PracticeID, stream domain.StreamID) ([]uuid.UUID, error) {
	return l.keys(ctx, owner, stream, func(domain.EventID, string) bool { return true })
}

// TextKeys lists what domain.Vault.ForgetTexts destroys of one text: its key, or nothing if there is no such text, or if it
// shares its key, as recognitions do: that one is nobody's to destroy for a text.
func (l *Ledger) TextKeys(ctx context.Context, owner domain.PracticeID, stream domain.StreamID, text domain.Place) ([]uuid.UUID, error) {
	return l.keys(ctx, owner, stream, func(event domain.EventID, field string) bool {
		return !sharesKeys(stream) && text == domain.Place{Event: event, Field: field}
	})
}

// sharesKeys reports whether what is sealed in a stream is sealed under the keys of years: recognitions, and which of
// their pseudonyms are one person. Nobody writes texts there.
func sharesKeys(stream domain.StreamID) bool {
	category := stream.Category()
	return category == contact.Decider.Category || category == practice.Decider.Category
}

// seedField stands for the seed that an event names, beside its texts.
const seedField = "@seed"

func (l *Ledger) keys(
	ctx context.Context, owner domain.PracticeID, stream domain.StreamID, wanted func(domain.EventID, string) bool,
) (keys []uuid.UUID, err error) {
	found := false
	for recorded, err := range l.store.ReadStream(ctx, stream, 0) {
		if err != nil {
			return nil, fmt.Errorf("keys of %s: %w", stream, err)
		}
		entry, err := catalog.Decode(recorded)
		if err != nil {
			return nil, fmt.Errorf("keys of %s: %w", stream, err)
		}
		if entry.Meta.Practice != owner {
			return nil, ErrUnknown
		}
		found = true
		err = eachKey(entry.Event, recorded, func(field string, key uuid.UUID) {
			if wanted(recorded.ID, field) {
				keys = append(keys, key)
			}
		})
		if err != nil {
			return nil, fmt.Errorf("keys of %s: %w", stream, err)
		}
	}
	if !found {
		return nil, ErrUnknown
	}
	return keys, nil
}

// eachKey visits every key that an event names.
func eachKey(event domain.Event, recorded domain.Recorded, visit func(field string, key uuid.UUID)) error {
	seed, err := catalog.SeedIn(recorded.Metadata)
	if err != nil {
		return err
	}
	if seed != (domain.SeedID{}) {
		visit(seedField, seed)
	}
	_, err = catalog.Default.EachText(event, func(field string, text domain.Sealed) (domain.Sealed, error) {
		if !text.IsZero() {
			visit(field, text.Key)
		}
		return text, nil
	})
	return err
}

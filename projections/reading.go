package projections

import (
	"context"
	"errors"
	"fmt"

	"signaalboek/domain"
	"signaalboek/domain/catalog"
	"signaalboek/domain/contact"
	"signaalboek/domain/practice"
	"signaalboek/domain/recommendation"
	"signaalboek/domain/signal"
)

// Reading is a recorded event as projections apply it: decoded, with what only the vault could open. It is not kept.
type Reading struct {
	domain.Entry
	mark        domain.Mark         // of the event as it was recorded
	Recognition *domain.Recognition // of a contact; nil if nobody was recognised or the year was forgotten
	Same        *domain.SamePerson  // of two cards that were merged; nil if the year was forgotten
	Texts       []ReadText          // of a signal or recommendation, for the search index
}

// ReadText is the words of a text that are searched in, which are in the clear and stay in memory.
type ReadText struct {
	Field string // JSON pointer in the payload: "/statement"
	Words string // folded; none if it was forgotten
}

// read decodes a recorded event and opens what projections need of it.
func read(ctx context.Context, vault domain.Vault, recorded domain.Recorded) (Reading, error) {
	entry, err := catalog.Decode(recorded)
	if err != nil {
		return Reading{}, fmt.Errorf("projections: read the log: %w", err)
	}
	reading := Reading{Entry: entry, mark: domain.MarkOf(recorded)}
	if err := reading.open(ctx, vault); err != nil {
		return Reading{}, fmt.Errorf("projections: open %s at %s: %w", recorded.Name, recorded.Position, err)
	}
	return reading, nil
}

func (r *Reading) open(ctx context.Context, vault domain.Vault) (err error) {
	switch event := r.Event.(type) {
	case contact.Registered:
		r.Recognition, err = openRecognition(ctx, vault, event.Recognition)
	case contact.Corrected:
		r.Recognition, err = openRecognition(ctx, vault, event.Recognition)
	case practice.CardsMerged:
		r.Same, err = openPair(ctx, vault, event)
	case signal.Event, recommendation.Event:
		r.Texts, err = openTexts(ctx, vault, r.Event)
	}
	return err
}

func openTexts(ctx context.Context, vault domain.Vault, event domain.Event) (texts []ReadText, err error) {
	_, err = catalog.Default.EachText(event, func(field string, sealed domain.Sealed) (domain.Sealed, error) {
		text, err := openText(ctx, vault, sealed)
		if !sealed.IsZero() {
			texts = append(texts, ReadText{Field: field, Words: foldedWords(text)})
		}
		return sealed, err
	})
	return texts, err
}

func openRecognition(ctx context.Context, vault domain.Vault, sealed domain.Sealed) (*domain.Recognition, error) {
	text, err := openText(ctx, vault, sealed)
	if err != nil || text == "" {
		return nil, err
	}
	recognition := new(domain.Recognition)
	return recognition, recognition.UnmarshalBinary([]byte(text))
}

func openPair(ctx context.Context, vault domain.Vault, event practice.CardsMerged) (*domain.SamePerson, error) {
	text, err := openText(ctx, vault, event.Same)
	if err != nil || text == "" {
		return nil, err
	}
	pair, err := practice.PairOf(event.Year, []byte(text))
	return &pair, err
}

// openText is what was sealed; nothing if there is nothing or it was forgotten, which is no fault.
func openText(ctx context.Context, vault domain.Vault, sealed domain.Sealed) (string, error) {
	if sealed.IsZero() {
		return "", nil
	}
	if IsUnread(sealed) {
		return "", domain.ErrLogAway
	}
	plain, err := vault.Open(ctx, sealed)
	if errors.Is(err, domain.ErrForgotten) {
		return "", nil
	}
	return string(plain), err
}

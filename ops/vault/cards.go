package vault

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/go-json-experiment/json"
	"github.com/google/uuid"
	"signaalboek/domain"
)

// card is a row of table card, opened.
type card struct {
	id       domain.CardID
	practice domain.PracticeID
	key      secret
	cardContent
}

// cardContent is what stands, wrapped, in a card's row.
type cardContent struct {
	Nickname string              `json:"nickname,omitzero"`
	Traits   domain.Traits       `json:"traits,omitempty"`
	Asked    []byte              `json:"asked"`         // a mark of the domain.NewCard that it was made with
	History  *domain.CardHistory `json:"history"`       // of a merged card, as it was then
	Into     domain.CardID       `json:"into,omitzero"` // the card that it was merged into
}

func (c *card) bound() []string { return []string{"card", string(c.id[:]), string(c.practice)} }

// listed is the card as people see it.
func (c *card) listed() domain.Card {
	return domain.Card{ID: c.id, Practice: c.practice, Nickname: c.Nickname, Traits: c.Traits}
}

// hopsLimit is more cards than were ever merged one into the other.
const hopsLimit = 1000

const (
	cardColumns     = secretColumns + `, c.id, c.practice, c.content`
	cardByID        = `SELECT ` + cardColumns + ` FROM card c JOIN secret s ON s.id = c.secret WHERE c.id = $1`
	cardByMark      = `SELECT ` + cardColumns + ` FROM card c JOIN secret s ON s.id = c.secret WHERE c.mark = $1`
	cardsByPractice = `SELECT ` + cardColumns + ` FROM card c JOIN secret s ON s.id = c.secret WHERE c.practice = $1`
)

// readCard reads cardColumns. Of a card that was forgotten it reads nothing: domain.ErrForgotten.
func (b book) readCard(row Row) (*card, error) {
	key, err := readSecret(row, b.master)
	if err != nil {
		return nil, err
	}
	c := &card{id: idAt(row, 7), practice: domain.PracticeID(row.Text(8)), key: key}
	raw, err := key.unbox(row.Bytes(9), c.bound()...)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(raw, &c.cardContent, json.RejectUnknownMembers(true)); err != nil {
		return nil, fmt.Errorf("read a card: %w", err)
	}
	if c.History == nil {
		return nil, ErrAltered
	}
	return c, nil
}

// named is the card of a practice with an id, itself: not what it was merged into.
func (b book) named(practice domain.PracticeID, id domain.CardID) (c *card, err error) {
	ours := false
	err = b.Do(cardByID, func(row Row) error {
		if domain.PracticeID(row.Text(8)) != practice {
			return nil
		}
		ours = true
		c, err = b.readCard(row)
		return err
	}, id[:])
	if err == nil && !ours {
		err = domain.ErrNoCard
	}
	return c, err
}

// card is the card of a practice with an id, or the one that it was merged into.
func (b book) card(practice domain.PracticeID, id domain.CardID) (*card, error) {
	for range hopsLimit {
		c, err := b.named(practice, id)
		if err != nil || c.Into == uuid.Nil {
			return c, err
		}
		id = c.Into
	}
	return nil, fmt.Errorf("%w: a card that is merged into itself", ErrAltered)
}

// cards is all cards of a practice by id, also merged ones, but those that were forgotten.
func (b book) cards(practice domain.PracticeID) (map[domain.CardID]*card, error) {
	all := map[domain.CardID]*card{}
	err := b.Do(cardsByPractice, func(row Row) error {
		c, err := b.readCard(row)
		if errors.Is(err, domain.ErrForgotten) {
			return nil
		}
		if err == nil {
			all[c.id] = c
		}
		return err
	}, string(practice))
	return all, err
}

// save writes a card's content.
func (b book) save(c *card) error {
	content, err := c.wrapped()
	if err != nil {
		return err
	}
	return b.Do(`UPDATE card SET content = $1 WHERE id = $2`, nil, content, c.id[:])
}

func (c *card) wrapped() ([]byte, error) {
	raw, err := json.Marshal(c.cardContent, json.Deterministic(true))
	if err != nil {
		return nil, fmt.Errorf("write a card: %w", err)
	}
	return c.key.box(raw, c.bound()...), nil
}

// insertCard makes a card's row.
func insertCard(tx Tx, c *card, mark []byte) error {
	content, err := c.wrapped()
	if err != nil {
		return err
	}
	return tx.Do(`INSERT INTO card (id, practice, mark, secret, content) VALUES ($1, $2, $3, $4, $5)`, nil,
		c.id[:], string(c.practice), mark, c.key.id[:], content)
}

// cardsOf is the lock of whoever changes cards of a practice.
func cardsOf(practice domain.PracticeID) string { return "cards/" + string(practice) }

// AddCard implements domain.Vault.
func (v *Vault) AddCard(ctx context.Context, command domain.CommandID, asked domain.NewCard) (domain.CardID, error) {
	id, err := write(ctx, v, func(b book) (domain.CardID, error) {
		if err := b.Lock(cardsOf(asked.Practice)); err != nil {
			return uuid.Nil, err
		}
		return b.findOrMakeCard(b.mark("card"+string(asked.Practice), command), asked)
	})
	if err != nil {
		return uuid.Nil, fmt.Errorf("vault: add a card: %w", err)
	}
	return id, nil
}

// findOrMakeCard is the card of a mark, which must have been made with the same.
func (b book) findOrMakeCard(mark []byte, asked domain.NewCard) (domain.CardID, error) {
	said := asMade(b.marks, asked)
	var made *card
	err := b.Do(cardByMark, func(row Row) (err error) {
		made, err = b.readCard(row)
		return err
	}, mark)
	switch {
	case err != nil:
		return uuid.Nil, err
	case made == nil:
		return b.makeCard(mark, said, asked)
	case !bytes.Equal(made.Asked, said):
		return uuid.Nil, domain.ErrOtherCard
	}
	return made.id, nil
}

func (b book) makeCard(mark, said []byte, asked domain.NewCard) (domain.CardID, error) {
	c := &card{id: uuid.New(), practice: asked.Practice, cardContent: cardContent{
		Nickname: asked.Nickname, Traits: asked.Traits, Asked: said, History: &domain.CardHistory{Made: asked.EarlierYear},
	}}
	var err error
	if c.key, err = b.insert(cardRow(c.id)); err != nil {
		return uuid.Nil, err
	}
	return c.id, insertCard(b, c, mark)
}

// asMade is a mark of what a card was made with, so that a command asked again is known whatever became of its card.
func asMade(marks secret, asked domain.NewCard) []byte {
	parts := []string{"made", string(asked.Practice), asked.Nickname, string(asked.EarlierYear)}
	for _, trait := range slices.Sorted(maps.Keys(asked.Traits)) {
		parts = append(parts, string(trait), string(asked.Traits[trait]))
	}
	mark := mac(marks.raw[:], lengthPrefixed(parts))
	return mark[:]
}

// SetTraits implements domain.Vault.
func (v *Vault) SetTraits(ctx context.Context, practice domain.PracticeID, id domain.CardID, traits domain.Traits) error {
	_, err := write(ctx, v, func(b book) (none struct{}, err error) {
		if err := b.Lock(cardsOf(practice)); err != nil {
			return none, err
		}
		c, err := b.card(practice, id)
		if err != nil {
			return none, err
		}
		c.Traits = traits
		return none, b.save(c)
	})
	if err != nil {
		return fmt.Errorf("vault: set traits: %w", err)
	}
	return nil
}

// Cards implements domain.Vault.
func (v *Vault) Cards(ctx context.Context, practice domain.PracticeID) ([]domain.Card, error) {
	return v.listCards(ctx, practice, func(book) (none domain.CardOrder, err error) { return none, nil })
}

// RecentCards implements domain.Vault.
func (v *Vault) RecentCards(ctx context.Context, practice domain.PracticeID, activity domain.Code) ([]domain.Card, error) {
	if err := v.flushUses(ctx); err != nil {
		return nil, fmt.Errorf("vault: cards of %s: %w", practice, err)
	}
	return v.listCards(ctx, practice, func(b book) (domain.CardOrder, error) { return b.order(shelf{practice, activity}) })
}

func (v *Vault) listCards(
	ctx context.Context, practice domain.PracticeID, order func(book) (domain.CardOrder, error),
) (cards []domain.Card, err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	err = v.read(ctx, func(b book) error {
		all, err := b.cards(practice)
		if err != nil {
			return err
		}
		for _, c := range all {
			if c.Into == uuid.Nil {
				cards = append(cards, c.listed())
			}
		}
		used, err := order(b)
		used.Sort(cards)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("vault: cards of %s: %w", practice, err)
	}
	return cards, nil
}

// MergeCards implements domain.Vault. Asked again it finds the two merged, and says the same.
func (v *Vault) MergeCards(
	ctx context.Context, practice domain.PracticeID, keep, other domain.CardID,
) ([]domain.SamePerson, error) {
	pairs, err := write(ctx, v, func(b book) ([]domain.SamePerson, error) {
		if err := b.Lock(cardsOf(practice)); err != nil {
			return nil, err
		}
		kept, err := b.card(practice, keep)
		if err != nil {
			return nil, err
		}
		merged, err := b.card(practice, other)
		if err != nil {
			return nil, err
		}
		if merged.id != kept.id {
			if err := b.merge(kept, merged); err != nil {
				return nil, err
			}
		}
		return b.samePerson(kept, other)
	})
	if err != nil {
		return nil, fmt.Errorf("vault: merge cards: %w", err)
	}
	return pairs, nil
}

// merge puts what is remembered of both on kept. Of the other stays what its pseudonyms were.
func (b book) merge(kept, other *card) error {
	kept.Traits = kept.Traits.Or(other.Traits)
	kept.History = kept.History.Merge(other.History)
	other.Nickname, other.Traits, other.Into = "", nil, kept.id
	return errors.Join(b.save(kept), b.save(other))
}

// samePerson is the pseudonyms of a card, and of all between it and the one that it was merged into.
func (b book) samePerson(kept *card, id domain.CardID) (pairs []domain.SamePerson, err error) {
	for id != kept.id {
		c, err := b.named(kept.practice, id)
		if err != nil {
			return nil, err
		}
		of, err := b.pseudonyms(kept.id, c)
		if err != nil {
			return nil, err
		}
		pairs, id = append(pairs, of...), c.Into
	}
	slices.SortFunc(pairs, domain.CompareSamePerson)
	return pairs, nil
}

// pseudonyms is those of two cards in the years of the second whose key there is.
func (b book) pseudonyms(kept domain.CardID, other *card) (pairs []domain.SamePerson, err error) {
	for year := range other.History.Years {
		key, found, err := b.find(secretByName, scopeRow(domain.YearScope(other.practice, year)).name)
		if errors.Is(err, domain.ErrForgotten) || err == nil && !found {
			continue
		}
		if err != nil {
			return nil, err
		}
		k := b.keyOf(key)
		pairs = append(pairs, domain.SamePerson{Year: year, Kept: k.pseudonymOf(kept), Other: k.pseudonymOf(other.id)})
	}
	return pairs, nil
}

// Merged implements domain.Vault.
func (v *Vault) Merged(ctx context.Context, practice domain.PracticeID) (pairs []domain.SamePerson, err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	err = v.read(ctx, func(b book) error {
		pairs = nil
		all, err := b.cards(practice)
		for _, c := range all {
			if c.Into == uuid.Nil || err != nil {
				continue
			}
			var of []domain.SamePerson
			of, err = b.pseudonyms(c.Into, c)
			pairs = append(pairs, of...)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("vault: merged cards of %s: %w", practice, err)
	}
	slices.SortFunc(pairs, domain.CompareSamePerson)
	return pairs, nil
}

// Traits implements domain.Vault.
func (v *Vault) Traits(
	ctx context.Context, practice domain.PracticeID, year int,
) (of map[domain.Pseudonym]domain.Traits, err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	err = v.read(ctx, func(b book) error {
		of = map[domain.Pseudonym]domain.Traits{}
		key, found, err := b.find(secretByName, scopeRow(domain.YearScope(practice, year)).name)
		if err != nil || !found {
			return err
		}
		all, err := b.cards(practice)
		for id, c := range all {
			if traits := survivor(all, c).Traits; c.History.Years[year] != nil && len(traits) > 0 {
				of[b.keyOf(key).pseudonymOf(id)] = traits
			}
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("vault: traits of %d: %w", year, err)
	}
	return of, nil
}

// survivor is the card that c was merged into, or c.
func survivor(all map[domain.CardID]*card, c *card) *card {
	for range hopsLimit {
		into := all[c.Into]
		if into == nil {
			break
		}
		c = into
	}
	return c
}

package domaintest

import (
	"context"
	"maps"
	"slices"

	"github.com/google/uuid"
	"signaalboek/domain"
)

type memCard struct {
	domain.Card
	key     uuid.UUID
	made    domain.NewCard
	history *domain.CardHistory
	into    domain.CardID // that it was merged into; none: it is a card of its own
}

// cardCommand is a command of a practice that makes a card.
type cardCommand struct {
	practice domain.PracticeID
	command  domain.CommandID
}

type memActivity struct {
	practice domain.PracticeID
	activity domain.Code
}

// AddCard implements domain.Vault.
func (v *MemVault) AddCard(ctx context.Context, command domain.CommandID, card domain.NewCard) (domain.CardID, error) {
	leave, err := v.enter(ctx)
	if err != nil {
		return domain.CardID{}, err
	}
	defer leave()
	asked := cardCommand{card.Practice, command}
	if id, again := v.made[asked]; again {
		return id, v.cards[id].is(card, v.forgot)
	}
	id := uuid.New()
	v.made[asked] = id
	v.cards[id] = &memCard{
		Card:    domain.Card{ID: id, Practice: card.Practice, Nickname: card.Nickname, Traits: maps.Clone(card.Traits)},
		key:     v.newKey(memKey{}),
		made:    card,
		history: &domain.CardHistory{Made: card.EarlierYear},
	}
	return id, nil
}

// is refuses a card that says something else than this one was made with.
func (c *memCard) is(card domain.NewCard, forgot map[uuid.UUID]bool) error {
	switch {
	case forgot[c.key]:
		return domain.ErrForgotten
	case c.made.Nickname != card.Nickname || c.made.EarlierYear != card.EarlierYear || !maps.Equal(c.made.Traits, card.Traits):
		return domain.ErrOtherCard
	}
	return nil
}

// card is a card of a practice, or the one that it was merged into.
func (v *MemVault) card(practice domain.PracticeID, id domain.CardID) (*memCard, error) {
	card := v.cards[id]
	switch {
	case card == nil || card.Practice != practice:
		return nil, domain.ErrNoCard
	case v.forgot[card.key]:
		return nil, domain.ErrForgotten
	case card.into != uuid.Nil:
		return v.card(practice, card.into)
	}
	return card, nil
}

// SetTraits implements domain.Vault.
func (v *MemVault) SetTraits(ctx context.Context, practice domain.PracticeID, id domain.CardID, traits domain.Traits) error {
	leave, err := v.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	card, err := v.card(practice, id)
	if err == nil {
		card.Traits = maps.Clone(traits)
	}
	return err
}

// Cards implements domain.Vault.
func (v *MemVault) Cards(ctx context.Context, practice domain.PracticeID) ([]domain.Card, error) {
	return v.sorted(ctx, practice, "")
}

// RecentCards implements domain.Vault.
func (v *MemVault) RecentCards(ctx context.Context, practice domain.PracticeID, activity domain.Code) ([]domain.Card, error) {
	return v.sorted(ctx, practice, activity)
}

func (v *MemVault) sorted(ctx context.Context, practice domain.PracticeID, activity domain.Code) ([]domain.Card, error) {
	leave, err := v.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	var cards []domain.Card
	for _, card := range v.cards {
		if card.Practice == practice && card.into == uuid.Nil && !v.forgot[card.key] {
			listed := card.Card
			listed.Traits = maps.Clone(listed.Traits)
			cards = append(cards, listed)
		}
	}
	v.recent[memActivity{practice, activity}].Sort(cards)
	return cards, nil
}

// Recognise implements domain.Vault.
func (v *MemVault) Recognise(ctx context.Context, practice domain.PracticeID, id domain.CardID,
	on domain.Date, activity domain.Code) (domain.Recognition, error) {
	leave, err := v.enter(ctx)
	if err != nil {
		return domain.Recognition{}, err
	}
	defer leave()
	card, err := v.card(practice, id)
	if err != nil {
		return domain.Recognition{}, err
	}
	if v.yearForgotten(practice, on.Year()) {
		return domain.Recognition{}, domain.ErrForgotten
	}
	earlier, here := card.history.Ask(on.Year(), activity)
	at := memActivity{practice, activity}
	v.recent[at] = v.recent[at].Use(card.ID)
	pseudonym := v.pseudonym(practice, on.Year(), card.ID)
	return domain.Recognition{Pseudonym: pseudonym, EarlierYear: earlier, EarlierYearHere: here}, nil
}

// MergeCards implements domain.Vault.
func (v *MemVault) MergeCards(ctx context.Context, practice domain.PracticeID, keep, other domain.CardID) ([]domain.SamePerson, error) {
	leave, err := v.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	kept, err := v.card(practice, keep)
	if err != nil {
		return nil, err
	}
	merged, err := v.card(practice, other)
	if err != nil {
		return nil, err
	}
	if merged != kept {
		merged.into, kept.history = kept.ID, kept.history.Merge(merged.history)
		kept.Traits = kept.Traits.Or(merged.Traits)
	}
	var pairs []domain.SamePerson
	for card := v.cards[other]; card != kept; card = v.cards[card.into] {
		pairs = append(pairs, v.samePerson(kept, card)...)
	}
	slices.SortFunc(pairs, domain.CompareSamePerson)
	return pairs, nil
}

// Merged implements domain.Vault.
func (v *MemVault) Merged(ctx context.Context, practice domain.PracticeID) ([]domain.SamePerson, error) {
	leave, err := v.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	var pairs []domain.SamePerson
	for _, card := range v.cards {
		if card.Practice == practice && card.into != uuid.Nil && !v.forgot[card.key] {
			pairs = append(pairs, v.samePerson(v.cards[card.into], card)...)
		}
	}
	slices.SortFunc(pairs, domain.CompareSamePerson)
	return pairs, nil
}

// samePerson is the pseudonyms of two cards in the years of the second.
func (v *MemVault) samePerson(kept, card *memCard) (pairs []domain.SamePerson) {
	for year := range card.history.Years {
		if !v.yearForgotten(card.Practice, year) {
			pairs = append(pairs, domain.SamePerson{
				Year: year, Kept: v.pseudonym(card.Practice, year, kept.ID), Other: v.pseudonym(card.Practice, year, card.ID),
			})
		}
	}
	return pairs
}

// Traits implements domain.Vault.
func (v *MemVault) Traits(ctx context.Context, practice domain.PracticeID, year int) (map[domain.Pseudonym]domain.Traits, error) {
	leave, err := v.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	if v.yearForgotten(practice, year) {
		return nil, domain.ErrForgotten
	}
	of := map[domain.Pseudonym]domain.Traits{}
	for id, asked := range v.cards {
		card, err := v.card(practice, id)
		if err == nil && asked.history.Years[year] != nil && len(card.Traits) > 0 {
			of[v.pseudonym(practice, year, id)] = maps.Clone(card.Traits)
		}
	}
	return of, nil
}

func (v *MemVault) yearForgotten(practice domain.PracticeID, year int) bool {
	return v.forgot[v.scopes[domain.YearScope(practice, year)]]
}

func (v *MemVault) pseudonym(practice domain.PracticeID, year int, card domain.CardID) domain.Pseudonym {
	return keyed(v.secret, string(domain.YearScope(practice, year)), string(card[:]))
}

// CountConcern implements domain.Vault.
func (v *MemVault) CountConcern(ctx context.Context, command domain.CommandID, year int) error {
	leave, err := v.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	if _, again := v.concerns[command]; !again {
		v.concerns[command] = year
	}
	return nil
}

// Concerns implements domain.Vault.
func (v *MemVault) Concerns(ctx context.Context, year int) (int, error) {
	leave, err := v.enter(ctx)
	if err != nil {
		return 0, err
	}
	defer leave()
	count := 0
	for _, counted := range v.concerns {
		if counted == year {
			count++
		}
	}
	return count, nil
}

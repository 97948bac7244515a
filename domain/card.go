package domain

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/google/uuid"
)

// CardID identifies a card: 128 random bits. It never enters an event.
type CardID = uuid.UUID

// NewCard is what a worker says when making a card.
type NewCard struct {
	Practice    PracticeID
	Nickname    string // chosen by the worker, such as "rode fiets"; never a name
	EarlierYear Answer // did this person come in a year before the card's first one?
	Traits      Traits // none, or what a figure of the practice asks for
}

// Card is what lets a worker recognise somebody again.
type Card struct {
	ID       CardID
	Practice PracticeID
	Nickname string
	Traits   Traits
}

// Traits is what a figure of a practice asks to know of people, in coarse classes: a class for each trait, such as
// "household": "with-children". Which there are the definitions of the figures say. No event holds them.
type Traits map[Code]Code

// Or is t, and of other what t says nothing about.
func (t Traits) Or(other Traits) Traits {
	if len(t)+len(other) == 0 {
		return nil
	}
	both := Traits{}
	maps.Copy(both, other)
	maps.Copy(both, t)
	return both
}

// CompareCards orders cards by nickname, small and capital letters alike; then by id, so that the order is whole.
func CompareCards(a, b Card) int {
	return cmp.Or(
		strings.Compare(strings.ToLower(a.Nickname), strings.ToLower(b.Nickname)),
		bytes.Compare(a.ID[:], b.ID[:]),
	)
}

// CardOrder is the cards of a practice that were used last at one activity, the last one first. It is an order and no
// more: it holds no day, and not how often.
type CardOrder []CardID

// maxCardOrder is how many cards an order remembers: as many as one looks through before typing.
const maxCardOrder = 64

// Use is the order after a card was used.
func (o CardOrder) Use(card CardID) CardOrder { return o.After(CardOrder{card}) }

// After is the order after cards were used, in an order of their own.
func (o CardOrder) After(used CardOrder) CardOrder {
	both := append(make(CardOrder, 0, len(o)+len(used)), used...)
	for _, card := range o {
		if !slices.Contains(used, card) {
			both = append(both, card)
		}
	}
	return both[:min(len(both), maxCardOrder)]
}

// Without is the order as if a card had never been used.
func (o CardOrder) Without(card CardID) CardOrder {
	return slices.DeleteFunc(slices.Clone(o), func(id CardID) bool { return id == card })
}

// Sort puts cards in this order, and behind them those that it does not name, by nickname.
func (o CardOrder) Sort(cards []Card) {
	place := make(map[CardID]int, len(o))
	for i, card := range o {
		place[card] = i - len(o) // below those that are not named
	}
	slices.SortFunc(cards, func(a, b Card) int {
		return cmp.Or(cmp.Compare(place[a.ID], place[b.ID]), CompareCards(a, b))
	})
}

package domain_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"signaalboek/domain"
)

// An order is the cards as they were used, the last one first, each once, and no more than it may remember.
func TestCardOrderLaws(t *testing.T) {
	const most = 64
	rapid.Check(t, func(t *rapid.T) {
		var order domain.CardOrder
		var want []domain.CardID
		for range rapid.IntRange(0, 200).Draw(t, "uses") {
			card := domain.CardID{byte(rapid.IntRange(1, 90).Draw(t, "card"))}
			before := slices.Clone(order)
			used := order.Use(card)
			if !slices.Equal(order, before) {
				t.Fatal("using a card changed the order that it was used in")
			}
			order = used
			want = slices.Insert(slices.DeleteFunc(want, func(id domain.CardID) bool { return id == card }), 0, card)
			if !slices.Equal([]domain.CardID(order), want[:min(len(want), most)]) {
				t.Fatalf("%d cards in an order that is not that of use", len(order))
			}
		}
	})
}

func TestCardOrderSorts(t *testing.T) {
	card := func(n byte, nickname string) domain.Card {
		return domain.Card{ID: domain.CardID{n}, Nickname: nickname}
	}
	cards := []domain.Card{card(1, "zon"), card(2, "Boot"), card(3, "aap"), card(4, "maan")}
	order := domain.CardOrder{{4}, {9}, {2}}
	order.Sort(cards)
	if got := []uuid.UUID{cards[0].ID, cards[1].ID, cards[2].ID, cards[3].ID}; !slices.Equal(got, []uuid.UUID{{4}, {2}, {3}, {1}}) {
		t.Errorf("sorted as %v", got)
	}
}

func TestCardOrderWithoutACard(t *testing.T) {
	one, two, three := domain.CardID{1}, domain.CardID{2}, domain.CardID{3}
	order := domain.CardOrder{one, two, three}
	if got := order.Without(two); !slices.Equal(got, domain.CardOrder{one, three}) {
		t.Errorf("without the second: %v", got)
	}
	if got := order.Without(domain.CardID{4}); !slices.Equal(got, order) {
		t.Errorf("without one that was never used: %v", got)
	}
}

func TestTraitsOfTwoCards(t *testing.T) {
	kept, other := domain.Traits{"gender": "vrouw"}, domain.Traits{"gender": "man", "household": "alleen"}
	if got := kept.Or(other); !maps.Equal(got, domain.Traits{"gender": "vrouw", "household": "alleen"}) {
		t.Errorf("together: %v", got)
	}
	if (domain.Traits{}).Or(nil) != nil {
		t.Error("nothing and nothing is something")
	}
}

package sqlite_test

import (
	"testing"

	"github.com/google/uuid"
	"signaalboek/domain"
	"signaalboek/ops/vault/sqlite"
)

// Which cards were used last is written when the vault is closed, if it was not before.
func TestUsesOutliveClosing(t *testing.T) {
	dir := t.TempDir()
	v, err := sqlite.Open(t.Context(), dir)
	fatal(t, err)
	for _, nickname := range []string{"aap", "boom"} {
		card, err := v.AddCard(t.Context(), uuid.New(), domain.NewCard{Practice: practice, Nickname: nickname})
		fatal(t, err)
		_, err = v.Recognise(t.Context(), practice, card, domain.DateOf(2022, 5, 2), "soep")
		fatal(t, err)
	}
	fatal(t, v.Close())
	cards, err := open(t, dir).RecentCards(t.Context(), practice, "soep")
	fatal(t, err)
	if len(cards) != 2 || cards[0].Nickname != "boom" {
		t.Errorf("%d cards, or not the last one first", len(cards))
	}
}

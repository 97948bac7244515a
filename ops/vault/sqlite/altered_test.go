package sqlite_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"
	"signaalboek/domain"
	"signaalboek/ops/vault"
	"signaalboek/ops/vault/sqlite"
)

const practice domain.PracticeID = "harelbeke-centrum"

// Whoever can write in vault.db, but has no master key, can destroy; every other change is found.
func TestAlteredRowsAreFound(t *testing.T) {
	tests := map[string]struct {
		edit string // of the row THIS, beside the row OTHER
		want error
	}{
		"key swapped":          {"UPDATE secret SET wrapped = (SELECT wrapped FROM secret WHERE OTHER) WHERE THIS", vault.ErrAltered},
		"key of a subject":     {"UPDATE secret SET subject = 'signal-2' WHERE THIS", vault.ErrAltered},
		"key of another text":  {"UPDATE secret SET event = randomblob(16) WHERE THIS", vault.ErrAltered},
		"key of another field": {"UPDATE secret SET field = '/x' WHERE THIS", vault.ErrAltered},
		"key named":            {"UPDATE secret SET name = 'scope/x' WHERE THIS", vault.ErrAltered},
		"key of nobody":        {"DELETE FROM secret WHERE THIS", vault.ErrNoKey},
		"other master":         {"UPDATE secret SET master = zeroblob(8) WHERE THIS", vault.ErrWrongMaster},
		"key destroyed":        {"UPDATE secret SET wrapped = NULL WHERE THIS", domain.ErrForgotten},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			dir, sealed := used(t)
			v, err := sqlite.Open(t.Context(), dir)
			fatal(t, err)
			other, err := v.Seal(t.Context(), domain.Place{Event: uuid.New(), Field: "/motivation"}, domain.ToSeal("x"))
			fatal(t, err)
			fatal(t, v.Close())
			edit(t, dir, strings.NewReplacer("THIS", idIs(sealed.Key), "OTHER", idIs(other.Key)).Replace(tt.edit))
			if _, err := open(t, dir).Open(t.Context(), sealed); !errors.Is(err, tt.want) {
				t.Errorf("opened with %v, not %v", err, tt.want)
			}
		})
	}
}

func idIs(key uuid.UUID) string { return fmt.Sprintf("id = x'%x'", key[:]) }

func TestAlteredCardsAreFound(t *testing.T) {
	tests := map[string]string{
		"content":           "UPDATE card SET content = zeroblob(60)",
		"practice":          "UPDATE card SET practice = 'harelbeke-centrum'",
		"id":                "UPDATE card SET id = randomblob(16), practice = 'harelbeke-centrum'",
		"no content at all": "UPDATE card SET content = x''",
		"key of another":    "UPDATE card SET secret = (SELECT id FROM secret WHERE name = 'marks')",
	}
	for name, sql := range tests {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			v, err := sqlite.Open(t.Context(), dir)
			fatal(t, err)
			_, err = v.AddCard(t.Context(), uuid.New(), domain.NewCard{Practice: "ter-plekke-zillebeke", Nickname: "rode fiets"})
			fatal(t, err)
			fatal(t, v.Close())
			edit(t, dir, sql)
			v = open(t, dir)
			_, one := v.Cards(t.Context(), practice)
			_, two := v.Cards(t.Context(), "ter-plekke-zillebeke")
			if !errors.Is(errors.Join(one, two), vault.ErrAltered) {
				t.Errorf("not found: %v, %v", one, two)
			}
		})
	}
}

func TestAlteredHistoryIsFound(t *testing.T) {
	dir := t.TempDir()
	v, err := sqlite.Open(t.Context(), dir)
	fatal(t, err)
	var cards [2]domain.CardID
	for i := range cards {
		cards[i], err = v.AddCard(t.Context(), uuid.New(), domain.NewCard{Practice: practice, Nickname: fmt.Sprint(i)})
		fatal(t, err)
	}
	fatal(t, v.Close())
	edit(t, dir, "UPDATE card SET content = (SELECT content FROM card c WHERE c.id <> card.id)")
	v = open(t, dir)
	_, one := v.Recognise(t.Context(), practice, cards[0], domain.DateOf(2022, 5, 2), "soep")
	_, two := v.Recognise(t.Context(), practice, cards[1], domain.DateOf(2022, 5, 2), "soep")
	if !errors.Is(errors.Join(one, two), vault.ErrAltered) {
		t.Errorf("recognised with the history of another: %v, %v", one, two)
	}
}

// A year whose key is destroyed is recognised no more, and nothing new is sealed in it.
func TestForgottenYear(t *testing.T) {
	dir := t.TempDir()
	v, err := sqlite.Open(t.Context(), dir)
	fatal(t, err)
	card, err := v.AddCard(t.Context(), uuid.New(), domain.NewCard{Practice: practice, Nickname: "rode fiets"})
	fatal(t, err)
	_, err = v.Recognise(t.Context(), practice, card, domain.DateOf(2022, 5, 2), "soep")
	fatal(t, err)
	fatal(t, v.Close())
	edit(t, dir, "UPDATE secret SET wrapped = NULL WHERE name = 'scope/recognition/harelbeke-centrum/2022'")

	v = open(t, dir)
	for _, activity := range []domain.Code{"soep", "atelier"} {
		_, err := v.Recognise(t.Context(), practice, card, domain.DateOf(2022, 5, 2), activity)
		if !errors.Is(err, domain.ErrForgotten) {
			t.Errorf("recognised at %s: %v", activity, err)
		}
	}
	late := domain.ToSealUnder(domain.YearScope(practice, 2022), []byte("x"))
	_, err = v.Seal(t.Context(), domain.Place{}, late)
	if !errors.Is(err, domain.ErrForgotten) {
		t.Errorf("sealed: %v", err)
	}
	if _, err := v.Recognise(t.Context(), practice, card, domain.DateOf(2023, 5, 2), "soep"); err != nil {
		t.Errorf("another year: %v", err)
	}
}

func TestClosedVault(t *testing.T) {
	v := open(t, t.TempDir())
	fatal(t, v.Close())
	_, sealing := v.Seal(t.Context(), domain.Place{}, domain.ToSeal("x"))
	_, reading := v.Cards(t.Context(), practice)
	_, adding := v.AddCard(t.Context(), uuid.New(), domain.NewCard{Practice: practice, Nickname: "x"})
	for i, err := range []error{sealing, reading, adding} {
		if !errors.Is(err, vault.ErrClosed) {
			t.Errorf("method %d, closed: %v", i, err)
		}
	}
}

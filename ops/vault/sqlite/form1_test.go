package sqlite_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/uuid"
	"signaalboek/domain"
	"signaalboek/ops/vault"
	"signaalboek/ops/vault/sqlite"
)

// ofForm is a copy of testdata/form<n>: a vault that this form of the package made.
func ofForm(t *testing.T, n int) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for _, name := range []string{"vault.db", "master.key"} {
		raw, err := os.ReadFile(filepath.Join("testdata", fmt.Sprint("form", n), name))
		fatal(t, err)
		write(t, dir, name, raw)
	}
	return dir
}

// A vault of form 1 is brought into this form when it is opened, and says what it said then, the first time and later.
func TestForm1(t *testing.T) {
	dir := ofForm(t, 1)
	for range 2 {
		saysForm1(t, dir)
	}
	raw, err := os.ReadFile(filepath.Join(dir, "vault.db"))
	fatal(t, err)
	if bytes.Contains(raw, []byte("card1")) {
		t.Error("the table of form 1 is still there")
	}
}

// Under another key nothing is brought anywhere.
func TestForm1UnderAnotherKey(t *testing.T) {
	dir := ofForm(t, 1)
	write(t, dir, "master.key", bytes.Repeat([]byte{7}, 32))
	if _, err := sqlite.Open(t.Context(), dir); !errors.Is(err, vault.ErrWrongMaster) {
		t.Errorf("opened with %v", err)
	}
	raw, err := os.ReadFile(filepath.Join("testdata", "form1", "master.key"))
	fatal(t, err)
	write(t, dir, "master.key", raw)
	saysForm1(t, dir)
}

func saysForm1(t *testing.T, dir string) {
	t.Helper()
	v, err := sqlite.Open(t.Context(), dir)
	fatal(t, err)
	defer v.Close()
	var (
		ctx     = t.Context()
		command = uuid.MustParse("11111111-98f0-5b51-8c4d-0a1f6f3f1c11")
		text    = form1Text(t, "7fd7a3e9-4bfb-4e21-bc6f-c654d193c482.AWVbMm2wSR5R_2NJhlPjnSJmY7aPuSGMvHg9knvVOcipVyZ35FNDEA1Oc6EnibJ-"+
			"9YmPBe5ahG1PNXdMI1ImZOZx716j54VboYRBG1EzlnWa_dSJEV93WkF0")
		ofYear = form1Text(t, "e1bd9ba3-3c02-447b-b7d2-166be740d6bd.AdAKxohaid1ed4nSTshuERTje7w3She2gjIfMBzKzify8RFbTfWl6pR2TWj9L2Pd"+
			"9PaMKpmSezXCh8ylRp8")
	)
	plain, err := v.Open(ctx, text)
	same(t, "text", string(plain), err, "De bus rijdt niet na zes uur.")
	plain, err = v.Open(ctx, ofYear)
	same(t, "text under a scope", string(plain), err, "x")
	seed, err := v.Seed(ctx, uuid.MustParse("f83d45ff-c724-4903-8fcd-98fa72d0ea28"))
	same(t, "seed", fmt.Sprintf("%x", seed), err, "2beae97551d9e947b271e804d88e1256191fe38bd6787d404a4fbf8b9206a283")
	digest, err := v.Digest(ctx, []byte("body"))
	same(t, "digest", fmt.Sprintf("%x", digest), err, "6d8a5eb4f7d15c77d4a37905e199d9ed")
	card, err := v.AddCard(ctx, command, domain.NewCard{Practice: practice, Nickname: "rode fiets", EarlierYear: domain.Yes})
	same(t, "card", card.String(), err, "c01f6e48-2e56-484d-8f6f-c892605507d9")
	cards, err := v.Cards(ctx, practice)
	same(t, "cards", fmt.Sprint(cards), err, "[{c01f6e48-2e56-484d-8f6f-c892605507d9 harelbeke-centrum rode fiets map[]}]")
	recognition, err := v.Recognise(ctx, practice, card, domain.DateOf(2022, 5, 2), "soep")
	same(t, "recognition", fmt.Sprintf("%x %s %s", recognition.Pseudonym, recognition.EarlierYear, recognition.EarlierYearHere), err,
		"fc7d120c1fd7d96c7b0a61ffc337107f yes unknown")
	fatal(t, v.CountConcern(ctx, command, 2022))
	count, err := v.Concerns(ctx, 2022)
	same(t, "concerns", fmt.Sprint(count), err, "1")
}

func form1Text(t *testing.T, written string) domain.Sealed {
	t.Helper()
	var s domain.Sealed
	fatal(t, s.UnmarshalText([]byte(written)))
	s.Place = domain.Place{Event: uuid.MustParse("5d1c7c0e-98f0-5b51-8c4d-0a1f6f3f1c11"), Field: "/statement"}
	return s
}

func same(t *testing.T, what, got string, err error, want string) {
	t.Helper()
	if err != nil || got != want {
		t.Errorf("%s: %s, not %s: %v", what, got, want, err)
	}
}

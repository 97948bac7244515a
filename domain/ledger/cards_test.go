package ledger_test

import (
	"errors"
	"testing"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/catalog"
	"signaalboek/domain/contact"
	"signaalboek/domain/ledger"
	"signaalboek/domain/practice"
)

// card makes a card with which somebody came, once in this year and once in the year before.
func (d *desk) card(nickname string) domain.CardID {
	d.t.Helper()
	id, err := d.vault.AddCard(d.t.Context(), uuid.New(), domain.NewCard{
		Practice: harelbeke, Nickname: nickname, EarlierYear: domain.Unknown,
	})
	if err != nil {
		d.t.Fatal(err)
	}
	for _, on := range []domain.Date{today, today - 365} {
		meta := d.meta()
		meta.On = on
		if _, err := d.Contacts.Create(d.t.Context(), contact.Register{Activity: "huisbezoek", Card: &id}, meta); err != nil {
			d.t.Fatal(err)
		}
	}
	return id
}

func (d *desk) merge(keep, other domain.CardID, meta domain.Meta) (ledger.Receipt, error) {
	target := ledger.Target{Stream: practice.StreamOf(harelbeke)}
	return d.Practices.Execute(d.t.Context(), target, practice.MergeCards{Keep: keep, Other: other}, meta)
}

// pairs is what the log says of merged cards, opened.
func (d *desk) pairs() (pairs []domain.SamePerson) {
	d.t.Helper()
	for _, recorded := range d.events() {
		entry, err := catalog.Decode(recorded)
		if err != nil {
			d.t.Fatal(err)
		}
		if merged, ok := entry.Event.(practice.CardsMerged); ok {
			raw, err := d.vault.Open(d.t.Context(), merged.Same)
			if err != nil {
				d.t.Fatal(err)
			}
			pair, err := practice.PairOf(merged.Year, raw)
			if err != nil {
				d.t.Fatal(err)
			}
			pairs = append(pairs, pair)
		}
	}
	return pairs
}

func TestMergedCardsAreRecordedOnceAYear(t *testing.T) {
	d := newDesk(t)
	keep, other, meta := d.card("rode fiets"), d.card("blauwe muts"), d.meta()
	receipt, err := d.merge(keep, other, meta)
	if err != nil || receipt.Events != 2 {
		t.Fatalf("%d events, %v", receipt.Events, err)
	}
	if pairs := d.pairs(); len(pairs) != 2 || pairs[0].Year != 2021 || pairs[1].Year != 2022 {
		t.Errorf("pairs %v", pairs)
	}
	if again, err := d.merge(keep, other, meta); err != nil || !again.Repeated || len(d.pairs()) != 2 {
		t.Errorf("the same command again: %+v, %v", again, err)
	}
	if other, err := d.merge(keep, other, d.meta()); err != nil || other.Events != 0 || len(d.pairs()) != 2 {
		t.Errorf("another command for the same: %+v, %v", other, err)
	}
	if _, err := d.merge(other, keep, meta); !errors.Is(err, ledger.ErrReused) {
		t.Errorf("the same id for another merging: %v", err)
	}
}

// The vault merged and the log did not hear of it: asked again, the log does.
func TestMergingThatGotLostIsRecordedWhenAskedAgain(t *testing.T) {
	d := newDesk(t)
	keep, other := d.card("rode fiets"), d.card("blauwe muts")
	if _, err := d.vault.MergeCards(t.Context(), harelbeke, keep, other); err != nil {
		t.Fatal(err)
	}
	if receipt, err := d.merge(keep, other, d.meta()); err != nil || receipt.Events != 2 || len(d.pairs()) != 2 {
		t.Errorf("%+v, %v", receipt, err)
	}
}

// The vault merged, and every append after it was lost: the same command, asked again, completes it. So does whoever looks
// for what was merged; and whichever comes last finds that it is done.
func TestMergingIsCompleted(t *testing.T) {
	completing := func(d *desk, _, _ domain.CardID, _ domain.Meta) (ledger.Receipt, error) {
		return d.Practices.Execute(d.t.Context(), ledger.Target{Stream: practice.StreamOf(harelbeke)}, practice.CompleteMergings{}, d.meta())
	}
	for name, steps := range map[string][2]func(*desk, domain.CardID, domain.CardID, domain.Meta) (ledger.Receipt, error){
		"asked again":    {(*desk).merge, completing},
		"when completed": {completing, (*desk).merge},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			keep, other, meta := d.card("rode fiets"), d.card("blauwe muts"), d.meta()
			if none, err := completing(d, keep, other, meta); err != nil || none.Events != 0 {
				t.Errorf("nothing was merged: %+v, %v", none, err)
			}
			d.store.LoseAppends(5)
			if _, err := d.merge(keep, other, meta); !errors.Is(err, domain.ErrUnknown) || len(d.pairs()) != 0 {
				t.Fatalf("%d pairs, %v", len(d.pairs()), err)
			}
			if receipt, err := steps[0](d, keep, other, meta); err != nil || receipt.Events != 2 || len(d.pairs()) != 2 {
				t.Errorf("%+v, %v", receipt, err)
			}
			if _, err := steps[1](d, keep, other, meta); err != nil || len(d.pairs()) != 2 {
				t.Errorf("once more: %d pairs, %v", len(d.pairs()), err)
			}
		})
	}
}

// A year whose key is destroyed is merged no more, and what was recorded of it is no fault.
func TestMergingPassesOverAYearThatIsForgotten(t *testing.T) {
	d := newDesk(t)
	keep, other, third := d.card("rode fiets"), d.card("blauwe muts"), d.card("de tuinman")
	if _, err := d.merge(keep, other, d.meta()); err != nil {
		t.Fatal(err)
	}
	if err := d.vault.DestroyYear(t.Context(), harelbeke, 2021); err != nil {
		t.Fatal(err)
	}
	if receipt, err := d.merge(keep, third, d.meta()); err != nil || receipt.Events != 1 {
		t.Errorf("%+v, %v", receipt, err)
	}
}

func TestCardsThatAreNotThereAreNotMerged(t *testing.T) {
	d := newDesk(t)
	keep, gone := d.card("rode fiets"), d.card("blauwe muts")
	_, err := d.merge(keep, uuid.New(), d.meta())
	d.refused(practice.ErrNoCards, err)
	if err := d.vault.ForgetCard(t.Context(), harelbeke, gone); err != nil {
		t.Fatal(err)
	}
	_, err = d.merge(keep, gone, d.meta())
	d.refused(practice.ErrNoCards, err)
	_, err = d.Contacts.Create(t.Context(), contact.Register{Activity: "huisbezoek", Card: &gone}, d.meta())
	d.refused(contact.ErrNoCard, err)
}

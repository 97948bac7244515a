package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/catalog"
	"signaalboek/domain/contact"
	"signaalboek/domain/domaintest"
	"signaalboek/domain/ledger"
	"signaalboek/domain/practice"
	"signaalboek/domain/proof"
	"signaalboek/domain/signal"
)

// seedsOf is the seeds that the events of a stream name, in their order; none where an event names none.
func (d *desk) seedsOf(stream domain.StreamID) (named []domain.SeedID) {
	d.t.Helper()
	for _, r := range d.events() {
		if r.Stream != stream {
			continue
		}
		seed, err := catalog.SeedIn(r.Metadata)
		if err != nil {
			d.t.Fatal(err)
		}
		named = append(named, seed)
	}
	return named
}

// opens reports whether the commitments of an event open under a seed.
func opens(vault domain.Vault, r domain.Recorded, id domain.SeedID) error {
	trail, err := catalog.DecodeTrail(r.Metadata)
	if err != nil {
		return err
	}
	fields, err := ledger.Fields(trail, r.Payload)
	if err != nil {
		return err
	}
	secret, err := vault.Seed(context.Background(), id)
	if err != nil {
		return err
	}
	commitments, nonce, err := proof.Commit(secret, r.ID, fields)
	if err != nil || !slices.Equal(commitments, trail.Fields) || !slices.Equal(nonce, trail.Nonce) {
		return fmt.Errorf("%s at %s does not open under its seed: %w", r.Name, r.Position, err)
	}
	return nil
}

// allOpen reports whether every event opens under the seed that its stream named last.
func (d *desk) allOpen() error {
	named := map[domain.StreamID]domain.SeedID{}
	for _, r := range d.events() {
		seed, err := catalog.SeedIn(r.Metadata)
		if err != nil {
			return err
		}
		if seed != (domain.SeedID{}) {
			named[r.Stream] = seed
		}
		if err := opens(d.vault, r, named[r.Stream]); err != nil {
			return err
		}
	}
	return nil
}

// The first event of a stream names its seed, and the others leave it to that one, whichever ledger records them.
func TestFirstEventNamesTheSeed(t *testing.T) {
	d := newDesk(t)
	one, two := d.pickedUp(), d.pickedUp()
	fresh := &desk{ledger.New(d.store, d.vault, time.UTC), t, d.store, d.vault}
	fresh.must(one, signal.Note{Wording: "Te ver."}, signal.Word{Statement: "Het is te ver."})
	named := d.seedsOf(one)
	if len(named) != 3 || named[0] == (domain.SeedID{}) || named[1] != (domain.SeedID{}) || named[2] != (domain.SeedID{}) {
		t.Errorf("the events name %v", named)
	}
	if other := d.seedsOf(two); other[0] == named[0] {
		t.Error("two streams have one seed")
	}
	if err := d.allOpen(); err != nil {
		t.Error(err)
	}
}

// After a seed is destroyed, or lost with the rows of a vault, life goes on with a new one, which is named at once.
func TestSeedIsReplaced(t *testing.T) {
	tests := map[string]func(d *desk, id domain.StreamID){
		"forgotten": func(d *desk, id domain.StreamID) {
			keys, err := d.Keys(t.Context(), harelbeke, id)
			if err == nil {
				err = d.vault.ForgetSubject(t.Context(), harelbeke, id, keys...)
			}
			if err != nil {
				t.Fatal(err)
			}
		},
		"lost": func(d *desk, _ domain.StreamID) {
			d.vault = domaintest.NewMemVault()
			d.Ledger = ledger.New(d.store, d.vault, time.UTC)
		},
	}
	for name, lose := range tests {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			id := d.pickedUp()
			d.must(id, signal.Note{Wording: "Te ver."})
			before := d.seedsOf(id)[0]
			lose(d, id)
			d.must(id, signal.Word{Statement: "Het is te ver."}, signal.Word{Statement: "Het ligt te ver."})
			named := d.seedsOf(id)
			if len(named) != 4 || named[2] == (domain.SeedID{}) || named[2] == before || named[3] != (domain.SeedID{}) {
				t.Errorf("the events name %v", named)
			}
			for _, r := range d.events() {
				if r.Stream != id {
					continue
				}
				if err := opens(d.vault, r, named[2]); (r.Revision >= 2) != (err == nil) {
					t.Errorf("revision %d opens under the new seed: %v", r.Revision, err)
				}
				if err := opens(d.vault, r, before); err == nil {
					t.Errorf("revision %d opens under the seed that is gone", r.Revision)
				}
			}
		})
	}
}

// Of several events that one command records, the first names the seed.
func TestFirstOfSeveralNamesTheSeed(t *testing.T) {
	d, stream := newDesk(t), practice.StreamOf(harelbeke)
	keep, other := d.card("rode fiets"), d.card("blauwe muts")
	keys, err := d.Keys(t.Context(), harelbeke, stream)
	if err == nil {
		err = d.vault.ForgetSubject(t.Context(), harelbeke, stream, keys...)
	}
	if err != nil {
		t.Fatal(err)
	}
	before := len(d.seedsOf(stream))
	if receipt, err := d.merge(keep, other, d.meta()); err != nil || receipt.Events != 2 {
		t.Fatalf("%d events, %v", receipt.Events, err)
	}
	named := d.seedsOf(stream)[before:]
	if named[0] == (domain.SeedID{}) || named[1] != (domain.SeedID{}) {
		t.Errorf("the events name %v", named)
	}
	for _, r := range d.events() {
		if r.Stream != stream || int(r.Revision) < before {
			continue
		}
		if err := opens(d.vault, r, named[0]); err != nil {
			t.Error(err)
		}
	}
}

// A vault that is away is no vault that forgot: nothing is recorded.
func TestSeedIsAway(t *testing.T) {
	d := newDesk(t)
	id := d.pickedUp()
	before := len(d.events())
	away := ledger.New(d.store, withoutSeeds{d.vault}, time.UTC)
	_, err := away.Signals.Execute(t.Context(), ledger.Target{Stream: id}, signal.Note{Wording: "Te ver."}, d.meta())
	if !errors.Is(err, domain.ErrVaultAway) || len(d.events()) != before {
		t.Errorf("%v, and %d events more", err, len(d.events())-before)
	}
}

// withoutSeeds is a vault that is away when it is asked for a seed.
type withoutSeeds struct{ domain.Vault }

func (withoutSeeds) Seed(context.Context, domain.SeedID) ([32]byte, error) {
	return [32]byte{}, domain.ErrVaultAway
}

// What the ledger lists is what has to be destroyed: no text of the stream opens after it, every other one does.
func TestKeysOfStream(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	gone, stays := d.pickedUp(), d.pickedUp()
	for _, id := range []domain.StreamID{gone, stays} {
		d.must(id, signal.Note{Wording: "Te ver."}, signal.Word{Statement: "Het is te ver."})
	}
	keys, err := d.Keys(ctx, harelbeke, gone)
	if err != nil || len(keys) != 3 {
		t.Fatalf("%d keys, not those of two texts and a seed: %v", len(keys), err)
	}
	if err := d.vault.ForgetSubject(ctx, harelbeke, gone, keys...); err != nil {
		t.Fatal(err)
	}
	for _, text := range d.texts() {
		_, err := d.vault.Open(ctx, text.Sealed)
		if forgotten := errors.Is(err, domain.ErrForgotten); forgotten != (text.stream == gone) || err != nil && !forgotten {
			t.Errorf("%s of %s: %v", text.Place.Field, text.stream, err)
		}
	}
}

func TestKeyOfText(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	id := d.pickedUp()
	d.must(id, signal.Note{Wording: "Te ver."}, signal.Word{Statement: "Het is te ver."})
	for _, text := range d.texts() {
		keys, err := d.TextKeys(ctx, harelbeke, id, text.Place)
		if err != nil || !slices.Equal(keys, []uuid.UUID{text.Key}) {
			t.Errorf("%s: %d keys, or another one: %v", text.Place.Field, len(keys), err)
		}
		for _, none := range []domain.Place{{Event: text.Place.Event, Field: "/x"}, {Event: uuid.New(), Field: text.Place.Field}, {}} {
			if keys, err := d.TextKeys(ctx, harelbeke, id, none); err != nil || len(keys) != 0 {
				t.Errorf("where no text is: %d keys, %v", len(keys), err)
			}
		}
	}
}

// Nobody learns of keys of another practice, nor of a thing that is not there.
func TestKeysAreOnesOwn(t *testing.T) {
	d := newDesk(t)
	id := d.pickedUp()
	for what, ask := range map[string]func() ([]uuid.UUID, error){
		"another practice": func() ([]uuid.UUID, error) { return d.Keys(t.Context(), "ter-plekke-zillebeke", id) },
		"a text of another": func() ([]uuid.UUID, error) {
			return d.TextKeys(t.Context(), "ter-plekke-zillebeke", id, domain.Place{})
		},
		"no such thing": func() ([]uuid.UUID, error) {
			return d.Keys(t.Context(), harelbeke, d.Signals.NewStream(harelbeke, uuid.New()))
		},
	} {
		if keys, err := ask(); !errors.Is(err, ledger.ErrUnknown) || len(keys) != 0 {
			t.Errorf("%s: %d keys, %v", what, len(keys), err)
		}
	}
}

// A contact that is forgotten takes nobody else's recognition with it, though its event names the key of the year.
func TestForgettingAContactLeavesTheYear(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	card, err := d.vault.AddCard(ctx, uuid.New(), domain.NewCard{Practice: harelbeke, Nickname: "rode fiets"})
	if err != nil {
		t.Fatal(err)
	}
	met, err := d.Contacts.Create(ctx, contact.Register{Activity: "huisbezoek", Card: &card}, d.meta())
	if err != nil {
		t.Fatal(err)
	}
	keys, err := d.Keys(ctx, harelbeke, met.Stream)
	if err == nil {
		err = d.vault.ForgetSubject(ctx, harelbeke, met.Stream, keys...)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range d.texts() {
		if _, err := d.vault.Open(ctx, text.Sealed); err != nil {
			t.Errorf("the recognition: %v", err)
		}
		if keys, err := d.TextKeys(ctx, harelbeke, met.Stream, text.Place); err != nil || len(keys) != 0 {
			t.Errorf("%d keys of a recognition alone: %v", len(keys), err)
		}
	}
	seed := d.seedsOf(met.Stream)[0]
	if _, err := d.vault.Seed(ctx, seed); !errors.Is(err, domain.ErrForgotten) {
		t.Errorf("the seed of the contact: %v", err)
	}
	if owed, err := d.vault.Erasures(ctx, harelbeke); err != nil || !slices.Equal(owed, []uuid.UUID{seed}) {
		t.Errorf("%d erasures are owed, not that of the seed: %v", len(owed), err)
	}
	if _, err := d.Keys(ctx, harelbeke, practice.StreamOf(harelbeke)); err != nil {
		t.Errorf("a stream without texts: %v", err)
	}
}

// sealedText is a text in the log.
type sealedText struct {
	domain.Sealed
	stream domain.StreamID
}

func (d *desk) texts() (all []sealedText) {
	d.t.Helper()
	for _, r := range d.events() {
		entry, err := catalog.Decode(r)
		if err != nil {
			d.t.Fatal(err)
		}
		_, err = catalog.Default.EachText(entry.Event, func(_ string, text domain.Sealed) (domain.Sealed, error) {
			if !text.IsZero() {
				all = append(all, sealedText{text, r.Stream})
			}
			return text, nil
		})
		if err != nil {
			d.t.Fatal(err)
		}
	}
	if len(all) == 0 {
		d.t.Fatal("there are no texts")
	}
	return all
}

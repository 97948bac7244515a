package domaintest

import (
	"context"
	"errors"
	"testing"

	"github.com/google/uuid"
	"signaalboek/domain"
)

// vaultContexts asks for everything after the context has ended: nobody is answered, and nothing is done.
func vaultContexts(t *testing.T, v domain.Vault) {
	card := mustCard(t, v, uuid.New(), domain.NewCard{Practice: ownPractice, Nickname: "rode fiets"})
	sealed := mustSeal(t, v, somewhere(), domain.ToSeal("drempel"))
	opens(t, v, sealed, "drempel")
	seed, _ := mustNewSeed(t, v)
	ended, end := context.WithCancel(t.Context())
	end()
	for name, ask := range map[string]func() error{
		"KeepBundle": func() error {
			return v.KeepBundle(ended, ownPractice, uuid.New(), aBundle())
		},
		"Bundle": func() error {
			_, err := v.Bundle(ended, ownPractice, uuid.New(), domain.DigestOf(nil))
			return err
		},
		"DestroyBundles": func() error {
			return v.DestroyBundles(ended, ownPractice, uuid.New())
		},
		"Seal": func() error {
			_, err := v.Seal(ended, somewhere(), domain.ToSeal("drempel"))
			return err
		},
		"Open":         func() error { _, err := v.Open(ended, sealed); return err },
		"NewSeed":      func() error { _, _, err := v.NewSeed(ended); return err },
		"Seed":         func() error { _, err := v.Seed(ended, seed); return err },
		"Digest":       func() error { _, err := v.Digest(ended, []byte("body")); return err },
		"DigestsSince": func() error { _, err := v.DigestsSince(ended); return err },
		"AddCard": func() error {
			_, err := v.AddCard(ended, uuid.New(), domain.NewCard{Practice: ownPractice, Nickname: "muts"})
			return err
		},
		"Cards":         func() error { _, err := v.Cards(ended, ownPractice); return err },
		"Recognise":     func() error { _, err := v.Recognise(ended, ownPractice, card, inYear(2022), "soep"); return err },
		"SetTraits":     func() error { return v.SetTraits(ended, ownPractice, card, nil) },
		"RecentCards":   func() error { _, err := v.RecentCards(ended, ownPractice, "soep"); return err },
		"MergeCards":    func() error { _, err := v.MergeCards(ended, ownPractice, card, card); return err },
		"Merged":        func() error { _, err := v.Merged(ended, ownPractice); return err },
		"Traits":        func() error { _, err := v.Traits(ended, ownPractice, 2022); return err },
		"SaveDraft":     func() error { _, err := v.SaveDraft(ended, someDraft()); return err },
		"Draft":         func() error { _, err := v.Draft(ended, ownPractice, uuid.New()); return err },
		"Drafts":        func() error { _, err := v.Drafts(ended, ownPractice); return err },
		"DropDraft":     func() error { return v.DropDraft(ended, ownPractice, uuid.New()) },
		"ForgetTexts":   func() error { return v.ForgetTexts(ended, ownPractice, sealed.Key) },
		"ForgetSubject": func() error { return v.ForgetSubject(ended, ownPractice, "signal-1", seed) },
		"ForgetCard":    func() error { return v.ForgetCard(ended, ownPractice, card) },
		"DestroyYear":   func() error { return v.DestroyYear(ended, ownPractice, 2022) },
		"Forget":        func() error { return v.Forget(ended, sealed.Key) },
		"Erasures":      func() error { _, err := v.Erasures(ended, ownPractice); return err },
		"MarkRecorded":  func() error { return v.MarkRecorded(ended, sealed.Key) },
		"CountConcern":  func() error { return v.CountConcern(ended, uuid.New(), 2022) },
		"Concerns":      func() error { _, err := v.Concerns(ended, 2022); return err },
	} {
		if err := ask(); !errors.Is(err, context.Canceled) {
			t.Errorf("%s, after its context ended: %v", name, err)
		}
	}
	opens(t, v, sealed, "drempel") // nobody forgot it
}

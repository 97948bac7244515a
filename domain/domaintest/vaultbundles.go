package domaintest

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/google/uuid"
	"signaalboek/domain"
)

var publishingTests = map[string]func(*testing.T, domain.Vault){
	"a bundle comes back as it was kept":           bundlesExact,
	"a bundle kept twice is kept once":             bundlesOnce,
	"a bundle of one's own practice":               bundlesOfPractice,
	"a bundle goes with every text in it":          bundlesGoWithTexts,
	"a bundle with a forgotten text comes late":    bundlesTooLate,
	"bundles that were destroyed are gone":         bundlesDestroyed,
	"a bundle outlives what others forget":         bundlesOutlive,
	"a bundle that is handed out is the asker's":   bundlesHandedOut,
	"kept while its text is forgotten, it is gone": bundlesRace,
}

// aBundle is something built, that nobody built before.
func aBundle() []byte { return fmt.Append(nil, "PK\x03\x04", uuid.New()) }

func mustKeep(t *testing.T, v domain.Vault, release uuid.UUID, built []byte, texts ...uuid.UUID) {
	t.Helper()
	noFault(t, v.KeepBundle(t.Context(), ownPractice, release, built, texts...))
}

// keeps wants a bundle to come back, to the byte.
func keeps(t *testing.T, v domain.Vault, release uuid.UUID, built []byte) {
	t.Helper()
	got, err := v.Bundle(t.Context(), ownPractice, release, domain.DigestOf(built))
	noFault(t, err)
	if !bytes.Equal(got, built) {
		t.Errorf("another bundle came back: %d bytes, not %d", len(got), len(built))
	}
}

// bundleGone wants a bundle to be destroyed, and not to come back when it is kept late.
func bundleGone(t *testing.T, v domain.Vault, release uuid.UUID, built []byte, texts ...uuid.UUID) {
	t.Helper()
	if err := v.KeepBundle(t.Context(), ownPractice, release, built, texts...); !errors.Is(err, domain.ErrForgotten) {
		t.Errorf("kept when it was gone: %v", err)
	}
	got, err := v.Bundle(t.Context(), ownPractice, release, domain.DigestOf(built))
	if !errors.Is(err, domain.ErrForgotten) || got != nil {
		t.Errorf("a bundle that is gone: %d bytes, %v", len(got), err)
	}
}

func bundlesExact(t *testing.T, v domain.Vault) {
	release := uuid.New()
	large := make([]byte, 3<<20)
	rand.Read(large) // never fails
	all := [][]byte{{}, {0}, aBundle(), large}
	for _, built := range all {
		mustKeep(t, v, release, built)
	}
	mustKeep(t, v, uuid.New(), all[2])
	for _, built := range all {
		keeps(t, v, release, built)
	}
}

func bundlesOnce(t *testing.T, v domain.Vault) {
	release, built := uuid.New(), aBundle()
	for range 3 {
		mustKeep(t, v, release, built)
		keeps(t, v, release, built)
	}
}

func bundlesOfPractice(t *testing.T, v domain.Vault) {
	release, built := uuid.New(), aBundle()
	mustKeep(t, v, release, built)
	for what, ask := range map[string]func() error{
		"another practice reads": func() error {
			_, err := v.Bundle(t.Context(), otherPractice, release, domain.DigestOf(built))
			return err
		},
		"another practice keeps": func() error { return v.KeepBundle(t.Context(), otherPractice, release, built) },
		"another release": func() error {
			_, err := v.Bundle(t.Context(), ownPractice, uuid.New(), domain.DigestOf(built))
			return err
		},
		"another digest": func() error {
			_, err := v.Bundle(t.Context(), ownPractice, release, domain.DigestOf(aBundle()))
			return err
		},
	} {
		if err := ask(); !errors.Is(err, domain.ErrNoBundle) {
			t.Errorf("%s: %v", what, err)
		}
	}
	noFault(t, v.DestroyBundles(t.Context(), otherPractice, release))
	keeps(t, v, release, built)
}

func bundlesGoWithTexts(t *testing.T, v domain.Vault) {
	for what, forget := range map[string]func(uuid.UUID) error{
		"a text": func(key uuid.UUID) error { return v.ForgetTexts(t.Context(), ownPractice, key) },
		"a text of what is forgotten": func(key uuid.UUID) error {
			return v.ForgetSubject(t.Context(), ownPractice, "signal-1", uuid.New(), key)
		},
		"a text that the log says was erased": func(key uuid.UUID) error { return v.Forget(t.Context(), uuid.New(), key) },
	} {
		release, with, without := uuid.New(), aBundle(), aBundle()
		text := mustSeal(t, v, somewhere(), domain.ToSeal("de bus rijdt niet")).Key
		other := mustSeal(t, v, somewhere(), domain.ToSeal("de trap is te steil")).Key
		mustKeep(t, v, release, with, other, text)
		mustKeep(t, v, release, without, other)
		noFault(t, forget(text))
		t.Log(what)
		bundleGone(t, v, release, with, other, text)
		bundleGone(t, v, release, with)
		keeps(t, v, release, without)
	}
}

func bundlesTooLate(t *testing.T, v domain.Vault) {
	release, built := uuid.New(), aBundle()
	text := mustSeal(t, v, somewhere(), domain.ToSeal("de bus rijdt niet")).Key
	noFault(t, v.ForgetTexts(t.Context(), ownPractice, text))
	if err := v.KeepBundle(t.Context(), ownPractice, release, built, uuid.New(), text); !errors.Is(err, domain.ErrForgotten) {
		t.Errorf("kept with a text that was forgotten: %v", err)
	}
	if _, err := v.Bundle(t.Context(), ownPractice, release, domain.DigestOf(built)); !errors.Is(err, domain.ErrNoBundle) {
		t.Errorf("what was not kept: %v", err)
	}
}

func bundlesDestroyed(t *testing.T, v domain.Vault) {
	release, one, two, stays := uuid.New(), aBundle(), aBundle(), aBundle()
	another := uuid.New()
	mustKeep(t, v, release, one)
	mustKeep(t, v, release, two, uuid.New())
	mustKeep(t, v, another, stays)
	for range 2 {
		noFault(t, v.DestroyBundles(t.Context(), ownPractice, release))
		bundleGone(t, v, release, one)
		bundleGone(t, v, release, two)
	}
	noFault(t, v.DestroyBundles(t.Context(), ownPractice, uuid.New()))
	keeps(t, v, another, stays)
	if owed, err := v.Erasures(t.Context(), ownPractice); err != nil || len(owed) != 0 {
		t.Errorf("%d erasures are owed, of what the log says already: %v", len(owed), err)
	}
}

func bundlesOutlive(t *testing.T, v domain.Vault) {
	release, built := uuid.New(), aBundle()
	mustKeep(t, v, release, built, mustSeal(t, v, somewhere(), domain.ToSeal("blijft")).Key)
	for range 3 {
		noFault(t, v.ForgetTexts(t.Context(), ownPractice, mustSeal(t, v, somewhere(), domain.ToSeal("verdwijnt")).Key))
		noFault(t, v.DestroyYear(t.Context(), ownPractice, 2022))
		keeps(t, v, release, built)
	}
}

func bundlesHandedOut(t *testing.T, v domain.Vault) {
	release, built := uuid.New(), aBundle()
	mine := bytes.Clone(built)
	mustKeep(t, v, release, mine)
	got, err := v.Bundle(t.Context(), ownPractice, release, domain.DigestOf(built))
	noFault(t, err)
	mine[0], got[0] = 'x', 'y'
	keeps(t, v, release, built)
}

// replicasBundles keeps at one, shows at the other, and destroys at either.
func replicasBundles(t *testing.T, one, two domain.Vault) {
	for _, forget := range []func(release, text uuid.UUID) error{
		func(_, text uuid.UUID) error { return one.ForgetTexts(t.Context(), ownPractice, text) },
		func(release, _ uuid.UUID) error { return two.DestroyBundles(t.Context(), ownPractice, release) },
	} {
		release, built := uuid.New(), aBundle()
		text := mustSeal(t, two, somewhere(), domain.ToSeal("de bus rijdt niet")).Key
		mustKeep(t, one, release, built, text)
		mustKeep(t, two, release, built, text)
		keeps(t, one, release, built)
		keeps(t, two, release, built)
		noFault(t, forget(release, text))
		bundleGone(t, one, release, built, text)
		bundleGone(t, two, release, built, text)
	}
}

// bundlesRace keeps and forgets at once: whichever is first, the bundle is not there afterwards.
func bundlesRace(t *testing.T, v domain.Vault) {
	release := uuid.New()
	for range 4 {
		built, text := aBundle(), mustSeal(t, v, somewhere(), domain.ToSeal("de bus rijdt niet")).Key
		var both sync.WaitGroup
		both.Go(func() { noFault(t, v.ForgetTexts(t.Context(), ownPractice, text)) })
		both.Go(func() {
			if err := v.KeepBundle(t.Context(), ownPractice, release, built, text); err != nil && !errors.Is(err, domain.ErrForgotten) {
				t.Errorf("fault: %v", err)
			}
		})
		both.Wait()
		if got, err := v.Bundle(t.Context(), ownPractice, release, domain.DigestOf(built)); err == nil {
			t.Errorf("%d bytes hold a text that was forgotten", len(got))
		}
	}
}

package domaintest

import (
	"bytes"
	"context"
	"slices"

	"github.com/google/uuid"
	"signaalboek/domain"
)

// bundleName is what a bundle is known by.
type bundleName struct {
	release uuid.UUID
	digest  string
}

type memBundle struct {
	practice domain.PracticeID
	texts    []uuid.UUID
	built    []byte
	gone     bool
}

func (b *memBundle) destroy() { *b = memBundle{practice: b.practice, gone: true} }

// KeepBundle implements domain.Vault.
func (v *MemVault) KeepBundle(
	ctx context.Context, practice domain.PracticeID, release uuid.UUID, built []byte, texts ...uuid.UUID,
) error {
	leave, err := v.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	name := bundleName{release, domain.DigestOf(built)}
	switch kept := v.bundles[name]; {
	case kept != nil && kept.practice != practice:
		return domain.ErrNoBundle
	case kept != nil && kept.gone, slices.ContainsFunc(texts, func(key uuid.UUID) bool { return v.forgot[key] }):
		return domain.ErrForgotten
	case kept == nil:
		v.bundles[name] = &memBundle{practice: practice, texts: slices.Clone(texts), built: bytes.Clone(built)}
	}
	return nil
}

// Bundle implements domain.Vault.
func (v *MemVault) Bundle(
	ctx context.Context, practice domain.PracticeID, release uuid.UUID, digest string,
) ([]byte, error) {
	leave, err := v.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	kept := v.bundles[bundleName{release, digest}]
	switch {
	case kept == nil || kept.practice != practice:
		return nil, domain.ErrNoBundle
	case kept.gone:
		return nil, domain.ErrForgotten
	}
	return bytes.Clone(kept.built), nil
}

// DestroyBundles implements domain.Vault.
func (v *MemVault) DestroyBundles(ctx context.Context, practice domain.PracticeID, release uuid.UUID) error {
	leave, err := v.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	found := false
	for name, kept := range v.bundles {
		if name.release == release && kept.practice == practice && !kept.gone {
			kept.destroy()
			found = true
		}
	}
	if found {
		v.renew()
	}
	return nil
}

// destroyBundlesWith destroys every bundle that holds a text.
func (v *MemVault) destroyBundlesWith(text uuid.UUID) {
	for _, kept := range v.bundles {
		if slices.Contains(kept.texts, text) {
			kept.destroy()
		}
	}
}

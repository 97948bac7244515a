package domaintest

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"
	"signaalboek/domain"
)

// ForgetTexts implements domain.Vault.
func (v *MemVault) ForgetTexts(ctx context.Context, practice domain.PracticeID, keys ...uuid.UUID) error {
	return v.forget(ctx, practice, func() ([]uuid.UUID, error) { return v.named(keys), nil })
}

// ForgetSubject implements domain.Vault.
func (v *MemVault) ForgetSubject(ctx context.Context, practice domain.PracticeID, subject domain.StreamID, keys ...uuid.UUID) error {
	return v.forget(ctx, practice, func() ([]uuid.UUID, error) {
		all := v.named(keys)
		for id, key := range v.keys {
			if key.subject != "" && key.subject == subject {
				all = append(all, id)
			}
		}
		return all, nil
	})
}

// named is the keys that events may have forgotten: those that are there for one text or subject, and those that never
// were.
func (v *MemVault) named(keys []uuid.UUID) []uuid.UUID {
	return slices.DeleteFunc(slices.Clone(keys), func(id uuid.UUID) bool { return v.keys[id] != nil && !v.keys[id].named })
}

// ForgetCard implements domain.Vault.
func (v *MemVault) ForgetCard(ctx context.Context, practice domain.PracticeID, id domain.CardID) error {
	return v.forget(ctx, practice, func() (keys []uuid.UUID, err error) {
		card, err := v.card(practice, id)
		if errors.Is(err, domain.ErrForgotten) {
			return nil, nil
		}
		for other, named := range v.cards {
			if resolved, failed := v.card(practice, other); failed == nil && resolved == card {
				keys = append(keys, named.key)
			}
		}
		return keys, err
	})
}

// DestroyYear implements domain.Vault.
func (v *MemVault) DestroyYear(ctx context.Context, practice domain.PracticeID, year int) error {
	return v.forget(ctx, "", func() ([]uuid.UUID, error) {
		return []uuid.UUID{v.keyOf(domain.YearScope(practice, year))}, nil
	})
}

// Forget implements domain.Vault.
func (v *MemVault) Forget(ctx context.Context, keys ...uuid.UUID) error {
	return v.forget(ctx, "", func() ([]uuid.UUID, error) { return keys, nil })
}

// forget destroys keys, and owes their erasure to the log if a practice asked for it.
func (v *MemVault) forget(ctx context.Context, practice domain.PracticeID, which func() ([]uuid.UUID, error)) error {
	leave, err := v.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	keys, err := which()
	keys = slices.DeleteFunc(slices.Clone(keys), func(key uuid.UUID) bool { return v.forgot[key] })
	if err != nil || len(keys) == 0 {
		return err
	}
	for _, key := range keys {
		if practice != "" {
			v.owed[key] = practice
		}
		v.destroy(key)
	}
	v.renew()
	return nil
}

// Erasures implements domain.Vault.
func (v *MemVault) Erasures(ctx context.Context, practice domain.PracticeID) ([]uuid.UUID, error) {
	leave, err := v.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	var owed []uuid.UUID
	for key, by := range v.owed {
		if by == practice {
			owed = append(owed, key)
		}
	}
	slices.SortFunc(owed, func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) })
	return owed, nil
}

// MarkRecorded implements domain.Vault.
func (v *MemVault) MarkRecorded(ctx context.Context, keys ...uuid.UUID) error {
	leave, err := v.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	for _, key := range keys {
		delete(v.owed, key)
	}
	return nil
}

// destroy takes a key away, and all that hangs by it.
func (v *MemVault) destroy(id uuid.UUID) {
	delete(v.keys, id)
	v.forgot[id] = true
	for _, card := range v.cards {
		if card.key == id {
			card.Nickname, card.Traits, card.made, card.history = "", nil, domain.NewCard{}, &domain.CardHistory{}
		}
	}
	for _, draft := range v.drafts {
		if draft.key == id {
			draft.Body = nil
		}
	}
	v.destroyBundlesWith(id)
}

// renew replaces what every forgetting replaces.
func (v *MemVault) renew() {
	v.digest, v.renewed = random(), time.Now()
	if snapshots, found := v.scopes[domain.SnapshotScope]; found {
		delete(v.scopes, domain.SnapshotScope)
		v.destroy(snapshots)
	}
}

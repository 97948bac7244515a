package main

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/ops/vault"
	"signaalboek/projections"
)

// foldLacking builds every projection on a vault that is older than the log. Texts of which it has no key, and nobody else
// has one, are taken for forgotten from then on; it tells how many those are. A snapshot is kept by the next start: what is
// forgotten closes those of before.
func (m *machinery) foldLacking(ctx context.Context) (lost int, err error) {
	lacking := &lackingVault{Vault: m.vault, keys: map[uuid.UUID]bool{}}
	m.set = projections.New(m.log, lacking)
	if err := m.catchUp(ctx); err != nil {
		return 0, err
	}
	if len(lacking.keys) == 0 {
		return 0, m.keepSet(ctx)
	}
	if err := m.dropSet(ctx); err != nil {
		return 0, err
	}
	return len(lacking.keys), m.vault.Forget(ctx, slices.Collect(maps.Keys(lacking.keys))...)
}

// lackingVault is a vault that is older than the log. A text of which it has no key it takes for forgotten, and remembers.
type lackingVault struct {
	domain.Vault

	mu   sync.Mutex
	keys map[uuid.UUID]bool // guarded by mu; those that it lacks
}

// Open implements domain.Vault.
func (v *lackingVault) Open(ctx context.Context, s domain.Sealed) ([]byte, error) {
	text, err := v.Vault.Open(ctx, s)
	if !errors.Is(err, vault.ErrNoKey) {
		return text, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.keys[s.Key] = true
	return nil, domain.ErrForgotten
}

package main

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/ledger"
	"signaalboek/domain/practice"
	releases "signaalboek/domain/release" // release is the version of the program
)

// settleReleases has the log say which releases went with a text that was erased, and the vault destroy what the log says is
// not shown any more: also when whoever erased or withdrew died before the other heard of it, and when the vault was put
// back from a copy.
func (m *machinery) settleReleases(ctx context.Context, now time.Time) error {
	practices, err := m.accounts.Practices(ctx)
	if err != nil {
		return err
	}
	for _, id := range append(practices, releases.Together) {
		if err := m.withdrawErased(ctx, id, now); err != nil {
			return fmt.Errorf("withdraw the releases of %s that hold an erased text: %w", id, err)
		}
		if err := m.destroyEnded(ctx, id); err != nil {
			return fmt.Errorf("destroy the releases of %s that are not shown any more: %w", id, err)
		}
	}
	return nil
}

// withdrawErased withdraws every release of a practice that holds a text which was erased. Its command id is that of the
// release, so that of several replicas one records it.
func (m *machinery) withdrawErased(ctx context.Context, id domain.PracticeID, now time.Time) error {
	state, err := m.releases(ctx, id)
	if err != nil || len(state.Releases()) == 0 {
		return err
	}
	erased, err := m.erased(ctx, id)
	if err != nil {
		return err
	}
	for _, held := range state.Holding(erased...) {
		command := uuid.NewSHA1(uuid.NameSpaceOID, []byte("signaalboek withdraws "+held.String()))
		_, err := m.ledger.Releases.Execute(ctx, ledger.Target{Stream: releases.StreamOf(id)},
			releases.Withdraw{Release: held, Reason: releases.ErasedText}, m.owing(id, command, now))
		if err != nil {
			return err
		}
	}
	return nil
}

// erased is every key that a practice had destroyed, whether the log says so yet or not.
func (m *machinery) erased(ctx context.Context, id domain.PracticeID) ([]uuid.UUID, error) {
	state, err := m.ledger.Practices.State(ctx, id, practice.StreamOf(id))
	if err != nil {
		return nil, err
	}
	owed, err := m.vault.Erasures(ctx, id)
	return append(state.Erased(), owed...), err
}

// destroyEnded destroys the bundles of releases that were dropped or withdrawn. Where there are none left, it does nothing.
func (m *machinery) destroyEnded(ctx context.Context, id domain.PracticeID) error {
	state, err := m.releases(ctx, id)
	if err != nil {
		return err
	}
	for _, one := range state.Releases() {
		if one.Phase != releases.IsDropped && one.Phase != releases.IsWithdrawn {
			continue
		}
		if err := m.vault.DestroyBundles(ctx, id, one.ID); err != nil {
			return err
		}
	}
	return nil
}

func (m *machinery) releases(ctx context.Context, id domain.PracticeID) (releases.State, error) {
	return m.ledger.Releases.State(ctx, id, releases.StreamOf(id))
}

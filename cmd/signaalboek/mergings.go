package main

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"signaalboek/domain/ledger"
	"signaalboek/domain/practice"
)

// completeMergings has the log say which cards the vault merged, where it does not yet: the vault merges first, and whoever
// asked may have died before the log heard of it.
func (m *machinery) completeMergings(ctx context.Context, now time.Time) error {
	practices, err := m.accounts.Practices(ctx)
	if err != nil {
		return err
	}
	for _, id := range practices {
		begun, err := m.begun(ctx, id)
		if err == nil && !begun.IsZero() {
			_, err = m.ledger.Practices.Execute(ctx, ledger.Target{Stream: practice.StreamOf(id)},
				practice.CompleteMergings{}, m.owing(id, uuid.New(), now))
		}
		if err != nil {
			return fmt.Errorf("complete the mergings of %s: %w", id, err)
		}
	}
	return nil
}

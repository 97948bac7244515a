package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"signaalboek/domain"
	"signaalboek/domain/practice"
)

// The key of a year goes eighteen months after its end, if its figures were recorded; then no two contacts of that year
// can be told to be of one person. Nothing remembers that it is done: the vault knows, and every step can be repeated.
const (
	yearKeysEvery = 12 * time.Hour
	yearKeysAgain = time.Minute // after the log or the vault was away
)

// destroyYearKeys destroys the keys whose day has come, now and from then on.
func (m *machinery) destroyYearKeys(logger *slog.Logger) func(ctx context.Context) error {
	return func(ctx context.Context) error {
		for {
			next := yearKeysEvery
			switch err := m.destroyDueYears(ctx); {
			case errors.Is(err, domain.ErrVaultAway), errors.Is(err, domain.ErrLogAway):
				logger.Warn("keys of closed years wait", slog.Any("error", err))
				next = yearKeysAgain
			case ctx.Err() != nil:
				return nil
			case err != nil:
				return err
			}
			select {
			case <-ctx.Done():
				return nil
			case <-time.After(next):
			}
		}
	}
}

// destroyDueYears destroys the key of every year that was closed and ended long enough ago; never of one that is not
// closed, because nobody could count its people any more. What was closed stands in the log, so everything that was
// recorded until now is read first.
//
// The projections let go of the year first. If we die here, they have it again at the next start, and this is done again.
// If we die after the key is destroyed, they are made again without it: their snapshot was sealed under a key that went
// with it.
func (m *machinery) destroyDueYears(ctx context.Context) error {
	end, err := m.log.End(ctx)
	if err != nil {
		return fmt.Errorf("look for years to destroy: %w", err)
	}
	if err := m.set.Wait(ctx, end); err != nil {
		return err
	}
	today := m.ledger.Today(time.Now())
	for _, closed := range m.set.Figures.Closed() {
		if today < practice.KeyEnds(closed.Year) {
			continue
		}
		m.set.ForgetYear(closed.Practice, closed.Year)
		if err := m.vault.DestroyYear(ctx, closed.Practice, closed.Year); err != nil {
			return fmt.Errorf("destroy the key of %s in %d: %w", closed.Practice, closed.Year, err)
		}
	}
	return nil
}

package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"slices"
	"time"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/ledger"
	"signaalboek/domain/practice"
	"signaalboek/ops/accounts"
)

// What is erased leaves three traces: the keys are gone from the vault; nothing that was opened with them stays in memory or
// on disk; and the log says which keys went, so that a vault that is put back from a copy loses them again. The first is
// the vault's. If we die after it, the rest is done at the next start: a snapshot does not open any more, what is searched
// is opened anew, and what the log does not say yet the vault still remembers.

// How often we look whether somebody erased something, here or in another replica, and whether a month is over.
const (
	erasuresEvery = time.Second
	monthsEvery   = time.Hour
)

// forgetAgain destroys every key that the log says was erased, before anybody is served: of a vault that was put back from
// a copy they are there again.
func (m *machinery) forgetAgain(ctx context.Context, also ...domain.PracticeID) error {
	practices, err := m.accounts.Practices(ctx)
	if err != nil {
		return err
	}
	for _, id := range append(practices, also...) {
		state, err := m.ledger.Practices.State(ctx, id, practice.StreamOf(id))
		if err != nil {
			return fmt.Errorf("read what was erased in %s: %w", id, err)
		}
		if err := m.vault.Forget(ctx, state.Erased()...); err != nil {
			return fmt.Errorf("erase again in %s: %w", id, err)
		}
	}
	return nil
}

// forgotten lets go of what is held open, and replaces the snapshot, after something was erased.
func (m *machinery) forgotten(ctx context.Context) error {
	m.set.ForgetTexts()
	m.judging.ForgetBuilt()
	m.outside.Forget()
	return m.replaceSet(ctx)
}

// replaceSet removes the snapshot, which does not open any more, and keeps a new one.
func (m *machinery) replaceSet(ctx context.Context) error {
	if err := m.dropSet(ctx); err != nil {
		return err
	}
	return m.keepSet(ctx)
}

// dropSet removes the snapshot.
func (m *machinery) dropSet(ctx context.Context) error {
	path, err := m.snapshot(ctx)
	if err != nil || path == "" {
		return err
	}
	m.keeping.Lock()
	defer m.keeping.Unlock()
	for _, file := range []string{path, path + ".new"} {
		if err := os.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("remove the snapshot: %w", err)
		}
	}
	return nil
}

// watchErasures sees what others erased, by what every forgetting replaces, and records what the vault did and the log does
// not say yet: the erasures of months that are over, cards that were merged, and releases that went with a text.
func (m *machinery) watchErasures(logger *slog.Logger) func(context.Context) error {
	return func(ctx context.Context) error {
		epoch, _ := m.vault.Digest(ctx, nil) // a vault that is away now may have erased something when it is back
		looking := time.NewTicker(erasuresEvery)
		defer looking.Stop()
		for months := (time.Time{}); ; {
			now, failed := m.vault.Digest(ctx, nil)
			if failed == nil && now != epoch {
				failed = errors.Join(m.forgotten(ctx), m.settleReleases(ctx, time.Now()))
			}
			if failed == nil {
				epoch = now
			}
			if failed == nil && time.Since(months) > monthsEvery {
				months = time.Now()
				failed = errors.Join(m.settleReleases(ctx, months), m.recordErasures(ctx, months), m.completeMergings(ctx, months))
			}
			switch {
			case ctx.Err() != nil:
				return nil
			case errors.Is(failed, domain.ErrVaultAway), errors.Is(failed, domain.ErrLogAway),
				errors.Is(failed, accounts.ErrAway), isRefusal(failed):
				logger.Warn("erasures wait", slog.Any("error", failed))
				months = time.Time{}
			case failed != nil:
				return failed
			}
			select {
			case <-ctx.Done():
				return nil
			case <-looking.C:
			}
		}
	}
}

// isRefusal reports whether the ledger said no: another replica was first, or a part of it is away.
func isRefusal(err error) bool {
	_, refused := errors.AsType[*domain.Refusal](err)
	return refused
}

// recordErasures records, for every practice, what was erased up to the end of last month, if that was not done yet.
func (m *machinery) recordErasures(ctx context.Context, now time.Time) error {
	practices, err := m.accounts.Practices(ctx)
	if err != nil {
		return err
	}
	month := lastMonth(m.ledger.Today(now))
	for _, id := range practices {
		if err := m.recordMonth(ctx, id, month, now); err != nil {
			return fmt.Errorf("record the erasures of %s: %w", id, err)
		}
	}
	return nil
}

// lastMonth is the month before the one that a day is in.
func lastMonth(today domain.Date) string {
	return practice.MonthOf(today - domain.Date(today.Time().Day()))
}

// recordMonth records the erasures of a month in which the practice kept its book. Its command id is that of the month, so
// that of several replicas one records it. If we die before the vault is told, it is told the next time.
func (m *machinery) recordMonth(ctx context.Context, id domain.PracticeID, month string, now time.Time) error {
	state, err := m.ledger.Practices.State(ctx, id, practice.StreamOf(id))
	if err != nil {
		return err
	}
	if err := m.markRecorded(ctx, id, state); err != nil {
		return err
	}
	begun, err := m.begun(ctx, id)
	if err != nil || begun.IsZero() || practice.MonthOf(m.ledger.Today(begun)) > month || state.MonthRecorded(month) {
		return err
	}
	command := uuid.NewSHA1(uuid.NameSpaceOID, []byte("signaalboek erasures "+string(id)+" "+month))
	return m.recordOwed(ctx, id, month, command, now)
}

// recordOwed records what a practice erased and the log does not say yet, as of a month.
func (m *machinery) recordOwed(ctx context.Context, id domain.PracticeID, month string, command domain.CommandID, now time.Time) error {
	owed, err := m.vault.Erasures(ctx, id)
	if err != nil {
		return err
	}
	_, err = m.ledger.Practices.Execute(ctx, ledger.Target{Stream: practice.StreamOf(id)},
		practice.RecordErasures{Month: month, Keys: owed}, m.owing(id, command, now))
	if err != nil {
		return err
	}
	state, err := m.ledger.Practices.State(ctx, id, practice.StreamOf(id))
	if err != nil {
		return err
	}
	return m.markRecorded(ctx, id, state)
}

// owing is the meta of what nobody asks, and the log owes to the vault.
func (m *machinery) owing(id domain.PracticeID, command domain.CommandID, now time.Time) domain.Meta {
	return domain.Meta{Command: command, Practice: id, On: m.ledger.Today(now), At: now}
}

// markRecorded tells the vault which of the erasures that it still owes the log already says.
func (m *machinery) markRecorded(ctx context.Context, id domain.PracticeID, state practice.State) error {
	owed, err := m.vault.Erasures(ctx, id)
	if err != nil {
		return err
	}
	said := state.Erased()
	owed = slices.DeleteFunc(owed, func(key uuid.UUID) bool { return !slices.Contains(said, key) })
	if len(owed) == 0 {
		return nil
	}
	return m.vault.MarkRecorded(ctx, owed...)
}

// begun is when a practice began to keep its book; zero if it did not.
func (m *machinery) begun(ctx context.Context, id domain.PracticeID) (time.Time, error) {
	for first, err := range m.log.ReadStream(ctx, practice.StreamOf(id), 0) {
		return first.At, err
	}
	return time.Time{}, nil
}

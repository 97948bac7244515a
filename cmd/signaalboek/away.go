package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sync/atomic"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/ops/eventlog/esdb"
)

// awayLog is a log on other machines: while it is known to be away, it says so at once, and when it does not answer, it
// says so as a refusal. Following it waits.
type awayLog struct {
	eventLog
	away *atomic.Bool
}

func (l awayLog) Append(ctx context.Context, stream domain.StreamID, expected domain.Revision, drafts []domain.Draft) (domain.Position, error) {
	if l.away.Load() {
		return domain.Position{}, domain.ErrLogAway
	}
	position, err := l.eventLog.Append(ctx, stream, expected, drafts)
	return position, logAway(err)
}

func (l awayLog) ReadStream(ctx context.Context, stream domain.StreamID, from domain.Revision) iter.Seq2[domain.Recorded, error] {
	return l.unlessAway(l.eventLog.ReadStream(ctx, stream, from))
}

func (l awayLog) ReadStreamBackward(ctx context.Context, stream domain.StreamID) iter.Seq2[domain.Recorded, error] {
	return l.unlessAway(l.eventLog.ReadStreamBackward(ctx, stream))
}

func (l awayLog) ReadAll(ctx context.Context, after domain.Position) iter.Seq2[domain.Recorded, error] {
	return l.unlessAway(l.eventLog.ReadAll(ctx, after))
}

func (l awayLog) End(ctx context.Context) (domain.Position, error) {
	end, err := l.eventLog.End(ctx)
	return end, logAway(err)
}

func (l awayLog) unlessAway(events iter.Seq2[domain.Recorded, error]) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		if l.away.Load() {
			yield(domain.Recorded{}, domain.ErrLogAway)
			return
		}
		for recorded, err := range events {
			if !yield(recorded, logAway(err)) {
				return
			}
		}
	}
}

// logAway is an error of the log as the site knows it.
func logAway(err error) error {
	if errors.Is(err, esdb.ErrUnreachable) {
		return fmt.Errorf("%w: %w", domain.ErrLogAway, err)
	}
	return err
}

// openVault is a vault that can be closed.
type openVault interface {
	domain.Vault
	Close() error
}

// awayVault is a vault on another machine: while it is known to be away, nothing that a page or a command begins with
// waits for it. One that is silent takes seconds to say so, and a page has many texts.
type awayVault struct {
	openVault
	away *atomic.Bool
}

// answers finds out whether the vault can be reached: it needs the rows for a digest.
func (v awayVault) answers(ctx context.Context) error {
	_, err := v.openVault.Digest(ctx, nil)
	return err
}

func (v awayVault) Open(ctx context.Context, sealed domain.Sealed) ([]byte, error) {
	return unlessSilent(ctx, v, func(ctx context.Context) ([]byte, error) { return v.openVault.Open(ctx, sealed) })
}

func (v awayVault) Digest(ctx context.Context, body []byte) ([16]byte, error) {
	return unlessSilent(ctx, v, func(ctx context.Context) ([16]byte, error) { return v.openVault.Digest(ctx, body) })
}

func (v awayVault) Cards(ctx context.Context, practice domain.PracticeID) ([]domain.Card, error) {
	return unlessSilent(ctx, v, func(ctx context.Context) ([]domain.Card, error) { return v.openVault.Cards(ctx, practice) })
}

func (v awayVault) RecentCards(ctx context.Context, practice domain.PracticeID, activity domain.Code) ([]domain.Card, error) {
	return unlessSilent(ctx, v, func(ctx context.Context) ([]domain.Card, error) {
		return v.openVault.RecentCards(ctx, practice, activity)
	})
}

func (v awayVault) Traits(ctx context.Context, practice domain.PracticeID, year int) (map[domain.Pseudonym]domain.Traits, error) {
	return unlessSilent(ctx, v, func(ctx context.Context) (map[domain.Pseudonym]domain.Traits, error) {
		return v.openVault.Traits(ctx, practice, year)
	})
}

func (v awayVault) Concerns(ctx context.Context, year int) (int, error) {
	return unlessSilent(ctx, v, func(ctx context.Context) (int, error) { return v.openVault.Concerns(ctx, year) })
}

func (v awayVault) Draft(ctx context.Context, practice domain.PracticeID, id domain.CommandID) (domain.DraftCommand, error) {
	return unlessSilent(ctx, v, func(ctx context.Context) (domain.DraftCommand, error) {
		return v.openVault.Draft(ctx, practice, id)
	})
}

func (v awayVault) Drafts(ctx context.Context, practice domain.PracticeID) ([]domain.DraftCommand, error) {
	return unlessSilent(ctx, v, func(ctx context.Context) ([]domain.DraftCommand, error) {
		return v.openVault.Drafts(ctx, practice)
	})
}

func (v awayVault) Bundle(ctx context.Context, practice domain.PracticeID, release uuid.UUID, digest string) ([]byte, error) {
	return unlessSilent(ctx, v, func(ctx context.Context) ([]byte, error) {
		return v.openVault.Bundle(ctx, practice, release, digest)
	})
}

// unlessSilent asks a vault that is not known to be away, and takes it for away when it does not answer in time.
func unlessSilent[T any](ctx context.Context, v awayVault, ask func(context.Context) (T, error)) (answer T, err error) {
	if v.away.Load() {
		return answer, domain.ErrVaultAway
	}
	asking, done := context.WithTimeout(ctx, askTime)
	defer done()
	answer, err = ask(asking)
	if err != nil && asking.Err() != nil && ctx.Err() == nil {
		err = fmt.Errorf("%w: %w", domain.ErrVaultAway, err)
	}
	return answer, err
}

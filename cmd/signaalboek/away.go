package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sync/atomic"

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

// awayVault is a vault on another machine: while it is known to be away, no text waits for it. A page has many.
type awayVault struct {
	openVault
	away *atomic.Bool
}

func (v awayVault) Open(ctx context.Context, sealed domain.Sealed) ([]byte, error) {
	if v.away.Load() {
		return nil, domain.ErrVaultAway
	}
	asking, done := context.WithTimeout(ctx, askTime)
	defer done()
	plain, err := v.openVault.Open(asking, sealed)
	if err != nil && asking.Err() != nil && ctx.Err() == nil {
		err = fmt.Errorf("%w: %w", domain.ErrVaultAway, err)
	}
	return plain, err
}

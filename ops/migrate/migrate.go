// Package migrate moves the events of one log to another, whatever the two stand on: the same events, at the same
// revisions of the same streams, in the same order, to the byte. Only positions differ: those are the log's own.
//
//	m := migrate.Migration{From: from, To: to}
//	copied, err := m.Copy(ctx)    // what is not there yet
//	events, err := m.Compare(ctx) // everything, side by side
//
// # Why it may be killed at any moment, and started again
//
// The target is all that a migration remembers. It begins by reading both logs side by side: the target must be a
// beginning of the source, event by event and byte by byte, or it is refused. It goes on behind that beginning.
//
// There is one appender. It sends an append only when the one before it is known to be recorded, so at every moment the
// target is a beginning of the source, and at most one append is under way. If we die then, that append is recorded
// whole or not at all, and may even be recorded later, when the next run has begun. That is harmless: the next run
// begins with the same event of the same stream, at the same expected revision and with the same id, and cannot come past
// it before it is recorded. What arrives second is a repetition, of which a store records nothing, or a conflict, after
// which we look again where the target ends.
//
// For the same reason an append of which nobody knows how it ended is asked again, as it was, before anything else is.
//
// # How fast
//
// As fast as the target records one append after the other: order is worth more here than time. Neighbours in the log
// that belong to one stream go together.
//
// # Who must stand still
//
// The source: a log that grows under us is found out (ErrMoving), and so is a target that somebody else appends to.
package migrate

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"signaalboek/domain"
)

// The errors of a migration, beside those of the two logs and of a context.
var (
	ErrForeign = errors.New("migrate: the target holds something else than the source")
	ErrMoving  = errors.New("migrate: somebody still appends to the source")
)

// Source is what events are moved from: a log, or what holds one. Its methods are those of domain.Store.
type Source interface {
	ReadAll(ctx context.Context, after domain.Position) iter.Seq2[domain.Recorded, error]
	End(ctx context.Context) (domain.Position, error)
}

// Migration moves the events of From to To. One goroutine uses it.
type Migration struct {
	From Source
	To   domain.Store

	// Watch is told how far we are, after each event that was compared and each append; it may be nil.
	Watch func(Progress)

	reached domain.Position // in From: up to where Copy came
	copied  bool            // Copy has come to the end
}

// Progress is how far a copying or a comparison has come.
type Progress struct {
	Events int     // of the source, so far
	Part   float64 // of the source, between 0 and 1; an estimate, from positions
}

// Copied is what Copy did.
type Copied struct {
	Before int // events that were there already
	Now    int // events that were not
}

// looks is how often Copy looks where the target ends: once, and after conflicts.
const looks = 4

// Copy appends to the target what it does not hold yet, and returns when that is durable. It fails with ErrForeign, and a
// *Difference, if the target is no beginning of the source; and with ErrMoving if the source has grown meanwhile: what was
// copied then stays, and is right. After any error it may be asked again.
func (m *Migration) Copy(ctx context.Context) (done Copied, err error) {
	for range looks {
		pass := pass{Migration: m}
		err = pass.run(ctx)
		done = Copied{Before: pass.before - done.Now, Now: pass.now + done.Now}
		if !errors.Is(err, domain.ErrConflict) {
			break
		}
	}
	if err != nil {
		return done, err
	}
	m.copied = true
	return done, m.still(ctx)
}

// still fails with ErrMoving if the source goes beyond what we have seen of it.
func (m *Migration) still(ctx context.Context) error {
	end, err := m.From.End(ctx)
	if err != nil {
		return fmt.Errorf("migrate: find the end of the source: %w", err)
	}
	if m.reached.Before(end) {
		return ErrMoving
	}
	return nil
}

// tell reports that the source was seen up to a position.
func (m *Migration) tell(events int, at, end domain.Position) {
	if m.Watch != nil {
		m.Watch(Progress{Events: events, Part: float64(at.Commit) / float64(max(end.Commit, at.Commit, 1))})
	}
}

// pass is one look at the source from its beginning: first beside the target, and behind the end of that alone.
type pass struct {
	*Migration
	end         domain.Position // of the source, when we began
	before, now int             // events that were there, and that we appended
	waiting     batch
}

func (p *pass) run(ctx context.Context) (err error) {
	if p.end, err = p.From.End(ctx); err != nil {
		return fmt.Errorf("migrate: find the end of the source: %w", err)
	}
	next, stop := iter.Pull2(p.To.ReadAll(ctx, domain.Position{}))
	defer stop()
	beyond := false // the end of the target
	for source, err := range p.From.ReadAll(ctx, domain.Position{}) {
		if err != nil {
			return fmt.Errorf("migrate: read the source: %w", err)
		}
		if !beyond {
			if beyond, err = p.meet(source, next); err != nil {
				return err
			}
		}
		if !beyond {
			continue
		}
		stop()
		if err := p.take(ctx, source); err != nil {
			return err
		}
	}
	if err := p.flush(ctx); err != nil || beyond {
		return err
	}
	return foreign(noMore(p.before, next))
}

// meet compares an event with the next one of the target; beyond means that there is none.
func (p *pass) meet(source domain.Recorded, next func() (domain.Recorded, error, bool)) (beyond bool, err error) {
	target, err, more := next()
	if err != nil {
		return false, fmt.Errorf("migrate: read the target: %w", err)
	}
	if !more {
		return true, nil
	}
	if err := foreign(between(p.before+1, source, target)); err != nil {
		return false, err
	}
	p.before++
	p.reached = source.Position
	p.tell(p.before, source.Position, p.end)
	return false, nil
}

// foreign is what a difference means for a target that is to be appended to.
func foreign(err error) error {
	if _, different := errors.AsType[*Difference](err); different {
		return fmt.Errorf("%w: %w", ErrForeign, err)
	}
	return err
}

// take puts an event behind those that wait, and appends these if it cannot go with them.
func (p *pass) take(ctx context.Context, source domain.Recorded) error {
	if !p.waiting.takes(source) {
		if err := p.flush(ctx); err != nil {
			return err
		}
	}
	p.waiting.add(source)
	return nil
}

// unknowns is how often an append is asked again of which nobody knows how it ended.
const unknowns = 10

// flush appends what waits. If we die before it returns, the target ends before these events or behind them.
func (p *pass) flush(ctx context.Context) error {
	b := &p.waiting
	if len(b.drafts) == 0 {
		return nil
	}
	var err error
	for range unknowns {
		_, err = p.To.Append(ctx, b.stream, b.expected, b.drafts)
		if !errors.Is(err, domain.ErrUnknown) || ctx.Err() != nil {
			break
		}
	}
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	p.now += len(b.drafts)
	p.reached = b.last
	p.tell(p.before+p.now, b.last, p.end)
	*b = batch{}
	return nil
}

package ledger

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/catalog"
)

// tries is how often a command is decided when others write to its stream at the same time.
const tries = 5

// NewStream is the stream that a command of a practice creates: always the same one for the same command.
func (a Aggregate[S, F, C, E]) NewStream(practice domain.PracticeID, command domain.CommandID) domain.StreamID {
	return domain.NewStreamID(a.decider.Category, derive(practice, a.source(command), a.decider.Category, 0).String())
}

// source is what ids derive from: the id of the command or, if they must tell no time, one that is no UUIDv7.
func (a Aggregate[S, F, C, E]) source(command domain.CommandID) domain.CommandID {
	if a.timeless {
		return uuid.NewHash(sha256.New(), command, nil, 8)
	}
	return command
}

// derive is the id of the n-th thing that a command of a practice makes. The same command id in another practice makes
// other things: nobody finds out by trying which ids were used elsewhere.
func derive(practice domain.PracticeID, command domain.CommandID, kind string, n int) uuid.UUID {
	return domain.DeriveID(command, kind+"/"+string(practice), n)
}

// Create gives a command to a thing that does not exist yet.
func (a Aggregate[S, F, C, E]) Create(ctx context.Context, command C, meta domain.Meta) (Receipt, error) {
	return a.execute(ctx, Target{Stream: a.NewStream(meta.Practice, meta.Command)}, command, meta, true)
}

// Execute gives a command to a thing that exists.
func (a Aggregate[S, F, C, E]) Execute(ctx context.Context, target Target, command C, meta domain.Meta) (Receipt, error) {
	return a.execute(ctx, target, command, meta, a.uncreated)
}

func (a Aggregate[S, F, C, E]) execute(ctx context.Context, target Target, command C, meta domain.Meta, creates bool) (Receipt, error) {
	if err := a.check(meta); err != nil {
		return Receipt{}, err
	}
	body, err := a.bodyDigest(ctx, target.Stream, command, meta)
	if err != nil {
		return Receipt{}, err
	}
	lost := false // whether an append was left without an answer
	for range tries {
		receipt, err := a.try(ctx, target, command, meta, body, creates)
		if !errors.Is(err, domain.ErrConflict) && !errors.Is(err, domain.ErrUnknown) {
			return receipt, err
		}
		// Conflict: somebody was faster. Unknown: it may be there. Both are answered by reading again.
		if ctx.Err() != nil {
			return Receipt{}, fmt.Errorf("execute on %s: %w", target.Stream, err)
		}
		lost = lost || errors.Is(err, domain.ErrUnknown)
	}
	if lost {
		return a.found(ctx, target.Stream, meta, body)
	}
	return Receipt{}, ErrBusy
}

// found is the receipt of a command whose last answer was lost, if it is there. ErrBusy would say that nothing was
// recorded, and an append without an answer may still arrive: so when it is not there, that is a fault.
func (a Aggregate[S, F, C, E]) found(ctx context.Context, stream domain.StreamID, meta domain.Meta, body [16]byte) (Receipt, error) {
	past, err := a.load(ctx, stream, meta)
	if err != nil {
		return Receipt{}, err
	}
	if past.repeated == nil {
		return Receipt{}, fmt.Errorf("execute on %s: %w", stream, domain.ErrUnknown)
	}
	return past.receipt(), past.sameBody(ctx, a.ledger.vault, body)
}

// bodyDigest tells the same command from another under the same id: what is asked, of which stream, for which day. Bytes
// that are no text are let through: the aggregate refuses them, and says where they stand.
func (a Aggregate[S, F, C, E]) bodyDigest(ctx context.Context, stream domain.StreamID, command C, meta domain.Meta) ([16]byte, error) {
	body, err := json.Marshal(command, json.Deterministic(true), jsontext.AllowInvalidUTF8(true))
	if err != nil {
		return [16]byte{}, fmt.Errorf("digest command for %s: %w", stream, err)
	}
	asked := fmt.Appendf(nil, "%T\x00%s\x00%s\x00%s\x00", command, stream, meta.Practice, meta.On)
	digest, err := a.ledger.vault.Digest(ctx, append(asked, body...))
	if err != nil {
		return digest, fmt.Errorf("digest command for %s: %w", stream, err)
	}
	return digest, nil
}

func (a Aggregate[S, F, C, E]) try(ctx context.Context, target Target, command C, meta domain.Meta, body [16]byte, creates bool) (Receipt, error) {
	past, err := a.load(ctx, target.Stream, meta)
	if err != nil {
		return Receipt{}, err
	}
	if past.repeated != nil {
		return past.receipt(), past.sameBody(ctx, a.ledger.vault, body)
	}
	events, err := a.decide(ctx, past, target, command, creates)
	if err != nil || len(events) == 0 {
		return past.receipt(), err
	}
	if err := a.admit(ctx, events, meta); err != nil {
		return Receipt{}, err
	}
	return record(ctx, a.ledger, end{target.Stream, past.revision, past.seed}, events, cause{meta, body, a.confirmed, a.source(meta.Command)})
}

// decide is the events that a command leads to. The guard has not read them yet.
func (a Aggregate[S, F, C, E]) decide(
	ctx context.Context, past history[S], target Target, command C, creates bool,
) ([]E, error) {
	if err := past.check(target, creates); err != nil {
		return nil, err
	}
	facts, err := a.facts(ctx, circumstances{past.meta, target.Stream, past.dated}, past.state, command)
	if err != nil {
		return nil, err
	}
	events, err := a.decider.Decide(past.state, facts, command)
	switch {
	case err != nil || len(events) == 0:
		return nil, err
	case past.foreign:
		return nil, ErrUnknown
	}
	return events, nil
}

// admit has the guard read the events that a command leads to.
func (a Aggregate[S, F, C, E]) admit(ctx context.Context, events []E, meta domain.Meta) error {
	for _, event := range events {
		if err := a.ledger.admit(ctx, event, meta, a.confirmed); err != nil {
			return err
		}
	}
	return nil
}

// history is what the ledger has to know of a stream before it lets an aggregate decide.
type history[S any] struct {
	stream   domain.StreamID
	practice domain.PracticeID // that the stream belongs to
	state    S
	revision domain.Revision
	seed     domain.SeedID   // that its events named last
	dated    domain.Date     // of the last event that dates the thing
	position domain.Position // of the last event
	meta     domain.Meta     // of the command that is being asked
	foreign  bool            // it belongs to another practice, and reads here as if it were not there
	repeated *catalog.Trail  // of that command, if it was recorded here before
	at       time.Time       // when it was
	events   int             // that it recorded then
	answered domain.Position // of the last of those

	dates func(domain.Event) bool
}

// load reads and folds a stream, and looks out for the command itself.
func (a Aggregate[S, F, C, E]) load(ctx context.Context, stream domain.StreamID, meta domain.Meta) (history[S], error) {
	past := history[S]{stream: stream, state: a.decider.Initial, revision: domain.NoStream, meta: meta}
	past.dates = func(event domain.Event) bool {
		own, ok := event.(E)
		return ok && a.dates != nil && a.dates(own)
	}
	if !stream.Valid() || stream.Category() != a.decider.Category {
		return past, ErrUnknown
	}
	var err error
	past.state, past.revision, err = a.decider.FoldEntries(past.state, past.watch(a.ledger.store.ReadStream(ctx, stream, 0)))
	if err != nil {
		return past, fmt.Errorf("load %s: %w", stream, err)
	}
	if past.revision != domain.NoStream && past.practice != meta.Practice {
		return history[S]{stream: stream, state: a.decider.Initial, revision: domain.NoStream, meta: meta, foreign: true}, nil
	}
	return past, nil
}

// watch decodes recorded events and notes where the stream belongs and whether the command is among them.
func (h *history[S]) watch(recorded iter.Seq2[domain.Recorded, error]) iter.Seq2[domain.Entry, error] {
	return func(yield func(domain.Entry, error) bool) {
		for r, err := range recorded {
			var entry domain.Entry
			if err == nil {
				entry, err = catalog.Decode(r)
			}
			if err == nil {
				err = h.note(entry, r)
			}
			if !yield(entry, err) || err != nil {
				return
			}
		}
	}
}

func (h *history[S]) note(entry domain.Entry, r domain.Recorded) error {
	h.practice, h.position = entry.Meta.Practice, entry.Position
	if h.dates != nil && h.dates(entry.Event) {
		h.dated = entry.Meta.On
	}
	if err := h.noteSeed(r); err != nil || entry.Meta.Command != h.meta.Command {
		return err
	}
	trail, err := catalog.DecodeTrail(r.Metadata)
	h.repeated, h.at, h.answered = &trail, r.At, entry.Position
	h.events++
	return err
}

func (h *history[S]) noteSeed(r domain.Recorded) error {
	named, err := catalog.SeedIn(r.Metadata)
	if named != (domain.SeedID{}) {
		h.seed = named
	}
	return err
}

// check refuses what is wrong whatever the command: no such thing, or a stale look at it.
func (h *history[S]) check(target Target, creates bool) error {
	switch {
	case h.revision == domain.NoStream && !creates:
		return ErrUnknown
	case target.Revision != nil && *target.Revision != h.revision:
		return ErrStale.Naming("revision", strconv.FormatInt(int64(h.revision), 10))
	}
	return nil
}

// sameBody refuses a command id that was used before to ask something else. Of what was recorded before something was
// forgotten, or within a minute of that, nobody can tell any more what it asked: it is taken for the same, so its sender
// hears that it was recorded, and nothing is recorded in its name.
func (h *history[S]) sameBody(ctx context.Context, vault domain.Sealing, body [16]byte) error {
	if bytes.Equal(h.repeated.Body, body[:]) {
		return nil
	}
	since, err := vault.DigestsSince(ctx)
	switch {
	case err != nil:
		return fmt.Errorf("compare with what %s recorded: %w", h.meta.Command, err)
	case h.at.Before(since):
		return nil
	}
	return ErrReused
}

func (h *history[S]) receipt() Receipt {
	receipt := Receipt{Stream: h.stream, Revision: h.revision, Position: h.position}
	if h.repeated != nil {
		receipt.Position, receipt.Events, receipt.Repeated = h.answered, h.events, true
	}
	return receipt
}

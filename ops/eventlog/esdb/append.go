package esdb

import (
	"context"
	"errors"
	"fmt"
	"time"

	client "github.com/EventStore/EventStore-Client-Go/v4/esdb"

	"signaalboek/domain"
)

// MaxAppend is how many bytes an append may hold: payloads, metadata with their envelopes, and twice the names. It is
// what a server takes when nobody has changed that.
const MaxAppend = 1 << 20

// write is an append as the client takes it.
type write struct {
	stream   domain.StreamID
	expected domain.Revision
	events   []client.EventData
}

func newWrite(stream domain.StreamID, expected domain.Revision, drafts []domain.Draft) (w write, err error) {
	switch {
	case !stream.Valid():
		return w, errors.New("the stream has no valid name")
	case expected < domain.NoStream:
		return w, errors.New("no stream is at a revision below none")
	case len(drafts) == 0:
		return w, errors.New("there is nothing to append")
	}
	w = write{stream: stream, expected: expected, events: make([]client.EventData, len(drafts))}
	size := 0
	for i := range drafts {
		if w.events[i], err = proposed(&drafts[i]); err != nil {
			return w, err
		}
		size += len(w.events[i].Data) + len(w.events[i].Metadata) + 2*len(drafts[i].Name)
	}
	if size > MaxAppend {
		return w, fmt.Errorf("%w: %d bytes, and %d are allowed", ErrTooLarge, size, MaxAppend)
	}
	return w, nil
}

// last is the revision of the last event, once it is recorded.
func (w write) last() domain.Revision { return w.expected + domain.Revision(len(w.events)) }

// options never leave the revision to the server, and give an attempt so much time.
func (w write) options(attempt *time.Duration) client.AppendToStreamOptions {
	options := client.AppendToStreamOptions{ExpectedRevision: client.NoStream{}, Deadline: attempt}
	if w.expected != domain.NoStream {
		options.ExpectedRevision = client.Revision(uint64(w.expected))
	}
	return options
}

// Append implements domain.Store. When ctx ends, or Options.Patience does, before anything was sent, nothing was
// recorded; after that the outcome is unknown.
func (l *Log) Append(
	ctx context.Context, stream domain.StreamID, expected domain.Revision, drafts []domain.Draft,
) (domain.Position, error) {
	if err := l.ready(ctx); err != nil {
		return domain.Position{}, err
	}
	w, err := newWrite(stream, expected, drafts)
	if err != nil {
		return domain.Position{}, fmt.Errorf("append to %s: %w", stream, err)
	}
	position, err := l.append(ctx, w)
	if err != nil {
		return domain.Position{}, fmt.Errorf("append to %s: %w", stream, err)
	}
	l.told(position)
	return position, nil
}

// append sends w until there is an answer. Every attempt is the same append to the server: if one that we heard nothing of
// was recorded, the next one is answered as that one would have been.
func (l *Log) append(ctx context.Context, w write) (domain.Position, error) {
	since := time.Now()
	lost := false // whether an attempt was left without an answer
	for pause := firstPause; ; pause = longer(pause) {
		result, err := l.send(ctx, since, w)
		switch {
		case err == nil:
			return l.placeOf(ctx, w, result)
		case errors.Is(err, errAgain):
			lost = true
			if l.pause(ctx, since, pause) {
				continue
			}
			err = l.why(ctx)
		case errors.Is(err, errBroken):
			lost = true
		case errors.Is(err, errUnsent):
			err = l.why(ctx)
		}
		return domain.Position{}, outcome(err, lost)
	}
}

// outcome is the error of an append. A conflict is certain, whatever was lost before: the stream went on without us. So
// is any other refusal, unless an earlier attempt may still have been recorded.
func outcome(err error, lost bool) error {
	if lost && !errors.Is(err, domain.ErrConflict) {
		return fmt.Errorf("%w: %w", domain.ErrUnknown, err)
	}
	return err
}

// errUnsent is an attempt that was not made, because there was no turn for it in time.
var errUnsent = errors.New("esdb: nothing was asked")

// send makes one attempt, and waits for its answer for as long as ctx, the patience of an append since then, and the log
// live.
func (l *Log) send(ctx context.Context, since time.Time, w write) (*client.WriteResult, error) {
	if err := l.beginAppend(ctx, since); err != nil {
		return nil, errUnsent
	}
	d := l.sit(l.options.Patience - time.Since(since))
	d.asked <- w
	select {
	case given := <-d.answered:
		l.stand(d)
		if given.err != nil {
			return nil, l.noted(given.err)
		}
		return given.result, nil
	case <-ctx.Done():
	case <-d.ctx.Done():
	}
	d.forsake()
	return nil, errAgain
}

// beginAppend takes a turn. Mostly there is one.
func (l *Log) beginAppend(ctx context.Context, since time.Time) error {
	select {
	case l.turns <- struct{}{}:
		return l.enter()
	default:
	}
	waiting, cancel := l.patient(ctx, since)
	defer cancel()
	return l.begin(waiting)
}

// pause waits before the next attempt, and reports whether there may be one.
func (l *Log) pause(ctx context.Context, since time.Time, pause time.Duration) bool {
	waiting, cancel := l.patient(ctx, since)
	defer cancel()
	return l.rested(waiting, pause)
}

// placeOf is the position of the last event of w, which is recorded.
func (l *Log) placeOf(ctx context.Context, w write, result *client.WriteResult) (domain.Position, error) {
	if result.NextExpectedVersion != uint64(w.last()) {
		// A deleted stream goes on behind what it was. The events stand, and not where they should.
		return domain.Position{}, fmt.Errorf("%w: %w: recorded up to revision %d instead of %d",
			domain.ErrUnknown, ErrDamaged, result.NextExpectedVersion, w.last())
	}
	position := domain.Position{Commit: result.CommitPosition, Prepare: result.PreparePosition}
	if !position.IsZero() && position.Commit != noPosition {
		return position, nil
	}
	// A server may answer a repetition without a position.
	for r, err := range l.ReadStream(ctx, w.stream, w.last()) {
		if err != nil {
			return domain.Position{}, fmt.Errorf("%w: find its position: %w", domain.ErrUnknown, err)
		}
		return r.Position, nil
	}
	return domain.Position{}, fmt.Errorf("%w: its position is not to be found yet", domain.ErrUnknown)
}

package migrate

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"

	"signaalboek/domain"
)

// Part is a part of an event in which two logs can differ.
type Part string

// The parts, in the order in which they are compared.
const (
	Missing  Part = "missing" // the target ends before this event
	Extra    Part = "extra"   // the source ends before this event
	ID       Part = "id"
	Stream   Part = "stream"
	Revision Part = "revision"
	Name     Part = "name"
	Moment   Part = "moment"
	Payload  Part = "payload"
	Metadata Part = "metadata"
)

// Difference is the first difference between two logs.
type Difference struct {
	Number int  // of the event, counted from 1 in the order of the log
	In     Part // what differs
	Source domain.Recorded
	Target domain.Recorded
}

// Error names the place and the part, and nothing that anybody wrote.
func (d *Difference) Error() string {
	at := d.At()
	return fmt.Sprintf("migrate: event %d (%s of %s at revision %d) differs: %s", d.Number, at.ID, at.Stream, at.Revision, d.In)
}

// At is the event of the source, or that of the target where the source has none.
func (d *Difference) At() domain.Recorded {
	if d.In == Extra {
		return d.Target
	}
	return d.Source
}

// between is the first difference between two events at the same place in their logs, if there is one.
func between(number int, source, target domain.Recorded) error {
	for _, part := range []struct {
		name Part
		same bool
	}{
		{ID, source.ID == target.ID},
		{Stream, source.Stream == target.Stream},
		{Revision, source.Revision == target.Revision},
		{Name, source.Name == target.Name},
		{Moment, source.At.Equal(target.At)},
		{Payload, bytes.Equal(source.Payload, target.Payload)},
		{Metadata, bytes.Equal(source.Metadata, target.Metadata)},
	} {
		if !part.same {
			return &Difference{Number: number, In: part.name, Source: source, Target: target}
		}
	}
	return nil
}

// noMore is the difference that the target goes on behind so many events, if it does.
func noMore(events int, next func() (domain.Recorded, error, bool)) error {
	target, err, more := next()
	switch {
	case err != nil:
		return fmt.Errorf("migrate: read the target: %w", err)
	case more:
		return &Difference{Number: events + 1, In: Extra, Target: target}
	}
	return nil
}

// Compare reads both logs side by side, and returns how many events they have if they have the same ones. Else it fails
// with the first *Difference; or, if they are the same as far as the source stood still, with ErrMoving.
func (m *Migration) Compare(ctx context.Context) (events int, err error) {
	end, err := m.From.End(ctx)
	if err != nil {
		return 0, fmt.Errorf("migrate: find the end of the source: %w", err)
	}
	if !m.copied {
		m.reached = end
	}
	next, stop := iter.Pull2(m.To.ReadAll(ctx, domain.Position{}))
	defer stop()
	for source, err := range m.From.ReadAll(ctx, domain.Position{}) {
		if err != nil {
			return events, fmt.Errorf("migrate: read the source: %w", err)
		}
		if err := m.match(events+1, source, next); err != nil {
			return events, err
		}
		events++
		m.tell(events, source.Position, end)
	}
	return events, errors.Join(noMore(events, next), m.still(ctx))
}

// match compares an event with the next one of the target.
func (m *Migration) match(number int, source domain.Recorded, next func() (domain.Recorded, error, bool)) error {
	target, err, more := next()
	switch {
	case err != nil:
		return fmt.Errorf("migrate: read the target: %w", err)
	case more:
		return between(number, source, target)
	case m.reached.Before(source.Position): // it came when we had looked where the source ends
		return ErrMoving
	}
	return &Difference{Number: number, In: Missing, Source: source}
}

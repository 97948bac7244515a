package projections

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"signaalboek/domain"
)

// Whether every projection took in what the log holds, each event once and in order, is not believed but compared: each
// keeps the frontier of what it was fed, and the log is read once more, by itself, for its own. What this does not see is
// a projection that takes an event in and makes nothing, or the wrong thing, of it: for that are its tests.

// fed is a projection with what it was fed since the beginning of the log.
type fed struct {
	projection
	frontier domain.Frontier
}

// take has the projection apply one event, and counts it.
func (f *fed) take(reading *Reading, next *stride) error {
	if err := f.apply(reading); err != nil {
		return fmt.Errorf("projections: apply %s at %s to %s: %w",
			reading.Event.EventName(), reading.Position, f.name(), err)
	}
	f.frontier = next.after(f.frontier)
	return nil
}

// stride is a step over one event. Whoever starts at the same frontier ends at the same one, so it is worked out once for
// all projections that were fed the same, and again for one that was not.
type stride struct {
	mark     domain.Mark
	from, to domain.Frontier // the last one that was worked out; none while to has no events
}

func (s *stride) after(from domain.Frontier) domain.Frontier {
	if s.to.Events == 0 || s.from != from {
		s.from, s.to = from, from.Step(s.mark)
	}
	return s.to
}

// Frontiers is what each projection was fed since the beginning of the log, by name, and the position up to which. All are
// equal to the frontier of the log up to there: Astray says which are not.
func (s *Set) Frontiers() (at domain.Position, of map[string]domain.Frontier) {
	s.lock.RLock()
	defer s.lock.RUnlock()
	of = make(map[string]domain.Frontier, len(s.fed))
	for _, f := range s.fed {
		of[f.name()] = f.frontier
	}
	return s.position, of
}

// Stray is a projection that was not fed what the log holds: an event was skipped, fed twice, out of order, or as
// something else.
type Stray struct {
	Projection string
	Fed        domain.Frontier // what it was fed
	Log        domain.Frontier // what the log holds up to the same position
}

// Strays are the projections that were not fed what the log holds up to the same position, by name.
func Strays(log domain.Frontier, of map[string]domain.Frontier) (strays []Stray) {
	for name, frontier := range of {
		if frontier != log {
			strays = append(strays, Stray{Projection: name, Fed: frontier, Log: log})
		}
	}
	slices.SortFunc(strays, func(a, b Stray) int { return cmp.Compare(a.Projection, b.Projection) })
	return strays
}

// Recount reads a log by itself, apart from any set and by another way than Run, and keeps its frontier: what sets are
// compared with. One goroutine uses it.
type Recount struct {
	store    domain.Store
	position domain.Position
	frontier domain.Frontier
}

// NewRecount is a recount that begins at the beginning of a log.
func NewRecount(store domain.Store) *Recount { return &Recount{store: store} }

// At is the position up to which the log was read, and its frontier there.
func (r *Recount) At() (domain.Position, domain.Frontier) { return r.position, r.frontier }

// Read reads on, up to a position and no further, and at most so many events. It reports whether it has read all that the
// log holds up to there. What was read stays so after an error.
func (r *Recount) Read(ctx context.Context, until domain.Position, most int) (all bool, err error) {
	if !r.position.Before(until) {
		return true, nil
	}
	for recorded, err := range r.store.ReadAll(ctx, r.position) {
		if err != nil {
			return false, fmt.Errorf("projections: recount the log after %s: %w", r.position, err)
		}
		if until.Before(recorded.Position) {
			return true, nil
		}
		r.position, r.frontier = recorded.Position, r.frontier.Add(recorded)
		if most--; most <= 0 || !r.position.Before(until) {
			break
		}
	}
	return !r.position.Before(until), nil
}

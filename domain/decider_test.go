package domain_test

import (
	"errors"
	"testing"

	"signaalboek/domain"
)

type counted int

func (counted) EventName() string { return "counter.counted.v1" }

type strange struct{}

func (strange) EventName() string { return "stranger.came.v1" }

func TestFoldingReadsAWholeStreamOrNothing(t *testing.T) {
	decider := domain.Decider[int, struct{}, struct{}, counted]{Evolve: func(s int, e counted) int { return 10*s + int(e) }}
	if s := decider.Fold(0, 1, 2, 3); s != 123 {
		t.Errorf("folded to %d", s)
	}
	entries := func(events ...domain.Event) func(func(domain.Entry, error) bool) {
		return func(yield func(domain.Entry, error) bool) {
			for i, e := range events {
				var err error
				if e == nil {
					err = errors.ErrUnsupported
				}
				if !yield(domain.Entry{Stream: "counter-a", Revision: domain.Revision(i), Event: e}, err) {
					return
				}
			}
		}
	}
	if s, last, err := decider.FoldEntries(0, entries(counted(1), counted(2))); s != 12 || last != 1 || err != nil {
		t.Errorf("folded to %d at %d, %v", s, last, err)
	}
	if _, last, err := decider.FoldEntries(0, entries()); last != domain.NoStream || err != nil {
		t.Errorf("an empty stream ends at %d, %v", last, err)
	}
	if _, _, err := decider.FoldEntries(0, entries(counted(1), nil)); !errors.Is(err, errors.ErrUnsupported) {
		t.Errorf("half a stream: %v", err)
	}
	_, _, err := decider.FoldEntries(0, entries(counted(1), strange{}))
	foreign, _ := errors.AsType[*domain.ForeignEvent](err)
	if foreign == nil || *foreign != (domain.ForeignEvent{Stream: "counter-a", Name: "stranger.came.v1"}) {
		t.Errorf("an event of another category: %v", err)
	}
}

package projections

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"signaalboek/domain"
	"signaalboek/domain/signal"
)

// counted is the frontier of the log up to a position, read apart from every set.
func (d *diary) counted(until domain.Position) domain.Frontier {
	recount := NewRecount(d.store)
	if all, err := recount.Read(context.Background(), until, math.MaxInt); err != nil || !all {
		d.t.Fatalf("the log was not read up to %s: %v", until, err)
	}
	_, frontier := recount.At()
	return frontier
}

// requireWhole requires that every projection took in the whole log, in order.
func (d *diary) requireWhole(set *Set) {
	at, of := set.Frontiers()
	for _, stray := range Strays(d.counted(at), of) {
		d.t.Fatalf("%s took in %d events of %d, or others", stray.Projection, stray.Fed.Events, stray.Log.Events)
	}
	if at != d.end || len(of) != len(set.fed) || of["signals"].Events != uint64(d.count) {
		d.t.Fatalf("%d projections are at %s, after %d events", len(of), at, of["signals"].Events)
	}
}

// keepers is a log in which every event but the first can be taken in by every projection, whatever came before it.
func keepers(t *testing.T) *diary {
	d := newDiary(t)
	d.write(day(1), signalNo(1), picked(partner("caw"), "mobiliteit"))
	for _, role := range []domain.Code{"coordinator", "buurtwerker", "stad", "coordinator"} {
		d.write(day(2), signalNo(1), signal.KeeperNamed{Role: role})
	}
	return d
}

// Given a log of five events, when one projection is fed wrongly at the third, then it is found and named, and no other.
func TestStrayProjectionIsFound(t *testing.T) {
	const third = 2
	d := keepers(t)
	right := d.readings()
	altered := d.recorded(third)
	altered.At = altered.At.Add(time.Microsecond)
	other, err := read(t.Context(), d.vault, altered)
	d.check(err)
	for mistake, c := range map[string]struct {
		at  map[int][]Reading // what the projection is fed instead of an event
		fed uint64
	}{
		"skips one":                          {map[int][]Reading{third: nil}, 4},
		"takes one twice":                    {map[int][]Reading{third: {right[third], right[third]}}, 6},
		"takes two swapped":                  {map[int][]Reading{third: {right[third+1]}, third + 1: {right[third]}}, 5},
		"skips one and takes the next twice": {map[int][]Reading{third: nil, third + 1: {right[third+1], right[third+1]}}, 5},
		"takes what was not recorded":        {map[int][]Reading{third: {other}}, 5},
	} {
		for _, victim := range New(d.store, d.vault).fed {
			t.Run(fmt.Sprintf("%s %s", victim.name(), mistake), func(t *testing.T) {
				set := New(d.store, d.vault)
				set.misfeed(t, right, victim.name(), c.at)
				for way, set := range map[string]*Set{"as it is": set, "through a snapshot": d.throughSnapshot(set)} {
					at, of := set.Frontiers()
					strays := Strays(d.counted(at), of)
					if len(strays) != 1 || strays[0].Projection != victim.name() ||
						strays[0].Fed.Events != c.fed || strays[0].Log.Events != 5 {
						t.Errorf("%s: %+v", way, strays)
					}
				}
			})
		}
	}
}

// misfeed feeds readings to every projection, and to one of them others instead of some.
func (s *Set) misfeed(t *testing.T, right []Reading, victim string, wrong map[int][]Reading) {
	for i := range right {
		next := stride{mark: right[i].mark}
		for at := range s.fed {
			instead, found := wrong[i]
			if !found || s.fed[at].name() != victim {
				if err := s.fed[at].take(&right[i], &next); err != nil {
					t.Fatal(err)
				}
				continue
			}
			for _, reading := range instead {
				if err := s.fed[at].take(&reading, &stride{mark: reading.mark}); err != nil {
					t.Fatal(err)
				}
			}
		}
		s.position = right[i].Position
		for _, p := range s.fed {
			p.settle()
		}
	}
}

// recorded is the event at a place in the log, counted from 0.
func (d *diary) recorded(at int) domain.Recorded {
	all := slices.Collect(func(yield func(domain.Recorded) bool) {
		for recorded, err := range d.store.ReadAll(context.Background(), domain.Position{}) {
			d.check(err)
			if !yield(recorded) {
				return
			}
		}
	})
	return all[at]
}

// A recount that reads in pieces comes to what one that reads at once comes to, and never reads past where it is asked to.
func TestRecountReadsInPieces(t *testing.T) {
	d := keepers(t)
	recount, want := NewRecount(d.store), domain.Frontier{}
	for at := range 5 {
		recorded := d.recorded(at)
		want = want.Add(recorded)
		all, err := recount.Read(t.Context(), d.end, 1)
		if position, got := recount.At(); err != nil || got != want || position != recorded.Position || all != (at == 4) {
			t.Fatalf("after %d events it is at %s with %+v: %t, %v", at+1, position, got, all, err)
		}
	}
	third := d.recorded(2).Position
	if got := d.counted(third); got.Events != 3 {
		t.Errorf("up to the third event there are %d", got.Events)
	}
	between := domain.Position{Commit: third.Commit - 1} // where no event stands
	if got := d.counted(between); got.Events != 2 {
		t.Errorf("before the third event there are %d", got.Events)
	}
	beyond := d.end
	beyond.Commit++
	if all, err := recount.Read(t.Context(), beyond, 1); all || err != nil {
		t.Errorf("it read what the log does not hold yet: %v", err)
	}
}

// What was read before the log failed is not read again, and counts once.
func TestRecountGoesOnAfterAFault(t *testing.T) {
	d, away := keepers(t), errors.New("away")
	d.store.FailRead(3, away)
	recount := NewRecount(d.store)
	if all, err := recount.Read(t.Context(), d.end, math.MaxInt); all || !errors.Is(err, away) {
		t.Fatalf("it read on: %t, %v", all, err)
	}
	if all, err := recount.Read(t.Context(), d.end, math.MaxInt); !all || err != nil {
		t.Fatalf("it did not go on: %t, %v", all, err)
	}
	if _, got := recount.At(); got != d.counted(d.end) {
		t.Errorf("it counted %d events of %d", got.Events, d.count)
	}
}

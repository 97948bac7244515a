package transparency

import (
	"context"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"signaalboek/domain"
	"signaalboek/domain/proof"
)

// readings is a log as somebody made it read: only what is read of it matters.
type readings struct {
	domain.Store
	events []domain.Recorded
}

func (l readings) ReadAll(_ context.Context, after domain.Position) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		for _, recorded := range l.events {
			if after.Before(recorded.Position) && !yield(recorded, nil) {
				return
			}
		}
	}
}

func eventsOf(t tester, store domain.Store) (events []domain.Recorded) {
	t.Helper()
	for recorded, err := range store.ReadAll(ctx, domain.Position{}) {
		if err != nil {
			t.Fatal(err)
		}
		events = append(events, recorded)
	}
	return events
}

// tampering is what may be done to a log of which the tree is known, at an event. It gives the first event that is then not
// what it was, counted from 0.
var tampering = map[string]func(events []domain.Recorded, at int) (tampered []domain.Recorded, first int){
	"another payload": func(events []domain.Recorded, at int) ([]domain.Recorded, int) {
		events[at].Payload = append(slices.Clone(events[at].Payload), ' ')
		return events, at
	},
	"other metadata": func(events []domain.Recorded, at int) ([]domain.Recorded, int) {
		events[at].Metadata = append(slices.Clone(events[at].Metadata), ' ')
		return events, at
	},
	"another stream": func(events []domain.Recorded, at int) ([]domain.Recorded, int) {
		events[at].Stream += "x"
		return events, at
	},
	"another revision": func(events []domain.Recorded, at int) ([]domain.Recorded, int) {
		events[at].Revision++
		return events, at
	},
	"another name": func(events []domain.Recorded, at int) ([]domain.Recorded, int) {
		events[at].Name += "x"
		return events, at
	},
	"another id": func(events []domain.Recorded, at int) ([]domain.Recorded, int) {
		events[at].ID[3] ^= 1
		return events, at
	},
	"another moment": func(events []domain.Recorded, at int) ([]domain.Recorded, int) {
		events[at].At = events[at].At.Add(1000)
		return events, at
	},
	"dropped": func(events []domain.Recorded, at int) ([]domain.Recorded, int) {
		return slices.Delete(events, at, at+1), at
	},
	"cut short": func(events []domain.Recorded, at int) ([]domain.Recorded, int) { return events[:at], at },
	"swapped": func(events []domain.Recorded, at int) ([]domain.Recorded, int) {
		other := (at + 1) % len(events)
		a, b := events[at], events[other]
		a.Position, b.Position = b.Position, a.Position
		events[at], events[other] = b, a
		return events, min(at, other)
	},
	"twice": func(events []domain.Recorded, at int) ([]domain.Recorded, int) {
		again := events[at]
		for i := at + 1; i < len(events); i++ {
			events[i].Position.Commit++
		}
		again.Position.Commit++
		return slices.Insert(events, at+1, again), at + 1
	},
}

// Whatever is done to a log, and wherever, the first event that is not what it was is named, and roots tell from where on.
func TestAnAuditNamesTheFirstOtherEvent(t *testing.T) {
	dir := t.TempDir()
	const size = 700
	store := logOf(t, size)
	openTree(t, dir, store)
	honest := eventsOf(t, store)
	rapid.Check(t, func(t *rapid.T) {
		what := rapid.SampledFrom(slices.Sorted(maps.Keys(tampering))).Draw(t, "what")
		events, first := tampering[what](slices.Clone(honest), rapid.IntRange(0, size-1).Draw(t, "at"))
		if what == "twice" && first == size {
			first = -1 // it stands behind what the tree knows: as any event that is recorded later
		}
		promised := []proof.Checkpoint{{Size: 100, Root: rootOf(leavesOf(t, store)[:100])}, {Size: size, Root: rootOf(leavesOf(t, store))}}
		found, err := Audit{Log: readings{events: events}, Dir: dir, Promised: promised}.Read(ctx)
		if err != nil || found.Other != int64(first) {
			t.Fatalf("%s: event %d is named, not %d: %v", what, found.Other, first, err)
		}
		for i, c := range promised {
			if holds := first < 0 || int64(first) >= c.Size; (found.Roots[i] == c.Root) != holds {
				t.Fatalf("%s at %d: root at %d holds: %v", what, first, c.Size, !holds)
			}
		}
		if first >= 0 && first < len(events) && first > 0 && found.Before != events[first-1].Position {
			t.Fatalf("it is said to stand behind %v", found.Before)
		}
	})
}

// A directory that is damaged says nothing against the log: not in any byte of it. The log itself is whole.
func TestDamagedTilesAccuseNobody(t *testing.T) {
	dir := t.TempDir()
	store := logOf(t, 300)
	openTree(t, dir, store)
	want, err := ExtentOf(ctx, store)
	fatal(t, err)
	looked := 0
	err = filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		fatal(t, err)
		for at := 0; at < len(content); at += 37 {
			damaged := slices.Clone(content)
			damaged[at] ^= 0x10
			fatal(t, os.WriteFile(path, damaged, 0o600))
			found, err := Audit{Log: store, Dir: dir}.Read(ctx)
			if err != nil || found.Other >= 0 || found.Extent != want {
				t.Errorf("byte %d of %s: event %d is accused: %v", at, entry.Name(), found.Other, err)
			}
			looked++
		}
		return os.WriteFile(path, content, 0o600)
	})
	if err != nil || looked < 100 {
		t.Fatalf("%d bytes looked at: %v", looked, err)
	}
}

// While the log grows and its tree is kept, an audit beside them finds nothing, and knows the frontier that it was asked for.
func TestAnAuditBesideWhoServes(t *testing.T) {
	dir := t.TempDir()
	store := logOf(t, 10)
	tree := openTree(t, dir, store)
	for n := 10; n < 900; n += 89 {
		before := tree.Extent()
		log := growing{store, sync.OnceFunc(func() {
			grow(t, store, n, n+89)
			fatal(t, tree.CatchUp(ctx))
		})}
		found, err := Audit{Log: log, Dir: dir, At: before.Position}.Read(ctx)
		if err != nil || found.Other >= 0 || found.AtAsked != before.Frontier {
			t.Errorf("at %d: event %d is accused, or another frontier found: %v", n, found.Other, err)
		}
	}
}

// growing is a log in which more is recorded as soon as everything was read.
type growing struct {
	domain.Store
	then func()
}

func (g growing) ReadAll(ctx context.Context, after domain.Position) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		for recorded, err := range g.Store.ReadAll(ctx, after) {
			if !yield(recorded, err) {
				return
			}
		}
		g.then()
	}
}

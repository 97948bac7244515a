package esdb_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/ops/eventlog/esdb"
)

// drafts makes n drafts with ids of their own.
func drafts(n int) []domain.Draft {
	made := make([]domain.Draft, n)
	for i := range made {
		made[i] = domain.Draft{
			ID:       uuid.New(),
			Name:     "thing.happened.v1",
			At:       time.UnixMicro(1_650_000_000_000_000 + int64(i)).UTC(),
			Payload:  []byte(`{"of":"test"}`),
			Metadata: []byte(`{"n":1}`),
		}
	}
	return made
}

// given appends n events to a stream without any, in batches.
func given(t *testing.T, log *esdb.Log, stream domain.StreamID, n int) []domain.Recorded {
	t.Helper()
	for from := 0; from < n; from += 100 {
		if _, err := log.Append(t.Context(), stream, domain.Revision(from-1), drafts(min(100, n-from))); err != nil {
			t.Fatal(err)
		}
	}
	events, err := collect(log.ReadStream(t.Context(), stream, 0))
	if err != nil || len(events) != n {
		t.Fatalf("%d events were given, and %d are there: %v", n, len(events), err)
	}
	return events
}

// collect reads a sequence to its end.
func collect(sequence func(func(domain.Recorded, error) bool)) (events []domain.Recorded, err error) {
	for r, err := range sequence {
		if err != nil {
			return events, err
		}
		events = append(events, r)
	}
	return events, nil
}

// same reports whether two readings gave the same events at the same places.
func same(a, b []domain.Recorded) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].ID != b[i].ID || a[i].Position != b[i].Position || a[i].Revision != b[i].Revision || a[i].Stream != b[i].Stream {
			return false
		}
	}
	return true
}

// follow follows a log on a goroutine of its own, and gives what it gets.
func follow(ctx context.Context, log domain.Store, after domain.Position) (<-chan domain.Recorded, <-chan error) {
	events, ended := make(chan domain.Recorded, 1<<14), make(chan error, 1)
	go func() {
		for r, err := range log.Follow(ctx, after) {
			if err != nil {
				ended <- err
				return
			}
			events <- r
		}
	}()
	return events, ended
}

// next takes n events of a follower.
func next(t *testing.T, n int, events <-chan domain.Recorded, ended <-chan error) (got []domain.Recorded) {
	t.Helper()
	for len(got) < n {
		select {
		case r := <-events:
			got = append(got, r)
		case err := <-ended:
			t.Fatalf("after %d events the follower ended: %v", len(got), err)
		}
	}
	return got
}

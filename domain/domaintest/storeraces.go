package domaintest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"signaalboek/domain"
)

// What is proven of several at once: followers, rivals for a revision, and readers beside writers.

func proveFollowWaits(t *testing.T, f fixture) {
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	const events = 5
	seen := make(chan struct{}, events)
	appended := make(chan error, 1)
	go func() { appended <- appendOneByOne(t.Context(), f.Store, "thing-a", events, seen) }()
	var got int
	var ended error
	for _, err := range f.Follow(ctx, domain.Position{}) {
		if ended = err; err != nil {
			break
		}
		seen <- struct{}{}
		if got++; got == events {
			cancel()
		}
	}
	if err := <-appended; err != nil {
		t.Fatal(err)
	}
	if got != events || !errors.Is(ended, context.Canceled) {
		t.Errorf("followed %d events and ended with %v, want %d and %v", got, ended, events, context.Canceled)
	}
}

// appendOneByOne appends n events, each after something was received for the one before it.
func appendOneByOne(
	ctx context.Context, store domain.Store, stream domain.StreamID, n int, received <-chan struct{},
) error {
	for i := range n {
		if _, err := store.Append(ctx, stream, domain.Revision(i-1), someDrafts(1)); err != nil {
			return err
		}
		<-received
	}
	return nil
}

func proveFollowSeam(t *testing.T, f fixture) {
	const writers, each, old = 8, 40, 300
	f.append("thing-old", domain.NoStream, someDrafts(old)...)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	followers := make([]followed, 3)
	var following sync.WaitGroup
	for i := range followers {
		following.Go(func() { followers[i] = followUntil(ctx, f.Store, old+writers*each) })
	}
	writeAtOnce(t, f.Store, writers, each)
	following.Wait()
	want := f.all()
	for i, got := range followers {
		if got.err != nil {
			t.Fatalf("follower %d: %v", i, got.err)
		}
		sameEvents(t, got.events, want)
	}
}

type followed struct {
	events []domain.Recorded
	err    error
}

func followUntil(ctx context.Context, store domain.Store, enough int) (got followed) {
	for r, err := range store.Follow(ctx, domain.Position{}) {
		if err != nil {
			got.err = err
			return got
		}
		if got.events = append(got.events, r); len(got.events) == enough {
			return got
		}
	}
	return got
}

// writeAtOnce has several writers append to a stream each, and returns when all are done.
func writeAtOnce(t *testing.T, store domain.Store, writers, each int) {
	t.Helper()
	var writing sync.WaitGroup
	for w := range writers {
		writing.Go(func() {
			stream := domain.NewStreamID("writer", fmt.Sprint(w))
			for i := range each {
				if _, err := store.Append(t.Context(), stream, domain.Revision(i-1), someDrafts(1)); err != nil {
					t.Errorf("append to %s at %d: %v", stream, i-1, err)
					return
				}
			}
		})
	}
	writing.Wait()
}

func proveOneWinner(t *testing.T, f fixture) {
	const rivals, revisions = 16, 25
	for revision := range domain.Revision(revisions) {
		errs := make([]error, rivals)
		var racing sync.WaitGroup
		for i := range errs {
			racing.Go(func() { _, errs[i] = f.Append(t.Context(), "thing-a", revision-1, someDrafts(1)) })
		}
		racing.Wait()
		won := 0
		for _, err := range errs {
			switch {
			case err == nil:
				won++
			case !errors.Is(err, domain.ErrConflict):
				t.Fatalf("revision %d: %v", revision, err)
			}
		}
		if won != 1 {
			t.Fatalf("revision %d was won by %d rivals", revision, won)
		}
	}
	if got := len(f.all()); got != revisions {
		t.Errorf("got %d events, want %d", got, revisions)
	}
}

// proveNoLateArrivals reads the log over and over while it is written: each reading must begin with the one before.
func proveNoLateArrivals(t *testing.T, f fixture) {
	const writers, each = 6, 30
	written := make(chan struct{})
	go func() {
		defer close(written)
		writeAtOnce(t, f.Store, writers, each)
	}()
	var before []domain.Recorded
	for last := false; !last; {
		select {
		case <-written:
			last = true
		default:
		}
		now := f.all()
		if len(now) < len(before) {
			t.Fatalf("read %d events, and %d a moment ago", len(now), len(before))
		}
		sameEvents(t, now[:len(before)], before)
		before = now
	}
	if len(before) != writers*each {
		t.Errorf("got %d events, want %d", len(before), writers*each)
	}
}

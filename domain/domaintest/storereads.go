package domaintest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"testing"

	"signaalboek/domain"
)

// What is proven of reading: from anywhere, both ways, left early, with bytes of its own, within its context.

func proveFromRevision(t *testing.T, f fixture) {
	f.append("thing-a", domain.NoStream, someDrafts(5)...)
	whole := f.stream("thing-a")
	for _, from := range []domain.Revision{domain.NoStream, 0, 1, 4, 5, 6, 1000} {
		want := whole[min(int(max(from, 0)), len(whole)):]
		sameEvents(t, collect(t, f.ReadStream(t.Context(), "thing-a", from)), want)
	}
}

func proveBackward(t *testing.T, f fixture) {
	f.append("thing-a", domain.NoStream, someDrafts(5)...)
	f.append("thing-ab", domain.NoStream, someDrafts(2)...)
	want := f.stream("thing-a")
	slices.Reverse(want)
	sameEvents(t, collect(t, f.ReadStreamBackward(t.Context(), "thing-a")), want)
}

func proveLongStream(t *testing.T, f fixture) {
	const length = 3000
	for written := 0; written < length; written += 100 {
		f.append("thing-long", domain.Revision(written-1), someDrafts(100)...)
	}
	forward := f.stream("thing-long")
	if len(forward) != length {
		t.Fatalf("got %d events, want %d", len(forward), length)
	}
	for i, r := range forward {
		if r.Revision != domain.Revision(i) {
			t.Fatalf("event %d has revision %d", i, r.Revision)
		}
	}
	sameEvents(t, f.all(), forward)
	slices.Reverse(forward)
	sameEvents(t, collect(t, f.ReadStreamBackward(t.Context(), "thing-long")), forward)
}

func proveAfterPosition(t *testing.T, f fixture) {
	for i := range 9 {
		f.append(domain.NewStreamID("thing", fmt.Sprint(i)), domain.NoStream, someDrafts(2)...)
	}
	all := f.all()
	for i, r := range all {
		sameEvents(t, collect(t, f.ReadAll(t.Context(), r.Position)), all[i+1:])
	}
}

func proveLeaving(t *testing.T, f fixture) {
	f.append("thing-a", domain.NoStream, someDrafts(40)...)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	sequences := map[string]iter.Seq2[domain.Recorded, error]{
		"ReadStream":         f.ReadStream(ctx, "thing-a", 0),
		"ReadStreamBackward": f.ReadStreamBackward(ctx, "thing-a"),
		"ReadAll":            f.ReadAll(ctx, domain.Position{}),
		"Follow":             f.Follow(ctx, domain.Position{}),
	}
	for name, sequence := range sequences {
		for range 20 {
			taken := 0
			for _, err := range sequence {
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				if taken++; taken == 7 {
					break
				}
			}
			if taken != 7 {
				t.Fatalf("%s gave %d events, want 7 and more", name, taken)
			}
		}
	}
	f.append("thing-a", 39, oneDraft())
}

func proveReadingAndAppending(t *testing.T, f fixture) {
	f.append("thing-a", domain.NoStream, someDrafts(5)...)
	for r, err := range f.ReadAll(t.Context(), domain.Position{}) {
		if err != nil {
			t.Fatal(err)
		}
		if r.Stream == "thing-a" {
			f.append(domain.NewStreamID("copy", fmt.Sprint(r.Revision)), domain.NoStream, oneDraft())
			f.stream("thing-a")
		}
	}
	if all := f.all(); len(all) != 10 {
		t.Errorf("got %d events, want 10", len(all))
	}
}

func proveOwnership(t *testing.T, f fixture) {
	drafts := someDrafts(4)
	f.append("thing-a", domain.NoStream, drafts...)
	want := f.stream("thing-a")
	for i := range want {
		want[i].Draft = cloned(want[i].Draft)
	}
	for _, draft := range drafts {
		scribble(draft)
	}
	sameEvents(t, f.stream("thing-a"), want)
	for _, read := range [][]domain.Recorded{f.stream("thing-a"), f.all()} {
		for i, r := range read {
			_ = append(r.Payload, "overrun"...)
			_ = append(r.Metadata, "overrun"...)
			sameEvents(t, read[i:], want[i:])
			scribble(r.Draft)
		}
	}
	sameEvents(t, f.stream("thing-a"), want)
	sameEvents(t, f.all(), want)
}

func scribble(draft domain.Draft) {
	for i := range draft.Payload {
		draft.Payload[i] = '!'
	}
	for i := range draft.Metadata {
		draft.Metadata[i] = '!'
	}
}

func proveContexts(t *testing.T, f fixture) {
	f.append("thing-a", domain.NoStream, someDrafts(3)...)
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	_, appendErr := f.Append(gone, "thing-b", domain.NoStream, someDrafts(1))
	_, endErr := f.End(gone)
	for name, err := range map[string]error{
		"Append":             appendErr,
		"End":                endErr,
		"ReadStream":         lastError(t, f.ReadStream(gone, "thing-a", 0)),
		"ReadStreamBackward": lastError(t, f.ReadStreamBackward(gone, "thing-a")),
		"ReadAll":            lastError(t, f.ReadAll(gone, domain.Position{})),
		"Follow":             lastError(t, f.Follow(gone, domain.Position{})),
	} {
		unknown := name == "Append" && errors.Is(err, domain.ErrUnknown)
		if !errors.Is(err, context.Canceled) && !unknown {
			t.Errorf("%s after its context has ended: got error %v", name, err)
		}
	}
	if recorded := f.stream("thing-b"); len(recorded) != 0 && !errors.Is(appendErr, domain.ErrUnknown) {
		t.Errorf("append said %v and recorded %d events", appendErr, len(recorded))
	}
}

// lastError is the error that a sequence ends with; that it has one, and nothing after it, is checked.
func lastError(t *testing.T, events iter.Seq2[domain.Recorded, error]) (last error) {
	t.Helper()
	for _, err := range events {
		if last != nil {
			t.Error("a sequence went on after an error")
		}
		last = err
	}
	return last
}

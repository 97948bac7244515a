package domaintest

import (
	"bytes"
	"testing"
	"time"

	"signaalboek/domain"
)

// What is proven of appending: order, bytes, conflicts, and being asked again.

func proveEmpty(t *testing.T, f fixture) {
	if end, err := f.End(t.Context()); err != nil || !end.IsZero() {
		t.Errorf("end of an empty log: got %v, %v", end, err)
	}
	sameEvents(t, f.all(), nil)
	sameEvents(t, f.stream("thing-none"), nil)
	sameEvents(t, collect(t, f.ReadStreamBackward(t.Context(), "thing-none")), nil)
}

func proveOrder(t *testing.T, f fixture) {
	appended := map[domain.StreamID][]domain.Draft{}
	var answers []domain.Position
	for i := range 12 {
		stream := domain.StreamID([]string{"thing-a", "thing-b", "other-a"}[i%3])
		drafts := someDrafts(1 + i%4)
		answers = append(answers, f.append(stream, domain.Revision(len(appended[stream])-1), drafts...))
		appended[stream] = append(appended[stream], drafts...)
	}
	for stream, drafts := range appended {
		recorded := f.stream(stream)
		if len(recorded) != len(drafts) {
			t.Fatalf("%s holds %d events, want %d", stream, len(recorded), len(drafts))
		}
		for i, r := range recorded {
			if r.Revision != domain.Revision(i) || r.Stream != stream || r.ID != drafts[i].ID {
				t.Errorf("%s event %d: got revision %d of %s with id %v", stream, i, r.Revision, r.Stream, r.ID)
			}
		}
	}
	all := f.all()
	provePositions(t, all, answers)
	if end, err := f.End(t.Context()); err != nil || end != all[len(all)-1].Position {
		t.Errorf("end: got %v, %v, want %v", end, err, all[len(all)-1].Position)
	}
}

// provePositions checks that positions grow, and that each answer is the position of an event, in the same order.
func provePositions(t *testing.T, all []domain.Recorded, answers []domain.Position) {
	t.Helper()
	before, next := domain.Position{}, 0
	for _, r := range all {
		if !before.Before(r.Position) {
			t.Errorf("position %v follows %v", r.Position, before)
		}
		if next < len(answers) && answers[next] == r.Position {
			next++
		}
		before = r.Position
	}
	if next != len(answers) {
		t.Errorf("append answered %v, which is no position in order", answers[next])
	}
}

func proveFidelity(t *testing.T, f fixture) {
	everyByte := make([]byte, 256)
	for i := range everyByte {
		everyByte[i] = byte(i)
	}
	drafts := someDrafts(5)
	drafts[0].Payload, drafts[0].Metadata = everyByte, bytes.Repeat([]byte{0xff, 0, 0xfe}, 20)
	drafts[1].Payload, drafts[1].Metadata = []byte(`{"text":"café ☂ 🙂"}`), nil
	drafts[2].Payload = bytes.Repeat([]byte("0123456789abcdef"), 6000)
	drafts[3].At = time.Date(1969, 12, 31, 23, 59, 59, 999_999_000, time.UTC)
	drafts[4].At = time.Date(2199, 12, 31, 23, 59, 59, 123_456_000, time.UTC)
	f.append("thing-a", domain.NoStream, drafts...)
	for i, r := range f.stream("thing-a") {
		if !sameDraft(r.Draft, drafts[i]) {
			t.Errorf("draft %d came back otherwise: at %v, payload %d bytes, metadata %d bytes",
				i, r.At, len(r.Payload), len(r.Metadata))
		}
		if r.At.Location() != time.UTC {
			t.Errorf("draft %d came back in %v, not UTC", i, r.At.Location())
		}
	}
}

func proveConflict(_ *testing.T, f fixture) {
	f.refused(domain.ErrConflict, "thing-a", 0, oneDraft())
	f.append("thing-a", domain.NoStream, someDrafts(3)...)
	f.append("thing-b", domain.NoStream, oneDraft())
	for _, expected := range []domain.Revision{domain.NoStream, 0, 1, 3, 100} {
		f.refused(domain.ErrConflict, "thing-a", expected, oneDraft())
	}
	f.append("thing-a", 2, oneDraft())
}

func proveAtomicity(t *testing.T, f fixture) {
	f.append("thing-a", domain.NoStream, oneDraft())
	f.refused(domain.ErrConflict, "thing-a", domain.NoStream, someDrafts(5)...)
	f.append("thing-a", 0, someDrafts(5)...)
	f.append("thing-b", domain.NoStream, oneDraft())
	all := f.all()
	for i, r := range all[1:6] {
		if r.Stream != "thing-a" || r.Revision != domain.Revision(i+1) {
			t.Errorf("event %d is revision %d of %s: the append was torn apart", i+1, r.Revision, r.Stream)
		}
	}
}

func proveIdempotence(t *testing.T, f fixture) {
	first, second := someDrafts(3), someDrafts(2)
	answer := f.append("thing-a", domain.NoStream, first...)
	repeat := func() {
		t.Helper()
		before := f.all()
		if again := f.append("thing-a", domain.NoStream, first...); again != answer {
			t.Errorf("asked again: got %v, want %v", again, answer)
		}
		sameEvents(t, f.all(), before)
	}
	repeat()
	f.append("thing-b", domain.NoStream, oneDraft())
	repeat()
	later := f.append("thing-a", 2, second...)
	repeat()
	if again := f.append("thing-a", 2, second...); again != later {
		t.Errorf("the later one asked again: got %v, want %v", again, later)
	}
	f.refused(domain.ErrConflict, "thing-a", domain.NoStream, first[1], first[0], first[2])
}

// The ids decide, not the bytes: two copies of one command, racing, are sealed under other keys and carry other
// nonces, and must still count once. Whoever must know whether the bodies were equal compares digests: the ledger.
func proveFirstBytesStand(t *testing.T, f fixture) {
	draft := oneDraft()
	answer := f.append("thing-a", domain.NoStream, draft)
	other := draft
	other.Payload, other.Metadata = []byte(`{"other":true}`), []byte("other")
	other.At = draft.At.Add(time.Second)
	if again := f.append("thing-a", domain.NoStream, other); again != answer {
		t.Errorf("asked again: got %v, want %v", again, answer)
	}
	if recorded := f.stream("thing-a"); len(recorded) != 1 || !sameDraft(recorded[0].Draft, draft) {
		t.Errorf("the log now holds %+v", recorded)
	}
}

func (s *storeSuite) proveTaken(t *testing.T, f fixture) {
	if !s.tellsTaken {
		t.Skip("this store cannot tell an id that was recorded elsewhere") // allowed; so its test shows what it lacks
	}
	drafts := someDrafts(3)
	f.append("thing-a", domain.NoStream, drafts...)
	f.refused(domain.ErrTaken, "thing-b", domain.NoStream, drafts...)
	f.refused(domain.ErrTaken, "thing-b", domain.NoStream, oneDraft(), oneDraft(), drafts[1])
	f.refused(domain.ErrTaken, "thing-a", 2, oneDraft(), drafts[0])
	f.append("thing-b", domain.NoStream, oneDraft())
	f.append("thing-a", 2, oneDraft())
}

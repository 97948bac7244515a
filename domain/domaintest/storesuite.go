// Package domaintest proves that an implementation keeps a contract of package domain, and holds the fakes that tests
// of other packages run on. A fake is one more implementation: it passes the same suite.
//
// Only tests import it.
package domaintest

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"signaalboek/domain"
)

// StoreOption says what the suite must not ask of a store.
type StoreOption func(*storeSuite)

// CannotTellTaken is for a store that cannot tell that an event id was recorded in another place.
func CannotTellTaken(s *storeSuite) { s.tellsTaken = false }

// patience is how long a proof waits for what a store never gives; only a broken store makes it wait.
const patience = time.Minute

type storeSuite struct {
	open       func(*testing.T) domain.Store
	tellsTaken bool
}

// StoreSuite proves the contract of domain.Store. Each call of open gives a store without events, and has it closed
// when its test ends.
//
// What the contract leaves open is not asked: what an append gets of which only some ids were recorded before, and how
// an error reads.
func StoreSuite(t *testing.T, open func(t *testing.T) domain.Store, options ...StoreOption) {
	s := &storeSuite{open: open, tellsTaken: true}
	for _, set := range options {
		set(s)
	}
	for _, sentence := range []struct {
		name  string
		prove func(*testing.T, fixture)
	}{
		{"an empty log is empty", proveEmpty},
		{"revisions count from 0 without gaps and positions grow", proveOrder},
		{"what was appended is read back, byte for byte", proveFidelity},
		{"an append is refused where the stream is not", proveConflict},
		{"an append is recorded whole or not at all", proveAtomicity},
		{"an append asked again records nothing and answers the same", proveIdempotence},
		{"of an id asked again with other bytes, the first bytes stand", proveFirstBytesStand},
		{"an id recorded elsewhere is taken", s.proveTaken},
		{"a stream is read from a revision on", proveFromRevision},
		{"a stream is read backward", proveBackward},
		{"a long stream is read whole, both ways", proveLongStream},
		{"all streams are read after a position", proveAfterPosition},
		{"a sequence can be read again and left early", proveLeaving},
		{"a reader may append while it reads", proveReadingAndAppending},
		{"bytes belong to whoever has them", proveOwnership},
		{"contexts are obeyed", proveContexts},
		{"Follow waits, and ends with its context", proveFollowWaits},
		{"Follow crosses from old to new without loss or repetition", proveFollowSeam},
		{"one of many wins each revision", proveOneWinner},
		{"no event appears before one that was seen", proveNoLateArrivals},
		{"any history of appends reads as the model does", s.proveModel},
	} {
		t.Run(sentence.name, func(t *testing.T) {
			sentence.prove(t, fixture{Store: s.open(t), t: t})
		})
	}
}

// fixture is a store with the calls that every proof makes; they end the test when the store fails.
type fixture struct {
	domain.Store
	t *testing.T
}

func (f fixture) append(stream domain.StreamID, expected domain.Revision, drafts ...domain.Draft) domain.Position {
	f.t.Helper()
	position, err := f.Append(f.t.Context(), stream, expected, drafts)
	if err != nil {
		f.t.Fatalf("append to %s at %d: %v", stream, expected, err)
	}
	return position
}

func (f fixture) refused(want error, stream domain.StreamID, expected domain.Revision, drafts ...domain.Draft) {
	f.t.Helper()
	before := f.all()
	if _, err := f.Append(f.t.Context(), stream, expected, drafts); !errors.Is(err, want) {
		f.t.Fatalf("append to %s at %d: got error %v, want %v", stream, expected, err, want)
	}
	sameEvents(f.t, f.all(), before)
}

func (f fixture) stream(stream domain.StreamID) []domain.Recorded {
	f.t.Helper()
	return collect(f.t, f.ReadStream(f.t.Context(), stream, 0))
}

func (f fixture) all() []domain.Recorded {
	f.t.Helper()
	return collect(f.t, f.ReadAll(f.t.Context(), domain.Position{}))
}

type fataler interface {
	Helper()
	Fatalf(format string, args ...any)
}

func collect(t fataler, events iter.Seq2[domain.Recorded, error]) []domain.Recorded {
	t.Helper()
	var got []domain.Recorded
	for recorded, err := range events {
		if err != nil {
			t.Fatalf("read: %v", err)
		}
		got = append(got, recorded)
	}
	return got
}

func sameEvents(t fataler, got, want []domain.Recorded) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("got %d events, want %d", len(got), len(want))
	}
	for i := range got {
		if !sameRecorded(got[i], want[i]) {
			t.Fatalf("event %d: got %+v, want %+v", i, got[i], want[i])
		}
	}
}

func sameRecorded(a, b domain.Recorded) bool {
	return a.Stream == b.Stream && a.Revision == b.Revision && a.Position == b.Position && sameDraft(a.Draft, b.Draft)
}

func sameDraft(a, b domain.Draft) bool {
	return a.ID == b.ID && a.Name == b.Name && a.At.Equal(b.At) &&
		bytes.Equal(a.Payload, b.Payload) && bytes.Equal(a.Metadata, b.Metadata)
}

// someDrafts makes n drafts with ids of their own.
func someDrafts(n int) []domain.Draft {
	drafts := make([]domain.Draft, n)
	for i := range drafts {
		id := uuid.New()
		drafts[i] = domain.Draft{
			ID:       id,
			Name:     "thing.happened.v1",
			At:       time.Date(2022, 3, 1, 9, 30, 0, i%1000*1000, time.UTC),
			Payload:  fmt.Appendf(nil, `{"of":%q}`, id),
			Metadata: fmt.Appendf(nil, `{"n":%d}`, i),
		}
	}
	return drafts
}

func oneDraft() domain.Draft { return someDrafts(1)[0] }

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
		t.Skip("this store cannot tell")
	}
	drafts := someDrafts(3)
	f.append("thing-a", domain.NoStream, drafts...)
	f.refused(domain.ErrTaken, "thing-b", domain.NoStream, drafts...)
	f.refused(domain.ErrTaken, "thing-b", domain.NoStream, oneDraft(), oneDraft(), drafts[1])
	f.refused(domain.ErrTaken, "thing-a", 2, oneDraft(), drafts[0])
	f.append("thing-b", domain.NoStream, oneDraft())
	f.append("thing-a", 2, oneDraft())
}

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

// model is what a log must be after a history of appends.
type model struct {
	store   domain.Store
	ctx     context.Context
	start   domain.Position // where the log ended before the history
	prefix  string          // of stream keys, so that each history has streams of its own
	events  []domain.Recorded
	appends []appended
}

type appended struct {
	stream   domain.StreamID
	expected domain.Revision
	drafts   []domain.Draft
	answer   domain.Position
}

func (s *storeSuite) proveModel(t *testing.T, f fixture) {
	histories := 0
	rapid.Check(t, func(rt *rapid.T) {
		start, err := f.End(t.Context())
		if err != nil {
			rt.Fatalf("end: %v", err)
		}
		histories++
		m := &model{store: f.Store, ctx: t.Context(), start: start, prefix: fmt.Sprintf("h%d-", histories)}
		actions := map[string]func(*rapid.T){
			"append": m.append, "append elsewhere": m.appendElsewhere, "append again": m.appendAgain,
			"read a stream": m.readStream, "read all": m.readAll, "": m.checkEnd,
		}
		if s.tellsTaken {
			actions["append a taken id"] = m.appendTaken
		}
		rt.Repeat(actions)
	})
}

func (m *model) drawStream(rt *rapid.T) domain.StreamID {
	return domain.NewStreamID("thing", m.prefix+rapid.SampledFrom([]string{"a", "b", "c"}).Draw(rt, "stream"))
}

func (m *model) of(stream domain.StreamID) []domain.Recorded {
	return slices.DeleteFunc(slices.Clone(m.events), func(r domain.Recorded) bool { return r.Stream != stream })
}

func (m *model) drawDrafts(rt *rapid.T) []domain.Draft {
	drafts := make([]domain.Draft, rapid.IntRange(1, 4).Draw(rt, "drafts"))
	for i := range drafts {
		n := uint32(len(m.events) + i)
		drafts[i] = domain.Draft{
			ID:       uuid.NewSHA1(uuid.NameSpaceOID, binary.BigEndian.AppendUint32([]byte(m.prefix), n)),
			Name:     rapid.SampledFrom([]string{"thing.happened.v1", "thing.ended.v2"}).Draw(rt, "name"),
			At:       time.UnixMicro(rapid.Int64Range(0, 1<<52).Draw(rt, "at")).UTC(),
			Payload:  rapid.SliceOfN(rapid.Byte(), 1, 300).Draw(rt, "payload"),
			Metadata: rapid.SliceOfN(rapid.Byte(), 0, 300).Draw(rt, "metadata"),
		}
	}
	return drafts
}

func (m *model) append(rt *rapid.T) {
	stream, drafts := m.drawStream(rt), m.drawDrafts(rt)
	first := domain.Revision(len(m.of(stream)))
	answer, err := m.store.Append(m.ctx, stream, first-1, drafts)
	if err != nil {
		rt.Fatalf("append to %s at %d: %v", stream, first-1, err)
	}
	m.appends = append(m.appends, appended{stream, first - 1, drafts, answer})
	for i, draft := range drafts {
		m.events = append(m.events, domain.Recorded{Draft: draft, Stream: stream, Revision: first + domain.Revision(i)})
	}
}

func (m *model) appendElsewhere(rt *rapid.T) {
	stream, expected := m.drawStream(rt), domain.Revision(rapid.IntRange(-1, 12).Draw(rt, "expected"))
	if expected == domain.Revision(len(m.of(stream))-1) {
		return
	}
	if _, err := m.store.Append(m.ctx, stream, expected, m.drawDrafts(rt)); !errors.Is(err, domain.ErrConflict) {
		rt.Fatalf("append to %s at %d: got error %v, want a conflict", stream, expected, err)
	}
}

func (m *model) drawAppend(rt *rapid.T) appended {
	if len(m.appends) == 0 {
		rt.Skip("nothing was appended yet")
	}
	return rapid.SampledFrom(m.appends).Draw(rt, "earlier append")
}

func (m *model) appendAgain(rt *rapid.T) {
	earlier := m.drawAppend(rt)
	answer, err := m.store.Append(m.ctx, earlier.stream, earlier.expected, earlier.drafts)
	if err != nil || answer != earlier.answer {
		rt.Fatalf("append again: got %v, %v, want %v", answer, err, earlier.answer)
	}
}

func (m *model) appendTaken(rt *rapid.T) {
	earlier, stream := m.drawAppend(rt), m.drawStream(rt)
	last := domain.Revision(len(m.of(stream)) - 1)
	drafts := append(m.drawDrafts(rt), earlier.drafts[0])
	if _, err := m.store.Append(m.ctx, stream, last, drafts); !errors.Is(err, domain.ErrTaken) {
		rt.Fatalf("append with a taken id: got error %v", err)
	}
}

func (m *model) readStream(rt *rapid.T) {
	stream := m.drawStream(rt)
	want := m.of(stream)
	from := rapid.IntRange(0, len(want)+1).Draw(rt, "from")
	forward := collect(rt, m.store.ReadStream(m.ctx, stream, domain.Revision(from)))
	m.agree(rt, forward, want[min(from, len(want)):])
	slices.Reverse(want)
	m.agree(rt, collect(rt, m.store.ReadStreamBackward(m.ctx, stream)), want)
}

func (m *model) readAll(rt *rapid.T) {
	got := collect(rt, m.store.ReadAll(m.ctx, m.start))
	m.agree(rt, got, m.events)
	if len(got) == 0 {
		return
	}
	i := rapid.IntRange(0, len(got)-1).Draw(rt, "after")
	m.agree(rt, collect(rt, m.store.ReadAll(m.ctx, got[i].Position)), m.events[i+1:])
}

// agree compares what was read with the model, which does not know positions.
func (m *model) agree(rt *rapid.T, got, want []domain.Recorded) {
	if len(got) != len(want) {
		rt.Fatalf("got %d events, want %d", len(got), len(want))
	}
	for i, r := range got {
		r.Position = want[i].Position
		if !sameRecorded(r, want[i]) {
			rt.Fatalf("event %d: got %+v, want %+v", i, r, want[i])
		}
	}
}

func (m *model) checkEnd(rt *rapid.T) {
	want := m.start
	if len(m.appends) > 0 {
		want = m.appends[len(m.appends)-1].answer
	}
	if end, err := m.store.End(m.ctx); err != nil || end != want {
		rt.Fatalf("end: got %v, %v, want %v", end, err, want)
	}
}

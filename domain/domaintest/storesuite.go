// Package domaintest proves that an implementation keeps a contract of package domain, and holds the fakes that tests
// of other packages run on. A fake is one more implementation: it passes the same suite.
//
// Only tests import it.
package domaintest

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"testing"
	"time"

	"github.com/google/uuid"

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

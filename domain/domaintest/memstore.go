package domaintest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"regexp"
	"slices"
	"sync"
	"time"

	"signaalboek/domain"
)

// Reporter is the part of *testing.T or *testing.B that MemStore needs to fail a test.
type Reporter interface {
	Errorf(format string, args ...any)
}

// MemStore is a domain.Store in memory, for tests. It is opinionated: beside keeping the contract, it fails the test
// when its caller breaks a rule that another store could not notice. Its positions have gaps and use both numbers, so
// that nobody learns to count with them. And it fails on demand, in the ways that real stores fail.
type MemStore struct {
	report Reporter

	mu      sync.Mutex // guards everything below
	log     []domain.Recorded
	streams map[domain.StreamID][]int // indexes in log, by revision
	places  map[domain.EventID]int    // index in log
	grew    chan struct{}             // closed, and replaced, when log grows
	faults  faults
}

// faults is what the next calls meet.
type faults struct {
	before     []func()
	replyLost  int
	appendLost int
	conflicts  int
	reads      []readFault
}

type readFault struct {
	after int // events given before it
	err   error
}

// NewMemStore makes an empty store that reports broken rules to r.
func NewMemStore(r Reporter) *MemStore {
	return &MemStore{
		report:  r,
		streams: map[domain.StreamID][]int{},
		places:  map[domain.EventID]int{},
		grew:    make(chan struct{}),
	}
}

// LoseReplies has the next n appends answer ErrUnknown although they did what was asked.
func (m *MemStore) LoseReplies(n int) { m.arrange(func(f *faults) { f.replyLost = n }) }

// LoseAppends has the next n appends answer ErrUnknown, and record nothing.
func (m *MemStore) LoseAppends(n int) { m.arrange(func(f *faults) { f.appendLost = n }) }

// StormConflicts has the next n appends answer ErrConflict, and record nothing.
func (m *MemStore) StormConflicts(n int) { m.arrange(func(f *faults) { f.conflicts = n }) }

// BeforeAppend runs each of fs once, one before each of the next appends: time for a rival to append first. What they
// append themselves runs none of them.
func (m *MemStore) BeforeAppend(fs ...func()) { m.arrange(func(f *faults) { f.before = fs }) }

// FailRead has the next read that is started, forward or backward, give n events and then err. Called again, it
// arranges for the read after that one.
func (m *MemStore) FailRead(n int, err error) {
	m.arrange(func(f *faults) { f.reads = append(f.reads, readFault{after: n, err: err}) })
}

func (m *MemStore) arrange(set func(*faults)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	set(&m.faults)
}

// Append implements domain.Store.
func (m *MemStore) Append(
	ctx context.Context, stream domain.StreamID, expected domain.Revision, drafts []domain.Draft,
) (domain.Position, error) {
	if err := ctx.Err(); err != nil {
		return domain.Position{}, err
	}
	if err := breach(stream, expected, drafts); err != nil {
		m.report.Errorf("append to %q at %d: %v", stream, expected, err)
		return domain.Position{}, err
	}
	m.letRivalsGoFirst()
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case spend(&m.faults.appendLost):
		return domain.Position{}, fmt.Errorf("append to %s: lost on the way: %w", stream, domain.ErrUnknown)
	case spend(&m.faults.conflicts):
		return domain.Position{}, fmt.Errorf("append to %s: %w", stream, domain.ErrConflict)
	}
	position, err := m.record(stream, expected, drafts)
	if err == nil && spend(&m.faults.replyLost) {
		return domain.Position{}, fmt.Errorf("append to %s: reply lost: %w", stream, domain.ErrUnknown)
	}
	return position, err
}

func (m *MemStore) letRivalsGoFirst() {
	m.mu.Lock()
	rivals := m.faults.before
	var next func()
	if len(rivals) > 0 {
		next, m.faults.before = rivals[0], nil
	}
	m.mu.Unlock()
	if next == nil {
		return
	}
	next()
	m.arrange(func(f *faults) { f.before = rivals[1:] })
}

func spend(n *int) bool {
	if *n == 0 {
		return false
	}
	*n--
	return true
}

// record does what Append promises; m.mu is held.
func (m *MemStore) record(
	stream domain.StreamID, expected domain.Revision, drafts []domain.Draft,
) (domain.Position, error) {
	if last, again := m.recordedBefore(stream, expected, drafts); again {
		return last, nil
	}
	if expected != domain.Revision(len(m.streams[stream])-1) {
		return domain.Position{}, fmt.Errorf("append to %s: %w", stream, domain.ErrConflict)
	}
	for _, draft := range drafts {
		if _, taken := m.places[draft.ID]; taken {
			return domain.Position{}, fmt.Errorf("append to %s: event %s: %w", stream, draft.ID, domain.ErrTaken)
		}
	}
	for _, draft := range drafts {
		m.push(stream, draft)
	}
	close(m.grew)
	m.grew = make(chan struct{})
	return m.log[len(m.log)-1].Position, nil
}

// recordedBefore finds drafts where a first attempt at the same append has put them.
func (m *MemStore) recordedBefore(
	stream domain.StreamID, expected domain.Revision, drafts []domain.Draft,
) (last domain.Position, again bool) {
	held, first := m.streams[stream], int(expected)+1
	if first+len(drafts) > len(held) {
		return domain.Position{}, false
	}
	for i, draft := range drafts {
		recorded := m.log[held[first+i]]
		if recorded.ID != draft.ID {
			return domain.Position{}, false
		}
		if recorded.Name != draft.Name {
			m.report.Errorf("append to %s: event %s was %s, asked again as %s: an id is derived from its command, "+
				"so one id has one name", stream, draft.ID, recorded.Name, draft.Name)
		}
		last = recorded.Position
	}
	return last, true
}

func (m *MemStore) push(stream domain.StreamID, draft domain.Draft) {
	i := len(m.log)
	m.log = append(m.log, domain.Recorded{
		Draft:    cloned(draft),
		Stream:   stream,
		Revision: domain.Revision(len(m.streams[stream])),
		Position: positionAt(i),
	})
	m.streams[stream] = append(m.streams[stream], i)
	m.places[draft.ID] = i
}

func positionAt(i int) domain.Position {
	step := uint64(i+1) * 97
	return domain.Position{Commit: step, Prepare: step + 1}
}

func cloned(draft domain.Draft) domain.Draft {
	draft.Payload = bytes.Clone(draft.Payload)
	draft.Metadata = bytes.Clone(draft.Metadata)
	return draft
}

// ReadStream implements domain.Store.
func (m *MemStore) ReadStream(
	ctx context.Context, stream domain.StreamID, from domain.Revision,
) iter.Seq2[domain.Recorded, error] {
	return m.sequence(ctx, func() []domain.Recorded {
		held := m.streams[stream]
		return m.pick(held[min(int(max(from, 0)), len(held)):])
	})
}

// ReadStreamBackward implements domain.Store.
func (m *MemStore) ReadStreamBackward(
	ctx context.Context, stream domain.StreamID,
) iter.Seq2[domain.Recorded, error] {
	return m.sequence(ctx, func() []domain.Recorded {
		picked := m.pick(m.streams[stream])
		slices.Reverse(picked)
		return picked
	})
}

// ReadAll implements domain.Store.
func (m *MemStore) ReadAll(ctx context.Context, after domain.Position) iter.Seq2[domain.Recorded, error] {
	return m.sequence(ctx, func() []domain.Recorded { return m.since(after) })
}

// Follow implements domain.Store.
func (m *MemStore) Follow(ctx context.Context, after domain.Position) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		reached := after
		for {
			m.mu.Lock()
			grew := m.grew
			m.mu.Unlock()
			for recorded, err := range m.ReadAll(ctx, reached) {
				if !yield(recorded, err) || err != nil {
					return
				}
				reached = recorded.Position
			}
			select {
			case <-grew:
			case <-ctx.Done():
				yield(domain.Recorded{}, ctx.Err())
				return
			}
		}
	}
}

// End implements domain.Store.
func (m *MemStore) End(ctx context.Context) (domain.Position, error) {
	if err := ctx.Err(); err != nil {
		return domain.Position{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.log) == 0 {
		return domain.Position{}, nil
	}
	return m.log[len(m.log)-1].Position, nil
}

func (m *MemStore) pick(indexes []int) []domain.Recorded {
	picked := make([]domain.Recorded, len(indexes))
	for i, index := range indexes {
		picked[i] = m.log[index]
	}
	return picked
}

func (m *MemStore) since(after domain.Position) []domain.Recorded {
	first, _ := slices.BinarySearchFunc(m.log, after, func(r domain.Recorded, p domain.Position) int {
		if p.Before(r.Position) {
			return 1
		}
		return -1
	})
	return m.log[first:len(m.log):len(m.log)]
}

// sequence gives what snapshot finds at the moment the sequence is started. Nothing is locked while it is consumed.
func (m *MemStore) sequence(
	ctx context.Context, snapshot func() []domain.Recorded,
) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		m.mu.Lock()
		found, fault := snapshot(), m.nextReadFault()
		m.mu.Unlock()
		for i, recorded := range found {
			err := ctx.Err()
			if err == nil && fault != nil && i == fault.after {
				err = fault.err
			}
			if err != nil {
				yield(domain.Recorded{}, err)
				return
			}
			recorded.Draft = cloned(recorded.Draft)
			if !yield(recorded, nil) {
				return
			}
		}
		switch {
		case ctx.Err() != nil:
			yield(domain.Recorded{}, ctx.Err())
		case fault != nil && fault.after >= len(found):
			yield(domain.Recorded{}, fault.err)
		}
	}
}

func (m *MemStore) nextReadFault() *readFault {
	if len(m.faults.reads) == 0 {
		return nil
	}
	next := m.faults.reads[0]
	m.faults.reads = m.faults.reads[1:]
	return &next
}

var eventName = regexp.MustCompile(`^[a-z]+(\.[a-z-]+)+\.v[1-9][0-9]*$`)

// breach is the rule that an append breaks, if it breaks one.
func breach(stream domain.StreamID, expected domain.Revision, drafts []domain.Draft) error {
	if !stream.Valid() {
		return errors.New("the stream has no valid name")
	}
	if expected < domain.NoStream {
		return errors.New("no such revision can be expected")
	}
	if len(drafts) == 0 {
		return errors.New("there is nothing to append")
	}
	seen := map[domain.EventID]bool{}
	for i, draft := range drafts {
		if seen[draft.ID] {
			return fmt.Errorf("draft %d: its id stands twice in one append", i)
		}
		seen[draft.ID] = true
		if err := draftBreach(draft); err != nil {
			return fmt.Errorf("draft %d: %w", i, err)
		}
	}
	return nil
}

func draftBreach(draft domain.Draft) error {
	switch {
	case draft.ID == domain.EventID{}:
		return errors.New("its id is zero")
	case !eventName.MatchString(draft.Name):
		return errors.New("its name is not in the form category.happened.v1")
	case draft.At.IsZero():
		return errors.New("its moment of recording is zero")
	case draft.At.Location() != time.UTC:
		return errors.New("its moment of recording is not in UTC")
	case draft.At.Nanosecond()%1000 != 0:
		return errors.New("its moment of recording is finer than a microsecond")
	case len(draft.Payload) == 0:
		return errors.New("its payload is empty")
	}
	return nil
}

package esdbtest

import (
	"errors"
	"math"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"
)

// What a writer may expect of a stream beside a revision, numbered as the server numbers it.
const (
	expectNoStream     int64 = -1
	expectAny          int64 = -2
	expectStreamExists int64 = -4
)

// The names that the server gives to events and streams of its own.
const (
	metadataEvent    = "$metadata"
	tombstoneEvent   = "$streamDeleted"
	statisticsEvent  = "$statsCollected"
	statisticsStream = "$stats"
)

// What a stream hides of its past: everything before a revision, everything for now, or everything for ever.
const (
	softDeleted int64 = math.MaxInt64
	tombstoned  int64 = -1
)

// The answers of the log to a write that it does not take.
var (
	errWrongVersion  = errors.New("the stream is at another revision")
	errStreamDeleted = errors.New("the stream is deleted")
)

// eventLog is what survives a crash: every record in order, and the streams as an index over them. All nodes of a
// cluster read the same one, so that what is persisted is persisted on all of them.
type eventLog struct {
	mu      sync.Mutex
	records []*record             // guarded by mu; only ever appended to
	streams map[string]*history   // guarded by mu
	recent  map[uuid.UUID]*record // guarded by mu: what a write without a revision is compared with; lost in a crash
	next    uint64                // guarded by mu: the place of the next record, in bytes
	grown   chan struct{}         // guarded by mu: closed, and replaced, whenever readers may see more
}

// record is one event at its place. It is never changed.
type record struct {
	proposal
	index    int // in the log: never told to a client
	stream   string
	revision uint64
	commit   uint64
	prepare  uint64
	created  int64 // ticks of 100 ns since 1970
}

// proposal is an event as a writer offers it.
type proposal struct {
	id          uuid.UUID
	kind        string
	contentType string
	data        []byte
	metadata    []byte
}

// history is one stream.
type history struct {
	records []*record // the one at revision n is records[n]
	marks   []mark    // deletions and what came after them, oldest first
}

// mark says that from the record at an index on, a stream hides what came before a revision.
type mark struct {
	index  int
	before int64
}

// write is one append: all of its events are recorded, next to each other, or none.
type write struct {
	stream   string
	expected int64
	events   []proposal
}

func newEventLog() *eventLog {
	return &eventLog{
		streams: map[string]*history{},
		recent:  map[uuid.UUID]*record{},
		next:    1_174,
		grown:   make(chan struct{}),
	}
}

// begin records what a server writes before anybody else does: those who read everything meet events of the system.
func (l *eventLog) begin() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, stream := range []string{"$$$user-admin", "$$" + statisticsStream} {
		l.add(stream, proposal{id: uuid.New(), kind: metadataEvent, contentType: contentJSON, data: []byte("{}")})
	}
}

// measure records k events of the kind that a server writes about itself for as long as it runs.
func (l *eventLog) measure(k int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for range k {
		l.add(statisticsStream, proposal{
			id: uuid.New(), kind: statisticsEvent, contentType: contentJSON, data: []byte("{}"),
		})
	}
	l.wake()
}

// append records the events of w, or finds them recorded by an earlier attempt, and returns the last of them: nil if
// there are none. It asks may first, with the log locked: nothing is recorded for a node that crashed meanwhile.
func (l *eventLog) append(w write, may func() error) (last *record, current int64, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	stream := l.stream(w.stream)
	if err := may(); err != nil {
		return nil, stream.last(), err
	}
	repeated, err := l.check(stream, w)
	if err != nil || repeated != nil || len(w.events) == 0 {
		return repeated, stream.last(), err
	}
	if stream.hidden(math.MaxInt) == softDeleted {
		l.hide(w.stream, stream.last()+1)
	}
	for _, event := range w.events {
		last = l.add(w.stream, event)
	}
	l.wake()
	return last, stream.last(), nil
}

// check is the server's rule: an exact revision is compared event by event, so that a retry is told from a conflict
// with certainty; any revision is compared with what was written recently, which is a best effort.
func (l *eventLog) check(stream *history, w write) (repeated *record, err error) {
	switch hidden, last := stream.hidden(math.MaxInt), stream.last(); {
	case hidden == tombstoned, hidden == softDeleted && w.expected == expectStreamExists:
		return nil, errStreamDeleted
	case w.expected == expectStreamExists && last < 0, w.expected > last:
		return nil, errWrongVersion
	case w.expected == expectAny, w.expected == expectStreamExists:
		return l.repeatedRecently(w)
	case w.expected == last:
		return nil, nil
	case w.expected == expectNoStream && hidden == softDeleted && !stream.holds(0, w.events[:min(1, len(w.events))]):
		return nil, nil
	case len(w.events) > 0 && stream.holds(w.expected+1, w.events):
		return stream.records[w.expected+int64(len(w.events))], nil
	}
	return nil, errWrongVersion
}

// repeatedRecently finds an earlier attempt at w among the recent ids. One that was recorded in part is a conflict.
func (l *eventLog) repeatedRecently(w write) (last *record, err error) {
	for i, event := range w.events {
		known := l.recent[event.id]
		if known == nil || known.stream != w.stream {
			if i > 0 {
				return nil, errWrongVersion
			}
			return nil, nil
		}
		last = known
	}
	return last, nil
}

// remove hides all of a stream, until somebody appends to it again or, with a tombstone, for ever.
func (l *eventLog) remove(stream string, expected int64, forever bool, may func() error) (*record, int64, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	h := l.stream(stream)
	if err := may(); err != nil {
		return nil, h.last(), err
	}
	// An id that was never used: a deletion is no retry of an append.
	if _, err := l.check(h, write{stream: stream, expected: expected, events: []proposal{{id: uuid.New()}}}); err != nil {
		return nil, h.last(), err
	}
	defer l.wake()
	if forever {
		return l.bury(stream), h.last(), nil
	}
	return l.hide(stream, softDeleted), h.last(), nil
}

// hide records that a stream hides what comes before a revision, in its metadata stream, as the server does.
func (l *eventLog) hide(stream string, before int64) *record {
	h := l.stream(stream)
	r := l.add("$$"+stream, proposal{
		id: uuid.New(), kind: metadataEvent, contentType: contentJSON, data: truncation(before),
	})
	h.marks = append(h.marks, mark{index: r.index, before: before})
	return r
}

// bury ends a stream with a tombstone, at a revision that no event can have.
func (l *eventLog) bury(stream string) *record {
	r := l.place(stream, math.MaxInt64, proposal{id: uuid.New(), kind: tombstoneEvent, contentType: contentBytes})
	h := l.stream(stream)
	h.marks = append(h.marks, mark{index: r.index, before: tombstoned})
	return r
}

// add records an event at the end of its stream.
func (l *eventLog) add(stream string, event proposal) *record {
	h := l.stream(stream)
	r := l.place(stream, uint64(len(h.records)), event)
	h.records = append(h.records, r)
	l.recent[event.id] = r
	return r
}

// place gives an event its place in the log. Positions are offsets in bytes, as the server's are, and an event's two
// numbers differ, so that nobody takes them for an index or one for the other.
func (l *eventLog) place(stream string, revision uint64, event proposal) *record {
	prepare := l.next
	r := &record{
		proposal: event, index: len(l.records), stream: stream, revision: revision,
		prepare: prepare, commit: prepare + 31, created: time.Now().UnixNano() / 100,
	}
	l.next = r.commit + 97 + uint64(len(event.data)+len(event.metadata)+len(event.kind)+len(stream))
	l.records = append(l.records, r)
	return r
}

// stream finds a stream, or makes an empty one.
func (l *eventLog) stream(name string) *history {
	if l.streams[name] == nil {
		l.streams[name] = &history{}
	}
	return l.streams[name]
}

// wake lets everybody look who waits for more.
func (l *eventLog) wake() {
	close(l.grown)
	l.grown = make(chan struct{})
}

// forget drops what only a running server remembers.
func (l *eventLog) forget() {
	l.recent = map[uuid.UUID]*record{}
}

// seen is the log as a node sees it that has got the first limit records, and a channel that is closed when there may
// be more.
func (l *eventLog) seen(limit func() int) ([]*record, <-chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.records[:min(limit(), len(l.records))], l.grown
}

// seenOf is a stream as a node sees it that has got the first limit records: what it does not hide, and what it hides.
func (l *eventLog) seenOf(name string, limit func() int) (visible []*record, hidden int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	h := l.streams[name]
	if h == nil {
		return nil, 0
	}
	end, _ := slices.BinarySearchFunc(h.records, limit(), func(r *record, limit int) int { return r.index - limit })
	hidden = h.hidden(limit())
	if hidden == tombstoned {
		return nil, hidden
	}
	return h.records[min(hidden, int64(end)):end], hidden
}

// last is the revision of the last event of a stream, -1 if it never had one.
func (h *history) last() int64 { return int64(len(h.records)) - 1 }

// hidden is what a stream hides for somebody who has got the first limit records.
func (h *history) hidden(limit int) int64 {
	for _, m := range slices.Backward(h.marks) {
		if m.index < limit {
			return m.before
		}
	}
	return 0
}

// holds reports whether the events stand in the stream, from a revision on.
func (h *history) holds(from int64, events []proposal) bool {
	if from+int64(len(events)) > int64(len(h.records)) {
		return false
	}
	return !slices.ContainsFunc(events, func(event proposal) bool {
		r := h.records[from]
		from++
		return r.id != event.id
	})
}

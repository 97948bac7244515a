// Package domain holds what every part of signaalboek shares and what none of them may bend: what an event is, how a
// decision is taken, what a log promises, how a text is sealed, and how the domain says no.
//
// An event is something that happened; it is never changed. Events of one thing stand in a stream, in the order of
// their revisions; all streams stand in one log, in the order of their positions. A decider folds a stream into a
// state and turns a command into new events. Nothing in this package, or in the aggregates below it, knows a clock, a
// dice, a network or a disk: whoever calls them hands those in.
//
// Read event.go, decider.go, schema.go, errors.go, store.go and vault.go, in that order.
package domain

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
)

// Event is something that happened. Aggregates keep their own, closed unions of events; this is what codec and
// projections see of them.
type Event interface {
	// EventName is the name on disk, "<category>.<past participle>.v<n>". It lives for ever.
	EventName() string
}

// StreamID names a stream: "<category>-<key>". A category holds no dash, so the first one divides.
type StreamID string

// NewStreamID names the stream of one thing in a category.
func NewStreamID(category, key string) StreamID { return StreamID(category + "-" + key) }

// Category is the part of the name before the first dash: the aggregate that the stream belongs to.
func (s StreamID) Category() string {
	category, _, _ := strings.Cut(string(s), "-")
	return category
}

// Key is the part of the name after the first dash: which one of its category.
func (s StreamID) Key() string {
	_, key, _ := strings.Cut(string(s), "-")
	return key
}

// MaxStreamID is the longest name of a stream, in bytes.
const MaxStreamID = 128

// Valid reports whether s has a category and a key, made of lower-case letters, digits, dashes and dots.
func (s StreamID) Valid() bool {
	category, key, found := strings.Cut(string(s), "-")
	return found && len(s) <= MaxStreamID && category != "" && key != "" && plainName(category) && plainName(key)
}

func plainName(s string) bool {
	for i := range len(s) {
		c := s[i]
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' && c != '.' {
			return false
		}
	}
	return true
}

// Revision is the place of an event in its stream, counted from 0.
type Revision int64

// NoStream is the revision that is expected of a stream without events.
const NoStream Revision = -1

// Position is the place of an event in the whole log. It is opaque: it grows, may have gaps, and only the store that
// gave it knows what it counts. EventStoreDB needs both numbers; the embedded log uses the first.
type Position struct {
	Commit  uint64
	Prepare uint64
}

// Before reports whether p comes earlier in the log than q.
func (p Position) Before(q Position) bool {
	return p.Commit < q.Commit || p.Commit == q.Commit && p.Prepare < q.Prepare
}

// Compare is negative if p comes before q in the log, positive if after, and zero if they are one place.
func (p Position) Compare(q Position) int {
	return cmp.Or(cmp.Compare(p.Commit, q.Commit), cmp.Compare(p.Prepare, q.Prepare))
}

// IsZero reports whether p is the beginning of the log, before every event.
func (p Position) IsZero() bool { return p == Position{} }

// String writes p as "commit" or "commit.prepare"; ParsePosition reads it back.
func (p Position) String() string {
	if p.Prepare == 0 {
		return fmt.Sprint(p.Commit)
	}
	return fmt.Sprintf("%d.%d", p.Commit, p.Prepare)
}

// ParsePosition reads what Position.String wrote.
func ParsePosition(text string) (Position, error) {
	var p Position
	if _, err := fmt.Sscanf(text, "%d.%d", &p.Commit, &p.Prepare); err == nil && p.String() == text {
		return p, nil
	}
	p = Position{}
	if _, err := fmt.Sscanf(text, "%d", &p.Commit); err == nil && p.String() == text {
		return p, nil
	}
	return Position{}, fmt.Errorf("position: not in the form commit.prepare")
}

// EventID identifies an event. It derives from the command that caused it, so that a retry is recognised.
type EventID = uuid.UUID

// CommandID identifies a command. Its sender makes it; the same id is the same command, however often it arrives.
type CommandID = uuid.UUID

// ActorID is the pseudonym of whoever gave a command. Who that is stands in the accounts, outside the log.
type ActorID = uuid.UUID

// MaxCode is the longest a code, or the name of a practice, may be, in bytes.
const MaxCode = 64

// PracticeID names a practice, such as "harelbeke-centrum". A practice is the unit of access.
type PracticeID string

// Valid reports whether p can name a practice: lower-case letters, digits and dashes, at most MaxCode bytes.
func (p PracticeID) Valid() bool {
	return p != "" && len(p) <= MaxCode && plainName(string(p)) && !strings.Contains(string(p), ".")
}

// Code is one entry of a code list, such as "huisvesting". Codes are stable for ever; labels may change.
type Code string

// Valid reports whether c is written as a code: lower-case letters, digits and dashes, at most MaxCode bytes.
func (c Code) Valid() bool { return PracticeID(c).Valid() }

// Meta is what is true of a command as a whole, and so of every event it causes.
type Meta struct {
	Command  CommandID
	Actor    ActorID
	Practice PracticeID
	On       Date      // the day it happened; may be earlier than the day it is recorded
	At       time.Time // the moment of recording, UTC; read from the clock once, where the command comes in
}

// Draft is an event encoded and ready to be recorded.
type Draft struct {
	ID       EventID
	Name     string
	At       time.Time // UTC, whole microseconds; a store keeps exactly this
	Payload  []byte    // JSON of the event's own fields
	Metadata []byte    // JSON of what the ledger adds: see package catalog
}

// Recorded is an event as the log holds it. Its bytes never change.
type Recorded struct {
	Draft
	Stream   StreamID
	Revision Revision
	Position Position
}

// Entry is a recorded event, decoded: what deciders fold and projections apply.
type Entry struct {
	ID       EventID
	Stream   StreamID
	Revision Revision
	Position Position
	Meta     Meta
	Event    Event
}

// Package forum is the calendar of one forum: its meetings, and the official documents of each. The forum itself (name,
// kind, level) is registered with the practice.
//
//	planned → held | cancelled; documents are linked at any time
package forum

import "signaalboek/domain"

// Event is something that happened in the calendar of a forum. The names below are the storage format: they live for
// ever.
type Event interface {
	domain.Event
	evolve(State) State
}

// MeetingID identifies a meeting within its forum.
type MeetingID = domain.EventID

// MeetingPlanned: a meeting was planned for a day.
type MeetingPlanned struct {
	Meeting MeetingID   `json:"meeting"`
	Day     domain.Date `json:"day"`
}

// MeetingHeld: the meeting took place; the day is that of the event.
type MeetingHeld struct {
	Meeting MeetingID `json:"meeting"`
}

// MeetingCancelled: the meeting did not take place.
type MeetingCancelled struct {
	Meeting MeetingID `json:"meeting"`
}

// DocumentKind is a sort of official document.
type DocumentKind string

// The kinds of document.
const (
	AgendaDocument DocumentKind = "agenda"
	DecisionList   DocumentKind = "decision-list"
	Minutes        DocumentKind = "minutes"
)

// Document is an official publication: a link, and where in it.
type Document struct {
	Kind   DocumentKind `json:"kind"`
	URI    string       `json:"uri"`
	Page   int          `json:"page,omitzero"`
	Digest string       `json:"digest,omitzero"` // SHA-256, in hexadecimal
}

// DocumentsLinked: official documents of a meeting were found.
type DocumentsLinked struct {
	Meeting   MeetingID  `json:"meeting"`
	Documents []Document `json:"documents"`
}

func (MeetingPlanned) EventName() string   { return "forum.meeting-planned.v1" }
func (MeetingHeld) EventName() string      { return "forum.meeting-held.v1" }
func (MeetingCancelled) EventName() string { return "forum.meeting-cancelled.v1" }
func (DocumentsLinked) EventName() string  { return "forum.documents-linked.v1" }

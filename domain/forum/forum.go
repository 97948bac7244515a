// Package forum is the calendar of one forum: its meetings, and the official documents of each. The forum itself (name,
// kind, level) is registered with the practice.
//
//	planned → held | cancelled; documents are linked at any time
package forum

import (
	"slices"
	"strconv"
	"strings"

	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

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

// Schemas is how the events of calendars stand on disk.
func Schemas() []domain.Schema {
	return []domain.Schema{
		domain.SchemaOf[MeetingPlanned](),
		domain.SchemaOf[MeetingHeld](),
		domain.SchemaOf[MeetingCancelled](),
		domain.SchemaOf[DocumentsLinked](),
	}
}

// StreamOf is the stream of a practice's calendar of a forum.
func StreamOf(practice domain.PracticeID, forum domain.Code) domain.StreamID {
	return domain.NewStreamID("forum", string(practice)+"."+string(forum))
}

// OwnerOf is the practice and the forum whose calendar a stream is, if it is one.
func OwnerOf(stream domain.StreamID) (domain.PracticeID, domain.Code, bool) {
	owner, code, _ := strings.Cut(stream.Key(), ".")
	practice, forum := domain.PracticeID(owner), domain.Code(code)
	return practice, forum, stream.Category() == "forum" && practice.Valid() && forum.Valid()
}

// NewMeetingID is the id of the meeting that a command plans.
func NewMeetingID(command domain.CommandID) MeetingID { return domain.DeriveID(command, "meeting", 0) }

// Meeting is one meeting in the calendar.
type Meeting struct {
	ID        MeetingID
	Day       domain.Date // it was planned for
	Held      bool
	Cancelled bool
	documents []Document
}

// State is what decisions about the calendar need.
type State struct {
	meetings []Meeting
}

// Meeting is one meeting in the calendar, also when it was cancelled.
func (s State) Meeting(id MeetingID) (Meeting, bool) {
	for _, meeting := range s.meetings {
		if meeting.ID == id {
			return meeting, true
		}
	}
	return Meeting{}, false
}

// On is the meeting of a day that was not cancelled.
func (s State) On(day domain.Date) (Meeting, bool) {
	for _, meeting := range s.meetings {
		if meeting.Day == day && !meeting.Cancelled {
			return meeting, true
		}
	}
	return Meeting{}, false
}

func (e MeetingPlanned) evolve(s State) State {
	s.meetings = append(slices.Clip(s.meetings), Meeting{ID: e.Meeting, Day: e.Day})
	return s
}

func (e MeetingHeld) evolve(s State) State {
	return s.with(e.Meeting, func(m *Meeting) { m.Held = true })
}

func (e MeetingCancelled) evolve(s State) State {
	return s.with(e.Meeting, func(m *Meeting) { m.Cancelled = true })
}

func (e DocumentsLinked) evolve(s State) State {
	return s.with(e.Meeting, func(m *Meeting) { m.documents = slices.Concat(m.documents, e.Documents) })
}

func (s State) with(id MeetingID, change func(*Meeting)) State {
	s.meetings = slices.Clone(s.meetings)
	for i := range s.meetings {
		if s.meetings[i].ID == id {
			change(&s.meetings[i])
		}
	}
	return s
}

// The refusals of calendars. That of a forum the practice does not know is vocabulary.ErrUnknownForum.
var (
	ErrUnknown      = domain.Refuse(domain.NotFound, "meeting-unknown")
	ErrHeld         = domain.Refuse(domain.Conflict, "meeting-held")
	ErrCancelled    = domain.Refuse(domain.Conflict, "meeting-cancelled")
	ErrDocuments    = domain.Refuse(domain.Invalid, "documents-missing")
	ErrTooMany      = domain.Refuse(domain.Invalid, "documents-too-many")
	ErrDocumentKind = domain.Refuse(domain.Invalid, "document-kind-unknown")
	ErrPage         = domain.Refuse(domain.Invalid, "page-invalid")
)

// The most that can be meant.
const (
	MaxDocuments = 20 // in one command
	MaxPage      = 100_000
)

// Facts is what a decision knows besides the stream.
type Facts struct {
	Forum     domain.Code // whose calendar it is: OwnerOf the stream
	On        domain.Date // the day of the command
	Book      vocabulary.Book
	MeetingID MeetingID // of a meeting that is planned: NewMeetingID of the command
}

// Command is something asked of a calendar.
type Command interface {
	decide(State, Facts) ([]Event, error)
}

// PlanMeeting plans a meeting for a day, which may lie in the future. A forum meets once a day: planned already,
// nothing happens; a cancelled meeting makes room for another.
type PlanMeeting struct {
	Day domain.Date `json:"day"`
}

func (c PlanMeeting) decide(s State, f Facts) ([]Event, error) {
	if err := f.Book.CheckForum(f.Forum, ""); err != nil {
		return nil, err
	}
	if err := domain.CheckPlannedDay(c.Day, f.On, "/day"); err != nil {
		return nil, err
	}
	if _, planned := s.On(c.Day); planned {
		return nil, nil
	}
	return []Event{MeetingPlanned{Meeting: f.MeetingID, Day: c.Day}}, nil
}

// HoldMeeting records that a meeting took place, on the day of the command.
type HoldMeeting struct {
	Meeting MeetingID `json:"meeting"`
}

func (c HoldMeeting) decide(s State, _ Facts) ([]Event, error) {
	meeting, ok := s.Meeting(c.Meeting)
	switch {
	case !ok:
		return nil, ErrUnknown.At("/meeting")
	case meeting.Cancelled:
		return nil, ErrCancelled
	case meeting.Held:
		return nil, nil
	}
	return []Event{MeetingHeld(c)}, nil
}

// CancelMeeting records that a meeting does not take place.
type CancelMeeting struct {
	Meeting MeetingID `json:"meeting"`
}

func (c CancelMeeting) decide(s State, _ Facts) ([]Event, error) {
	meeting, ok := s.Meeting(c.Meeting)
	switch {
	case !ok:
		return nil, ErrUnknown.At("/meeting")
	case meeting.Held:
		return nil, ErrHeld
	case meeting.Cancelled:
		return nil, nil
	}
	return []Event{MeetingCancelled(c)}, nil
}

// LinkDocuments records where the official documents of a meeting are. What is linked already is not linked again.
type LinkDocuments struct {
	Meeting   MeetingID  `json:"meeting"`
	Documents []Document `json:"documents"`
}

func (c LinkDocuments) decide(s State, _ Facts) ([]Event, error) {
	meeting, ok := s.Meeting(c.Meeting)
	switch {
	case !ok:
		return nil, ErrUnknown.At("/meeting")
	case len(c.Documents) == 0:
		return nil, ErrDocuments.At("/documents")
	case len(c.Documents) > MaxDocuments:
		return nil, ErrTooMany.At("/documents").Naming("max", strconv.Itoa(MaxDocuments))
	}
	var linked []Document
	for i, document := range c.Documents {
		if err := document.check("/documents/" + strconv.Itoa(i)); err != nil {
			return nil, err
		}
		if !slices.Contains(meeting.documents, document) && !slices.Contains(linked, document) {
			linked = append(linked, document)
		}
	}
	if len(linked) == 0 {
		return nil, nil
	}
	return []Event{DocumentsLinked{Meeting: c.Meeting, Documents: linked}}, nil
}

// Decider is the aggregate.
var Decider = domain.Decider[State, Facts, Command, Event]{
	Category: "forum",
	Decide:   func(s State, f Facts, c Command) ([]Event, error) { return c.decide(s, f) },
	Evolve:   func(s State, e Event) State { return e.evolve(s) },
}

func (d Document) check(at string) error {
	switch {
	case d.Kind != AgendaDocument && d.Kind != DecisionList && d.Kind != Minutes:
		return ErrDocumentKind.At(at + "/kind")
	case domain.CheckLink(d.URI) != nil:
		return domain.ErrLink.At(at + "/uri")
	case d.Page < 0 || d.Page > MaxPage:
		return ErrPage.At(at + "/page")
	case d.Digest != "" && domain.CheckDigest(d.Digest) != nil:
		return domain.ErrDigest.At(at + "/digest")
	}
	return nil
}

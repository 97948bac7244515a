package projections

import (
	"time"

	"signaalboek/domain"
)

// Contact is one contact as it stands now.
type Contact struct {
	ID         domain.StreamID
	Revision   domain.Revision
	On         domain.Date
	Activity   domain.Code
	Initiative domain.Code
	Relation   domain.Code
	Place      domain.Code
	Known      domain.Answer // to the social service
	Recognised bool          // somebody was recognised; who is nowhere
	Requests   []HelpRequest // counted from 1
	Corrected  int           // how many times
	Withdrawn  bool          // it does not count
	History    []Mark        // what happened to it, oldest first; only of one contact, not in lists
}

// HelpRequest is one help request of a contact, with what was done about it since.
type HelpRequest struct {
	Themes     []domain.Code
	Approaches []domain.Code
	Services   []domain.Code
	FollowedUp bool
	Settled    bool
}

// Mark is one thing that happened to a contact or a session.
type Mark struct {
	What   string      // name of the event, without category and version: "registered", "corrected", "withdrawn"
	Reason domain.Code // of a correction or withdrawal
	On     domain.Date // the day it is about
	At     time.Time   // the moment of recording
}

// ContactFilter says which contacts are asked for. What is left empty does not matter.
type ContactFilter struct {
	Activity domain.Code
	Theme    domain.Code // of one of its help requests
	Approach domain.Code
	Service  domain.Code
	Period   Period
	After    Cursor // the Next of the page before
	Limit    int    // rows a page; 50 if 0
}

// ContactPage is some contacts, newest day first; those of one day, latest registered first.
type ContactPage struct {
	Rows []Contact
	Next Cursor
}

// Session is one session as it stands now.
type Session struct {
	ID           domain.StreamID
	Revision     domain.Revision
	On           domain.Date
	Activity     domain.Code
	Present      int
	Theme        domain.Code
	GuestService domain.Code
	Corrected    int
	Withdrawn    bool
	History      []Mark // only of one session, not in lists
}

// SessionFilter says which sessions are asked for. What is left empty does not matter.
type SessionFilter struct {
	Activity domain.Code
	Period   Period
	After    Cursor // the Next of the page before
	Limit    int    // rows a page; 50 if 0
}

// SessionPage is some sessions, newest day first.
type SessionPage struct {
	Rows []Session
	Next Cursor
}

// ErrCursor refuses a cursor that no page gave.
var ErrCursor = domain.Refuse(domain.Invalid, "cursor-unknown")

// contacts is every contact and session, in compact rows.
//
//	(s *Set) Contacts(practice, ContactFilter) (ContactPage, error)   ErrCursor
//	(s *Set) Contact(practice, id) (Contact, bool)                    with its history
//	(s *Set) Sessions(practice, SessionFilter) (SessionPage, error)   ErrCursor
//	(s *Set) Session(practice, id) (Session, bool)                    with its history

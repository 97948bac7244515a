// Package session is one occurrence of a group activity, with the number of people present and no list of them. A
// meeting of the focusgroep is none: it is counted in package focusgroep.
package session

import (
	"strconv"

	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// Event is something that happened to a session. The names below are the storage format: they live for ever.
type Event interface {
	domain.Event
	evolve(State) State
}

// Details is what is recorded of a session.
type Details struct {
	Activity     domain.Code `json:"activity"`
	Present      int         `json:"present"`
	Theme        domain.Code `json:"theme,omitzero"`
	GuestService domain.Code `json:"guestService,omitzero"`
}

// Held: the session took place.
type Held struct{ Details }

// CorrectionReason says what was wrong.
type CorrectionReason string

// The reasons for a correction.
const (
	WronglyEntered CorrectionReason = "wrongly-entered"
	WrongDay       CorrectionReason = "wrong-day"
	Incomplete     CorrectionReason = "incomplete"
)

// Corrected: the whole again, as it should have been; the day is that of the event.
type Corrected struct {
	Details
	Reason CorrectionReason `json:"reason"`
}

// WithdrawalReason says why a session does not count.
type WithdrawalReason string

// The reasons for a withdrawal.
const (
	EnteredTwice   WithdrawalReason = "entered-twice"
	EnteredInError WithdrawalReason = "entered-in-error"
)

// Withdrawn: the session does not count.
type Withdrawn struct {
	Reason WithdrawalReason `json:"reason"`
}

func (Held) EventName() string      { return "session.held.v1" }
func (Corrected) EventName() string { return "session.corrected.v1" }
func (Withdrawn) EventName() string { return "session.withdrawn.v1" }

// Schemas is how the events of sessions stand on disk.
func Schemas() []domain.Schema {
	return []domain.Schema{
		domain.SchemaOf[Held](),
		domain.SchemaOf[Corrected](),
		domain.SchemaOf[Withdrawn](),
	}
}

// Dates reports whether an event says on which day the session was. The ledger remembers the day of the last one, for
// Facts.EarlierOn.
func Dates(e Event) bool {
	switch e.(type) {
	case Held, Corrected:
		return true
	}
	return false
}

// State is what decisions about a session need.
type State struct {
	details   Details
	held      bool
	withdrawn bool
}

// Stands reports whether the session was held and not withdrawn.
func (s State) Stands() bool { return s.held && !s.withdrawn }

func (e Held) evolve(s State) State {
	s.details, s.held = e.Details, true
	return s
}

func (e Corrected) evolve(s State) State {
	s.details = e.Details
	return s
}

func (Withdrawn) evolve(s State) State {
	s.withdrawn = true
	return s
}

// The refusals of sessions.
var (
	ErrUnknown   = domain.Refuse(domain.NotFound, "session-unknown")
	ErrExists    = domain.Refuse(domain.Conflict, "session-exists")
	ErrWithdrawn = domain.Refuse(domain.Conflict, "session-withdrawn")
	ErrMeeting   = domain.Refuse(domain.Invalid, "session-is-focusgroep-meeting")
	ErrPresent   = domain.Refuse(domain.Invalid, "session-present-invalid")
	ErrReason    = domain.Refuse(domain.Invalid, "session-reason-unknown")
)

// MaxPresent is the largest number of people at a session that can be meant.
const MaxPresent = 1000

// Facts is what a decision knows besides the stream.
type Facts struct {
	On        domain.Date // the day of the command
	Book      vocabulary.Book
	EarlierOn domain.Date // the day of the last event that Dates
}

// Command is something asked of a session.
type Command interface {
	decide(State, Facts) ([]Event, error)
}

// Hold records a session that took place.
type Hold struct{ Details }

func (c Hold) decide(s State, f Facts) ([]Event, error) {
	if err := c.check(f.Book); err != nil {
		return nil, err
	}
	if s.held {
		if s.details != c.Details {
			return nil, ErrExists
		}
		return nil, nil
	}
	return []Event{Held(c)}, nil
}

// Correct records the whole session again, as it should have been, on the day of the command. Words that were retired
// since may stay in it.
type Correct struct {
	Details
	Reason CorrectionReason `json:"reason"`
}

func (c Correct) decide(s State, f Facts) ([]Event, error) {
	switch {
	case !s.held:
		return nil, ErrUnknown
	case s.withdrawn:
		return nil, ErrWithdrawn
	case !c.Reason.valid():
		return nil, ErrReason.At("/reason")
	}
	if err := c.check(s.details.offered(f.Book)); err != nil {
		return nil, err
	}
	if s.details == c.Details && f.On == f.EarlierOn {
		return nil, nil
	}
	return []Event{Corrected(c)}, nil
}

// Withdraw makes a session not count.
type Withdraw struct {
	Reason WithdrawalReason `json:"reason"`
}

func (c Withdraw) decide(s State, _ Facts) ([]Event, error) {
	switch {
	case !s.held:
		return nil, ErrUnknown
	case c.Reason != EnteredTwice && c.Reason != EnteredInError:
		return nil, ErrReason.At("/reason")
	case s.withdrawn:
		return nil, nil
	}
	return []Event{Withdrawn(c)}, nil
}

// Decider is the aggregate.
var Decider = domain.Decider[State, Facts, Command, Event]{
	Category: "session",
	Decide:   func(s State, f Facts, c Command) ([]Event, error) { return c.decide(s, f) },
	Evolve:   func(s State, e Event) State { return e.evolve(s) },
}

func (d Details) check(book vocabulary.Book) error {
	if err := book.Check(vocabulary.Activities, d.Activity, "/activity"); err != nil {
		return err
	}
	if book.IsFocusgroep(d.Activity) {
		return ErrMeeting.At("/activity")
	}
	if d.Present < 0 || d.Present > MaxPresent {
		return ErrPresent.At("/present").Naming("max", strconv.Itoa(MaxPresent))
	}
	if err := book.CheckOptional(vocabulary.Themes, d.Theme, "/theme"); err != nil {
		return err
	}
	return book.CheckOptional(vocabulary.Services, d.GuestService, "/guestService")
}

// offered is book with every word that stands in d: it may stay there.
func (d Details) offered(book vocabulary.Book) vocabulary.Book {
	return book.Offering(vocabulary.Activities, d.Activity).Offering(vocabulary.Themes, d.Theme).
		Offering(vocabulary.Services, d.GuestService)
}

func (r CorrectionReason) valid() bool {
	return r == WronglyEntered || r == WrongDay || r == Incomplete
}

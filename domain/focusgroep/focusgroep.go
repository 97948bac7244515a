// Package focusgroep is one meeting of the focusgroep, the residents' own sounding board. Only numbers are kept of who
// came: no list of participants exists.
//
//	planned → held → themes discussed → closed
//	      └ cancelled
package focusgroep

import (
	"maps"
	"strconv"

	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// Event is something that happened to a focusgroep meeting. The names below are the storage format: they live for ever.
type Event interface {
	domain.Event
	evolve(State) State
}

// Planned: a meeting was planned for a day.
type Planned struct {
	Day   domain.Date   `json:"day"`
	Place domain.Sealed `json:"place,omitzero"`
}

// Cancelled: the meeting does not take place. One on another day is another meeting.
type Cancelled struct{}

// Held: the meeting took place; the day is that of the event.
type Held struct {
	Present   int `json:"present"`
	Newcomers int `json:"newcomers"`
}

// ThemeDiscussed: the meeting talked about a theme.
type ThemeDiscussed struct {
	Theme  domain.Code `json:"theme"`
	Weight int         `json:"weight,omitzero"` // how heavy it was, 1 to 5; 0 when nobody weighed it
}

// Closed: nothing is added to the meeting any more.
type Closed struct{}

func (Planned) EventName() string        { return "focusgroep.planned.v1" }
func (Cancelled) EventName() string      { return "focusgroep.cancelled.v1" }
func (Held) EventName() string           { return "focusgroep.held.v1" }
func (ThemeDiscussed) EventName() string { return "focusgroep.theme-discussed.v1" }
func (Closed) EventName() string         { return "focusgroep.closed.v1" }

// Schemas is how the events of focusgroep meetings stand on disk.
func Schemas() []domain.Schema {
	return []domain.Schema{
		domain.SchemaOf[Planned](),
		domain.SchemaOf[Cancelled](),
		domain.SchemaOf[Held](),
		domain.SchemaOf[ThemeDiscussed](),
		domain.SchemaOf[Closed](),
	}
}

// State is what decisions about a meeting need.
type State struct {
	planned   bool
	day       domain.Date
	cancelled bool
	held      *Held
	weights   map[domain.Code]int // of the themes that were discussed
	closed    bool
}

// Held reports whether the meeting took place.
func (s State) Held() bool { return s.held != nil }

func (e Planned) evolve(s State) State {
	s.planned, s.day = true, e.Day
	return s
}

func (Cancelled) evolve(s State) State {
	s.cancelled = true
	return s
}

func (e Held) evolve(s State) State {
	s.held = &e
	return s
}

func (e ThemeDiscussed) evolve(s State) State {
	weights := maps.Clone(s.weights)
	if weights == nil {
		weights = map[domain.Code]int{}
	}
	weights[e.Theme] = e.Weight
	s.weights = weights
	return s
}

func (Closed) evolve(s State) State {
	s.closed = true
	return s
}

// The refusals of focusgroep meetings.
var (
	ErrUnknown   = domain.Refuse(domain.NotFound, "focusgroep-unknown")
	ErrPlanned   = domain.Refuse(domain.Conflict, "focusgroep-planned")
	ErrPlace     = domain.Refuse(domain.Invalid, "focusgroep-place-invalid")
	ErrCancelled = domain.Refuse(domain.Conflict, "focusgroep-cancelled")
	ErrHeld      = domain.Refuse(domain.Conflict, "focusgroep-held")
	ErrNotHeld   = domain.Refuse(domain.Conflict, "focusgroep-not-held")
	ErrClosed    = domain.Refuse(domain.Conflict, "focusgroep-closed")
	ErrPresent   = domain.Refuse(domain.Invalid, "focusgroep-present-invalid")
	ErrNewcomers = domain.Refuse(domain.Invalid, "focusgroep-newcomers-invalid")
	ErrWeight    = domain.Refuse(domain.Invalid, "focusgroep-weight-invalid")
)

// The most of each that can be meant.
const (
	MaxPresent = 200
	MaxWeight  = 5
	MaxPlace   = 120 // characters
)

// Facts is what a decision knows besides the stream.
type Facts struct {
	On   domain.Date // the day of the command
	Book vocabulary.Book
}

// Command is something asked of a focusgroep meeting.
type Command interface {
	decide(State, Facts) ([]Event, error)
}

// Plan plans a meeting for a day, which may lie in the future.
type Plan struct {
	Day   domain.Date `json:"day"`
	Place string      `json:"place,omitzero"`
}

func (c Plan) decide(s State, f Facts) ([]Event, error) {
	if err := domain.CheckPlannedDay(c.Day, f.On, "/day"); err != nil {
		return nil, err
	}
	place := vocabulary.Line(c.Place)
	switch {
	case !vocabulary.OneLine(place, MaxPlace):
		return nil, ErrPlace.At("/place").Naming("max", strconv.Itoa(MaxPlace))
	case s.planned && s.day == c.Day:
		return nil, nil
	case s.planned:
		return nil, ErrPlanned
	}
	return []Event{Planned{Day: c.Day, Place: domain.ToSeal(place)}}, nil
}

// Cancel says that the meeting does not take place.
type Cancel struct{}

func (Cancel) decide(s State, _ Facts) ([]Event, error) {
	switch {
	case !s.planned:
		return nil, ErrUnknown
	case s.held != nil:
		return nil, ErrHeld
	case s.cancelled:
		return nil, nil
	}
	return []Event{Cancelled{}}, nil
}

// Hold records that the meeting took place, on the day of the command.
type Hold struct {
	Present   int `json:"present"`
	Newcomers int `json:"newcomers"`
}

func (c Hold) decide(s State, _ Facts) ([]Event, error) {
	switch {
	case !s.planned:
		return nil, ErrUnknown
	case s.held != nil && *s.held == Held(c):
		return nil, nil
	case s.held != nil:
		return nil, ErrHeld
	case s.cancelled:
		return nil, ErrCancelled
	case c.Present < 1 || c.Present > MaxPresent:
		return nil, ErrPresent.At("/present").Naming("max", strconv.Itoa(MaxPresent))
	case c.Newcomers < 0 || c.Newcomers > c.Present:
		return nil, ErrNewcomers.At("/newcomers")
	}
	return []Event{Held(c)}, nil
}

// DiscussTheme records that the meeting talked about a theme. Asked again with another weight, that one is the weight.
type DiscussTheme struct {
	Theme  domain.Code `json:"theme"`
	Weight int         `json:"weight,omitzero"`
}

func (c DiscussTheme) decide(s State, f Facts) ([]Event, error) {
	if !s.planned {
		return nil, ErrUnknown
	}
	if weight, discussed := s.weights[c.Theme]; discussed && weight == c.Weight {
		return nil, nil
	}
	switch {
	case s.cancelled:
		return nil, ErrCancelled
	case s.held == nil:
		return nil, ErrNotHeld
	case s.closed:
		return nil, ErrClosed
	case c.Weight < 0 || c.Weight > MaxWeight:
		return nil, ErrWeight.At("/weight").Naming("max", strconv.Itoa(MaxWeight))
	}
	if err := f.Book.Check(vocabulary.Themes, c.Theme, "/theme"); err != nil {
		return nil, err
	}
	return []Event{ThemeDiscussed(c)}, nil
}

// Close says that nothing is added any more.
type Close struct{}

func (Close) decide(s State, _ Facts) ([]Event, error) {
	switch {
	case !s.planned:
		return nil, ErrUnknown
	case s.cancelled:
		return nil, ErrCancelled
	case s.held == nil:
		return nil, ErrNotHeld
	case s.closed:
		return nil, nil
	}
	return []Event{Closed{}}, nil
}

// Decider is the aggregate.
var Decider = domain.Decider[State, Facts, Command, Event]{
	Category: "focusgroep",
	Decide:   func(s State, f Facts, c Command) ([]Event, error) { return c.decide(s, f) },
	Evolve:   func(s State, e Event) State { return e.evolve(s) },
}

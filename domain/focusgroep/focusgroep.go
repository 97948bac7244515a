// Package focusgroep is one meeting of the focusgroep, the residents' own sounding board. Only numbers are kept of who
// came: no list of participants exists.
//
//	planned → held → themes discussed → closed
package focusgroep

import "signaalboek/domain"

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
func (Held) EventName() string           { return "focusgroep.held.v1" }
func (ThemeDiscussed) EventName() string { return "focusgroep.theme-discussed.v1" }
func (Closed) EventName() string         { return "focusgroep.closed.v1" }

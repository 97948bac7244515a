// Package session is one occurrence of a group activity, with the number of people present and no list of them.
package session

import "signaalboek/domain"

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

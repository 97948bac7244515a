// Package contact is one meeting between a worker and one person, with the help requests that came up. It has no free
// text, and no field that could say who the person was: only a sealed recognition, which joins the contacts of one
// year (see domain.Recognition). At activity focusgroep there is none: it would be a list of participants.
package contact

import (
	"signaalboek/domain"
)

// Event is something that happened to a contact. The names below are the storage format: they live for ever.
type Event interface {
	domain.Event
	evolve(State) State
}

// Request is one help request (hulpvraag). Requests of a contact are counted from 1.
type Request struct {
	Themes     []domain.Code `json:"themes,omitzero"`
	Approaches []domain.Code `json:"approaches,omitzero"`
	Services   []domain.Code `json:"services,omitzero"` // a service chosen here is a referral
}

// Details is what is recorded of a contact.
type Details struct {
	Activity    domain.Code   `json:"activity"`
	Initiative  domain.Code   `json:"initiative,omitzero"`
	Relation    domain.Code   `json:"relation,omitzero"`
	Place       domain.Code   `json:"place,omitzero"`
	Known       domain.Answer `json:"known"`                // to the social service
	Recognition domain.Sealed `json:"recognition,omitzero"` // of a domain.Recognition; none: nobody was recognised
	Requests    []Request     `json:"requests,omitzero"`
}

// Registered: a contact took place.
type Registered struct {
	Details
}

// CorrectionReason says what was wrong.
type CorrectionReason string

// The reasons for a correction.
const (
	WronglyEntered CorrectionReason = "wrongly-entered"
	WrongPerson    CorrectionReason = "wrong-person"
	WrongDay       CorrectionReason = "wrong-day"
	Incomplete     CorrectionReason = "incomplete"
)

// Corrected: the whole again, as it should have been; the day is that of the event.
type Corrected struct {
	Details
	Reason CorrectionReason `json:"reason"`
}

// WithdrawalReason says why a contact does not count.
type WithdrawalReason string

// The reasons for a withdrawal.
const (
	EnteredTwice   WithdrawalReason = "entered-twice"
	EnteredInError WithdrawalReason = "entered-in-error"
	AskedByPerson  WithdrawalReason = "asked-by-person"
)

// Withdrawn: the contact does not count.
type Withdrawn struct {
	Reason WithdrawalReason `json:"reason"`
}

// RequestFollowedUp: more was done about a help request later.
type RequestFollowedUp struct {
	Request    int           `json:"request"` // from 1
	Approaches []domain.Code `json:"approaches,omitzero"`
	Services   []domain.Code `json:"services,omitzero"`
	Settled    bool          `json:"settled,omitzero"`
}

func (Registered) EventName() string        { return "contact.registered.v1" }
func (Corrected) EventName() string         { return "contact.corrected.v1" }
func (Withdrawn) EventName() string         { return "contact.withdrawn.v1" }
func (RequestFollowedUp) EventName() string { return "contact.request-followed-up.v1" }

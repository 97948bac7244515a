// Package referral is bringing somebody to a service, or a service bringing somebody here. It is a fact about services:
// no word about the person travels.
//
// A service chosen on a help request is a referral, whose id derives from contact, request and service (see ID); made
// is recorded only for those from sessions and for those coming in.
package referral

import "signaalboek/domain"

// Event is something that happened to a referral. The names below are the storage format: they live for ever.
type Event interface {
	domain.Event
	evolve(State) State
}

// Direction says whether somebody was brought there or here.
type Direction string

// The directions.
const (
	Out Direction = "out"
	In  Direction = "in"
)

// Origin is the help request that a referral follows from.
type Origin struct {
	Contact domain.StreamID `json:"contact"`
	Request int             `json:"request"` // from 1
	Service domain.Code     `json:"service"`
}

// Made: a referral from a session, or one that came in.
type Made struct {
	Service   domain.Code     `json:"service"`
	Themes    []domain.Code   `json:"themes,omitzero"`
	Warm      domain.Answer   `json:"warm"` // did the worker go along?
	Direction Direction       `json:"direction"`
	Session   domain.StreamID `json:"session,omitzero"` // from which session
	Partner   domain.Code     `json:"partner,omitzero"` // from which service
}

// Arrived: the person came there.
type Arrived struct {
	Origin *Origin `json:"origin,omitzero"`
}

// MissedReason says why somebody did not arrive.
type MissedReason string

// The reasons for not arriving.
const (
	NotReached    MissedReason = "not-reached"
	ChangedMind   MissedReason = "changed-mind"
	Threshold     MissedReason = "threshold" // a threshold kept them out: worth a signal
	OtherSolution MissedReason = "other-solution"
	NotKnown      MissedReason = "not-known"
)

// Missed: the person did not come there.
type Missed struct {
	Origin *Origin      `json:"origin,omitzero"`
	Reason MissedReason `json:"reason"`
}

// Result is what came of a referral.
type Result string

// The results.
const (
	Helped      Result = "helped"
	WaitingList Result = "waiting-list"
	NotHelped   Result = "not-helped"
	SentBack    Result = "sent-back"
)

// Completed: it is known what came of it.
type Completed struct {
	Origin *Origin `json:"origin,omitzero"`
	Result Result  `json:"result"`
}

// Lapsed: nobody will know any more.
type Lapsed struct {
	Origin *Origin `json:"origin,omitzero"`
}

func (Made) EventName() string      { return "referral.made.v1" }
func (Arrived) EventName() string   { return "referral.arrived.v1" }
func (Missed) EventName() string    { return "referral.missed.v1" }
func (Completed) EventName() string { return "referral.completed.v1" }
func (Lapsed) EventName() string    { return "referral.lapsed.v1" }

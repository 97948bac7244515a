package referral

import (
	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// Facts is what a decision knows besides the stream. Which of them a command needs, NeedsOf tells.
type Facts struct {
	Stream       domain.StreamID // of the referral
	On           domain.Date     // the day of the command
	Book         vocabulary.Book
	OriginHolds  bool // contact.State.Refers of the origin, in this practice
	SessionHolds bool // session.State.Stands of the session, in this practice
}

// Needs is which facts the ledger must find for a command.
type Needs struct {
	Origin  *Origin         // does the contact stand, with this service on this request?
	Session domain.StreamID // does the session stand? No need, if empty
}

// NeedsOf tells what a command needs to know.
func NeedsOf(c Command) Needs { return Needs{} }

// Make records a referral from a session, or one that came in.
type Make struct {
	Service   domain.Code     `json:"service"`
	Themes    []domain.Code   `json:"themes,omitzero"`
	Warm      domain.Answer   `json:"warm,omitzero"` // unknown, if empty
	Direction Direction       `json:"direction"`
	Session   domain.StreamID `json:"session,omitzero"`
	Partner   domain.Code     `json:"partner,omitzero"`
}

// Arrive records that the person came there.
type Arrive struct {
	Origin *Origin `json:"origin,omitzero"`
}

// Miss records that the person did not come there.
type Miss struct {
	Origin *Origin      `json:"origin,omitzero"`
	Reason MissedReason `json:"reason"`
}

// Complete records what came of it.
type Complete struct {
	Origin *Origin `json:"origin,omitzero"`
	Result Result  `json:"result"`
}

// Lapse records that nobody will know any more.
type Lapse struct {
	Origin *Origin `json:"origin,omitzero"`
}

// State is what decisions about a referral need.
type State struct {
	made    *Made
	arrived bool
	missed  MissedReason // the last word, if it is that
	result  Result
	lapsed  bool
}

// ID is the stream of the referral that a service chosen on a help request is.
func ID(contact domain.StreamID, request int, service domain.Code) domain.StreamID { return "" }

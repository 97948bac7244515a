package session

import (
	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// Facts is what a decision knows besides the stream.
type Facts struct {
	On        domain.Date // the day of the command
	Book      vocabulary.Book
	EarlierOn domain.Date // the day of the last event that Dates
}

// Dates reports whether an event says on which day the session was: the day of the last such event is Facts.EarlierOn.
func Dates(e Event) bool { return false }

// Hold records a session that took place.
type Hold struct{ Details }

// Correct records the whole session again, as it should have been, on the day of the command.
type Correct struct {
	Details
	Reason CorrectionReason `json:"reason"`
}

// Withdraw makes a session not count.
type Withdraw struct {
	Reason WithdrawalReason `json:"reason"`
}

// State is what decisions about a session need.
type State struct {
	details   Details
	held      bool
	withdrawn bool
}

// Stands reports whether the session was held and not withdrawn.
func (s State) Stands() bool { return s.held && !s.withdrawn }

package contact

import (
	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// Facts is what a decision knows besides the stream. Which of them a command needs, NeedsOf tells.
type Facts struct {
	Practice    domain.PracticeID
	On          domain.Date // the day of the command
	Book        vocabulary.Book
	Recognition *domain.Recognition // what the vault says of the card in the command; nil: no such card
	Earlier     *domain.Recognition // State.Recognition, opened; nil: none, or forgotten
	EarlierOn   domain.Date         // the day of the last event that Dates
}

// Needs is which facts the ledger must find for a command.
type Needs struct {
	Card     *domain.CardID // ask the vault to recognise it, on the command's day, at Activity
	Activity domain.Code
	Earlier  domain.Sealed // open it with the vault, if it is not zero
}

// NeedsOf tells what a command needs to know, given the contact as it is.
func NeedsOf(s State, c Command) Needs { return Needs{} }

// Dates reports whether an event says on which day the contact was: the day of the last such event is Facts.EarlierOn.
func Dates(e Event) bool { return false }

// Register records a contact.
type Register struct {
	Activity   domain.Code    `json:"activity"`
	Initiative domain.Code    `json:"initiative,omitzero"`
	Relation   domain.Code    `json:"relation,omitzero"`
	Place      domain.Code    `json:"place,omitzero"`
	Known      domain.Answer  `json:"known,omitzero"` // unknown, if empty
	Card       *domain.CardID `json:"card,omitzero"`  // none: nobody was recognised
	Requests   []Request      `json:"requests,omitzero"`
}

// Person says who a corrected contact was with.
type Person string

// The choices.
const (
	KeepPerson Person = "keep" // as it was recorded; the day stays in its year and the activity stays
	NoPerson   Person = "none" // nobody was recognised
	CardPerson Person = "card" // the person of Card
)

// Correct records the whole contact again, as it should have been, on the day of the command.
type Correct struct {
	Register
	Person Person           `json:"person"`
	Reason CorrectionReason `json:"reason"`
}

// Withdraw makes a contact not count.
type Withdraw struct {
	Reason WithdrawalReason `json:"reason"`
}

// FollowUpRequest adds what was done about a help request later.
type FollowUpRequest struct {
	Request    int           `json:"request"` // from 1
	Approaches []domain.Code `json:"approaches,omitzero"`
	Services   []domain.Code `json:"services,omitzero"`
	Settled    bool          `json:"settled,omitzero"`
}

// State is what decisions about a contact need.
type State struct {
	details    Details // requests with what was followed up
	settled    []int   // requests, from 1
	registered bool
	withdrawn  bool
}

// Refers reports whether the contact still stands and has a service on a help request, counted from 1.
func (s State) Refers(request int, service domain.Code) bool { return false }

// Stands reports whether the contact is registered and not withdrawn.
func (s State) Stands() bool { return s.registered && !s.withdrawn }

package signal

import (
	"signaalboek/domain"
	"signaalboek/domain/pursuit"
)

// Command is asked of a signal. Rules that do not depend on the fields of the command are looked at first, so that a
// command without fields tells whether its form may be offered at all: it is refused with domain.Conflict if not.
type Command interface {
	decide(State, Facts) ([]Event, error)
}

// Decider is the signal.
var Decider = domain.Decider[State, Facts, Command, Event]{
	Category: "signal",
	Decide:   func(s State, f Facts, c Command) ([]Event, error) { return c.decide(s, f) },
	Evolve:   func(s State, e Event) State { return e.evolve(s) },
}

// PickUp tells that somebody heard it.
type PickUp struct {
	From         Origin        `json:"from"`
	Evidence     Evidence      `json:"evidence"`
	Themes       []domain.Code `json:"themes"`
	Thresholds   []domain.Code `json:"thresholds,omitzero"`
	TargetGroups []domain.Code `json:"targetGroups,omitzero"`
}

// Note confirms a first wording.
type Note struct {
	Wording string `json:"wording"`
}

// LinkEvidence tells that it was heard once more.
type LinkEvidence struct {
	Evidence Evidence `json:"evidence"`
}

// Word states the bottleneck, or states it better.
type Word struct {
	Statement string `json:"statement"`
}

// Weigh judges it.
type Weigh struct {
	Structural      bool        `json:"structural"`
	Recurring       bool        `json:"recurring"`
	BeyondOnePerson bool        `json:"beyondOnePerson"`
	NeedsOthers     bool        `json:"needsOthers"`
	Forum           domain.Code `json:"forum,omitzero"`
	Reason          string      `json:"reason"`
}

// NameKeeper tells which role pursues it.
type NameKeeper struct {
	Role domain.Code `json:"role"`
}

// Recognise tells that people of the focusgroep know it.
type Recognise struct {
	Meeting domain.StreamID `json:"meeting"`
	HowMany Share           `json:"howMany"`
}

// GiveMandate tells that the focusgroep lets it go further.
type GiveMandate struct {
	Meeting domain.StreamID `json:"meeting"`
}

// RefuseMandate tells that the focusgroep keeps it from going further.
type RefuseMandate struct {
	Meeting domain.StreamID `json:"meeting"`
}

// AskOtherWording tells that the focusgroep lets it go further in other words.
type AskOtherWording struct {
	Meeting domain.StreamID `json:"meeting"`
}

// Schedule and what follows are the commands of package pursuit, behind the gates of a signal.
type (
	Schedule         struct{ pursuit.Schedule }
	Unschedule       struct{ pursuit.Unschedule }
	Discuss          struct{ pursuit.Discuss }
	GoUnanswered     struct{ pursuit.GoUnanswered }
	Decide           struct{ pursuit.Decide }
	KeepPromise      struct{ pursuit.KeepPromise }
	BreakPromise     struct{ pursuit.BreakPromise }
	TakePublicAction struct{ pursuit.TakePublicAction }
	CarryOut         struct{ pursuit.CarryOut }
	FeedBack         struct{ pursuit.FeedBack }
)

// AnswerByOwnOffer tells that the practice itself did differently.
type AnswerByOwnOffer struct {
	What string        `json:"what"`
	Tags []pursuit.Tag `json:"tags,omitzero"`
}

// HearReaction tells what a setting said to the feedback.
type HearReaction struct {
	Setting   pursuit.Setting `json:"setting"`
	Reaction  Reaction        `json:"reaction"`
	NewSignal domain.StreamID `json:"newSignal,omitzero"`
}

// Park leaves it alone for now.
type Park struct {
	Reason string      `json:"reason"`
	Until  domain.Date `json:"until,omitzero"`
}

// Resume takes it up again.
type Resume struct{}

// Close ends its pursuit.
type Close struct {
	Reason ClosingReason `json:"reason"`
}

// Reopen pursues it again, on new evidence.
type Reopen struct {
	Reason   string   `json:"reason"`
	Evidence Evidence `json:"evidence"`
}

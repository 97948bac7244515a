// Package signal is the signal: a shortcoming beyond one person that needs a structural answer.
//
//	picked up → noted → worded → weighed → scheduled → … (package pursuit) … → closed
//	     └ evidence linked, recognised, mandate given or refused: by the focusgroep, at any time
//
// Gates. A worded signal may go to a forum of kind team, intern or project; every other forum needs it weighed as
// structural. A signal that the focusgroep raised or recognised is not scheduled while the mandate is refused. A signal
// is not closed while a setting waits for an answer, unless the reason says why it cannot get one. A signal that was
// bundled or split is pursued through what it became.
package signal

import (
	"signaalboek/domain"
	"signaalboek/domain/pursuit"
)

// Event is something that happened to a signal. The names below are the storage format: they live for ever, and a
// change of meaning is a new version.
type Event interface {
	domain.Event
	evolve(State) State
}

// Origin says in which way a signal came in.
type Origin string

// The ways in which signals come in.
const (
	FromHelpRequest Origin = "help-request"
	FromFocusgroep  Origin = "focusgroep"
	FromSession     Origin = "session"
	FromPartner     Origin = "partner"
	FromSurvey      Origin = "survey"
	FromVolunteer   Origin = "volunteer"
)

// Evidence ties a signal to where it was heard, and to the help request behind it if there is one.
type Evidence struct {
	Setting pursuit.Setting `json:"setting"`
	Contact domain.StreamID `json:"contact,omitzero"` // whose help request it was
	Request int             `json:"request,omitzero"` // which one in that contact, from 1
}

// PickedUp: somebody heard it. There is no text yet.
type PickedUp struct {
	From         Origin        `json:"from"`
	Evidence     Evidence      `json:"evidence"`
	Themes       []domain.Code `json:"themes"`
	Thresholds   []domain.Code `json:"thresholds,omitzero"`
	TargetGroups []domain.Code `json:"targetGroups,omitzero"`
}

// Noted: a first wording was confirmed.
type Noted struct {
	Wording domain.Sealed `json:"wording"`
}

// EvidenceLinked: it was heard once more.
type EvidenceLinked struct {
	Evidence Evidence `json:"evidence"`
}

// Worded: it has a neutral statement of the bottleneck; never a person, never the solution. Versions count from 1.
type Worded struct {
	Statement domain.Sealed `json:"statement"`
	Version   int           `json:"version"`
}

// Weighed: it was judged.
type Weighed struct {
	Structural      bool          `json:"structural"`
	Recurring       bool          `json:"recurring"`
	BeyondOnePerson bool          `json:"beyondOnePerson"`
	NeedsOthers     bool          `json:"needsOthers"`
	Forum           domain.Code   `json:"forum,omitzero"` // where; by the team itself if empty
	Reason          domain.Sealed `json:"reason"`
}

// KeeperNamed: a role took it upon itself to pursue the signal.
type KeeperNamed struct {
	Role domain.Code `json:"role"` // of the list role
}

// Share is how many of those present.
type Share string

// The shares.
const (
	Few  Share = "few"
	Half Share = "half"
	Most Share = "most"
)

// Recognised: people of the focusgroep said: we know this.
type Recognised struct {
	Meeting domain.StreamID `json:"meeting"` // of the focusgroep
	HowMany Share           `json:"howMany"`
}

// MandateGiven: the focusgroep said that it may go further.
type MandateGiven struct {
	Meeting domain.StreamID `json:"meeting"`
}

// MandateRefused: the focusgroep said that it may not go further.
type MandateRefused struct {
	Meeting domain.StreamID `json:"meeting"`
}

// OtherWordingAsked: the focusgroep said that it may go further in other words.
type OtherWordingAsked struct {
	Meeting domain.StreamID `json:"meeting"`
}

// Scheduled and what follows are the steps of package pursuit, under the signal's own names.
type (
	Scheduled         struct{ pursuit.Scheduled }
	Unscheduled       struct{ pursuit.Unscheduled }
	Discussed         struct{ pursuit.Discussed }
	WentUnanswered    struct{ pursuit.WentUnanswered }
	Decided           struct{ pursuit.Decided }
	PromiseKept       struct{ pursuit.PromiseKept }
	PromiseBroken     struct{ pursuit.PromiseBroken }
	PublicActionTaken struct{ pursuit.PublicActionTaken }
	CarriedOut        struct{ pursuit.CarriedOut }
	FedBack           struct{ pursuit.FedBack }
)

// AnsweredByOwnOffer: the practice itself did differently; an answer, and so an outcome.
type AnsweredByOwnOffer struct {
	What domain.Sealed `json:"what"`
	Tags []pursuit.Tag `json:"tags,omitzero"`
}

// Reaction is what people said when they were told.
type Reaction string

// The reactions.
const (
	ReactionRecognised Reaction = "recognised"
	ReactionNotEnough  Reaction = "not-enough"
	ReactionNewSignal  Reaction = "new-signal"
)

// ReactionHeard: what a setting said to the feedback.
type ReactionHeard struct {
	Setting   pursuit.Setting `json:"setting"`
	Reaction  Reaction        `json:"reaction"`
	NewSignal domain.StreamID `json:"newSignal,omitzero"`
}

// Parked: it is left alone for now.
type Parked struct {
	Reason domain.Sealed `json:"reason"`
	Until  domain.Date   `json:"until,omitzero"`
}

// Resumed: it is taken up again.
type Resumed struct{}

// ClosingReason says why a signal is closed.
type ClosingReason string

// The reasons for closing. Those from Unreachable on say why a debt cannot be paid.
const (
	Answered        ClosingReason = "answered"
	NoLongerNeeded  ClosingReason = "no-longer-needed"
	NotASignal      ClosingReason = "not-a-signal"
	Exhausted       ClosingReason = "exhausted"        // every road was tried
	Unreachable     ClosingReason = "unreachable"      // those who raised it cannot be found any more
	ActivityStopped ClosingReason = "activity-stopped" // the setting does not exist any more
)

// Closed: nobody pursues it any more.
type Closed struct {
	Reason ClosingReason `json:"reason"`
}

// Reopened: it is pursued again, on new evidence.
type Reopened struct {
	Reason   domain.Sealed `json:"reason"`
	Evidence Evidence      `json:"evidence"`
}

func (PickedUp) EventName() string           { return "signal.picked-up.v1" }
func (Noted) EventName() string              { return "signal.noted.v1" }
func (EvidenceLinked) EventName() string     { return "signal.evidence-linked.v1" }
func (Worded) EventName() string             { return "signal.worded.v1" }
func (Weighed) EventName() string            { return "signal.weighed.v1" }
func (KeeperNamed) EventName() string        { return "signal.keeper-named.v1" }
func (Recognised) EventName() string         { return "signal.recognised.v1" }
func (MandateGiven) EventName() string       { return "signal.mandate-given.v1" }
func (MandateRefused) EventName() string     { return "signal.mandate-refused.v1" }
func (OtherWordingAsked) EventName() string  { return "signal.other-wording-asked.v1" }
func (Scheduled) EventName() string          { return "signal.scheduled.v1" }
func (Unscheduled) EventName() string        { return "signal.unscheduled.v1" }
func (Discussed) EventName() string          { return "signal.discussed.v1" }
func (WentUnanswered) EventName() string     { return "signal.went-unanswered.v1" }
func (Decided) EventName() string            { return "signal.decided.v1" }
func (PromiseKept) EventName() string        { return "signal.promise-kept.v1" }
func (PromiseBroken) EventName() string      { return "signal.promise-broken.v1" }
func (PublicActionTaken) EventName() string  { return "signal.public-action-taken.v1" }
func (CarriedOut) EventName() string         { return "signal.carried-out.v1" }
func (AnsweredByOwnOffer) EventName() string { return "signal.answered-by-own-offer.v1" }
func (FedBack) EventName() string            { return "signal.fed-back.v1" }
func (ReactionHeard) EventName() string      { return "signal.reaction-heard.v1" }
func (Parked) EventName() string             { return "signal.parked.v1" }
func (Resumed) EventName() string            { return "signal.resumed.v1" }
func (Closed) EventName() string             { return "signal.closed.v1" }
func (Reopened) EventName() string           { return "signal.reopened.v1" }

// Package recommendation is a proposal that answers one or more signals, made with residents. It walks the same road
// as a signal: package pursuit.
package recommendation

import (
	"signaalboek/domain"
	"signaalboek/domain/pursuit"
)

// Event is something that happened to a recommendation. The names below are the storage format: they live for ever.
type Event interface {
	domain.Event
	evolve(State) State
}

// Maker says who made a recommendation.
type Maker string

// The makers.
const (
	ByFocusgroep Maker = "focusgroep"
	ByTeam       Maker = "team"
	ByForum      Maker = "forum"
)

// Drafted: a proposal was put into words.
type Drafted struct {
	Text    domain.Sealed     `json:"text"`
	Answers []domain.StreamID `json:"answers"` // the signals it answers
	MadeBy  Maker             `json:"madeBy"`
	Forum   domain.Code       `json:"forum,omitzero"` // which one, if a forum made it
}

// Reworded: it has a new text. Versions count from 1, the draft.
type Reworded struct {
	Text    domain.Sealed `json:"text"`
	Version int           `json:"version"`
}

// Adopted: the focusgroep made it its own.
type Adopted struct {
	Meeting domain.StreamID `json:"meeting"`
}

// Scheduled and what follows are the steps of package pursuit, under the recommendation's own names.
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

func (Drafted) EventName() string           { return "recommendation.drafted.v1" }
func (Reworded) EventName() string          { return "recommendation.reworded.v1" }
func (Adopted) EventName() string           { return "recommendation.adopted.v1" }
func (Scheduled) EventName() string         { return "recommendation.scheduled.v1" }
func (Unscheduled) EventName() string       { return "recommendation.unscheduled.v1" }
func (Discussed) EventName() string         { return "recommendation.discussed.v1" }
func (WentUnanswered) EventName() string    { return "recommendation.went-unanswered.v1" }
func (Decided) EventName() string           { return "recommendation.decided.v1" }
func (PromiseKept) EventName() string       { return "recommendation.promise-kept.v1" }
func (PromiseBroken) EventName() string     { return "recommendation.promise-broken.v1" }
func (PublicActionTaken) EventName() string { return "recommendation.public-action-taken.v1" }
func (CarriedOut) EventName() string        { return "recommendation.carried-out.v1" }
func (FedBack) EventName() string           { return "recommendation.fed-back.v1" }

// Package recommendation is a proposal that answers one or more signals, made with residents. It walks the same road
// as a signal: package pursuit.
package recommendation

import (
	"slices"

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

// Schemas is how the events of recommendations stand on disk.
func Schemas() []domain.Schema {
	return []domain.Schema{
		domain.SchemaOf[Drafted](), domain.SchemaOf[Reworded](), domain.SchemaOf[Adopted](),
		domain.SchemaOf[Scheduled](), domain.SchemaOf[Unscheduled](), domain.SchemaOf[Discussed](),
		domain.SchemaOf[WentUnanswered](), domain.SchemaOf[Decided](), domain.SchemaOf[PromiseKept](),
		domain.SchemaOf[PromiseBroken](), domain.SchemaOf[PublicActionTaken](), domain.SchemaOf[CarriedOut](),
		domain.SchemaOf[FedBack](),
	}
}

// Owe has whoever raised the signals be owed what comes of the recommendation.
func (e Drafted) Owe(d *pursuit.Debts, entry domain.Entry) { d.Answer(entry.Stream, e.Answers) }

// State is what decisions about a recommendation need. It is a value.
type State struct {
	versions int // of the text; 0: there is no recommendation
	answers  []domain.StreamID
	madeBy   Maker
	adopted  []domain.StreamID // at which meetings
	pursuit  pursuit.State
}

// Answers is the signals that it answers.
func (s State) Answers() []domain.StreamID { return slices.Clone(s.answers) }

func (e Drafted) evolve(s State) State {
	s.versions, s.answers, s.madeBy = 1, e.Answers, e.MadeBy
	return s
}

func (e Reworded) evolve(s State) State {
	s.versions = e.Version
	return s
}

func (e Adopted) evolve(s State) State {
	s.adopted = append(slices.Clip(s.adopted), e.Meeting)
	return s
}

func (e Scheduled) evolve(s State) State         { return s.after(e.Step()) }
func (e Unscheduled) evolve(s State) State       { return s.after(e.Step()) }
func (e Discussed) evolve(s State) State         { return s.after(e.Step()) }
func (e WentUnanswered) evolve(s State) State    { return s.after(e.Step()) }
func (e Decided) evolve(s State) State           { return s.after(e.Step()) }
func (e PromiseKept) evolve(s State) State       { return s.after(e.Step()) }
func (e PromiseBroken) evolve(s State) State     { return s.after(e.Step()) }
func (e PublicActionTaken) evolve(s State) State { return s.after(e.Step()) }
func (e CarriedOut) evolve(s State) State        { return s.after(e.Step()) }
func (e FedBack) evolve(s State) State           { return s.after(e.Step()) }

func (s State) after(step pursuit.Step) State {
	s.pursuit = s.pursuit.After(step)
	return s
}

// The refusals of recommendations; those shared with signals stand in package pursuit.
var (
	ErrNotFound      = domain.Refuse(domain.NotFound, "recommendation-not-found")
	ErrExists        = domain.Refuse(domain.Conflict, "recommendation-drafted-already")
	ErrAnswersNone   = domain.Refuse(domain.Invalid, "recommendation-answers-nothing")
	ErrAnsweredTwice = domain.Refuse(domain.Invalid, "signal-answered-twice")
	ErrMakerUnclear  = domain.Refuse(domain.Invalid, "maker-and-forum-differ")
)

package projections

import (
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/recommendation"
	"signaalboek/domain/signal"
)

// openPromise is a promise that was neither kept nor broken.
type openPromise struct {
	stream domain.StreamID
	number int
	by     domain.Date
	EditionPromise
}

// take takes up one thing that happened, in the order of the days.
func (l *editionLine) take(step TrajectoryStep) {
	switch event := step.Event.(type) {
	case signal.PickedUp:
		l.hear(step, event.Evidence)
	case signal.EvidenceLinked:
		l.hear(step, event.Evidence)
	case signal.Reopened:
		l.hear(step, event.Evidence)
	case recommendation.Drafted:
		l.heard = HalfYearOf(step.Meta.On)
	case signal.AnsweredByOwnOffer:
		l.tell(step, EditionStep{Stage: StageCarriedOut, What: event.What})
	}
	if pursued := stepOf(step.Event); pursued != nil {
		l.pursue(step, pursued)
	}
}

func (l *editionLine) hear(step TrajectoryStep, evidence signal.Evidence) {
	at := HalfYearOf(step.Meta.On)
	if l.heard == (HalfYear{}) {
		l.heard = at
	}
	l.settings = append(l.settings, heardAt{evidence.Setting, at})
}

// tell adds a step, unless one stands there that reads the same.
func (l *editionLine) tell(step TrajectoryStep, told EditionStep) {
	told.Said, told.In, told.Forum = step.Said, HalfYearOf(step.Meta.On), step.Forum
	if !slices.Contains(l.steps, told) {
		l.steps, l.behind = append(l.steps, told), append(l.behind, chainStep(step))
	}
}

func (l *editionLine) pursue(step TrajectoryStep, pursued pursuit.Step) {
	switch event := pursued.(type) {
	case pursuit.Scheduled:
		l.tell(step, EditionStep{Stage: StageRaised})
		l.awaits(step.Forum, true)
	case pursuit.Unscheduled:
		l.tell(step, EditionStep{Stage: StageRaised})
		l.awaits(step.Forum, false)
	case pursuit.Discussed:
		l.discuss(step, event)
	case pursuit.WentUnanswered:
		l.tell(step, EditionStep{Stage: StageDiscussed})
		l.awaits(step.Forum, false)
	case pursuit.Decided:
		l.tell(step, EditionStep{Stage: StageDecided, Verdict: event.Verdict, Why: event.Motivation, Reference: event.Reference})
		l.awaits(step.Forum, false)
	case pursuit.PromiseKept:
		l.tell(step, EditionStep{Stage: StageCarriedOut})
		l.settle(step)
	case pursuit.PromiseBroken: // it was talked about, and that was all
		l.tell(step, EditionStep{Stage: StageDiscussed})
		l.settle(step)
	case pursuit.PublicActionTaken:
		l.tell(step, EditionStep{Stage: StageRaised, What: event.What})
	case pursuit.CarriedOut:
		l.tell(step, EditionStep{Stage: StageCarriedOut, What: event.What})
		l.waiting = nil
	case pursuit.FedBack:
		l.tell(step, EditionStep{Stage: StageFedBack})
	}
}

func (l *editionLine) discuss(step TrajectoryStep, event pursuit.Discussed) {
	told := EditionStep{
		Stage: StageDiscussed, Outcome: event.Outcome, Why: event.Motivation, To: event.ForwardedTo,
		What: event.Promise, Due: HalfYearOf(event.PromiseBy),
	}
	l.tell(step, told)
	l.awaits(step.Forum, owesAnswer(event.Outcome))
	if event.ForwardedTo != "" {
		l.awaits(event.ForwardedTo, true)
	}
	if event.Outcome == pursuit.Promised {
		l.promises = append(l.promises, openPromise{step.Stream, step.Promise, event.PromiseBy, EditionPromise{
			Forum: step.Forum, Made: HalfYearOf(step.Meta.On), Due: told.Due, Promise: event.Promise,
		}})
	}
}

// awaits says whether a forum owes an answer from now on.
func (l *editionLine) awaits(forum domain.Code, answer bool) {
	l.waiting = slices.DeleteFunc(l.waiting, func(other domain.Code) bool { return other == forum })
	if answer {
		l.waiting = append(l.waiting, forum)
	}
}

// settle takes a promise off the open ones.
func (l *editionLine) settle(step TrajectoryStep) {
	l.promises = slices.DeleteFunc(l.promises, func(p openPromise) bool { return p.stream == step.Stream && p.number == step.Promise })
	l.awaits(step.Forum, false)
}

// stages is the stages in their order.
var stages = []Stage{StageHeard, StageRaised, StageDiscussed, StageDecided, StageCarriedOut, StageFedBack}

// reached is the furthest of the steps.
func (l *editionLine) reached() Stage {
	furthest := 0
	for _, step := range l.steps {
		furthest = max(furthest, slices.Index(stages, step.Stage))
	}
	return stages[furthest]
}

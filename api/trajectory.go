package api

import (
	"time"

	"signaalboek/domain"
	"signaalboek/projections"
)

// trajectoryOf is a trajectory as programs read it: the steps without who recorded them.
type trajectoryOf struct {
	ID              domain.StreamID
	Asked           domain.StreamID
	Steps           []stepOf
	Lineage         []projections.Kin
	Phases          []projections.PhaseTime
	Recommendations []domain.StreamID
	Answers         []domain.StreamID
}

type stepOf struct {
	Event    domain.EventID
	Name     string // of the event
	Stream   domain.StreamID
	Revision domain.Revision
	Position domain.Position
	On       domain.Date
	Recorded time.Time
	Lane     projections.Lane
	Said     projections.Said
	Forum    domain.Code
	Own      bool
	Promise  int
	Details  domain.Event // the event's own fields
}

func readTrajectory(a *asked) (answer, error) {
	past, ok, err := a.set.Signals.Trajectory(a.context(), a.site.Store, a.practice, a.id(), a.today)
	if err != nil {
		return answer{}, err
	}
	if !ok {
		return answer{}, errNoSuchThing
	}
	told := trajectoryOf{
		ID: past.ID, Asked: past.Asked, Lineage: past.Lineage, Phases: past.Phases,
		Recommendations: past.Recommendations, Answers: past.Answers,
	}
	for _, step := range past.Steps {
		told.Steps = append(told.Steps, stepOf{
			Event: step.ID, Name: step.Event.EventName(), Stream: step.Stream, Revision: step.Revision,
			Position: step.Position, On: step.Meta.On, Recorded: step.Meta.At, Lane: step.Lane, Said: step.Said,
			Forum: step.Forum, Own: step.Own, Promise: step.Promise, Details: step.Event,
		})
	}
	return whole(told)
}

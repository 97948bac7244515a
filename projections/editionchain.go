package projections

import (
	"context"
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/pursuit"
)

// ChainStep is the event behind one step that the edition of the council shows. What it says besides, others need not
// learn: so it comes with the fields that say nothing but what is printed there. Of steps that read the same, and so stand
// there once, it is the first: how many there were is not said.
type ChainStep struct {
	Of       EditionRef // the signal or recommendation
	Stream   domain.StreamID
	Revision domain.Revision
	Position domain.Position
	Printed  []string // names of fields
}

// Chain is the events behind the steps of signals and recommendations that the edition of the council shows, in the order
// of the log. The set must be one that Before folded up to where its figures were counted.
func (s *Set) Chain(ctx context.Context, of Edited) ([]ChainStep, error) {
	if !s.Position().Before(of.Release.Counted) {
		return nil, ErrNotBefore
	}
	e := s.editing(of)
	if err := e.read(ctx); err != nil {
		return nil, err
	}
	var chain []ChainStep
	for _, line := range slices.Concat(e.signals, e.recommendations) {
		for _, step := range line.behind {
			step.Of = line.ref
			chain = append(chain, step)
		}
	}
	slices.SortFunc(chain, func(a, b ChainStep) int { return a.Position.Compare(b.Position) })
	return chain, nil
}

// chainStep is the event of a step. Texts are not among what is printed: an event commits to them as they were sealed,
// which proves nothing to somebody who reads them. Nor are days: an edition tells half-years.
func chainStep(step TrajectoryStep) ChainStep {
	return ChainStep{Stream: step.Stream, Revision: step.Revision, Position: step.Position, Printed: printedOf(step.Event)}
}

// printedOf is the fields of a step whose content an edition prints as it stands.
func printedOf(event domain.Event) []string {
	switch stepOf(event).(type) {
	case pursuit.Scheduled, pursuit.Unscheduled, pursuit.WentUnanswered:
		return []string{"forum"}
	case pursuit.Discussed:
		return []string{"forum", "outcome", "forwardedTo"}
	case pursuit.Decided:
		return []string{"forum", "verdict", "reference"}
	}
	return nil
}

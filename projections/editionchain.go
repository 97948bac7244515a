package projections

import (
	"context"
	"slices"

	"signaalboek/domain"
)

// ChainStep is the event behind one step that the edition of the council shows. Of steps that read the same, and so stand
// there once, it is the first: how many there were is not said.
type ChainStep struct {
	Of       EditionRef // the signal or recommendation
	Name     string     // of the event
	Stream   domain.StreamID
	Revision domain.Revision
	Position domain.Position
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

func chainStep(step TrajectoryStep) ChainStep {
	return ChainStep{Name: step.Event.EventName(), Stream: step.Stream, Revision: step.Revision, Position: step.Position}
}

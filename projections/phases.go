package projections

import (
	"signaalboek/domain"
	"signaalboek/domain/recommendation"
	"signaalboek/domain/signal"
)

// phaseAfter is the phase after one more event of a signal or recommendation. The rule is that of signals; a
// recommendation walks the same road, and has its words from the start.
func phaseAfter(phase signal.Phase, event domain.Event) signal.Phase {
	if _, drafted := event.(recommendation.Drafted); drafted {
		return signal.Analysing
	}
	return phase.After(event)
}

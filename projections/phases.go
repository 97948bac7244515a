package projections

import (
	"signaalboek/domain"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/recommendation"
	"signaalboek/domain/signal"
)

// Phase is how far a signal came, after the eight phases of the Ghent signal policy (code list phase). It is the
// furthest that any step of the whole reached since it was picked up or reopened.
type Phase uint8

// The phases, and the steps by which a signal enters each.
const (
	Noticing   Phase = iota + 1 // picked up
	Collecting                  // first wording noted, more evidence linked, recognised by the focusgroep
	Bundling                    // others were bundled into it
	Analysing                   // worded, weighed, mandate given or refused
	Reporting                   // scheduled, discussed, gone unanswered, brought into public debate
	Deciding                    // taken up, promised or declined in a discussion; decided
	Acting                      // carried out, promise kept or broken, answered by own offer
	Telling                     // fed back
)

var phaseCodes = [...]domain.Code{
	"", "opmerken", "verzamelen", "bundelen", "analyseren", "rapporteren", "beslissen", "uitvoeren", "terugkoppelen",
}

// Code is the phase in the code list phase.
func (p Phase) Code() domain.Code {
	if int(p) < len(phaseCodes) {
		return phaseCodes[p]
	}
	return ""
}

// PhaseOf is the phase with a code; false if there is none.
func PhaseOf(code domain.Code) (Phase, bool) {
	for phase, known := range phaseCodes {
		if code == known && phase > 0 {
			return Phase(phase), true
		}
	}
	return 0, false
}

// reachedBy is the phase that an event brings a thing to, if it was not further already; 0 if it moves nothing.
func reachedBy(event domain.Event) Phase {
	switch event := event.(type) {
	case signal.PickedUp:
		return Noticing
	case signal.Noted, signal.EvidenceLinked, signal.Recognised, signal.Reopened:
		return Collecting
	case signal.Worded, signal.Weighed, signal.MandateGiven, signal.MandateRefused, signal.OtherWordingAsked,
		recommendation.Drafted:
		return Analysing
	case signal.AnsweredByOwnOffer:
		return Acting
	case interface{ Step() pursuit.Step }:
		return reachedByStep(event.Step())
	}
	return 0
}

func reachedByStep(step pursuit.Step) Phase {
	switch step := step.(type) {
	case pursuit.Discussed:
		switch step.Outcome {
		case pursuit.TakenUp, pursuit.Promised, pursuit.Declined:
			return Deciding
		}
		return Reporting
	case pursuit.Scheduled, pursuit.WentUnanswered, pursuit.PublicActionTaken:
		return Reporting
	case pursuit.Decided:
		return Deciding
	case pursuit.PromiseKept, pursuit.PromiseBroken, pursuit.CarriedOut:
		return Acting
	case pursuit.FedBack:
		return Telling
	}
	return 0
}

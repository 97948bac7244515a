package signal

import (
	"signaalboek/domain"
	"signaalboek/domain/pursuit"
)

// Phase is how far a thing came, in the eight phases of the Ghent signal policy (code list vocabulary.Phases). It is of
// one byte, so that whoever keeps one of every signal keeps them cheaply: start from the zero Phase, that of what does
// not exist yet, and take After of each event of the thing, and of all that is bundled into it, in the order of the log.
// A recommendation walks the same road: it starts at Analysing.
type Phase uint8

// The phases, in their order.
const (
	Noticing   Phase = iota + 1 // picked up
	Collecting                  // noted, heard once more, recognised by the focusgroep
	Bundling                    // others were bundled into it
	Analysing                   // worded, weighed, the focusgroep spoke about its mandate
	Reporting                   // on an agenda, discussed, unanswered, in public debate
	Deciding                    // a forum took it up, promised, declined or decided
	Acting                      // carried out, a promise kept or broken, answered by own offer
	Telling                     // fed back
)

// phaseCodes is the code of each phase, by its number.
var phaseCodes = [...]domain.Code{
	"", "opmerken", "verzamelen", "bundelen", "analyseren", "rapporteren", "beslissen", "uitvoeren", "terugkoppelen",
}

// Code is the phase as a code of vocabulary.Phases; empty for none.
func (p Phase) Code() domain.Code {
	if int(p) < len(phaseCodes) {
		return phaseCodes[p]
	}
	return ""
}

// PhaseOf is the phase of a code; false if it is the code of none.
func PhaseOf(code domain.Code) (Phase, bool) {
	for p := Noticing; p <= Telling; p++ {
		if phaseCodes[p] == code {
			return p, true
		}
	}
	return 0, false
}

// After is the phase after one more event. What is learnt of a signal moves it on, never back: evidence that is linked
// to a signal on an agenda leaves it there. What is done with it says where it is: a forum that takes it up again after
// it was fed back is a new round.
func (p Phase) After(event domain.Event) Phase {
	switch e := event.(type) {
	case PickedUp:
		return max(p, Noticing)
	case Noted, EvidenceLinked, Recognised:
		return max(p, Collecting)
	case Worded, Weighed, MandateGiven, MandateRefused, OtherWordingAsked:
		return max(p, Analysing)
	case Reopened:
		return Collecting
	case AnsweredByOwnOffer:
		return Acting
	case interface{ Step() pursuit.Step }:
		return p.afterStep(e.Step())
	}
	return p
}

// AfterBundling is the phase of the whole after other signals were bundled into this one.
func (p Phase) AfterBundling() Phase { return max(p, Bundling) }

func (p Phase) afterStep(step pursuit.Step) Phase {
	switch e := step.(type) {
	case pursuit.Scheduled, pursuit.WentUnanswered, pursuit.PublicActionTaken:
		return Reporting
	case pursuit.Unscheduled:
		return p.afterTakingOff()
	case pursuit.Discussed:
		return afterDiscussion(e.Outcome)
	case pursuit.Decided:
		return Deciding
	case pursuit.PromiseKept, pursuit.PromiseBroken, pursuit.CarriedOut:
		return Acting
	case pursuit.FedBack:
		return Telling
	}
	return p
}

// afterTakingOff is the phase of what was taken off an agenda: if that is as far as it came, it is thought over again.
func (p Phase) afterTakingOff() Phase {
	if p == Reporting {
		return Analysing
	}
	return p
}

// afterDiscussion is the phase after a forum talked about it. Who noted, deferred or sent it on took no stand.
func afterDiscussion(outcome pursuit.Outcome) Phase {
	switch outcome {
	case pursuit.TakenUp, pursuit.Promised, pursuit.Declined:
		return Deciding
	}
	return Reporting
}

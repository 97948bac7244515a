package signal

import (
	"signaalboek/domain"
	"signaalboek/domain/pursuit"
)

// Phase is how far a signal came, in the eight phases of the Ghent signal policy: a code of vocabulary.Phases. The zero
// Phase is that of a signal that does not exist yet.
type Phase domain.Code

// The phases, in their order.
const (
	Noticing   Phase = "opmerken"
	Collecting Phase = "verzamelen"
	Bundling   Phase = "bundelen"
	Analysing  Phase = "analyseren"
	Reporting  Phase = "rapporteren"
	Deciding   Phase = "beslissen"
	Acting     Phase = "uitvoeren"
	Telling    Phase = "terugkoppelen"
)

// Phases is all phases, in their order.
func Phases() []Phase {
	return []Phase{Noticing, Collecting, Bundling, Analysing, Reporting, Deciding, Acting, Telling}
}

// After is the phase after one more event of the signal. What is learnt of a signal moves it on, never back: evidence
// that is linked to a signal on an agenda leaves it there. What is done with it says where it is: a forum that takes it
// up again after it was fed back is a new round.
func (p Phase) After(event domain.Event) Phase {
	switch e := event.(type) {
	case PickedUp:
		return p.atLeast(Noticing)
	case Noted, EvidenceLinked:
		return p.atLeast(Collecting)
	case Worded, Weighed:
		return p.atLeast(Analysing)
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
func (p Phase) AfterBundling() Phase { return p.atLeast(Bundling) }

func (p Phase) afterStep(step pursuit.Step) Phase {
	switch e := step.(type) {
	case pursuit.Scheduled, pursuit.WentUnanswered, pursuit.PublicActionTaken:
		return Reporting
	case pursuit.Unscheduled:
		return p.back(Reporting, Analysing)
	case pursuit.Discussed:
		return afterDiscussion(e.Outcome)
	case pursuit.Decided:
		return Deciding
	case pursuit.PromiseKept, pursuit.CarriedOut:
		return Acting
	case pursuit.FedBack:
		return Telling
	}
	return p
}

func afterDiscussion(outcome pursuit.Outcome) Phase {
	if outcome == pursuit.Promised {
		return Deciding
	}
	return Reporting
}

// back is to for a signal that stands at from; any other stays where it is.
func (p Phase) back(from, to Phase) Phase {
	if p == from {
		return to
	}
	return p
}

func (p Phase) atLeast(other Phase) Phase {
	if p.rank() < other.rank() {
		return other
	}
	return p
}

// rank is the place of a phase in their order, from 1; 0 for none.
func (p Phase) rank() int {
	for i, phase := range Phases() {
		if p == phase {
			return i + 1
		}
	}
	return 0
}

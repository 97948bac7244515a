package signal

import (
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/pursuit"
)

// State is what decisions about a signal need. It is a value: evolving it leaves what it was before untouched.
type State struct {
	exists       bool
	evidence     []Evidence
	versions     int // of the statement; 0: not worded
	weighed      bool
	structural   bool
	keeper       domain.Code
	ofFocusgroep bool // it raised or recognised it
	recognitions []Recognised
	mandate      mandate
	meeting      domain.StreamID // where the mandate was last spoken of
	parked       bool
	closed       ClosingReason // empty: open
	reactions    []ReactionHeard
	pursuit      pursuit.State
}

// mandate is the last word of the focusgroep.
type mandate int

const (
	noMandate mandate = iota
	mandateGiven
	mandateRefused
	otherWording // it may go further once it is worded again
)

// Fact is what other aggregates ask of this signal; found is false if it does not exist.
func (s State) Fact() (fact pursuit.SignalFact, found bool) {
	return pursuit.SignalFact{
		Closed:         s.closed != "",
		OfFocusgroep:   s.ofFocusgroep,
		MandateGiven:   s.mandate == mandateGiven,
		MandateRefused: s.mandate == mandateRefused,
	}, s.exists
}

// withEvidence adds evidence; what the focusgroep said makes it a signal of the focusgroep.
func (s State) withEvidence(e Evidence) State {
	s.evidence = append(slices.Clip(s.evidence), e)
	s.ofFocusgroep = s.ofFocusgroep || e.Setting.OfFocusgroep()
	return s
}

func (e PickedUp) evolve(s State) State {
	s.exists = true
	s.ofFocusgroep = e.From == FromFocusgroep
	return s.withEvidence(e.Evidence)
}

func (e Noted) evolve(s State) State          { return s }
func (e EvidenceLinked) evolve(s State) State { return s.withEvidence(e.Evidence) }

func (e Worded) evolve(s State) State {
	s.versions = e.Version
	if s.mandate == otherWording {
		s.mandate = mandateGiven
	}
	return s
}

func (e Weighed) evolve(s State) State {
	s.weighed, s.structural = true, e.Structural
	return s
}

func (e KeeperNamed) evolve(s State) State {
	s.keeper = e.Role
	return s
}

func (e Recognised) evolve(s State) State {
	s.recognitions = append(slices.Clip(s.recognitions), e)
	s.ofFocusgroep = true
	return s
}

func (e MandateGiven) evolve(s State) State      { return s.spoken(mandateGiven, e.Meeting) }
func (e MandateRefused) evolve(s State) State    { return s.spoken(mandateRefused, e.Meeting) }
func (e OtherWordingAsked) evolve(s State) State { return s.spoken(otherWording, e.Meeting) }

func (s State) spoken(word mandate, meeting domain.StreamID) State {
	s.mandate, s.meeting = word, meeting
	return s
}

func (e Scheduled) evolve(s State) State          { return s.after(e.Step()) }
func (e Unscheduled) evolve(s State) State        { return s.after(e.Step()) }
func (e Discussed) evolve(s State) State          { return s.after(e.Step()) }
func (e WentUnanswered) evolve(s State) State     { return s.after(e.Step()) }
func (e Decided) evolve(s State) State            { return s.after(e.Step()) }
func (e PromiseKept) evolve(s State) State        { return s.after(e.Step()) }
func (e PromiseBroken) evolve(s State) State      { return s.after(e.Step()) }
func (e PublicActionTaken) evolve(s State) State  { return s.after(e.Step()) }
func (e CarriedOut) evolve(s State) State         { return s.after(e.Step()) }
func (e AnsweredByOwnOffer) evolve(s State) State { return s }

func (s State) after(step pursuit.Step) State {
	s.pursuit = s.pursuit.After(step)
	return s
}

// Feedback opens a new round of reactions in its setting.
func (e FedBack) evolve(s State) State {
	s.reactions = slices.DeleteFunc(slices.Clone(s.reactions), func(r ReactionHeard) bool { return r.Setting == e.Setting })
	return s.after(e.Step())
}

func (e ReactionHeard) evolve(s State) State {
	s.reactions = append(slices.Clip(s.reactions), e)
	return s
}

func (e Parked) evolve(s State) State {
	s.parked = true
	return s
}

func (e Resumed) evolve(s State) State {
	s.parked = false
	return s
}

func (e Closed) evolve(s State) State {
	s.closed, s.parked = e.Reason, false
	return s
}

func (e Reopened) evolve(s State) State {
	s.closed = ""
	return s.withEvidence(e.Evidence)
}

package pursuit

import (
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// Needs says which other streams a decision looks at. The ledger reads them just before deciding and puts what it found
// in the facts of the aggregate. What belongs to another practice counts as not found.
type Needs struct {
	Contacts []domain.StreamID
	Meetings []domain.StreamID // of the focusgroep
	Sessions []domain.StreamID
	Signals  []domain.StreamID
	Wholes   bool // also what those signals are pursued with: the Whole of each
	Bundles  bool // what the thing was bundled into, and whether it was split
	Members  bool // what was bundled into it: the SignalFact of each
	Debts    bool // to whom answers are owed for it
}

// SignalFact is what other aggregates ask of a signal: see State.Fact in package signal.
type SignalFact struct {
	Closed         bool
	OfFocusgroep   bool // the focusgroep raised or recognised it
	MandateGiven   bool
	MandateRefused bool
}

// Refused reports whether the focusgroep keeps it from going further.
func (f SignalFact) Refused() bool { return f.OfFocusgroep && f.MandateRefused }

// Whole is what is asked of a signal and of all that is pursued with it: what it was bundled with, or split into.
type Whole struct {
	SignalFact              // of the signal that the others go with
	Others     []SignalFact // of each of those
}

// Refused reports whether the focusgroep keeps any of it from going further. Bundling is no way around a refusal.
func (w Whole) Refused() bool {
	return w.SignalFact.Refused() || slices.ContainsFunc(w.Others, SignalFact.Refused)
}

// Mandated reports whether the focusgroep was heard: it gave its mandate to the whole, or to each part of it that is its
// own. What is not its own needs none.
func (w Whole) Mandated() bool {
	missing := func(f SignalFact) bool { return f.OfFocusgroep && !f.MandateGiven }
	return w.MandateGiven || !missing(w.SignalFact) && !slices.ContainsFunc(w.Others, missing)
}

// Facts is what a step of a pursuit looks at besides its own state.
type Facts struct {
	On        domain.Date // the day it happened
	Book      vocabulary.Book
	Standings []Standing // of every setting that raised it, or anything that counts for it: Debts.Standings
}

// standingOf is how things stand with one setting.
func (f Facts) standingOf(s Setting) (Standing, bool) {
	for _, standing := range f.Standings {
		if standing.Setting == s {
			return standing, true
		}
	}
	return Standing{}, false
}

// Answered reports whether anything came of it yet.
func (f Facts) Answered() bool {
	return slices.ContainsFunc(f.Standings, func(s Standing) bool { return s.Answered })
}

package disclosure

import (
	"slices"

	"signaalboek/domain"
)

// Danger is what somebody could find out. Its values are stable: they stand in reports.
type Danger string

// The dangers.
const (
	TooFewValues    Danger = "too-few-values"    // how many are in a small group could be told but for three or fewer
	PresenceCertain Danger = "presence-certain"  // that somebody is in a small group at all
	ListTells       Danger = "list-tells"        // something sensitive of everybody on a list of who was there
	TogetherTell    Danger = "together-tell"     // the same, by up to three participants who differ from all others
	TooFewBehind    Danger = "too-few-behind"    // requests of fewer than five people, or half of them of one
	SmallDifference Danger = "small-difference"  // between two releases, told exactly: fewer than twenty, or as too-few-behind
	Contradicted    Danger = "foreign-disagrees" // what others published is not true of what was counted
)

// Report is the verdict of the gate, in what it did and never in numbers of people: it may be shown to whoever confirms a
// release.
type Report struct {
	Period    Period
	Catalogue int // version
	Passed    bool
	Targets   int // small groups that had to be hidden
	Widened   []Widening
	Dangers   []Danger // what is left, if it did not pass
}

// Widening is what became of one table, and why.
type Widening struct {
	Table   domain.Code
	From    Width // the width from which the gate began
	To      Width
	Dangers []Danger // in order, each once
}

// widened adds that a table became wider.
func (r *Report) widened(table domain.Code, from, to Width, why []Danger) {
	i := slices.IndexFunc(r.Widened, func(w Widening) bool { return w.Table == table })
	if i < 0 {
		i = len(r.Widened)
		r.Widened = append(r.Widened, Widening{Table: table, From: from})
	}
	w := &r.Widened[i]
	w.To = to
	w.Dangers = append(w.Dangers, why...)
	slices.Sort(w.Dangers)
	w.Dangers = slices.Compact(w.Dangers)
}

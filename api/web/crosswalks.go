package web

import (
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// CrosswalksPage is which lists are reported in the groups of which.
type CrosswalksPage struct {
	Lines  []CrosswalkLine
	Choose Form
	Lists  []Option
}

// CrosswalkLine is one list that is reported in another, so many times otherwise.
type CrosswalkLine struct {
	From     domain.Code
	To       domain.Code
	Versions int
}

// Add counts one more crosswalk between two lists.
func (p *CrosswalksPage) Add(from, to domain.Code) {
	same := func(line CrosswalkLine) bool { return line.From == from && line.To == to }
	at := slices.IndexFunc(p.Lines, same)
	if at < 0 {
		p.Lines, at = append(p.Lines, CrosswalkLine{From: from, To: to}), len(p.Lines)
	}
	p.Lines[at].Versions++
}

// Title names both lists.
func (l CrosswalkLine) Title() string { return crosswalkTitle(l.From, l.To) }

func crosswalkTitle(from, to domain.Code) string {
	return T("crosswalks.pair", Word("list", from), Word("list", to))
}

// CrosswalkPage is how one list was reported in the groups of another, newest first, with a form for the next time.
type CrosswalkPage struct {
	From     domain.Code
	To       domain.Code
	Today    domain.Date
	Versions []vocabulary.Crosswalk
	Form     Form
	Terms    []vocabulary.Term
	Groups   []Option
}

// Title names both lists.
func (p CrosswalkPage) Title() string { return crosswalkTitle(p.From, p.To) }

// Choosable is the terms that can be led to a group: what is offered, and what is led to one already.
func (p CrosswalkPage) Choosable() []vocabulary.Term {
	return slices.DeleteFunc(slices.Clone(p.Terms), func(term vocabulary.Term) bool {
		return term.Retired && p.Form.Value(GroupField(term.Code)) == ""
	})
}

// State says of a crosswalk whether it holds today.
func (p CrosswalkPage) State(i int) string {
	switch {
	case p.Versions[i].Since > p.Today:
		return T("crosswalks.future")
	case i > 0 && p.Versions[i-1].Since <= p.Today:
		return T("crosswalks.past")
	}
	return T("crosswalks.current")
}

// Start is since when a crosswalk holds.
func (p CrosswalkPage) Start(i int) string {
	if since := p.Versions[i].Since; !since.IsZero() {
		return T("crosswalks.since", Date(since))
	}
	return T("crosswalks.start")
}

// GroupField is the field with the group that a term leads to.
func GroupField(term domain.Code) string { return "group/" + string(term) }

func (CrosswalksPage) page() string { return "crosswalks" }
func (CrosswalkPage) page() string  { return "crosswalk" }

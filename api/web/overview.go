package web

import (
	"cmp"
	"maps"
	"slices"

	"signaalboek/domain/pursuit"
	"signaalboek/projections"
)

// OverviewPage is the politiseren overview of a period, exact, for inside.
type OverviewPage struct {
	Filter          Form
	Overview        projections.Overview
	Signals         []OverviewCard
	Recommendations []OverviewCard
	AsOf            AsOf
}

// OverviewCard is one signal or recommendation of an overview, with its text opened.
type OverviewCard struct {
	projections.OverviewLine
	Wording string
}

// Funnel is how much of what was heard went how far.
func (p OverviewPage) Funnel() Funnel {
	funnel := Funnel{ID: "trechter"}
	for _, step := range p.Overview.Funnel {
		funnel.Stages = append(funnel.Stages, Stage{Label: Word("funnel", step.Step), N: step.Count})
	}
	return funnel
}

// OutcomeCount is how many discussions had an outcome.
type OutcomeCount struct {
	Outcome pursuit.Outcome
	N       int
}

// Outcomes is what came of discussions, the most frequent first.
func (p OverviewPage) Outcomes() []OutcomeCount {
	var counts []OutcomeCount
	for _, outcome := range slices.Sorted(maps.Keys(p.Overview.Decided.Outcomes)) {
		counts = append(counts, OutcomeCount{outcome, p.Overview.Decided.Outcomes[outcome]})
	}
	slices.SortStableFunc(counts, func(a, b OutcomeCount) int { return cmp.Compare(b.N, a.N) })
	return counts
}

// SearchPage is what was found.
type SearchPage struct {
	Query string
	Asked bool
	Hits  []HitLine
}

// HitLine is one thing that was found, and where it leads.
type HitLine struct {
	projections.Hit
	Href string
}

// Piece is a stretch of a snippet.
type Piece struct {
	Text   string
	Marked bool
}

// Pieces is the snippet, cut where words were found.
func (h HitLine) Pieces() []Piece {
	var pieces []Piece
	at := 0
	for _, mark := range h.Marks {
		if mark.From < at || mark.To < mark.From || mark.To > len(h.Snippet) {
			continue
		}
		pieces = append(pieces, Piece{Text: h.Snippet[at:mark.From]}, Piece{Text: h.Snippet[mark.From:mark.To], Marked: true})
		at = mark.To
	}
	return append(pieces, Piece{Text: h.Snippet[at:]})
}

func (OverviewPage) page() string { return "overview" }
func (SearchPage) page() string   { return "search" }

// OnCard is a card with the view that its sentences need.
type OnCard struct {
	View View
	Card OverviewCard
}

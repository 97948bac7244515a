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

// amount is so many of something, as the key of its sentence. None at all is not said.
type amount struct {
	n   int
	key string
}

func sayAmounts(all ...amount) []string {
	var said []string
	for _, each := range all {
		if each.n > 0 {
			said = append(said, Plural(each.n, each.key))
		}
	}
	return said
}

// Did is what one forum was asked and did: only what there is.
func (OverviewPage) Did(forum projections.ForumCount) []string {
	return sayAmounts(
		amount{forum.Scheduled, "did.scheduled"}, amount{forum.Discussed, "did.discussed"},
		amount{forum.Decided, "did.decided"}, amount{forum.Promises, "did.promises"},
		amount{forum.Unanswered, "did.unanswered"},
	)
}

// Answers is what was decided, promised and done, and what discussions came to: only what there is.
func (p OverviewPage) Answers() []string {
	decided := p.Overview.Decided
	said := sayAmounts(
		amount{decided.Adopted, "decided.adopted"}, amount{decided.Partly, "decided.partly"},
		amount{decided.Rejected, "decided.rejected"}, amount{decided.Promises, "decided.promises"},
		amount{decided.Kept, "decided.kept"}, amount{decided.Broken, "decided.broken"},
		amount{decided.CarriedOut, "decided.carried-out"}, amount{decided.OwnOffer, "decided.own-offer"},
		amount{decided.Unanswered, "decided.unanswered"},
	)
	if outcomes := p.outcomes(); len(outcomes) > 0 {
		said = append(said, T("decided.outcomes", join(outcomes)))
	}
	return said
}

// outcomes is what came of discussions, the most frequent first.
func (p OverviewPage) outcomes() []string {
	counts := p.Overview.Decided.Outcomes
	frequent := slices.SortedStableFunc(slices.Values(slices.Sorted(maps.Keys(counts))), func(a, b pursuit.Outcome) int {
		return cmp.Compare(counts[b], counts[a])
	})
	said := make([]string, len(frequent))
	for i, outcome := range frequent {
		said[i] = Plural(counts[outcome], "times") + " " + Word("outcome", outcome)
	}
	return said
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

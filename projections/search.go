package projections

import "signaalboek/domain"

// HitKind is what sort of thing was found: where the hit leads.
type HitKind string

// The kinds of hit.
const (
	SignalHit         HitKind = "signal"
	RecommendationHit HitKind = "recommendation"
	ThemeHit          HitKind = "theme"
	ForumHit          HitKind = "forum"
)

// HitField is in which text it was found.
type HitField string

// The texts that are searched.
const (
	InStatement  HitField = "statement" // of a signal, or the text of a recommendation
	InWording    HitField = "wording"   // the first one
	InMotivation HitField = "motivation"
	InPromise    HitField = "promise"
	InReason     HitField = "reason" // of a weighing, a pause or a reopening
	InAnswer     HitField = "answer" // what was carried out, offered, done in public or told back
	InLabel      HitField = "label"  // of a theme or forum, or one of its aliases
)

// Hit is one thing in which every word asked for occurs.
type Hit struct {
	Kind    HitKind
	ID      domain.StreamID // of a signal or recommendation
	Code    domain.Code     // of a theme or forum
	Field   HitField
	On      domain.Date // the day of the text
	Snippet string
	Marks   []Span // of the words in Snippet, in order, not overlapping
}

// Span is from byte From up to byte To of a text.
type Span struct{ From, To int }

// search finds words in opened texts. Words are compared without accents and capitals, and are found inside others:
// "participatie" finds "vrijetijdsparticipatie". Every word asked for must occur in one text. The order is plain: texts
// in which all words begin a word come before those in which one stands inside another; statements before first
// wordings before the rest; then the newest first.
//
//	(s *Set) Find(ctx, practice, query string, limit int) ([]Hit, error)

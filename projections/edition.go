package projections

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/disclosure"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/recommendation"
	"signaalboek/domain/release"
	"signaalboek/domain/signal"
	"signaalboek/domain/vocabulary"
)

// Editions is what the documents of a release say, each for its own readers. Everybody may see it, so it holds nothing
// else: whatever a document, a table or a workbook shows is taken from here. What each reader may not see has no field.
//
// Days are half-years. Numbers of people are bands that the gate let through. What else is a number is about signals,
// meetings of the focusgroep or steps in forums, and follows from what the same edition tells line by line, so that it
// adds nothing. Texts are sealed: whoever renders them opens them.
type Editions struct {
	Council   CouncilEdition
	Residents ResidentsEdition
	Partners  []PartnerEdition // one for each forum that had a signal on its agenda, by the label of the forum
}

// Edited is what editions are made of, beside the log.
type Edited struct {
	Practice  domain.PracticeID
	Release   Release         // with its sentences as they stand
	Catalogue int             // version
	Figures   []PeriodFigures // oldest first: what earlier releases show that still stand, and, last, what this one does
}

// PeriodFigures is what a release shows in figures.
type PeriodFigures struct {
	Period release.Period
	Tables []disclosure.Published
}

// ErrNotBefore is a set that does not stand where the figures of a release were counted: see Before.
var ErrNotBefore = errors.New("projections: the set does not stand before the proposal of the release")

// Editions is the editions of a release. The set must be one that Before folded up to where its figures were counted.
func (s *Set) Editions(ctx context.Context, of Edited) (Editions, error) {
	if !s.Position().Before(of.Release.Counted) {
		return Editions{}, ErrNotBefore
	}
	e := s.editing(of)
	if err := e.read(ctx); err != nil {
		return Editions{}, err
	}
	return Editions{Council: e.council(), Residents: e.residents(), Partners: e.partners()}, nil
}

// EditionHead is what stands at the top of every edition, and what the coordinator says in it.
type EditionHead struct {
	Practice  string // its name
	Period    release.Period
	Sentences []EditionSentence // in the order in which they are read
	Texts     []uuid.UUID       // the keys of all sealed texts in the edition, in their order, each once
}

// EditionSentence is what the coordinator says in one place.
type EditionSentence struct {
	Place release.Place
	Text  domain.Sealed
}

// CouncilEdition is the overview for the council, and for everybody who wants to know it exactly.
type CouncilEdition struct {
	EditionHead
	Figures         []PeriodFigures
	Themes          []EditionTheme // recurring first, then by label; those that nobody talked about too
	Signals         []EditionSignal
	Forums          []EditionForum // where any of those was raised, by label
	Promises        []EditionPromise
	Debts           []EditionDebt
	Recommendations []EditionRecommendation
	Neighbourhood   []vocabulary.Indicator
	Method          EditionMethod
}

// ResidentsEdition is one page: what we heard, what was decided and why, what comes next. Each list has a few rows; More
// says whether there are others, which stand in the edition of the council.
type ResidentsEdition struct {
	EditionHead
	Themes  []EditionTheme  // recurring ones
	Heard   []EditionSignal // in the period
	Decided []EditionAnswer // in the period
	Next    []EditionPromise
	Waiting []EditionWait
	More    bool
}

// PartnerEdition is for one forum: wording, themes and steps of the signals on its agenda. There is no count in it, no
// setting and no evidence.
type PartnerEdition struct {
	EditionHead
	Forum           domain.Code
	Signals         []PartnerSignal
	Promises        []EditionPromise // of this forum
	Recommendations []EditionRecommendation
}

// EditionRef is by what name the lines of one edition refer to each other, such as S3 for a signal and A1 for a
// recommendation (aanbeveling). It means something in that edition only.
type EditionRef string

// Stage is how far a signal came, as an edition tells it.
type Stage string

// The stages, in their order.
const (
	StageHeard      Stage = "heard"
	StageRaised     Stage = "raised" // on the agenda of a forum, or in public
	StageDiscussed  Stage = "discussed"
	StageDecided    Stage = "decided"
	StageCarriedOut Stage = "carried-out" // also: a promise was kept; an offer of the practice's own
	StageFedBack    Stage = "fed-back"
)

// EditionSignal is one worded signal: a whole, if others were bundled into it.
type EditionSignal struct {
	PartnerSignal
	Recurring bool             // one of its themes is
	Settings  []EditionSetting // where it was heard, as far as that may be said
}

// PartnerSignal is what partners see of a signal too.
type PartnerSignal struct {
	Ref       EditionRef
	Statement domain.Sealed
	Themes    []domain.Code
	Heard     HalfYear // first
	Reached   Stage    // the furthest of its steps
	Steps     []EditionStep
	Closed    signal.ClosingReason // none: it is open
}

// EditionSetting is where a signal was heard. Only what at least five people were part of is said.
type EditionSetting struct {
	Kind     pursuit.SettingKind
	Activity domain.Code // of a session or an activity
	In       HalfYear    // of a meeting or session; of an activity its year only
}

// EditionStep is one step of a signal or recommendation. Steps that would read the same stand once: how many settings
// were told in a half-year is not said.
type EditionStep struct {
	Stage     Stage
	Said      Said // "scheduled", "discussed", "decided", "promise-kept", "carried-out", "fed-back" …
	In        HalfYear
	Forum     domain.Code // none for what happened outside forums
	Outcome   pursuit.Outcome
	Verdict   pursuit.Verdict
	Why       domain.Sealed      // the motivation
	What      domain.Sealed      // what was promised, carried out or done in public
	Due       HalfYear           // of a promise; none: no day was promised
	To        domain.Code        // the forum that it was sent on to
	Reference *pursuit.Reference // official publication of a decision
}

// EditionTheme is what the focusgroep talked about.
type EditionTheme struct {
	Theme     domain.Code
	Recurring bool
	Meetings  int          // of the last Window that were held, it was talked about in so many: a number of meetings
	Window    int          // how many those are
	Since     HalfYear     // the first meeting that ever talked about it; none: nobody did
	Trend     int          // 1: it weighs more than in as many meetings before, -1: less, 0: as much
	Signals   []EditionRef // of this edition, with the theme
}

// EditionForum is how one forum follows up what was raised there, counted over the steps that the edition shows.
type EditionForum struct {
	Forum      domain.Code
	Raised     []EditionRef // what was on its agenda
	Waiting    []EditionRef // of those, what it has neither decided nor answered otherwise
	ToDiscuss  EditionTime  // from the agenda to the first discussion there
	ToDecide   EditionTime  // from the agenda to the first decision there
	ToCarryOut EditionTime  // from the agenda until it was carried out
}

// EditionTime is how long something took, in half-years begun: 0 is within the half-year.
type EditionTime struct {
	Cases   int // 0: nothing is known
	Median  int // of an even number of cases: the lower of the middle two
	Longest int
}

// EditionPromise is a promise of a forum that was neither kept nor broken.
type EditionPromise struct {
	Of        EditionRef
	Statement domain.Sealed // of the signal or recommendation
	Forum     domain.Code
	Made      HalfYear
	Due       HalfYear // none: no day was promised
	Overdue   bool     // on the day of the proposal
	Promise   domain.Sealed
}

// EditionDebt is how many times a kind of setting was not told yet what came of something that it raised.
type EditionDebt struct {
	Kind   pursuit.SettingKind
	Unpaid disclosure.Band
}

// EditionRecommendation is a recommendation that the focusgroep adopted or that was raised in a forum, and its fate.
type EditionRecommendation struct {
	Ref     EditionRef
	Text    domain.Sealed
	MadeBy  recommendation.Maker
	Forum   domain.Code // which one, if a forum made it
	Adopted bool        // by the focusgroep
	Answers []EditionRef
	Reached Stage // StageHeard: nothing was done with it yet
	Steps   []EditionStep
}

// EditionAnswer is something that a forum decided or said about a signal, with why.
type EditionAnswer struct {
	Of        EditionRef
	Statement domain.Sealed
	Step      EditionStep
}

// EditionWait is a signal about which a forum still owes an answer.
type EditionWait struct {
	Of        EditionRef
	Statement domain.Sealed
	Forum     domain.Code
}

// EditionMethod is what the method note says.
type EditionMethod struct {
	Catalogue   int // version
	Widths      []EditionWidth
	Definitions []EditionDefinition
	Limits      []Limit
}

// EditionWidth is how wide the bands of one table are.
type EditionWidth struct {
	Table domain.Code
	Width disclosure.Width
}

// EditionDefinition is by which definition something was counted.
type EditionDefinition struct {
	Figure vocabulary.Figure
	Break  bool // before the first year of this definition it was counted otherwise: both are no series
}

// Limit is something that a release does not promise or does not count, which its method note says.
type Limit string

// The limits.
const (
	LimitGuesses      Limit = "guesses"      // it bounds what follows from our tables, not what somebody guesses
	LimitOutside      Limit = "outside"      // nor what follows together with what others know or publish
	LimitColluders    Limit = "colluders"    // of people who put together what each knows, samples were tried
	LimitWidening     Limit = "widening"     // what somebody infers from seeing that a table was widened was not tried
	LimitRequests     Limit = "requests"     // who came or is gone was tried for what they are, not for what they asked
	LimitUnrecognised Limit = "unrecognised" // who was not recognised counts as a contact, never as a person
	LimitFocusgroep   Limit = "focusgroep"   // of the focusgroep only meetings and people present are counted
	LimitYears        Limit = "years"        // people of two years cannot be told apart
	LimitCorrections  Limit = "corrections"  // what was corrected since counts in the next release
	LimitProof        Limit = "proof"        // what proves the release tells how much was recorded, and when steps were
)

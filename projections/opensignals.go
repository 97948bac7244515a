package projections

import (
	"signaalboek/domain"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/signal"
)

// SignalFilter chooses signals of a practice and says in which order. The zero filter is every open signal, the one
// that was heard first at the top. Every condition must hold; a list holds if one of its codes does. Conditions are
// about the whole: what is true of a bundled signal is true of what it was bundled into.
type SignalFilter struct {
	Among        []domain.StreamID // only these, bundled ones stand for their whole; nil: no condition
	Status       SignalStatus
	Themes       []domain.Code
	Thresholds   []domain.Code
	TargetGroups []domain.Code
	From         []signal.Origin
	Phases       []Phase
	States       []State
	Next         []NextStep
	Keeper       domain.Code
	NoKeeper     bool        // nobody pursues it
	Forum        domain.Code // it is or was on the agenda there
	Parked       bool        // only what is left alone for now; those are never left out
	Owed         bool        // only what is owed to somebody
	Patience     Patience
	Order        SignalOrder
	After        string // the Next of the page before
	Limit        int    // rows a page; 50 if 0
}

// SignalStatus chooses between what is pursued and what is not any more.
type SignalStatus string

// The statuses. A signal that was split counts as closed: its parts are pursued.
const (
	OpenSignals   SignalStatus = ""
	ClosedSignals SignalStatus = "closed"
	AllSignals    SignalStatus = "all"
)

// SignalOrder is an order of rows. Equal ones stand in the order in which they entered the log.
type SignalOrder string

// The orders.
const (
	OldestFirst  SignalOrder = ""       // by the day it was first heard
	NewestFirst  SignalOrder = "newest" // the other way round
	SilentFirst  SignalOrder = "silent" // by the day of the last word about it
	OwedFirst    SignalOrder = "owed"   // by the oldest outcome that was not told; what is owed nothing comes last
	FurthestLast SignalOrder = "phase"  // by phase
)

// Patience is how long is long: what the computed states depend on. A zero field stands for its default.
type Patience struct {
	DebtDays     int // after so many days a debt is ageing; 60
	SilentMonths int // after so many months without a discussion a signal counts as not discussed; 6
}

// Phase is how far a signal came, after the eight phases of the Ghent signal policy (code list phase). It is the
// furthest that any step of the whole reached since it was picked up or reopened.
type Phase uint8

// The phases, and the steps by which a signal enters each.
const (
	Noticing   Phase = iota + 1 // picked up
	Collecting                  // first wording noted, more evidence linked, recognised by the focusgroep
	Bundling                    // others were bundled into it
	Analysing                   // worded, weighed, mandate given or refused
	Reporting                   // scheduled, discussed, gone unanswered, brought into public debate
	Deciding                    // taken up, promised or declined in a discussion; decided
	Acting                      // carried out, promise kept or broken, answered by own offer
	Telling                     // fed back
)

// State is a state that the clock computes, beside what people said.
type State string

// The computed states.
const (
	Waiting        State = "waiting"         // a forum was asked and has not answered
	PromiseOverdue State = "promise-overdue" // a promise was neither kept nor broken on its day
	DebtAgeing     State = "debt-ageing"     // an outcome was not told to somebody for long
	NotDiscussed   State = "not-discussed"   // no forum talked about it for long
	MandateMissing State = "mandate-missing" // the focusgroep raised or knows it, and has not said that it may go further
)

// Computed is what the clock says of a signal or recommendation on a day.
type Computed struct {
	WaitingSince   domain.Date // none: nobody was asked, or everybody answered
	WaitingFor     domain.Code // the forum that was asked first of those that did not answer
	OverdueSince   domain.Date // the day of the oldest promise that was not kept in time; none: no such promise
	OverdueAt      domain.Code // the forum that made it
	DebtSince      domain.Date // of the oldest outcome that was not told; none: it is not ageing
	SilentMonths   int         // whole months since the last discussion, or since it was worded; 0: it is not long
	MandateMissing bool
}

// Has reports whether a state holds.
func (c Computed) Has(state State) bool {
	switch state {
	case Waiting:
		return !c.WaitingSince.IsZero()
	case PromiseOverdue:
		return !c.OverdueSince.IsZero()
	case DebtAgeing:
		return !c.DebtSince.IsZero()
	case NotDiscussed:
		return c.SilentMonths > 0
	case MandateMissing:
		return c.MandateMissing
	}
	return false
}

// States lists the states that hold, in the order of the constants.
func (c Computed) States() (holding []State) {
	for _, state := range []State{Waiting, PromiseOverdue, DebtAgeing, NotDiscussed, MandateMissing} {
		if c.Has(state) {
			holding = append(holding, state)
		}
	}
	return holding
}

// Said names what happened in one step: the past participle in the name of its event, such as "discussed".
type Said string

// Described is the last thing that people said, with what a sentence about it needs.
type Described struct {
	Said     Said
	On       domain.Date
	Forum    domain.Code     // where, if it was in a forum
	Outcome  pursuit.Outcome // of a discussion
	Verdict  pursuit.Verdict // of a decision
	Expected domain.Date     // the day of the meeting it was scheduled for, or of the promise; none: no day was said
}

// NextStep is what somebody must do now, as a code that pages turn into a sentence.
type NextStep string

// The next steps, in the order in which they are looked for: the first that applies is the one.
const (
	NextNothing       NextStep = "nothing"        // it is closed
	NextPursueParts   NextStep = "pursue-parts"   // it was split
	NextResume        NextStep = "resume"         // it is parked, and the day until which has come
	NextWaitParked    NextStep = "wait-parked"    // it is parked
	NextSettlePromise NextStep = "settle-promise" // a promise is overdue: ask, and say whether it was kept
	NextFeedBack      NextStep = "feed-back"      // an outcome was not told to somebody
	NextNote          NextStep = "note"           // it has no text yet
	NextWord          NextStep = "word"           // it has no neutral statement
	NextReword        NextStep = "reword"         // the focusgroep asked for other words
	NextWeigh         NextStep = "weigh"
	NextNameKeeper    NextStep = "name-keeper"
	NextAskMandate    NextStep = "ask-mandate"
	NextMandateNo     NextStep = "mandate-refused" // the focusgroep refused: talk again, or close
	NextAskAnswer     NextStep = "ask-answer"      // the meeting is past, or a forum owes an answer
	NextAttend        NextStep = "attend"          // it is on the agenda of a meeting to come
	NextFollowPromise NextStep = "follow-promise"  // a promise has its day to come
	NextSchedule      NextStep = "schedule"
	NextCarryOut      NextStep = "carry-out" // it was adopted, nothing was done yet
	NextClose         NextStep = "close"     // there is an answer and everybody was told
)

// Mandate is what the focusgroep last said of whether a signal may go further.
type Mandate string

// The mandates.
const (
	NoMandate      Mandate = ""
	MandateGiven   Mandate = "given"
	MandateRefused Mandate = "refused"
	WordingAsked   Mandate = "other-wording"
)

// SignalRow is one signal as lists show it: a whole, if others were bundled into it.
type SignalRow struct {
	ID           domain.StreamID
	Revision     domain.Revision // of its own stream
	From         signal.Origin
	Text         domain.Sealed // the statement; the first wording as long as there is none
	Version      int           // of the statement, from 1; 0: Text is a first wording, or there is none
	Themes       []domain.Code // here and below: of the whole
	Thresholds   []domain.Code
	TargetGroups []domain.Code
	Phase        Phase
	Described    Described
	Computed     Computed
	Since        domain.Date // the day it was first heard
	Age          int         // days since then; until the day it was closed, if it was
	Weighed      bool
	Structural   bool
	Mandate      Mandate
	Unmandated   bool // it was raised somewhere without a mandate, and is marked so
	Keeper       domain.Code
	Next         NextStep
	Forums       []domain.Code   // where it is or was on the agenda
	Settings     int             // that raised it
	Owed         int             // of those, that were not told everything that came of it
	Evidence     int             // times it was heard
	Bundled      int             // signals that were bundled into it, all levels together
	BundledInto  domain.StreamID // where it itself went; none for the rows of a list
	SplitInto    []domain.StreamID
	Parked       bool
	ParkedUntil  domain.Date
	Closed       signal.ClosingReason // none: it is open
	ClosedOn     domain.Date
	Recommended  []domain.StreamID // the recommendations that answer it
}

// SignalPage is one page of rows.
type SignalPage struct {
	Rows []SignalRow
	Next string // cursor of the page after this one; empty at the end
}

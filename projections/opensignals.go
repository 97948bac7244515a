package projections

import (
	"context"
	"iter"

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
	Phases       []signal.Phase
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

// NextStep is what somebody must do now, as a code that pages turn into a sentence.
type NextStep string

// The next steps, in the order in which they are looked for: the first that applies is the one.
const (
	NextNothing       NextStep = "nothing"         // it is closed
	NextPursueParts   NextStep = "pursue-parts"    // it was split
	NextResume        NextStep = "resume"          // it is parked, and the day until which has come
	NextWaitParked    NextStep = "wait-parked"     // it is parked
	NextSettlePromise NextStep = "settle-promise"  // a promise is overdue: ask, and say whether it was kept
	NextFeedBack      NextStep = "feed-back"       // an outcome was not told to somebody
	NextNote          NextStep = "note"            // it has no text yet
	NextWord          NextStep = "word"            // it has no neutral statement
	NextReword        NextStep = "reword"          // the focusgroep asked for other words
	NextMandateNo     NextStep = "mandate-refused" // the focusgroep refused: talk again, or close
	NextWeigh         NextStep = "weigh"
	NextNameKeeper    NextStep = "name-keeper"
	NextAskMandate    NextStep = "ask-mandate"
	NextAskAnswer     NextStep = "ask-answer"     // the meeting is past, or a forum owes an answer
	NextAttend        NextStep = "attend"         // it is on the agenda of a meeting to come
	NextFollowPromise NextStep = "follow-promise" // a promise has its day to come
	NextSchedule      NextStep = "schedule"
	NextCarryOut      NextStep = "carry-out" // it was adopted, nothing was done yet
	NextClose         NextStep = "close"     // there is an answer and everybody was told
)

// Open lists signals, page by page. A cursor that no page gave is ErrCursor.
func (s *Signals) Open(ctx context.Context, practice domain.PracticeID, filter SignalFilter, today domain.Date) (SignalPage, error) {
	after, err := parseCursor(filter.After)
	if err != nil {
		return SignalPage{}, err
	}
	page := s.open(practice, filter, after, today)
	texts := make(shown, 0, len(page.Rows))
	for i := range page.Rows {
		row := &page.Rows[i]
		texts.add(row.ID, row.text, &row.Text)
	}
	return page, s.texts.fill(ctx, texts)
}

func (s *Signals) open(practice domain.PracticeID, filter SignalFilter, after *spot, today domain.Date) SignalPage {
	s.lock.RLock()
	defer s.lock.RUnlock()
	return s.page(s.choose(practice, filter, today), after)
}

// Count is the number of signals that a filter chooses, on all its pages together.
func (s *Signals) Count(practice domain.PracticeID, filter SignalFilter, today domain.Date) (count int) {
	s.lock.RLock()
	defer s.lock.RUnlock()
	c := s.choose(practice, filter, today)
	for no := range c.candidates() {
		if c.chosen(no) {
			count++
		}
	}
	return count
}

// Signal is the row of one signal; of the whole, if others were bundled into it. One that was bundled itself has a row of
// its own, and BundledInto leads to the whole. False if there is no such signal in the practice.
func (s *Signals) Signal(ctx context.Context, practice domain.PracticeID, id domain.StreamID, today domain.Date) (SignalRow, bool, error) {
	row, found := s.signal(practice, id, today)
	var texts shown
	texts.add(row.ID, row.text, &row.Text)
	return row, found, s.texts.fill(ctx, texts)
}

func (s *Signals) signal(practice domain.PracticeID, id domain.StreamID, today domain.Date) (SignalRow, bool) {
	s.lock.RLock()
	defer s.lock.RUnlock()
	no, found := s.find(practice, id)
	if !found || s.thing(no).is(isRecommendation) {
		return SignalRow{}, false
	}
	var of sheet
	s.read(no, &of)
	return s.row(&of, Patience{}, today), true
}

// find is a thing of a practice. What belongs to another practice is not found.
func (s *Signals) find(practice domain.PracticeID, id domain.StreamID) (thingNo, bool) {
	no, known := s.ids.find(id)
	if !known {
		return 0, false
	}
	return thingNo(no), s.names.symbols.values[s.thing(thingNo(no)).practice] == string(practice)
}

func (s *Signals) idOf(no thingNo) domain.StreamID { return s.ids.name(uint32(no)) }

// shelfOf is what a practice pursues; an empty one if it pursues nothing.
func (s *Signals) shelfOf(practice domain.PracticeID) *shelf {
	code, _ := s.names.known(string(practice))
	return s.shelfAt(code)
}

func (s *Signals) shelfAt(practice symbol) *shelf {
	if shelf := s.books[practice]; shelf != nil {
		return shelf
	}
	return &shelf{}
}

// signals is every signal of a shelf, also those that were bundled or are parts.
func (s *Signals) signals(on *shelf) iter.Seq2[thingNo, thing] {
	return func(yield func(thingNo, thing) bool) {
		for a := range on.ages.after(age{}) {
			if !yield(a.no, s.thing(a.no)) {
				return
			}
		}
	}
}

// firstRaisedAt is where a thing was raised first.
func (s *Signals) firstRaisedAt(no thingNo) pursuit.Setting {
	raised := s.accounts.Account(uint32(no)).Raised
	if len(raised) == 0 {
		return pursuit.Setting{}
	}
	return s.names.settingOf(settingNo(raised[0]))
}

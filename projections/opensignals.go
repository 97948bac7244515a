package projections

import (
	"cmp"
	"context"
	"iter"
	"math"
	"slices"

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
	Phase        signal.Phase
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

	text textAt
}

// SignalPage is one page of rows.
type SignalPage struct {
	Rows []SignalRow
	Next string // cursor of the page after this one; empty at the end
}

// Open lists signals, page by page. A cursor that no page gave is ErrCursor.
func (s *Signals) Open(ctx context.Context, practice domain.PracticeID, filter SignalFilter, today domain.Date) (SignalPage, error) {
	after, err := parseCursor(filter.After)
	if err != nil {
		return SignalPage{}, err
	}
	page := s.open(practice, filter, after, today)
	var texts shown
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
	return s.row(no, Patience{}, today), true
}

// Resolve is the whole that a signal or recommendation belongs to: itself, unless it was bundled. False if there is no
// such thing in the practice.
func (s *Signals) Resolve(practice domain.PracticeID, id domain.StreamID) (domain.StreamID, bool) {
	s.lock.RLock()
	defer s.lock.RUnlock()
	no, found := s.find(practice, id)
	if !found {
		return "", false
	}
	return s.idOf(s.top(no)), true
}

// find is a thing of a practice. What belongs to another practice is not found.
func (s *Signals) find(practice domain.PracticeID, id domain.StreamID) (thingNo, bool) {
	stream, known := s.names.knownStream(id)
	if !known {
		return 0, false
	}
	no := s.thingOf(stream)
	return no, no != 0 && s.names.symbols.values[s.thing(no).practice] == string(practice)
}

func (s *Signals) idOf(no thingNo) domain.StreamID { return s.names.streamOf(s.thing(no).stream) }

// shelfOf is what a practice pursues; an empty one if it pursues nothing.
func (s *Signals) shelfOf(practice domain.PracticeID) *shelf {
	if code, known := s.names.known(string(practice)); known && s.books[code] != nil {
		return s.books[code]
	}
	return &shelf{}
}

// eachSignal visits every signal of a practice, also those that were bundled or are parts.
func (s *Signals) eachSignal(practice domain.PracticeID, visit func(thingNo, *thing)) {
	for a := range s.shelfOf(practice).ages.after(age{}) {
		visit(a.no, s.thing(a.no))
	}
}

// firstRaisedAt is where a thing was raised first.
func (s *Signals) firstRaisedAt(no thingNo) pursuit.Setting {
	if int(no) >= len(s.debts.Accounts) || s.debts.Accounts[no].Raised == 0 {
		return pursuit.Setting{}
	}
	return s.names.settingOf(settingNo(s.debts.Links[s.debts.Accounts[no].Raised-1].Value))
}

// choice is a filter, understood once for many signals.
type choice struct {
	*Signals
	SignalFilter
	practice                    domain.PracticeID
	today                       domain.Date
	themes, thresholds, targets []symbol
	from                        []symbol
	keeper, forum               symbol
}

func (s *Signals) choose(practice domain.PracticeID, filter SignalFilter, today domain.Date) *choice {
	filter.Patience = filter.Patience.orDefault()
	return &choice{
		Signals: s, SignalFilter: filter, practice: practice, today: today,
		themes: knownOf(s.names, filter.Themes), thresholds: knownOf(s.names, filter.Thresholds),
		targets: knownOf(s.names, filter.TargetGroups), from: knownOf(s.names, filter.From),
		keeper: s.names.sought(string(filter.Keeper)), forum: s.names.sought(string(filter.Forum)),
	}
}

// unknown is the number of no word at all.
const unknown = ^symbol(0)

// sought is the number of a word to look for, 0 for none; a word that was never read is found nowhere.
func (n *names) sought(word string) symbol {
	if number, known := n.known(word); known {
		return number
	}
	return unknown
}

func knownOf[T ~string](n *names, words []T) []symbol {
	sought := make([]symbol, len(words))
	for i, word := range words {
		sought[i] = n.sought(string(word))
	}
	return sought
}

func (p Patience) orDefault() Patience {
	return Patience{DebtDays: cmp.Or(p.DebtDays, 60), SilentMonths: cmp.Or(p.SilentMonths, 6)}
}

// candidates are the signals that may be chosen; not in the order that is asked for.
func (c *choice) candidates() iter.Seq[thingNo] {
	if c.Among != nil {
		return slices.Values(c.among())
	}
	return func(yield func(thingNo) bool) {
		for a := range c.shelfOf(c.practice).ages.after(age{}) {
			if !yield(a.no) {
				return
			}
		}
	}
}

func (c *choice) among() []thingNo {
	var wholes []thingNo
	for _, id := range c.Among {
		if no, found := c.find(c.practice, id); found && !c.thing(no).is(isRecommendation) {
			wholes = append(wholes, c.top(no))
		}
	}
	slices.Sort(wholes)
	return slices.Compact(wholes)
}

// chosen reports whether every condition holds; the cheap ones are looked at first.
func (c *choice) chosen(no thingNo) bool {
	t := c.thing(no)
	if c.into(no) != 0 || !c.hasStatus(t) || !c.ofKeeper(t) || c.Parked && !t.is(isParked) || c.Owed && t.owed == 0 {
		return false
	}
	if c.forum != 0 {
		if _, raised := c.matterIn(no, c.forum); !raised {
			return false
		}
	}
	return c.hasCodes(no) && c.hasPhase(no) && c.hasState(no)
}

func (c *choice) hasStatus(t *thing) bool {
	open := !t.is(isClosed) && !t.is(isSplit)
	return c.Status == AllSignals || open == (c.Status == OpenSignals)
}

func (c *choice) ofKeeper(t *thing) bool {
	keeper := c.whoseOf(t).keeper
	return (c.keeper == 0 || keeper == c.keeper) && (!c.NoKeeper || keeper == 0)
}

func (c *choice) hasCodes(no thingNo) bool {
	return c.anyMember(no, c.themes, func(t *thing) bool { return c.names.listHasAny(t.themes, c.themes) }) &&
		c.anyMember(no, c.thresholds, func(t *thing) bool { return c.names.listHasAny(t.threshold, c.thresholds) }) &&
		c.anyMember(no, c.targets, func(t *thing) bool { return c.names.listHasAny(t.targets, c.targets) }) &&
		c.anyMember(no, c.from, func(t *thing) bool { return slices.Contains(c.from, c.whoseOf(t).from) })
}

// anyMember reports whether a condition holds for a member of the whole; if nothing is sought, there is no condition.
func (c *choice) anyMember(no thingNo, sought []symbol, holds func(*thing) bool) (found bool) {
	if len(sought) == 0 {
		return true
	}
	c.eachMember(no, func(member thingNo) { found = found || holds(c.thing(member)) })
	return found
}

func (c *choice) hasPhase(no thingNo) bool {
	return len(c.Phases) == 0 || slices.Contains(c.Phases, c.whole(no).phase)
}

func (c *choice) hasState(no thingNo) bool {
	if len(c.States) == 0 && len(c.SignalFilter.Next) == 0 {
		return true
	}
	whole := c.whole(no)
	computed := c.computed(no, whole, c.Patience, c.today)
	if len(c.States) > 0 && !slices.ContainsFunc(c.States, computed.Has) {
		return false
	}
	return len(c.SignalFilter.Next) == 0 || slices.Contains(c.SignalFilter.Next, c.next(no, whole, computed, c.today))
}

// key is what a signal is ordered by.
func (c *choice) key(no thingNo) int64 {
	t := c.thing(no)
	switch c.Order {
	case SilentFirst:
		return int64(c.whole(no).said.on)
	case OwedFirst:
		if t.owed == 0 {
			return math.MaxInt64
		}
		return int64(c.owedSince(t))
	case FurthestLast:
		return int64(c.whole(no).phase)
	}
	return int64(c.heard(no))
}

// page fills a page with the first that are chosen after a place.
func (s *Signals) page(c *choice, after *spot) (page SignalPage) {
	limit := pageSize(c.Limit)
	found := c.first(limit+1, after)
	if len(found) > limit {
		found = found[:limit]
		page.Next = found[limit-1].String()
	}
	for _, at := range found {
		page.Rows = append(page.Rows, s.row(at.no, c.Patience, c.today))
	}
	return page
}

// first is the first so many places that are chosen, in order, after another.
func (c *choice) first(count int, after *spot) []spot {
	if c.Among == nil && (c.Order == OldestFirst || c.Order == NewestFirst) {
		return c.walk(count, after)
	}
	nearest := nearest{count: count, backward: c.Order == NewestFirst}
	for no := range c.candidates() {
		at := spot{c.key(no), no}
		if (after == nil || nearest.compare(*after, at) < 0) && nearest.fits(at) && c.chosen(no) {
			nearest.add(at)
		}
	}
	return nearest.spots
}

// walk takes from the ordered list of the practice what comes after a place, until it has enough.
func (c *choice) walk(count int, after *spot) (found []spot) {
	var begin age
	if after != nil {
		begin = age{domain.Date(after.key), after.no}
	}
	ages := &c.shelfOf(c.practice).ages
	walk := ages.after(begin)
	if c.Order == NewestFirst {
		walk = ages.before(begin)
	}
	for a := range walk {
		if !c.chosen(a.no) {
			continue
		}
		if found = append(found, spot{int64(a.heard), a.no}); len(found) == count {
			break
		}
	}
	return found
}

func (s *Signals) row(no thingNo, patience Patience, today domain.Date) SignalRow {
	t := s.whole(no)
	computed, whose := s.computed(no, t, patience, today), s.whoseOf(t)
	row := SignalRow{
		ID: s.names.streamOf(t.stream), Revision: domain.Revision(t.revision),
		From: signal.Origin(s.names.codeOf(whose.from)), text: t.text, Version: int(t.version),
		Themes:       s.codes(no, func(t *thing) listNo { return t.themes }),
		Thresholds:   s.codes(no, func(t *thing) listNo { return t.threshold }),
		TargetGroups: s.codes(no, func(t *thing) listNo { return t.targets }),
		Phase:        t.phase, Described: s.described(t), Computed: computed,
		Since: s.heard(no), Age: s.days(t, s.heard(no), today),
		Weighed: t.is(isWeighed), Structural: t.is(isStructural),
		Mandate: mandates[t.mandate], Unmandated: t.is(isUnmandated), Keeper: s.names.codeOf(whose.keeper),
		Next: s.next(no, t, computed, today), Forums: s.forums(no),
		Settings: int(t.settings), Owed: int(t.owed), Evidence: int(t.evidence), Bundled: len(s.members(no)) - 1,
		SplitInto: s.idsOf(s.parts[no]), Parked: t.is(isParked), ParkedUntil: s.aside(no).parked,
		Closed: signal.ClosingReason(s.names.codeOf(whose.closed)), ClosedOn: t.closedOn, Recommended: s.recommended(no),
	}
	if s.into(no) != 0 {
		row.BundledInto = s.idOf(s.top(no))
	}
	return row
}

func (s *Signals) days(t *thing, since, today domain.Date) int {
	if !t.closedOn.IsZero() {
		today = t.closedOn
	}
	return max(0, int(today-since))
}

func (s *Signals) described(t *thing) Described {
	d := s.names.sayings.values[t.said.saying]
	return Described{
		Said: Said(s.names.codeOf(d.said)), On: t.said.on, Forum: s.names.codeOf(d.forum),
		Outcome: pursuit.Outcome(s.names.codeOf(d.outcome)), Verdict: pursuit.Verdict(s.names.codeOf(d.verdict)),
		Expected: t.said.expected,
	}
}

// codes is the codes of all members, each once.
func (s *Signals) codes(no thingNo, of func(*thing) listNo) (codes []domain.Code) {
	s.eachMember(no, func(member thingNo) {
		s.names.inList(of(s.thing(member)), func(word symbol) {
			if code := s.names.codeOf(word); !slices.Contains(codes, code) {
				codes = append(codes, code)
			}
		})
	})
	return codes
}

func (s *Signals) forums(no thingNo) (forums []domain.Code) {
	s.eachMatter(no, func(m *matter) { forums = append(forums, s.names.codeOf(m.forum)) })
	slices.Sort(forums)
	return forums
}

func (s *Signals) idsOf(numbers []thingNo) (ids []domain.StreamID) {
	for _, no := range numbers {
		ids = append(ids, s.idOf(no))
	}
	return ids
}

// recommended is the recommendations that answer a whole.
func (s *Signals) recommended(no thingNo) (ids []domain.StreamID) {
	s.eachMember(no, func(member thingNo) {
		for _, heir := range s.heirs[member] {
			if id := s.idOf(heir); s.thing(heir).is(isRecommendation) && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	})
	return ids
}

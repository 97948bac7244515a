package projections

import (
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/signal"
)

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

func (s *Signals) row(of *sheet, patience Patience, today domain.Date) SignalRow {
	t, heard := &of.thing, s.heard(of.no, &of.thing)
	computed, whose := s.computed(of, patience, today), s.whoseOf(t)
	row := SignalRow{
		ID: s.idOf(of.no), Revision: domain.Revision(t.revision),
		From: signal.Origin(s.names.codeOf(whose.from)), text: t.text, Version: int(t.version),
		Themes:       s.codes(of.members, func(t *thing) listNo { return t.themes }),
		Thresholds:   s.codes(of.members, func(t *thing) listNo { return t.threshold }),
		TargetGroups: s.codes(of.members, func(t *thing) listNo { return t.targets }),
		Phase:        t.phase, Described: s.described(t), Computed: computed,
		Since: heard, Age: s.days(t, heard, today),
		Weighed: t.is(isWeighed), Structural: t.is(isStructural),
		Mandate: mandates[t.mandate], Unmandated: t.is(isUnmandated), Keeper: s.names.codeOf(whose.keeper),
		Next: s.next(of, computed, today), Forums: s.forums(of),
		Settings: int(t.settings), Owed: int(t.owed), Evidence: int(t.evidence), Bundled: len(of.members) - 1,
		SplitInto: s.idsOf(s.parts[of.no]), Parked: t.is(isParked), ParkedUntil: t.parked,
		Closed: signal.ClosingReason(s.names.codeOf(whose.closed)), ClosedOn: t.closedOn, Recommended: s.recommended(of.no),
	}
	if s.into(of.no) != 0 {
		row.BundledInto = s.idOf(s.top(of.no))
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
func (s *Signals) codes(members []thing, of func(*thing) listNo) (codes []domain.Code) {
	for i := range members {
		list := of(&members[i])
		codes = slices.Grow(codes, s.names.lengthOf(list))
		s.names.inList(list, func(word symbol) {
			if code := s.names.codeOf(word); !slices.Contains(codes, code) {
				codes = append(codes, code)
			}
		})
	}
	return codes
}

// themesOf is the themes of a whole.
func (s *Signals) themesOf(no thingNo) []domain.Code {
	var members []thing
	s.eachMember(no, func(member thingNo) { members = append(members, s.thing(member)) })
	return s.codes(members, func(t *thing) listNo { return t.themes })
}

func (s *Signals) forums(of *sheet) []domain.Code {
	forums := make([]domain.Code, len(of.matters))
	for i := range forums {
		forums[i] = s.names.codeOf(of.matters[i].forum)
	}
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

package projections

import (
	"cmp"

	"signaalboek/domain"
	"signaalboek/domain/signal"
)

type thingNo uint32

// thing is a signal or a recommendation. It is kept packed; what many have in common is kept once.
type thing struct {
	practice  symbol
	since     domain.Date // picked up or drafted
	phase     signal.Phase
	flags     flag
	said      lastSaid
	whose     uint32
	revision  uint32
	text      textAt
	evidence  uint32
	settings  uint32
	themes    listNo
	threshold listNo
	targets   listNo
	worded    domain.Date
	version   uint32
	matter    matterNo
	owed      uint32 // settings that were not told everything
	promise   promiseNo
	mandate   mandateNo
	mandateAt uint32      // sequence number
	carried   domain.Date // first carried out
	closedOn  domain.Date
	parked    domain.Date // until
}

// packThing names the fields in order, those that most things have first.
func packThing(p *packing, t *thing) {
	packField(p, &t.practice)
	packDay(p, &t.since, nearDay)
	packField(p, &t.phase)
	packField(p, &t.flags)
	packField(p, &t.said.saying)
	packDay(p, &t.said.on, t.since)
	packField(p, &t.said.seq)
	packField(p, &t.whose)
	packField(p, &t.evidence)
	packField(p, &t.settings)
	packField(p, &t.themes)
	packField(p, &t.threshold)
	packField(p, &t.targets)
	packField(p, &t.revision)
	packField(p, &t.text)
	packField(p, &t.version)
	packDay(p, &t.worded, t.since)
	packField(p, &t.matter)
	packField(p, &t.owed)
	packDay(p, &t.said.expected, t.said.on)
	packField(p, &t.promise)
	packField(p, &t.mandate)
	packField(p, &t.mandateAt)
	packDay(p, &t.carried, t.said.on)
	packDay(p, &t.closedOn, t.said.on)
	packDay(p, &t.parked, t.said.on)
}

// whose is whose a thing is, and how it ended.
type whose struct {
	from   symbol // origin of a signal, maker of a recommendation
	maker  symbol // the forum that made a recommendation
	keeper symbol
	closed symbol // the reason
}

// tie is how a thing belongs to others; few do.
type tie struct {
	into    thingNo     // it was bundled into
	member  thingNo     // the first that was bundled into it
	sibling thingNo     // the next that was bundled into what this one was
	heard   domain.Date // the first day of the whole, if that is not the thing's own
}

// thing is the row with a number, to be read.
func (s *Signals) thing(no thingNo) (t thing) {
	if open := s.things.opened(uint32(no)); open != nil {
		return *open
	}
	row := s.things.row(uint32(no))
	packThing(&row, &t)
	return t
}

// change is the row with a number, to be changed while a batch is applied.
func (s *Signals) change(no thingNo) *thing { return s.things.change(uint32(no)) }

// into is what a thing was bundled into itself; 0 if it was not.
func (s *Signals) into(no thingNo) thingNo { return s.ties[no].into }

// bind changes how a thing belongs to others.
func (s *Signals) bind(no thingNo, change func(*tie)) {
	now := s.ties[no]
	change(&now)
	if s.ties[no] = now; now == (tie{}) {
		delete(s.ties, no)
	}
}

// heard is the first day of a whole, of which the row of its own is t.
func (s *Signals) heard(no thingNo, t *thing) domain.Date {
	return cmp.Or(s.ties[no].heard, t.since)
}

func (s *Signals) whoseOf(t *thing) whose { return s.whose.values[t.whose] }

// setWhose changes whose a thing is, or how it ended.
func (s *Signals) setWhose(t *thing, change func(*whose)) {
	now := s.whoseOf(t)
	change(&now)
	t.whose = s.whose.number(now)
}

type flag uint16

const (
	isRecommendation flag = 1 << iota
	isWeighed
	isStructural
	isOfFocusgroep
	isParked
	isSplit
	isPart // of one that was split
	isUnmandated
	isAdopted
	isAnswered // something came of it
	isDecidedFor
	isClosed
	isBundled    // into another; in outlines
	lacksMandate // in outlines
)

// isNew reports whether t is a signal that counts as heard: a part of one that was split was heard with it.
func (t thing) isNew() bool { return !t.is(isRecommendation) && !t.is(isPart) }

func (t thing) is(f flag) bool { return t.flags&f != 0 }

func (t *thing) set(f flag, on bool) {
	t.flags &^= f
	if on {
		t.flags |= f
	}
}

type mandateNo uint8

var mandates = [...]Mandate{NoMandate, MandateGiven, MandateRefused, WordingAsked}

const (
	mandateNone mandateNo = iota
	mandateGiven
	mandateRefused
	mandateWording
)

// described is the last thing said of a thing; see Described.
type described struct {
	saying
	on       domain.Date
	expected domain.Date
	seq      uint32
}

// lastSaid is the same in little room.
type lastSaid struct {
	saying   sayingNo
	on       domain.Date
	expected domain.Date
	seq      uint32
}

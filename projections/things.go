package projections

import (
	"signaalboek/domain"
	"signaalboek/domain/signal"
)

type thingNo uint32

// thing is a signal or a recommendation. What few of them have stands aside; what many have in common is kept once.
type thing struct {
	text      textAt
	said      lastSaid
	stream    streamNo
	practice  symbol
	revision  int32
	since     domain.Date // picked up or drafted
	worded    domain.Date
	carried   domain.Date // first carried out
	closedOn  domain.Date
	whose     uint32
	themes    listNo
	threshold listNo
	targets   listNo
	mandateAt uint32 // sequence number
	matter    matterNo
	aside     uint32
	debtor    uint32 // its place among the debtors of the practice, from 1
	evidence  uint32
	version   uint16
	owed      uint16 // settings that were not told everything
	settings  uint16
	flags     flag
	phase     signal.Phase
	mandate   mandateNo
}

// whose is whose a thing is, and how it ended.
type whose struct {
	from   symbol // origin of a signal, maker of a recommendation
	maker  symbol // the forum that made a recommendation
	keeper symbol
	closed symbol // the reason
}

// aside is what few things have.
type aside struct {
	into     thingNo     // it was bundled into
	member   thingNo     // the first that was bundled into it
	sibling  thingNo     // the next that was bundled into what this one was
	heard    domain.Date // the first day of the whole, if that is not the thing's own
	parked   domain.Date // until
	promise  promiseNo
	promised uint16 // how many promises
}

// thing is the row with a number.
func (s *Signals) thing(no thingNo) *thing { return s.things.at(uint32(no)) }

// aside is what a thing has beside its row, to be read.
func (s *Signals) aside(no thingNo) *aside { return s.asides.at(s.thing(no).aside) }

// setAside is the same, to be changed before another one is asked for.
func (s *Signals) setAside(no thingNo) *aside {
	t := s.thing(no)
	if t.aside == 0 {
		s.asides.add(aside{})
		t.aside = uint32(s.asides.len() - 1)
	}
	return s.asides.at(t.aside)
}

// into is what a thing was bundled into itself; 0 if it was not.
func (s *Signals) into(no thingNo) thingNo { return s.aside(no).into }

// heard is the first day of a whole.
func (s *Signals) heard(no thingNo) domain.Date {
	if heard := s.aside(no).heard; !heard.IsZero() {
		return heard
	}
	return s.thing(no).since
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
)

// isNew reports whether t is a signal that counts as heard: a part of one that was split was heard with it.
func (t *thing) isNew() bool { return !t.is(isRecommendation) && !t.is(isPart) }

func (t *thing) is(f flag) bool { return t.flags&f != 0 }

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

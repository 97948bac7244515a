package projections

import (
	"signaalboek/domain"
	"signaalboek/domain/signal"
)

// outline is what lists look at in every signal of a practice before they read one: where a whole stands, and the days
// from which its computed states follow. It stands in the open, and is drawn again when anything in the whole changed.
type outline struct {
	spoken    domain.Date // the last word about it
	waits     domain.Date // the first day on which a forum owes an answer; none: nobody was asked, or everybody answered
	due       domain.Date // the first day that was promised and has not been settled; none: no such promise
	owes      domain.Date // of the oldest outcome that was not told; none: nothing is owed
	discussed domain.Date // the last time anywhere; else the day it was worded
	flags     flag
	phase     signal.Phase
}

func (o *outline) is(f flag) bool { return o.flags&f != 0 }

// isOpen reports whether a whole is pursued. One that was split is not: its parts are.
func (o *outline) isOpen() bool { return !o.is(isClosed) && !o.is(isSplit) }

// has reports whether a computed state holds, as Computed.Has does.
func (o *outline) has(state State, patience Patience, today domain.Date) bool {
	if !o.isOpen() {
		return false
	}
	switch state {
	case Waiting:
		return !o.waits.IsZero() && o.waits <= today
	case PromiseOverdue:
		return !o.due.IsZero() && o.due < today
	case DebtAgeing:
		return patience.isAgeing(o.owes, today)
	case NotDiscussed:
		return !o.is(isParked) && patience.silence(o.discussed, today) > 0
	case MandateMissing:
		return o.is(lacksMandate)
	}
	return false
}

// draw makes the outline of a thing anew, of which it is known since when it owes. What was bundled has none but that.
func (s *Signals) draw(no thingNo, owes domain.Date) {
	for s.outlines.len() < s.things.len() {
		s.outlines.add(outline{})
	}
	o := s.outlines.at(uint32(no))
	if *o = (outline{flags: isBundled}); s.into(no) != 0 {
		return
	}
	sheet := &s.drawn
	s.read(no, sheet)
	*o = outline{
		spoken: sheet.said.on, owes: owes, discussed: sheet.discussed(),
		flags: sheet.flags, phase: sheet.phase,
	}
	if sheet.lacksMandate() {
		o.flags |= lacksMandate
	}
	for i := range sheet.matters {
		o.waits = earliest(o.waits, sheet.matters[i].waitsFrom())
	}
	for i := range sheet.promises {
		if p := &sheet.promises[i]; p.state == promiseOpen {
			o.due = earliest(o.due, p.by)
		}
	}
}

// sheet is a whole as a row of it needs it: each packed row is read once.
type sheet struct {
	no       thingNo
	thing              // its own row, with what the other members add to it
	members  []thing   // the row of each, its own first
	matters  []matter  // where it stands with each forum; with several members, the last word in a forum counts
	promises []promise // made about any member
}

// read fills a sheet. One may be filled again and again.
func (s *Signals) read(no thingNo, sheet *sheet) {
	sheet.no, sheet.members, sheet.matters, sheet.promises = no, sheet.members[:0], sheet.matters[:0], sheet.promises[:0]
	s.eachMember(no, func(member thingNo) {
		t := s.thing(member)
		sheet.members = append(sheet.members, t)
		s.eachOwnMatter(&t, func(m *matter) { sheet.matters = mergeMatter(sheet.matters, m) })
		s.eachOwnPromise(&t, func(p *promise) { sheet.promises = append(sheet.promises, *p) })
	})
	sheet.thing = sheet.members[0]
	for i := range sheet.members[1:] {
		sheet.thing.add(&sheet.members[1+i])
	}
}

// discussed is the last day that any forum talked about it; if none did, the day it was worded.
func (s *sheet) discussed() domain.Date {
	last := s.worded
	for i := range s.matters {
		last = max(last, s.matters[i].discussed)
	}
	return last
}

// lacksMandate reports whether the focusgroep raised or knows it, and has not said that it may go further.
func (s *sheet) lacksMandate() bool {
	return s.is(isOfFocusgroep) && s.version > 0 && s.mandate != mandateGiven
}

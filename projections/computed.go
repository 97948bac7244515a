package projections

import (
	"cmp"
	"slices"

	"signaalboek/domain"
)

// computed is what the clock says of a whole.
func (s *Signals) computed(of *sheet, patience Patience, today domain.Date) (c Computed) {
	if of.is(isClosed) || of.is(isSplit) {
		return c
	}
	patience = patience.orDefault()
	for i := range of.matters {
		m := &of.matters[i]
		since := m.waitsSince(today)
		if !since.IsZero() && (c.WaitingSince.IsZero() || since < c.WaitingSince) {
			c.WaitingSince, c.WaitingFor = since, s.names.codeOf(m.forum)
		}
	}
	for i := range of.promises {
		p := &of.promises[i]
		if p.overdue(today) && (c.OverdueSince.IsZero() || p.by < c.OverdueSince) {
			c.OverdueSince, c.OverdueAt = p.by, s.names.codeOf(p.forum)
		}
	}
	if since := s.outlines.at(uint32(of.no)).owes; patience.isAgeing(since, today) {
		c.DebtSince = since
	}
	if !of.is(isParked) {
		c.SilentMonths = patience.silence(of.discussed(), today)
	}
	c.MandateMissing = of.lacksMandate()
	return c
}

// waitsSince is since when a forum owes an answer: since it promised more than it gave, or since the meeting that was to
// talk about it; if no day was said, since it was put on the agenda. None if it owes nothing yet.
func (m *matter) waitsSince(today domain.Date) domain.Date {
	if from := m.waitsFrom(); from.IsZero() || today < from {
		return 0
	}
	return cmp.Or(m.waiting, m.meeting, m.scheduled)
}

// waitsFrom is the first day on which a forum owes an answer: that of what it said, the day after the meeting, or, if no
// day was said, once the forum had time to meet. None if it was not asked.
func (m *matter) waitsFrom() domain.Date {
	switch {
	case !m.waiting.IsZero():
		return m.waiting
	case m.scheduled.IsZero():
		return 0
	case m.meeting.IsZero():
		return m.scheduled + soon
	}
	return m.meeting + 1
}

// soon is how many days a forum has for a thing that it was asked without a day: it is not late before it could meet.
const soon = 30

func (p Patience) orDefault() Patience {
	return Patience{DebtDays: cmp.Or(p.DebtDays, 60), SilentMonths: cmp.Or(p.SilentMonths, 6)}
}

// isAgeing reports whether what is owed since a day, if it is, was owed for long.
func (p Patience) isAgeing(owes, today domain.Date) bool {
	return !owes.IsZero() && int(today-owes) > p.DebtDays
}

// silence is how many whole months nobody talked about it since a day; 0 if that is not long.
func (p Patience) silence(discussed, today domain.Date) int {
	if months := monthsBetween(discussed, today); months >= p.SilentMonths {
		return months
	}
	return 0
}

// monthsBetween is the whole months from a day to a later one.
func monthsBetween(from, to domain.Date) int {
	if from.IsZero() || to <= from {
		return 0
	}
	f, t := from.Time(), to.Time()
	months := 12*(t.Year()-f.Year()) + int(t.Month()) - int(f.Month())
	if t.Day() < f.Day() {
		months--
	}
	return months
}

// next is what somebody must do now: the first of the constants of NextStep that applies.
func (s *Signals) next(of *sheet, c Computed, today domain.Date) NextStep {
	switch {
	case of.is(isClosed):
		return NextNothing
	case of.is(isSplit):
		return NextPursueParts
	case of.is(isParked) && !of.parked.IsZero() && of.parked <= today:
		return NextResume
	case of.is(isParked):
		return NextWaitParked
	case c.Has(PromiseOverdue):
		return NextSettlePromise
	case of.owed > 0:
		return NextFeedBack
	case of.is(isRecommendation):
		return of.nextOnTheRoad(c)
	}
	if step := s.nextToReady(&of.thing, c); step != "" {
		return step
	}
	return of.nextOnTheRoad(c)
}

// nextToReady is what a signal lacks before it can go to any forum; empty if nothing.
func (s *Signals) nextToReady(t *thing, c Computed) NextStep {
	switch {
	case t.version == 0 && t.text == 0:
		return NextNote
	case t.version == 0:
		return NextWord
	case t.mandate == mandateWording:
		return NextReword
	case c.MandateMissing && t.mandate == mandateRefused:
		return NextMandateNo
	case !t.is(isWeighed):
		return NextWeigh
	case s.whoseOf(t).keeper == 0:
		return NextNameKeeper
	case c.MandateMissing && !t.is(isUnmandated):
		return NextAskMandate
	}
	return ""
}

func (s *sheet) nextOnTheRoad(c Computed) NextStep {
	onAgenda := slices.ContainsFunc(s.matters, func(m matter) bool { return !m.scheduled.IsZero() })
	promised := slices.ContainsFunc(s.promises, func(p promise) bool { return p.state == promiseOpen })
	switch {
	case promised:
		return NextFollowPromise
	case c.Has(Waiting):
		return NextAskAnswer
	case onAgenda:
		return NextAttend
	case s.is(isDecidedFor):
		return NextCarryOut
	case s.is(isAnswered):
		return NextClose
	}
	return NextSchedule
}

package projections

import "signaalboek/domain"

// computed is what the clock says of a whole.
func (s *Signals) computed(no thingNo, t *thing, patience Patience, today domain.Date) (c Computed) {
	if t.is(isClosed) || t.is(isSplit) {
		return c
	}
	patience = patience.orDefault()
	last := t.worded
	s.eachMatter(no, func(m *matter) {
		last = max(last, m.discussed)
		since := m.waitsSince(today)
		if !since.IsZero() && (c.WaitingSince.IsZero() || since < c.WaitingSince) {
			c.WaitingSince, c.WaitingFor = since, s.names.codeOf(m.forum)
		}
	})
	s.eachPromise(no, func(p *promise) {
		if p.overdue(today) && (c.OverdueSince.IsZero() || p.by < c.OverdueSince) {
			c.OverdueSince, c.OverdueAt = p.by, s.names.codeOf(p.forum)
		}
	})
	if since := s.owedSince(no, t); t.owed > 0 && int(today-since) > patience.DebtDays {
		c.DebtSince = since
	}
	if months := monthsBetween(last, today); !last.IsZero() && !t.is(isParked) && months >= patience.SilentMonths {
		c.SilentMonths = months
	}
	c.MandateMissing = t.is(isOfFocusgroep) && t.version > 0 && t.mandate != mandateGiven
	return c
}

// waitsSince is since when a forum owes an answer: since it promised more than it gave, or since the meeting that was to
// talk about it; if no day was said, since it was put on the agenda, once the forum had time to meet. None if it owes
// nothing.
func (m *matter) waitsSince(today domain.Date) domain.Date {
	switch {
	case !m.waiting.IsZero():
		return m.waiting
	case m.scheduled.IsZero() || m.meeting >= today:
		return 0
	case m.meeting.IsZero() && today-m.scheduled < soon:
		return 0
	case m.meeting.IsZero():
		return m.scheduled
	}
	return m.meeting
}

// soon is how many days a forum has for a thing that it was asked without a day: it is not late before it could meet.
const soon = 30

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
func (s *Signals) next(no thingNo, t *thing, c Computed, today domain.Date) NextStep {
	switch {
	case t.is(isClosed):
		return NextNothing
	case t.is(isSplit):
		return NextPursueParts
	case t.is(isParked) && s.isResumed(no, today):
		return NextResume
	case t.is(isParked):
		return NextWaitParked
	case c.Has(PromiseOverdue):
		return NextSettlePromise
	case t.owed > 0:
		return NextFeedBack
	case t.is(isRecommendation):
		return s.nextOnTheRoad(no, t, c, today)
	}
	if step := s.nextToReady(t, c); step != "" {
		return step
	}
	return s.nextOnTheRoad(no, t, c, today)
}

// isResumed reports whether the day has come until which a thing was parked.
func (s *Signals) isResumed(no thingNo, today domain.Date) bool {
	until := s.thing(no).parked
	return !until.IsZero() && until <= today
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

func (s *Signals) nextOnTheRoad(no thingNo, t *thing, c Computed, today domain.Date) NextStep {
	onAgenda, promised := false, false
	s.eachMatter(no, func(m *matter) { onAgenda = onAgenda || !m.scheduled.IsZero() })
	s.eachPromise(no, func(p *promise) { promised = promised || p.state == promiseOpen })
	switch {
	case promised:
		return NextFollowPromise
	case c.Has(Waiting):
		return NextAskAnswer
	case onAgenda:
		return NextAttend
	case t.is(isDecidedFor):
		return NextCarryOut
	case t.is(isAnswered):
		return NextClose
	}
	return NextSchedule
}

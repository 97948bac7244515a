package projections

import (
	"cmp"
	"context"
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/forum"
	"signaalboek/domain/pursuit"
)

// Agenda is what must be on the next agenda of a forum. Each list has the longest waiting at the top.
type Agenda struct {
	Forum       domain.Code
	Last        *ForumMeeting // the last one held; none if no meeting was recorded
	Next        *ForumMeeting // the first one planned for today or later
	New         []AgendaItem  // scheduled since the last meeting
	CarriedOver []AgendaItem  // scheduled before the last meeting and not discussed there, or deferred
	Promises    []PromiseRow  // of this forum, neither kept nor broken, the first due at the top
	Awaited     []AgendaItem  // discussed there, or its meeting is past, and an answer is owed
}

// AgendaItem is one signal or recommendation that a forum has to do with: a whole, if it was bundled.
type AgendaItem struct {
	ID        domain.StreamID
	Text      domain.Sealed // statement, first wording or proposal
	Themes    []domain.Code // of a signal
	Scheduled domain.Date   // the day it was last put on the agenda; none: it was discussed without
	Meeting   domain.Date   // the day of the meeting it was scheduled for; none: no day was said
	Discussed domain.Date   // the last time here; none: never
	Outcome   pursuit.Outcome
	Since     domain.Date // what it waits since: scheduled, deferred, or an answer expected
	InNameOf  pursuit.InNameOf
	Through   pursuit.Through

	text textAt
}

// PromiseRow is a promise of a forum.
type PromiseRow struct {
	ID      domain.StreamID // the whole that it was made about
	Text    domain.Sealed   // of the whole
	Made    domain.Date
	By      domain.Date // none: no day was promised
	Promise domain.Sealed
	Stream  domain.StreamID // whose promise it is, and
	Number  int             // which one there, from 1: what PromiseKept and PromiseBroken name
	Forum   domain.Code
	Overdue bool

	text    textAt
	promise textAt
}

// ForumMeeting is one meeting of a forum.
type ForumMeeting struct {
	ID        forum.MeetingID
	Forum     domain.Code
	Day       domain.Date // that it was held, or is planned for
	Held      bool
	Cancelled bool
	Documents []forum.Document
	Revision  domain.Revision // of the calendar, when this meeting last changed
}

// Agenda is what must be on the next agenda of a forum. The last time is that of the last meeting held; where no
// meeting was recorded, that of the last discussion.
func (f *Forums) Agenda(ctx context.Context, practice domain.PracticeID, forum domain.Code, today domain.Date) (Agenda, error) {
	agenda := f.agenda(practice, forum, today)
	var texts shown
	for _, items := range [][]AgendaItem{agenda.New, agenda.CarriedOver, agenda.Awaited} {
		for i := range items {
			texts.add(items[i].ID, items[i].text, &items[i].Text)
		}
	}
	texts.addPromises(agenda.Promises)
	return agenda, f.signals.texts.fill(ctx, texts)
}

func (s *shown) addPromises(rows []PromiseRow) {
	for i := range rows {
		row := &rows[i]
		s.add(row.ID, row.text, &row.Text)
		s.add(row.Stream, row.promise, &row.Promise)
	}
}

func (f *Forums) agenda(practice domain.PracticeID, forum domain.Code, today domain.Date) Agenda {
	f.lock.RLock()
	defer f.lock.RUnlock()
	agenda := Agenda{Forum: forum}
	agenda.Last, agenda.Next = f.around(calendarKey{practice, forum}, today)
	desk := f.desk(practice, forum)
	last := desk.talked
	if agenda.Last != nil {
		last = agenda.Last.Day
	}
	f.signals.eachWholeAt(desk, func(no thingNo, m *matter) { f.enter(&agenda, no, m, last, today) })
	for _, items := range [][]AgendaItem{agenda.New, agenda.CarriedOver, agenda.Awaited} {
		slices.SortStableFunc(items, func(a, b AgendaItem) int { return cmp.Compare(a.Since, b.Since) })
	}
	agenda.Promises = f.signals.promisesOf(desk, today, func(p *promise) bool { return p.state == promiseOpen })
	return agenda
}

func (f *Forums) desk(practice domain.PracticeID, forum domain.Code) *desk {
	if desk := f.signals.shelfOf(practice).forums[f.names.sought(string(forum))]; desk != nil {
		return desk
	}
	return &desk{}
}

// around is the last meeting held up to today, and the first one planned from today on.
func (f *Forums) around(key calendarKey, today domain.Date) (last, next *ForumMeeting) {
	for _, m := range f.calendars[key] {
		switch {
		case m.Held && m.Day <= today && (last == nil || m.Day >= last.Day):
			held := m.copy()
			last = &held
		case !m.Held && !m.Cancelled && m.Day >= today && (next == nil || m.Day < next.Day):
			planned := m.copy()
			next = &planned
		}
	}
	return last, next
}

// enter puts a whole in the lists of the agenda where it belongs.
func (f *Forums) enter(agenda *Agenda, no thingNo, m *matter, last, today domain.Date) {
	if o := f.signals.outlines.at(uint32(no)); !o.isOpen() || o.is(isParked) {
		return
	}
	item := f.signals.item(no, m)
	switch {
	case m.scheduled.IsZero():
	case f.signals.carriedOver(m, last):
		item.Since = m.scheduled
		agenda.CarriedOver = append(agenda.CarriedOver, item)
	default:
		item.Since = m.scheduled
		agenda.New = append(agenda.New, item)
	}
	if since := m.waitsSince(today); !since.IsZero() && !f.signals.mannerOf(m).deferred && (!m.waiting.IsZero() || !m.meeting.IsZero()) {
		item.Since = since
		agenda.Awaited = append(agenda.Awaited, item)
	}
}

// carriedOver reports whether an item should have been talked about the last time.
func (s *Signals) carriedOver(m *matter, last domain.Date) bool {
	if s.mannerOf(m).deferred {
		return true
	}
	return m.scheduled <= last && m.meeting <= last
}

func (s *Signals) item(no thingNo, m *matter) AgendaItem {
	how := s.mannerOf(m)
	return AgendaItem{
		ID: s.idOf(no), text: s.thing(no).text, Themes: s.themesOf(no),
		Scheduled: m.scheduled, Meeting: m.meeting, Discussed: m.discussed,
		Outcome:  pursuit.Outcome(s.names.codeOf(how.outcome)),
		InNameOf: pursuit.InNameOf(s.names.codeOf(how.inNameOf)), Through: pursuit.Through(s.names.codeOf(how.through)),
	}
}

// eachWholeAt visits every whole that a forum has to do with, once, in the order of the log.
func (s *Signals) eachWholeAt(desk *desk, visit func(thingNo, *matter)) {
	var seen map[thingNo]bool
	for _, at := range desk.matters {
		m := s.matterAt(at)
		if tie := s.ties[m.thing]; tie.into == 0 && tie.member == 0 {
			visit(m.thing, &m)
			continue
		}
		top := s.top(m.thing)
		if seen[top] {
			continue
		}
		if seen == nil {
			seen = map[thingNo]bool{}
		}
		seen[top] = true
		if merged, raised := s.matterIn(top, m.forum); raised {
			visit(top, &merged)
		}
	}
}

// promisesOf lists promises of a forum, the first due at the top; those without a day come last.
func (s *Signals) promisesOf(desk *desk, today domain.Date, wanted func(*promise) bool) (rows []PromiseRow) {
	for _, at := range desk.promises {
		p := s.promiseAt(at)
		top := s.top(p.thing)
		t := s.thing(top)
		if t.is(isClosed) || !wanted(&p) {
			continue
		}
		rows = append(rows, PromiseRow{
			ID: s.idOf(top), text: t.text, Made: p.made, By: p.by,
			promise: p.text, Stream: s.idOf(p.thing), Number: int(p.number),
			Forum: s.names.codeOf(p.forum), Overdue: p.overdue(today),
		})
	}
	slices.SortStableFunc(rows, func(a, b PromiseRow) int {
		return cmp.Or(cmp.Compare(btoi(a.By.IsZero()), btoi(b.By.IsZero())), cmp.Compare(a.By, b.By))
	})
	return rows
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

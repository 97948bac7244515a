package projections

import (
	"fmt"
	"slices"
	"sync"

	"signaalboek/domain"
	"signaalboek/domain/session"
)

// Session is one session as it stands now.
type Session struct {
	ID           domain.StreamID
	Revision     domain.Revision
	On           domain.Date
	Activity     domain.Code
	Present      int
	Theme        domain.Code
	GuestService domain.Code
	Corrected    int    // how many times
	Withdrawn    bool   // it does not count
	History      []Mark // what happened to it, oldest first; only of one session, not in lists
}

// SessionFilter says which sessions are asked for. What is left empty does not matter.
type SessionFilter struct {
	Activity domain.Code
	Period   Period
	After    string // the Next of the page before
	Limit    int    // rows a page; 50 if 0
}

// SessionPage is some sessions, newest day first; those of one day, latest recorded first.
type SessionPage struct {
	Rows []Session
	Next string // cursor of the page after this one; empty at the end
}

// List lists sessions, page by page; corrected ones as they are now, withdrawn ones too. ErrCursor.
func (x *Sessions) List(practice domain.PracticeID, filter SessionFilter) (SessionPage, error) {
	after, err := dayPlaceOf(filter.After)
	if err != nil {
		return SessionPage{}, err
	}
	x.lock.RLock()
	defer x.lock.RUnlock()
	return x.list(practice, filter, after), nil
}

// Session is one session with its history. False if there is no such session in the practice.
func (x *Sessions) Session(practice domain.PracticeID, id domain.StreamID) (Session, bool) {
	x.lock.RLock()
	defer x.lock.RUnlock()
	number, found := x.ids.find(id)
	if !found || x.rows[number].practice != practice {
		return Session{}, false
	}
	one := x.session(number)
	one.History = slices.Clone(x.rows[number].marks)
	return one, true
}

// Sessions is every session.
type Sessions struct {
	lock      *sync.RWMutex // of the set
	ids       streamTable
	rows      []sessionRow
	practices map[domain.PracticeID]*dayBook
}

type sessionRow struct {
	practice  domain.PracticeID
	on        domain.Date
	revision  domain.Revision
	details   session.Details
	withdrawn bool
	marks     []Mark
}

func newSessions(lock *sync.RWMutex) *Sessions {
	return &Sessions{
		lock: lock, ids: streamTable{category: session.Decider.Category}, practices: map[domain.PracticeID]*dayBook{},
	}
}

func (x *Sessions) name() string { return "sessions" }

func (x *Sessions) settle() {}

func (x *Sessions) apply(reading *Reading) error {
	switch event := reading.Event.(type) {
	case session.Held:
		return x.hold(reading, event)
	case session.Corrected:
		return x.change(reading, domain.Code(event.Reason), func(number uint32, row *sessionRow) {
			book := x.practices[row.practice]
			book.remove(row.on, number)
			row.details, row.on = event.Details, reading.Meta.On
			book.add(row.on, number)
		})
	case session.Withdrawn:
		return x.change(reading, domain.Code(event.Reason), func(_ uint32, row *sessionRow) { row.withdrawn = true })
	}
	return nil
}

func (x *Sessions) hold(reading *Reading, event session.Held) error {
	number, added := x.ids.number(reading.Stream)
	if !added {
		return fmt.Errorf("session %s held twice", reading.Stream)
	}
	x.rows = append(x.rows, sessionRow{
		practice: reading.Meta.Practice, on: reading.Meta.On, revision: reading.Revision, details: event.Details,
		marks: []Mark{markOf(reading, "")},
	})
	x.book(reading.Meta.Practice).add(reading.Meta.On, number)
	return nil
}

func (x *Sessions) change(reading *Reading, reason domain.Code, do func(number uint32, row *sessionRow)) error {
	number, found := x.ids.find(reading.Stream)
	if !found {
		return fmt.Errorf("session %s was never held", reading.Stream)
	}
	row := &x.rows[number]
	row.revision, row.marks = reading.Revision, append(row.marks, markOf(reading, reason))
	do(number, row)
	return nil
}

func (x *Sessions) session(number uint32) Session {
	row := &x.rows[number]
	return Session{
		ID: x.ids.stream(number), Revision: row.revision, On: row.on, Activity: row.details.Activity,
		Present: row.details.Present, Theme: row.details.Theme, GuestService: row.details.GuestService,
		Corrected: countCorrected(row.marks), Withdrawn: row.withdrawn,
	}
}

func (x *Sessions) list(practice domain.PracticeID, filter SessionFilter, after dayPlace) SessionPage {
	var page SessionPage
	book := x.practices[practice]
	if book == nil {
		return page
	}
	var last dayPlace
	for day, number := range book.newest(after.bounded(filter.Period), after) {
		if filter.Activity != "" && x.rows[number].details.Activity != filter.Activity {
			continue
		}
		if len(page.Rows) == pageSize(filter.Limit) {
			page.Next = last.cursor()
			return page
		}
		page.Rows, last = append(page.Rows, x.session(number)), dayPlace{day, number}
	}
	return page
}

// book is the days of a practice.
func (x *Sessions) book(practice domain.PracticeID) *dayBook {
	book := x.practices[practice]
	if book == nil {
		book = &dayBook{}
		x.practices[practice] = book
	}
	return book
}

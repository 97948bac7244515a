package projections

import (
	"fmt"
	"sync"
	"time"

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
	if !found || !x.isOf(number, practice) {
		return Session{}, false
	}
	one := x.session(number)
	one.History = x.marks.history(number, x.firstMark(number))
	return one, true
}

// Sessions is every session.
type Sessions struct {
	lock      *sync.RWMutex // of the set
	names     *names
	ids       streamTable
	rows      rows[sessionRow]
	marks     marks
	practices map[symbol]*dayBook
}

type sessionRow struct {
	practice  symbol
	activity  symbol
	theme     symbol
	guest     symbol // service
	on        domain.Date
	at        uint32 // moment of recording, in seconds since 1970
	revision  int32
	present   int32
	withdrawn bool
}

func newSessions(lock *sync.RWMutex, names *names) *Sessions {
	return &Sessions{
		lock: lock, names: names, ids: streamTable{category: session.Decider.Category}, marks: newMarks(names),
		practices: map[symbol]*dayBook{},
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
			row.on = reading.Meta.On
			x.describe(row, event.Details)
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
	row := sessionRow{
		practice: x.names.practice(reading.Meta.Practice), on: reading.Meta.On, at: seconds(reading.Meta.At),
		revision: int32(reading.Revision),
	}
	x.describe(&row, event.Details)
	x.rows.add(row)
	x.book(row.practice).add(row.on, number)
	return nil
}

func (x *Sessions) describe(row *sessionRow, details session.Details) {
	row.activity, row.present = x.names.code(details.Activity), int32(details.Present)
	row.theme, row.guest = x.names.code(details.Theme), x.names.code(details.GuestService)
}

func (x *Sessions) change(reading *Reading, reason domain.Code, do func(number uint32, row *sessionRow)) error {
	number, found := x.ids.find(reading.Stream)
	if !found {
		return fmt.Errorf("session %s was never held", reading.Stream)
	}
	row := x.rows.at(number)
	x.marks.add(number, x.firstMark(number), markOf(reading, reason))
	row.revision = int32(reading.Revision)
	do(number, row)
	return nil
}

// firstMark is that of the session itself, as long as nothing else happened.
func (x *Sessions) firstMark(number uint32) Mark {
	row := x.rows.at(number)
	return Mark{Said: "held", On: row.on, At: time.Unix(int64(row.at), 0).UTC()}
}

// isOf reports whether a session is of a practice.
func (x *Sessions) isOf(number uint32, practice domain.PracticeID) bool {
	return x.names.codeOf(x.rows.at(number).practice) == domain.Code(practice)
}

func (x *Sessions) session(number uint32) Session {
	row := x.rows.at(number)
	return Session{
		ID: x.ids.stream(number), Revision: domain.Revision(row.revision), On: row.on, Activity: x.names.codeOf(row.activity),
		Present: int(row.present), Theme: x.names.codeOf(row.theme), GuestService: x.names.codeOf(row.guest),
		Corrected: x.marks.corrected(number), Withdrawn: row.withdrawn,
	}
}

func (x *Sessions) list(practice domain.PracticeID, filter SessionFilter, after dayPlace) (page SessionPage) {
	activity := x.names.sought(string(filter.Activity))
	page.Rows, page.Next = pageOf(x.daysOf(practice).newest(after.bounded(filter.Period), after),
		func(at dayPlace) bool { return activity == 0 || x.rows.at(at.row).activity == activity }, filter.Limit,
		func(at dayPlace) Session { return x.session(at.row) })
	return page
}

// daysOf is the days of a practice; nil if nothing of it was ever read.
func (x *Sessions) daysOf(practice domain.PracticeID) *dayBook {
	number, known := x.names.known(string(practice))
	if !known {
		return nil
	}
	return x.practices[number]
}

// book is the days of a practice, to be changed.
func (x *Sessions) book(practice symbol) *dayBook {
	book := x.practices[practice]
	if book == nil {
		book = &dayBook{}
		x.practices[practice] = book
	}
	return book
}

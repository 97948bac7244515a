package projections

import (
	"cmp"
	"fmt"
	"slices"
	"sync"

	"signaalboek/domain"
	"signaalboek/domain/forum"
)

// Forums is the calendar of each forum, and the questions about forums: what must be on their agenda (agenda.go), and
// how they follow up (followup.go).
type Forums struct {
	lock    *sync.RWMutex
	names   *names
	signals *Signals

	calendars map[calendarKey][]ForumMeeting // in the order in which they were planned
}

type calendarKey struct {
	practice domain.PracticeID
	forum    domain.Code
}

func newForums(lock *sync.RWMutex, names *names, signals *Signals) *Forums {
	return &Forums{lock: lock, names: names, signals: signals, calendars: map[calendarKey][]ForumMeeting{}}
}

func (f *Forums) name() string { return "forums" }
func (f *Forums) settle()      {}

func (f *Forums) apply(r *Reading) error {
	event, ok := r.Event.(forum.Event)
	if !ok {
		return nil
	}
	practice, code, ok := forum.OwnerOf(r.Stream)
	if !ok {
		return fmt.Errorf("%s is no calendar of a forum", r.Stream)
	}
	key := calendarKey{practice, code}
	if planned, ok := event.(forum.MeetingPlanned); ok {
		meeting := ForumMeeting{ID: planned.Meeting, Forum: code, Day: planned.Day, Revision: r.Revision}
		f.calendars[key] = append(f.calendars[key], meeting)
		return nil
	}
	return f.change(key, event, r)
}

// change applies what happened to a meeting that was planned before.
func (f *Forums) change(key calendarKey, event forum.Event, r *Reading) error {
	switch event := event.(type) {
	case forum.MeetingHeld:
		return f.at(key, event.Meeting, r, func(m *ForumMeeting) { m.Held, m.Day = true, r.Meta.On })
	case forum.MeetingCancelled:
		return f.at(key, event.Meeting, r, func(m *ForumMeeting) { m.Cancelled = true })
	case forum.DocumentsLinked:
		return f.at(key, event.Meeting, r, func(m *ForumMeeting) { m.Documents = append(m.Documents, event.Documents...) })
	}
	return fmt.Errorf("%s is not known here", event.EventName())
}

func (f *Forums) at(key calendarKey, id forum.MeetingID, r *Reading, change func(*ForumMeeting)) error {
	calendar := f.calendars[key]
	for i := range calendar {
		if calendar[i].ID == id {
			calendar[i].Revision = r.Revision
			change(&calendar[i])
			return nil
		}
	}
	return fmt.Errorf("%s holds no meeting %s", r.Stream, id)
}

// Meetings lists the meetings of a forum, newest first; of every forum, if none is named.
func (f *Forums) Meetings(practice domain.PracticeID, forum domain.Code) []ForumMeeting {
	f.lock.RLock()
	defer f.lock.RUnlock()
	var meetings []ForumMeeting
	for key, calendar := range f.calendars {
		if key.practice == practice && (forum == "" || key.forum == forum) {
			for _, m := range calendar {
				meetings = append(meetings, m.copy())
			}
		}
	}
	slices.SortFunc(meetings, func(a, b ForumMeeting) int {
		return cmp.Or(-cmp.Compare(a.Day, b.Day), cmp.Compare(a.Forum, b.Forum), slices.Compare(a.ID[:], b.ID[:]))
	})
	return meetings
}

func (m ForumMeeting) copy() ForumMeeting {
	m.Documents = slices.Clone(m.Documents)
	return m
}

func (f *Forums) code(c *coder) {
	entries := f.entries()
	list(c, &entries, func(c *coder, entry *calendarEntry) {
		text(c, &entry.key.practice)
		text(c, &entry.key.forum)
		list(c, &entry.meetings, codeMeeting)
	})
	if c.reading {
		for _, entry := range entries {
			f.calendars[entry.key] = entry.meetings
		}
	}
}

type calendarEntry struct {
	key      calendarKey
	meetings []ForumMeeting
}

// entries is the calendars in a fixed order.
func (f *Forums) entries() (entries []calendarEntry) {
	for key, meetings := range f.calendars {
		entries = append(entries, calendarEntry{key, meetings})
	}
	slices.SortFunc(entries, func(a, b calendarEntry) int {
		return cmp.Or(cmp.Compare(a.key.practice, b.key.practice), cmp.Compare(a.key.forum, b.key.forum))
	})
	return entries
}

func codeMeeting(c *coder, m *ForumMeeting) {
	c.id(&m.ID)
	text(c, &m.Forum)
	number(c, &m.Day)
	c.truth(&m.Held)
	c.truth(&m.Cancelled)
	number(c, &m.Revision)
	list(c, &m.Documents, func(c *coder, d *forum.Document) {
		text(c, &d.Kind)
		text(c, &d.URI)
		number(c, &d.Page)
		text(c, &d.Digest)
	})
}

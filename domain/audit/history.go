package audit

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"
	"time"

	"signaalboek/domain"
	"signaalboek/domain/catalog"
)

// History is a log as an auditor sees it. It holds no content: how often what happened in each month, and where those
// events stand that are shown by themselves.
type History struct {
	zone      *time.Location
	practices map[domain.PracticeID]map[Month]*month

	position domain.Position   // of the event that was added last
	lastOf   domain.PracticeID // whose that was
	lastIn   Month             // and when
}

// month is what was recorded in one.
type month struct {
	counted map[string]int // by the name of the event
	policy  []Event        // in the order of the log
}

// Event is one that is shown by itself, and where the log holds it.
type Event struct {
	ID       domain.EventID
	Name     string
	Stream   domain.StreamID
	Revision domain.Revision
	Position domain.Position
	Actor    domain.ActorID // of an event that shows it; else none
}

// Line is one line of a history: an event that is shown by itself, or how often something happened in a month.
type Line struct {
	Month Month
	Name  string // of the events
	Count int    // 1 for an event by itself
	Event *Event // nil: only their number is shown
}

// NewHistory is the history of an empty log, in the months of a zone.
func NewHistory(zone *time.Location) *History {
	return &History{zone: zone, practices: map[domain.PracticeID]map[Month]*month{}}
}

// Position is that of the last event that was added.
func (h *History) Position() domain.Position { return h.position }

// Add takes in the next event of the log.
func (h *History) Add(r domain.Recorded) error {
	entry, err := catalog.Decode(r)
	if err != nil {
		return fmt.Errorf("history: %w", err)
	}
	h.lastOf, h.lastIn = entry.Meta.Practice, MonthOf(r.At.In(h.zone))
	in := h.month(h.lastOf, h.lastIn)
	if IsPolicy(r.Name) {
		event := Event{ID: r.ID, Name: r.Name, Stream: r.Stream, Revision: r.Revision, Position: r.Position}
		if ShowsActor(r.Name) {
			event.Actor = entry.Meta.Actor
		}
		in.policy = append(in.policy, event)
	} else {
		in.counted[r.Name]++
	}
	h.position = r.Position
	return nil
}

func (h *History) month(practice domain.PracticeID, of Month) *month {
	months := h.practices[practice]
	if months == nil {
		months = map[Month]*month{}
		h.practices[practice] = months
	}
	if months[of] == nil {
		months[of] = &month{counted: map[string]int{}}
	}
	return months[of]
}

// Months lists the months in which a practice recorded anything, the last one first.
func (h *History) Months(practice domain.PracticeID) []Month {
	return slices.SortedFunc(maps.Keys(h.practices[practice]), func(a, b Month) int { return cmp.Compare(b, a) })
}

// Event is one event of a practice that is shown by itself. False if there is none with that id.
func (h *History) Event(practice domain.PracticeID, id domain.EventID) (Event, bool) {
	for _, in := range h.practices[practice] {
		i := slices.IndexFunc(in.policy, func(e Event) bool { return e.ID == id })
		if i >= 0 {
			return in.policy[i], true
		}
	}
	return Event{}, false
}

// Lines gives the history of a practice, the last month first: in each month what is only counted, by name, and then what
// is shown by itself, in the order of the log. Of a month that is not over yet, which running is, nothing is counted:
// whoever looked twice would see a contact come, and when.
func (h *History) Lines(practice domain.PracticeID, running Month) iter.Seq[Line] {
	return func(yield func(Line) bool) {
		for _, of := range h.Months(practice) {
			for line := range h.practices[practice][of].lines(of) {
				if (line.Event != nil || of < running) && !yield(line) {
					return
				}
			}
		}
	}
}

func (m *month) lines(of Month) iter.Seq[Line] {
	return func(yield func(Line) bool) {
		for _, name := range slices.Sorted(maps.Keys(m.counted)) {
			if !yield(Line{Month: of, Name: name, Count: m.counted[name]}) {
				return
			}
		}
		for i := range m.policy {
			if !yield(Line{Month: of, Name: m.policy[i].Name, Count: 1, Event: &m.policy[i]}) {
				return
			}
		}
	}
}

// Cursor is where a line stands among the others: what is recorded meanwhile moves nothing.
func (l Line) Cursor() string {
	if l.Event == nil {
		return string(l.Month) + "." + l.Name
	}
	return string(l.Month) + "." + l.Event.ID.String()
}

package projections

import (
	"cmp"
	"maps"
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/signal"
	"signaalboek/domain/vocabulary"
)

// UntakenRequest is a help request marked "opgepikt als signaal" that no signal took up (rule 2).
type UntakenRequest struct {
	Contact  domain.StreamID
	Request  int // from 1
	On       domain.Date
	Activity domain.Code
	Themes   []domain.Code
}

// Untaken lists the help requests that were marked as taken up as a signal and that no signal took up, oldest first.
func (c *Contacts) Untaken(practice domain.PracticeID) []UntakenRequest {
	c.lock.RLock()
	defer c.lock.RUnlock()
	return c.untaken(practice)
}

// mark keeps the contacts of which a help request is marked as taken up as a signal.
func (c *Contacts) mark(row uint32, shapes []uint32) {
	in := c.practiceOf(row)
	delete(in.marked, row)
	for _, number := range shapes {
		if c.isMarked(number) {
			in.marked[row] = struct{}{}
		}
	}
}

func (c *Contacts) isMarked(number uint32) bool {
	mark, known := c.names.known(string(vocabulary.TakenUpAsSignal))
	return known && c.names.carries(c.shapes.values[number].approaches, mark)
}

func (c *Contacts) untaken(practice domain.PracticeID) []UntakenRequest {
	in := c.of(practice)
	if in == nil {
		return nil
	}
	var all []UntakenRequest
	for _, row := range slices.Sorted(maps.Keys(in.marked)) {
		all = c.appendUntaken(all, row)
	}
	slices.SortStableFunc(all, func(a, b UntakenRequest) int { return cmp.Compare(a.On, b.On) })
	return all
}

func (c *Contacts) appendUntaken(to []UntakenRequest, row uint32) []UntakenRequest {
	f, contact := c.facts.at(row), *c.ids.table.keys.at(row)
	if f.said&withdrawn != 0 || c.isTaken(contact, 0) {
		return to
	}
	for i, number := range c.shapesOf(row) {
		if !c.isMarked(number) || c.isTaken(contact, i+1) {
			continue
		}
		to = append(to, UntakenRequest{
			Contact: c.ids.stream(row), Request: i + 1, On: f.on, Activity: c.names.codeOf(f.activity),
			Themes: c.names.listOf(c.shapes.values[number].themes),
		})
	}
	return to
}

func (c *Contacts) isTaken(contact key, request int) bool {
	_, taken := c.taken.find(takenRequest{contact, uint8(request)})
	return taken
}

// takenRequest names a help request, also before its contact is known; request 0 is all of them.
type takenRequest struct {
	contact key
	request uint8 // at most maxRequests
}

func (t takenRequest) hash() uint64 { return t.contact.hash() + uint64(t.request) }

func (c *Contacts) take(evidence signal.Evidence) {
	if evidence.Contact != "" && evidence.Request <= maxRequests {
		c.taken.number(takenRequest{keyOf(evidence.Contact.Key()), uint8(evidence.Request)})
	}
}

package projections

import (
	"time"

	"signaalboek/domain"
)

// Contact is one contact as it stands now.
type Contact struct {
	ID         domain.StreamID
	Revision   domain.Revision
	On         domain.Date
	Activity   domain.Code
	Initiative domain.Code
	Relation   domain.Code
	Place      domain.Code
	Known      domain.Answer // to the social service
	Recognised bool          // somebody was recognised; who is nowhere
	Requests   []HelpRequest // counted from 1
	Corrected  int           // how many times
	Withdrawn  bool          // it does not count
	History    []Mark        // what happened to it, oldest first; only of one contact, not in lists
}

// HelpRequest is one help request of a contact, with what was done about it since.
type HelpRequest struct {
	Themes     []domain.Code
	Approaches []domain.Code
	Services   []domain.Code
	FollowedUp bool
	Settled    bool
}

// ContactFilter says which contacts are asked for. What is left empty does not matter.
type ContactFilter struct {
	Activity domain.Code
	Theme    domain.Code // these three: of one and the same help request
	Approach domain.Code
	Service  domain.Code
	Period   Period
	After    string // the Next of the page before
	Limit    int    // rows a page; 50 if 0
}

// ContactPage is some contacts, newest day first; those of one day, latest registered first.
type ContactPage struct {
	Rows []Contact
	Next string // cursor of the page after this one; empty at the end
}

// ErrCursor refuses a cursor that no page gave.
var ErrCursor = domain.Refuse(domain.Invalid, "cursor-unknown")

// List lists contacts, page by page; corrected ones as they are now, withdrawn ones too. ErrCursor.
func (c *Contacts) List(practice domain.PracticeID, filter ContactFilter) (ContactPage, error) {
	after, err := dayPlaceOf(filter.After)
	if err != nil {
		return ContactPage{}, err
	}
	c.lock.RLock()
	defer c.lock.RUnlock()
	return c.list(practice, filter, after), nil
}

// Contact is one contact with its history. False if there is no such contact in the practice.
func (c *Contacts) Contact(practice domain.PracticeID, id domain.StreamID) (Contact, bool) {
	c.lock.RLock()
	defer c.lock.RUnlock()
	row, found := c.find(practice, id)
	if !found {
		return Contact{}, false
	}
	one := c.contact(row)
	one.History = c.marks.history(row, c.firstMark(row))
	return one, true
}

func (c *Contacts) find(practice domain.PracticeID, id domain.StreamID) (uint32, bool) {
	row, found := c.ids.find(id)
	return row, found && c.names.codeOf(c.sceneOf(row).practice) == domain.Code(practice)
}

func (c *Contacts) contact(row uint32) Contact {
	f, scene := c.facts.at(row), c.sceneOf(row)
	one := Contact{
		ID: c.ids.stream(row), Revision: domain.Revision(c.rest.at(row).revision), On: f.on, Activity: c.names.codeOf(f.activity),
		Initiative: c.names.codeOf(scene.initiative), Relation: c.names.codeOf(scene.relation),
		Place: c.names.codeOf(scene.place), Known: answerOf(f.said.answer(saidKnown)),
		Recognised: f.person != nobody || f.said&erased != 0, Withdrawn: f.said&withdrawn != 0,
		Corrected: c.marks.corrected(row),
	}
	for _, number := range c.shapesOf(row) {
		one.Requests = append(one.Requests, c.names.request(c.shapes.values[number]))
	}
	return one
}

// firstMark is that of the registration, as long as nothing else happened.
func (c *Contacts) firstMark(row uint32) Mark {
	return Mark{Said: "registered", On: c.facts.at(row).on, At: time.Unix(int64(c.rest.at(row).at), 0).UTC()}
}

func (c *Contacts) list(practice domain.PracticeID, filter ContactFilter, after dayPlace) ContactPage {
	var page ContactPage
	in := c.of(practice)
	wanted, possible := c.wanted(filter)
	if in == nil || !possible {
		return page
	}
	page.Rows, page.Next = pageOf(in.days.newest(after.bounded(filter.Period), after),
		func(at dayPlace) bool { return wanted(at.row) }, filter.Limit,
		func(at dayPlace) Contact { return c.contact(at.row) })
	return page
}

// wanted tells which contacts a filter chooses. What it says of requests is looked up once a shape, not once a contact.
// It is not possible when the filter names a code that was never used.
func (c *Contacts) wanted(filter ContactFilter) (wanted func(row uint32) bool, possible bool) {
	var codes [4]symbol
	for i, code := range [4]domain.Code{filter.Activity, filter.Theme, filter.Approach, filter.Service} {
		if codes[i], possible = c.names.known(string(code)); !possible {
			return nil, false
		}
	}
	activity := codes[0]
	shapes := c.names.matching(c.shapes.values, codes[1], codes[2], codes[3])
	return func(row uint32) bool {
		if activity != 0 && c.facts.at(row).activity != activity {
			return false
		}
		return shapes == nil || anyOf(shapes, c.shapesOf(row))
	}, true
}

func anyOf(wanted []bool, numbers []uint32) bool {
	for _, number := range numbers {
		if wanted[number] {
			return true
		}
	}
	return false
}

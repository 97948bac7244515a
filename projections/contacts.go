package projections

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"signaalboek/domain"
	"signaalboek/domain/contact"
	"signaalboek/domain/practice"
	"signaalboek/domain/signal"
)

// Contacts is every contact, in rows of fixed size: about 60 bytes each, the tables that find them included. What
// figures look at stands apart from the rest, so that a year is counted in one pass over 20 bytes a contact. They have
// a table of streams of their own, because there are many more of them than of anything else.
type Contacts struct {
	lock      *sync.RWMutex // of the set
	names     *names
	ids       streamTable
	facts     rows[contactFacts] // by number, as all below
	rest      rows[contactRest]
	scenes    interned[scene]
	lists     []uint32 // shapes of the requests of contacts that have several
	shapes    interned[shape]
	services  [][]symbol // by shape
	marks     marks
	taken     numbering[takenRequest] // by a signal
	practices map[symbol]*practiceContacts

	seenActivities []symbol // at which a contact ever was, in the order of first appearance
}

type practiceContacts struct {
	days   dayBook
	people map[int]*people     // by year: pseudonyms join no two years
	marked map[uint32]struct{} // contacts with a help request that is marked as taken up as a signal
}

type contactFacts struct {
	on       domain.Date
	person   uint32    // number in the table of people of practice and year, or nobody
	requests [1]uint32 // the shape of the one request; of several, where they begin in lists
	activity symbol
	count    uint8 // of requests
	said     said
}

type contactRest struct {
	at       uint32 // moment of registration, in seconds since 1970
	scene    uint32
	revision uint16
}

// scene is what many contacts have in common: each different one is kept once.
type scene struct {
	practice   symbol
	initiative symbol
	relation   symbol
	place      symbol
}

const nobody = ^uint32(0)

// said is the three answers of a contact, two bits each, and whether it still counts.
type said uint8

const (
	saidKnown   = 0 // shift of the answer whether the social service knows the person
	saidEarlier = 2 // of that to: contact in an earlier year?
	saidHere    = 4 // of that to: contact in an earlier year at this activity?
	withdrawn   = said(1 << 6)
	erased      = said(1 << 7) // somebody was recognised, and who that was has been forgotten
)

// The two bits of an answer.
const (
	bitsUnknown = 0
	bitsYes     = 1
	bitsNo      = 2
)

func (s said) answer(shift uint) uint8 { return uint8(s>>shift) & 3 }

func answerBits(answer domain.Answer, shift uint) said {
	switch answer {
	case domain.Yes:
		return bitsYes << shift
	case domain.No:
		return bitsNo << shift
	}
	return bitsUnknown
}

func answerOf(bits uint8) domain.Answer {
	return [...]domain.Answer{domain.Unknown, domain.Yes, domain.No, domain.Unknown}[bits]
}

func newContacts(lock *sync.RWMutex, names *names) *Contacts {
	return &Contacts{
		lock: lock, names: names, ids: streamTable{category: contact.Decider.Category}, shapes: newInterned(shape{}), scenes: newInterned(scene{}),
		marks: newMarks(names), practices: map[symbol]*practiceContacts{},
	}
}

func (c *Contacts) name() string { return "contacts" }

func (c *Contacts) settle() { c.unpack() }

func (c *Contacts) apply(reading *Reading) error {
	switch event := reading.Event.(type) {
	case contact.Registered:
		return c.register(reading, event.Details)
	case contact.Corrected:
		return c.change(reading, domain.Code(event.Reason), func(row uint32) error { return c.correct(row, reading, event.Details) })
	case contact.Withdrawn:
		return c.change(reading, domain.Code(event.Reason), func(row uint32) error {
			c.facts.at(row).said |= withdrawn
			return nil
		})
	case contact.RequestFollowedUp:
		return c.change(reading, "", func(row uint32) error { return c.followUp(row, event) })
	case practice.CardsMerged:
		c.merge(reading)
	case signal.PickedUp:
		c.take(event.Evidence)
	case signal.EvidenceLinked:
		c.take(event.Evidence)
	case signal.Reopened:
		c.take(event.Evidence)
	}
	return nil
}

func (c *Contacts) register(reading *Reading, details contact.Details) error {
	row, added := c.ids.number(reading.Stream)
	if !added {
		return fmt.Errorf("contact %s registered twice", reading.Stream)
	}
	c.facts.add(contactFacts{})
	c.rest.add(contactRest{scene: c.scenes.number(scene{practice: c.names.practice(reading.Meta.Practice)}), at: seconds(reading.Meta.At)})
	return c.record(row, reading, details, nil)
}

// correct writes the whole again. That a request is settled stays; so does a withdrawal.
func (c *Contacts) correct(row uint32, reading *Reading, details contact.Details) error {
	before, shapes := *c.facts.at(row), c.shapesOf(row)
	c.practiceOf(row).days.remove(before.on, row)
	if err := c.record(row, reading, details, shapes); err != nil {
		return err
	}
	c.facts.at(row).said |= before.said & withdrawn
	return nil
}

// change does something to a contact that is there, and keeps a mark of it.
func (c *Contacts) change(reading *Reading, reason domain.Code, do func(row uint32) error) error {
	row, found := c.ids.find(reading.Stream)
	if !found {
		return fmt.Errorf("contact %s was never registered", reading.Stream)
	}
	c.marks.add(row, c.firstMark(row), markOf(reading, reason))
	c.rest.at(row).revision = uint16(reading.Revision)
	return do(row)
}

// record writes what a contact says into its row, whose requests had the shapes before.
func (c *Contacts) record(row uint32, reading *Reading, details contact.Details, before []uint32) error {
	if len(details.Requests) > maxRequests {
		return fmt.Errorf("contact %s has %d requests", reading.Stream, len(details.Requests))
	}
	shapes := make([]uint32, 0, 8)
	for i, request := range details.Requests {
		settled := i < len(before) && c.shapes.values[before[i]].settled
		shapes = append(shapes, c.shapeOf(request, settled))
	}
	*c.facts.at(row) = contactFacts{on: reading.Meta.On, activity: c.names.code(details.Activity), person: nobody}
	if !slices.Contains(c.seenActivities, c.facts.at(row).activity) {
		c.seenActivities = append(c.seenActivities, c.facts.at(row).activity)
	}
	c.setShapes(row, shapes)
	rest := c.rest.at(row)
	rest.scene, rest.revision = c.scenes.number(scene{
		practice: c.sceneOf(row).practice, initiative: c.names.code(details.Initiative),
		relation: c.names.code(details.Relation), place: c.names.code(details.Place),
	}), uint16(reading.Revision)
	c.recognise(row, reading, details)
	c.practiceOf(row).days.add(reading.Meta.On, row)
	return nil
}

const maxRequests = 255

func (c *Contacts) recognise(row uint32, reading *Reading, details contact.Details) {
	f := c.facts.at(row)
	f.said = answerBits(details.Known, saidKnown)
	switch recognition := reading.Recognition; {
	case recognition != nil:
		f.person = c.practiceOf(row).peopleOf(f.on.Year()).number(recognition.Pseudonym)
		f.said |= answerBits(recognition.EarlierYear, saidEarlier) | answerBits(recognition.EarlierYearHere, saidHere)
	case !details.Recognition.IsZero():
		f.said |= erased
	}
}

// merge takes two pseudonyms of a year for one person, wherever their contacts stand.
func (c *Contacts) merge(reading *Reading) {
	if same := reading.Same; same != nil {
		c.inPractice(c.names.practice(reading.Meta.Practice)).peopleOf(same.Year).merge(*same)
	}
}

func (c *Contacts) followUp(row uint32, event contact.RequestFollowedUp) error {
	shapes := c.shapesOf(row)
	if event.Request < 1 || event.Request > len(shapes) {
		return fmt.Errorf("contact %s has no request %d", c.ids.stream(row), event.Request)
	}
	changed := slices.Clone(shapes)
	request := c.shapes.values[changed[event.Request-1]]
	request.approaches = c.names.extended(request.approaches, event.Approaches)
	request.services = c.names.extended(request.services, event.Services)
	request.followedUp, request.settled = true, request.settled || event.Settled
	changed[event.Request-1] = c.shapes.number(request)
	c.setShapes(row, changed)
	return nil
}

// setShapes gives a contact its requests. Where several stood before, their place in lists is left behind: corrections
// are few.
func (c *Contacts) setShapes(row uint32, shapes []uint32) {
	f := c.facts.at(row)
	f.count, f.requests[0] = uint8(len(shapes)), 0
	switch {
	case len(shapes) == 1:
		f.requests[0] = shapes[0]
	case len(shapes) > 1:
		f.requests[0] = uint32(len(c.lists))
		c.lists = append(c.lists, shapes...)
	}
	c.mark(row, shapes)
}

// shapesOf is the requests of a contact, by shape.
func (c *Contacts) shapesOf(row uint32) []uint32 {
	f := c.facts.at(row)
	if f.count <= 1 {
		return f.requests[:f.count]
	}
	return c.lists[f.requests[0] : f.requests[0]+uint32(f.count)]
}

func (c *Contacts) sceneOf(row uint32) scene { return c.scenes.values[c.rest.at(row).scene] }

func (c *Contacts) practiceOf(row uint32) *practiceContacts {
	return c.inPractice(c.sceneOf(row).practice)
}

func (c *Contacts) inPractice(practice symbol) *practiceContacts {
	in := c.practices[practice]
	if in == nil {
		in = newPracticeContacts()
		c.practices[practice] = in
	}
	return in
}

func newPracticeContacts() *practiceContacts {
	return &practiceContacts{people: map[int]*people{}, marked: map[uint32]struct{}{}}
}

func (p *practiceContacts) peopleOf(year int) *people {
	found := p.people[year]
	if found == nil {
		found = &people{}
		p.people[year] = found
	}
	return found
}

func (c *Contacts) shapeOf(request contact.Request, settled bool) uint32 {
	return c.shapes.number(shape{
		themes: c.names.list(request.Themes), approaches: c.names.list(request.Approaches),
		services: c.names.list(request.Services), settled: settled,
	})
}

// of is the contacts of a practice; nil if nothing of it was ever read.
func (c *Contacts) of(practice domain.PracticeID) *practiceContacts {
	number, known := c.names.known(string(practice))
	if !known {
		return nil
	}
	return c.practices[number]
}

// daysOf is the days of a practice; nil if nothing of it was ever read.
func (c *Contacts) daysOf(practice domain.PracticeID) *dayBook {
	if in := c.of(practice); in != nil {
		return &in.days
	}
	return nil
}

// participle is what an event says happened: the middle of its name.
func participle(event domain.Event) Said {
	_, rest, _ := strings.Cut(event.EventName(), ".")
	said, _, _ := strings.Cut(rest, ".")
	return Said(said)
}

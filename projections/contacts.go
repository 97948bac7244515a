package projections

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"signaalboek/domain"
	"signaalboek/domain/contact"
	"signaalboek/domain/signal"
	"signaalboek/domain/vocabulary"
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

// takenRequest names a help request, also before its contact is known; request 0 is all of them.
type takenRequest struct {
	contact key
	request uint8 // at most maxRequests
}

func (t takenRequest) hash() uint64 { return t.contact.hash() + uint64(t.request) }

type practiceContacts struct {
	days   dayBook
	people map[int]*keyTable   // by year: pseudonyms, which join no two years
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
	case signal.PickedUp:
		c.take(event.Evidence)
	case signal.EvidenceLinked:
		c.take(event.Evidence)
	case signal.Reopened:
		c.take(event.Evidence)
	}
	return nil
}

func (c *Contacts) take(evidence signal.Evidence) {
	if evidence.Contact != "" && evidence.Request <= maxRequests {
		c.taken.number(takenRequest{keyOf(evidence.Contact.Key()), uint8(evidence.Request)})
	}
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
		f.person, _ = c.practiceOf(row).peopleOf(f.on.Year()).number(recognition.Pseudonym)
		f.said |= answerBits(recognition.EarlierYear, saidEarlier) | answerBits(recognition.EarlierYearHere, saidHere)
	case !details.Recognition.IsZero():
		f.said |= erased
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
	return &practiceContacts{people: map[int]*keyTable{}, marked: map[uint32]struct{}{}}
}

func (p *practiceContacts) peopleOf(year int) *keyTable {
	people := p.people[year]
	if people == nil {
		people = &keyTable{}
		p.people[year] = people
	}
	return people
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
	var last dayPlace
	for day, row := range in.days.newest(after.bounded(filter.Period), after) {
		if !wanted(row) {
			continue
		}
		if len(page.Rows) == pageSize(filter.Limit) {
			page.Next = last.cursor()
			return page
		}
		page.Rows, last = append(page.Rows, c.contact(row)), dayPlace{day, row}
	}
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

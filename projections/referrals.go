package projections

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"signaalboek/domain"
	"signaalboek/domain/referral"
	"signaalboek/domain/vocabulary"
)

// ReferralState is how far a referral has come.
type ReferralState string

// The states of a referral.
const (
	ReferralOpen      ReferralState = "open" // nobody knows yet whether the person arrived
	ReferralArrived   ReferralState = "arrived"
	ReferralMissed    ReferralState = "missed"
	ReferralCompleted ReferralState = "completed"
	ReferralLapsed    ReferralState = "lapsed"
)

// Referral is one referral, made as such or following from a help request.
type Referral struct {
	ID        domain.StreamID
	Revision  domain.Revision  // domain.NoStream: it follows from a help request and nothing was heard of it yet
	Origin    *referral.Origin // the help request it follows from; nil if it was made as a referral
	On        domain.Date
	Service   domain.Code
	Themes    []domain.Code
	Direction referral.Direction
	Warm      domain.Answer // Unknown when it follows from a help request
	Session   domain.StreamID
	Partner   domain.Code
	State     ReferralState
	Arrived   bool // also when it is completed since
	Missed    referral.MissedReason
	Result    referral.Result
	Since     domain.Date // the day of its last step
}

// ReferralFilter says which referrals are asked for. What is left empty does not matter.
type ReferralFilter struct {
	Service   domain.Code
	Direction referral.Direction
	State     ReferralState
	Period    Period // of the day it was made
	After     string // the Next of the page before
	Limit     int    // rows a page; 50 if 0
}

// ReferralPage is some referrals, newest day first.
type ReferralPage struct {
	Rows []Referral
	Next string // cursor of the page after this one; empty at the end
}

// ReferralCount is what became of the referrals in one direction.
type ReferralCount struct {
	Made      int
	Warm      int // the worker went along
	NotWarm   int
	Arrived   int // also those completed since
	Missed    int
	Completed int
	Lapsed    int
	Open      int // nobody knows yet whether the person arrived
	MissedFor map[referral.MissedReason]int
	Results   map[referral.Result]int
}

// ServiceReferrals is the traffic with one service: In against Out is its reciprocity.
type ServiceReferrals struct {
	Service domain.Code
	Label   string
	Out     ReferralCount
	In      ReferralCount
}

// ByService is the traffic with each service in a period, by label; only services with which there was any.
func (r *Referrals) ByService(practice domain.PracticeID, period Period) []ServiceReferrals {
	r.lock.RLock()
	defer r.lock.RUnlock()
	counted := serviceCounts{}
	for _, rows := range r.daysOf(practice).days(period) {
		for _, row := range rows {
			counted.of(r.rows.at(row).service).count(r.madeAt(row), 1)
		}
	}
	r.countRequested(counted, practice, period)
	book := r.words.book(practice)
	var all []ServiceReferrals
	for service, of := range counted {
		of.Service = r.names.codeOf(service)
		of.Label = book.Label(vocabulary.Services, of.Service)
		all = append(all, *of)
	}
	slices.SortFunc(all, func(a, b ServiceReferrals) int {
		return cmp.Or(cmp.Compare(a.Label, b.Label), cmp.Compare(a.Service, b.Service))
	})
	return all
}

// countRequested counts the referrals that follow from help requests. Those of which nothing was heard, nearly all, are
// counted by the shapes of the requests.
func (r *Referrals) countRequested(counted serviceCounts, practice domain.PracticeID, period Period) {
	unheard := make([]int, len(r.contacts.shapes.values))
	for _, rows := range r.contacts.daysOf(practice).days(period) {
		for _, row := range rows {
			switch {
			case r.contacts.facts.at(row).said&withdrawn != 0:
			case r.wasHeard(row):
				r.yieldRequested(row, referralPlace{}, func(f foundReferral) bool { counted.of(f.service).count(f, 1); return true })
			default:
				for _, shape := range r.contacts.shapesOf(row) {
					unheard[shape]++
				}
			}
		}
	}
	open := foundReferral{direction: referral.Out, warm: domain.Unknown, heard: heardOf{fate: fate{state: ReferralOpen}}}
	for shape, times := range unheard {
		for _, service := range r.contacts.servicesOf(uint32(shape)) {
			if times > 0 {
				counted.of(service).count(open, times)
			}
		}
	}
}

// serviceCounts is the traffic by service.
type serviceCounts map[symbol]*ServiceReferrals

func (c serviceCounts) of(service symbol) *ServiceReferrals {
	if c[service] == nil {
		c[service] = &ServiceReferrals{}
	}
	return c[service]
}

// List lists referrals, page by page. ErrCursor.
func (r *Referrals) List(practice domain.PracticeID, filter ReferralFilter) (ReferralPage, error) {
	after, err := referralPlaceOf(filter.After)
	if err != nil {
		return ReferralPage{}, err
	}
	r.lock.RLock()
	defer r.lock.RUnlock()
	var page ReferralPage
	var last referralPlace
	for f := range r.newest(practice, filter.Period, after) {
		if !r.wanted(f, filter) {
			continue
		}
		if len(page.Rows) == pageSize(filter.Limit) {
			page.Next = last.cursor()
			return page, nil
		}
		page.Rows, last = append(page.Rows, r.referral(f)), f.place
	}
	return page, nil
}

// Referral is one referral that was made as such, or that follows from a help request and of which something was heard.
// False if there is no such referral in the practice, or its contact does not say so any more.
func (r *Referrals) Referral(practice domain.PracticeID, id domain.StreamID) (Referral, bool) {
	r.lock.RLock()
	defer r.lock.RUnlock()
	if origin, derived := r.origins[keyOf(id.Key())]; derived {
		return r.fromRequest(practice, origin)
	}
	row, found := r.ids.find(id)
	if !found || r.names.codeOf(r.rows.at(row).practice) != domain.Code(practice) {
		return Referral{}, false
	}
	return r.referral(r.madeAt(row)), true
}

// FromRequest is the referral that a service on a help request is. False if the contact does not say so (any more).
func (r *Referrals) FromRequest(practice domain.PracticeID, origin referral.Origin) (Referral, bool) {
	r.lock.RLock()
	defer r.lock.RUnlock()
	row, found := r.contacts.ids.find(origin.Contact)
	service, known := r.names.known(string(origin.Service))
	if !found || !known || origin.Request > maxRequests {
		return Referral{}, false
	}
	return r.fromRequest(practice, requested{row, int32(origin.Request), service})
}

// Referrals is where people were sent, and whether they arrived. Those that follow from help requests have no row here:
// they are read from the contacts as these are now, so that a contact that is corrected or withdrawn corrects or takes
// back its referrals; only what was heard of them stands here.
type Referrals struct {
	lock      *sync.RWMutex // of the set
	names     *names
	words     *Words
	contacts  *Contacts
	ids       streamTable // of those made as such
	rows      rows[madeReferral]
	practices map[symbol]*dayBook
	heard     map[requested]heardRow // of those from help requests
	fates     interned[fate]
	origins   map[key]requested // by the key of their stream
	heardRows []uint64          // one bit a contact: something was heard of a referral of it
}

// madeReferral is a referral that was made as such.
type madeReferral struct {
	practice  symbol
	on        domain.Date
	service   symbol
	themes    listNo
	partner   symbol
	session   streamNo
	warm      symbol
	direction symbol
	heard     heardRow
}

// requested names a service on a help request.
type requested struct {
	contact uint32
	request int32 // from 1
	service symbol
}

// heardOf is what was last heard of a referral.
type heardOf struct {
	revision domain.Revision
	since    domain.Date
	fate
}

// fate is what became of a referral; a few dozen different ones exist.
type fate struct {
	state   ReferralState
	arrived bool
	missed  referral.MissedReason
	result  referral.Result
}

// heardRow is what was last heard of a referral, in little room.
type heardRow struct {
	revision int32
	since    domain.Date
	fate     uint32
}

func newReferrals(lock *sync.RWMutex, names *names, words *Words, contacts *Contacts) *Referrals {
	return &Referrals{
		lock: lock, names: names, words: words, contacts: contacts,
		ids: streamTable{category: referral.Decider.Category}, practices: map[symbol]*dayBook{},
		heard: map[requested]heardRow{}, fates: newInterned(fate{state: ReferralOpen}), origins: map[key]requested{},
	}
}

func (r *Referrals) name() string { return "referrals" }

func (r *Referrals) settle() {}

func (r *Referrals) apply(reading *Reading) error {
	switch event := reading.Event.(type) {
	case referral.Made:
		return r.make(reading, event)
	case referral.Arrived:
		return r.hear(reading, event.Origin, func(f *fate) { f.state, f.arrived, f.missed = ReferralArrived, true, "" })
	case referral.Missed:
		return r.hear(reading, event.Origin, func(f *fate) { f.state, f.arrived, f.missed = ReferralMissed, false, event.Reason })
	case referral.Completed:
		return r.hear(reading, event.Origin, func(f *fate) {
			f.state, f.arrived, f.missed, f.result = ReferralCompleted, true, "", event.Result
		})
	case referral.Lapsed:
		return r.hear(reading, event.Origin, func(f *fate) { f.state = ReferralLapsed })
	}
	return nil
}

func (r *Referrals) make(reading *Reading, event referral.Made) error {
	row, added := r.ids.number(reading.Stream)
	if !added {
		return fmt.Errorf("referral %s made twice", reading.Stream)
	}
	made := madeReferral{
		practice: r.names.practice(reading.Meta.Practice), on: reading.Meta.On, service: r.names.code(event.Service),
		themes: r.names.list(event.Themes), partner: r.names.code(event.Partner),
		warm: r.names.code(domain.Code(event.Warm)), direction: r.names.code(domain.Code(event.Direction)),
		heard: heardRow{revision: int32(reading.Revision), since: reading.Meta.On},
	}
	if event.Session != "" {
		made.session = r.names.stream(event.Session)
	}
	r.rows.add(made)
	r.book(made.practice).add(made.on, row)
	return nil
}

func (r *Referrals) hear(reading *Reading, origin *referral.Origin, do func(*fate)) error {
	if origin == nil {
		row, found := r.ids.find(reading.Stream)
		if !found {
			return fmt.Errorf("referral %s was never made", reading.Stream)
		}
		heard := &r.rows.at(row).heard
		*heard = r.heardNow(*heard, reading, do)
		return nil
	}
	row, found := r.contacts.ids.find(origin.Contact)
	if !found || origin.Request > maxRequests {
		return fmt.Errorf("referral %s follows from a help request that was never registered", reading.Stream)
	}
	of := requested{row, int32(origin.Request), r.names.code(origin.Service)}
	r.origins[keyOf(reading.Stream.Key())] = of
	r.noteHeard(row)
	r.heard[of] = r.heardNow(r.heard[of], reading, do)
	return nil
}

// heardNow is what was heard of a referral, and then one thing more.
func (r *Referrals) heardNow(before heardRow, reading *Reading, do func(*fate)) heardRow {
	now := r.fates.values[before.fate]
	do(&now)
	return heardRow{revision: int32(reading.Revision), since: reading.Meta.On, fate: r.fates.number(now)}
}

func (r *Referrals) unpacked(row heardRow) heardOf {
	return heardOf{revision: domain.Revision(row.revision), since: row.since, fate: r.fates.values[row.fate]}
}

func (r *Referrals) noteHeard(row uint32) {
	for len(r.heardRows) <= int(row/64) {
		r.heardRows = append(r.heardRows, 0)
	}
	r.heardRows[row/64] |= 1 << (row % 64)
}

// wasHeard reports whether something was heard of a referral of a contact.
func (r *Referrals) wasHeard(row uint32) bool {
	at := int(row / 64)
	return at < len(r.heardRows) && r.heardRows[at]&(1<<(row%64)) != 0
}

func (r *Referrals) heardOf(of requested) heardOf {
	if r.wasHeard(of.contact) {
		if heard, found := r.heard[of]; found {
			return r.unpacked(heard)
		}
	}
	return heardOf{revision: domain.NoStream, fate: fate{state: ReferralOpen}, since: r.contacts.facts.at(of.contact).on}
}

// foundReferral is a referral as it is found, before anything is made of it.
type foundReferral struct {
	place     referralPlace
	service   symbol
	direction referral.Direction
	warm      domain.Answer
	heard     heardOf
}

// newest gives the referrals of a period, newest day first; on one day those made as such before those from contacts.
func (r *Referrals) newest(practice domain.PracticeID, period Period, after referralPlace) iter.Seq[foundReferral] {
	return func(yield func(foundReferral) bool) {
		period = dayPlace{day: after.day}.bounded(period)
		made, stop := iter.Pull2(r.daysOf(practice).newest(period, dayPlace{}))
		defer stop()
		madeDay, madeRow, more := made()
		yieldMade := func(until domain.Date) bool {
			for ; more && madeDay >= until; madeDay, madeRow, more = made() {
				if f := r.madeAt(madeRow); after.passes(f.place) && !yield(f) {
					return false
				}
			}
			return true
		}
		for day, row := range r.contacts.daysOf(practice).newest(period, dayPlace{}) {
			if !yieldMade(day) || !r.yieldRequested(row, after, yield) {
				return
			}
		}
		yieldMade(math.MinInt32)
	}
}

func (r *Referrals) yieldRequested(row uint32, after referralPlace, yield func(foundReferral) bool) bool {
	facts := r.contacts.facts.at(row)
	if facts.said&withdrawn != 0 {
		return true
	}
	number := 0
	for i, shape := range r.contacts.shapesOf(row) {
		for _, service := range r.contacts.servicesOf(shape) {
			number++
			place := referralPlace{day: facts.on, requested: true, row: row, number: number}
			if after.passes(place) && !yield(r.requestedAt(place, requested{row, int32(i + 1), service})) {
				return false
			}
		}
	}
	return true
}

func (r *Referrals) madeAt(row uint32) foundReferral {
	made := r.rows.at(row)
	return foundReferral{
		place: referralPlace{day: made.on, row: row}, service: made.service,
		direction: referral.Direction(r.names.codeOf(made.direction)), warm: domain.Answer(r.names.codeOf(made.warm)),
		heard: r.unpacked(made.heard),
	}
}

func (r *Referrals) requestedAt(at referralPlace, of requested) foundReferral {
	at.of = of
	return foundReferral{at, of.service, referral.Out, domain.Unknown, r.heardOf(of)}
}

func (r *Referrals) fromRequest(practice domain.PracticeID, of requested) (Referral, bool) {
	facts := r.contacts.facts.at(of.contact)
	if domain.PracticeID(r.names.codeOf(r.contacts.sceneOf(of.contact).practice)) != practice || facts.said&withdrawn != 0 {
		return Referral{}, false
	}
	shapes := r.contacts.shapesOf(of.contact)
	if of.request < 1 || int(of.request) > len(shapes) || !slices.Contains(r.contacts.servicesOf(shapes[of.request-1]), of.service) {
		return Referral{}, false
	}
	return r.referral(r.requestedAt(referralPlace{day: facts.on, requested: true, row: of.contact}, of)), true
}

func (r *Referrals) wanted(f foundReferral, filter ReferralFilter) bool {
	return (filter.Service == "" || r.names.codeOf(f.service) == filter.Service) &&
		(filter.Direction == "" || f.direction == filter.Direction) &&
		(filter.State == "" || f.heard.state == filter.State)
}

func (r *Referrals) referral(f foundReferral) Referral {
	one := Referral{
		Revision: f.heard.revision, On: f.place.day, Service: r.names.codeOf(f.service), Direction: f.direction, Warm: f.warm,
		State: f.heard.state, Arrived: f.heard.arrived, Missed: f.heard.missed, Result: f.heard.result, Since: f.heard.since,
	}
	if f.place.requested {
		of := f.place.of
		one.Origin = &referral.Origin{Contact: r.contacts.ids.stream(of.contact), Request: int(of.request), Service: one.Service}
		one.ID = one.Origin.ID()
		shape := r.contacts.shapesOf(of.contact)[of.request-1]
		one.Themes = r.names.listOf(r.contacts.shapes.values[shape].themes)
		return one
	}
	made := r.rows.at(f.place.row)
	one.ID, one.Themes, one.Partner = r.ids.stream(f.place.row), r.names.listOf(made.themes), r.names.codeOf(made.partner)
	if made.session != 0 {
		one.Session = r.names.streamOf(made.session)
	}
	return one
}

// count counts a referral, so many times.
func (s *ServiceReferrals) count(f foundReferral, times int) {
	to := &s.Out
	if f.direction == referral.In {
		to = &s.In
	}
	to.Made += times
	switch f.warm {
	case domain.Yes:
		to.Warm += times
	case domain.No:
		to.NotWarm += times
	}
	if f.heard.arrived {
		to.Arrived += times
	}
	switch f.heard.state {
	case ReferralOpen:
		to.Open += times
	case ReferralMissed:
		to.Missed += times
		increase(&to.MissedFor, f.heard.missed, times)
	case ReferralCompleted:
		to.Completed += times
		increase(&to.Results, f.heard.result, times)
	case ReferralLapsed:
		to.Lapsed += times
	}
}

func increase[K comparable](counts *map[K]int, of K, times int) {
	if *counts == nil {
		*counts = map[K]int{}
	}
	(*counts)[of] += times
}

// referralPlace is where a referral stands in a list, and a page ended: newest day first, then those made as such,
// latest first, then those from contacts, latest contact first, in the order of its requests.
type referralPlace struct {
	day       domain.Date
	requested bool
	row       uint32 // of the contact, or of the one made as such
	number    int    // among those of a contact, from 1
	of        requested
}

func (p referralPlace) passes(q referralPlace) bool {
	switch {
	case p.day.IsZero() || p.day != q.day:
		return p.day.IsZero() || q.day < p.day
	case p.requested != q.requested:
		return q.requested
	case p.row != q.row:
		return q.row < p.row
	}
	return q.number > p.number
}

func (p referralPlace) cursor() string {
	return fmt.Sprintf("%d.%t.%d.%d", p.day, p.requested, p.row, p.number)
}

func referralPlaceOf(cursor string) (referralPlace, error) {
	var p referralPlace
	if cursor == "" {
		return p, nil
	}
	parts := strings.Split(cursor, ".")
	if len(parts) != 4 {
		return p, ErrCursor
	}
	day, err1 := strconv.ParseInt(parts[0], 10, 32)
	requested, err2 := strconv.ParseBool(parts[1])
	row, err3 := strconv.ParseUint(parts[2], 10, 32)
	number, err4 := strconv.Atoi(parts[3])
	p = referralPlace{day: domain.Date(day), requested: requested, row: uint32(row), number: number}
	if errors.Join(err1, err2, err3, err4) != nil || p.cursor() != cursor {
		return p, ErrCursor
	}
	return p, nil
}

// daysOf is the days of a practice; nil if nothing of it was ever read.
func (r *Referrals) daysOf(practice domain.PracticeID) *dayBook {
	number, known := r.names.known(string(practice))
	if !known {
		return nil
	}
	return r.practices[number]
}

// book is the days of a practice, to be changed.
func (r *Referrals) book(practice symbol) *dayBook {
	book := r.practices[practice]
	if book == nil {
		book = &dayBook{}
		r.practices[practice] = book
	}
	return book
}

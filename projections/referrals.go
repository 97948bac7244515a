package projections

import (
	"fmt"
	"sync"

	"signaalboek/domain"
	"signaalboek/domain/referral"
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

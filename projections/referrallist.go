package projections

import (
	"errors"
	"fmt"
	"iter"
	"math"
	"slices"
	"strconv"
	"strings"

	"signaalboek/domain"
	"signaalboek/domain/referral"
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

// List lists referrals, page by page. ErrCursor.
func (r *Referrals) List(practice domain.PracticeID, filter ReferralFilter) (ReferralPage, error) {
	after, err := referralPlaceOf(filter.After)
	if err != nil {
		return ReferralPage{}, err
	}
	r.lock.RLock()
	defer r.lock.RUnlock()
	var page ReferralPage
	page.Rows, page.Next = pageOf(r.newest(practice, filter.Period, after),
		func(f foundReferral) bool { return r.wanted(f, filter) }, filter.Limit, r.referral)
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

// foundReferral is a referral as it is found, before anything is made of it.
type foundReferral struct {
	place     referralPlace
	service   symbol
	direction referral.Direction
	warm      domain.Answer
	heard     heardOf
}

func (f foundReferral) cursor() string { return f.place.cursor() }

// newest gives the referrals of a period, newest day first; on one day those made as such before those from contacts.
func (r *Referrals) newest(practice domain.PracticeID, period Period, after referralPlace) iter.Seq[foundReferral] {
	return func(yield func(foundReferral) bool) {
		period = dayPlace{day: after.day}.bounded(period)
		made, stop := iter.Pull(r.daysOf(practice).newest(period, dayPlace{}))
		defer stop()
		at, more := made()
		yieldMade := func(until domain.Date) bool {
			for ; more && at.day >= until; at, more = made() {
				if f := r.madeAt(at.row); after.passes(f.place) && !yield(f) {
					return false
				}
			}
			return true
		}
		for heard := range r.contacts.daysOf(practice).newest(period, dayPlace{}) {
			if !yieldMade(heard.day) || !r.yieldRequested(heard.row, after, yield) {
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

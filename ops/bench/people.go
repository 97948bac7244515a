package main

import (
	"crypto/sha256"
	"fmt"
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/contact"
	"signaalboek/domain/referral"
	"signaalboek/domain/vocabulary"
)

// person is somebody who comes back: what a card of the vault would remember. The vault itself is not asked, because
// half a million recognitions would take longer than all the rest; what it would say is made up here and sealed under
// the same keys, one for a practice and year.
type person struct {
	number int
	before domain.Answer
	years  [8]map[domain.Code]bool // activities, by year since the first
}

const firstYear = 2021

// recognise is what the vault would say of somebody who is recognised on a day, at an activity.
func (p *person) recognise(in domain.PracticeID, on domain.Date, activity domain.Code) []byte {
	year := on.Year() - firstYear
	said := domain.Recognition{EarlierYear: p.before, EarlierYearHere: p.before}
	if said.EarlierYear == domain.Yes {
		said.EarlierYearHere = domain.Unknown
	}
	for _, activities := range p.years[:year] {
		if activities != nil {
			said.EarlierYear, said.EarlierYearHere = domain.Yes, domain.No
		}
	}
	for _, activities := range p.years[:year] {
		if activities[activity] {
			said.EarlierYearHere = domain.Yes
		}
	}
	if p.years[year] == nil {
		p.years[year] = map[domain.Code]bool{}
	}
	p.years[year][activity] = true
	sum := sha256.Sum256(fmt.Appendf(nil, "%s/%d/%d", in, p.number, year))
	copy(said.Pseudonym[:], sum[:])
	raw, _ := said.MarshalBinary() // has no error to give
	return raw
}

// somebody is a person of a practice: one in thirty contacts is with somebody who never came before.
func (r *region) somebody(p *place) *person {
	if len(p.people) < 20 || r.rng.IntN(30) == 0 {
		before := [...]domain.Answer{domain.No, domain.No, domain.No, domain.Yes, domain.Unknown}[r.rng.IntN(5)]
		p.people = append(p.people, person{number: len(p.people), before: before})
		return &p.people[len(p.people)-1]
	}
	return &p.people[len(p.people)-1-r.early(len(p.people))]
}

// meetPerson has a contact happen, and sometimes what comes after it.
func (r *region) meetPerson(p *place) {
	met := r.newStream("contact")
	details := r.details(p)
	r.emit(p, met, contact.Registered{Details: details})
	switch chance := r.rng.IntN(1000); {
	case chance < 10:
		r.later(1, 40, func() { r.correct(p, met, details) })
	case chance < 12:
		r.later(1, 40, func() { r.emit(p, met, contact.Withdrawn{Reason: contact.EnteredTwice}) })
	case chance < 27 && len(details.Requests) > 0:
		r.later(1, 60, func() {
			r.emit(p, met, contact.RequestFollowedUp{Request: 1, Approaches: []domain.Code{"luisterend-oor"}, Settled: true})
		})
	}
	for n, request := range details.Requests {
		if slices.Contains(request.Approaches, vocabulary.TakenUpAsSignal) {
			r.later(1, 5, func() { r.pickUpRequest(p, met.id, n+1, details.Activity) })
		}
		if len(request.Services) > 0 && r.often(9) {
			r.hearOfReferral(p, referral.Origin{Contact: met.id, Request: n + 1, Service: request.Services[0]})
		}
	}
}

func (r *region) details(p *place) contact.Details {
	details := contact.Details{
		Activity: r.of(vocabulary.Activities), Initiative: r.of(vocabulary.Initiatives),
		Relation: r.of(vocabulary.Relations), Place: r.of(vocabulary.Places),
		Known: [...]domain.Answer{domain.Yes, domain.No, domain.Unknown}[r.rng.IntN(3)],
	}
	if r.often(60) && details.Activity != vocabulary.ActivityFocusgroep {
		raw := r.somebody(p).recognise(p.id, r.today, details.Activity)
		details.Recognition = domain.ToSealUnder(domain.YearScope(p.id, r.today.Year()), raw)
	}
	for range r.rng.IntN(3) {
		details.Requests = append(details.Requests, r.request())
	}
	return details
}

func (r *region) request() contact.Request {
	request := contact.Request{Themes: r.some(vocabulary.Themes, 2)}
	request.Approaches = []domain.Code{[...]domain.Code{"informatie", "advies", "luisterend-oor"}[r.rng.IntN(3)]}
	if r.often(25) {
		request.Services = []domain.Code{r.of(vocabulary.Services)}
		request.Approaches = append(request.Approaches, vocabulary.Referring)
	}
	if r.rng.IntN(1000) < 6 {
		request.Approaches = append(request.Approaches, vocabulary.TakenUpAsSignal)
	}
	return request
}

func (r *region) correct(p *place, met *stream, details contact.Details) {
	details.Recognition = domain.Sealed{} // nobody was recognised after all
	details.Known = domain.Unknown
	details.Place = r.of(vocabulary.Places)
	r.emit(p, met, contact.Corrected{Details: details, Reason: contact.WronglyEntered})
}

func (r *region) hearOfReferral(p *place, origin referral.Origin) {
	r.follow(p, &stream{id: origin.ID()}, &origin)
}

// refer is a referral that a session gave rise to.
func (r *region) refer(p *place, held domain.StreamID) {
	made := r.newStream("referral")
	r.emit(p, made, referral.Made{
		Service: r.of(vocabulary.Services), Themes: r.some(vocabulary.Themes, 1), Warm: domain.Yes,
		Direction: referral.Out, Session: held,
	})
	r.follow(p, made, nil)
}

func (r *region) follow(p *place, to *stream, origin *referral.Origin) {
	r.later(3, 40, func() {
		if r.often(25) {
			r.emit(p, to, referral.Missed{Origin: origin, Reason: referral.Threshold})
			return
		}
		r.emit(p, to, referral.Arrived{Origin: origin})
		if r.often(60) {
			r.later(5, 60, func() { r.emit(p, to, referral.Completed{Origin: origin, Result: referral.Helped}) })
		}
	})
}

package projections

import (
	"cmp"
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/referral"
	"signaalboek/domain/vocabulary"
)

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

package demonstration

import (
	"fmt"
	"time"

	"signaalboek/domain"
	"signaalboek/domain/referral"
)

// followReferrals plans what became of referrals: of most of those from help requests something was heard; a few came
// in from a service, and a few went out from a session.
func (p *plan) followReferrals() {
	n := 0
	for _, r := range p.contacts {
		for i, request := range r.said.Requests {
			for _, service := range request.Services {
				p.followUp(referral.Origin{Contact: p.stream(r), Request: i + 1, Service: service}, r.on, n)
				n++
			}
		}
	}
	p.comeIn()
	p.leaveSessions()
}

// followUp tells what became of the n-th referral, some weeks later. Of one in five nothing was heard yet.
func (p *plan) followUp(from referral.Origin, on domain.Date, n int) {
	later := workday(p.weekEnd(on) + domain.Date(18+n%9))
	of, name := &from, fmt.Sprintf("referral/%d", n)
	step := func(name string, on domain.Date, command referral.Command) {
		to(p, p.book.Ledger.Referrals).execute(from.ID(), errand{name: name, rank: ofReferrals, on: on}, command)
	}
	switch n % 10 {
	case 0, 1, 2:
		step(name, later, referral.Arrive{Origin: of})
	case 3:
		step(name, later, referral.Complete{Origin: of, Result: referral.Helped})
	case 4:
		step(name, later, referral.Arrive{Origin: of})
		step(name+"/completed", later+21, referral.Complete{Origin: of, Result: referral.WaitingList})
	case 5:
		step(name, later, referral.Complete{Origin: of, Result: referral.SentBack})
	case 6:
		reasons := []referral.MissedReason{referral.Threshold, referral.ChangedMind, referral.NotReached}
		step(name, later, referral.Miss{Origin: of, Reason: reasons[n/10%len(reasons)]})
	case 7:
		step(name, later+90, referral.Lapse{Origin: of})
	}
}

// comeIn plans referrals to the practice, a few each year.
func (p *plan) comeIn() {
	services := []domain.Code{"huis-van-welzijn", "caw", "kind-en-gezin", "school-ligo-cvo"}
	for year := 2020; year <= p.today.Year(); year++ {
		for i := range 4 {
			on := workday(day(year, time.February+time.Month(2*i), 11))
			name := fmt.Sprintf("referral/in/%d/%d", year, i+1)
			stream := to(p, p.book.Ledger.Referrals).create(errand{name: name, rank: ofReferrals, on: on}, referral.Make{
				Service: "welzijnsschakel-de-spie", Themes: []domain.Code{"financieel"}, Warm: domain.Yes,
				Direction: referral.In, Partner: services[(year+i)%len(services)],
			})
			if i%2 == 0 {
				to(p, p.book.Ledger.Referrals).execute(stream, errand{name: name + "/arrived", rank: ofReferrals, on: on + 7}, referral.Arrive{})
			}
		}
	}
}

// leaveSessions plans referrals from sessions: people of Digipunt with whom somebody went along to the town hall.
func (p *plan) leaveSessions() {
	for i, m := range p.moments {
		if m.held.Activity != "digipunt" || i%9 != 0 {
			continue
		}
		name := fmt.Sprintf("referral/session/%s", m.on)
		to(p, p.book.Ledger.Referrals).create(errand{name: name, rank: ofReferrals, on: p.weekEnd(m.on)}, referral.Make{
			Service: "stadhuis", Themes: []domain.Code{"dienstverlening"}, Warm: domain.Yes, Direction: referral.Out, Session: m.stream,
		})
	}
}

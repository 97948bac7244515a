package demonstration

import (
	"fmt"
	"maps"
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/forum"
)

// calendar is the meetings of a forum, by day.
type calendar map[domain.Date]*sitting

// sitting is one meeting in a calendar. One that lies after today is planned; one before it was held.
type sitting struct {
	cancelled bool
	documents []forum.DocumentKind
}

// sits has a forum meet on a day.
func (p *plan) sits(in domain.Code, on domain.Date, documents ...forum.DocumentKind) *sitting {
	if p.calendars[in] == nil {
		p.calendars[in] = calendar{}
	}
	s := p.calendars[in][on]
	if s == nil {
		s = &sitting{}
		p.calendars[in][on] = s
	}
	s.documents = append(s.documents, documents...)
	return s
}

// announced is how many days before a meeting it is put in the calendar.
const announced = 60

// keepCalendars plans the meetings that the stories need, and some that happen anyway.
func (p *plan) keepCalendars() {
	for _, in := range []domain.Code{"team-opstap", "team-intake"} {
		for ahead := domain.Date(-20); ahead < 60; ahead += 28 {
			p.sits(in, workday(p.today+ahead))
		}
	}
	for _, in := range slices.Sorted(maps.Keys(p.calendars)) {
		c := p.calendars[in]
		for _, on := range slices.Sorted(maps.Keys(c)) {
			p.sit(in, on, c[on])
		}
	}
}

func (p *plan) sit(in domain.Code, on domain.Date, s *sitting) {
	stream, name := forum.StreamOf(Harelbeke, in), fmt.Sprintf("forum/%s/%s", in, on)
	planned := errand{name: name, rank: ofForums, on: min(on-announced, p.today-1), actor: coordinator}
	to(p, p.book.Ledger.Forums).execute(stream, planned, forum.PlanMeeting{Day: on})
	id := forum.NewMeetingID(named(name))
	if s.cancelled {
		to(p, p.book.Ledger.Forums).execute(stream, errand{name: name + "/cancelled", rank: ofForums, on: on - 2, actor: coordinator},
			forum.CancelMeeting{Meeting: id})
		return
	}
	to(p, p.book.Ledger.Forums).execute(stream, errand{name: name + "/held", rank: ofForums, on: on, actor: coordinator},
		forum.HoldMeeting{Meeting: id})
	if len(s.documents) == 0 {
		return
	}
	var links []forum.Document
	for _, kind := range s.documents {
		links = append(links, forum.Document{Kind: kind, URI: publication(in, on, kind), Page: 2})
	}
	to(p, p.book.Ledger.Forums).execute(stream, errand{name: name + "/documents", rank: ofEndings, on: min(on+7, p.today), actor: coordinator},
		forum.LinkDocuments{Meeting: id, Documents: links})
}

// publication is where an official document would stand. Nobody can have this address.
func publication(in domain.Code, on domain.Date, kind forum.DocumentKind) string {
	return fmt.Sprintf("https://voorbeeld.example/%s/%s/%s.pdf", in, on, kind)
}

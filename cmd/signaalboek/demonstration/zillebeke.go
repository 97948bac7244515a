package demonstration

import (
	"time"

	"signaalboek/domain"
	"signaalboek/domain/contact"
)

// visitZillebeke plans the other practice: one contact, and the signal that it told of. Whoever works in Harelbeke sees
// nothing of it.
func (p *plan) visitZillebeke() {
	of := facts()["antwoord"]
	asked := &registration{
		name: "zillebeke/contact", on: day(2021, time.October, 5), practice: Zillebeke,
		said: contact.Register{Activity: of.heardIn, Requests: []contact.Request{{
			Themes: of.themes, Approaches: []domain.Code{"luisterend-oor", "opgepikt-als-signaal"},
		}}},
	}
	p.contacts = append(p.contacts, asked)
	s := p.fromHelpRequest(of, asked, "ouderen")
	s.word(day(2021, time.November, 8)).keep(day(2021, time.November, 8), "buurtopbouwwerker")
	s.weigh(day(2021, time.November, 15), "De vraag komt van veel mensen, over meer dan één dienst.")
}

package demonstration

import (
	"fmt"
	"time"

	"signaalboek/domain"
	"signaalboek/domain/forum"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/recommendation"
)

// proposal is a recommendation on its road.
type proposal struct {
	plan   *plan
	number int
	stream domain.StreamID
	steps  int
}

// drafted is when the recommendations of the report are put into words.
var drafted = day(2022, time.November, 14)

// recommend plans the nine recommendations of the report. Their titles are those of the report; the sentence after each
// and what came of them are invented.
func (p *plan) recommend() {
	title := titles()
	p.places(p.propose(1, title[0], "Diensten houden zitdag in GS9 en op andere plekken in de buurt.", "gs9", "gebouw"))
	p.propose(2, title[1], "Wie op straat en aan huis werkt, krijgt daar tijd voor.", "bereikbaar", "durven-vragen").adopt(p.theFocusgroep(2022, 4))
	p.exchange(p.propose(3, title[2], "De teams bespreken samen wat ze horen, met respect voor het beroepsgeheim.", "elkaars-aanbod"))
	p.network(p.propose(4, title[3], "Partners komen elk jaar samen en zetten signalen op de agenda.", "elkaars-aanbod"))
	p.training(p.propose(5, title[4], "Vrijwilligers leren hoe ze een signaal herkennen en bij wie ze terechtkunnen.", "onderzoek", "hygiene"))
	p.propose(6, title[5], "Met het Zorgbedrijf komt er een vast overleg over de buurt.", "bereikbaar")
	p.digital(p.propose(7, title[6], "Digipunt blijft open, ook in het voorjaar van 2023.", "toestel"))
	p.families(p.propose(8, title[7], "Het Huis van het Kind heeft een aanbod zonder drempel voor gezinnen met kinderen.", "vakantie", "inschrijven"))
	p.room(p.propose(9, title[8], "Bewoners krijgen ruimte om zelf iets te proberen.", "rap-op-stap", "naailessen"))
}

// propose drafts a recommendation.
func (p *plan) propose(number int, title, sentence string, answers ...string) *proposal {
	var signals []domain.StreamID
	for _, key := range answers {
		signals = append(signals, p.signals[key].stream)
	}
	r := &proposal{plan: p, number: number}
	r.stream = to(p, p.book.Ledger.Recommendations).create(
		errand{name: fmt.Sprintf("recommendation/%d", number), rank: ofPursuits, on: drafted, actor: coordinator},
		recommendation.Draft{Text: title + ". " + sentence, Answers: signals, MadeBy: recommendation.ByTeam},
	)
	return r
}

// do takes a step.
func (r *proposal) do(on domain.Date, command recommendation.Command) *proposal {
	r.steps++
	to(r.plan, r.plan.book.Ledger.Recommendations).execute(r.stream, errand{
		name: fmt.Sprintf("recommendation/%d/%d", r.number, r.steps), rank: ofPursuits, on: on, actor: coordinator,
	}, command)
	return r
}

// adopt has the focusgroep make it its own.
func (r *proposal) adopt(m meeting) *proposal {
	return r.do(m.on, recommendation.Adopt{Meeting: m.stream})
}

func (r *proposal) raise(on domain.Date, in domain.Code, at domain.Date, through pursuit.Through) *proposal {
	r.plan.sits(in, at)
	return r.do(on, recommendation.Schedule{Schedule: pursuit.Schedule{
		Forum: in, Meeting: at, InNameOf: pursuit.Partnership, Through: through,
	}})
}

func (r *proposal) discuss(on domain.Date, in domain.Code, outcome pursuit.Outcome, motivation string) *proposal {
	return r.promise(on, pursuit.Discuss{Forum: in, Outcome: outcome, Motivation: motivation})
}

func (r *proposal) promise(on domain.Date, said pursuit.Discuss) *proposal {
	said.BroughtBy = pursuit.Workers
	r.plan.sits(said.Forum, on)
	return r.do(on, recommendation.Discuss{Discuss: said})
}

func (r *proposal) tell(on domain.Date, setting pursuit.Setting, what string) *proposal {
	return r.do(on, recommendation.FeedBack{FeedBack: feedback(setting, what)})
}

// places came before the committee of the council, and was decided by the college.
func (p *plan) places(r *proposal) {
	const committee = "raadscommissie-welzijn"
	r.adopt(p.theFocusgroep(2022, 4))
	r.raise(day(2022, time.December, 12), committee, day(2023, time.January, 24), pursuit.CollegeItem)
	p.sits(committee, day(2023, time.January, 24), forum.AgendaDocument, forum.Minutes)
	r.promise(day(2023, time.January, 24), pursuit.Discuss{
		Forum: committee, Outcome: pursuit.Forwarded, ForwardedTo: "college", Motivation: "De commissie steunt het voorstel.",
	})
	r.do(day(2023, time.March, 7), recommendation.Decide{Decide: pursuit.Decide{
		Forum: "college", Verdict: pursuit.Adopted, Motivation: "Er komt een zitdag in GS9, eerst als proef.",
		Reference: &pursuit.Reference{URI: publication("college", day(2023, time.March, 7), forum.DecisionList), Page: 4},
	}})
	p.sits("college", day(2023, time.March, 7), forum.DecisionList)
	r.do(day(2023, time.May, 15), recommendation.CarryOut{CarryOut: pursuit.CarryOut{
		What: "Elke dinsdag is er een zitdag in GS9.", Tags: with("priority", "aanbod"),
	}})
	for _, setting := range p.signals["gs9"].settings[:1] {
		r.tell(p.theFocusgroep(2023, 2).on, setting, "Het voorstel is aangenomen. Elke dinsdag is er een zitdag in GS9.")
	}
}

// exchange was promised, and the promise was broken.
func (p *plan) exchange(r *proposal) {
	const in = "team-intake"
	r.raise(day(2022, time.November, 21), in, day(2022, time.December, 5), pursuit.OwnItem)
	r.promise(day(2022, time.December, 5), pursuit.Discuss{
		Forum: in, Outcome: pursuit.Promised, Promise: "Het team plant drie gesprekken samen.", PromiseBy: day(2023, time.May, 31),
	})
	r.do(day(2023, time.June, 12), recommendation.BreakPromise{BreakPromise: pursuit.BreakPromise{Promise: 1}})
	r.raise(p.ago(35), in, p.ago(21), pursuit.OwnItem)
	r.discuss(p.ago(21), in, pursuit.Deferred, "Het punt schuift door naar de volgende keer.")
}

// network was taken off an agenda when the meeting was cancelled, and is on the next one.
func (p *plan) network(r *proposal) {
	const in = "netwerkmoment-partners"
	r.do(day(2022, time.November, 28), recommendation.Reword{
		Text: titles()[3] + ". Partners komen elk jaar samen, leren elkaars aanbod kennen en zetten signalen op de agenda.",
	})
	r.adopt(p.theFocusgroep(2022, 4))
	cancelled := day(2023, time.May, 9)
	r.raise(day(2023, time.February, 6), in, cancelled, pursuit.OwnItem)
	p.sits(in, cancelled).cancelled = true
	r.do(cancelled-1, recommendation.Unschedule{Unschedule: pursuit.Unschedule{Forum: in}})
	r.raise(p.ago(50), in, workday(p.today+30), pursuit.OwnItem)
}

// training was promised and kept.
func (p *plan) training(r *proposal) {
	const in = "overleg-vrijwilligers"
	r.raise(day(2022, time.November, 21), in, day(2022, time.December, 6), pursuit.OwnItem)
	r.promise(day(2022, time.December, 6), pursuit.Discuss{
		Forum: in, Outcome: pursuit.Promised, Promise: "In het voorjaar is er een vorming over signalen.", PromiseBy: day(2023, time.April, 30),
	})
	r.do(day(2023, time.April, 3), recommendation.KeepPromise{KeepPromise: pursuit.KeepPromise{Promise: 1}})
	r.tell(day(2023, time.April, 17), volunteers(2021), "De vorming over signalen ging door. Ze komt elk jaar terug.")
}

// digital was brought into public debate when nobody answered.
func (p *plan) digital(r *proposal) {
	const in = "overleg-digitale-kloof"
	r.adopt(p.theFocusgroep(2022, 4))
	r.raise(day(2022, time.December, 12), in, day(2022, time.December, 20), pursuit.OwnItem)
	r.do(day(2023, time.March, 20), recommendation.GoUnanswered{GoUnanswered: pursuit.GoUnanswered{
		Forum: in, Since: day(2022, time.December, 20),
	}})
	r.do(day(2023, time.April, 24), recommendation.TakePublicAction{TakePublicAction: pursuit.TakePublicAction{
		Action: pursuit.Campaign, What: "Affiches in de buurt tonen wat er aan een loket niet meer kan.", Tags: with("strategy", "zichtbaar-maken"),
	}})
	r.do(p.ago(60), recommendation.Decide{Decide: pursuit.Decide{
		Forum: in, Verdict: pursuit.Partly, Motivation: "Digipunt blijft, op minder plekken.",
	}})
}

// families is on the agenda of a meeting that is to come.
func (p *plan) families(r *proposal) {
	const in = "huis-van-het-kind"
	r.raise(day(2023, time.January, 9), in, day(2023, time.February, 2), pursuit.OwnItem)
	r.discuss(day(2023, time.February, 2), in, pursuit.TakenUp, "De stuurgroep zoekt een vast moment voor gezinnen.")
	r.raise(p.ago(14), in, workday(p.today+14), pursuit.OwnItem)
}

// room was rejected.
func (p *plan) room(r *proposal) {
	r.adopt(p.theFocusgroep(2022, 4))
	r.raise(day(2023, time.January, 16), "departementsoverleg", day(2023, time.February, 6), pursuit.OwnItem)
	r.do(day(2023, time.February, 6), recommendation.Decide{Decide: pursuit.Decide{
		Forum: "departementsoverleg", Verdict: pursuit.Rejected, Motivation: "Er is nu geen ruimte voor iets nieuws.",
	}})
}

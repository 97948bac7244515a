package demonstration

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"signaalboek/domain"
	"signaalboek/domain/contact"
)

// registration is a contact that is going to be registered.
type registration struct {
	name   string
	on     domain.Date
	person *person // nil: nobody was recognised
	said   contact.Register

	practice  domain.PracticeID // Harelbeke, if empty
	movable   bool              // figures do not ask at which activity it was
	withdrawn bool              // it was entered twice, and counts nowhere
	taken     bool              // a signal was picked up from it
}

// meet plans the contacts of a group in a year: everybody comes at least once, never twice on a day.
func (p *plan) meet(year int, g group, people []*person, dice *rand.Rand) []*registration {
	days := g.days(p, year)
	if len(days) == 0 || len(people) == 0 {
		return nil
	}
	visitors := slices.Clone(people)
	for len(visitors) < g.contacts {
		visitors = append(visitors, people[dice.IntN(len(people))])
	}
	var met []*registration
	add := func(on domain.Date, who *person) {
		met = append(met, &registration{
			name: fmt.Sprintf("contact/%d/%s/%d", year, g.name, len(met)+1), on: on, person: who, said: g.talk(on, dice),
			movable: g.everywhere,
		})
	}
	for _, visitor := range visitors {
		if on, free := visitor.comes(days, dice); free {
			add(on, visitor)
		}
	}
	for range g.anonymous {
		add(days[dice.IntN(len(days))], nil)
	}
	ask(met, g.requests, dice)
	return met
}

// comes is a day on which somebody was nowhere yet.
func (o *person) comes(days []domain.Date, dice *rand.Rand) (domain.Date, bool) {
	from := dice.IntN(len(days))
	for i := range days {
		on := days[(from+i)%len(days)]
		if !o.days[on] {
			o.days[on] = true
			return on, true
		}
	}
	return 0, false
}

// talk is where and how a contact was, without what was asked.
func (g group) talk(on domain.Date, dice *rand.Rand) contact.Register {
	activity := g.at(dice, on)
	said := contact.Register{Activity: activity, Place: "semi-publiek", Relation: "vrijblijvend"}
	switch activity {
	case "huisbezoek":
		said.Place, said.Relation = "privaat", draw(dice, []chance{{"vrijblijvend", 3}, {"aanklampend", 2}})
	case "contact-op-straat":
		said.Place = "publiek"
	case "sociale-kruidenier":
		said.Relation = draw(dice, []chance{{"vrijblijvend", 3}, {"voorwaardelijk", 1}})
	}
	if dice.IntN(5) > 0 { // not every worker fills in everything
		said.Initiative = draw(dice, initiatives)
	}
	return said
}

var initiatives = []chance{
	{"persoon-of-doelgroep", 5}, {"eigen-observatie", 3}, {"professioneel-netwerk", 3}, {"niet-professioneel-netwerk", 1},
}

// maxAsked is how many help requests come up in one contact at most.
const maxAsked = 3

// ask spreads help requests over contacts: some have none, some several.
func ask(met []*registration, requests int, dice *rand.Rand) {
	for requests > 0 && len(met) > 0 {
		r := met[dice.IntN(len(met))]
		if len(r.said.Requests) >= maxAsked {
			if !slices.ContainsFunc(met, func(r *registration) bool { return len(r.said.Requests) < maxAsked }) {
				return
			}
			continue
		}
		r.said.Requests = append(r.said.Requests, request(r.said.Activity, dice))
		requests--
	}
}

// request is a help request as it could come up at an activity.
func request(activity domain.Code, dice *rand.Rand) contact.Request {
	theme := draw(dice, themesAt(activity))
	one := contact.Request{Themes: []domain.Code{theme}, Approaches: []domain.Code{draw(dice, approaches)}}
	if other := draw(dice, themes); dice.IntN(6) == 0 && other != theme {
		one.Themes = append(one.Themes, other)
	}
	if dice.IntN(4) == 0 {
		one.Services = []domain.Code{draw(dice, servicesFor[theme])}
		one.Approaches = []domain.Code{"doorverwijzing"}
	}
	return one
}

func themesAt(activity domain.Code) []chance {
	if own, ok := themesOf[activity]; ok {
		return own
	}
	return themes
}

var (
	approaches = []chance{{"informatie", 5}, {"luisterend-oor", 4}, {"advies", 3}}
	themes     = []chance{
		{"dienstverlening", 6}, {"financieel", 5}, {"huisvesting", 4}, {"gezondheid", 4}, {"vrije-tijd", 4}, {"werk", 3},
		{"onderwijs", 3}, {"materieel", 3}, {"mobiliteit", 2}, {"nt2", 2}, {"opleiding", 2}, {"integratie", 1},
		{"vrijwilligerswerk", 2},
	}
	themesOf = map[domain.Code][]chance{
		"digipunt":                {{"dienstverlening", 6}, {"materieel", 2}, {"onderwijs", 2}, {"werk", 1}, {"financieel", 1}},
		"naaiatelier":             {{"opleiding", 3}, {"nt2", 2}, {"vrije-tijd", 2}, {"financieel", 1}, {"werk", 1}},
		"huis-van-het-kind":       {{"vrije-tijd", 4}, {"onderwijs", 3}, {"gezondheid", 2}, {"materieel", 1}},
		"cc-spoor":                {{"vrije-tijd", 5}, {"vrijwilligerswerk", 1}, {"financieel", 1}},
		"praattafel-schoolbabbel": {{"onderwijs", 3}, {"nt2", 3}, {"integratie", 1}},
		"soep-met-babbels":        {{"gezondheid", 2}, {"vrije-tijd", 2}, {"dienstverlening", 2}, {"huisvesting", 1}},
	}
	servicesFor = map[domain.Code][]chance{
		"dienstverlening":   {{"huis-van-welzijn", 5}, {"stadhuis", 3}, {"zitdag-huis-van-welzijn", 2}},
		"financieel":        {{"huis-van-welzijn", 4}, {"caw", 1}, {"welzijnsschakel-de-spie", 2}},
		"huisvesting":       {{"shm-svk-woonclub", 4}, {"huis-van-welzijn", 1}},
		"gezondheid":        {{"cggz", 2}, {"lokaal-dienstencentrum", 2}, {"zorgbedrijf", 2}},
		"vrije-tijd":        {{"jongerenzorg", 1}, {"lokaal-dienstencentrum", 1}, {"stadhuis", 1}},
		"werk":              {{"vdab", 4}, {"arktos", 1}},
		"onderwijs":         {{"school-ligo-cvo", 3}, {"kind-en-gezin", 1}},
		"materieel":         {{"welzijnsschakel-de-spie", 3}, {"jongerenzorg", 2}},
		"mobiliteit":        {{"fietslessen", 2}, {"stadhuis", 1}},
		"nt2":               {{"school-ligo-cvo", 1}},
		"opleiding":         {{"school-ligo-cvo", 2}, {"vdab", 1}},
		"integratie":        {{"stadhuis", 1}, {"school-ligo-cvo", 1}},
		"vrijwilligerswerk": {{"lokaal-dienstencentrum", 1}, {"welzijnsschakel-de-spie", 1}},
	}
)

// answer has everybody who is known to the social service say so at last, and nobody else; answers before are unknown
// or no, answers after it at times unknown.
func answer(met []*registration, people []*person, dice *rand.Rand) {
	slices.SortStableFunc(met, func(a, b *registration) int { return cmp.Compare(a.on, b.on) })
	visits := map[*person][]*registration{}
	for _, r := range met {
		if r.person != nil {
			visits[r.person] = append(visits[r.person], r)
		}
	}
	for _, one := range people {
		all := visits[one]
		if len(all) == 0 {
			continue
		}
		told := len(all)
		if one.known {
			told = dice.IntN(len(all))
		}
		for i, r := range all {
			r.said.Known = answerAt(i, told, dice)
		}
	}
}

func answerAt(i, told int, dice *rand.Rand) domain.Answer {
	switch vague := dice.IntN(3) == 0; {
	case i == told:
		return domain.Yes
	case vague:
		return domain.Unknown
	case i > told:
		return domain.Yes
	}
	return domain.No
}

// emitRegister plans the commands of all contacts, some of which go on: corrected, withdrawn, followed up.
func (p *plan) emitRegister() {
	p.enterTwice()
	for _, r := range p.contacts {
		p.emit(r)
	}
	p.mendContacts()
	p.countConcerns()
}

// emit plans the command of a contact. The card of who was recognised is made the first time that it is needed.
func (p *plan) emit(r *registration) {
	if r.person == nil {
		to(p, p.book.Ledger.Contacts).create(p.errandOf(r), r.said)
		return
	}
	e := p.errandOf(r)
	e.give = func(ctx context.Context, meta domain.Meta) (int, error) {
		card, err := p.book.Vault.AddCard(ctx, named(r.person.name()), r.person.card())
		if err != nil {
			return 0, err
		}
		said := r.said
		said.Card = &card
		receipt, err := p.book.Ledger.Contacts.Create(ctx, said, meta)
		return receipt.Events, err
	}
	p.add(e)
}

func (p *plan) errandOf(r *registration) errand {
	return errand{name: r.name, rank: ofRegister, on: r.on, practice: r.practice}
}

// stream is the stream of a registration.
func (p *plan) stream(r *registration) domain.StreamID {
	return p.book.Ledger.Contacts.NewStream(cmp.Or(r.practice, Harelbeke), named(r.name))
}

// hinge is a contact at an activity in a period, of which a help request is about these themes and was taken up as a
// signal. If nobody asked anything there, it is one that was somewhere else: nothing was told of it yet.
func (p *plan) hinge(activity domain.Code, from, to domain.Date, themes ...domain.Code) *registration {
	free := func(r *registration) bool { return r.on >= from && r.on <= to && len(r.said.Requests) > 0 && !r.taken }
	i := slices.IndexFunc(p.contacts, func(r *registration) bool { return free(r) && r.said.Activity == activity })
	if i < 0 {
		i = slices.IndexFunc(p.contacts, func(r *registration) bool { return free(r) && r.movable })
	}
	if i < 0 {
		panic(fmt.Sprintf("demonstration: nobody asked anything from %s to %s", from, to))
	}
	r := p.contacts[i]
	r.taken = true
	if r.said.Activity != activity {
		r.said.Activity, r.said.Place, r.said.Relation = activity, "semi-publiek", "vrijblijvend"
	}
	r.said.Requests[0] = contact.Request{
		Themes: themes, Approaches: []domain.Code{"luisterend-oor", "opgepikt-als-signaal"},
	}
	return r
}

// enterTwice enters a contact of every year a second time, by mistake.
func (p *plan) enterTwice() {
	last := 0
	for _, r := range slices.Clone(p.contacts) {
		if r.on.Year() == last || r.person != nil || r.practice != "" {
			continue
		}
		last = r.on.Year()
		twice := *r
		twice.name, twice.withdrawn = r.name+"/again", true
		p.contacts = append(p.contacts, &twice)
	}
}

// mendContacts corrects and withdraws what was entered wrongly, and follows some help requests up. None of it changes a
// figure, but for what was entered twice.
func (p *plan) mendContacts() {
	for i, r := range p.contacts {
		recorded := p.weekEnd(r.on)
		later := errand{rank: ofPursuits, on: r.on, recorded: min(recorded+4, p.today)}
		switch {
		case r.practice != "":
		case r.withdrawn:
			later.name, later.on = r.name+"/withdrawn", later.recorded
			to(p, p.book.Ledger.Contacts).execute(p.stream(r), later,
				contact.Withdraw{Reason: contact.EnteredTwice})
		case i%97 == 40 && r.said.Place == "semi-publiek":
			mended := contact.Correct{Register: r.said, Person: contact.KeepPerson, Reason: contact.WronglyEntered}
			mended.Place = "publiek"
			later.name = r.name + "/corrected"
			to(p, p.book.Ledger.Contacts).execute(p.stream(r), later, mended)
		case i%23 == 5 && len(r.said.Requests) > 0 && len(r.said.Requests[0].Services) == 0 && !r.taken:
			later.name, later.on, later.recorded = r.name+"/followed-up", workday(r.on+14), workday(recorded+14)
			to(p, p.book.Ledger.Contacts).execute(p.stream(r), later,
				contact.FollowUpRequest{
					Request: 1, Approaches: []domain.Code{"doorverwijzing"},
					Services: []domain.Code{servicesFor[r.said.Requests[0].Themes[0]][0].code}, Settled: i%2 == 0,
				})
		}
	}
}

// countConcerns counts possible concerns, a few a year. They enter no event.
func (p *plan) countConcerns() {
	for year := 2020; year <= p.today.Year(); year++ {
		for i := range 1 + year%3 {
			on := day(year, time.March+time.Month(3*i), 12)
			p.add(errand{
				name: fmt.Sprintf("concern/%d/%d", year, i), rank: ofRegister, on: on,
				give: func(ctx context.Context, meta domain.Meta) (int, error) {
					return 1, p.book.Vault.CountConcern(ctx, meta.Command, year)
				},
			})
		}
	}
}

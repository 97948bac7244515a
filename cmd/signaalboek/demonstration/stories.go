package demonstration

import (
	"time"

	"signaalboek/domain"
	"signaalboek/domain/bundle"
	"signaalboek/domain/forum"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/signal"
)

// walkSignals plans the stories of all signals of Harelbeke. Where each was heard, and in which forum it was raised, is
// as the sources tell; what came of it is invented. Together they show every step there is.
func (p *plan) walkSignals() {
	all := facts()
	p.uitpas(all["uitpas"])
	p.sociaalTarief(all["sociaal-tarief"], all["inschrijvingsgeld"])
	p.inschrijven(all["inschrijven"])
	p.gs9(all["gs9"])
	p.gebouw(all["gebouw"])
	p.teZichtbaar(all["te-zichtbaar"])
	p.durvenVragen(all["durven-vragen"])
	p.naailessen(all["naailessen"])
	p.toestel(all["toestel"])
	p.bereikbaar(all["bereikbaar"])
	p.vakantie(all["vakantie"])
	p.kunstacademie(all["kunstacademie"])
	p.hygiene(all["hygiene"])
	p.elkaarsAanbod(all["elkaars-aanbod"])
	p.onderzoek(all["onderzoek"])
	p.rapOpStap(all["rap-op-stap"])
	p.rememberLately()
}

// rememberLately has the last meetings of the focusgroep recognise signals that are still open.
func (p *plan) rememberLately() {
	last := p.lastFocusgroep(p.today)
	before := p.lastFocusgroep(last.on)
	for _, of := range []struct {
		key     string
		at      meeting
		howMany signal.Share
	}{
		{"inschrijven", before, signal.Most}, {"rap-op-stap", last, signal.Half}, {"toestel", last, signal.Few},
		{"sociaal-tarief", last, signal.Most},
	} {
		p.signals[of.key].do(of.at.on, signal.Recognise{Meeting: of.at.stream, HowMany: of.howMany})
	}
}

// uitpas walks the whole chain: heard, raised, promised, kept, decided, carried out, fed back and closed.
func (p *plan) uitpas(of fact) {
	const in = "lokaal-overleg-vrijetijdsparticipatie"
	asked := p.hinge("cc-spoor", day(2020, time.July, 1), day(2020, time.October, 30), of.themes...)
	meeting := p.theFocusgroep(2021, 1)
	s := p.fromHelpRequest(of, asked, "eenoudergezinnen")
	s.do(day(2020, time.November, 10), signal.Note{Wording: "Mensen weten niet waar hun UiTPAS geldig is."})
	s.heard(meeting.on, signal.Evidence{Setting: meeting.at()})
	s.word(day(2021, time.May, 10)).keep(day(2021, time.May, 10), "buurtopbouwwerker")
	s.weigh(day(2021, time.May, 17), "De vraag komt elk jaar terug, bij veel gezinnen. Alleen de stad en de partners samen kunnen dit duidelijk maken.")
	s.mandate(p.theFocusgroep(2021, 2), signal.Most)
	s.raise(day(2021, time.August, 30), in, day(2021, time.September, 21), pursuit.OwnItem)
	s.discuss(day(2021, time.September, 21), pursuit.Discuss{
		Forum: in, Outcome: pursuit.Promised, BroughtBy: pursuit.Both,
		Motivation: "De deelnemers herkennen de vraag.", Promise: "Het overleg maakt een lijst van plaatsen waar de pas geldig is.",
		PromiseBy: day(2022, time.March, 31), Tags: with("circle-level", "meso", "circle-goal", "toegankelijkheid"),
	})
	s.do(day(2022, time.March, 15), signal.KeepPromise{KeepPromise: pursuit.KeepPromise{Promise: 1}})
	s.decide(day(2022, time.May, 17), pursuit.Decide{
		Forum: in, Verdict: pursuit.Adopted, Motivation: "De lijst komt op papier en op de website, en wordt elk jaar nagekeken.",
		Reference: &pursuit.Reference{URI: publication(in, day(2022, time.May, 17), forum.Minutes), Page: 3},
	})
	p.sits(in, day(2022, time.May, 17), forum.AgendaDocument, forum.Minutes)
	s.do(day(2022, time.September, 5), signal.CarryOut{CarryOut: pursuit.CarryOut{
		What: "De lijst hangt uit in CC 't Spoor en in GS9, en zit in de flyermap.", Tags: with("strategy", "verandering-vragen"),
	}})
	told := p.theFocusgroep(2022, 3).on
	s.tell(told, "Er is nu een lijst van plaatsen waar de UiTPAS geldig is. Ze wordt elk jaar nagekeken.")
	s.reacts(told, s.settings[1], signal.ReactionRecognised)
	s.close(day(2022, time.October, 3), signal.Answered)
}

// sociaalTarief takes another signal along. What was adopted first was rejected later, and one setting does not know yet.
func (p *plan) sociaalTarief(of, bundled fact) {
	const in = "lokaal-overleg-vrijetijdsparticipatie"
	asked := p.hinge("cc-spoor", day(2021, time.May, 1), day(2021, time.December, 20), of.themes...)
	again := p.hinge("sociale-kruidenier", day(2022, time.January, 10), day(2022, time.March, 20), of.themes...)
	s := p.fromHelpRequest(of, asked, "eenoudergezinnen", "alleenstaanden")
	s.heard(p.weekEnd(again.on), p.asked(again))
	s.word(day(2022, time.April, 4)).keep(day(2022, time.April, 4), "coordinator")
	s.weigh(day(2022, time.April, 4), "De grens van het sociaal tarief treft veel mensen die net iets meer verdienen.")

	fee := p.fromFocusgroep(bundled, p.theFocusgroep(2021, 3))
	fee.do(day(2021, time.October, 4), signal.Note{Wording: "Vooraf betalen lukt niet aan het einde van de maand."})
	fee.word(day(2022, time.January, 17))
	p.bundle("inschrijvingsgeld", day(2022, time.April, 11), bundle.Bundle{
		Signals: []domain.StreamID{fee.stream}, Into: s.stream,
	})

	meeting := p.theFocusgroep(2022, 2)
	s.mandate(meeting, signal.Most)
	s.raise(day(2022, time.June, 13), in, day(2022, time.June, 21), pursuit.OwnItem)
	s.discuss(day(2022, time.June, 21), pursuit.Discuss{
		Forum: in, Outcome: pursuit.Forwarded, ForwardedTo: "college", Motivation: "Het overleg kan zelf geen tarief vastleggen.",
	})
	s.decide(day(2022, time.September, 27), pursuit.Decide{
		Forum: "college", Verdict: pursuit.Adopted, Motivation: "Er komt een proef met een ruimere grens.",
		Reference: &pursuit.Reference{URI: publication("college", day(2022, time.September, 27), forum.DecisionList)},
		Tags:      with("circle-level", "macro"),
	})
	p.sits("college", day(2022, time.September, 27), forum.DecisionList)
	s.tellAt(day(2022, time.December, 8), fee.settings[0], "Het college wil een proef met een ruimere grens voor het sociaal tarief.")
	s.decide(day(2023, time.March, 14), pursuit.Decide{
		Forum: "college", Verdict: pursuit.Rejected, Motivation: "De proef past niet in het budget van dit jaar.",
	})
	s.tellAt(day(2023, time.June, 8), fee.settings[0], "De proef gaat niet door. Het college vindt er dit jaar geen budget voor.")
	s.reacts(day(2023, time.June, 8), fee.settings[0], signal.ReactionNotEnough)
	s.tellAt(day(2023, time.June, 14), s.settings[1], "De proef met een ruimere grens gaat niet door. Het overleg bekijkt het later opnieuw.")
}

// inschrijven was decided in part, and those who raised it do not find that enough.
func (p *plan) inschrijven(of fact) {
	const in = "jeugd-en-sportdienst"
	meeting := p.theFocusgroep(2020, 3)
	s := p.fromFocusgroep(of, meeting, "eenoudergezinnen", "vreemde-herkomst")
	s.do(meeting.on+4, signal.Note{Wording: "Inschrijven kan maar op één manier en op één moment."})
	s.word(day(2020, time.September, 28)).keep(day(2020, time.September, 28), "buurtopbouwwerker")
	s.weigh(day(2020, time.October, 5), "Ouders vertellen dit elk jaar, telkens bij de start van de inschrijvingen.")
	s.mandate(p.theFocusgroep(2020, 4), signal.Most)
	s.raise(day(2020, time.October, 20), in, day(2021, time.January, 19), pursuit.OwnItem)
	s.discuss(day(2021, time.January, 19), pursuit.Discuss{
		Forum: in, Outcome: pursuit.TakenUp, BroughtBy: pursuit.Workers, Motivation: "De dienst bekijkt hoe inschrijven anders kan.",
	})
	s.discuss(day(2021, time.September, 14), pursuit.Discuss{Forum: in, Outcome: pursuit.Noted, Motivation: "De dienst zoekt nog."})
	s.decide(day(2021, time.November, 16), pursuit.Decide{
		Forum: in, Verdict: pursuit.Partly, Motivation: "Inschrijven kan ook aan het loket, met hulp. De datum blijft dezelfde.",
	})
	s.do(day(2022, time.March, 7), signal.CarryOut{CarryOut: pursuit.CarryOut{What: "Aan het loket helpt iemand bij het inschrijven."}})
	told := p.theFocusgroep(2022, 1).on
	s.tell(told, "Inschrijven kan nu ook aan het loket, met hulp.")
	s.reacts(told, s.settings[0], signal.ReactionNotEnough)
	s.raise(p.ago(40), in, workday(p.today+20), pursuit.OwnItem)
}

// gs9 was weighed in a team, answered by what the practice does itself, closed, and reopened when a survey said it again.
func (p *plan) gs9(of fact) {
	const in = "team-opstap"
	s := p.fromFocusgroep(of, p.theFocusgroep(2021, 2))
	s.word(day(2021, time.September, 20)).keep(day(2021, time.September, 20), "buurtopbouwwerker")
	s.mandate(p.theFocusgroep(2021, 4), signal.Half)
	s.raise(day(2022, time.January, 10), in, day(2022, time.January, 24), pursuit.OwnItem)
	s.discuss(day(2022, time.January, 24), pursuit.Discuss{
		Forum: in, Outcome: pursuit.Noted, Motivation: "Het team merkt hetzelfde en denkt mee.",
	})
	s.do(day(2022, time.January, 24), signal.Weigh{
		Structural: true, Recurring: true, BeyondOnePerson: true, Forum: in, Reason: "Het gaat om hoe de buurt het huis ziet, niet om één bezoeker.",
	})
	s.do(day(2022, time.April, 25), signal.AnswerByOwnOffer{
		What: "Elke maand staat de deur open voor koffie, zonder afspraak en zonder vraag.",
		Tags: with("strategy", "zelf-anders-doen", "function", "ontmoeten"),
	})
	told := p.theFocusgroep(2022, 2).on
	s.tell(told, "De deur van GS9 staat nu elke maand open voor de hele buurt.")
	s.reacts(told, s.settings[0], signal.ReactionRecognised)
	s.close(day(2022, time.July, 4), signal.Answered)
	again := p.ago(430)
	s.settings = append(s.settings, survey(again.Year()))
	s.do(again, signal.Reopen{
		Reason: "Een bevraging in de buurt zegt opnieuw dat GS9 niet voor iedereen voelt.", Evidence: signal.Evidence{Setting: survey(again.Year())},
	})
	s.raise(p.ago(70), in, p.ago(42), pursuit.OwnItem)
	s.discuss(p.ago(42), pursuit.Discuss{Forum: in, Outcome: pursuit.TakenUp, Motivation: "Het team bekijkt de onthaalruimte."})
}

// gebouw came before the council through a councillor's question, was declined, and was brought into public debate.
func (p *plan) gebouw(of fact) {
	meeting := p.theFocusgroep(2021, 4)
	s := p.fromFocusgroep(of, meeting)
	s.word(day(2022, time.February, 7)).keep(day(2022, time.February, 7), "coordinator")
	s.weigh(day(2022, time.February, 14), "Er is te weinig plaats om groepen samen te laten komen. De praktijk kan dat niet alleen oplossen.")
	s.mandate(p.theFocusgroep(2022, 1), signal.Most)
	s.raise(day(2022, time.September, 12), "gemeenteraad", day(2022, time.October, 17), pursuit.CouncillorQuestion)
	s.discuss(day(2022, time.October, 17), pursuit.Discuss{
		Forum: "gemeenteraad", Outcome: pursuit.Deferred, BroughtBy: pursuit.Both, Motivation: "De vraag schuift door naar een volgende zitting.",
	})
	s.raise(day(2022, time.November, 7), "gemeenteraad", day(2022, time.November, 21), pursuit.CouncillorQuestion)
	s.discuss(day(2022, time.November, 21), pursuit.Discuss{
		Forum: "gemeenteraad", Outcome: pursuit.Forwarded, ForwardedTo: "college", Motivation: "Het college kent de cijfers over de gebouwen.",
	})
	p.sits("gemeenteraad", day(2022, time.November, 21), forum.AgendaDocument, forum.DecisionList)
	s.tell(p.theFocusgroep(2022, 4).on, "De vraag over het gebouw kwam in de gemeenteraad. Het college moet antwoorden.")
	s.discuss(day(2023, time.February, 14), pursuit.Discuss{
		Forum: "college", Outcome: pursuit.Declined, Motivation: "Er is geen ander gebouw vrij in het centrum.",
	})
	s.do(day(2023, time.April, 24), signal.TakePublicAction{TakePublicAction: pursuit.TakePublicAction{
		Action: pursuit.Testimony, What: "Op een open dag toonden bezoekers hoe vol het huis is.", Tags: with("strategy", "zichtbaar-maken"),
	}})
}

// teZichtbaar stays in the house: the focusgroep does not want it to go further.
func (p *plan) teZichtbaar(of fact) {
	s := p.fromFocusgroep(of, p.theFocusgroep(2020, 3))
	s.word(day(2020, time.October, 5))
	s.weigh(day(2020, time.October, 5), "Gezinnen zeggen dit los van elkaar, over meer dan één activiteit.")
	refused := p.theFocusgroep(2021, 3)
	s.do(refused.on, signal.Recognise{Meeting: refused.stream, HowMany: signal.Half})
	s.do(refused.on, signal.RefuseMandate{Meeting: refused.stream})
}

// durvenVragen was worded twice, because the focusgroep asked so, and waits for an answer.
func (p *plan) durvenVragen(of fact) {
	const in = "overleg-vrijwilligers"
	session := p.sessionAfter("sociale-kruidenier", day(2021, time.September, 1))
	at := pursuit.Setting{Kind: pursuit.AtSession, Stream: session.stream}
	s := p.pickUp(of, p.weekEnd(session.on), signal.FromSession, signal.Evidence{Setting: at})
	s.do(day(2021, time.October, 18), signal.Note{Wording: "Aan de toog is er geen plek om iets te vragen."})
	s.do(day(2021, time.November, 15), signal.Word{Statement: "Bezoekers van de sociale kruidenier stellen geen vragen."})
	meeting := p.theFocusgroep(2022, 1)
	s.do(meeting.on, signal.Recognise{Meeting: meeting.stream, HowMany: signal.Few})
	s.do(meeting.on, signal.AskOtherWording{Meeting: meeting.stream})
	s.word(day(2022, time.March, 21)).keep(day(2022, time.March, 21), "vrijwilligersbegeleider")
	s.weigh(p.ago(200), "Het gaat over hoe de winkel is ingericht en over schaamte, niet over één bezoeker.")
	s.raise(p.ago(150), in, p.ago(120), pursuit.OwnItem)
}

// naailessen turned out to be two signals, of which one found an answer.
func (p *plan) naailessen(of fact) {
	session := p.sessionAfter("naaiatelier", day(2021, time.September, 1))
	at := signal.Evidence{Setting: pursuit.Setting{Kind: pursuit.AtSession, Stream: session.stream}}
	s := p.pickUp(of, p.weekEnd(session.on), signal.FromSession, at)
	s.word(day(2021, time.October, 11))

	cost, reach := of, of
	cost.key, cost.statement, cost.threshold = "naailessen-prijs", "Gewone naailessen zijn te duur.", "financieel"
	reach.key, reach.statement = "naailessen-bereik", "Gewone naailessen zijn te ver en te moeilijk."
	split := day(2022, time.February, 21)
	first := p.pickUp(cost, split, signal.FromSession, at).word(split)
	p.pickUp(reach, split, signal.FromSession, at).word(split)
	p.bundle("naailessen", split, bundle.SplitUp{
		Signal: s.stream, Into: []domain.StreamID{first.stream, p.signals["naailessen-bereik"].stream},
	})
	first.do(day(2022, time.May, 9), signal.AnswerByOwnOffer{
		What: "Het naaiatelier leent materiaal uit, zodat thuis oefenen niets kost.", Tags: with("strategy", "zelf-anders-doen"),
	})
	first.tell(day(2022, time.June, 7), "Wie komt naaien, kan nu materiaal lenen.")
	first.reacts(day(2022, time.June, 7), at.Setting, signal.ReactionRecognised)
}

// toestel has one promise that was broken, and a new one that is overdue today.
func (p *plan) toestel(of fact) {
	const in = "overleg-digitale-kloof"
	asked := p.hinge("digipunt", day(2021, time.June, 1), day(2021, time.October, 31), of.themes...)
	s := p.fromHelpRequest(of, asked, "jongeren")
	s.word(day(2021, time.November, 8)).keep(day(2021, time.November, 8), "maatschappelijk-werker")
	s.weigh(day(2021, time.November, 15), "Scholen en diensten rekenen op een toestel dat veel gezinnen niet hebben.")
	s.mandate(p.theFocusgroep(2021, 4), signal.Most)
	s.raise(day(2022, time.January, 17), in, day(2022, time.February, 8), pursuit.OwnItem)
	s.discuss(day(2022, time.February, 8), pursuit.Discuss{
		Forum: in, Outcome: pursuit.Promised, BroughtBy: pursuit.Both, Motivation: "De partners willen toestellen verzamelen.",
		Promise: "Een partner zoekt twintig toestellen om uit te lenen.", PromiseBy: day(2022, time.September, 1),
	})
	s.do(day(2022, time.October, 11), signal.BreakPromise{BreakPromise: pursuit.BreakPromise{Promise: 1}})
	s.tell(day(2022, time.November, 7), "De toestellen zijn er nog niet. Het overleg zoekt verder.")
	s.raise(p.ago(130), in, p.ago(100), pursuit.OwnItem)
	s.discuss(p.ago(100), pursuit.Discuss{
		Forum: in, Outcome: pursuit.Promised, Motivation: "Er zijn nu partners die toestellen geven.",
		Promise: "De eerste toestellen komen naar Digipunt.", PromiseBy: p.ago(25),
	})
}

// bereikbaar was raised while the focusgroep could not meet; it is over, and everybody knows.
func (p *plan) bereikbaar(of fact) {
	const in = "team-intake"
	asked := p.hinge("huisbezoek", day(2020, time.March, 18), day(2020, time.April, 30), of.themes...)
	s := p.fromHelpRequest(of, asked, "ouderen")
	s.word(day(2020, time.May, 11)).keep(day(2020, time.May, 11), "maatschappelijk-werker")
	s.weigh(day(2020, time.May, 11), "Veel mensen vinden de weg naar diensten niet zonder loket.")
	p.sits(in, day(2020, time.May, 18))
	s.do(day(2020, time.May, 12), signal.Schedule{Schedule: pursuit.Schedule{
		Forum: in, Meeting: day(2020, time.May, 18), InNameOf: pursuit.OwnOrganisation, Through: pursuit.OwnItem, WithoutMandate: true,
	}})
	s.discuss(day(2020, time.May, 18), pursuit.Discuss{
		Forum: in, Outcome: pursuit.TakenUp, Motivation: "Het team spreekt af wie wanneer te bellen is.",
	})
	s.do(day(2020, time.June, 8), signal.CarryOut{CarryOut: pursuit.CarryOut{What: "Een flyer zegt welk nummer wanneer te bellen is."}})
	s.do(day(2020, time.July, 6), signal.FeedBack{FeedBack: pursuit.FeedBack{
		Setting: s.settings[0], Channel: "flyer", ToldWhat: "Op de flyer staat welk nummer wanneer te bellen is.",
	}})
	s.close(day(2021, time.September, 6), signal.NoLongerNeeded)
}

// vakantie is left alone for now, for the second time.
func (p *plan) vakantie(of fact) {
	asked := p.hinge("huis-van-het-kind", day(2021, time.May, 1), day(2021, time.December, 20), of.themes...)
	s := p.fromHelpRequest(of, asked, "eenoudergezinnen")
	s.word(day(2022, time.January, 24)).keep(day(2022, time.January, 24), "buurtopbouwwerker")
	s.weigh(day(2022, time.January, 31), "De vraag naar vakanties blijft, en niemand vangt ze op.")
	s.do(day(2022, time.February, 14), signal.Park{
		Reason: "Eerst kijken wat de zomer brengt.", Until: day(2022, time.September, 1),
	})
	s.do(day(2022, time.September, 5), signal.Resume{})
	s.do(p.ago(120), signal.Park{
		Reason: "Er loopt een zoektocht naar een partner. Dit wacht op dat antwoord.", Until: p.today + 60,
	})
}

// kunstacademie went unanswered, was asked again, and turned out not to be for that forum.
func (p *plan) kunstacademie(of fact) {
	const in = "overleg-aha"
	s := p.pickUp(of, day(2021, time.May, 17), signal.FromSurvey, signal.Evidence{Setting: survey(2021)})
	other := p.signals["inschrijven"]
	p.bundle("kunstacademie", day(2021, time.May, 25), bundle.Bundle{
		Signals: []domain.StreamID{s.stream}, Into: other.stream,
	})
	p.bundle("kunstacademie/apart", day(2021, time.June, 28), bundle.Unbundle{Signal: s.stream})
	s.word(day(2021, time.September, 13)).keep(day(2021, time.September, 13), "buurtopbouwwerker")
	s.weigh(day(2021, time.September, 20), "Gezinnen noemen prijs, uren en taal. Dat is meer dan één drempel.")
	s.raise(day(2021, time.September, 20), in, day(2021, time.October, 12), pursuit.OwnItem)
	s.do(day(2022, time.March, 14), signal.GoUnanswered{GoUnanswered: pursuit.GoUnanswered{Forum: in, Since: day(2021, time.October, 12)}})
	s.tell(day(2022, time.April, 11), "We vroegen het aan de kunstacademie. Er kwam nog geen antwoord.")
	s.raise(day(2022, time.September, 19), in, day(2022, time.November, 8), pursuit.ForwardedItem)
	s.discuss(day(2022, time.November, 8), pursuit.Discuss{
		Forum: in, Outcome: pursuit.OutsideCompetence, Motivation: "Over de prijs beslist de academie niet zelf.",
	})
}

// hygiene was heard twice and worded; nobody weighed it yet.
func (p *plan) hygiene(of fact) {
	session := p.sessionAfter("sociale-kruidenier", day(2022, time.March, 1))
	at := pursuit.Setting{Kind: pursuit.AtSession, Stream: session.stream}
	s := p.pickUp(of, p.weekEnd(session.on), signal.FromSession, signal.Evidence{Setting: at}, "alleenstaanden")
	s.do(day(2022, time.May, 2), signal.Note{Wording: "Mensen vragen zeep en wasmiddel."})
	s.heard(day(2022, time.June, 13), signal.Evidence{Setting: volunteers(2022)})
	s.word(day(2022, time.October, 17))
}

// elkaarsAanbod waits for a meeting: the one it was meant for was cancelled.
func (p *plan) elkaarsAanbod(of fact) {
	const in = "netwerkmoment-partners"
	asked := p.hinge("individueel-gesprek", day(2020, time.June, 15), day(2021, time.December, 20), of.themes...)
	s := p.fromHelpRequest(of, asked)
	s.heard(day(2022, time.January, 17), signal.Evidence{Setting: pursuit.Setting{Kind: pursuit.AtPartner, Code: "caw"}})
	s.word(day(2022, time.January, 24)).keep(day(2022, time.January, 24), "coordinator")
	s.weigh(day(2022, time.February, 7), "Wie iemand doorverwijst, weet vaak niet wat de andere dienst doet.")
	s.mandate(p.theFocusgroep(2022, 1), signal.Half)
	cancelled := day(2022, time.November, 15)
	s.raise(day(2022, time.September, 26), in, cancelled, pursuit.OwnItem)
	p.sits(in, cancelled).cancelled = true
	s.do(cancelled-1, signal.Unschedule{Unschedule: pursuit.Unschedule{Forum: in}})
	s.raise(p.ago(50), in, workday(p.today+30), pursuit.OwnItem)
}

// onderzoek was raised by volunteers, promised, kept, and told them.
func (p *plan) onderzoek(of fact) {
	const in = "overleg-vrijwilligers"
	s := p.pickUp(of, day(2021, time.June, 7), signal.FromVolunteer, signal.Evidence{Setting: volunteers(2021)})
	s.heard(day(2021, time.September, 6), signal.Evidence{Setting: during(of.heardIn, 2021)})
	s.word(day(2021, time.September, 13)).keep(day(2021, time.September, 13), "vrijwilligersbegeleider")
	s.raise(day(2021, time.September, 20), in, day(2021, time.October, 5), pursuit.OwnItem)
	s.discuss(day(2021, time.October, 5), pursuit.Discuss{
		Forum: in, Outcome: pursuit.Promised, Motivation: "De begeleiding legt graag uit hoe een toewijzing verloopt.",
		Promise: "Er komt een blad met de stappen van het onderzoek.", PromiseBy: day(2021, time.December, 31),
	})
	s.do(day(2021, time.December, 14), signal.KeepPromise{KeepPromise: pursuit.KeepPromise{Promise: 1}})
	s.tell(day(2022, time.January, 11), "Het blad met de stappen ligt klaar. Vragen kunnen op elk overleg.")
	s.reacts(day(2022, time.January, 11), s.settings[0], signal.ReactionRecognised)
	s.close(day(2022, time.February, 1), signal.Answered)
}

// rapOpStap was picked up and noted, nothing more.
func (p *plan) rapOpStap(of fact) {
	s := p.fromFocusgroep(of, p.theFocusgroep(2022, 2))
	s.do(day(2022, time.June, 13), signal.Note{Wording: of.statement})
	asked := p.hinge("cc-spoor", p.ago(300), p.ago(10), of.themes...)
	s.heard(p.weekEnd(asked.on), p.asked(asked))
	p.hinge("sociale-kruidenier", p.ago(120), p.ago(5), "mobiliteit") // taken up, they said; nobody did yet
}

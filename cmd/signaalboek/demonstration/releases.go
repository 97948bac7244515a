package demonstration

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"signaalboek/domain"
	"signaalboek/domain/ledger"
	"signaalboek/domain/release"
)

// Press publishes proposals through the gate: package api has the one there is.
type Press interface {
	// Publish confirms a proposal and publishes what is built of it. Given again, its answer is the old one.
	Publish(ctx context.Context, id release.ID, meta domain.Meta) (ledger.Receipt, error)
}

// said is what the coordinator says in the editions of one release.
type said map[release.Edition]map[release.Place]string

// publish plans the releases: of every year up to last year; of that, its first half and, waiting for somebody else to
// confirm it, the whole. One proposal came too early, and one release had to go out again. What others published is recorded
// before the release of its year.
func (p *plan) publish() {
	last := p.today.Year() - 1
	p.publishTogether(last)
	p.knowOthers(last - 1)
	for _, y := range p.years() {
		if y.number < last {
			name, on := p.proposeRelease(release.Period{Year: y.number, Part: release.WholeYear}, day(y.number+1, time.February, 8))
			p.confirm(Harelbeke, name, on)
		}
	}
	p.dropEarly(release.Period{Year: last - 1, Part: release.FirstHalf}, day(last-1, time.July, 6))
	p.publishAgain(release.Period{Year: last - 1, Part: release.WholeYear}, day(last, time.February, 22))
	half, on := p.proposeRelease(release.Period{Year: last, Part: release.FirstHalf}, day(last, time.September, 8))
	p.confirm(Harelbeke, half, on)
	p.proposeRelease(release.Period{Year: last, Part: release.WholeYear}, max(p.ago(6), day(p.today.Year(), time.January, 1)))
}

// publishTogether plans what all practices publish together of every year up to last year, which waits.
func (p *plan) publishTogether(last int) {
	for _, y := range p.years() {
		if y.number > last {
			continue
		}
		name, on := fmt.Sprintf("together/%d", y.number), day(y.number+1, time.February, 10)
		if y.number == last {
			on = max(p.ago(5), day(p.today.Year(), time.January, 1))
		}
		p.aboutRelease(errand{name: name, on: on, practice: release.Together, actor: coordinator}, release.Propose{
			Period: release.Period{Year: y.number, Part: release.WholeYear},
		})
		if y.number < last {
			p.confirm(release.Together, name, on)
		}
	}
}

// knowOthers plans that two tables which others published about a year are found: one of them turns out to be about more
// people than ours.
func (p *plan) knowOthers(year int) {
	found, wrong := day(year+1, time.January, 20), day(year+1, time.January, 14)
	p.aboutRelease(errand{name: "foreign/wrong", on: wrong, actor: coordinator}, release.RecordForeign{
		ForeignTable: release.ForeignTable{
			Period: release.Period{Year: year, Part: release.WholeYear}, Table: "headline", Source: "huis-van-welzijn",
			Cells: []release.ForeignCell{{Measure: "unique", Least: 1200, Most: 1299}},
		},
		Document: "Het jaarverslag, in de tabel over onthaal.",
	})
	p.aboutRelease(errand{name: "foreign/wrong/withdrawn", on: wrong + 2, actor: secondCoordinator}, release.WithdrawForeign{
		Foreign: release.NewForeignID(named("foreign/wrong")), Motivation: "Die tabel gaat over de hele stad, niet over onze werking.",
	})
	p.aboutRelease(errand{name: "foreign/found", on: found, actor: coordinator}, release.RecordForeign{
		ForeignTable: release.ForeignTable{
			Period: release.Period{Year: year, Part: release.WholeYear}, Table: "unique-by-activity",
			Cells: []release.ForeignCell{{Measure: "unique", Category: "huis-van-het-kind", Least: 0, Most: 89}},
		},
		Document: "Folder van het Huis van het Kind: minder dan negentig gezinnen in de ontmoetingsruimte.",
	})
}

// dropEarly plans a proposal that is taken back: not everything of the period was registered yet.
func (p *plan) dropEarly(of release.Period, on domain.Date) {
	name, _ := p.proposeRelease(of, on)
	p.aboutRelease(errand{name: name + "/dropped", on: on + 2, actor: coordinator}, release.Drop{
		Release: release.NewID(named(name)), Motivation: "De contacten van juni zijn nog niet allemaal geregistreerd.",
	})
}

// publishAgain plans that a release is withdrawn, and published once more as it should have been.
func (p *plan) publishAgain(of release.Period, on domain.Date) {
	first := releaseName(of)
	p.aboutRelease(errand{name: first + "/withdrawn", on: on, actor: secondCoordinator}, release.Withdraw{
		Release: release.NewID(named(first)), Reason: release.Mistaken, Motivation: "In de inleiding stond een verkeerd jaartal.",
	})
	again := first + "/again"
	p.proposeAs(again, of, on+1)
	p.confirm(Harelbeke, again, on+1)
}

func releaseName(of release.Period) string { return "release/" + of.String() }

// proposeRelease plans the proposal of a period, and what the coordinator says in it.
func (p *plan) proposeRelease(of release.Period, on domain.Date) (name string, proposed domain.Date) {
	p.proposeAs(releaseName(of), of, on)
	return releaseName(of), on
}

func (p *plan) proposeAs(name string, of release.Period, on domain.Date) {
	p.aboutRelease(errand{name: name, on: on, actor: coordinator}, release.Propose{Period: of})
	words := wordsOf(of)
	for _, edition := range slices.Sorted(maps.Keys(words)) {
		for _, place := range release.Places(edition) {
			if text := words[edition][place]; text != "" {
				p.aboutRelease(
					errand{name: fmt.Sprintf("%s/%s/%s", name, edition, place), on: on, actor: coordinator},
					release.Write{Release: release.NewID(named(name)), Edition: edition, Place: place, Text: text},
				)
			}
		}
	}
}

func (p *plan) aboutRelease(e errand, command release.Command) {
	e.rank = ofReleases
	to(p, p.book.Ledger.Releases).execute(release.StreamOf(cmp.Or(e.practice, Harelbeke)), e, command)
}

// confirm plans that somebody else looks at a proposal a week later, and publishes it. It is then anchored by nobody.
func (p *plan) confirm(of domain.PracticeID, name string, proposed domain.Date) {
	id := release.NewID(named(name))
	p.add(errand{
		name: name + "/published", rank: ofReleases, on: proposed + 7, practice: of, actor: secondCoordinator,
		give: func(ctx context.Context, meta domain.Meta) (int, error) {
			receipt, err := p.book.Press.Publish(ctx, id, meta)
			return receipt.Events, err
		},
	})
	if p.book.Anchor == nil {
		return
	}
	p.add(errand{
		name: name + "/anchored", rank: ofReleases, on: proposed + 7, practice: of,
		give: func(ctx context.Context, meta domain.Meta) (int, error) {
			meta.Actor = domain.ActorID{}
			receipt, err := p.book.Anchor(ctx, id, meta)
			return receipt.Events, err
		},
	})
}

// wordsOf is what the coordinator says about a period.
func wordsOf(of release.Period) said {
	switch {
	case of.Part == release.FirstHalf:
		return wordsOfAHalf()
	case of.Year == 2020:
		return wordsOf2020()
	case of.Year == 2021:
		return wordsOf2021()
	case of.Year == 2022:
		return wordsOf2022()
	}
	return wordsOfAYear()
}

func wordsOf2020() said {
	return said{
		release.Council: {
			release.Opening:  "Dit was het jaar waarin mensen elkaar een tijd niet konden ontmoeten. We gingen aan de deur en op straat praten. Wat we daar hoorden, staat in dit overzicht.",
			release.Figures:  "Dit jaar vroegen we nog niet of iemand al eerder kwam. Daarom is het aantal nieuwe mensen niet geregistreerd. Vergelijk dat dus niet met de jaren die volgen.",
			release.Signals:  "Een signaal is geen klacht van één persoon. Het is iets wat meer mensen vertellen en wat één dienst alleen niet oplost.",
			release.Feedback: "De groep kwam een tijd niet samen. Wat we nog moeten vertellen, vertellen we op de volgende bijeenkomsten.",
			release.Closing:  "Wie een vraag heeft bij dit overzicht, is welkom op een bijeenkomst van de groep.",
		},
		release.Residents: {
			release.Opening: "Dit jaar konden we elkaar lang niet ontmoeten. We belden aan, bleven op straat staan en luisterden.",
			release.Closing: "Wil je zelf iets vertellen? Kom langs of spreek ons aan op straat.",
		},
		release.Partners: {
			release.Opening: "Bedankt om tijd te maken voor wat bewoners vertellen, ook toen een vergadering niet altijd kon doorgaan.",
			release.Closing: "Wie op een signaal wil reageren, kan het op de agenda van het volgende overleg zetten.",
		},
	}
}

func wordsOf2021() said {
	return said{
		release.Council: {
			release.Opening:         "In de lente kwam de groep opnieuw samen. Mensen vertelden vooral over vrije tijd, over geld en over de weg naar diensten.",
			release.Figures:         "Voor het eerst vroegen we aan iedereen of ze al eerder kwamen. Zo weten we hoeveel mensen nieuw zijn. Digipunt begon in dit jaar: een deel van de vragen komt van daar.",
			release.Themes:          "Vrije tijd en dienstverlening komen het vaakst terug. De groep vindt dat een vaste gesprekspartner bij de stad daar helpt.",
			release.Promises:        "Een belofte is voor ons pas klaar als bewoners er iets van merken.",
			release.Recommendations: "Aanbevelingen schrijven we pas als een signaal in meer dan één overleg besproken is.",
			release.Closing:         "We maken dit overzicht elk jaar, zodat de raad kan volgen wat er met een signaal gebeurt.",
		},
		release.Residents: {
			release.Opening: "Dit jaar kwamen we weer samen. Bedankt aan iedereen die iets vertelde.",
			release.Next:    "Over elke belofte vertellen we op de volgende bijeenkomst hoe ver het staat.",
			release.Closing: "Klopt er iets niet? Zeg het ons. Dan zetten we het recht in het volgende overzicht.",
		},
		release.Partners: {
			release.Opening:  "Hier staat wat bewoners vertelden over punten die op de agenda van jullie overleg stonden.",
			release.Promises: "Lukt een belofte niet op tijd? Laat het weten, dan vertellen wij het verder.",
		},
	}
}

func wordsOf2022() said {
	return said{
		release.Council: {
			release.Opening:         "Dit overzicht hoort bij het verslag over drie jaar buurtwerk. Het toont welke signalen een weg vonden naar een overleg of naar de raad, en welke nog wachten.",
			release.Figures:         "Er kwamen meer mensen langs dan in de jaren ervoor. Het aantal hulpvragen is geteld zonder Digipunt en zonder Soep met Babbels. In het jaar ervoor telden die nog mee, dus de twee cijfers zijn geen reeks.",
			release.Themes:          "Vrije tijd, dienstverlening en geld blijven terugkomen. Dat zijn geen losse verhalen meer.",
			release.Signals:         "Niet elk signaal raakt even ver. Soms zegt een overleg nee, en ook dat vertellen we aan wie het signaal gaf.",
			release.Forums:          "Een overleg dat een paar keer per jaar samenkomt, heeft meer tijd nodig. Kijk dus niet alleen naar hoe lang iets duurt, maar ook naar wat er daarna gebeurde.",
			release.Promises:        "We volgen elke belofte op tot ze is nagekomen of tot iemand zegt dat ze niet lukt.",
			release.Feedback:        "Wie iets vertelde, heeft recht op een antwoord. Daar zijn we nog niet overal in geslaagd.",
			release.Recommendations: "De groep las de aanbevelingen na. Welke ze zelf draagt, staat erbij.",
			release.Neighbourhood:   "Deze cijfers gaan over de hele stad of de hele buurt, niet over de mensen die bij ons komen.",
			release.Closing:         "We lichten dit overzicht graag toe in de commissie, samen met mensen uit de groep.",
		},
		release.Residents: {
			release.Opening: "Dit is wat we samen vertelden, en wat er van kwam.",
			release.Decided: "Bij elk besluit vragen we ook waarom.",
			release.Closing: "Kom het gerust bespreken, bij een kop soep of op een bijeenkomst van de groep.",
		},
		release.Partners: {
			release.Opening:         "Hier staat wat er gebeurde met de signalen die op de agenda van jullie overleg stonden.",
			release.Recommendations: "Sommige aanbevelingen vragen ook iets van jullie overleg. We bespreken graag samen wat haalbaar is.",
			release.Closing:         "Bedankt om mee te denken. Op het volgende overleg horen we graag wat er nog kan.",
		},
	}
}

func wordsOfAHalf() said {
	return said{
		release.Council: {
			release.Opening: "Dit is een tussenstand na de eerste helft van het jaar. In het voorjaar volgt het overzicht van het hele jaar.",
			release.Closing: "In een half jaar komen minder mensen langs dan in een heel jaar. Wat te klein is, staat er als een groep. Zo herkent niemand iemand.",
		},
		release.Residents: {release.Opening: "Dit hoorden we in de eerste helft van het jaar."},
	}
}

func wordsOfAYear() said {
	return said{
		release.Council: {
			release.Opening:  "Dit overzicht toont wat bewoners vertelden en hoe ver elk signaal raakte.",
			release.Promises: "We volgen elke belofte op tot ze is nagekomen of tot iemand zegt dat ze niet lukt.",
			release.Closing:  "We lichten dit overzicht graag toe in de commissie, samen met mensen uit de groep.",
		},
		release.Residents: {
			release.Opening: "Dit is wat we hoorden, en wat er van kwam.",
			release.Closing: "Bedankt aan iedereen die iets vertelde.",
		},
		release.Partners: {release.Opening: "Hier staat wat er gebeurde met de signalen die op de agenda van jullie overleg stonden."},
	}
}

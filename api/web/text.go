package web

import "fmt"

// T is the sentence that belongs to a key. Arguments take the places of %s and %d. A key without a sentence is a mistake
// that a test finds; a page shows it as it is.
func T(key string, args ...any) string {
	text, ok := texts[key]
	switch {
	case !ok:
		return key
	case len(args) == 0:
		return text
	}
	return fmt.Sprintf(text, args...)
}

// texts is every Dutch sentence of the pages, by key: plain words, short sentences, "je". Those that belong to refusals
// stand in refusals.go. A family, such as "answer", holds the words for the values of one type; see word.
var texts = map[string]string{
	// everywhere
	"product":    "Signaalboek",
	"skip":       "Ga naar de inhoud",
	"menu":       "Menu",
	"menu.close": "Sluit het menu",
	"trail":      "Kruimelpad",
	"internal":   "Intern – niet verspreiden",
	"demo.title": "Demonstratie.",
	"demo.text":  "Alles op deze pagina is verzonnen. De codelijsten en overlegorganen zijn echt.",
	"and":        "en",
	"more":       "Toon meer",
	"unrecorded": "niet geregistreerd",
	"theme":      "Thema",

	// navigation and foot
	"nav.start":           "Vandaag",
	"nav.contacts":        "Contacten",
	"nav.sessions":        "Momenten",
	"nav.signals":         "Signalen",
	"nav.recommendations": "Beleidsvoorstellen",
	"nav.focusgroep":      "Focusgroep",
	"nav.themes":          "Thema’s",
	"nav.forums":          "Overleg",
	"nav.debt":            "Terugkoppeling",
	"nav.referrals":       "Doorverwijzingen",
	"nav.figures":         "Cijfers",
	"nav.overview":        "Overzicht",
	"nav.search":          "Zoeken",
	"nav.vocabulary":      "Codelijsten",
	"foot.accessibility":  "Toegankelijkheid",
	"foot.privacy":        "Privacy",
	"foot.about":          "Over Signaalboek",
	"foot.keys":           "Sneltoetsen",

	// forms
	"form.problem": "Er klopt iets niet. Er is nog niets bewaard.",
	"form.none":    "– geen keuze –",

	// what was done
	"done.contact":     "Het contact is bewaard.",
	"done.corrected":   "De verbetering is bewaard.",
	"done.withdrawn":   "Dit telt niet meer mee.",
	"done.followed-up": "De opvolging is bewaard.",
	"done.session":     "Het moment is bewaard.",
	"done.planned":     "De bijeenkomst is gepland.",
	"done.held":        "De bijeenkomst is bewaard.",
	"done.theme":       "Het thema is bewaard.",
	"done.closed":      "De bijeenkomst is afgesloten.",
	"done.term":        "De code is bewaard.",
	"done.relabelled":  "De code heet voortaan anders.",
	"done.retired":     "De code wordt niet meer aangeboden.",

	// charts
	"chart.table":            "Toon als tabel",
	"chart.count":            "Aantal",
	"chart.stage":            "Stap",
	"chart.bars.desc":        "Een balk per regel. De aantallen staan ook in de tabel hieronder.",
	"chart.years.desc":       "Een balk per jaar. Een streepjeslijn betekent: vanaf hier wordt anders geteld, dus vergelijk niet. Een vraagteken betekent: niet geregistreerd. De aantallen staan ook in de tabel.",
	"chart.heat.title":       "Thema’s per bijeenkomst van de focusgroep",
	"chart.heat.desc":        "Een rij per thema en een kolom per bijeenkomst. Het cijfer zegt hoe zwaar het thema woog, van 1 tot 5.",
	"chart.heat.caption":     "Hoe donkerder en hoe hoger het cijfer, hoe zwaarder het thema woog. Leeg: niet besproken.",
	"chart.funnel.title":     "Van contact tot terugkoppeling",
	"chart.funnel.desc":      "Hoeveel er van wat we hoorden hoe ver is geraakt. De aantallen staan ook in de tabel hieronder.",
	"chart.funnel.caption":   "De bovenste twee balken tellen contacten en hulpvragen. De gearceerde balken tellen signalen. De lengte volgt de wortel van het aantal, zodat je ook kleine aantallen ziet.",
	"chart.timeline.title":   "Het traject van dit signaal",
	"chart.timeline.desc":    "Van links naar rechts loopt de tijd. Elke baan is een plek: de praktijk, de focusgroep, het overleg en de raad. De nummers staan met uitleg in de lijst.",
	"chart.timeline.caption": "Elk nummer staat met datum en uitleg in de lijst hieronder. Een open bol met streepjes is nog niet gebeurd.",

	// errors and signing in
	"error.request": "Meld je dit, geef dan dit nummer mee:",
	"error.start":   "Ga naar de startpagina",
	"signin.title":  "Aanmelden",
	"signin.ready":  "Je link is klaar. Hij werkt één keer.",
	"signin.open":   "Open Signaalboek",
	"signin.how":    "Open de link die je kreeg van wie Signaalboek beheert. Heb je geen link, vraag er dan een.",

	// keys
	"keys.title":     "Sneltoetsen",
	"keys.intro":     "Werk je aan een bureau, dan gaat het met deze toetsen sneller.",
	"keys.new":       "Nieuw contact",
	"keys.help":      "Deze pagina",
	"keys.search":    "Zoeken",
	"keys.enter":     "Bewaart het contact. Datum, activiteit en plaats blijven staan voor het volgende.",
	"keys.tab":       "Naar het volgende veld. Met de spatiebalk duid je iets aan.",
	"keys.typeahead": "In het veld ‘Typ en duid aan’ typ je enkele letters: hv vindt Huisvesting, vt vindt Vrije tijd. Enter duidt aan.",
	"keys.on":        "Zet de sneltoetsen aan",
	"keys.off":       "Zet de sneltoetsen uit",
	"keys.noscript":  "Je browser voert geen scripts uit. De sneltoetsen werken dan niet; al de rest wel.",

	// accessibility, privacy, about
	"accessibility.title":     "Toegankelijkheid",
	"accessibility.aim":       "Wat we willen",
	"accessibility.aim.text":  "Iedereen moet met Signaalboek kunnen werken: met een toetsenbord, met een schermlezer, op een telefoon, met grote letters. We volgen WCAG 2.2, niveau AA.",
	"accessibility.done":      "Wat werkt",
	"accessibility.done.text": "Alles werkt zonder JavaScript en zonder muis. Elke grafiek heeft een titel, een beschrijving en een tabel. De pagina’s volgen je instelling voor donker, hoog contrast en minder beweging.",
	"accessibility.left":      "Wat nog niet werkt",
	"accessibility.left.text": "Een brede grafiek schuift op een kleine telefoon in haar eigen kader. De tabel eronder toont hetzelfde.",
	"accessibility.tell":      "Merk je een drempel?",
	"accessibility.tell.text": "Zeg het aan wie Signaalboek bij jullie beheert. Een drempel in dit programma is ook een signaal.",

	"privacy.title":        "Privacy",
	"privacy.nobody":       "Geen namen",
	"privacy.nobody.text":  "Signaalboek vraagt nergens een naam, adres, geboortedatum, telefoonnummer of rijksregisternummer. Een contact heeft geen vrije tekst.",
	"privacy.card":         "Iemand herkennen",
	"privacy.card.text":    "Een herkenningskaart heeft enkel een bijnaam die de buurtwerker kiest, zoals ‘rode fiets’. Ze staat apart van het logboek. In het logboek staat niet wie het was. Contacten van verschillende jaren zijn niet aan elkaar te koppelen.",
	"privacy.texts":        "Teksten",
	"privacy.texts.text":   "Een tekst, zoals de verwoording van een signaal, staat versleuteld in het logboek, elk met een eigen sleutel. Wordt de sleutel vernietigd, dan leest niemand de tekst nog. Wat er beslist werd, blijft.",
	"privacy.inside":       "Wat binnen blijft",
	"privacy.inside.text":  "Binnen de praktijk zie je juiste cijfers. Daarom staat op elke pagina ‘Intern – niet verspreiden’. Groepen zijn hier klein: een juist cijfer kan iemand verraden.",
	"privacy.concern":      "Mogelijke verontrusting",
	"privacy.concern.text": "Een mogelijke verontrusting komt in geen enkel contact. Er is alleen een jaarlijks aantal, dat apart staat.",

	"about.title":       "Over Signaalboek",
	"about.what":        "Waarvoor het dient",
	"about.what.text":   "Buurtwerkers horen hulpvragen en signalen: drempels die verder gaan dan één persoon. Signaalboek volgt elk signaal tot er een antwoord is, en tot wie het zei dat antwoord hoorde.",
	"about.chain":       "Eén keten",
	"about.chain.text":  "Contact, hulpvraag, signaal, focusgroep, overleg, beslissing, uitvoering, terugkoppeling. Niets wordt gewijzigd of gewist: een fout wordt verbeterd met een nieuwe regel die zegt waarom.",
	"about.source":      "Waar de woorden vandaan komen",
	"about.source.text": "De codelijsten en overlegorganen komen uit de werking van De Stek in Harelbeke. Elke praktijk vult ze aan.",
}

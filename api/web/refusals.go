package web

import (
	"regexp"
	"strings"
	"time"

	"signaalboek/domain"
	"signaalboek/domain/release"
	"signaalboek/domain/vocabulary"
)

// refusal is what people read when something is not done. Sentence may name values, as {key} of Refusal.With; Title and
// Remedy never do: they stand on a page of their own, for whoever meets the code.
type refusal struct {
	Title    string
	Sentence string // what is wrong
	Remedy   string // what to do
}

// RefusalTitle is what a refusal is called, in a few words.
func RefusalTitle(code string) string { return refusals[code].Title }

// RefusalMeaning is what a code means for whoever meets it, and what to do. False if there is no such code.
func RefusalMeaning(code string) (title, remedy string, known bool) {
	r, known := refusals[code]
	return r.Title, r.Remedy, known
}

// RefusalSentence says in Dutch what is wrong and what to do, in the words of a practice.
func RefusalSentence(r *domain.Refusal, book vocabulary.Book) string {
	text, known := refusals[r.Code]
	if !known {
		return r.Code
	}
	if strings.Contains(text.Sentence, "{code}") && r.With["code"] == "" {
		return T("form.unchosen") + " " + text.Remedy
	}
	named := placeholder.ReplaceAllStringFunc(text.Sentence, func(key string) string {
		return sayNamed(r.With, key[1:len(key)-1], book)
	})
	return named + " " + text.Remedy
}

var placeholder = regexp.MustCompile(`\{[a-zA-Z]+\}`)

// sayNamed is a value that a refusal names, as people call it: the label of a code, a day as it is written here.
func sayNamed(with map[string]string, key string, book vocabulary.Book) string {
	value := with[key]
	if value == "" {
		return "…"
	}
	if day, err := time.Parse(time.DateOnly, value); err == nil {
		return Date(domain.DayOf(day))
	}
	switch key {
	case "list":
		return listName(value)
	case "reason":
		return Word("closing", value)
	case "forum":
		return book.ForumLabel(domain.Code(value))
	case "found":
		return sayFindings(value)
	case "period":
		return sayPeriod(value)
	case "code":
		if list := with["list"]; list != "" {
			return book.Label(domain.Code(list), domain.Code(value))
		}
	}
	return value
}

// sayPeriod is what a release is about, of a period that was named by release.Period.
func sayPeriod(named string) string {
	year, part, _ := strings.Cut(named, "-")
	if part == string(release.FirstHalf) {
		return "de eerste helft van " + year
	}
	return "het jaar " + year
}

// listName is how a code list is called in a sentence.
func listName(list string) string {
	if name, ok := listNames[domain.Code(list)]; ok {
		return name
	}
	return list
}

var listNames = map[domain.Code]string{
	vocabulary.Activities: "activiteiten", vocabulary.Themes: "thema’s", vocabulary.Approaches: "aanpakken",
	vocabulary.Services: "diensten", vocabulary.Thresholds: "drempels", vocabulary.TargetGroups: "doelgroepen",
	vocabulary.Initiatives: "initiatieven", vocabulary.Places: "plekken", vocabulary.Relations: "werkrelaties",
	vocabulary.FeedbackChannels: "manieren van terugkoppelen", vocabulary.Roles: "rollen",
	vocabulary.ReportThemes: "rapportthema’s", vocabulary.Phases: "fasen", vocabulary.ForumLevels: "niveaus",
}

// refusals is every refusal, by code: those of the domain, of the projections, and of the site itself. Plain words,
// short sentences, and always what to do.
var refusals = map[string]refusal{
	// package ledger
	"unknown": {
		"Niet gevonden",
		"Dit bestaat niet, of het hoort niet bij je praktijk.",
		"Kijk het adres na, of begin opnieuw vanuit de lijst.",
	},
	"stale": {
		"Intussen gewijzigd",
		"Iemand heeft dit intussen gewijzigd. Er is niets opgeslagen.",
		"Haal de nieuwste versie op, kijk na wat er veranderd is en probeer het opnieuw.",
	},
	"command-reused": {
		"Sleutel al gebruikt",
		"Deze sleutel is al gebruikt voor iets anders. Er is niets opgeslagen.",
		"Maak een nieuwe sleutel voor een nieuwe opdracht.",
	},
	"busy": {
		"Even te druk",
		"Er wordt nu te veel tegelijk opgeslagen. Er is niets opgeslagen.",
		"Wacht even en verstuur dezelfde opdracht opnieuw.",
	},
	"log-away": {
		"Het logboek is even niet bereikbaar",
		"Het logboek is nu niet bereikbaar. Verstuurde je net iets, dan is dat misschien nog niet opgeslagen.",
		"Wacht even en probeer hetzelfde opnieuw: wat je verstuurt, wordt nooit twee keer opgeslagen.",
	},
	"vault-away": {
		"De kluis is even niet bereikbaar",
		"De kluis met sleutels en kaarten is nu niet bereikbaar. Zonder haar gaat geen tekst open, en er is niets opgeslagen.",
		"Wacht even en verstuur dezelfde opdracht opnieuw. Duurt het lang, verwittig dan de beheerder.",
	},
	"command-id-missing": {
		"Sleutel ontbreekt",
		"De opdracht heeft geen sleutel.",
		"Geef elke opdracht een eigen sleutel (UUID).",
	},
	"practice-missing": {
		"Praktijk ontbreekt",
		"Er is niet gezegd over welke praktijk het gaat.",
		"Meld je aan met een account van een praktijk.",
	},
	"practice-not-opened": {
		"Praktijk nog niet geopend",
		"Deze praktijk is nog niet geopend.",
		"Open eerst de praktijk.",
	},
	"date-missing": {
		"Datum ontbreekt",
		"Er is geen dag ingevuld.",
		"Vul een dag in.",
	},
	"date-in-future": {
		"Datum in de toekomst",
		"Die dag moet nog komen: vandaag is het {today}.",
		"Kies vandaag of een vroegere dag.",
	},
	"date-long-ago": {
		"Datum te lang geleden",
		"Die dag ligt voor {earliest}.",
		"Kijk het jaartal na.",
	},

	// package domain
	"link-invalid": {
		"Geen goede link",
		"Dit is geen goede link.",
		"Plak een volledig webadres dat begint met https:// of http://.",
	},
	"digest-invalid": {
		"Geen goede controlesom",
		"De controlesom moet 64 cijfers en kleine letters van a tot f hebben.",
		"Plak de volledige SHA-256, of laat het veld leeg.",
	},
	"planned-day-missing": {
		"Dag ontbreekt",
		"Er is geen dag voor de bijeenkomst.",
		"Vul een dag in.",
	},
	"planned-day-implausible": {
		"Dag kan niet",
		"De dag moet tussen {first} en {last} liggen.",
		"Kijk het jaartal na.",
	},

	// package vocabulary
	"code-unknown": {
		"Onbekende keuze",
		"De keuze {code} staat niet in de lijst {list}, of wordt niet meer gebruikt.",
		"Kies iets uit de lijst.",
	},
	"forum-unknown": {
		"Onbekend overleg",
		"Het overleg {code} staat niet in de lijst.",
		"Kies een overleg uit de lijst, of voeg het eerst toe.",
	},

	// package guard
	"text-identifies": {
		"De tekst wijst iemand aan",
		"In deze tekst staat iets dat zegt over wie het gaat: {found}. Er is niets opgeslagen.",
		"Haal het weg. Beschrijf de drempel, niet de persoon.",
	},
	"text-may-identify": {
		"De tekst wijst misschien iemand aan",
		"In deze tekst staat misschien iets dat zegt over wie het gaat: {found}. Er is niets opgeslagen.",
		"Pas de tekst aan. Kan dat niet, laat dan een collega meelezen en bevestigen.",
	},
	"draft-gone": {
		"Het concept is er niet meer",
		"Dit concept is er niet meer: het is vastgelegd of weggegooid, of het hoort niet bij je praktijk.",
		"Kijk bij de concepten, of bij het signaal waar het over ging.",
	},
	"draft-changed": {
		"Concept intussen veranderd",
		"Dit concept is intussen veranderd. Er is niets vastgelegd.",
		"Lees wat er nu staat, en probeer het dan opnieuw.",
	},
	"draft-unread": {
		"Zeg welke versie je las",
		"Er is niet gezegd welke versie van het concept je las.",
		"Geef met If-Match de versie mee die je las.",
	},
	"override-by-author": {
		"Laat een collega meelezen",
		"Wie de tekst schreef, kan hem niet zelf bevestigen.",
		"Vraag een collega om mee te lezen en te bevestigen.",
	},

	// package practice
	"practice-opened": {
		"Praktijk al geopend",
		"Deze praktijk is al geopend onder een andere naam of met andere lijsten.",
		"Je hoeft niets meer te doen.",
	},
	"practice-name-invalid": {
		"Naam niet bruikbaar",
		"De naam van de praktijk is leeg of te lang.",
		"Geef een naam op één regel.",
	},
	"defaults-unknown": {
		"Onbekende beginlijsten",
		"Deze beginlijsten bestaan niet.",
		"Kies beginlijsten die dit programma kent.",
	},
	"code-invalid": {
		"Code niet bruikbaar",
		"Een code heeft alleen kleine letters, cijfers en streepjes, hoogstens 64 tekens.",
		"Pas de code aan.",
	},
	"label-invalid": {
		"Naam niet bruikbaar",
		"De naam is leeg, niet leesbaar of langer dan {max} tekens.",
		"Geef een korte naam op één regel.",
	},
	"label-taken": {
		"Naam al in gebruik",
		"{code} heet al zo.",
		"Kies een andere naam.",
	},
	"alias-invalid": {
		"Andere schrijfwijze niet bruikbaar",
		"Een andere schrijfwijze is niet leesbaar, te lang, of het zijn er te veel.",
		"Pas de andere schrijfwijzen aan.",
	},
	"remark-invalid": {
		"Opmerking niet bruikbaar",
		"De opmerking is te lang of staat niet op één regel.",
		"Maak ze korter.",
	},
	"term-exists": {
		"Bestaat al",
		"{code} staat al in de lijst.",
		"Kies een andere code, of geef het bestaande een andere naam.",
	},
	"forum-kind-unknown": {
		"Onbekend soort overleg",
		"Er is geen soort gekozen, of ze bestaat niet.",
		"Kies een soort uit de lijst.",
	},
	"forum-exists": {
		"Overleg bestaat al",
		"Er is al een overleg met de code {code}.",
		"Kies een andere code, of wijzig het bestaande overleg.",
	},
	"crosswalk-invalid": {
		"Omzetting niet bruikbaar",
		"Een omzetting gaat van een lijst naar een andere lijst, en heeft minstens één paar.",
		"Vul de paren aan.",
	},
	"crosswalk-pair-twice": {
		"Twee keer in de omzetting",
		"{code} staat twee keer in de omzetting.",
		"Laat elk begrip één keer staan.",
	},
	"figure-unit-unknown": {
		"Onbekende eenheid",
		"Dit kan het programma niet tellen.",
		"Kies een eenheid uit de lijst.",
	},
	"figure-version-gap": {
		"Verkeerd versienummer",
		"De volgende versie van deze telling is {version}.",
		"Gebruik dat nummer.",
	},
	"figure-only-and-without": {
		"Tegelijk wel en niet geteld",
		"Een telling zegt welke activiteiten meetellen, of welke niet. Niet allebei.",
		"Laat een van de twee leeg.",
	},
	"figure-year-invalid": {
		"Verkeerd beginjaar",
		"Deze versie kan pas gelden vanaf {year}.",
		"Kies dat jaar of een later jaar.",
	},
	"definition-invalid": {
		"Omschrijving niet bruikbaar",
		"De omschrijving is leeg of langer dan {max} tekens.",
		"Beschrijf kort wat er geteld wordt.",
	},
	"year-invalid": {
		"Geen goed jaar",
		"Dit jaartal kan niet.",
		"Kijk het jaartal na.",
	},
	"year-not-over": {
		"Jaar nog niet om",
		"Het jaar {year} is nog niet om.",
		"Sluit het jaar af na 31 december.",
	},
	"year-closed": {
		"Jaar al afgesloten",
		"Het jaar {year} is al afgesloten.",
		"De cijfers blijven staan zoals ze zijn.",
	},
	"year-figure-invalid": {
		"Cijfer past niet bij het jaar",
		"Een cijfer hoort niet bij dit jaar, staat er twee keer, of is geen getal.",
		"Geef elke telling van het jaar één keer.",
	},
	"year-figures-incomplete": {
		"Cijfer ontbreekt",
		"Het cijfer {figure} ontbreekt.",
		"Geef alle tellingen van het jaar, ook als ze niet geregistreerd zijn.",
	},
	"figure-trait": {
		"Verkeerd kenmerk",
		"Een cijfer kan alleen naar geslacht, herkomst of huishouden kijken, en naar elk één keer.",
		"Kies de klassen uit de lijst.",
	},
	"figure-trait-unit": {
		"Kenmerk past niet bij de eenheid",
		"Een kenmerk staat op een herkenningskaart. Alleen een telling van mensen kan ernaar kijken.",
		"Kies unieke, nieuwe of gekende personen, of laat de kenmerken leeg.",
	},
	"trait-not-asked": {
		"Dat kenmerk vragen we niet",
		"Geen enkel cijfer van je praktijk vraagt dit kenmerk. Wat niemand nodig heeft, bewaren we niet.",
		"Laat het leeg, of definieer eerst een cijfer dat het vraagt.",
	},
	"month-invalid": {
		"Die maand bestaat niet",
		"Dat is geen maand.",
		"Geef het jaar en de maand, zoals 2026-11.",
	},
	"cards-same": {
		"Twee keer dezelfde kaart",
		"Dit is twee keer dezelfde herkenningskaart.",
		"Kies twee verschillende kaarten.",
	},
	"cards-unknown": {
		"Kaart niet gevonden",
		"Een van de twee herkenningskaarten bestaat niet in je praktijk, of is gewist.",
		"Bekijk de kaarten opnieuw en kies twee kaarten die er nog zijn.",
	},

	// package contact
	"contact-unknown": {
		"Contact niet gevonden",
		"Dit contact bestaat niet.",
		"Begin opnieuw vanuit de lijst van contacten.",
	},
	"contact-exists": {
		"Contact bestaat al",
		"Dit contact is al geregistreerd.",
		"Verbeter het bestaande contact.",
	},
	"contact-withdrawn": {
		"Contact ingetrokken",
		"Dit contact is ingetrokken en telt niet meer mee.",
		"Registreer het opnieuw als het toch plaatsvond.",
	},
	"contact-year-closed": {
		"Jaar afgesloten",
		"Het jaar van dit contact is afgesloten: de cijfers staan vast.",
		"Kijk na of het jaartal klopt.",
	},
	"contact-known-invalid": {
		"Onbekend antwoord",
		"Kies ja, nee of weet niet.",
		"Laat het leeg als je het niet weet.",
	},
	"contact-too-many": {
		"Te veel ingevuld",
		"Dit zijn er meer dan {max}.",
		"Kies er minder, of maak een tweede contact.",
	},
	"contact-request-empty": {
		"Lege hulpvraag",
		"Een hulpvraag is leeg.",
		"Kies minstens een thema, een aanpak of een dienst, of laat de hulpvraag weg.",
	},
	"contact-possible-concern": {
		"Hoort niet bij een contact",
		"Een mogelijke verontrusting komt niet bij een contact.",
		"Tel ze apart, met ‘Mogelijke verontrusting’. Daarna zie je wat je doet.",
	},
	"contact-focusgroep-card": {
		"Geen kaart bij de focusgroep",
		"Bij de focusgroep gebruiken we geen herkenningskaart: dat zou een deelnemerslijst zijn.",
		"Registreer het contact zonder kaart.",
	},
	"card-unknown": {
		"Kaart niet gevonden",
		"Deze herkenningskaart bestaat niet in je praktijk.",
		"Kies een andere kaart, of maak een nieuwe.",
	},
	"contact-person-invalid": {
		"Onduidelijk over wie het gaat",
		"Er is niet duidelijk gezegd over wie het contact gaat.",
		"Kies niemand, iemand met een kaart of een nieuwe kaart. Kies alleen dan een kaart als het om die kaart gaat.",
	},
	"contact-choose-card-again": {
		"Kies de kaart opnieuw",
		"Met een ander jaar of een andere activiteit kan de persoon niet zomaar blijven staan.",
		"Kies de herkenningskaart opnieuw.",
	},
	"contact-reason-unknown": {
		"Onbekende reden",
		"Er is geen reden gekozen, of ze staat niet in de lijst.",
		"Kies een reden uit de lijst.",
	},
	"contact-request-unknown": {
		"Hulpvraag niet gevonden",
		"Dit contact heeft geen hulpvraag met dat nummer.",
		"Kies een hulpvraag van dit contact.",
	},

	// package session
	"session-unknown": {
		"Moment niet gevonden",
		"Dit moment bestaat niet.",
		"Begin opnieuw vanuit de lijst van momenten.",
	},
	"session-exists": {
		"Moment bestaat al",
		"Dit moment is al geregistreerd.",
		"Verbeter het bestaande moment.",
	},
	"session-withdrawn": {
		"Moment ingetrokken",
		"Dit moment is ingetrokken en telt niet meer mee.",
		"Registreer het opnieuw als het toch plaatsvond.",
	},
	"session-is-focusgroep-meeting": {
		"Dit is de focusgroep",
		"Een bijeenkomst van de focusgroep is geen groepsmoment.",
		"Registreer ze bij de focusgroep. Zo telt ze één keer mee.",
	},
	"session-present-invalid": {
		"Aantal kan niet",
		"Het aantal aanwezigen moet tussen 0 en {max} liggen.",
		"Kijk het aantal na.",
	},
	"session-reason-unknown": {
		"Onbekende reden",
		"Er is geen reden gekozen, of ze staat niet in de lijst.",
		"Kies een reden uit de lijst.",
	},

	// package focusgroep
	"focusgroep-unknown": {
		"Focusgroep niet gevonden",
		"Deze bijeenkomst van de focusgroep bestaat niet.",
		"Begin opnieuw vanuit de lijst.",
	},
	"focusgroep-planned": {
		"Focusgroep al gepland",
		"Deze bijeenkomst is al gepland.",
		"Je hoeft niets meer te doen.",
	},
	"focusgroep-place-invalid": {
		"Plaats niet bruikbaar",
		"De plaats is langer dan {max} tekens of staat niet op één regel.",
		"Maak ze korter.",
	},
	"focusgroep-held": {
		"Focusgroep al geweest",
		"Deze bijeenkomst is al geregistreerd met andere aantallen.",
		"Kijk na of je de juiste bijeenkomst koos.",
	},
	"focusgroep-not-held": {
		"Focusgroep nog niet geweest",
		"Deze bijeenkomst van de focusgroep is nog niet geweest.",
		"Registreer eerst dat ze plaatsvond.",
	},
	"focusgroep-cancelled": {
		"Focusgroep gaat niet door",
		"Deze bijeenkomst gaat niet door.",
		"Plan een nieuwe bijeenkomst op een andere dag.",
	},
	"focusgroep-closed": {
		"Focusgroep afgesloten",
		"Deze bijeenkomst is afgesloten.",
		"Neem het mee naar de volgende bijeenkomst.",
	},
	"focusgroep-present-invalid": {
		"Aantal kan niet",
		"Het aantal aanwezigen moet tussen 1 en {max} liggen.",
		"Kijk het aantal na.",
	},
	"focusgroep-newcomers-invalid": {
		"Aantal kan niet",
		"Er kunnen niet meer nieuwe mensen zijn dan aanwezigen.",
		"Kijk de aantallen na.",
	},
	"focusgroep-weight-invalid": {
		"Gewicht kan niet",
		"Het gewicht van een thema gaat van 1 tot {max}.",
		"Kies een gewicht, of laat het leeg.",
	},

	// package signal
	"signal-picked-up-already": {
		"Signaal bestaat al",
		"Dit signaal is al opgepikt.",
		"Werk verder met het bestaande signaal.",
	},
	"signal-closed": {
		"Signaal afgesloten",
		"Dit signaal is afgesloten ({reason}).",
		"Heropen het eerst, met wat er nieuw is.",
	},
	"signal-not-closed": {
		"Signaal niet afgesloten",
		"Dit signaal is niet afgesloten.",
		"Je hoeft het niet te heropenen.",
	},
	"signal-bundled": {
		"Signaal gebundeld",
		"Dit signaal is gebundeld in een ander signaal.",
		"Werk verder met dat signaal, of maak dit eerst weer los.",
	},
	"signal-split": {
		"Signaal gesplitst",
		"Dit signaal is gesplitst.",
		"Werk verder met de delen.",
	},
	"signal-parked": {
		"Signaal geparkeerd",
		"Dit signaal is geparkeerd.",
		"Neem het eerst weer op.",
	},
	"signal-not-worded": {
		"Nog niet verwoord",
		"Dit signaal is nog niet neutraal verwoord.",
		"Verwoord eerst het knelpunt: nooit een persoon, nooit de oplossing.",
	},
	"signal-worded-already": {
		"Al verwoord",
		"Dit signaal is al verwoord.",
		"Verwoord het opnieuw als het anders moet.",
	},
	"signal-not-weighed": {
		"Nog niet gewogen",
		"Dit signaal is nog niet gewogen, en kan nog niet naar {forum}.",
		"Weeg het eerst, in het team of in een overleg.",
	},
	"signal-not-structural": {
		"Niet structureel",
		"Dit signaal is niet als structureel gewogen, en kan niet naar {forum}.",
		"Weeg het opnieuw als er iets veranderd is.",
	},
	"other-wording-asked": {
		"Andere woorden gevraagd",
		"De focusgroep vroeg om dit anders te verwoorden.",
		"Verwoord het eerst opnieuw.",
	},
	"mandate-missing": {
		"Mandaat ontbreekt",
		"De focusgroep heeft nog niet gezegd dat dit verder mag.",
		"Vraag het aan de focusgroep. Kon zij niet samenkomen, duid dat dan aan.",
	},
	"mandate-there-already": {
		"Mandaat is er al",
		"De focusgroep heeft al gezegd dat dit verder mag.",
		"Duid niet aan dat het zonder mandaat is.",
	},
	"mandate-refused": {
		"Mandaat geweigerd",
		"De focusgroep wil niet dat dit verder gaat.",
		"Praat er opnieuw over in de focusgroep, of sluit het signaal af.",
	},
	"feedback-open": {
		"Terugkoppeling nog open",
		"Plekken die nog op een antwoord wachten: {settings}.",
		"Koppel eerst terug, of kies een reden die zegt waarom dat niet meer kan.",
	},
	"reaction-before-feedback": {
		"Nog niets teruggekoppeld",
		"Aan deze plek is nog niets teruggekoppeld.",
		"Noteer eerst de terugkoppeling.",
	},
	"setting-not-told": {
		"Nog niet teruggekoppeld",
		"Aan deze plek is nog niets teruggekoppeld.",
		"Kies een plek die al iets hoorde, of noteer eerst de terugkoppeling.",
	},
	"reaction-without-new-signal": {
		"Nieuw signaal ontbreekt",
		"Er is niet gezegd welk nieuw signaal eruit kwam, of er hoort er geen bij.",
		"Kies het nieuwe signaal, of kies een andere reactie.",
	},
	"reaction-new-signal-itself": {
		"Nieuw signaal is hetzelfde",
		"Als nieuw signaal is het signaal zelf gekozen.",
		"Kies een ander signaal, of pik eerst het nieuwe signaal op.",
	},
	"themes-missing": {
		"Thema ontbreekt",
		"Er is geen thema gekozen.",
		"Kies minstens één thema.",
	},
	"too-many-codes": {
		"Te veel gekozen",
		"Dit zijn er meer dan {most}.",
		"Kies er minder.",
	},
	"origin-does-not-fit-setting": {
		"Herkomst past niet bij de plek",
		"De herkomst van het signaal past niet bij de plek waar het gezegd werd.",
		"Kies een andere herkomst of een andere plek.",
	},
	"help-request-missing": {
		"Hulpvraag ontbreekt",
		"Er is niet gezegd uit welke hulpvraag het signaal komt.",
		"Kies het contact en de hulpvraag.",
	},
	"help-request-not-found": {
		"Hulpvraag niet gevonden",
		"Die hulpvraag bestaat niet, of het contact is ingetrokken.",
		"Kies een andere hulpvraag.",
	},
	"evidence-known-already": {
		"Al bekend",
		"Dit is al aan het signaal gekoppeld.",
		"Je hoeft niets meer te doen.",
	},

	// package pursuit
	"signal-not-found": {
		"Signaal niet gevonden",
		"Dit signaal bestaat niet.",
		"Begin opnieuw vanuit de lijst van signalen.",
	},
	"focusgroep-meeting-missing": {
		"Bijeenkomst ontbreekt",
		"Er is niet gezegd op welke bijeenkomst van de focusgroep.",
		"Kies de bijeenkomst.",
	},
	"focusgroep-meeting-not-held": {
		"Focusgroep nog niet geweest",
		"Die bijeenkomst van de focusgroep is nog niet geweest, of bestaat niet.",
		"Registreer eerst dat ze plaatsvond, of kies een andere.",
	},
	"session-not-found": {
		"Moment niet gevonden",
		"Dit moment bestaat niet, of het is ingetrokken.",
		"Kies een ander moment.",
	},
	"setting-unclear": {
		"Plek niet duidelijk",
		"De plek waar het gezegd werd is niet juist ingevuld.",
		"Kies de plek opnieuw.",
	},
	"choice-unknown": {
		"Onbekende keuze",
		"Er is niets gekozen, of de keuze bestaat niet.",
		"Kies iets uit de lijst.",
	},
	"text-missing": {
		"Tekst ontbreekt",
		"Er is geen tekst ingevuld.",
		"Schrijf één of enkele zinnen. Beschrijf de drempel, niet de persoon.",
	},
	"text-invalid": {
		"Tekst niet leesbaar",
		"In de tekst staan tekens die niet leesbaar zijn.",
		"Typ de tekst opnieuw.",
	},
	"text-too-long": {
		"Tekst te lang",
		"De tekst is langer dan {most} tekens.",
		"Maak hem korter.",
	},
	"date-too-early": {
		"Datum te vroeg",
		"De dag moet {first} of later zijn.",
		"Kies een latere dag.",
	},
	"date-too-late": {
		"Datum te laat",
		"De dag moet {last} of vroeger zijn.",
		"Kies een vroegere dag.",
	},
	"number-invalid": {
		"Getal kan niet",
		"Dit getal kan niet.",
		"Kijk het getal na.",
	},
	"field-not-with-choice": {
		"Hoort hier niet bij",
		"Dit veld hoort niet bij wat je koos.",
		"Maak het leeg, of kies iets anders.",
	},
	"forum-retired": {
		"Overleg bestaat niet meer",
		"{forum} komt niet meer samen.",
		"Kies een ander overleg.",
	},
	"council-item-through-nobody": {
		"Wie brengt het op de agenda?",
		"{forum} neemt alleen punten van wie daar een punt mag indienen.",
		"Kies langs welke weg het op de agenda komt.",
	},
	"not-on-this-agenda": {
		"Staat niet op de agenda",
		"Dit staat niet op de agenda van {forum}.",
		"Kies een ander overleg.",
	},
	"not-raised-in-this-forum": {
		"Hier nog niet aangekaart",
		"Dit is nog niet aangekaart op {forum}.",
		"Zet het eerst op de agenda.",
	},
	"forward-without-forum": {
		"Doorgestuurd, maar waarheen?",
		"Er is niet gezegd naar welk overleg het doorgestuurd is.",
		"Kies dat overleg.",
	},
	"forward-to-itself": {
		"Doorgestuurd naar zichzelf",
		"Een overleg kan niet naar zichzelf doorsturen.",
		"Kies een ander overleg.",
	},
	"no-promise-made": {
		"Geen toezegging",
		"Er is nog niets toegezegd.",
		"Noteer eerst de toezegging, bij het gesprek waarin ze gedaan werd.",
	},
	"promise-unknown": {
		"Toezegging niet gevonden",
		"Er is geen toezegging gekozen, of ze bestaat niet.",
		"Kies een toezegging uit de lijst.",
	},
	"promise-settled": {
		"Over deze toezegging is al iets gezegd",
		"Van toezegging {promise} is al gezegd of ze nagekomen is.",
		"Noteer een nieuw gesprek als er intussen iets veranderde.",
	},
	"setting-did-not-raise-it": {
		"Niet van deze plek",
		"Deze plek heeft dit niet aangebracht.",
		"Kies een plek die het aanbracht.",
	},
	"nothing-to-tell-yet": {
		"Nog niets te vertellen",
		"Er is nog geen antwoord om terug te koppelen.",
		"Wacht tot er een antwoord is.",
	},

	// package bundle
	"bundle-of-nothing": {
		"Niets om te bundelen",
		"Er zijn geen signalen gekozen.",
		"Kies minstens één signaal om te bundelen.",
	},
	"split-into-fewer-than-two": {
		"Te weinig delen",
		"Splitsen kan alleen in twee of meer signalen.",
		"Kies minstens twee signalen.",
	},
	"signal-named-twice": {
		"Twee keer hetzelfde signaal",
		"Een signaal staat er twee keer.",
		"Laat elk signaal één keer staan.",
	},
	"bundled-signal-closed": {
		"Signaal afgesloten",
		"Een van deze signalen is afgesloten.",
		"Heropen het eerst, of laat het weg.",
	},
	"bundled-already": {
		"Al gebundeld",
		"Dit signaal is al gebundeld in een ander.",
		"Maak het daar eerst los.",
	},
	"bundle-circle": {
		"Bundel in een kring",
		"Zo zou een signaal in zichzelf gebundeld zijn.",
		"Bundel in de andere richting.",
	},
	"not-bundled": {
		"Niet gebundeld",
		"Dit signaal is niet gebundeld.",
		"Je hoeft het niet los te maken.",
	},
	"split-already": {
		"Al gesplitst",
		"Dit signaal is al gesplitst.",
		"Werk verder met de delen.",
	},

	// package release
	"release-unknown": {
		"Publicatie niet gevonden",
		"Deze publicatie bestaat niet.",
		"Begin opnieuw vanuit de lijst.",
	},
	"release-period-invalid": {
		"Periode klopt niet",
		"Een publicatie gaat over de eerste helft van een jaar, of over het hele jaar.",
		"Kies een van die twee.",
	},
	"release-period-not-over": {
		"Periode loopt nog",
		"Deze periode loopt tot en met {last}.",
		"Wacht tot de periode voorbij is.",
	},
	"release-proposal-open": {
		"Er ligt al een voorstel",
		"Er ligt al een voorstel klaar: {period}. Er kan er maar één tegelijk zijn.",
		"Bevestig dat voorstel, of laat het vallen.",
	},
	"release-period-published": {
		"Al gepubliceerd",
		"Deze periode is al gepubliceerd: {period}.",
		"Wat je verbeterde, staat in de volgende publicatie.",
	},
	"release-published": {
		"Publicatie ligt vast",
		"Deze publicatie is al verschenen. Ze verandert niet meer.",
		"Wat je verbetert, staat in de volgende publicatie. Klopt ze echt niet, trek ze dan in.",
	},
	"release-not-published": {
		"Nog niet verschenen",
		"Deze publicatie is nooit verschenen.",
		"Een voorstel laat je vallen; intrekken hoeft niet.",
	},
	"release-dropped": {
		"Voorstel vervallen",
		"Dit voorstel is vervallen.",
		"Maak een nieuw voorstel.",
	},
	"release-withdrawn": {
		"Publicatie ingetrokken",
		"Deze publicatie is ingetrokken.",
		"Maak een nieuw voorstel voor dezelfde periode.",
	},
	"release-own-proposal": {
		"Iemand anders moet bevestigen",
		"Je hebt dit voorstel zelf gemaakt. Een tweede persoon moet het bevestigen.",
		"Vraag een collega om alles na te kijken en te bevestigen.",
	},
	"release-not-own-proposal": {
		"Voorstel van iemand anders",
		"Alleen wie het voorstel maakte, schrijft de zinnen. Zo kijkt er altijd een tweede persoon naar.",
		"Vraag het aan die collega, of laat het voorstel vallen en maak er zelf een.",
	},
	"release-place-unknown": {
		"Plaats bestaat niet",
		"Op die plaats in deze uitgave kan geen tekst staan.",
		"Kies een plaats uit de lijst.",
	},
	"release-built-invalid": {
		"Bestanden kloppen niet",
		"De bestanden van deze publicatie zijn niet goed gemaakt. Er is niets gepubliceerd.",
		"Laat ze opnieuw maken. Blijft het fout gaan, verwittig de beheerder.",
	},
	"release-band-narrower": {
		"Tabel toont te veel",
		"Een tabel zou meer tonen dan in een vroegere publicatie.",
		"Laat de bestanden opnieuw maken.",
	},
	"release-figures-differ": {
		"Andere cijfers dan eerst",
		"Deze periode is al eens gepubliceerd: {period}. De cijfers moeten dezelfde zijn als toen.",
		"Laat de bestanden opnieuw maken.",
	},
	"release-sentences-changed": {
		"Zinnen gewijzigd",
		"De zinnen zijn gewijzigd nadat de bestanden gemaakt werden.",
		"Laat de bestanden opnieuw maken en kijk ze weer na.",
	},

	// package referral
	"referral-unknown": {
		"Doorverwijzing niet gevonden",
		"Deze doorverwijzing bestaat niet.",
		"Begin opnieuw vanuit de lijst.",
	},
	"referral-origin-invalid": {
		"Hulpvraag past niet",
		"De hulpvraag leidt niet naar deze doorverwijzing.",
		"Geef het contact, de hulpvraag en de dienst van deze doorverwijzing.",
	},
	"referral-origin-gone": {
		"Hulpvraag gewijzigd",
		"Het contact zegt niet (meer) dat er naar deze dienst verwezen werd.",
		"Kijk het contact na.",
	},
	"referral-exists": {
		"Doorverwijzing bestaat al",
		"Deze doorverwijzing is al geregistreerd.",
		"Je hoeft niets meer te doen.",
	},
	"referral-session-unknown": {
		"Moment niet gevonden",
		"Het moment van deze doorverwijzing bestaat niet.",
		"Kies een ander moment.",
	},
	"referral-direction-invalid": {
		"Richting past niet",
		"Een doorverwijzing naar buiten komt van een moment, een naar binnen van een partner.",
		"Kies de richting en wat erbij hoort.",
	},
	"referral-warm-invalid": {
		"Onbekend antwoord",
		"Kies ja, nee of weet niet.",
		"Laat het leeg als je het niet weet.",
	},
	"referral-too-many-themes": {
		"Te veel thema’s",
		"Dit zijn meer dan {max} thema’s.",
		"Kies er minder.",
	},
	"referral-reason-unknown": {
		"Onbekende reden",
		"Er is geen reden gekozen, of ze staat niet in de lijst.",
		"Kies een reden uit de lijst.",
	},
	"referral-result-unknown": {
		"Onbekend resultaat",
		"Er is geen resultaat gekozen, of het staat niet in de lijst.",
		"Kies een resultaat uit de lijst.",
	},
	"referral-arrived": {
		"Al aangekomen",
		"Er staat al dat de persoon aangekomen is.",
		"Noteer het resultaat als je dat kent.",
	},
	"referral-missed": {
		"Niet aangekomen",
		"Er staat dat de persoon niet aangekomen is.",
		"Noteer eerst dat de persoon toch aankwam.",
	},
	"referral-completed": {
		"Al afgerond",
		"Deze doorverwijzing is al afgerond.",
		"Je hoeft niets meer te doen.",
	},

	// package forum
	"meeting-unknown": {
		"Bijeenkomst niet gevonden",
		"Deze bijeenkomst bestaat niet.",
		"Kies een bijeenkomst uit de lijst van dit overleg.",
	},
	"meeting-held": {
		"Bijeenkomst al geweest",
		"Deze bijeenkomst heeft plaatsgevonden.",
		"Plan een nieuwe bijeenkomst als er nog een komt.",
	},
	"meeting-cancelled": {
		"Bijeenkomst afgelast",
		"Deze bijeenkomst is afgelast.",
		"Plan een nieuwe bijeenkomst.",
	},
	"documents-missing": {
		"Documenten ontbreken",
		"Er is geen document opgegeven.",
		"Geef minstens één document.",
	},
	"documents-too-many": {
		"Te veel documenten",
		"Dit zijn meer dan {max} documenten.",
		"Verdeel ze over meer keren.",
	},
	"document-kind-unknown": {
		"Onbekend soort document",
		"Er is geen soort document gekozen, of het bestaat niet.",
		"Kies agenda, besluitenlijst of verslag.",
	},
	"page-invalid": {
		"Bladzijde kan niet",
		"Dit bladzijdenummer kan niet.",
		"Kijk het nummer na.",
	},

	// package recommendation
	"recommendation-not-found": {
		"Beleidsvoorstel niet gevonden",
		"Dit beleidsvoorstel bestaat niet.",
		"Begin opnieuw vanuit de lijst.",
	},
	"recommendation-drafted-already": {
		"Beleidsvoorstel bestaat al",
		"Dit beleidsvoorstel is al geschreven.",
		"Werk verder met het bestaande voorstel.",
	},
	"recommendation-answers-nothing": {
		"Antwoord op geen signaal",
		"Een beleidsvoorstel antwoordt op minstens één signaal.",
		"Kies de signalen waarop het een antwoord is.",
	},
	"signal-answered-twice": {
		"Twee keer hetzelfde signaal",
		"Een signaal staat er twee keer.",
		"Laat elk signaal één keer staan.",
	},
	"maker-and-forum-differ": {
		"Wie maakte het?",
		"Geef een overleg op als een overleg het voorstel maakte, en alleen dan.",
		"Pas de maker of het overleg aan.",
	},

	// package projections
	"cursor-unknown": {
		"Bladzijde niet gevonden",
		"Dit is geen plaats in de lijst.",
		"Begin opnieuw vanaf het begin van de lijst.",
	},

	// the site itself
	"no-page": {
		"Pagina niet gevonden",
		"Deze pagina bestaat niet.",
		"Kijk het adres na, of ga naar het begin.",
	},
	"no-thing": {
		"Niet gevonden",
		"Dit bestaat niet, of het hoort niet bij je praktijk.",
		"Kijk het adres na, of begin opnieuw vanuit de lijst.",
	},
	"method": {
		"Dit kan hier niet",
		"Zo kan je dit adres niet gebruiken.",
		"Kijk in de beschrijving welke methode hier kan.",
	},
	"forged": {
		"Niet van deze site",
		"Deze opdracht kwam van een andere site. Er is niets opgeslagen.",
		"Open Signaalboek zelf en probeer het daar opnieuw.",
	},
	"sign-in": {
		"Niet aangemeld",
		"Je bent niet aangemeld, of je was te lang weg.",
		"Open je link. Werkt hij niet meer, vraag dan een nieuwe aan wie Signaalboek beheert.",
	},
	"token": {
		"Geen geldig token",
		"Het token ontbreekt of is niet geldig.",
		"Stuur een geldig token mee: Authorization: Bearer …",
	},
	"accounts-away": {
		"Aanmelden gaat even niet",
		"We kunnen nu niet nagaan wie je bent. Er is niets opgeslagen.",
		"Probeer het over enkele minuten opnieuw. Blijft het duren, verwittig dan wie Signaalboek beheert.",
	},
	"sign-in-link": {
		"Link werkt niet meer",
		"Deze link is al gebruikt of vervallen.",
		"Vraag een nieuwe link aan wie Signaalboek beheert.",
	},
	"coordinators-only": {
		"Alleen voor de coördinator",
		"Codelijsten, overleggen, indelingen en cijfers wijzigen en een jaar afsluiten, dat doet alleen de coördinator.",
		"Vraag het aan de coördinator van je praktijk.",
	},
	"no-content": {
		"Geen toegang tot de inhoud",
		"Met deze rol zie je geen inhoud.",
		"Meld je aan met een account van een buurtwerker of coördinator.",
	},
	"behind": {
		"Nog niet bijgewerkt",
		"Wat net opgeslagen is, is hier nog niet te zien.",
		"Probeer het over enkele seconden opnieuw.",
	},
	"interrupted": {
		"Afgebroken",
		"De vraag is afgebroken voor het antwoord er was.",
		"Verstuur dezelfde vraag opnieuw, met dezelfde sleutel.",
	},
	"fault": {
		"Er ging iets mis",
		"Er ging bij ons iets mis.",
		"Probeer het later opnieuw. Blijft het misgaan, geef dan het nummer van de vraag door aan wie Signaalboek beheert.",
	},
	"accept": {
		"Deze vorm bestaat niet",
		"Dit kan niet gegeven worden in de vorm die je vraagt.",
		"Vraag application/json, of text/csv voor een lijst.",
	},
	"media-type": {
		"Verkeerd soort inhoud",
		"De inhoud moet JSON zijn.",
		"Stuur Content-Type: application/json mee.",
	},
	"too-large": {
		"Te groot",
		"De inhoud is te groot. Er is niets opgeslagen.",
		"Stuur hoogstens 64 KiB.",
	},
	"json-malformed": {
		"Geen goede JSON",
		"De inhoud is geen goede JSON.",
		"Kijk haakjes, komma’s en aanhalingstekens na.",
	},
	"member-unknown": {
		"Onbekend veld",
		"Dit veld bestaat niet.",
		"Laat het weg, of kijk de naam na.",
	},
	"member-missing": {
		"Veld ontbreekt",
		"Dit veld ontbreekt.",
		"Vul het in, ook als het nul of nee is.",
	},
	"member-twice": {
		"Veld staat er twee keer",
		"Dit veld staat er twee keer.",
		"Laat het één keer staan.",
	},
	"type-wrong": {
		"Verkeerd soort waarde",
		"Dit veld heeft een waarde van het verkeerde soort.",
		"Kijk in de beschrijving wat er moet staan. Laat weg wat je niet weet: null mag niet.",
	},
	"form-wrong": {
		"Verkeerd geschreven",
		"Deze waarde is niet geschreven zoals het moet.",
		"Schrijf een dag als jjjj-mm-dd en een nummer als UUID.",
	},
	"parameter-unknown": {
		"Onbekende parameter",
		"Het adres heeft een parameter die hier niet bestaat.",
		"Laat hem weg, of kijk de naam na.",
	},
	"parameter-wrong": {
		"Parameter niet bruikbaar",
		"De parameter {parameter} heeft een waarde die niet kan.",
		"Kijk in de beschrijving wat er kan staan.",
	},
	"idempotency-key": {
		"Sleutel ontbreekt",
		"De opdracht heeft geen sleutel.",
		"Stuur Idempotency-Key mee: een nieuwe UUID voor elke opdracht, dezelfde als je opnieuw probeert.",
	},
	"position-wrong": {
		"Geen goede positie",
		"Signaalboek-Position is geen positie van dit logboek.",
		"Stuur de waarde terug die je bij een antwoord kreeg.",
	},
	"if-match-wrong": {
		"Geen goede If-Match",
		"If-Match is geen versie.",
		"Stuur de ETag terug die je bij het lezen kreeg, met de aanhalingstekens.",
	},
	"if-match-missing": {
		"Versie ontbreekt",
		"Wie iets vervangt, moet zeggen welke versie.",
		"Lees het eerst, en stuur de ETag mee als If-Match.",
	},
	"as-of-future": {
		"Moment in de toekomst",
		"Dat moment moet nog komen.",
		"Kies een moment dat voorbij is.",
	},
	"nickname": {
		"Bijnaam niet bruikbaar",
		"De bijnaam is leeg, te lang of staat niet op één regel.",
		"Kies een korte bijnaam waar geen naam in zit, zoals ‘rode fiets’.",
	},
	"nickname-identifies": {
		"Bijnaam zegt wie het is",
		"In deze bijnaam staat iets waaraan een ander kan zien wie het is, zoals een volledige naam of een nummer.",
		"Kies een bijnaam waar alleen jij de persoon aan herkent, zoals ‘rode fiets’.",
	},
	"erase-what": {
		"Wat wil je wissen?",
		"Het is niet duidelijk wat je wil wissen.",
		"Kies één tekst, alle teksten, of één kaart.",
	},
	"erase-unsure": {
		"Je bevestigde nog niet",
		"Wissen is voorgoed. Je bevestigde nog niet dat je het zeker weet.",
		"Duid aan dat je het zeker weet, en wis dan opnieuw.",
	},
	"earlier-year": {
		"Onbekend antwoord",
		"Kies ja, nee of weet niet.",
		"Laat het leeg als je het niet weet.",
	},
	"figure-exists": {
		"Cijfer bestaat al",
		"Er is al een cijfer met deze code: {figure}.",
		"Kies een andere naam of code. Telt het voortaan anders, maak dan een nieuwe versie van dat cijfer.",
	},
	"figures-moved": {
		"Cijfers intussen veranderd",
		"De cijfers zijn intussen veranderd. Er is niets vastgelegd.",
		"Kijk de nieuwe cijfers na en sluit het jaar dan af.",
	},
	"day-empty": {
		"Dag leeg",
		"De dag is leeg gemaakt.",
		"Vul in op welke dag het was. Was het vandaag, vul dan vandaag in.",
	},
	"day-unreadable": {
		"Datum niet leesbaar",
		"Dit is geen datum.",
		"Schrijf ze als dd/mm/jjjj, bijvoorbeeld 05/03/2026.",
	},
	"number-unreadable": {
		"Getal niet leesbaar",
		"Dit is geen getal.",
		"Typ alleen cijfers.",
	},
	"form-command": {
		"Formulier niet meer geldig",
		"Dit formulier is niet volledig aangekomen. Er is niets opgeslagen.",
		"Open de pagina opnieuw en vul het formulier opnieuw in.",
	},
}

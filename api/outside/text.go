package outside

import (
	"fmt"
	"path"
	"strconv"
	"strings"

	"signaalboek/domain/release"
)

// text is the sentence that belongs to a key. A test finds a key without one.
func text(key string, args ...any) string {
	sentence, known := texts[key]
	switch {
	case !known:
		return key
	case len(args) == 0:
		return sentence
	}
	return fmt.Sprintf(sentence, args...)
}

// text is the sentence that belongs to a key, as it is said of this practice: of all together it may be another.
func (p Practice) text(key string) string {
	if other := key + "." + string(release.Together); p.ID == release.Together && texts[other] != "" {
		return texts[other]
	}
	return text(key)
}

// texts is every Dutch sentence of this listener, by key: plain words, short sentences, "je".
var texts = map[string]string{
	"product":    "Signaalboek",
	"skip":       "Ga naar de inhoud",
	"up":         "Terug",
	"demo.title": "Demonstratie.",
	"demo":       "De contacten, beslissingen en antwoorden zijn verzonnen. Echt zijn de codelijsten, de overlegorganen en de totalen van 2020, 2021 en 2022.",

	"home":       "Publicaties",
	"home.lead":  "Hier staat wat buurtwerkingen publiceren over wat mensen hen vertellen, en wat daarmee gebeurt.",
	"home.empty": "Er is nog niets gepubliceerd.",

	"practice.lead":     "Hoogstens twee keer per jaar verschijnt een overzicht. Daarna verandert het niet meer.",
	"practice.list":     "Alle publicaties",
	"practice.on":       "Gepubliceerd op %s.",
	"practice.asof":     "Wat stond hier op een bepaalde dag?",
	"practice.day":      "Dag",
	"practice.show":     "Toon",
	"practice.programs": "Deze lijst voor programma’s (JSON)",

	"release.on":      "Gepubliceerd op %s.",
	"release.what":    "Wat is dit?",
	"release.frozen":  "Een overzicht van wat de buurtwerking hoorde, wat ze ermee deed en wat er beslist werd. Het ligt vast: wie het later opent, ziet precies hetzelfde. Wat achteraf verbeterd wordt, staat in de volgende publicatie.",
	"release.bands":   "Cijfers over kleine groepen staan er als een bereik, zoals “20 tot 24”. Zo kan niemand die groepen uitrekenen.",
	"release.limits":  "Een bereik beschermt tegen rekenen met deze cijfers. Het beschermt niet tegen wat iemand al weet, of raadt.",
	"release.files":   "Documenten en bestanden",
	"release.all":     "Alles samen (zip)",
	"release.check":   "Kijk zelf na of dit klopt",
	"release.one":     "Eén bestand nakijken",
	"release.compare": "Onder elk bestand staat een controlegetal (SHA-256). Reken dat van jouw bestand uit en vergelijk. Is het gelijk, dan is het bestand precies zoals het gepubliceerd werd.",
	"release.sums":    "Pak het zip-bestand uit, zet de lijst met controlegetallen ernaast, en doe in die map:",
	"release.list":    "Lijst met controlegetallen",
	"release.digests": "De controlegetallen blijven staan. Zo kan wie het bestand nog heeft, zien of het dit was.",

	// of all practices together, in place of what is said of one
	"practice.lead.together":  "Eén keer per jaar verschijnt hier één getal. Daarna verandert het niet meer.",
	"release.frozen.together": "Hoe vaak alle praktijken samen een mogelijke verontrusting telden. Het ligt vast: wie het later opent, ziet precies hetzelfde. Van een jaar verschijnt er maar één getal.",

	"proof.what":        "Wat hier staat, kan niemand nog veranderen zonder dat je het merkt. Je hoeft ons daarvoor niet te geloven. In drie stappen kijk je het zelf na, ook zonder internet.",
	"proof.get":         "Download het bewijs.",
	"proof.get.how":     "Dat is een zip met alle documenten en wat je nodig hebt om ze na te kijken. Zet het programma signaalboek-verify in dezelfde map. Haal dat bij iemand die je vertrouwt, liefst niet bij ons.",
	"proof.zip":         "Alles samen, met het bewijs (zip)",
	"proof.run":         "Laat het programma kijken.",
	"proof.run.how":     "Open een opdrachtvenster in die map en typ:",
	"proof.compare":     "Vergelijk de woorden.",
	"proof.compare.how": "Het programma toont acht woorden: dezelfde als hier. Vraag ze ook aan een getuige: iemand die ze voor ons bewaart. Heb je een document op papier? Het kenmerk onderaan moet dat van het document in de zip zijn. Het programma kijkt na dat er sindsdien alleen iets bij kwam.",
	"proof.words":       "De acht woorden",
	"proof.size":        "Gebeurtenissen in het signaalboek",
	"proof.key":         "Sleutel van het signaalboek",
	"proof.tells":       "Wie het bewijs opent, ziet ook hoeveel er tussen twee stappen bewaard is, en hoeveel er over hetzelfde signaal bewaard is. Wie goed rekent, kan daaruit schatten wanneer iemand een stap opschreef. Over wie het gaat, staat er niet in. Wat iemand daaruit afleidt, is niet nagerekend.",
	"proof.waits":       "Het bewijs is er nog niet. Het wacht op getuigen: anderen die bevestigen dat ze hetzelfde zien. Kom later terug.",

	"withdrawn":              "Ingetrokken",
	"withdrawn.text":         "Deze publicatie wordt niet meer getoond. De bestanden zijn vernietigd. Heb je ze nog, gebruik ze dan niet meer.",
	"withdrawn.erased-text":  "Er stond een tekst in die intussen gewist is.",
	"withdrawn.recognisable": "Iemand kon erin herkend worden.",
	"withdrawn.mistaken":     "Er stond iets in dat niet klopt.",

	"edition.council":   "Voor de gemeenteraad",
	"edition.partners":  "Voor partners, per overleg",
	"edition.residents": "Voor de buurt",

	"period.first-half": "Eerste helft van %d",
	"period.whole-year": "Het hele jaar %d",

	"file.overview.html":           "Het getal, en wat het betekent",
	"file.council/overview.html":   "Overzicht voor de gemeenteraad",
	"file.residents/overview.html": "Overzicht voor de buurt, op één blad",
	"file.figures.xlsx":            "Alle tabellen in één werkmap",
	"file.release.json":            "Alle tabellen voor programma’s",
	"file.method.txt":              "Hoe er geteld is, en wat de cijfers niet beloven",
	"folder.partners":              "Overzicht voor partners",

	"file.tables/contacts.csv":             "Tabel: contacten",
	"file.tables/debts.csv":                "Tabel: wie nog een antwoord krijgt",
	"file.tables/forums.csv":               "Tabel: overleg",
	"file.tables/headline.csv":             "Tabel: mensen",
	"file.tables/known-by-activity.csv":    "Tabel: mensen die de sociale dienst kent, per activiteit",
	"file.tables/meetings-of-voices.csv":   "Tabel: bijeenkomsten van groepen",
	"file.tables/neighbourhood.csv":        "Tabel: cijfers over de buurt",
	"file.tables/new-by-activity.csv":      "Tabel: nieuwe mensen, per activiteit",
	"file.tables/possible-concerns.csv":    "Tabel: mogelijke verontrusting",
	"file.tables/promises.csv":             "Tabel: beloftes die open staan",
	"file.tables/recommendations.csv":      "Tabel: beleidsvoorstellen",
	"file.tables/referrals-by-service.csv": "Tabel: doorverwijzingen, per dienst",
	"file.tables/requests-by-approach.csv": "Tabel: hulpvragen, per aanpak",
	"file.tables/requests-by-theme.csv":    "Tabel: hulpvragen, per thema",
	"file.tables/requests.csv":             "Tabel: hulpvragen",
	"file.tables/signals.csv":              "Tabel: signalen",
	"file.tables/steps.csv":                "Tabel: stappen van signalen en beleidsvoorstellen",
	"file.tables/themes.csv":               "Tabel: thema’s van de focusgroep",
	"file.tables/unique-by-activity.csv":   "Tabel: verschillende mensen, per activiteit",
	"folder.tables":                        "Tabel",

	"refused.absent":         "Niet gevonden",
	"refused.absent.text":    "Hier staat niets.",
	"refused.gone":           "Niet meer te krijgen",
	"refused.gone.text":      "Deze publicatie is ingetrokken. De bestanden zijn vernietigd.",
	"refused.method":         "Dat gaat hier niet",
	"refused.method.text":    "Hier kan je alleen lezen.",
	"refused.parameter":      "Adres klopt niet",
	"refused.parameter.text": "Achter het vraagteken staat iets wat hier niets betekent. Laat het weg.",
	"refused.moment":         "Dag klopt niet",
	"refused.moment.text":    "Schrijf de dag als 2026-05-01, of het moment als 2026-05-01T12:00:00+02:00.",
	"refused.not-ready":      "Nog even geduld",
	"refused.not-ready.text": "Het programma start nog op. Probeer het over een minuut opnieuw.",
	"refused.away":           "Nu niet te krijgen",
	"refused.away.text":      "De bestanden zijn nu even niet bereikbaar. Probeer het straks opnieuw.",
	"refused.fault":          "Er ging iets mis",
	"refused.fault.text":     "Dit ligt niet aan jou. Probeer het straks opnieuw.",
}

// numberText is a number with a space between thousands.
func numberText(n int64) string {
	text := strconv.FormatInt(n, 10)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "\u00a0" + text[i:]
	}
	return text
}

func periodText(p release.Period) string { return text("period."+string(p.Part), p.Year) }

// fileText says what a file is, as far as its name tells.
func fileText(name string) string {
	if sentence, known := texts["file."+name]; known {
		return sentence
	}
	folder, rest, _ := strings.Cut(name, "/")
	kind, known := texts["folder."+folder]
	if !known {
		return name
	}
	return kind + ": " + strings.ReplaceAll(strings.TrimSuffix(rest, path.Ext(rest)), "-", " ")
}

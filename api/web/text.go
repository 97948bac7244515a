package web

import (
	"fmt"
	"maps"
)

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

// texts is every Dutch sentence of the pages, by key: plain words, short sentences, "je". Each noun keeps its own in
// <noun>text.go, beside its refusals; here stand those that belong to all pages. A family, such as "answer", holds the
// words for the values of one type; see Word.
var texts = gathered(textsOfNouns)

var textsOfNouns = []map[string]string{
	everywhereTexts, chartTexts, aboutTexts, startTexts, contactTexts, cardTexts, eraseTexts, sessionTexts,
	focusgroepTexts, signalTexts, recommendationTexts, pursuitTexts, stepTexts, draftTexts, forumTexts,
	debtTexts, referralTexts, figureTexts, vocabularyTexts, overviewTexts, searchTexts, editionTexts, releaseTexts, releaseWords,
	foreignTexts, togetherTexts, releaseProofTexts,
	sheetTexts,
	auditTexts, auditWords, subtractionTexts,
}

// gathered is the entries of several catalogues in one. A test finds a key that stands in two.
func gathered[V any](catalogues []map[string]V) map[string]V {
	all := make(map[string]V)
	for _, one := range catalogues {
		maps.Copy(all, one)
	}
	return all
}

// everywhereTexts is what is said on all pages, and what no noun has to itself.
var everywhereTexts = map[string]string{
	// everywhere
	"product":    "Signaalboek",
	"skip":       "Ga naar de inhoud",
	"menu":       "Menu",
	"menu.close": "Sluit het menu",
	"trail":      "Kruimelpad",
	"internal":   "Intern – niet verspreiden",
	"demo.title": "Demonstratie.",
	"demo.text":  "De contacten, beslissingen en antwoorden zijn verzonnen. Echt zijn de codelijsten, de overlegorganen en de totalen van 2020, 2021 en 2022.",
	"and":        "en",
	"more":       "Toon meer",
	"forgotten":  "[gewist]",
	"unreadable": "[nu niet leesbaar]",
	"unrecorded": "niet geregistreerd",

	"trouble.title":  "Registreren lukt nu niet",
	"trouble.forked": "Lezen kan wel. Dit gaat niet vanzelf over: verwittig de beheerder. Er staat misschien een oude kopie van het logboek.",
	"trouble.text":   "Lezen kan wel. Wat je ziet, is misschien niet het laatste. We proberen het vanzelf opnieuw.",

	"theme": "Thema",

	// navigation and foot
	"nav.start":           "Vandaag",
	"nav.contacts":        "Contacten",
	"nav.sessions":        "Momenten",
	"nav.signals":         "Signalen",
	"nav.recommendations": "Beleidsvoorstellen",
	"nav.drafts":          "Concepten",
	"nav.focusgroep":      "Focusgroep",
	"nav.themes":          "Thema’s",
	"nav.forums":          "Overleg",
	"nav.debt":            "Terugkoppeling",
	"nav.referrals":       "Doorverwijzingen",
	"nav.figures":         "Cijfers",
	"nav.overview":        "Overzicht",
	"nav.search":          "Zoeken",
	"nav.releases":        "Publicaties",
	"nav.vocabulary":      "Codelijsten",
	"foot.accessibility":  "Toegankelijkheid",
	"foot.privacy":        "Privacy",
	"foot.about":          "Over Signaalboek",
	"foot.leave":          "Meld af",
	"foot.keys":           "Sneltoetsen",

	// forms
	"form.unsure":   "We weten niet of dit bewaard is.",
	"form.problem":  "Er klopt iets niet. Er is nog niets bewaard.",
	"form.unchosen": "Er is nog niets gekozen.",
	"form.none":     "– geen keuze –",

	// what was done
	"done.contact":     "Het contact is bewaard.",
	"done.erased":      "Het is gewist, voorgoed.",
	"done.corrected":   "De verbetering is bewaard.",
	"done.withdrawn":   "Dit telt niet meer mee.",
	"done.followed-up": "De opvolging is bewaard.",
	"done.session":     "Het moment is bewaard.",
	"done.planned":     "De bijeenkomst is gepland.",
	"done.held":        "De bijeenkomst is bewaard.",
	"done.theme":       "Het thema is bewaard.",
	"done.closed":      "De bijeenkomst is afgesloten.",
	"done.term":        "De code is bewaard.",
	"done.relabelled":  "De naam van de code is bewaard.",
	"done.retired":     "De code wordt niet meer aangeboden.",
	"done.back":        "De code wordt opnieuw aangeboden.",

	"done.step":      "De stap is bewaard.",
	"done.picked-up": "Het signaal is opgepikt. Noteer nu in eigen woorden wat de drempel is.",
	"done.draft":     "Het concept is bewaard. Lees het na en leg het vast.",
	"done.recorded":  "Het is vastgelegd.",
	"done.dropped":   "Het concept is weggegooid.",
	"done.referral":  "De doorverwijzing is bewaard.",
	"done.linked":    "De documenten zijn gekoppeld.",
	"done.cancelled": "De bijeenkomst gaat niet door.",

	// errors and signing in
	"error.request": "Meld je dit, geef dan dit nummer mee:",
	"error.start":   "Ga naar de startpagina",
	"again.title":   "Wat je invulde, is niet weg",
	"again.how":     "Laat deze pagina open. Los het op in een ander tabblad, of wacht even. Verstuur daarna opnieuw: niets wordt twee keer bewaard.",
	"again.send":    "Verstuur opnieuw",
	"signin.title":  "Aanmelden",
	"signin.ready":  "Je link is klaar. Hij werkt één keer.",
	"signin.open":   "Open Signaalboek",
	"signin.how":    "Open de link die je kreeg van wie Signaalboek beheert. Heb je geen link, vraag er dan een.",

	// words of lists and forms
	"day":            "Datum",
	"approach":       "Aanpak",
	"service":        "Dienst",
	"activity":       "Activiteit",
	"state":          "Stand",
	"from":           "Van",
	"to":             "Tot en met",
	"reason":         "Reden",
	"save":           "Bewaar",
	"cancel":         "Annuleer",
	"optional":       "Niet verplicht.",
	"stands":         "telt mee",
	"withdrawn":      "telt niet mee",
	"corrected.one":  "één keer verbeterd",
	"corrected.many": "%s keer verbeterd",
	"contacts":       "Contacten",
	"requests":       "Hulpvragen",
	"signals.one":    "1 signaal",
	"signals.many":   "%s signalen",
	"filter":         "Filter",
	"filter.show":    "Toon",
	"filter.any":     "– alle –",
	"filter.clear":   "Wis de filter",
	"history":        "Wat ermee gebeurde",
	"history.about":  "Over %s.",
	"history.at":     "Bewaard op %s.",
	"withdraw":       "Telt niet mee …",
	"withdraw.hint":  "Er wordt niets gewist. Vanaf nu telt dit nergens meer mee.",
	"withdraw.save":  "Laat niet meetellen",
	"signal.untold":  "Signaal zonder verwoording",

	"answer.yes":     "Ja",
	"answer.no":      "Nee",
	"answer.unknown": "Weet niet",

	"closing.answered":         "er is een antwoord",
	"closing.no-longer-needed": "het is niet meer nodig",
	"closing.not-a-signal":     "het is geen signaal",
	"closing.exhausted":        "elke weg is geprobeerd",
	"closing.unreachable":      "wie het zei, is niet meer te vinden",
	"closing.activity-stopped": "de activiteit bestaat niet meer",

	"mark.registered":          "Geregistreerd",
	"mark.held":                "Geregistreerd",
	"mark.corrected":           "Verbeterd",
	"mark.withdrawn":           "Telt niet meer mee",
	"mark.request-followed-up": "Hulpvraag opgevolgd",

	"reason.wrongly-entered":  "verkeerd ingevuld",
	"reason.wrong-person":     "verkeerde persoon",
	"reason.wrong-day":        "verkeerde dag",
	"reason.incomplete":       "onvolledig",
	"reason.entered-twice":    "twee keer ingevuld",
	"reason.entered-in-error": "per vergissing ingevuld",
	"reason.asked-by-person":  "de persoon vroeg het",

	// looking back
	"asof.title": "Zoals het gekend was op %s",
	"asof.text":  "Wat later bewaard werd, staat hier niet. Een tekst die intussen gewist is, blijft gewist.",
	"asof.now":   "Toon zoals het nu is",
	"asof.show":  "Toon zoals het gekend was op een vroegere dag",
	"asof.day":   "Dag",
	"asof.hint":  "Je ziet alles wat die dag bewaard was.",
}

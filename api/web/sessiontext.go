package web

// sessionTexts is what is said of sessions.
var sessionTexts = map[string]string{
	"sessions.title":        "Momenten",
	"sessions.lead":         "Eén keer een groepsactiviteit, met hoeveel mensen er waren. Een lijst van wie er was, bestaat niet.",
	"sessions.shown.one":    "1 moment op deze pagina.",
	"sessions.shown.many":   "%s momenten op deze pagina.",
	"sessions.none":         "Geen enkel moment past bij wat je koos. Wis de filter om alles te zien.",
	"sessions.first":        "Er is nog geen moment. Kies ‘Nieuw moment’ na een activiteit in groep.",
	"session.new":           "Nieuw moment",
	"session.title":         "Moment van %s",
	"session.present":       "Aanwezigen",
	"session.present.hint":  "Alleen het aantal.",
	"session.theme":         "Thema",
	"session.guest":         "Dienst te gast",
	"session.pick-up":       "Pik een signaal op uit dit moment",
	"session.refer":         "Noteer een doorverwijzing bij dit moment",
	"session.correct":       "Verbeter dit moment",
	"session.correct.title": "Moment verbeteren",
	"session.withdrawn":     "Dit moment telt niet mee.",
}

// sessionRefusals is the refusals of sessions.
var sessionRefusals = map[string]refusal{
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
}

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

package web

// eraseTexts is what is said of erasing.
var eraseTexts = map[string]string{
	"erase.title":       "Teksten wissen",
	"erase.title-card":  "Een kaart wissen",
	"erase.of-signal":   "Dit signaal",
	"erase.of-proposal": "Dit voorstel",
	"erase.link":        "Wis een tekst",
	"erase.card-link":   "Wis ‘%s’",
	"erase.cards":       "Wis een kaart",
	"erase.forever":     "Wat je wist, komt niet terug",
	"erase.what.1":      "Niemand kan de tekst nog lezen, ook wij niet. Op de pagina staat dan [gewist].",
	"erase.what.2":      "Een reservekopie brengt hem niet terug.",
	"erase.what.3":      "Wat geteld is, blijft geteld. Wie wat besliste en wanneer, blijft staan.",
	"erase.what.4":      "Op het einde van de maand staat in het logboek dat er iets gewist is. Niet wat, en niet op welke dag.",
	"erase.what-card.1": "De bijnaam en de kenmerken zijn weg. Niemand herkent deze persoon nog met de kaart, ook wij niet.",
	"erase.what-card.2": "Kaarten die ermee samengevoegd zijn, gaan mee.",
	"erase.what-card.3": "Een reservekopie brengt de kaart niet terug.",
	"erase.what-card.4": "Contacten met de kaart blijven staan, en blijven geteld.",
	"erase.card":        "Deze kaart: ‘%s’",
	"erase.none":        "Hier staan geen teksten.",
	"erase.which":       "Welke tekst?",
	"erase.all":         "Alle teksten, ook wat nog niet bevestigd is",
	"erase.sure":        "Weet je het zeker?",
	"erase.sure.yes":    "Ja, wis dit voorgoed",
	"erase.save":        "Wis voorgoed",
}

// eraseRefusals is the refusals of erasing.
var eraseRefusals = map[string]refusal{
	"erase-what": {
		"Wat wil je wissen?",
		"Het is niet duidelijk wat je wil wissen.",
		"Kies één tekst, alle teksten, of één kaart.",
	},
	"erase-unchosen": {
		"Kies eerst wat je wil wissen",
		"Je koos nog niet wat je wil wissen.",
		"Kies één tekst, of alle teksten.",
	},
	"erase-unsure": {
		"Je bevestigde nog niet",
		"Wissen is voorgoed. Je bevestigde nog niet dat je het zeker weet.",
		"Duid aan dat je het zeker weet, en wis dan opnieuw.",
	},
}

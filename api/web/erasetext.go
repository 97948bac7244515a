package web

// eraseTexts is what is said of erasing.
var eraseTexts = map[string]string{
	"erase.title":     "Wissen",
	"erase.back":      "Terug",
	"erase.link":      "Wis een tekst",
	"erase.card-link": "Wis ‘%s’",
	"erase.cards":     "Wis een kaart",
	"erase.forever":   "Wat je wist, komt niet terug",
	"erase.what.1":    "Niemand kan de tekst nog lezen, ook wij niet. Op de pagina staat dan [gewist].",
	"erase.what.2":    "Een reservekopie brengt hem niet terug.",
	"erase.what.3":    "Wat geteld is, blijft geteld. De weg van het signaal blijft staan.",
	"erase.what.4":    "Op het einde van de maand staat in het logboek dat er iets gewist is. Niet wat, en niet op welke dag.",
	"erase.card":      "Kaart: %s. Kaarten die ermee samengevoegd zijn, gaan mee. Contacten blijven, en tellen mee.",
	"erase.none":      "Hier staan geen teksten.",
	"erase.which":     "Welke tekst?",
	"erase.all":       "Alle teksten, en wat er nog niet bevestigd is",
	"erase.sure":      "Weet je het zeker?",
	"erase.sure.yes":  "Ja, wis dit voorgoed",
	"erase.save":      "Wis voorgoed",
}

// eraseRefusals is the refusals of erasing.
var eraseRefusals = map[string]refusal{
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
}

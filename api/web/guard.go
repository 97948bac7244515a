package web

import (
	"slices"
	"strings"

	"signaalboek/domain"
	"signaalboek/domain/guard"
	"signaalboek/domain/vocabulary"
)

// findingText is what people read about one class of things that the guard finds in a text.
type findingText struct {
	name   string // "een telefoonnummer"
	remedy string // what to do
}

// FindingName is what a finding is called, "een telefoonnummer".
func FindingName(class guard.Class) string { return findings[class].name }

// FindingSentence says in Dutch what was found, and what to do about it. It never repeats what stands there.
func FindingSentence(f guard.Finding) string {
	text := findings[f.Class]
	if f.Verdict == guard.Ask {
		return "Dit lijkt op " + text.name + ". " + text.remedy
	}
	return "Dit is " + text.name + ". " + text.remedy
}

// FindingSentences says of each class that was found, once, what to do about it.
func FindingSentences(found []guard.Finding) []string {
	var sentences []string
	for _, f := range found {
		if sentence := FindingSentence(f); !slices.Contains(sentences, sentence) {
			sentences = append(sentences, sentence)
		}
	}
	return sentences
}

// Refuse is a form with what a refusal says of it, and with what to do about each thing that the guard found.
func Refuse(form Form, refusal *domain.Refusal, book vocabulary.Book) Form {
	form = form.Refused(refusal.Field, RefusalSentence(refusal, book))
	form.Unsure = refusal.Code == domain.ErrLogAway.Code
	for _, sentence := range FindingSentences(guard.Found(refusal)) {
		form = form.Refused(refusal.Field, sentence)
	}
	return form
}

// sayFindings is what a refusal of the guard names, each class once: "een telefoonnummer, een naam".
func sayFindings(named string) string {
	var names []string
	for _, f := range guard.Found(&domain.Refusal{With: map[string]string{"found": named}}) {
		if name := FindingName(f.Class); name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

var findings = map[guard.Class]findingText{
	guard.NationalNumber: {"een rijksregisternummer", "Laat het weg. Een signaal heeft nooit een nummer van iemand nodig."},
	guard.IBAN:           {"een rekeningnummer", "Laat het weg."},
	guard.PaymentMessage: {"een gestructureerde mededeling", "Laat ze weg. Schrijf liever over welke soort factuur het gaat."},
	guard.Telephone:      {"een telefoonnummer", "Laat het weg. Het nummer van een infolijn (0800, 070, 078) mag wel."},
	guard.Email:          {"een e-mailadres", "Laat het weg. Noem liever de dienst."},
	guard.Handle:         {"een naam op sociale media", "Laat die weg."},
	guard.Plate:          {"een nummerplaat", "Laat ze weg."},
	guard.Document:       {"een nummer van een dossier of een kaart", "Laat het weg. Schrijf liever om welke soort dossier het gaat."},
	guard.BirthDate:      {"een geboortedatum", "Laat ze weg. Schrijf liever ‘jongeren’ of ‘ouderen’."},
	guard.Address:        {"een adres", "Schrijf liever de buurt, of ‘in de straat’."},
	guard.Company:        {"een ondernemingsnummer", "Laat het weg als de onderneming één persoon is."},
	guard.Street:         {"een straat", "Schrijf liever de buurt, tenzij het signaal over de straat zelf gaat."},
	guard.Age:            {"een leeftijd", "Schrijf liever een groep: ‘kinderen van 6 tot 12 jaar’, ‘ouderen’."},
	guard.Name:           {"een naam van iemand", "Schrijf liever ‘een bewoner’ of ‘een ouder’."},
	guard.Origin:         {"een afkomst of een taal", "Schrijf liever ‘anderstalige bewoners’, of laat het weg."},
	guard.Family:         {"een gezinssituatie", "Schrijf liever ‘gezinnen’, of laat het weg."},
	guard.Illness:        {"een ziekte", "Schrijf liever ‘om medische redenen’, of laat het weg."},
	guard.Job:            {"een beroep", "Schrijf liever ‘werk’, of laat het weg."},
	guard.School:         {"een school of een klas", "Schrijf liever ‘op school’, of laat het weg."},
	guard.Faith:          {"een geloof", "Laat het weg als het niet over de drempel gaat."},
	guard.Event:          {"iets wat weinig mensen meemaken", "Laat het weg: wie het weet, weet over wie het gaat."},
	guard.Role:           {"een rol die weinig mensen hebben", "Laat ze weg: wie ze kent, weet over wie het gaat."},
	guard.Together:       {"een combinatie die één iemand aanwijst", "Laat er zo veel weg dat het over meer mensen kan gaan."},
}

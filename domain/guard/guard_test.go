package guard_test

import (
	"fmt"
	"strings"
	"testing"

	"signaalboek/domain/guard"
	"signaalboek/domain/vocabulary"
)

// What the guard says of a text: its findings with the words they stand on.
func said(text string) string {
	var all []string
	for _, f := range harelbeke().Check(text) {
		all = append(all, fmt.Sprintf("%s %s: %s", f.Class, f.Verdict, text[f.Start:f.End]))
	}
	return strings.Join(all, " | ")
}

func TestCheck(t *testing.T) {
	tests := map[string]struct{ text, want string }{
		"nothing":                      {"De bus naar Kortrijk is te duur voor grote gezinnen.", ""},
		"no text":                      {"", ""},
		"national number":              {"rrn 85.07.30-033.28", "national-number block: 85.07.30-033.28"},
		"born from 2000 on":            {"nr 17073003384", "national-number block: 17073003384"},
		"BIS number":                   {"nr 85473003317", "national-number block: 85473003317"},
		"with the century":             {"19850730 033 28", "national-number block: 19850730 033 28"},
		"a limit":                      {"voor kinderen tot 12 jaar oud", ""},
		"word of a label":              {"de mama van Opstap", ""},
		"figures like a telephone":     {"de codes 045, 612, 345", ""},
		"end of a compound":            {"een Turkse vrouw met slokdarmkanker", "origin ask: Turkse | illness ask: slokdarmkanker"},
		"failing check":                {"85.07.30-033.29", "national-number ask: 85.07.30-033.29"},
		"eleven digits, no day":        {"het getal 99999999999", ""},
		"account":                      {"op BE68 5390 0754 7034 graag", "iban block: BE68 5390 0754 7034"},
		"account with letters":         {"op NL91 ABNA 0417 1643 00 graag", "iban block: NL91 ABNA 0417 1643 00"},
		"account, failing check":       {"op BE68 5390 0754 7035", "iban ask: BE68 5390 0754 7035"},
		"payment message":              {"+++090/9337/55493+++", "payment-message block: 090/9337/55493"},
		"mobile":                       {"bel 0479/12.34.56", "telephone block: 0479/12.34.56"},
		"abroad":                       {"bel 0032 56 71 12 34", "telephone block: 0032 56 71 12 34"},
		"service numbers":              {"bel 0800 12 345, 078 15 00 15, 070 22 33 44 of 1712", ""},
		"digits in French":             {"zéro quatre cent septante-neuf, douze trente-quatre cinquante-six", "telephone block: zéro quatre cent septante-neuf, douze trente-quatre cinquante-six"},
		"letters for digits":           {"O479 l2 34 56", "telephone block: O479 l2 34 56"},
		"figures in a row":             {"In 2020: 137, 124 en 200. Op 05/09/2022 3 gezinnen, op 12/09/2022 14.", ""},
		"hours":                        {"open van 09.00-12.00 en 13.30-16.00 uur", ""},
		"e-mail":                       {"mail jan.p@gmail.com", "email block: jan.p@gmail.com"},
		"e-mail, written out":          {"jan punt p at gmail punt com", "email block: jan punt p at gmail punt com"},
		"website":                      {"zie www.harelbeke.be", ""},
		"handle":                       {"volg @fatima_e", "handle block: @fatima_e"},
		"medium without a name":        {"Het staat op Facebook en op Instagram.", ""},
		"plate":                        {"de wagen 1-ABC-123", "plate block: 1-ABC-123"},
		"plate, small letters":         {"nummerplaat 1 abc 123", "plate block: 1 abc 123"},
		"no plate":                     {"2 van 110 vragen", ""},
		"file":                         {"dossiernummer 2023/00417", "document block: 2023/00417"},
		"passport":                     {"met EH123456", "document block: EH123456"},
		"day of a file":                {"het dossier van 12/05/2022", ""},
		"mail inside a house":          {"mail naar jan@intern", "email block: jan@intern"},
		"letters apart, one gap":       {"T o m D e v o s", "name ask: T o m D e v o s"},
		"going on about one":           {"Een vrouw zoekt werk. Met haar diabetes en een hoofddoek lukt het niet.", "illness ask: diabetes | faith ask: hoofddoek"},
		"who does something":           {"De kapster is Congolese.", "job ask: kapster | origin ask: Congolese"},
		"who speaks for an office":     {"De dokter geeft uitleg over diabetes.", ""},
		"year of a file":               {"het dossier 2022 is klaar", ""},
		"born on":                      {"geboren op 12 maart 2018", "birth-date block: 12 maart 2018"},
		"long ago":                     {"sinds 12/03/1985", "birth-date block: 12/03/1985"},
		"a day of the work":            {"vergadering op 12 maart 2022", ""},
		"address":                      {"Zuidstraat 12 bus 3, 8530 Harelbeke", "address block: Zuidstraat 12 bus 3, 8530 Harelbeke"},
		"address, turned":              {"op nummer 12 in de Zuidstraat", "address block: Zuidstraat"},
		"address in French":            {"rue de la Gare 12", "address block: rue de la Gare 12"},
		"own site":                     {"in de Gentsestraat 9, GS9", ""},
		"own street":                   {"in de Gentsestraat", ""},
		"neighbour of the site":        {"Gentsestraat 11", "address block: Gentsestraat 11"},
		"street":                       {"de halte in de Zuidstraat", "street ask: Zuidstraat"},
		"street, counting":             {"in de Zuidstraat 12 gezinnen", "street ask: Zuidstraat"},
		"no street":                    {"de winkelstraat, de arbeidsmarkt en het fietspad", ""},
		"company":                      {"btw BE 0403.019.261", "company-number ask: 0403.019.261"},
		"age":                          {"een vrouw van 34 jaar", "age ask: 34 jaar"},
		"age without a unit":           {"zij wordt 65", "age ask: 65"},
		"age after a comma":            {"een jongen, 7 jaar", "age ask: 7 jaar"},
		"age of a girl":                {"een 8-jarig meisje bij het 10-jarig bestaan", "age ask: 8-jarig"},
		"hundreds apart":               {"nul vier honderd negenenzeventig twaalf vierendertig zesenvijftig", "telephone block: nul vier honderd negenenzeventig twaalf vierendertig zesenvijftig"},
		"short title":                  {"Dhr. Zxyqa belde.", "name ask: Zxyqa"},
		"after the sentence":           {"Het is te duur voor de familie. Gezelschapsspelen helpen.", ""},
		"initial":                      {"bij het gezin D. thuis", "name ask: D"},
		"surname with its particle":    {"Van Damme stuurde een brief.", "name ask: Van Damme"},
		"ages of a group":              {"kinderen van 6 tot 12 jaar en 65-plussers, al 10 jaar lang", ""},
		"full name":                    {"Ik sprak Fatima El Amrani.", "name ask: Fatima El Amrani"},
		"surname first":                {"Ik sprak Janssens Peter.", "name ask: Janssens Peter"},
		"announced":                    {"de mama van Zxyqa en mevrouw De Qwert", "name ask: Zxyqa | name ask: De Qwert"},
		"lower case":                   {"ze heet fatima el amrani", ""},
		"letters apart":                {"F a t i m a  E l  A m r a n i", "name ask: F a t i m a  E l  A m r a n i"},
		"Cyrillic letters between":     {"Ik sprak Fаtimа.", "name ask: Fаtimа"},
		"another script":               {"Оксана Шевченко kwam", "name ask: Оксана Шевченко"},
		"word too":                     {"Elke week. Roos en tulpen. Max. 12.", ""},
		"one circumstance":             {"een vrouw met diabetes", ""},
		"two circumstances":            {"een Turkse vrouw met diabetes", "origin ask: Turkse | illness ask: diabetes"},
		"two, of a group":              {"Turkse vrouwen met kinderen met diabetes", ""},
		"three identifying classes":    {"Een vrouw met diabetes, 34 jaar oud, Zuidstraat", "together block: diabetes, 34 jaar oud, Zuidstraat | illness ask: diabetes | age ask: 34 jaar oud | street ask: Zuidstraat"},
		"the example of the design":    {"alleenstaande Oekraïense moeder met 5 kinderen uit de Zuidstraat", "together block: alleenstaande Oekraïense moeder met 5 kinderen uit de Zuidstraat | family ask: alleenstaande | origin ask: Oekraïense | family ask: 5 kinderen | street ask: Zuidstraat"},
		"full-width, in another place": {"é ５３９ é 0479 12 34 56", "telephone block: 0479 12 34 56"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := said(tt.text); got != tt.want {
				t.Errorf("%q\ngot  %s\nwant %s", tt.text, got, tt.want)
			}
		})
	}
}

// Nothing that a practice calls its own is found in a text, in whatever capitals it is written.
func TestWordsOfThePracticeAreFree(t *testing.T) {
	book, _ := vocabulary.Defaults(vocabulary.Harelbeke2022)
	var names []string
	for _, list := range book.Lists() {
		for _, term := range book.Terms(list) {
			names = append(append(names, term.Label), term.Aliases...)
		}
	}
	for _, forum := range book.Forums() {
		names = append(append(names, forum.Label), forum.Aliases...)
	}
	if len(names) < 200 {
		t.Fatalf("only %d names", len(names))
	}
	for _, name := range names {
		for _, text := range []string{"Het gaat over " + name + ".", name + " is dicht.", strings.ToUpper(name) + " helpt niet."} {
			if got := said(text); got != "" {
				t.Errorf("%s: %s", text, got)
			}
		}
	}
}

// A practice that adds an organisation is not asked about it any more.
func TestAnAddedTermIsFree(t *testing.T) {
	book, _ := vocabulary.Defaults(vocabulary.Harelbeke2022)
	text := "Er is plaats bij Samen Zxyqa Qwert."
	if len(guard.New(book).Check(text)) == 0 {
		t.Fatal("known before it was added")
	}
	book = book.WithTerm(vocabulary.Services, vocabulary.Term{Code: "qwert", Label: "Samen Zxyqa Qwert"})
	if found := guard.New(book).Check(text); len(found) != 0 {
		t.Errorf("found %v", found)
	}
}

// A word inside the name of an organisation of the practice says nothing of a person.
func TestNamesOfThePracticeAreNoCircumstances(t *testing.T) {
	book, _ := vocabulary.Defaults(vocabulary.Harelbeke2022)
	text := "Een Turkse vrouw kwam naar Moskee Zuid."
	if len(guard.New(book).Check(text)) != 2 {
		t.Fatal("no circumstances before it was added")
	}
	book = book.WithTerm(vocabulary.Services, vocabulary.Term{Code: "moskee-zuid", Label: "Moskee Zuid"})
	if found := guard.New(book).Check(text); len(found) != 0 {
		t.Errorf("found %v", found)
	}
}

// Sites may stand in the words of the practice.
func TestSitesOfTheBook(t *testing.T) {
	book, _ := vocabulary.Defaults(vocabulary.Harelbeke2022)
	book = book.WithTerm(guard.Sites, vocabulary.Term{Code: "zuid", Label: "Zuidstraat 12"})
	g := guard.New(book)
	if found := g.Check("De deur van Zuidstraat 12, in de Zuidstraat."); len(found) != 0 {
		t.Errorf("found %v", found)
	}
	if found := g.Check("Zuidstraat 14"); len(found) != 1 || found[0].Class != guard.Address {
		t.Errorf("found %v", found)
	}
}

func TestZeroGuardWorks(t *testing.T) {
	if found := new(guard.Guard).Check("bel 0479 12 34 56"); len(found) != 1 {
		t.Errorf("found %v", found)
	}
}

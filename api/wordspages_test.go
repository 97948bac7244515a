package api

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// A code of any list is added, called otherwise, retired and brought back, and keeps what was said of it.
func TestACodeOfEveryListLivesItsLife(t *testing.T) {
	b := opened(t)
	v := b.visitor()
	for _, list := range b.Set.Words.Book("harelbeke-centrum").Lists() {
		t.Run(string(list), func(t *testing.T) {
			v := visitor{&bench{TB: t, site: v.site, store: v.store, vault: v.vault, gate: v.gate, log: v.log}, v.session}
			address := "/codelijsten/" + string(list)
			core := string(b.Set.Words.Book("harelbeke-centrum").Offered(list)[0].Code)
			page := v.fill(v.open(address), address+"/toevoegen", url.Values{
				"term/label": {"Proef"}, "term/aliases": {"test, toets"}, "term/core": {core}, "term/remark": {"Even kijken."},
			})
			page.says("De code is bewaard.", "Proef proef Ook geschreven als test en toets Telt mee als:", "Even kijken.")
			renamed := withCode(page, "hernoemen", "proef", "label", "Proefstuk")
			renamed.Set("aliases", "examen")
			page = v.ask("POST", address+"/hernoemen", renamed)
			page.says("Proefstuk proef Ook geschreven als examen, Proef, test en toets")
			page = v.ask("POST", address+"/intrekken", withCode(page, "intrekken", "proef", "", ""))
			page.says("Proefstuk proef niet meer aangeboden")
			page = v.ask("POST", address+"/terugzetten", withCode(page, "terugzetten", "proef", "", ""))
			page.says("De code wordt opnieuw aangeboden.", "Even kijken.")
			if strings.Contains(page.words(), "proef niet meer aangeboden") {
				t.Error("it is still retired")
			}
			if term, _ := b.Set.Words.Book("harelbeke-centrum").Term(list, "proef"); string(term.Core) != core {
				t.Errorf("it counts as %q, want %q", term.Core, core)
			}
		})
	}
}

// Whoever renames a code, and did not see what became of the words meanwhile, is told.
func TestAStaleNameIsRefused(t *testing.T) {
	v := opened(t).visitor()
	page, earlier := v.open("/codelijsten/theme"), v.open("/codelijsten/theme")
	v.ask("POST", "/codelijsten/theme/hernoemen", withCode(earlier, "hernoemen", "werk", "label", "Arbeid"))
	again := v.ask("POST", "/codelijsten/theme/hernoemen", withCode(page, "hernoemen", "werk", "label", "Jobs"))
	if again.status != http.StatusPreconditionFailed {
		t.Errorf("answered %d", again.status)
	}
	again.says("Er is nog niets bewaard.", "Arbeid")
}

func TestAForumIsRegisteredChangedAndRetired(t *testing.T) {
	v := opened(t).visitor()
	page := v.fill(v.open("/codelijsten/overleg"), "/codelijsten/overleg", url.Values{"label": {"Wijkraad Zuid"}})
	page.says("Er is nog niets bewaard.", "soort")
	page = v.fill(page, "/codelijsten/overleg", url.Values{"kind": {"overleg"}, "level": {"stad"}, "cadence": {"4 per jaar"}})
	page.says("Het overleg is toegevoegd.", "Wijkraad Zuid overleg Stad 4 per jaar")
	taken := url.Values{"label": {"Andere raad"}, "code": {"wijkraad-zuid"}, "kind": {"team"}, "level": {"stad"}}
	v.fill(page, "/codelijsten/overleg", taken).says("Er is nog niets bewaard.", "Er is al een overleg met de code wijkraad-zuid.")

	const address = "/codelijsten/overleg/wijkraad-zuid"
	looked := v.open(page.link(address))
	page = v.fill(v.open(address), address+"/wijzigen", url.Values{"label": {"Buurtraad"}, "kind": {"netwerk"}, "level": {"regio"}})
	page.says("De verandering van het overleg is bewaard.", "Buurtraad", "Soort netwerk", "Niveau Regio", "Heette ook Wijkraad Zuid")
	if stale := v.fill(looked, address+"/wijzigen", url.Values{"label": {"Dorpsraad"}}); stale.status != http.StatusPreconditionFailed {
		t.Errorf("a change of what was changed meanwhile answered %d", stale.status)
	}

	page = v.fill(page, address+"/intrekken", nil)
	page.says("Het overleg wordt niet meer aangeboden.", "komt niet meer samen")
	if page.form(address+"/wijzigen") != nil {
		t.Error("a retired forum can be changed")
	}
	page = v.fill(page, address+"/terugzetten", url.Values{"label": {""}})
	page.says("Er is nog niets bewaard.")
	v.fill(page, address+"/terugzetten", url.Values{"label": {"Buurtraad"}}).
		says("Het overleg wordt opnieuw aangeboden.", "Verander dit overleg")
	v.open("/overleg").says("Buurtraad")
}

func TestAListIsReportedInTheGroupsOfAnotherFromADayOn(t *testing.T) {
	v := opened(t).visitor()
	v.open("/codelijsten/indeling?from=theme&to=theme").says("van een lijst naar een andere lijst")
	page := v.open("/codelijsten/indeling")
	page.says("Thema’s in groepen van: Rapportthema’s", "1 indeling")
	page = v.ask("GET", "/codelijsten/indeling?from=theme&to=report-theme", nil)
	page.says("Van in het begin Geldt nu.", "13 codes ingedeeld")

	const address = "/codelijsten/indeling/theme/report-theme"
	form := standing(page.form(address))
	if form.Get("group/mobiliteit") != "mobiliteit" || form.Get("since") != "2026-03-05" {
		t.Errorf("the form begins as %v", form)
	}
	none := url.Values{}
	for name := range form {
		if strings.HasPrefix(name, "group/") {
			none[name] = []string{""}
		}
	}
	v.fill(page, address, none).says("Er is nog niets bewaard.", "minstens één code")
	page = v.fill(page, address, url.Values{"since": {"2027-01-01"}, "group/nt2": {""}, "group/opleiding": {"mobiliteit"}})
	page.says("De indeling is bewaard.", "Sinds 01/01/2027 Geldt nog niet.", "12 codes ingedeeld",
		"Opleiding Mobiliteit", "Van in het begin Geldt nu.")
	if other := v.ask("GET", "/codelijsten/indeling/theme/theme", nil); other.status != http.StatusNotFound {
		t.Errorf("a list in its own groups answered %d", other.status)
	}
}

func TestAFigureIsDefinedAndThenOtherwise(t *testing.T) {
	v := opened(t).visitor()
	defined := url.Values{
		"label": {"Contacten op straat"}, "unit": {"contacts"}, "only": {"contact-op-straat"}, "without": {"digipunt"},
		"fromYear": {"2026"}, "definition": {"Alle contacten op straat."},
	}
	page := v.fill(v.open("/codelijsten/cijfers"), "/codelijsten/cijfers", defined)
	page.says("Er is nog niets bewaard.", "Niet allebei.")
	defined["without"] = nil
	page = v.fill(page, "/codelijsten/cijfers", defined)
	page.says("De definitie is bewaard.", "Versie 1 · Vanaf 2026", "Alleen: Contact op straat.")
	v.open("/cijfers/2026").says("Contacten op straat")
	again := url.Values{"label": {"Contacten op straat"}, "unit": {"contacts"}, "definition": {"Iets anders."}}
	v.fill(v.open("/codelijsten/cijfers"), "/codelijsten/cijfers", again).
		says("Er is nog niets bewaard.", "Er is al een cijfer met deze code: Contacten op straat.")

	const address = "/codelijsten/cijfers/contacten-op-straat"
	early := v.fill(page, address, url.Values{"fromYear": {"2020"}})
	early.says("Er is nog niets bewaard.", "pas gelden vanaf 2026")
	looked := v.open(address)
	next := url.Values{"fromYear": {"2027"}, "only": {"contact-op-straat", "huisbezoek"}, "definition": {"Ook huisbezoeken."}}
	v.fill(page, address, next).says("Versie 1 · Van 2026 tot en met 2026", "Breuk: vanaf hier wordt anders geteld.",
		"Versie 2 · Vanaf 2027", "Ook huisbezoeken.")
	if stale := v.fill(looked, address, url.Values{"fromYear": {"2028"}}); stale.status != http.StatusPreconditionFailed {
		t.Errorf("a version after one that nobody saw answered %d", stale.status)
	}
}

// A year that is over is closed once, with the figures that somebody looked at and no others.
func TestAYearIsClosedAsItWasLookedAt(t *testing.T) {
	b := opened(t)
	v := b.visitor()
	const address = "/cijfers/2025/afsluiten"
	b.must(b.post("/contacts", `{"on": "2025-11-03", "activity": "huisbezoek"}`), 201)
	page := v.open(v.open("/cijfers/2025").link(address))
	page.says("Contacten 1 Alle contacten", "Unieke contacten niet geregistreerd", "niet meer toevoegen of verbeteren")

	b.must(b.post("/contacts", `{"on": "2025-11-04", "activity": "huisbezoek"}`), 201)
	before := b.recorded()
	moved := v.fill(page, address, nil)
	if moved.status != http.StatusConflict || b.recorded() != before {
		t.Errorf("other figures than those shown: %d, and %d events", moved.status, b.recorded()-before)
	}
	moved.says("De cijfers zijn intussen veranderd.", "Contacten 2 Alle contacten")
	for range 2 { // sent twice, it is closed once
		v.fill(moved, address, nil).says("Het jaar is afgesloten.", "Vastgelegd bij het afsluiten van het jaar.", "Contacten")
	}
	if b.recorded() != before+1 {
		t.Errorf("%d events were recorded", b.recorded()-before)
	}
	for _, value := range b.Set.Figures.Year("harelbeke-centrum", 2025) {
		switch {
		case !value.Closed:
			t.Errorf("%s was not recorded", value.Figure.Code)
		case value.Figure.Code == "contacten" && value.Value != 2, value.Figure.Code == "unieke-contacten" && value.Recorded:
			t.Errorf("%s stands as %d, recorded %v", value.Figure.Code, value.Value, value.Recorded)
		}
	}
	page = v.open(address)
	page.says("Dit jaar kan je nu niet afsluiten", "Het jaar 2025 is al afgesloten.")
	if page.form(address) != nil {
		t.Error("a closed year can be closed")
	}
	v.fill(v.open("/contacten/nieuw"), "/contacten/nieuw", url.Values{"activity": {"huisbezoek"}, "on": {"2025-12-01"}}).
		says("Er is nog niets bewaard.", "afgesloten")
}

// Whoever is no coordinator sees the words of the practice, and who changes them; no form, and no way around that.
func TestOnlyACoordinatorChangesTheWords(t *testing.T) {
	b := opened(t)
	b.must(b.post("/contacts", `{"on": "2025-11-03", "activity": "huisbezoek"}`), 201)
	v := b.visitorAs(workers)
	for _, path := range []string{
		"/codelijsten/theme", "/codelijsten/overleg", "/codelijsten/overleg/team-opstap", "/codelijsten/indeling",
		"/codelijsten/indeling/theme/report-theme", "/codelijsten/cijfers", "/codelijsten/cijfers/contacten",
	} {
		page := v.open(path)
		page.says("Alleen een coördinator past dit aan.")
		for node := range page.root.Descendants() {
			if action := attribute(node, "action"); strings.HasPrefix(action, "/codelijsten") {
				t.Errorf("%s offers %s", path, action)
			}
		}
	}
	closing := v.open("/cijfers/2025/afsluiten")
	closing.says("Dit jaar kan je nu niet afsluiten", "dat doet alleen de coördinator", "Contacten 1")
	before := b.recorded()
	refused := v.ask("POST", "/cijfers/2025/afsluiten", url.Values{})
	if refused.says("Alleen voor de coördinator", "Harelbeke Centrum"); refused.status != http.StatusForbidden {
		t.Errorf("closing a year answered %d", refused.status)
	}
	program := b.post("/practice/add-term", `{"list": "theme", "term": {"code": "tuin", "label": "Tuin"}}`, with{"Authorization", "Bearer " + workers})
	if p := readProblem(t, program); program.StatusCode != http.StatusForbidden || p.Code != "coordinators-only" {
		t.Errorf("a program of a worker: %d %s", program.StatusCode, p.Code)
	}
	if b.recorded() != before {
		t.Error("something was recorded")
	}
}

// A program closes a year with what the site counts: figures of its own are refused, and none need be sent.
func TestAProgramClosesAYearWithWhatIsCounted(t *testing.T) {
	b := opened(t)
	b.must(b.post("/contacts", `{"on": "2025-11-03", "activity": "huisbezoek"}`), 201)
	before := b.recorded()
	for name, figures := range map[string]string{
		"invented": `[{"figure": "contacten", "version": 1, "value": 400}]`, "none of them": `[]`,
	} {
		refused := b.post("/practice/close-year", `{"year": 2025, "figures": `+figures+`}`)
		if p := readProblem(t, refused); refused.StatusCode != http.StatusConflict || p.Code != "figures-moved" {
			t.Errorf("%s figures: %d %s", name, refused.StatusCode, p.Code)
		}
	}
	if b.recorded() != before {
		t.Error("something was recorded")
	}
	key := with{keyHeader, "5b3f6f0e-9a55-4d5e-8d3c-0d2d2f4d7a11"}
	b.must(b.post("/practice/close-year", `{"year": 2025}`, key), 200)
	b.visitor().catchUp()
	for _, value := range b.Set.Figures.Year("harelbeke-centrum", 2025) {
		if !value.Closed || value.Figure.Code == "contacten" && value.Value != 1 {
			t.Errorf("%s stands as %d, closed %v", value.Figure.Code, value.Value, value.Closed)
		}
	}
	if again := b.must(b.post("/practice/close-year", `{"year": 2025}`, key), 200); !strings.Contains(string(again.body), `"repeated":true`) {
		t.Errorf("sent again: %s", again.body)
	}
}

// A year that is not over, and one of which nothing is defined, say why they cannot be closed.
func TestAYearThatCannotBeClosedSaysWhy(t *testing.T) {
	v := opened(t).visitor()
	for address, why := range map[string]string{
		"/cijfers/2026/afsluiten": "Het jaar 2026 is nog niet om.",
		"/cijfers/1999/afsluiten": "geen cijfer met een definitie",
	} {
		page := v.open(address)
		page.says("Dit jaar kan je nu niet afsluiten", why)
		if page.form(address) != nil {
			t.Errorf("%s can be closed", address)
		}
	}
	if words := v.open("/cijfers/2026").words(); strings.Contains(words, "Sluit dit jaar af") {
		t.Error("closing this year is offered")
	}
}

// A card is made outside a contact: it is in no event, and nothing leads from it to a contact.
func TestACardIsMadeWithoutAContact(t *testing.T) {
	b := opened(t)
	v, before := b.visitor(), b.recorded()
	empty := v.open("/kaarten")
	empty.says("Er zijn nog geen kaarten.", "Wat een kaart niet is")
	v.fill(empty, "/kaarten", url.Values{"nickname": {" "}}).says("Er is nog niets bewaard.", "bijnaam")
	for range 2 {
		v.fill(empty, "/kaarten", url.Values{"nickname": {"rode fiets"}, "earlierYear": {"no"}}).
			says("De kaart is gemaakt.", "1 kaart.", "rode fiets")
	}
	page := v.fill(v.open("/kaarten"), "/kaarten", url.Values{"nickname": {"blauwe jas"}})
	page.says("2 kaarten, volgens bijnaam. blauwe jas rode fiets")
	if b.recorded() != before {
		t.Errorf("%d events were recorded", b.recorded()-before)
	}
	for node := range page.root.Descendants() {
		if attribute(node, "class") == "nicknames" {
			for inside := range node.Descendants() {
				if inside.Type == html.ElementNode && inside.Data != "li" {
					t.Errorf("a nickname holds <%s>", inside.Data)
				}
			}
		}
	}
	b.gate.sessions[v.session] = b.gate.tokens[theirs]
	if words := v.open("/kaarten").words(); strings.Contains(words, "blauwe jas") {
		t.Error("another practice sees the cards")
	}
}

// The count of possible concerns stands with the figures of its year, apart, and with no period of one's own choice.
func TestConcernsAreCountedByYear(t *testing.T) {
	v := opened(t).visitor()
	v.fill(v.open("/contacten/nieuw"), "/contacten/nieuw", url.Values{"activity": {"huisbezoek"}, "concern": {"yes"}})
	v.open("/cijfers/2026").says("Mogelijke verontrusting 1 in 2026. Een telling per jaar, alle praktijken samen.")
	v.open("/cijfers/2025").says("Mogelijke verontrusting niet geregistreerd")
	if words := v.open("/cijfers/periode?from=2026-01-01&to=2026-01-31").words(); strings.Contains(words, "Een telling per jaar") {
		t.Error("a period says how many concerns there were")
	}
}

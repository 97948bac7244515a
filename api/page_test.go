package api

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Every page without a variable opens, in a practice where nothing happened and in one where everything did.
func TestEveryPageOpens(t *testing.T) {
	for name, b := range map[string]*bench{"empty": opened(t), "walked": walked(t).bench} {
		t.Run(name, func(t *testing.T) {
			v := b.visitor()
			for _, rt := range b.pages() {
				if rt.method == http.MethodGet && rt.door != auditors && !strings.Contains(rt.pattern, "{") {
					v.open(rt.pattern)
				}
			}
		})
	}
}

// Every link that a page shows leads somewhere, as far as it leads.
func TestNoLinkIsDead(t *testing.T) {
	opened := walked(t).visitor().crawl()
	for _, page := range opened {
		showsDays(page)
	}
	if len(opened) < 30 {
		t.Errorf("only %d addresses were found: %v", len(opened), slices.Sorted(maps.Keys(opened)))
	}
}

// showsDays holds that a form that asks on which day it was, shows one: a field that is left as it is means what it says.
func showsDays(page seen) {
	for node := range page.root.Descendants() {
		if node.Data != "form" || attribute(node, "method") != "post" {
			continue
		}
		if fields := standing(node); fields.Has("on") && fields.Get("on") == "" {
			page.Errorf("%s: form %s shows no day", page.address, attribute(node, "action"))
		}
	}
}

func links(page seen) []string {
	var found []string
	for node := range page.root.Descendants() {
		if href := attribute(node, "href"); node.Type == html.ElementNode && href != "" {
			found = append(found, href)
		}
	}
	return found
}

func TestAContactIsRegisteredAndTheNextOneKeepsItsPlace(t *testing.T) {
	v := opened(t).visitor()
	next := v.fill(v.open("/contacten/nieuw"), "/contacten/nieuw", url.Values{
		"activity": {"huisbezoek"}, "place": {"privaat"}, "on": {"2026-03-02"}, "known": {"yes"}, "do": {"next"},
		"requests/0/themes": {"huisvesting", "werk"}, "requests/0/approaches": {"doorverwijzing"},
		"requests/0/services": {"huis-van-welzijn"},
	})
	next.says("Nieuw contact", "Het contact is bewaard.")
	fields := standing(next.form("/contacten/nieuw"))
	for name, want := range map[string]string{
		"activity": "huisbezoek", "place": "privaat", "on": "2026-03-02", "requests/0/themes": "", "known": "",
	} {
		if got := fields.Get(name); got != want {
			t.Errorf("%s is %q in the next form, want %q", name, got, want)
		}
	}
	v.open("/contacten").says("02/03/2026 Huisbezoek Huisvesting Werk Doorverwijzing")
}

// A form that is refused comes back as it was left, with what is wrong; and nothing is recorded.
func TestARefusedFormStaysFilled(t *testing.T) {
	tests := map[string]struct {
		filled url.Values
		status int
		says   string
	}{
		"no activity":   {url.Values{}, 422, "Activiteit"},
		"no such day":   {url.Values{"activity": {"huisbezoek"}, "on": {"31/31/2020"}}, 422, "geen datum"},
		"emptied day":   {url.Values{"activity": {"huisbezoek"}, "on": {""}}, 422, "Vul in op welke dag het was."},
		"future":        {url.Values{"activity": {"huisbezoek"}, "on": {"2031-01-01"}}, 422, "moet nog komen"},
		"unknown theme": {url.Values{"activity": {"huisbezoek"}, "requests/0/themes": {"weg", "werk"}}, 422, "lijst"},
		"no card":       {url.Values{"activity": {"huisbezoek"}, "person": {"card"}}, 422, "kaart"},
		"no nickname":   {url.Values{"activity": {"huisbezoek"}, "person": {"new"}}, 422, "bijnaam"},
		"focusgroep":    {url.Values{"activity": {"focusgroep"}, "person": {"new"}, "nickname": {"rode fiets"}}, 422, "focusgroep"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			b := opened(t)
			v, before := b.visitor(), b.recorded()
			filled := url.Values{"known": {"no"}, "requests/0/approaches": {"informatie"}}
			maps.Copy(filled, test.filled)
			page := v.fill(v.open("/contacten/nieuw"), "/contacten/nieuw", filled)
			if page.status != test.status || b.recorded() != before {
				t.Errorf("answered %d, and recorded %d events", page.status, b.recorded()-before)
			}
			page.says("Er is nog niets bewaard.", test.says)
			fields := standing(page.form("/contacten/nieuw"))
			if fields.Get("known") != "no" || fields.Get("requests/0/approaches") != "informatie" {
				t.Errorf("the form came back as %v", fields)
			}
		})
	}
}

func TestRoomForOneMoreHelpRequestRecordsNothing(t *testing.T) {
	b := opened(t)
	v, before := b.visitor(), b.recorded()
	page := v.fill(v.open("/contacten/nieuw"), "/contacten/nieuw", url.Values{"do": {"more"}, "requests/0/themes": {"werk"}})
	page.says("Hulpvraag 2")
	if got := standing(page.form("/contacten/nieuw")); got.Get("requests/0/themes") != "werk" || len(got["requests"]) != 2 {
		t.Errorf("the form came back as %v", got)
	}
	if b.recorded() != before {
		t.Error("something was recorded")
	}
}

// A possible concern is counted once, however often the form arrives, and stands in no event.
func TestAPossibleConcernIsCountedApart(t *testing.T) {
	b := opened(t)
	v := b.visitor()
	form := v.open("/contacten/nieuw")
	filled := url.Values{"activity": {"huisbezoek"}, "concern": {"yes"}}
	for range 2 {
		v.fill(form, "/contacten/nieuw", filled).says("Mogelijke verontrusting", "Wat je nu doet")
	}
	if n, err := b.vault.Concerns(context.Background(), 2026); n != 1 || err != nil {
		t.Errorf("%d concerns were counted, %v", n, err)
	}
	v.open("/contacten").says("1 contact op deze pagina.")
}

// A card that is made with a contact can be chosen at the next one; sent twice, it is made once.
func TestANewCardIsMadeOnce(t *testing.T) {
	b := opened(t)
	v := b.visitor()
	form := v.open("/contacten/nieuw")
	filled := url.Values{"activity": {"huisbezoek"}, "person": {"new"}, "nickname": {"rode fiets"}, "earlierYear": {"no"}}
	for range 2 {
		v.fill(form, "/contacten/nieuw", filled)
	}
	cards, err := b.vault.Cards(context.Background(), "harelbeke-centrum")
	if err != nil || len(cards) != 1 {
		t.Fatalf("cards are %v, %v", cards, err)
	}
	v.fill(v.open("/contacten/nieuw"), "/contacten/nieuw", url.Values{
		"activity": {"huisbezoek"}, "person": {cards[0].ID.String()}, "do": {"save"},
	}).says("Iemand herkend.")
}

func TestAContactIsCorrectedFollowedUpAndWithdrawn(t *testing.T) {
	v := opened(t).visitor()
	page := v.fill(v.open("/contacten/nieuw"), "/contacten/nieuw", url.Values{
		"activity": {"huisbezoek"}, "requests/0/themes": {"werk"}, "do": {"save"},
	})
	address, _, _ := strings.Cut(page.address, "?")
	page = v.fill(v.open(page.link(address+"/verbeteren")), address+"/verbeteren", url.Values{
		"activity": {"digipunt"}, "reason": {"wrongly-entered"}, "person": {"none"},
	})
	page.says("De verbetering is bewaard.", "Digipunt", "Verbeterd: verkeerd ingevuld")
	page = v.fill(page, address+"/opvolgen", url.Values{"approaches": {"advies"}, "settled": {"yes"}})
	page.says("De opvolging is bewaard.", "Advies", "Afgerond.")
	v.fill(page, address+"/intrekken", nil).says("Er is nog niets bewaard.")
	v.fill(page, address+"/intrekken", url.Values{"reason": {"entered-twice"}}).says("Dit contact telt niet mee.")
}

// A correction of what somebody else changed meanwhile is refused: both would be surprised.
func TestAStaleCorrectionIsRefused(t *testing.T) {
	v := opened(t).visitor()
	page := v.fill(v.open("/contacten/nieuw"), "/contacten/nieuw", url.Values{"activity": {"huisbezoek"}, "do": {"save"}})
	address, _, _ := strings.Cut(page.address, "?")
	form := v.open(address + "/verbeteren")
	correction := url.Values{"activity": {"digipunt"}, "reason": {"incomplete"}, "person": {"none"}}
	v.fill(v.open(address+"/verbeteren"), address+"/verbeteren", correction).says("De verbetering is bewaard.")
	correction.Set("activity", "naaiatelier")
	if page := v.fill(form, address+"/verbeteren", correction); page.status != http.StatusPreconditionFailed {
		t.Errorf("answered %d", page.status)
	}
}

func TestAMomentIsRecordedCorrectedAndWithdrawn(t *testing.T) {
	v := opened(t).visitor()
	filled := url.Values{"activity": {"soep-met-babbels"}, "present": {"acht"}}
	page := v.fill(v.open("/momenten/nieuw"), "/momenten/nieuw", filled)
	page.says("Er is nog niets bewaard.", "getal")
	page = v.fill(page, "/momenten/nieuw", url.Values{"present": {""}})
	page.says("Er is nog niets bewaard.", "getal") // nobody counted, which is not nobody there
	page = v.fill(page, "/momenten/nieuw", url.Values{"present": {"8"}})
	page.says("Het moment is bewaard.", "Aanwezigen 8")
	address, _, _ := strings.Cut(page.address, "?")
	v.fill(v.open(address+"/verbeteren"), address+"/verbeteren", url.Values{"present": {"9"}, "reason": {"incomplete"}}).
		says("De verbetering is bewaard.", "Aanwezigen 9")
	v.fill(v.open(address), address+"/intrekken", url.Values{"reason": {"entered-in-error"}}).
		says("Dit moment telt niet mee.")
	v.open("/momenten").says("Soep met Babbels")
}

func TestTheFocusgroepMeetsAndWeighsThemes(t *testing.T) {
	v := opened(t).visitor()
	page := v.fill(v.open("/focusgroep"), "/focusgroep", url.Values{"day": {"2026-03-03"}, "place": {"Buurthuis"}})
	page.says("De bijeenkomst is gepland.", "Buurthuis")
	address, _, _ := strings.Cut(page.address, "?")
	v.fill(page, address+"/houden", url.Values{"present": {"9"}, "newcomers": {"12"}}).says("Er is nog niets bewaard.")
	page = v.fill(page, address+"/houden", url.Values{"present": {"9"}, "newcomers": {"2"}})
	page.says("De bijeenkomst is bewaard.", "Aanwezigen 9")
	v.fill(page, address+"/themas", url.Values{"theme": {""}, "weight": {"4"}}).says("Er is nog niets bewaard.")
	page = v.fill(page, address+"/themas", url.Values{"theme": {"mobiliteit"}, "weight": {"4"}})
	page.says("Mobiliteit Woog 4 op 5.")
	v.fill(page, address+"/sluiten", nil).says("Gehouden en afgesloten.")
	v.open("/themas").says("Mobiliteit", "minstens 2 van de laatste 4")
}

func TestAFocusgroepThatDoesNotTakePlace(t *testing.T) {
	v := opened(t).visitor()
	page := v.fill(v.open("/focusgroep"), "/focusgroep", url.Values{"day": {"2026-03-03"}})
	address, _, _ := strings.Cut(page.address, "?")
	v.fill(page, address+"/afgelasten", nil).says("De bijeenkomst gaat niet door.", "Gaat niet door.")
	v.open("/focusgroep").says("Gaat niet door.")
}

func TestFiguresSayWhatIsNotRecorded(t *testing.T) {
	v := opened(t).visitor()
	v.open("/cijfers").says("niet geregistreerd", "(versie")
	v.fill(v.open("/contacten/nieuw"), "/contacten/nieuw", url.Values{"activity": {"huisbezoek"}})
	v.open("/cijfers/2026").says("Contacten 1 Alle contacten")
	v.open("/cijfers/periode?from=2026-01-01&to=2026-12-31").says("Van 01/01/2026 tot en met 31/12/2026.")
	if page := v.ask("GET", "/cijfers/periode?from=morgen", nil); page.status != http.StatusUnprocessableEntity {
		t.Errorf("answered %d", page.status)
	}
}

func TestACodeIsAddedRenamedAndRetired(t *testing.T) {
	v := opened(t).visitor()
	added := url.Values{"term/label": {"Énergie & water"}}
	page := v.fill(v.open("/codelijsten/theme"), "/codelijsten/theme/toevoegen", added)
	page.says("De code is bewaard.", "energie-water")
	v.ask("POST", "/codelijsten/theme/hernoemen", withCode(page, "hernoemen", "energie-water", "label", "Energie")).
		says("De naam van de code is bewaard.", "Énergie & water")
	v.ask("POST", "/codelijsten/theme/intrekken", withCode(page, "intrekken", "energie-water", "", "")).
		says("De code wordt niet meer aangeboden.", "niet meer aangeboden")
	taken := url.Values{"term/label": {"Iets anders"}, "term/code": {"werk"}}
	v.fill(page, "/codelijsten/theme/toevoegen", taken).says("Er is nog niets bewaard.")
}

// withCode is the form about one code, of all those with the same action on the page.
func withCode(page seen, action, code, name, value string) url.Values {
	for node := range page.root.Descendants() {
		if node.Data != "form" || !strings.HasSuffix(attribute(node, "action"), action) {
			continue
		}
		if fields := standing(node); fields.Get("code") == code {
			if name != "" {
				fields.Set(name, value)
			}
			return fields
		}
	}
	return nil
}

// What belongs to another practice, and what nobody ever made, look the same.
func TestPagesOfOthersAreNotThere(t *testing.T) {
	b := opened(t)
	v := b.visitor()
	for _, address := range []string{
		"/contacten/b4a9c2a0-0000-4000-8000-000000000000", "/momenten/x", "/focusgroep/x", "/codelijsten/x", "/cijfers/20266",
	} {
		if page := v.ask("GET", address, nil); page.status != http.StatusNotFound {
			t.Errorf("%s answered %d", address, page.status)
		}
	}
	page := v.fill(v.open("/contacten/nieuw"), "/contacten/nieuw", url.Values{"activity": {"huisbezoek"}, "do": {"save"}})
	b.gate.sessions[v.session] = b.gate.tokens[theirs]
	if page := v.ask("GET", page.address, nil); page.status != http.StatusNotFound {
		t.Errorf("another practice sees it: %d", page.status)
	}
}

// A card that was made with a contact that is refused is chosen in the form that comes back: no second one is made.
func TestACardOfARefusedContactStaysChosen(t *testing.T) {
	b := opened(t)
	v := b.visitor()
	page := v.fill(v.open("/contacten/nieuw"), "/contacten/nieuw", url.Values{
		"activity": {"huisbezoek"}, "person": {"new"}, "nickname": {"rode fiets"}, "requests/0/themes": {"weg"},
	})
	cards, err := b.vault.Cards(context.Background(), "harelbeke-centrum")
	if err != nil || len(cards) != 1 {
		t.Fatalf("cards are %v, %v", cards, err)
	}
	if fields := standing(page.form("/contacten/nieuw")); fields.Get("person") != cards[0].ID.String() {
		t.Errorf("the form came back as %v", fields)
	}
}

func TestAPeriodThatRunsBackwardsIsRefused(t *testing.T) {
	v := opened(t).visitor()
	for _, list := range []string{"/contacten", "/momenten", "/doorverwijzingen", "/cijfers/periode", "/overzicht"} {
		page := v.ask("GET", list+"?from=2026-02-01&to=2026-01-31", nil)
		if page.says("De periode eindigt voor ze begint."); page.status != 422 {
			t.Errorf("%s answered %d", list, page.status)
		}
		v.open(list + "?from=2026-02-01&to=2026-02-01")
	}
}

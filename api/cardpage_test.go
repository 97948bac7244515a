package api

import (
	"net/url"
	"strings"
	"testing"

	"signaalboek/domain"
)

// card makes a card through the interface for programs.
func (b *bench) card(nickname string) string {
	b.Helper()
	return b.must(b.post("/cards", `{"nickname": "`+nickname+`"}`), 201).field(b, "id")
}

// came records a contact with somebody.
func (b *bench) came(on, activity, card string) {
	b.Helper()
	b.must(b.post("/contacts", `{"on": "`+on+`", "activity": "`+activity+`", "card": "`+card+`"}`), 201)
}

// chips is the people that the form of a contact offers, in order.
func (page seen) chips() (offered []string) {
	page.Helper()
	form := page.form("/contacten/nieuw")
	for node := range form.Descendants() {
		if attribute(node, "name") == "person" {
			offered = append(offered, attribute(node, "value"))
		}
	}
	return offered
}

// The cards of the activity come first, the last one foremost; the others are found by their nickname, and the one that
// was chosen stays.
func TestTheFormOffersTheCardsOfTheActivity(t *testing.T) {
	b := opened(t)
	v := b.visitor()
	cards := map[string]string{}
	for _, nickname := range strings.Fields("aap beer duif ezel fret geit haas ibis jak kat leeuw") {
		cards[nickname] = b.card("de " + nickname)
	}
	b.came("2026-02-01", "digipunt", cards["leeuw"])
	b.came("2026-01-01", "digipunt", cards["kat"])
	b.came("2026-02-01", "huisbezoek", cards["jak"])

	page := v.open("/contacten/nieuw?activity=digipunt")
	page.says("Nog 3 andere kaarten.")
	if got := page.chips(); len(got) != 10 || got[0] != "none" || got[1] != cards["kat"] || got[2] != cards["leeuw"] || got[9] != "new" {
		t.Errorf("offered %q", got)
	}
	before := b.recorded()
	page = v.fill(page, "/contacten/nieuw", url.Values{"person": {cards["kat"]}, "look": {"IB"}, "do": {"look"}})
	if got := page.chips(); len(got) != 4 || got[1] != cards["kat"] || got[2] != cards["ibis"] {
		t.Errorf("looked for ib: %q", got)
	}
	if fields := standing(page.form("/contacten/nieuw")); fields.Get("person") != cards["kat"] || fields.Get("activity") != "digipunt" {
		t.Errorf("the form came back as %v", fields)
	}
	page.says("Je ziet de kaarten met ‘IB’ in de bijnaam.")
	v.fill(page, "/contacten/nieuw", url.Values{"look": {"geit"}, "do": {"next"}}).says("‘geit’") // Enter in the field
	page = v.fill(page, "/contacten/nieuw", url.Values{"activity": {"huisbezoek"}, "look": {""}, "do": {"look"}, "person": {"none"}})
	if got := page.chips(); got[1] != cards["jak"] {
		t.Errorf("at another activity: %q", got)
	}
	if b.recorded() != before {
		t.Error("looking recorded something")
	}
}

// At the focusgroep, and at what counts as it, no card comes through any door; and none is made for it.
func TestNoCardAtAFocusgroep(t *testing.T) {
	b := opened(t)
	b.must(b.post("/practice/add-term", `{"list": "activity", "term": {"code": "klankbord", "label": "Klankbord", "core": "focusgroep"}}`), 200)
	card := b.card("rode fiets")
	contact := b.must(b.post("/contacts", `{"on": "2026-01-02", "activity": "huisbezoek"}`), 201).field(b, "id")
	v := b.visitor()
	for _, activity := range []string{"focusgroep", "klankbord"} {
		before := b.recorded()
		registered := b.post("/contacts", `{"activity": "`+activity+`", "card": "`+card+`"}`)
		if p := readProblem(t, registered); p.Code != "contact-focusgroep-card" {
			t.Errorf("%s: registered: %s", activity, registered.body)
		}
		corrected := b.post("/contacts/"+contact+"/correct",
			`{"activity": "`+activity+`", "person": "card", "card": "`+card+`", "reason": "wrong-person"}`, with{"If-Match", `"0"`})
		if p := readProblem(t, corrected); p.Code != "contact-focusgroep-card" {
			t.Errorf("%s: corrected: %s", activity, corrected.body)
		}
		for name, person := range map[string]url.Values{
			"a card":     {"person": {card}},
			"a new card": {"person": {"new"}, "nickname": {"blauwe muts"}},
		} {
			person.Set("activity", activity)
			page := v.fill(v.open("/contacten/nieuw"), "/contacten/nieuw", person)
			if page.status != 422 {
				t.Errorf("%s: %s on the form answered %d", activity, name, page.status)
			}
			page.says("Bij de focusgroep gebruiken we geen herkenningskaart")
		}
		if b.recorded() != before {
			t.Errorf("%s: something was recorded", activity)
		}
	}
	cards, err := b.vault.RecentCards(t.Context(), "harelbeke-centrum", "focusgroep")
	if err != nil || len(cards) != 1 {
		t.Errorf("cards are %v, %v", cards, err)
	}
}

// A nickname that says who somebody is comes through no door.
func TestANicknameIsNoName(t *testing.T) {
	b := opened(t)
	v := b.visitor()
	const name = "Fatima Benali"
	sent := b.must(b.post("/cards", `{"nickname": "`+name+`"}`), 422)
	if p := readProblem(t, sent); p.Code != "nickname-identifies" || strings.Contains(string(sent.body), "Benali") {
		t.Errorf("answered %s", sent.body)
	}
	v.fill(v.open("/kaarten"), "/kaarten", url.Values{"nickname": {name}}).says("Er is nog niets bewaard.", "rode fiets")
	page := v.fill(v.open("/contacten/nieuw"), "/contacten/nieuw", url.Values{
		"activity": {"huisbezoek"}, "person": {"new"}, "nickname": {name},
	})
	page.says("waaraan een ander kan zien wie het is")
	if cards, err := b.vault.Cards(t.Context(), "harelbeke-centrum"); err != nil || len(cards) != 0 {
		t.Errorf("%d cards were made, %v", len(cards), err)
	}
}

// Two cards are merged once, however often the form arrives; what is told says that it is for good.
func TestTwoCardsAreMergedOnAPage(t *testing.T) {
	b := opened(t)
	v := b.visitor()
	keep, other := b.card("rode fiets"), b.card("blauwe muts")
	b.came("2026-01-01", "huisbezoek", keep)
	b.came("2026-01-02", "huisbezoek", other)
	v.open("/cijfers/2026").says("Unieke contacten 2")
	before := b.recorded()
	page := v.open("/kaarten/samenvoegen")
	page.says("Je kan dit niet ongedaan maken", "In het logboek staat niet over welke kaarten het gaat.")
	v.fill(page, "/kaarten/samenvoegen", url.Values{"keep": {keep}}).says("Er is nog niets bewaard.", "bestaat niet")
	v.fill(page, "/kaarten/samenvoegen", url.Values{"keep": {keep}, "other": {keep}}).says("twee keer dezelfde")
	for range 2 {
		v.fill(page, "/kaarten/samenvoegen", url.Values{"keep": {keep}, "other": {other}}).
			says("De twee kaarten zijn nu één kaart.", "1 kaart.", "rode fiets")
	}
	if n := b.recorded() - before; n != 1 {
		t.Errorf("%d events were recorded, want one for the one year", n)
	}
	v.open("/cijfers/2026").says("Unieke contacten 1")
	for recorded, err := range b.store.ReadAll(t.Context(), domain.Position{}) {
		said := string(recorded.Payload) + string(recorded.Metadata) + string(recorded.Stream)
		if err != nil || strings.Contains(said, keep) || strings.Contains(said, other) {
			t.Errorf("%s names a card, %v", recorded.Name, err)
		}
	}
}

// A trait is asked only while a figure needs it, and says which; it stands on the card and in the figure, and in no event.
func TestTraitsAreAskedForAFigure(t *testing.T) {
	b := opened(t)
	v := b.visitor()
	if words := v.open("/kaarten").words(); strings.Contains(words, "Geslacht") {
		t.Error("a trait is asked that no figure needs")
	}
	refused := b.must(b.post("/cards", `{"nickname": "rode fiets", "traits": [{"trait": "gender", "class": "vrouw"}]}`), 422)
	if p := readProblem(t, refused); p.Code != "trait-not-asked" {
		t.Errorf("answered %s", refused.body)
	}
	v.fill(v.open("/codelijsten/cijfers"), "/codelijsten/cijfers", url.Values{
		"label": {"Vrouwen"}, "unit": {"unique"}, "where/gender": {"vrouw"}, "fromYear": {"2026"}, "definition": {"Vrouwen die we herkenden."},
	}).says("De definitie is bewaard.", "Geslacht: Vrouw.")

	before := b.recorded()
	v.fill(v.open("/kaarten"), "/kaarten", url.Values{"nickname": {"rode fiets"}, "traits/gender": {"vrouw"}}).
		says("De kaart is gemaakt.", "Gevraagd voor: Vrouwen.")
	cards, err := b.vault.Cards(t.Context(), "harelbeke-centrum")
	if err != nil || len(cards) != 1 || cards[0].Traits["gender"] != "vrouw" {
		t.Fatalf("cards are %v, %v", cards, err)
	}
	address := cardAddress(cards[0].ID)
	v.fill(v.open(address), address, url.Values{"traits/gender": {"man"}}).says("De kenmerken zijn bewaard.")
	v.fill(v.open(address), address, url.Values{"traits/gender": {"anders"}})
	v.fill(v.open(address), address, url.Values{"traits/gender": {"paars"}}).says("Er is nog niets bewaard.")
	v.fill(v.open(address), address, url.Values{"traits/gender": {"vrouw"}})
	if b.recorded() != before {
		t.Error("a trait was recorded")
	}
	b.came("2026-01-01", "huisbezoek", cards[0].ID.String())
	b.came("2026-01-02", "huisbezoek", b.card("blauwe muts"))
	v.open("/cijfers/2026").says("Vrouwen 1 van 1 is het niet geweten")
	b.gate.sessions[v.session] = b.gate.tokens[theirs]
	if page := v.ask("GET", address, nil); page.status != 404 {
		t.Errorf("another practice sees a card: %d", page.status)
	}
}

// A possible concern is counted without any contact, once however often the form arrives.
func TestAConcernIsCountedWithoutAContact(t *testing.T) {
	b := opened(t)
	v, before := b.visitor(), b.recorded()
	page := v.open("/verontrusting")
	page.says("Wat je nu doet", "bel dan 112")
	for range 2 {
		v.fill(page, "/verontrusting", url.Values{"on": {"2026-01-02"}}).says("Er is één bijgeteld", "Wat je nu doet")
	}
	v.fill(page, "/verontrusting", url.Values{"on": {"2027-01-02"}}).says("moet nog komen")
	if n, err := b.vault.Concerns(t.Context(), 2026); n != 1 || err != nil || b.recorded() != before {
		t.Errorf("%d concerns were counted, %d events recorded, %v", n, b.recorded()-before, err)
	}
}

// A closed year says when its key goes, and what is forgotten after it reads so and not as zero; years that nobody closed
// are named.
func TestFiguresSayWhatIsClosedAndForgotten(t *testing.T) {
	b := opened(t)
	v := b.visitor()
	card := b.card("rode fiets")
	b.came("2023-01-02", "huisbezoek", card)
	b.came("2024-01-02", "huisbezoek", card)
	v.open("/cijfers/2026").says("Deze jaren wachten nog om afgesloten te worden", "2023 2024")
	b.must(b.post("/practice/close-year", `{"year": 2023}`), 200)
	v.open("/cijfers/2023").says("De sleutel van dit jaar is vernietigd", "Unieke contacten Vastgelegd bij het afsluiten van het jaar. 1")
	b.must(b.post("/practice/close-year", `{"year": 2024}`), 200)
	v.open("/cijfers/2024").says("Vanaf 01/07/2026 wordt de sleutel vernietigd")
	if words := v.open("/cijfers/2026").words(); strings.Contains(words, "wachten nog") {
		t.Error("a closed year waits to be closed")
	}
	if err := b.vault.DestroyYear(t.Context(), "harelbeke-centrum", 2023); err != nil {
		t.Fatal(err)
	}
	b.Set.ForgetYear("harelbeke-centrum", 2023)
	page := v.open("/cijfers/2023")
	page.says("Unieke contacten Vastgelegd bij het afsluiten van het jaar. 1", "Huisbezoek 1 0 vergeten vergeten vergeten")
	v.open("/cijfers/periode?from=2023-01-01&to=2023-06-30").says("vergeten", "1 contact is niet meer te onderscheiden")
}

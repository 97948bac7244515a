package api

import (
	"fmt"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"signaalboek/domain"
	"signaalboek/domain/pursuit"
)

// A recommendation is drafted from a signal, adopted, scheduled, decided, carried out and told, through pages alone.
func TestARecommendationWalksItsRoad(t *testing.T) {
	v, signal := pickedUp(t)
	page := v.confirm(v.fill(v.open(signal.link("/aanbevelingen/nieuw")), "/aanbevelingen/nieuw", url.Values{
		"text": {"Laat gezinnen achteraf betalen."}, "madeBy": {"focusgroep"},
	}))
	page.says("Het is vastgelegd.", "Laat gezinnen achteraf betalen.", "gemaakt door de focusgroep")
	page = v.take(page, "adopt", url.Values{"meeting": v.options(page, "adopt", "meeting")})
	page = v.take(page, "reword", url.Values{"text": {"Laat gezinnen gespreid betalen."}})
	page.says("versie 2", "overgenomen door de focusgroep")
	page = v.take(page, "schedule", url.Values{"forum": {"gemeenteraad"}})
	page.says("Er klopt iets niet.")
	page = v.fill(page, page.address, url.Values{"through": {"petition"}})
	page.says("Op de agenda van Gemeenteraad gezet op 05/03/2026.")
	page = v.take(page, "decide", url.Values{
		"forum": {"gemeenteraad"}, "verdict": {"adopted"}, "motivation": {"Het past in het armoedebeleid."},
		"reference/uri": {"https://lblod.harelbeke.be/besluit/1"},
	})
	page.says("Gemeenteraad nam een beslissing op 05/03/2026. Beslissing: aangenomen.", "Officiële publicatie")
	page = v.take(page, "feed-back", url.Values{"channel": {"mondeling"}})
	page.says("Teruggekoppeld op 05/03/2026.")
	v.open("/aanbevelingen?forum=gemeenteraad").says("1 voorstel op deze pagina.")
	v.open("/overzicht").says("1 keer is iets aangenomen.", "Laat gezinnen gespreid betalen.")
	v.open("/zoeken?q=gespreid").says("1 resultaat.")
}

// A debt leads to the form that pays it, with the setting chosen.
func TestADebtLeadsToItsForm(t *testing.T) {
	v, page := pickedUp(t)
	v.take(page, "answer-by-own-offer", url.Values{"what": {"Een eigen kamp."}})
	debts := v.open("/terugkoppeling")
	debts.says("Focusgroep van 20/02/2026", "We deden het zelf anders op 05/03/2026.")
	tell := v.open(linkTo(debts, "?plek=focusgroep%2F"))
	tell.address = strings.Split(tell.address, "?")[0]
	if setting := standing(tell.form(tell.address + "/feed-back")).Get("setting"); !strings.HasPrefix(setting, "focusgroep/") {
		t.Errorf("the form is about %q", setting)
	}
	v.take(tell, "feed-back", url.Values{"channel": {"focusgroep"}}).says("De stap is bewaard.")
	v.open("/terugkoppeling").says("Niemand wacht op een antwoord.")
}

func linkTo(page seen, part string) string {
	for node := range page.root.Descendants() {
		if href := attribute(node, "href"); strings.Contains(href, part) {
			return href
		}
	}
	return ""
}

// A help request that was marked as a signal waits on the debt page until a signal takes it up.
func TestAHelpRequestBecomesASignal(t *testing.T) {
	v := opened(t).visitor()
	v.fill(v.open("/contacten/nieuw"), "/contacten/nieuw", url.Values{
		"activity": {"huisbezoek"}, "on": {"2026-03-02"}, "requests/0/themes": {"huisvesting"},
		"requests/0/approaches": {"opgepikt-als-signaal"},
	})
	waiting := v.open("/terugkoppeling")
	waiting.says("Hulpvraag 1 van 02/03/2026")
	form := v.open(waiting.link("/signalen/nieuw?"))
	v.fill(form, "/signalen/nieuw", nil).says("Het signaal is opgepikt.", "Huisvesting", "Huisbezoek in 2026")
	v.open("/terugkoppeling").says("Elke hulpvraag die opgepikt werd, hoort bij een signaal.")
}

// A forum plans, holds and cancels its meetings, and its documents are linked.
func TestAForumMeets(t *testing.T) {
	v := opened(t).visitor()
	plan := func(day string) seen {
		return v.fill(v.open("/overleg/gemeenteraad"), "/overleg/gemeenteraad", url.Values{"day": {day}})
	}
	plan("2026-03-20").says("De bijeenkomst is gepland.", "20/03/2026 Gepland.", "Voor de agenda van 20/03/2026")
	page := v.fill(v.open("/overleg/gemeenteraad"), v.open("/overleg/gemeenteraad").action("/schrappen"), nil)
	page.says("Ging niet door.")
	page = plan("2026-03-01")
	page = v.fill(page, page.action("/houden"), nil)
	page.says("01/03/2026 Gehouden.", "De vorige bijeenkomst was op 01/03/2026.")
	page = v.fill(page, page.action("/documenten"), url.Values{
		"documents/0/kind": {"minutes"}, "documents/0/uri": {"geen link"},
	})
	page.says("Er klopt iets niet.")
	page = v.fill(page, page.action("/documenten"), url.Values{"documents/0/uri": {"https://lblod.harelbeke.be/zitting/1"}})
	page.says("verslag")
}

// action is the first form of a page whose action ends so.
func (p seen) action(ending string) string {
	p.Helper()
	for node := range p.root.Descendants() {
		if action := attribute(node, "action"); strings.HasSuffix(action, ending) {
			return action
		}
	}
	p.Fatalf("%s has no form for %s", p.address, ending)
	return ""
}

// A referral is made, what is heard of it is told, and the traffic with its service says so.
func TestAReferralIsFollowed(t *testing.T) {
	v := opened(t).visitor()
	page := v.fill(v.open("/doorverwijzingen/nieuw"), "/doorverwijzingen/nieuw", url.Values{
		"service": {"stadhuis"}, "warm": {"yes"}, "themes": {"huisvesting"},
	})
	page.says("De doorverwijzing is bewaard.", "Stadhuis", "nog niet geweten", "iemand ging mee")
	form := page.referralForm()
	v.fill(page, form, nil).says("Er klopt iets niet.")
	page = v.fill(page, form, url.Values{"heard": {"miss/threshold"}})
	page.says("een drempel hield tegen")
	v.fill(page, form, url.Values{"heard": {"arrive"}}).says("aangekomen")
}

// What follows from a help request is told of the help request.
func TestAReferralFromAHelpRequestIsFollowed(t *testing.T) {
	v := opened(t).visitor()
	v.fill(v.open("/contacten/nieuw"), "/contacten/nieuw", url.Values{
		"activity": {"huisbezoek"}, "requests/0/themes": {"werk"}, "requests/0/approaches": {"doorverwijzing"},
		"requests/0/services": {"vdab"},
	})
	page := v.open("/doorverwijzingen")
	page.says("VDAB", "Uit een hulpvraag")
	v.fill(page, page.referralForm(), url.Values{"heard": {"complete/helped"}}).says("De doorverwijzing is bewaard.", "geholpen")
}

// referralForm is the form of the last referral on a page.
func (p seen) referralForm() (last string) {
	for node := range p.root.Descendants() {
		if action := attribute(node, "action"); strings.HasPrefix(action, "/doorverwijzingen/") {
			last = action
		}
	}
	return last
}

// A long agenda, a forum that met often and a setting that waits for much are shown page by page: everything once.
func TestLongListsArePaged(t *testing.T) {
	b := opened(t)
	const n = pageRows + 5
	for range n {
		on := "/signals/" + b.must(b.post("/signals", pickUp), 201).field(t, "id")
		b.must(b.post(on+"/word", `{"statement": "Inschrijven kan alleen online."}`), 200)
		b.must(b.post(on+"/schedule", `{"forum": "team-opstap", "inNameOf": "partnership", "through": "own-item"}`), 200)
		b.must(b.post(on+"/answer-by-own-offer", `{"what": "Een spreekuur."}`), 200)
	}
	for day := range meetingRows + 1 {
		b.must(b.post("/forums/team-opstap/plan-meeting", fmt.Sprintf(`{"day": "2026-05-%02d"}`, day+1)), 200)
	}
	v := b.visitor()
	first := v.open("/overleg/team-opstap")
	second := v.open(linkTo(first, "?after="))
	if got := len(linksTo(first, "/signalen/")) + len(linksTo(second, "/signalen/")); got != n {
		t.Errorf("%d items stand on two pages", got)
	}
	v.open(linkTo(first, "?"+meetingsParameter+"=")).says("01/05/2026 Gepland.")

	debts := v.open("/terugkoppeling")
	debts.says("Toon alle 55 die hier openstaan")
	one := v.open(linkTo(debts, "/terugkoppeling?plek="))
	rest := v.open(linkTo(one, "?after="))
	if got := len(linksTo(one, "#stap-feed-back")) + len(linksTo(rest, "#stap-feed-back")); got != n {
		t.Errorf("%d debts stand on two pages", got)
	}
	if got := v.ask("GET", "/terugkoppeling?plek=survey%2F%2F%2F2026&after=x", nil).status; got != 422 {
		t.Errorf("a cursor of nobody answered %d", got)
	}

	owed := b.must(b.get("/debts"), 200)
	if !strings.Contains(string(owed.body), `"count":55`) || strings.Count(string(owed.body), `"outcomes"`) != fewDebts {
		t.Errorf("whom we owe: %s", owed.body)
	}
	shown := 0
	for path := "/debts/setting?kind=survey&year=2026"; path != ""; {
		part := b.must(b.get(path), 200)
		shown += strings.Count(string(part.body), `"outcomes"`)
		path = ""
		if after := part.field(t, "next"); after != "" {
			path = "/debts/setting?kind=survey&year=2026&after=" + url.QueryEscape(after)
		}
	}
	if shown != n {
		t.Errorf("%d debts of one setting were told", shown)
	}

	answered := b.must(b.get("/forums/team-opstap/agenda?limit=50"), 200)
	next := regexp.MustCompile(`<(/api/v1)([^>]+)>; rel="next"`).FindStringSubmatch(answered.Header.Get("Link"))
	if next == nil || strings.Count(string(answered.body), `"scheduled"`) != 50 {
		t.Fatalf("the first page leads to %q: %s", answered.Header.Get("Link"), answered.body)
	}
	answered = b.must(b.get(next[2]), 200)
	if answered.Header.Get("Link") != "" || strings.Count(string(answered.body), `"scheduled"`) != 5 {
		t.Errorf("the second page leads to %q: %s", answered.Header.Get("Link"), answered.body)
	}
}

// linksTo is every link of a page that holds a part, once.
func linksTo(page seen, part string) []string {
	var found []string
	for _, href := range links(page) {
		if strings.Contains(href, part) && !strings.HasSuffix(href, "/nieuw") {
			found = append(found, href)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// However much happened to a signal, its page stays short: part after part, from the newest back, every step is shown once.
func TestALongRoadIsPaged(t *testing.T) {
	const rounds = 100
	b := opened(t)
	id := b.must(b.post("/signals", pickUp), 201).field(t, "id")
	signal := "/signals/" + id
	b.must(b.post(signal+"/word", `{"statement": "Inschrijven kan alleen online."}`), 200)
	motivation := strings.Repeat("Prijs é ", pursuit.MaxText/len([]rune("Prijs é ")))
	for range rounds {
		b.must(b.post(signal+"/schedule", `{"forum": "team-opstap", "inNameOf": "partnership", "through": "own-item"}`), 200)
		b.must(b.post(signal+"/discuss", `{"forum": "team-opstap", "outcome": "noted", "broughtBy": "both", "motivation": "`+motivation+`"}`), 200)
	}
	v := b.visitor()
	var shown []string
	for path := signalAddress(domain.StreamID(id)); path != ""; {
		page := v.open(path)
		if body, err := io.ReadAll(v.fetch(path, nil).Body); err != nil || len(body) > 100_000 {
			t.Errorf("%s is %d bytes long, %v", path, len(body), err)
		}
		var part []string
		for node := range page.root.Descendants() {
			if attribute(node, "class") == "count" {
				part = append(part, words(node))
			}
		}
		shown, path = append(part, shown...), ""
		if earlier := linksTo(page, "eerder="); len(earlier) > 0 {
			path = earlier[0]
		}
		if len(shown) == len(part) { // what is recorded while somebody reads moves nothing
			b.must(b.post(signal+"/park", `{"reason": "De zomer."}`), 200)
		}
	}
	for i, number := range shown {
		if number != strconv.Itoa(i+1) {
			t.Fatalf("step %s stands where %d does", number, i+1)
		}
	}
	if len(shown) != 2+2*rounds {
		t.Errorf("%d steps were shown", len(shown))
	}
}

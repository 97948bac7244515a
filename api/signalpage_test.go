package api

import (
	"io"
	"net/url"
	"slices"
	"strings"
	"testing"

	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/domain/pursuit"
)

// pickedUp is a signal that was picked up at a focusgroep meeting that was held, through pages alone.
func pickedUp(t testing.TB) (visitor, seen) {
	t.Helper()
	v := opened(t).visitor()
	meeting := v.fill(v.open("/focusgroep"), "/focusgroep", url.Values{"day": {"2026-02-20"}})
	meeting = v.take(meeting, "houden", url.Values{"present": {"9"}, "newcomers": {"1"}})
	form := v.open(meeting.link("/signalen/nieuw"))
	return v, v.fill(form, "/signalen/nieuw", url.Values{"themes": {"vrije-tijd"}, "thresholds": {"financieel"}})
}

// step is a page with the form of a step open: it may stand there already, or behind a link.
func (v visitor) step(page seen, step string) seen {
	v.Helper()
	address := strings.Split(page.address, "?")[0]
	if page.form(address+"/"+step) != nil {
		return page
	}
	return v.open(page.link(address + "?stap=" + step + "#"))
}

// take sends the form of a step of a page.
func (v visitor) take(page seen, step string, filled url.Values) seen {
	v.Helper()
	return v.confirm(v.fill(v.step(page, step), strings.Split(page.address, "?")[0]+"/"+step, filled))
}

// confirm records the draft that a page shows; any other page is left as it is.
func (v visitor) confirm(page seen) seen {
	v.Helper()
	address, _, _ := strings.Cut(page.address, "?")
	if !strings.HasPrefix(address, draftsAddress+"/") || page.form(address+"/bevestigen") == nil {
		return page
	}
	return v.fill(page, address+"/bevestigen", nil)
}

// options is the values that a field of the form of a step lets choose from.
func (v visitor) options(page seen, step, name string) []string {
	v.Helper()
	form := v.step(page, step).form(strings.Split(page.address, "?")[0] + "/" + step)
	if form == nil {
		v.Fatalf("%s has no form for %s", page.address, step)
	}
	var values []string
	for node := range form.Descendants() {
		switch {
		case node.Data == "input" && attribute(node, "name") == name:
			values = append(values, attribute(node, "value"))
		case node.Data == "select" && attribute(node, "name") == name:
			for option := range node.Descendants() {
				if value := attribute(option, "value"); value != "" {
					values = append(values, value)
				}
			}
		}
	}
	return values
}

// A signal walks from the focusgroep to feedback, through its page alone, and its page says each time what is next.
func TestASignalWalksItsRoad(t *testing.T) {
	v, page := pickedUp(t)
	page.says("Het signaal is opgepikt.", "Volgende stap: noteer in eigen woorden wat de drempel is.")
	page = v.take(page, "note", url.Values{"wording": {"De sportkampen zijn te duur."}})
	page.says("De sportkampen zijn te duur.", "Volgende stap: verwoord het knelpunt neutraal.")
	page = v.take(page, "word", url.Values{"statement": {"De prijs houdt kinderen weg van sportkampen."}})
	page.says("Neutraal verwoord op", "Volgende stap: weeg of het structureel is.")
	page = v.take(page, "weigh", url.Values{"judged": {"structural", "recurring"}, "reason": {"Elk jaar opnieuw."}})
	page.says("Gewogen als structureel.", "Volgende stap: duid een trekker aan.")
	page = v.take(page, "name-keeper", url.Values{"role": {"coordinator"}})
	page.says("trekker: Coördinator", "Volgende stap: vraag de focusgroep of dit verder mag.")
	page = v.take(page, "give-mandate", url.Values{"meeting": v.options(page, "give-mandate", "meeting")})
	page.says("De focusgroep gaf een mandaat.", "Volgende stap: zet het op de agenda van een overleg.")
	page = v.take(page, "schedule", url.Values{"forum": {"team-opstap"}, "meeting": {"2026-03-12"}})
	page.says("Op de agenda van Team Opstap gezet op 05/03/2026. Bijeenkomst op 12/03/2026.")
	page = v.take(page, "discuss", url.Values{
		"forum": {"team-opstap"}, "outcome": {"promised"}, "broughtBy": {"both"}, "promise": {"Een lager tarief."},
		"promiseBy": {"2026-05-01"}, "tags": {"circle-level/meso"},
	})
	page.says("Besproken op Team Opstap op 05/03/2026. Uitkomst: iets toegezegd. Antwoord verwacht voor 01/05/2026.",
		"Een lager tarief.", "Meso", "wacht sinds 05/03/2026")
	page = v.take(page, "keep-promise", url.Values{"promise": v.options(page, "keep-promise", "promise")})
	page = v.take(page, "feed-back", url.Values{"channel": {"focusgroep"}, "present": {"8"}})
	page.says("Teruggekoppeld op 05/03/2026.", "weet alles")
	page = v.take(page, "hear-reaction", url.Values{
		"setting": v.options(page, "hear-reaction", "setting"), "reaction": {"recognised"},
	})
	page = v.take(page, "close", url.Values{"reason": {"answered"}})
	page.says("Afgesloten op 05/03/2026: er is een antwoord.", "Er hoeft niets meer te gebeuren.")
	if page.offers("weigh") {
		t.Error("a closed signal can be weighed")
	}
}

// What the rules do not allow is not offered, and the page says why.
func TestAStepThatIsNotAllowedSaysWhy(t *testing.T) {
	v, page := pickedUp(t)
	page.says("Dit signaal is nog niet neutraal verwoord.", "Er is nog niets toegezegd.", "Dit staat nog op geen agenda.")
	for _, step := range []string{
		"schedule", "weigh", "discuss", "keep-promise", "feed-back", "resume", "reopen", "unbundle",
	} {
		if page.offers(step) {
			t.Errorf("%s is offered", step)
		}
	}
	address := strings.Split(page.address, "?")[0]
	v.open(address + "?stap=feed-back").says("Er is nog niets")
	if v.open(address+"?stap=feed-back").form(address+"/feed-back") != nil {
		t.Error("the form of a step that is not allowed stands open when it is asked for")
	}
}

// offers reports whether a page lets somebody take a step: by its form, or by a link to it.
func (p seen) offers(step string) bool {
	address := strings.Split(p.address, "?")[0]
	return p.form(address+"/"+step) != nil || linkTo(p, "?stap="+step+"#") != ""
}

// A step that is refused comes back open, as it was left, with what is wrong at its field; and nothing is recorded.
func TestARefusedStepStaysFilled(t *testing.T) {
	v, page := pickedUp(t)
	page = v.take(page, "word", url.Values{"statement": {"De prijs houdt kinderen weg."}})
	before := v.recorded()
	page = v.take(page, "weigh", url.Values{"judged": {"structural"}, "reason": {" "}})
	page.says("Er klopt iets niet. Er is nog niets bewaard.")
	if v.recorded() != before {
		t.Error("something was recorded")
	}
	address := strings.TrimSuffix(page.address, "/weigh")
	fields := standing(page.form(address + "/weigh"))
	if !slices.Equal(fields["judged"], []string{"structural"}) {
		t.Errorf("judged came back as %q", fields["judged"])
	}
}

// Given a practice with a word of its own for the focusgroep, when a signal is picked up, then that is no place where it can
// have been said: whoever names it all the same is told to name the focusgroep.
func TestTheFocusgroepIsNamedAsItself(t *testing.T) {
	v := opened(t).visitor()
	added := url.Values{"term/label": {"Bewonersraad"}, "term/core": {"focusgroep"}}
	v.fill(v.open("/codelijsten/activity"), "/codelijsten/activity/toevoegen", added).says("De code is bewaard.")
	form := v.open("/signalen/nieuw")
	if strings.Contains(form.words(), "Bewonersraad") {
		t.Error("it is offered")
	}
	v.fill(form, "/signalen/nieuw", url.Values{
		"from": {"session"}, "themes": {"werk"}, web.WhereYearField: {"2026"},
		web.WhereField: {web.SettingText(pursuit.Setting{Kind: pursuit.AtActivity, Code: "bewonersraad"})},
	}).says("Kies de bijeenkomst van de focusgroep.")
	contact := v.fill(v.open("/contacten/nieuw"), "/contacten/nieuw", url.Values{
		"activity": {"bewonersraad"}, "requests/0/themes": {"werk"}, "requests/0/approaches": {"opgepikt-als-signaal"},
	})
	where := standing(v.open(contact.link("/signalen/nieuw")).form("/signalen/nieuw"))[web.WhereField]
	if want := web.SettingText(pursuit.Setting{Kind: pursuit.AtActivity, Code: "focusgroep"}); !slices.Equal(where, []string{want}) {
		t.Errorf("what was asked there is placed at %q, want %q", where, want)
	}
}

// Whoever words a signal that somebody else worded meanwhile is told so, sees it, and can still go on.
func TestAStaleWordingIsRefused(t *testing.T) {
	v, page := pickedUp(t)
	address := strings.Split(page.address, "?")[0]
	other := v.open(address + "?stap=word")
	v.take(page, "word", url.Values{"statement": {"De prijs houdt kinderen weg."}})
	refused := v.take(other, "word", url.Values{"statement": {"Iets anders."}})
	refused.says("Iemand heeft dit intussen gewijzigd.", "De prijs houdt kinderen weg.")
	v.fill(refused, address+"/word", nil).says("Iets anders.", "Versie 2")
}

// Two signals become one, and one again.
func TestSignalsAreBundledAndUnbundled(t *testing.T) {
	v, first := pickedUp(t)
	meeting := v.open("/focusgroep").link("/focusgroep/")
	second := v.fill(v.open(v.open(meeting).link("/signalen/nieuw")), "/signalen/nieuw", url.Values{"themes": {"werk"}})
	second = v.take(second, "bundle-into", url.Values{"into": v.options(second, "bundle-into", "into")})
	second.says("Dit signaal is gebundeld. Werk verder met het geheel:")
	v.open(first.address).says("Gebundeld")
	second = v.take(second, "unbundle", nil)
	second.says("later weer losgemaakt")
}

// What was promised about a signal that was bundled later is settled from the page of the whole, and is owed to all who
// raised it.
func TestAPromiseOfABundledSignalIsSettledWithTheWhole(t *testing.T) {
	v, first := pickedUp(t)
	second := v.fill(v.open(v.open(v.open("/focusgroep").link("/focusgroep/")).link("/signalen/nieuw")),
		"/signalen/nieuw", url.Values{"themes": {"werk"}})
	second = v.take(second, "word", url.Values{"statement": {"De bus rijdt te vroeg."}})
	second = v.take(second, "give-mandate", url.Values{"meeting": v.options(second, "give-mandate", "meeting")})
	second = v.take(second, "schedule", url.Values{"forum": {"team-opstap"}})
	second = v.take(second, "discuss", url.Values{
		"forum": {"team-opstap"}, "outcome": {"promised"}, "broughtBy": {"both"}, "promise": {"Een latere bus."},
	})
	v.take(second, "bundle-into", url.Values{"into": v.options(second, "bundle-into", "into")})
	whole := v.open(strings.Split(first.address, "?")[0])
	whole.says("Een latere bus.")
	if got := v.take(whole, "keep-promise", nil); got.status != 422 {
		t.Errorf("a promise that nobody chose was taken: %d", got.status)
	}
	whole = v.take(whole, "keep-promise", url.Values{"promise": v.options(whole, "keep-promise", "promise")})
	whole.says("De stap is bewaard.", "wacht sinds")
	if whole.offers("break-promise") {
		t.Error("the promise can be settled twice")
	}
}

// A page can be looked at as it was known on an earlier day; nothing can be done there.
func TestASignalAsItWasKnown(t *testing.T) {
	v, page := pickedUp(t)
	address := strings.Split(page.address, "?")[0]
	if past := v.ask("GET", address+"?opDatum=2026-03-01", nil); past.status != 404 {
		t.Errorf("a signal that was not known yet answered %d", past.status)
	}
	v.open("/signalen?opDatum=2026-03-01").says("Zoals het gekend was op 01/03/2026", "0 signalen gevonden.")
	if future := v.ask("GET", "/signalen?opDatum=2026-04-01", nil); future.status != 400 {
		t.Errorf("a day to come answered %d", future.status)
	}
}

// Every step has a form, and every form a step.
func TestEveryStepHasAForm(t *testing.T) {
	var names []string
	for _, one := range signalSteps {
		names = append(names, one.name)
	}
	for _, one := range recommendationSteps {
		names = append(names, one.name)
	}
	slices.Sort(names)
	if names = slices.Compact(names); !slices.Equal(names, web.StepNames()) {
		t.Errorf("steps %q\nforms %q", names, web.StepNames())
	}
}

// However many signals there are, and however long their words, a page with a form that lets choose between them stays
// short: none is over 100 kB.
func TestAPageStaysShortInAFullPractice(t *testing.T) {
	b := opened(t)
	longest := `{"statement": "` + strings.Repeat("Prijs é ", pursuit.MaxStatement/len([]rune("Prijs é "))) + `"}`
	var last string
	for range mostSignals + 5 {
		last = b.must(b.post("/signals", pickUp), 201).field(t, "id")
		b.must(b.post("/signals/"+last+"/word", longest), 200)
	}
	v := b.visitor()
	v.catchUp()
	paths := []string{"/signalen", "/aanbevelingen/nieuw"}
	for _, one := range signalSteps {
		paths = append(paths, openAt(signalAddress(domain.StreamID(last)), one.name, ""))
	}
	for _, path := range paths {
		path, _, _ = strings.Cut(path, "#")
		page, err := io.ReadAll(v.fetch(path, nil).Body)
		if err != nil || len(page) > 100_000 {
			t.Errorf("%s is %d bytes long, %v", path, len(page), err)
		}
	}
}

package api

import (
	"io"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/audit"
	"signaalboek/domain/proof"
)

// audited is a bench that everything happened on, with a notary, and an auditor who looks.
func audited(t *testing.T) (*walker, visitor, *notary) {
	t.Helper()
	w := walked(t)
	n := newNotary(t, w.store)
	w.History, w.Verifying = n, NewVerifying(n, w.Logger)
	run(t, w.Verifying.Run)
	return w, w.visitorAs(auditorsown), n
}

// An auditor who signs in begins at their own pages.
func TestAnAuditorBeginsAtTheAudit(t *testing.T) {
	w, _, _ := audited(t)
	w.gate.links["link-of-an-auditor"] = w.gate.tokens[auditorsown]
	in := w.browse("POST", signInPath, url.Values{"link": {"link-of-an-auditor"}})
	if next := in.Header.Get("Location"); next != auditAddress {
		t.Errorf("signing in leads to %q", next)
	}
}

// Every page of an auditor opens: while nothing happened, before and after something was signed, and without any proof.
func TestEveryPageOfAnAuditorOpens(t *testing.T) {
	w, v, n := audited(t)
	empty := opened(t)
	for name, at := range map[string]func() visitor{
		"nothing proven": func() visitor { return empty.visitorAs(auditorsown) },
		"nothing signed": func() visitor { return v },
		"signed":         func() visitor { n.sign(t); return v },
	} {
		t.Run(name, func(t *testing.T) {
			v := at()
			for _, rt := range w.auditPages() {
				if rt.method == http.MethodGet && !strings.ContainsAny(rt.pattern, "{.") {
					v.open(rt.pattern)
				}
			}
		})
	}
}

// No link that an auditor is shown leads to a page of others.
func TestAnAuditorIsLedNowhereElse(t *testing.T) {
	_, v, n := audited(t)
	n.sign(t)
	open := []string{"/static/", "/toegankelijkheid", "/privacy", "/over", "/toetsen"}
	for address, page := range v.crawlFrom(auditAddress) {
		for _, link := range links(page) {
			if strings.HasPrefix(link, auditAddress) || strings.HasPrefix(link, "#") || slices.ContainsFunc(open, func(o string) bool { return strings.HasPrefix(link, o) }) {
				continue
			}
			t.Errorf("%s leads to %s", address, link)
		}
	}
}

// crawlFrom opens whatever can be reached from an address.
func (v visitor) crawlFrom(address string) map[string]seen {
	v.Helper()
	found, waiting := map[string]seen{}, []string{address}
	for len(waiting) > 0 {
		next, _, _ := strings.Cut(waiting[0], "#")
		waiting = waiting[1:]
		if _, been := found[next]; been || !strings.HasPrefix(next, auditAddress) || strings.HasSuffix(next, ".zip") ||
			strings.HasSuffix(next, ".json") || strings.Contains(next, ".txt") {
			continue
		}
		found[next] = v.open(next)
		waiting = append(waiting, links(found[next])...)
	}
	return found
}

// Nothing that identifies a person or a setting, no text and no id of a contact stands on any page of an auditor.
func TestAnAuditorSeesNobody(t *testing.T) {
	w, v, n := audited(t)
	w.nextMonth()
	n.sign(t)
	pages := v.crawlFrom(auditAddress)
	if len(pages) < 15 {
		t.Errorf("only %d pages were found: %q", len(pages), slices.Sorted(maps.Keys(pages)))
	}
	secret := []string{"inschrijven", "rode fiets"}
	for thing, id := range w.made {
		if slices.Contains([]string{"contact", "session", "focusgroep", "card", "followed"}, thing) {
			_, key, _ := strings.Cut(id, "-")
			secret = append(secret, key)
		}
	}
	for _, actor := range w.gate.tokens {
		secret = append(secret, actor.ID.String())
	}
	for address, page := range pages {
		for _, word := range secret {
			if strings.Contains(page.words(), word) {
				t.Errorf("%s shows %q", address, word)
			}
		}
	}
}

// The history tells of contacts how many, and of a decision what may be disclosed; filters choose, and the next page
// begins where the last one ended.
func TestTheHistory(t *testing.T) {
	w, v, _ := audited(t)
	w.nextMonth()
	whole := v.open(historyAddress)
	whole.says("maart 2026", "Contact geregistreerd 3 keer", "Signaal besproken", "Overleg:", "Uitkomst:")
	only := v.open(historyAddress + "?sort=contact")
	only.says("Contact geregistreerd")
	if strings.Contains(strings.Split(only.words(), "Wis de filter")[1], "Signaal besproken") {
		t.Error("the filter lets signals through")
	}
	v.open(historyAddress + "?month=2019-01").says("Er is niets bewaard dat hierbij past.")
	if page := v.ask("GET", historyAddress+"?after=ergens", nil); page.status != http.StatusBadRequest && page.status != http.StatusUnprocessableEntity {
		t.Errorf("a place that is none answered %d", page.status)
	}
	seen := map[string]int{}
	for address, pages := historyAddress, 0; address != ""; pages++ {
		if pages > 9 {
			t.Fatal("the history has no end")
		}
		page := v.open(address)
		for _, link := range links(page) {
			if strings.HasPrefix(link, eventProofAddress) {
				seen[link]++
			}
		}
		address = moreOf(page)
	}
	for address, n := range seen {
		if n != 1 {
			t.Errorf("%s is listed %d times", address, n)
		}
	}
}

// nextMonth is when all that happened on the bench is counted.
func (b *bench) nextMonth() { b.Clock = func() time.Time { return now.AddDate(0, 1, 0) } }

// Whoever looks twice in one month sees no contact come: not that it did, and so not when. When the month is over, it is
// counted.
func TestAnAuditorSeesNobodyComing(t *testing.T) {
	w, v, _ := audited(t)
	addresses := []string{historyAddress, historyAddress + "?sort=contact", historyAddress + "?name=contact.registered.v1", historyAddress + "?month=2026-03"}
	pages := func() (all []string) {
		for _, address := range addresses {
			all = append(all, v.open(address).words())
		}
		return all
	}
	before := pages()
	w.must(w.post("/contacts", `{"activity": "contact-op-straat"}`), 201)
	for i, after := range pages() {
		if after != before[i] || strings.Contains(after, "Contact geregistreerd") {
			t.Errorf("%s was\n%s\nand is\n%s", addresses[i], before[i], after)
		}
	}
	w.nextMonth()
	v.open(historyAddress).says("Contact geregistreerd 4 keer")
}

func moreOf(page seen) string {
	for _, link := range links(page) {
		if strings.HasPrefix(link, historyAddress) && strings.Contains(link, "after=") {
			return link
		}
	}
	return ""
}

// What stands for a signal is the same throughout a session, and another in the next.
func TestPseudonymsLiveAsLongAsTheSession(t *testing.T) {
	w, v, _ := audited(t)
	words := regexp.MustCompile(`[a-z]{5}-[a-z]{5}-[a-z]{5}`)
	here := words.FindAllString(v.open(historyAddress).words(), -1)
	again := words.FindAllString(v.open(historyAddress).words(), -1)
	later := words.FindAllString(w.visitorAs(auditorsown).open(historyAddress).words(), -1)
	if len(here) < 5 || !slices.Equal(here, again) || len(later) != len(here) {
		t.Fatalf("%d pseudonyms, then %d, then %d", len(here), len(again), len(later))
	}
	for i := range here {
		if i > 0 && here[i] == later[i] { // the first is the example in the sentence that explains them
			t.Errorf("%s stands in both sessions", here[i])
		}
	}
}

// aProof is the address of the proof of a decision.
func aProof(v visitor) string {
	return v.open(historyAddress + "?name=signal.discussed.v1").link(eventProofAddress)
}

// The proof of an event is checked with nothing but the file and the key.
func TestTheProofOfAnEvent(t *testing.T) {
	w, v, n := audited(t)
	address := aProof(v)
	v.open(address).says("Nog geen bewijs", "Uitkomst")
	if early := v.ask("GET", address+"/bewijs.json", nil); early.status != http.StatusConflict {
		t.Errorf("before anything is signed: %d", early.status)
	}
	n.sign(t)
	v.open(address).says("Waar ze staat", proof.Words(n.last.Root)[7], "Neem het bewijs mee")
	file := w.browse("GET", address+"/bewijs.json", nil, &http.Cookie{Name: plainCookie, Value: v.session})
	raw, err := io.ReadAll(file.Body)
	check(t, err)
	taken, err := proof.ReadEventProof(raw)
	check(t, err)
	if checkpoint, err := taken.Check(n.verifier); err != nil || checkpoint != n.last {
		t.Errorf("checked: %+v, %v", checkpoint, err)
	}
	for _, field := range taken.Event.Fields {
		if !audit.Discloses("signal.discussed.v1", field.Name) {
			t.Errorf("%s is disclosed", field.Name)
		}
	}
}

// Of people there are no proofs; of others neither. Both look like what there is not.
func TestOfPeopleThereIsNoProof(t *testing.T) {
	w, v, n := audited(t)
	n.sign(t)
	theirs := aProof(v)
	var contact domain.EventID
	for r, err := range w.store.ReadAll(t.Context(), domain.Position{}) {
		check(t, err)
		if r.Name == "contact.registered.v1" {
			contact = r.ID
		}
	}
	none := v.ask("GET", eventProofAddress+"/"+uuid.NewString(), nil)
	for name, page := range map[string]seen{
		"a contact":     v.ask("GET", eventProofAddress+"/"+contact.String(), nil),
		"its file":      v.ask("GET", eventProofAddress+"/"+contact.String()+"/bewijs.json", nil),
		"no id at all":  v.ask("GET", eventProofAddress+"/alles", nil),
		"one of others": w.visitorOf(Actor{ID: uuid.New(), Practice: "zillebeke", Role: Auditor}).ask("GET", theirs, nil),
	} {
		if page.status != http.StatusNotFound || none.status != http.StatusNotFound {
			t.Errorf("%s answered %d, what there is not %d", name, page.status, none.status)
		}
	}
}

// visitorOf signs somebody in.
func (b *bench) visitorOf(actor Actor) visitor {
	session := uuid.NewString()
	b.gate.mu.Lock()
	defer b.gate.mu.Unlock()
	b.gate.sessions[session] = actor
	return visitor{b, session}
}

// A witness is asked, cosigns, and its line is taken; any other line is refused, and stays in the form.
func TestAWitnessCosigns(t *testing.T) {
	w, v, n := audited(t)
	add := checkpointsAddress + "/getuigen"
	n.sign(t)
	page := v.open(checkpointsAddress)
	page.says("stad moet meetekenen.", "nog niet voldaan", "Tekende nog niets mee.", "ledger.example/vroeger", "oudere kopie")
	wrong := v.fill(page, add, url.Values{"line": {"— stad bm9n"}})
	if wrong.says("Deze regel is geen handtekening"); wrong.status != http.StatusUnprocessableEntity {
		t.Errorf("a wrong line answered %d", wrong.status)
	}
	asked := w.browse("GET", page.link(checkpointsAddress+"/vraag.txt"), nil, &http.Cookie{Name: plainCookie, Value: v.session})
	request, err := proof.ParseRequest(readAll(t, asked))
	check(t, err)
	_, err = request.Check(proof.Checkpoint{}, n.verifier)
	check(t, err)
	cosigned, err := n.witness.Cosign(request.Signed, n.verifier, now)
	check(t, err)
	line := strings.TrimPrefix(string(cosigned), string(request.Signed))
	v.fill(page, add, url.Values{"line": {line}}).says("De handtekening is toegevoegd.", "is voldaan", "Tekende het laatste controlepunt mee")
	if far := v.ask("GET", checkpointsAddress+"/vraag.txt?old=999999", nil); far.status != http.StatusUnprocessableEntity {
		t.Errorf("a size that never was answered %d", far.status)
	}
}

// The whole history is verified in the background: its page goes along until it is done, and tells then by whom.
func TestVerifyingTheWholeHistory(t *testing.T) {
	w, v, n := audited(t)
	n.sign(t)
	n.slow = make(chan struct{})
	v.open(verificationsAddress).says("Er is nog niets nagekeken.")
	v.fill(v.open(verificationsAddress), verificationsAddress, nil).says("Het nazicht is gevraagd.")
	cookie := &http.Cookie{Name: plainCookie, Value: v.session}
	if along := w.browse("GET", verificationsAddress, nil, cookie); !strings.Contains(along.Header.Get("Refresh"), verificationsAddress) {
		t.Error("the page does not go along")
	}
	w.browse("POST", verificationsAddress, url.Values{}, cookie) // it is under way already
	if still := w.browse("GET", verificationsAddress+"?stil=ja", nil, cookie); still.Header.Get("Refresh") != "" {
		t.Error("the page goes along, though it was told not to")
	}
	close(n.slow)
	deadline := time.After(10 * time.Second)
	for w.Verifying.now().underway() {
		select {
		case <-deadline:
			t.Fatal("it is never done")
		default:
		}
	}
	done := v.open(verificationsAddress)
	done.says("De hele geschiedenis klopt", "Kijk de hele geschiedenis na")
	if len(n.verified) != 1 || strings.Contains(done.words(), n.verified[0].By.String()) {
		t.Errorf("verified is %+v", n.verified)
	}
}

// What is out is there with its digest; what is only proposed is not there at all.
func TestAnAuditorSeesWhatIsPublished(t *testing.T) {
	w, v, _ := audited(t)
	page := v.open(publishedAddress)
	for _, one := range w.Set.Releases.List("harelbeke-centrum") {
		address := publishedAddress + "/" + one.ID.String() + "/alle-bestanden.zip"
		status := v.ask("GET", address, nil).status
		if one.WentOut() != strings.Contains(page.words(), one.Built.Bundle) && one.WentOut() {
			t.Errorf("%s is not listed", one.ID)
		}
		if !one.WentOut() && status != http.StatusNotFound {
			t.Errorf("a proposal answered %d", status)
		}
	}
}

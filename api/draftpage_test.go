package api

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// drafted is a visitor on the page of a draft of a first wording, and the address of the signal's page.
func drafted(t *testing.T, v visitor, text string) (page seen, signal string) {
	t.Helper()
	signal = "/signalen/" + strings.TrimPrefix(v.pickedUp(), "signal-")
	page = v.fill(v.open(signal+"?stap=note"), signal+"/note", url.Values{"wording": {text}})
	if !strings.HasPrefix(page.address, draftsAddress+"/") {
		t.Fatalf("led to %s: %s", page.address, page.words())
	}
	return page, signal
}

func plain(address string) string {
	path, _, _ := strings.Cut(address, "?")
	return path
}

// A first wording is recorded by one click more; until then the signal's page shows it as a draft, and its road does not.
func TestAFirstWordingIsADraftUntilItIsConfirmed(t *testing.T) {
	b := opened(t)
	v := b.visitor()
	page, signal := drafted(t, v, cleanText)
	before := b.recorded()
	page.says("Het concept is bewaard.", cleanText, "Jij schreef het zo.", "Leg vast")
	seen := v.open(signal)
	seen.says("Concept", "Nog niet vastgelegd.", cleanText, "Signaal zonder verwoording")
	if strings.Contains(seen.words(), "Eerste verwoording "+cleanText+" Noteer") {
		t.Error("the road tells of it")
	}
	v.open(draftsAddress).says("Van jou", cleanText, "klaar om vast te leggen")
	v.open("/").says("1 concept wacht om vastgelegd te worden.")
	confirm := plain(page.address) + "/bevestigen"
	v.fill(seen, confirm, nil).says("Het is vastgelegd.", cleanText)
	if b.recorded() != before+1 {
		t.Errorf("recorded %d events", b.recorded()-before)
	}
	if again := v.fill(page, confirm, nil); again.status != http.StatusNotFound {
		t.Errorf("confirmed again: %d", again.status)
	}
	if words := v.open(signal).words(); strings.Contains(words, "Nog niet vastgelegd.") {
		t.Errorf("it still waits: %s", words)
	}
	v.open(draftsAddress).says("Er zijn er geen.")
}

// What the guard asks about waits for a colleague: its author sees so, and has no button.
func TestAnAskedDraftWaitsForAColleague(t *testing.T) {
	b := opened(t)
	v := b.visitor()
	page, signal := drafted(t, v, asked34)
	confirm := plain(page.address) + "/bevestigen"
	page.says("wacht op een collega", "Dit lijkt op een leeftijd.")
	if page.form(confirm) != nil {
		t.Error("the author can confirm it")
	}
	colleague := b.visitorAs(workers)
	colleague.open(draftsAddress).says("Van collega’s", asked34, "wacht op een collega")
	colleague.fill(colleague.open(plain(page.address)), confirm, nil).says("Het is vastgelegd.")
	if trail := b.trail(); trail.Actor != b.gate.tokens[ours].ID || trail.Confirmed.By != b.gate.tokens[workers].ID {
		t.Errorf("recorded by %s, confirmed %+v", trail.Actor, trail.Confirmed)
	}
	v.open(signal).says(asked34)
}

// Any text that the guard asks about can be left for a colleague: the form comes back filled, with a button for that.
func TestAnAskedReasonIsLeftForAColleague(t *testing.T) {
	b := opened(t)
	v := b.visitor()
	signal := "/signalen/" + strings.TrimPrefix(b.pickedUp(), "signal-")
	page := v.fill(v.open(signal+"?stap=park"), signal+"/park", url.Values{"reason": {asked34}})
	page.says("Er is nog niets bewaard.", "Dit lijkt op een leeftijd.", "Laat een collega meelezen")
	page = v.fill(page, signal+"/park", url.Values{"do": {"draft"}})
	page.says("Concept", "Parkeer", asked34, "wacht op een collega")
	colleague := b.visitorAs(workers)
	colleague.fill(colleague.open(signal), plain(page.address)+"/bevestigen", nil).says("Het is vastgelegd.")
	v.open(signal).says("Geparkeerd")
}

func TestADraftIsChangedAndThrownAway(t *testing.T) {
	b := opened(t)
	v := b.visitor()
	page, signal := drafted(t, v, asked34)
	address := plain(page.address)
	blockedPage := v.fill(page, address, url.Values{"wording": {blocked}})
	blockedPage.says("Er is nog niets bewaard.", "Dit is een telefoonnummer.", asked34)
	changed := v.fill(blockedPage, address, url.Values{"wording": {cleanText}})
	changed.says("Het concept is bewaard.", cleanText, "Leg vast")
	stale := v.fill(page, address, url.Values{"wording": {"Te laat."}})
	if stale.status != http.StatusPreconditionFailed {
		t.Errorf("a stale change answered %d", stale.status)
	}
	stale.says("intussen veranderd", "Te laat.", cleanText)
	v.fill(stale, address, nil).says("Te laat.") // having read what stands there now
	v.fill(v.open(address), address+"/weggooien", nil).says("Het concept is weggegooid.")
	if page := v.ask("GET", address, nil); page.status != http.StatusNotFound {
		t.Errorf("it is still there: %d", page.status)
	}
	if words := v.open(signal).words(); strings.Contains(words, "Te laat.") {
		t.Error("the signal still shows it")
	}
}

// What was changed since it was read is not confirmed, and the page shows what stands there now.
func TestOnlyWhatWasReadIsConfirmed(t *testing.T) {
	b := opened(t)
	v := b.visitor()
	page, _ := drafted(t, v, cleanText)
	address := plain(page.address)
	v.fill(page, address, url.Values{"wording": {"Iets anders."}})
	before := b.recorded()
	refused := v.fill(page, address+"/bevestigen", nil)
	refused.says("intussen veranderd", "Iets anders.")
	if b.recorded() != before {
		t.Error("something was recorded")
	}
	v.fill(refused, address+"/bevestigen", nil).says("Het is vastgelegd.", "Iets anders.")
}

// A draft of another practice is not there.
func TestDraftsOfOthersAreNotThere(t *testing.T) {
	b := opened(t)
	page, _ := drafted(t, b.visitor(), cleanText)
	address := plain(page.address)
	stranger := b.visitorAs(theirs)
	for method, path := range map[string]string{"GET": address, "POST": address + "/bevestigen"} {
		if page := stranger.ask(method, path, url.Values{}); page.status != http.StatusNotFound {
			t.Errorf("%s %s answered %d", method, path, page.status)
		}
	}
	if words := stranger.open(draftsAddress).words(); strings.Contains(words, cleanText) {
		t.Error("another practice reads it")
	}
}

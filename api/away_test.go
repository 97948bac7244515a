package api

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"signaalboek/domain"
)

// While the vault is away, everything can be read but what it alone can open, and that says so; it is not taken for
// something that was erased.
func TestReadingWithoutTheVault(t *testing.T) {
	w := walked(t)
	v := w.visitor()
	v.catchUp() // projections wait for the vault
	w.vault.SetAway(true)
	for _, q := range []string{"/signals/$signal", "/signals/$signal/trajectory", "/overview", "/signals"} {
		body := string(w.must(w.get(w.named(q)), 200).body)
		if !strings.Contains(body, `"[nu niet leesbaar]"`) || strings.Contains(body, "[gewist]") || strings.Contains(body, "computer") {
			t.Errorf("%s shows %s", q, body)
		}
	}
	refused := w.must(w.get("/cards"), http.StatusServiceUnavailable)
	if got := refused.field(t, "code"); got != domain.ErrVaultAway.Code {
		t.Errorf("cards: %s", refused.body)
	}
	for _, address := range []string{"/", "/signalen", "/contacten", "/contacten/nieuw", "/cijfers", "/overzicht"} {
		v.open(address)
	}
}

// While the vault is away, nothing can be registered: the form says why and stays filled in, and when the vault is back
// the same form registers once.
func TestRegisteringWithoutTheVault(t *testing.T) {
	b := opened(t)
	v := b.visitor()
	page := v.open("/contacten/nieuw")
	b.vault.SetAway(true)
	before := b.recorded()
	refused := v.fill(page, "/contacten/nieuw", url.Values{"activity": {"contact-op-straat"}, "place": {"publiek"}})
	if refused.status != http.StatusServiceUnavailable {
		t.Errorf("answered %d", refused.status)
	}
	refused.says("De kluis met sleutels en kaarten is nu niet bereikbaar.", "er is niets bewaard.")
	filled := standing(refused.form("/contacten/nieuw"))
	if filled.Get("activity") != "contact-op-straat" || filled.Get("place") != "publiek" {
		t.Errorf("the form holds %v", filled)
	}
	b.vault.SetAway(false)
	for range 2 {
		if again := v.ask("POST", "/contacten/nieuw", filled); again.status != http.StatusOK {
			t.Errorf("answered %d: %s", again.status, again.words())
		}
	}
	if got := b.recorded() - before; got != 1 {
		t.Errorf("%d events were recorded", got)
	}
}

// Pages say at the top when nothing can be registered, to whoever signed in.
func TestTroubleIsOnEveryPage(t *testing.T) {
	b := opened(t)
	b.Trouble = func() error { return domain.ErrLogAway }
	v := b.visitor()
	for _, address := range []string{"/", "/signalen", "/contacten/nieuw"} {
		v.open(address).says("Registreren lukt nu niet", "Het logboek is even niet bereikbaar.")
	}
	if strings.Contains(v.open("/privacy").words(), "Registreren lukt nu niet") {
		t.Error("a page for everybody tells of the log")
	}
}

// A command whose outcome is not known is no fault: who asks again learns it. It was recorded once.
func TestOutcomeUnknown(t *testing.T) {
	b := opened(t)
	key := with{keyHeader, "6f5c1c3e-6f3a-4a8e-9a51-27e9e0a7a001"}
	b.store.LoseAppends(100)
	refused := b.must(b.post("/signals", pickUp, key), http.StatusServiceUnavailable)
	if got := refused.field(t, "code"); got != domain.ErrLogAway.Code {
		t.Errorf("answered %s", refused.body)
	}
	b.store.LoseAppends(0)
	b.must(b.post("/signals", pickUp, key), http.StatusCreated)
	b.must(b.post("/signals", pickUp, key), http.StatusOK)
}

// When the log was lost while it was asked, the form does not say that nothing is kept: it may be. Sent again as it
// stands, it is recorded once.
func TestFormWhoseOutcomeIsUnknown(t *testing.T) {
	b := opened(t)
	v := b.visitor()
	page := v.open("/focusgroep")
	before := b.recorded()
	b.store.LoseAppends(100)
	refused := v.fill(page, "/focusgroep", url.Values{"day": {"2026-01-05"}, "place": {"Zaal de Geit"}})
	refused.says("We weten niet of dit bewaard is.", "Het logboek is nu niet bereikbaar.")
	if strings.Contains(refused.words(), "Er is nog niets bewaard") {
		t.Error("the form says that nothing is kept")
	}
	b.store.LoseAppends(0)
	filled := standing(refused.form("/focusgroep"))
	for range 2 {
		if again := v.ask("POST", "/focusgroep", filled); again.status != http.StatusOK {
			t.Errorf("answered %d: %s", again.status, again.words())
		}
	}
	if got := b.recorded() - before; got != 1 {
		t.Errorf("%d events were recorded", got)
	}
}

package api

import (
	"net/http"
	"net/url"
	"testing"
)

// A form that comes in after its sender was signed out is carried by the page that says so: signed in again, they send it
// once more, and it is recorded once.
func TestAFormOutlivesItsSession(t *testing.T) {
	b := opened(t)
	v := b.visitor()
	page := v.open("/momenten/nieuw")
	worker := b.gate.sessions[v.session]
	if err := b.gate.CloseSession(t.Context(), v.session); err != nil {
		t.Fatal(err)
	}
	filled := url.Values{"activity": {"sociale-kruidenier"}, "present": {"7"}, "on": {""}}
	out := v.fill(page, "/momenten/nieuw", filled)
	if out.says("Wat je invulde, is niet weg"); out.status != http.StatusUnauthorized {
		t.Errorf("signed out, a form was answered %d", out.status)
	}
	b.gate.sessions[v.session] = worker
	refused := v.fill(out, "/momenten/nieuw", nil) // the day that was emptied is still empty
	if refused.form("/momenten/nieuw") == nil || standing(refused.form("/momenten/nieuw")).Get("present") != "7" {
		t.Fatalf("sent again, it became %s", refused.words())
	}
	before := b.recorded()
	for range 2 {
		v.fill(refused, "/momenten/nieuw", url.Values{"on": {"2026-03-05"}}).says("Aanwezigen 7")
	}
	if recorded := b.recorded() - before; recorded != 1 {
		t.Errorf("%d events were recorded", recorded)
	}
}

// What is no form of ours is not carried: its sender is led to where they sign in.
func TestOnlyAFormIsSentAgain(t *testing.T) {
	v := opened(t).visitor()
	page := v.open("/momenten/nieuw")
	fields := standing(page.form("/momenten/nieuw"))
	fields.Del("command")
	v.session = ""
	v.ask(http.MethodPost, "/momenten/nieuw", fields).says("Open de link die je kreeg")
}

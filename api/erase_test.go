package api

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// Given a signal with two texts, when a coordinator erases one on the page for that, then nothing goes before it is
// confirmed, and after it that text alone is gone, from the page and from the search; a worker is told who can.
func TestErasingOnAPage(t *testing.T) {
	b := opened(t)
	id := b.pickedUp()
	b.must(b.post("/signals/"+id+"/note", `{"wording": "De wachtlijst is te lang."}`), 200)
	b.must(b.post("/signals/"+id+"/word", `{"statement": "Mensen wachten een jaar op een woning."}`), 200)
	address := "/wissen/signaal/" + strings.TrimPrefix(id, "signal-")

	worker := b.visitorAs(workers).open(address)
	worker.says("De wachtlijst is te lang.", "Alleen een coördinator past dit aan.")
	if worker.form(address) != nil {
		t.Error("a worker is offered the form")
	}
	v := b.visitor()
	page := v.open(v.open("/signalen/" + strings.TrimPrefix(id, "signal-")).link(address))
	page.says("Wat je wist, komt niet terug", "De wachtlijst is te lang.", "Alle teksten")
	var sealed string
	for node := range page.root.Descendants() {
		if attribute(node, "name") == "what" && strings.HasSuffix(attribute(node, "value"), "/wording") {
			sealed = attribute(node, "value")
		}
	}
	finds := func(want map[string]bool) {
		t.Helper()
		for word, want := range want {
			if found := strings.Contains(string(b.must(b.get("/search?q="+word), 200).body), id); found != want {
				t.Errorf("%s is found: %v", word, found)
			}
		}
	}
	finds(map[string]bool{"wachtlijst": true, "woning": true}) // from now on they are held open to be searched
	before, forgot := b.recorded(), b.Set.Forgot()
	v.fill(page, address, url.Values{"what": {sealed}}).says("Je bevestigde nog niet", "De wachtlijst is te lang.")
	v.fill(page, address, url.Values{"sure": {"yes"}}).says("Je koos nog niet wat je wil wissen.")
	v.fill(page, address, url.Values{"what": {sealed}, "sure": {"yes"}}).says("Het is gewist, voorgoed.")
	after := v.open(address)
	after.says("[gewist]", "Mensen wachten een jaar op een woning.")
	if strings.Contains(after.words(), "wachtlijst") {
		t.Error("the text stands on the page")
	}
	finds(map[string]bool{"wachtlijst": false, "woning": true})
	if b.Set.Forgot() == forgot {
		t.Error("what was opened before is still in memory")
	}
	if b.recorded() != before {
		t.Error("something was recorded on the day itself")
	}
}

// What a program asks to erase must be there, be one thing, and be confirmed; what belongs to others is not there.
func TestErasingThroughTheInterface(t *testing.T) {
	b := opened(t)
	id := b.pickedUp()
	const nobody = "0190a0a0-0000-7000-8000-000000000001"
	for body, want := range map[string]int{
		`{"thing": "` + id + `", "sure": false}`: http.StatusUnprocessableEntity,
		`{"sure": true}`:                         http.StatusUnprocessableEntity,
		`{"thing": "` + id + `", "card": "` + nobody + `", "sure": true}`: http.StatusUnprocessableEntity,
		`{"thing": "` + id + `", "field": "/wording", "sure": true}`:      http.StatusUnprocessableEntity,
		`{"thing": "signal-` + nobody + `", "sure": true}`:                http.StatusNotFound,
		`{"card": "` + nobody + `", "sure": true}`:                        http.StatusNotFound,
		`{"thing": "` + id + `", "sure": true}`:                           http.StatusNoContent,
	} {
		if got := b.post("/erasures", body); got.StatusCode != want {
			t.Errorf("%s: %d, want %d", body, got.StatusCode, want)
		}
	}
}

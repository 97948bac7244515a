package api

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"golang.org/x/net/html"
)

// foreignTable is what a service published of last year: how many people there were, from least to most.
func foreignTable(least, most int) string {
	return fmt.Sprintf(`{"period": {"year": 2025, "part": "whole-year"}, "table": "headline", "source": "caw",
		"cells": [{"measure": "unique", "least": %d, "most": %d}]}`, least, most)
}

// A coordinator fills in what others published, on pages; whoever confirms the next release sees with what it was judged.
func TestWhatOthersPublishedIsRecorded(t *testing.T) {
	b := publishing(t)
	v := b.visitor()
	v.open(releasesAddress).link(foreignAddress)
	v.open(foreignAddress).says("Er zijn nog geen cijfers van anderen bewaard.", "Zet er cijfers bij")
	address := newForeignAddress + "?period=2025-whole-year&table=unique-by-activity"
	form := v.open(address)
	form.says("Mensen per activiteit", "het jaar 2025", "Huisbezoek")
	v.fill(form, newForeignAddress, url.Values{
		"least-unique-huisbezoek": {"20"}, "most-unique-sociale-kruidenier": {"25"},
		"document": {"Het jaarverslag van de stad, in de tabel over huisbezoeken."},
	}).says("De cijfers zijn bewaard.", "Huisbezoek: 20", "Sociale kruidenier: minder dan 26", "Het jaarverslag van de stad")
	one := b.proposed()
	seen := b.visitorAs(seconds).open(previewAddress(one.ID))
	seen.says("Het nazicht hield rekening met wat anderen publiceerden", "Huisbezoek: 20")
	v.open(foreignAddress).says("Er ligt een voorstel: het jaar 2025")
	if page := v.open(foreignAddress); page.form(foreignAddress+"/nieuw") != nil || strings.Contains(page.words(), "Zet er cijfers bij") {
		t.Error("something can be added while a proposal waits")
	}
}

// The gate holds a release against what others published: one that contradicts what was counted lets nothing out, until
// somebody says that it was recorded wrongly.
func TestTheGateIsToldWhatOthersPublished(t *testing.T) {
	b := publishing(t)
	b.must(b.post("/releases/record-foreign", foreignTable(400, 410)), 200)
	one := b.proposed()
	told := b.must(b.get("/releases/"+one.ID.String()+"/judging"), 200)
	if !strings.Contains(string(told.body), "foreign-disagrees") || !strings.Contains(string(told.body), `"passed":false`) {
		t.Fatalf("judged %s", told.body)
	}
	table := codes(b, b.must(b.get("/releases/foreign"), 200).body, `"id":"([^"]+)"`)[0]
	withdraw := fmt.Sprintf(`{"foreign": %q, "motivation": "Die tabel gaat over de hele stad."}`, table)
	if p := readProblem(t, b.post("/releases/withdraw-foreign", withdraw)); p.Code != "foreign-proposal-open" || p.Status != http.StatusConflict {
		t.Errorf("answered %+v", p)
	}
	b.must(b.post("/releases/drop", fmt.Sprintf(`{"release": %q}`, one.ID)), 200)
	v := b.visitor()
	at := foreignAddress + "/" + table + "/intrekken"
	v.fill(v.open(foreignAddress), at, url.Values{"motivation": {"Die tabel gaat over de hele stad."}}).
		says("Deze cijfers tellen niet meer mee.", "Die tabel gaat over de hele stad.")
	b.must(b.post("/releases/record-foreign", foreignTable(40, 44)), 200)
	one = b.proposed()
	if told := b.must(b.get("/releases/"+one.ID.String()+"/judging"), 200); !strings.Contains(string(told.body), `"passed":true`) {
		t.Errorf("judged %s", told.body)
	}
	list := b.must(b.get("/releases/foreign"), 200).body
	if gone := codes(b, list, `"withdrawn":(true|false)`); !slices.Equal(gone, []string{"false", "true"}) {
		t.Errorf("listed %s", list)
	}
}

// What was judged is judged with what stood when it was proposed, also when it is judged again much later.
func TestAProposalIsJudgedWithWhatStoodThen(t *testing.T) {
	b := publishing(t)
	one := b.proposed()
	b.must(b.confirm(one, b.digest(one), asSecond), 200)
	b.must(b.post("/releases/record-foreign", foreignTable(400, 410)), 200)
	b.visitor().catchUp()
	found, err := b.judge(harelbeke, one.ID)(t.Context(), nil)
	if err != nil || !found.report.Passed {
		t.Errorf("judged again: %+v, %v", found.report, err)
	}
}

// What does not fit is refused in words, at its row, and the form comes back as it was.
func TestForeignTablesThatCannotBe(t *testing.T) {
	b := publishing(t)
	v, before := b.visitor(), b.recorded()
	form := v.open(newForeignAddress + "?period=2025-whole-year&table=headline")
	for name, test := range map[string]struct {
		filled url.Values
		want   string
	}{
		"nothing":   {url.Values{"source": {"caw"}}, "Er is geen enkel getal ingevuld."},
		"no source": {url.Values{"least-unique-": {"3"}}, "Er is niet gezegd wie deze cijfers publiceerde."},
		"backwards": {url.Values{"source": {"caw"}, "least-known-": {"9"}, "most-known-": {"3"}}, "“hoogstens” niet lager dan “minstens”"},
		"no number": {url.Values{"source": {"caw"}, "least-new-": {"veel"}}, "getal"},
		"a person":  {url.Values{"least-unique-": {"3"}, "document": {blocked}}, "Dit is een telefoonnummer."},
	} {
		t.Run(name, func(t *testing.T) {
			page := v.fill(form, newForeignAddress, test.filled)
			page.says("Er is nog niets bewaard.", test.want)
			for field, values := range test.filled {
				if got := standing(page.form(newForeignAddress)).Get(field); got != values[0] {
					t.Errorf("%s came back as %q", field, got)
				}
			}
		})
	}
	backwards := v.fill(form, newForeignAddress, url.Values{"source": {"caw"}, "least-known-": {"9"}, "most-known-": {"3"}})
	if field := backwards.field("least-known-"); attribute(field, "aria-invalid") != "true" {
		t.Error("what is wrong is not said at its row")
	}
	for _, address := range []string{"?period=2025-first-half&table=known-by-activity", "?period=2025-whole-year&table=shoes", "?period=&table="} {
		if page := v.ask("GET", newForeignAddress+address, nil); page.status != http.StatusUnprocessableEntity {
			t.Errorf("%s answered %d", address, page.status)
		}
	}
	if page := v.ask("POST", foreignAddress+"/"+uuid.NewString()+"/intrekken", url.Values{"command": {uuid.NewString()}}); page.status != http.StatusNotFound {
		t.Errorf("withdrawing nothing answered %d", page.status)
	}
	if b.recorded() != before {
		t.Errorf("recorded %d", b.recorded()-before)
	}
	if p := readProblem(t, b.post("/releases/record-foreign", foreignTable(1, 2), asWorker)); p.Code != "coordinators-only" {
		t.Errorf("a worker is answered %+v", p)
	}
}

// What others published of one practice is no matter of another.
func TestForeignTablesOfOthers(t *testing.T) {
	b := publishing(t)
	b.must(b.post("/releases/record-foreign", foreignTable(1, 2)), 200)
	table := codes(b, b.must(b.get("/releases/foreign"), 200).body, `"id":"([^"]+)"`)[0]
	if list := b.must(b.get("/releases/foreign", asOther), 200).body; strings.Contains(string(list), table) {
		t.Errorf("listed elsewhere: %s", list)
	}
	other := b.visitorAs(theirs)
	if page := other.ask("POST", foreignAddress+"/"+table+"/intrekken", url.Values{"command": {uuid.NewString()}}); page.status != http.StatusNotFound {
		t.Errorf("withdrawing it elsewhere answered %d", page.status)
	}
}

// field is the field of a page with a name.
func (p seen) field(name string) *html.Node {
	p.Helper()
	for node := range p.root.Descendants() {
		if node.Data == "input" && attribute(node, "name") == name {
			return node
		}
	}
	p.Fatalf("%s has no field %s", p.address, name)
	return nil
}

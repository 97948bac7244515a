package main

import (
	"strings"
	"testing"

	"github.com/google/uuid"
)

// pagesToSee is every page that somebody reaches from the menu, and one of each kind behind those.
func pagesToSee(p *program) []string {
	first := func(path string) string {
		var page struct{ Items []struct{ ID string } }
		p.request("GET", "/api/v1"+path, nil, &page)
		if len(page.Items) == 0 {
			p.t.Fatalf("the demonstration has nothing at %s", path)
		}
		_, key, _ := strings.Cut(page.Items[0].ID, "-")
		return key
	}
	draft := uuid.NewString() // about the first signal, which therefore shows it, too
	p.request("POST", "/api/v1/drafts/signals/signal-"+first("/signals")+"/park",
		map[string]any{"reason": "Een vrouw van 34 jaar is op reis."}, nil, "Idempotency-Key", draft)
	return []string{
		"/", "/contacten", "/contacten/nieuw", "/contacten/" + first("/contacts"), "/contacten/" + first("/contacts") + "/verbeteren",
		"/momenten", "/momenten/nieuw", "/momenten/" + first("/sessions"),
		"/signalen", "/signalen/nieuw", "/signalen/" + first("/signals"), "/signalen/" + first("/signals?status=closed"),
		"/signalen/" + first("/signals") + "?stap=schedule", "/signalen/" + first("/signals") + "?stap=bundle",
		"/focusgroep", "/focusgroep/" + first("/focusgroep-meetings"), "/themas",
		"/overleg", "/overleg/team-opstap", "/overleg/gemeenteraad", "/terugkoppeling", "/doorverwijzingen", "/doorverwijzingen/nieuw",
		"/concepten", "/concepten/" + draft, "/aanbevelingen", "/aanbevelingen/nieuw", "/aanbevelingen/" + first("/recommendations"),
		"/cijfers", "/cijfers/2022", "/cijfers/periode", "/overzicht", "/zoeken?q=vrijetijd", "/codelijsten", "/codelijsten/theme",
		"/codelijsten/overleg", "/codelijsten/overleg/team-opstap", "/codelijsten/indeling", "/codelijsten/indeling/theme/report-theme",
		"/codelijsten/cijfers", "/codelijsten/cijfers/hulpvragen", "/cijfers/2020", "/cijfers/2022/afsluiten", "/cijfers/2030/afsluiten",
		"/kaarten", "/kaarten/samenvoegen", "/kaarten/" + p.aCard(), "/contacten/nieuw?activity=huisbezoek",
		"/verontrusting", "/toegankelijkheid", "/privacy", "/over", "/toetsen", "/problemen/stale",
	}
}

// Every page of the demonstration can be used: on a phone and at a desk nothing scrolls sideways, nor at
// 400 % zoom; axe-core finds nothing, and the page says that it is a demonstration.
func TestPagesCanBeUsed(t *testing.T) {
	p := launch(t, "demo")
	b := startBrowser(t, p.greeting)
	for _, path := range pagesToSee(p) {
		if b.open(path, 320); !b.fits() {
			t.Errorf("%s scrolls sideways at 320", path)
		}
		for _, width := range []int64{390, 1280} {
			b.open(path, width)
			if !b.fits() {
				t.Errorf("%s scrolls sideways at %d", path, width)
			}
			for _, found := range b.audit() {
				for _, node := range found.Nodes {
					t.Errorf("%s at %d: %s: %s: %s", path, width, found.ID, found.Help, node.HTML)
				}
			}
		}
		if !strings.Contains(b.text("body"), "emonstratie") {
			t.Errorf("%s does not say that it is a demonstration", path)
		}
	}
}

// Pages with exact figures say that they stay inside, on screen and in print.
func TestExactFiguresSayIntern(t *testing.T) {
	p := launch(t, "demo")
	b := startBrowser(t, p.greeting)
	for _, path := range []string{
		"/", "/contacten", "/kaarten", "/signalen", "/themas", "/overleg/team-opstap", "/terugkoppeling",
		"/doorverwijzingen", "/cijfers/2022", "/cijfers/2022/afsluiten", "/overzicht",
	} {
		b.open(path, 1280)
		if !strings.Contains(b.text("body"), "Intern – niet verspreiden") {
			t.Errorf("%s does not say that it stays inside", path)
		}
	}
}

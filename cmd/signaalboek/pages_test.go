package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
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
	proposal := "/publicaties/" + p.proposal(time.Now().Year()-1)
	return []string{
		"/publicaties", proposal, proposal + "?stil=ja", proposal + "/zinnen/council", proposal + "/voorbeeld",
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
		"/verontrusting", "/toegankelijkheid", "/privacy", "/privacy/cijfers", "/over", "/toetsen", "/problemen/stale",
	}
}

// Every page of the demonstration can be used: on a phone and at a desk nothing scrolls sideways, nor at
// 400 % zoom; axe-core finds nothing, and the page says that it is a demonstration.
func TestPagesCanBeUsed(t *testing.T) {
	t.Parallel()
	p := launchDemo(t)
	startBrowser(t, p.greeting).canUse(pagesToSee(p))
}

// canUse holds that pages can be used.
func (b *browser) canUse(pages []string) {
	t := b.t
	script := axe(t)
	for _, path := range pages {
		b.open(path, 320)
		b.do(chromedp.Evaluate[chromedp.Void](script))
		for _, width := range []int64{320, 390, 1280} {
			if b.resize(width); !b.fits() {
				t.Errorf("%s scrolls sideways at %d", path, width)
			}
		}
		for _, width := range []int64{1280, 390} {
			b.resize(width)
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

// fits reports whether the page needs no scrolling sideways.
func (b *browser) fits() bool {
	b.t.Helper()
	return ask[bool](b, `document.documentElement.scrollWidth <= document.documentElement.clientWidth`)
}

// violation is what axe-core finds wrong with a page.
type violation struct {
	ID    string `json:"id"`
	Help  string `json:"help"`
	Nodes []struct {
		HTML string `json:"html"`
	} `json:"nodes"`
}

// audit looks at the page through axe-core, which is in it: what of WCAG 2.2 AA a program can see.
func (b *browser) audit() (found []violation) {
	b.t.Helper()
	const rules = `axe.run(document, {
		runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"],
	}).then(r => JSON.stringify(r.violations))`
	if err := json.Unmarshal([]byte(ask[string](b, rules, chromedp.EvalAwaitPromise)), &found); err != nil {
		b.t.Fatal(err)
	}
	return found
}

func axe(t *testing.T) string {
	t.Helper()
	script, err := os.ReadFile(filepath.Join("..", "..", "ops", "browser", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Fatal("no axe-core: run make tools")
	}
	return string(script)
}

// Pages with exact figures say that they stay inside, on screen and in print.
func TestExactFiguresSayIntern(t *testing.T) {
	t.Parallel()
	p := launchDemo(t)
	b := startBrowser(t, p.greeting)
	for _, path := range []string{
		"/", "/contacten", "/kaarten", "/signalen", "/themas", "/overleg/team-opstap", "/terugkoppeling",
		"/doorverwijzingen", "/cijfers/2022", "/cijfers/2022/afsluiten", "/overzicht",
	} {
		b.open(path, 1280)
		for _, medium := range []string{"screen", "print"} {
			b.show(medium)
			if !strings.Contains(b.text("body"), "Intern – niet verspreiden") {
				t.Errorf("%s does not say that it stays inside, in %s", path, medium)
			}
		}
	}
}

// show has the page look as it does on a medium.
func (b *browser) show(medium string) {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: medium})
		return err
	}))
}

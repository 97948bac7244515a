package main

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// browser is Chromium, signed in at a demonstration ledger.
type browser struct {
	context.Context
	t    *testing.T
	site string
}

// startBrowser starts Debian's Chromium and signs in with a one-time link, as somebody does who starts the program.
func startBrowser(t *testing.T, hello greeting) *browser {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatal("no Chromium: run make tools")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:len(chromedp.DefaultExecAllocatorOptions):len(chromedp.DefaultExecAllocatorOptions)],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true), chromedp.UserDataDir(t.TempDir()))
	allocated, freeing := chromedp.NewExecAllocator(t.Context(), options...)
	ctx, closing := chromedp.NewContext(allocated)
	t.Cleanup(func() { closing(); freeing() })
	b := &browser{ctx, t, hello.Address}
	if err := chromedp.Do(ctx); err != nil { // starts the browser, which lives as long as ctx
		t.Fatal(err)
	}
	b.do(chromedp.Navigate(hello.Link), chromedp.Submit(chromedp.CSS("main form")), chromedp.WaitReady(chromedp.CSS("nav")))
	return b
}

// patience is how long a page may hang before the test says so.
const patience = 30 * time.Second

func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.t.Fatalf("%v\n%s", err, b.seen())
	}
}

// seen is what the browser shows, to tell why something is not there.
func (b *browser) seen() string {
	ctx, cancel := context.WithTimeout(b, patience)
	defer cancel()
	text, _ := chromedp.Run(ctx, chromedp.Evaluate[string](`location.href + "\n" + document.body.innerText`))
	return text
}

// ask runs a script in the page and gives back what it says.
func ask[T any](b *browser, script string, options ...chromedp.EvaluateOption) T {
	b.t.Helper()
	answer, err := chromedp.Run(b, chromedp.Evaluate[T](script, options...))
	if err != nil {
		b.t.Fatal(err)
	}
	return answer
}

// open goes to a page of the site, as wide as asked.
func (b *browser) open(path string, width int64) {
	b.t.Helper()
	b.do(chromedp.EmulateViewport(width, 900), chromedp.Navigate(b.site+path), chromedp.WaitReady(chromedp.CSS("main")))
	if status := ask[int](b, `performance.getEntriesByType("navigation")[0].responseStatus`); status != http.StatusOK {
		b.t.Errorf("%s answers %d", path, status)
	}
}

// violation is what axe-core finds wrong with a page.
type violation struct {
	ID    string `json:"id"`
	Help  string `json:"help"`
	Nodes []struct {
		HTML string `json:"html"`
	} `json:"nodes"`
}

// audit looks at the page through axe-core: what of WCAG 2.2 AA a program can see.
func (b *browser) audit() (found []violation) {
	b.t.Helper()
	b.do(chromedp.Evaluate[chromedp.Void](axe(b.t)))
	const rules = `axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
		.then(r => JSON.stringify(r.violations))`
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

// fits reports whether the page needs no scrolling sideways.
func (b *browser) fits() bool {
	b.t.Helper()
	return ask[bool](b, `document.documentElement.scrollWidth <= document.documentElement.clientWidth`)
}

// text is what somebody reads in an element.
func (b *browser) text(selector string) string {
	b.t.Helper()
	text, err := chromedp.Run(b, chromedp.Text(chromedp.CSS(selector)))
	if err != nil {
		b.t.Fatal(err)
	}
	return strings.TrimSpace(text)
}

package main

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// browser is Chromium, signed in at a ledger. How fast anything is makes no difference to its steps: a click lands on what
// it was meant for, because the page holds still and nothing lies over it, or the test says so; and what leads to another
// page waits until that is there, and whole. When a step fails, the test tells what was on the screen.
type browser struct {
	context.Context
	t    *testing.T
	site string
	underway
}

// underway is the requests of a page that are not answered yet.
type underway struct {
	mu    sync.Mutex
	asked map[network.RequestID]string // guarded by mu
}

func (u *underway) hear(event any) {
	u.mu.Lock()
	defer u.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		u.asked[e.RequestID] = e.Request.Method + " " + e.Request.URL
	case *network.EventLoadingFinished:
		delete(u.asked, e.RequestID)
	case *network.EventLoadingFailed:
		delete(u.asked, e.RequestID)
	}
}

func (u *underway) requests() []string {
	u.mu.Lock()
	defer u.mu.Unlock()
	return slices.Sorted(maps.Values(u.asked))
}

// startBrowser starts Debian's Chromium and signs in with a one-time link, as somebody does who starts the program. It is
// the browser of somebody who asked for less motion: a page that scrolls smoothly is elsewhere by the time a click comes.
func startBrowser(t *testing.T, hello greeting) *browser {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatal("no Chromium: run make tools")
	}
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]),
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("force-prefers-reduced-motion", true),
		chromedp.UserDataDir(t.TempDir()))
	allocated, freeing := chromedp.NewExecAllocator(t.Context(), options...)
	ctx, closing := chromedp.NewContext(allocated)
	t.Cleanup(func() { closing(); freeing() })
	b := &browser{Context: ctx, t: t, site: hello.Address, underway: underway{asked: map[network.RequestID]string{}}}
	if err := chromedp.Listen(ctx, b.hear); err != nil { // starts the browser, which lives as long as ctx
		t.Fatal(err)
	}
	if !ask[bool](b, `matchMedia("(prefers-reduced-motion: reduce)").matches`) {
		t.Fatal("pages would move under a click")
	}
	b.follow("main form button", func() { b.do(chromedp.Navigate(hello.Link)) })
	b.follow(`form[action="/afmelden"]`, func() { b.tap("main form button") })
	return b
}

// do takes steps in the browser.
func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	step(b, chromedp.Steps(steps...))
}

// ask runs a script in the page and gives back what it says.
func ask[T any](b *browser, script string, options ...chromedp.EvaluateOption) T {
	b.t.Helper()
	return step(b, chromedp.Evaluate[T](script, options...))
}

func step[T any](b *browser, action chromedp.Action[T]) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b, patience)
	defer cancel()
	answer, err := chromedp.Run(ctx, action)
	if err != nil {
		b.t.Fatalf("%v\n%s", err, b.seen())
	}
	return answer
}

// seen is what the browser shows and what it waits for, to tell why something is not there.
func (b *browser) seen() string {
	ctx, cancel := context.WithTimeout(b, patience)
	defer cancel()
	const script = `document.readyState + " " + location.href + ", scrolled to " + scrollY + "\n" + document.body.innerText`
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](script))
	return fmt.Sprintf("%s\nseen with %v, while these were under way: %q", text, err, b.requests())
}

// follow does what leads to another page, and waits until that page is there: loaded, with what is to be found on it. The
// page that is left bears a mark, so that it is not taken for the next.
func (b *browser) follow(next string, leave func()) {
	b.t.Helper()
	ask[string](b, `document.documentElement.dataset.left = "yes"`)
	leave()
	const arrived = `document.readyState == "complete" && document.querySelector(%q) !== null`
	b.await("a page with "+next, fmt.Sprintf(arrived, "html:not([data-left]) "+next))
}

// await asks again until something is so in the page. While one page makes way for another there is nothing to ask.
func (b *browser) await(what, script string) {
	b.t.Helper()
	if !became(b.t, func() bool {
		ctx, cancel := context.WithTimeout(b, patience)
		defer cancel()
		is, err := chromedp.Run(ctx, chromedp.Evaluate[bool](script))
		return is && err == nil
	}) {
		b.t.Fatalf("it never came to this: %s\n%s", what, b.seen())
	}
}

// open goes to a page of the site, as wide as asked.
func (b *browser) open(path string, width int64) {
	b.t.Helper()
	b.resize(width)
	b.follow("main", func() { b.do(chromedp.Navigate(b.site + path)) })
	if status := ask[int](b, `performance.getEntriesByType("navigation")[0].responseStatus`); status != http.StatusOK {
		b.t.Errorf("%s answers %d", path, status)
	}
}

// resize makes the browser so wide.
func (b *browser) resize(width int64) {
	b.t.Helper()
	b.do(chromedp.EmulateViewport(width, 900))
	b.await("the width", fmt.Sprintf(`innerWidth == %d`, width))
}

// tap clicks in the middle of what a selector finds, if somebody can: it is in sight and nothing lies over it.
func (b *browser) tap(selector string) {
	b.t.Helper()
	const where = `(() => {
		const found = document.querySelector(%q);
		if (!found) return {wrong: "is not there"};
		found.scrollIntoView({block: "center", behavior: "instant"});
		const box = found.getBoundingClientRect();
		const x = box.x + box.width / 2, y = box.y + box.height / 2, hit = document.elementFromPoint(x, y);
		return found.contains(hit) ? {x, y} : {wrong: "lies under " + (hit?.outerHTML.slice(0, 200) ?? "an edge")};
	})()`
	at := ask[struct {
		X     float64 `json:"x"`
		Y     float64 `json:"y"`
		Wrong string  `json:"wrong"`
	}](b, fmt.Sprintf(where, selector))
	if at.Wrong != "" {
		b.t.Fatalf("%s %s\n%s", selector, at.Wrong, b.seen())
	}
	b.do(chromedp.MouseClickXY(at.X, at.Y))
}

// write types a text in a field.
func (b *browser) write(field, text string) {
	b.t.Helper()
	b.tap(field)
	b.do(chromedp.KeyEvent(text))
}

// text is what somebody reads in an element.
func (b *browser) text(selector string) string {
	b.t.Helper()
	return strings.TrimSpace(ask[string](b, fmt.Sprintf(`document.querySelector(%q).innerText`, selector)))
}

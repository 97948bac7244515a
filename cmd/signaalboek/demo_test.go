package main

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// The demonstration starts, says where it is, answers, and leaves nothing behind.
func TestDemo(t *testing.T) {
	passing := t.TempDir()
	t.Setenv("TMPDIR", passing)
	p := launch(t, "demo")
	if p.Address == "" || p.Token == "" || !strings.HasPrefix(p.Link, p.Address+signInPath) {
		t.Errorf("greeting %+v", p.greeting)
	}
	if ready := p.request(http.MethodGet, "/readyz", nil, nil); ready.StatusCode != http.StatusOK {
		t.Errorf("readyz says %s", ready.Status)
	}
	seen, err := http.Get(p.Outside)
	if err != nil {
		t.Fatal(err)
	}
	defer seen.Body.Close()
	if page, err := io.ReadAll(seen.Body); err != nil || !strings.Contains(string(page), "STEK Harelbeke Centrum") {
		t.Errorf("outsiders see %s, %v", page, err)
	}
	p.end()
	if left, err := filepath.Glob(filepath.Join(passing, "signaalboek-demo-*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %s, %v", left, err)
	}
}

// A demonstration in a directory stays what it was when it is started again later.
func TestDemoStays(t *testing.T) {
	t.Parallel()
	data, first := demoBuilt(t)
	at := dir(data)
	mark, err := at.demoMarked()
	if err != nil || !at.isDemo() || !mark.whole {
		t.Fatalf("marked %+v, %v", mark, err)
	}
	before := countLasting(t, at)
	p := launch(t, "demo", "--data", data)
	if p.Token != "" || p.Link == first.Link {
		t.Error("a second start makes another actor, or uses a link again")
	}
	p.end()
	if after := countLasting(t, at); after != before || before < 1000 {
		t.Errorf("%d events became %d", before, after)
	}
}

// theDemo is the demonstration of all tests of this process, sealed under the standard key: built once, and copied.
var theDemo struct {
	once     sync.Once
	data     string
	greeting greeting
}

// demoBuilt gives a directory with the whole demonstration, that nothing else uses, and how the program that built it
// greeted: its token is good for the copy too.
func demoBuilt(t *testing.T) (data string, first greeting) {
	t.Helper()
	theDemo.once.Do(func() {
		at := filepath.Join(os.Getenv("XDG_CONFIG_HOME"), "demonstration")
		p := launch(t, "demo", "--data", at)
		p.end()
		theDemo.data, theDemo.greeting = at, p.greeting
	})
	if theDemo.data == "" {
		t.Fatal("the demonstration could not be built")
	}
	return copyDirectory(t, theDemo.data), theDemo.greeting
}

// launchDemo runs a demonstration of the test's own.
func launchDemo(t *testing.T) *program {
	t.Helper()
	data, first := demoBuilt(t)
	p := launch(t, "demo", "--data", data)
	p.Token = first.Token
	return p
}

func countEvents(t *testing.T, at dir) int {
	t.Helper()
	return strings.Count(eventsOf(t, at), "\n")
}

// countLasting counts what was recorded, but for what was erased in a month: a running program says so when it comes to it.
func countLasting(t *testing.T, at dir) int {
	t.Helper()
	return countEvents(t, at) - strings.Count(eventsOf(t, at), `"practice.texts-erased.v1"`)
}

// eventsOf is every event of a ledger, one a line.
func eventsOf(t *testing.T, at dir) string {
	t.Helper()
	out, err := commandOutput(t, "export", "events", "--data", string(at))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// A demonstration is never built over the book of a practice.
func TestDemoLeavesOthersAlone(t *testing.T) {
	at := dir(t.TempDir())
	m, err := open(t.Context(), place{dir: at})
	if err != nil {
		t.Fatal(err)
	}
	if err := m.openPractice(t.Context(), "elders", "Elders", time.Now()); err != nil {
		t.Fatal(err)
	}
	if err := m.close(); err != nil {
		t.Fatal(err)
	}
	_, err = commandOutput(t, "demo", "--plain", "--data", string(at))
	if err == nil || !strings.Contains(explain(err), "geen demonstratie") {
		t.Errorf("told %v", err)
	}
	if at.isDemo() {
		t.Error("the book of a practice is marked as a demonstration")
	}
}

func TestUnreadableMark(t *testing.T) {
	at := dir(t.TempDir())
	if err := os.WriteFile(at.demoMark(), []byte("iets anders\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := commandOutput(t, "demo", "--plain", "--data", string(at)); err == nil || !strings.Contains(explain(err), "niet leesbaar") {
		t.Errorf("told %v", err)
	}
}

package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
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
	p.end()
	if left, err := filepath.Glob(filepath.Join(passing, "signaalboek-demo-*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %s, %v", left, err)
	}
}

// A demonstration in a directory stays what it was, also when it was cut off and is started again later.
func TestDemoStays(t *testing.T) {
	at := dir(filepath.Join(t.TempDir(), "demo"))
	p := launch(t, "demo", "--data", string(at))
	first := p.greeting
	p.end()
	mark, err := at.demoMarked()
	if err != nil || !at.isDemo() || !mark.whole {
		t.Fatalf("marked %+v, %v", mark, err)
	}
	before := countEvents(t, at)
	p = launch(t, "demo", "--data", string(at))
	if p.Token != "" || p.Link == first.Link {
		t.Error("a second start makes another actor, or uses a link again")
	}
	p.end()
	if after := countEvents(t, at); after != before || before < 1000 {
		t.Errorf("%d events became %d", before, after)
	}
}

func countEvents(t *testing.T, at dir) int {
	t.Helper()
	out, err := commandOutput(t, "export", "events", "--data", string(at))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Count(out, "\n")
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

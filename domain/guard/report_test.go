package guard_test

import (
	"flag"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"signaalboek/domain/guard"
)

var (
	report = flag.Bool("report", false, "print what the guard finds, beside its goals")
	misses = flag.String("misses", "", "print what the guard misses of this split: train or dev")
)

// The goals of the design.
const (
	goalValid      = 1.0   // numbers with check digits that hold
	goalStructured = 0.995 // structured identifiers
	goalNames      = 0.95  // full names
	goalBlocked    = 0.005 // of clean notes
	goalAsked      = 0.10  // of clean notes
	goalP99        = 10 * time.Millisecond
)

var (
	valid      = []guard.Class{guard.NationalNumber, guard.IBAN, guard.PaymentMessage}
	structured = append([]guard.Class{
		guard.Telephone, guard.Email, guard.Handle, guard.Plate, guard.Document, guard.BirthDate, guard.Address,
	}, valid...)
)

func TestGoals(t *testing.T) {
	s := measure(harelbeke(), readCorpus(t, "test"))
	for _, goal := range s.goals() {
		if !goal.met() {
			t.Errorf("%s: %d of %d, goal %s", goal.what, goal.share.hits, goal.share.of, goal.says())
		}
	}
}

// The corpus is what the design asks for, and nothing of the test part is in another one.
func TestCorpus(t *testing.T) {
	notes, hard, seen := 0, 0, map[string]string{}
	for _, split := range []string{"train", "dev", "test"} {
		for _, n := range readCorpus(t, split) {
			notes++
			if strings.HasPrefix(n.stratum, "clean ") {
				hard++
			}
			if other, twice := seen[n.text]; twice {
				t.Errorf("in %s and %s: %s", other, split, n.text)
			}
			seen[n.text] = split
			if n.want == clean && len(n.spans) > 0 {
				t.Errorf("clean, with spans: %s", n.text)
			}
		}
	}
	if notes < 1600 || hard < 300 {
		t.Errorf("%d notes, %d hard clean ones", notes, hard)
	}
}

type goal struct {
	what  string
	share share
	least float64 // hits at least
	most  float64 // hits at most, if least is 0
}

func (g goal) met() bool {
	if g.share.of == 0 {
		return false
	}
	rate := float64(g.share.hits) / float64(g.share.of)
	return g.least > 0 && rate >= g.least || g.least == 0 && rate <= g.most
}

func (g goal) says() string {
	if g.least > 0 {
		return fmt.Sprintf("≥ %.1f %%", 100*g.least)
	}
	return fmt.Sprintf("≤ %.1f %%", 100*g.most)
}

func (s score) goals() []goal {
	sum := func(classes []guard.Class) share {
		var all share
		for _, class := range classes {
			all = all.plus(s.classes[class])
		}
		return all
	}
	return []goal{
		{what: "valid numbers", share: sum(valid), least: goalValid},
		{what: "structured identifiers", share: sum(structured), least: goalStructured},
		{what: "full names", share: s.classes[guard.Name], least: goalNames},
		{what: "clean notes blocked", share: s.blocked, most: goalBlocked},
		{what: "clean notes asked", share: s.asked, most: goalAsked},
	}
}

// wilson is the 95 % interval of a share, which holds for small numbers too.
func (s share) wilson() (low, high float64) {
	if s.of == 0 {
		return 0, 1
	}
	const z = 1.959964
	n, p := float64(s.of), float64(s.hits)/float64(s.of)
	middle := (p + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return max(0, middle-half), min(1, middle+half)
}

func (s share) row(what, goal string) string {
	low, high := s.wilson()
	return fmt.Sprintf("%-36s %5d of %5d  %6.2f %%  [%6.2f – %6.2f]  %s\n",
		what, s.hits, s.of, 100*float64(s.hits)/float64(max(1, s.of)), 100*low, 100*high, goal)
}

// TestReport prints the report of make guard-report: the test part, which nothing was tuned on.
func TestReport(t *testing.T) {
	if !*report {
		t.Skip("asked for with -args -report")
	}
	g, notes := harelbeke(), readCorpus(t, "test")
	s := measure(g, notes)
	var out strings.Builder
	fmt.Fprintf(&out, "The guard on the test part of its corpus (%d notes); recall with Wilson 95 %% intervals.\n\nGoals\n", len(notes))
	for _, goal := range s.goals() {
		out.WriteString(goal.share.row(goal.what, "goal "+goal.says()))
	}
	p99 := slowest(g, texts500(notes))
	fmt.Fprintf(&out, "%-36s %s  goal < %s\n", "p99 on 500 characters", p99, goalP99)
	out.WriteString("\nSpans found, by class\n")
	for _, class := range guard.Classes() {
		if share, labelled := s.classes[class]; labelled {
			out.WriteString(share.row(string(class), ""))
		}
	}
	out.WriteString("\nNotes with the verdict they should have, or a stricter one, by stratum\n")
	for _, stratum := range slices.Sorted(maps.Keys(s.strata)) {
		out.WriteString(s.strata[stratum].row(stratum, ""))
	}
	fmt.Print(out.String())
}

// TestMisses prints what is missed of train or dev, for whoever tunes; never of the test part.
func TestMisses(t *testing.T) {
	if *misses != "train" && *misses != "dev" {
		t.Skip("asked for with -args -misses=dev")
	}
	for _, missed := range measure(harelbeke(), readCorpus(t, *misses)).missed {
		fmt.Println(missed)
	}
}

// texts500 is the notes of a part in rows of 500 characters.
func texts500(notes []note) []string {
	var texts []string
	var row []rune
	for _, n := range notes {
		row = append(append(row, []rune(n.text)...), ' ')
		for len(row) >= 500 {
			texts, row = append(texts, string(row[:500])), row[500:]
		}
	}
	return texts
}

// slowest is the 99th percentile over texts. Of each text it takes the median of many runs, so that what else the
// machine does at that moment is not counted as ours.
func slowest(g *guard.Guard, texts []string) time.Duration {
	var each []time.Duration
	for _, text := range texts {
		var runs []time.Duration
		for range 21 {
			began := time.Now()
			g.Check(text)
			runs = append(runs, time.Since(began))
		}
		slices.Sort(runs)
		each = append(each, runs[len(runs)/2])
	}
	slices.Sort(each)
	return each[len(each)*99/100]
}

func BenchmarkCheck500(b *testing.B) {
	g, texts := harelbeke(), texts500(readCorpus(b, "dev"))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		g.Check(texts[i%len(texts)])
	}
	b.ReportMetric(float64(slowest(g, texts).Nanoseconds()), "p99-ns")
}

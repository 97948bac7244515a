package web

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"signaalboek/domain/release"
	"signaalboek/projections"
)

// aboutPeriod is the edition for the council of a sample, about another period.
func aboutPeriod(t *testing.T, period release.Period) []byte {
	t.Helper()
	edition := sampleCouncil()
	edition.Period = period
	document, err := printing(t).Council(edition)
	if err != nil {
		t.Fatal(err)
	}
	return document
}

// days is what stands before the steps of a document: those that are marked as of its period, or all others.
func days(t *testing.T, document []byte, marked bool) (days []string) {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(document))
	if err != nil {
		t.Fatal(err)
	}
	for node := range root.Descendants() {
		if class, _ := attribute(node, "class"); class == "when now" && marked || class == "when" && !marked {
			days = append(days, node.FirstChild.Data)
		}
	}
	return days
}

// Whoever read an edition before looks for what is new: the steps since its period began are marked, and told at the top.
func TestAnEditionMarksWhatHappenedSinceItsPeriodBegan(t *testing.T) {
	for _, part := range []release.Part{release.WholeYear, release.FirstHalf} {
		document := aboutPeriod(t, release.Period{Year: 2022, Part: part})
		now, other := days(t, document, true), days(t, document, false)
		if len(now) == 0 || len(other) == 0 {
			t.Fatalf("%d steps are marked, and %d are not", len(now), len(other))
		}
		for _, day := range now {
			if !strings.HasSuffix(day, "2022") && !strings.HasSuffix(day, "2023") {
				t.Errorf("a step of %s is marked", day)
			}
		}
		for _, day := range other {
			if !strings.HasSuffix(day, "2020") && !strings.HasSuffix(day, "2021") {
				t.Errorf("a step of %s is not marked", day)
			}
		}
		if !strings.Contains(said(t, document), T("edition.moved")) {
			t.Error("it does not say with what something happened")
		}
	}
	quiet := aboutPeriod(t, release.Period{Year: 2031, Part: release.WholeYear})
	if len(days(t, quiet, true)) > 0 || !strings.Contains(said(t, quiet), T("edition.not-moved")) {
		t.Error("where nothing happened, it does not say so")
	}
}

// What was heard since then is new, though nothing happened with it yet; and so is what was told after the period.
func TestWhatWasHeardIsNew(t *testing.T) {
	s := &sheets{Printing: printing(t), period: release.Period{Year: 2022, Part: release.FirstHalf}}
	for heard, want := range map[projections.HalfYear]bool{
		in(2022, 1): true, in(2022, 2): true, in(2023, 1): true, in(2021, 2): false,
	} {
		line := s.signal(projections.PartnerSignal{Ref: "S1", Heard: heard})
		if got := len(moved([]roadSheet{line})) == 1; got != want {
			t.Errorf("heard in %s: new %v", heard, got)
		}
	}
}

// A half-year has fewer tables. Whoever misses some reads where they are.
func TestAHalfYearSaysThatTablesAreLeftOut(t *testing.T) {
	for part, want := range map[release.Part]bool{release.FirstHalf: true, release.WholeYear: false} {
		text := said(t, aboutPeriod(t, release.Period{Year: 2022, Part: part}))
		if got := strings.Contains(text, T("edition.half-year")); got != want {
			t.Errorf("%s: %v", part, got)
		}
	}
}

// Below every document stands whose it is and about when; those without figures say where these are.
func TestEveryEditionHasAColophon(t *testing.T) {
	for name, document := range printed(t, printing(t)) {
		root, _ := html.Parse(bytes.NewReader(document))
		footers := 0
		for node := range root.Descendants() {
			if node.Data == "footer" {
				footers++
			}
		}
		council := strings.HasSuffix(name, "council")
		if elsewhere := strings.Contains(said(t, document), T("edition.elsewhere")); footers != 1 || elsewhere == council {
			t.Errorf("%s: %d colophons, figures are elsewhere: %v", name, footers, elsewhere)
		}
	}
}

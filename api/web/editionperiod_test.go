package web

import (
	"bytes"
	"slices"
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

// Whoever read an edition before looks for what is new: the steps of its period are marked, and told at the top.
func TestAnEditionMarksWhatHappenedInItsPeriod(t *testing.T) {
	for name, test := range map[string]struct {
		period release.Period
		may    []string // the half-years that are marked
	}{
		"whole year": {release.Period{Year: 2022, Part: release.WholeYear}, []string{"eerste helft 2022", "tweede helft 2022"}},
		"first half": {release.Period{Year: 2022, Part: release.FirstHalf}, []string{"eerste helft 2022"}},
	} {
		t.Run(name, func(t *testing.T) {
			document := aboutPeriod(t, test.period)
			now, other := days(t, document, true), days(t, document, false)
			if len(now) == 0 || len(other) == 0 {
				t.Fatalf("%d steps are marked, and %d are not", len(now), len(other))
			}
			for _, day := range now {
				if !slices.Contains(test.may, day) {
					t.Errorf("a step of %s is marked", day)
				}
			}
			for _, day := range other {
				if slices.Contains(test.may, day) {
					t.Errorf("a step of %s is not marked", day)
				}
			}
			if !strings.Contains(said(t, document), T("edition.moved")) {
				t.Error("it does not say with what something happened")
			}
		})
	}
	quiet := aboutPeriod(t, release.Period{Year: 2031, Part: release.WholeYear})
	if len(days(t, quiet, true)) > 0 || !strings.Contains(said(t, quiet), T("edition.not-moved")) {
		t.Error("where nothing happened, it does not say so")
	}
}

// What was heard in a period is new in it, though nothing happened with it yet.
func TestWhatWasHeardIsNew(t *testing.T) {
	s := &sheets{Printing: printing(t), period: release.Period{Year: 2022, Part: release.FirstHalf}}
	for heard, want := range map[projections.HalfYear]bool{
		in(2022, 1): true, in(2022, 2): false, in(2021, 1): false,
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

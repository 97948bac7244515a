package web

import (
	"slices"
	"strings"
	"testing"

	"signaalboek/projections"
)

// The differences are those of the sources: 19 families with 35 children, 10 to 12 of foreign origin, 6 to 9 known.
func TestSubtractingTheDocuments(t *testing.T) {
	page := SubtractionPage{}
	for i, want := range []string{"19", "35", "10 tot 12", "6 tot 9"} {
		if row := page.Documents()[i]; row.Left != want {
			t.Errorf("%s: %s, want %s", row.What, row.Left, want)
		}
	}
}

// What the gate does not reckon with, the manual says in the words of every release.
func TestTheManualSaysWhatIsNotReckonedWith(t *testing.T) {
	page, err := render(View{Frame: Frame{Title: T("subtraction.title")}, Body: SubtractionPage{}})
	if err != nil {
		t.Fatal(err)
	}
	limits := projections.GateLimits()
	if !slices.Contains(limits, projections.LimitWidening) || !slices.Contains(limits, projections.LimitRequests) {
		t.Errorf("the limits are %v", limits)
	}
	for _, limit := range limits {
		if !strings.Contains(string(page), "<li>"+Word("limit", limit)) {
			t.Errorf("limit %s is not on the page", limit)
		}
	}
}

func TestSubtractingReleasesTellsLittle(t *testing.T) {
	for i, want := range []string{"16 tot 24", "31 tot 39", "1 tot 19", "1 tot 19"} {
		if row := (SubtractionPage{}).Releases()[i]; row.Left != want {
			t.Errorf("%s: %s, want %s", row.What, row.Left, want)
		}
	}
}

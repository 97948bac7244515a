package web

import (
	"testing"
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

func TestSubtractingReleasesTellsLittle(t *testing.T) {
	for i, want := range []string{"16 tot 24", "31 tot 39", "1 tot 19", "1 tot 19"} {
		if row := (SubtractionPage{}).Releases()[i]; row.Left != want {
			t.Errorf("%s: %s, want %s", row.What, row.Left, want)
		}
	}
}

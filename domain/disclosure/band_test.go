package disclosure

import (
	"testing"

	"pgregory.net/rapid"
)

var widths = []Width{Exact, ByFive, ByTen, ByTwenty, Unpublished}

func TestBands(t *testing.T) {
	for _, test := range []struct {
		width Width
		n     int
		want  Band
	}{
		{Exact, 0, Band{0, 0}}, {Exact, 137, Band{137, 137}},
		{ByFive, 0, Band{0, 4}}, {ByFive, 4, Band{0, 4}}, {ByFive, 5, Band{5, 9}}, {ByFive, 60, Band{60, 64}},
		{ByTen, 9, Band{0, 9}}, {ByTen, 10, Band{10, 19}},
		{ByTwenty, 39, Band{20, 39}},
		{Unpublished, 39, anyBand},
	} {
		if got := test.width.Band(test.n); got != test.want {
			t.Errorf("%d by %d: %v, want %v", test.n, test.width, got, test.want)
		}
	}
}

// Nested bands only enlarge what is possible: that is why a target once hidden stays hidden.
func TestBandsNest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 5000).Draw(t, "n")
		width := rapid.SampledFrom(widths).Draw(t, "width")
		narrow, wide := width.Band(n), width.wider().Band(n)
		if !narrow.Holds(n) || narrow.both(wide) != narrow {
			t.Fatalf("%d: %v, wider %v", n, narrow, wide)
		}
		other := rapid.IntRange(narrow.Least, min(narrow.Most, 5000)).Draw(t, "other")
		if width.Band(other) != narrow {
			t.Fatalf("%d and %d are in different bands", n, other)
		}
	})
}

func TestWidthsAreInOrder(t *testing.T) {
	for i, narrow := range widths {
		for j, wide := range widths {
			if narrow.Narrower(wide) != (i < j) {
				t.Errorf("%d narrower than %d: %v", narrow, wide, narrow.Narrower(wide))
			}
		}
		if next := widths[min(i+1, len(widths)-1)]; narrow.wider() != next || !narrow.Valid() {
			t.Errorf("%d: wider is %d", narrow, narrow.wider())
		}
	}
	if Width(7).Valid() {
		t.Error("7 is a width")
	}
}

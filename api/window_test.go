package api

import (
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"signaalboek/projections"
)

// Page after page, every entry is shown once and in order, however the lists are cut; also when the entry that a cursor
// names is gone by then.
func TestWindowsShowEverythingOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		keys := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z/]{1,6}`), 0, 30, rapid.ID).Draw(t, "keys")
		middle := rapid.IntRange(0, len(keys)).Draw(t, "first list")
		limit := rapid.IntRange(1, 7).Draw(t, "limit")
		var shown []string
		for after := ""; ; {
			w, err := openWindow(keys, after, limit)
			if err != nil {
				t.Fatal(err)
			}
			cutting := w
			first, second := cut(&cutting, keys[:middle]), cut(&cutting, keys[middle:])
			if len(first)+len(second) > limit {
				t.Fatalf("%d entries on a page of %d", len(first)+len(second), limit)
			}
			shown = slices.Concat(shown, first, second)
			if after = w.next; after == "" {
				break
			}
		}
		if !slices.Equal(shown, keys) {
			t.Fatalf("shown %q of %q", shown, keys)
		}
	})
}

func TestAWindowAfterWhatIsGone(t *testing.T) {
	w, err := openWindow([]string{"a", "c", "d"}, "2.b", 1)
	if err != nil || w.from != 2 {
		t.Errorf("the page begins at %d, %v", w.from, err)
	}
	for _, after := range []string{"x", "x.a", "-1.a"} {
		if _, err := openWindow(nil, after, 1); !errors.Is(err, projections.ErrCursor) {
			t.Errorf("%s is a cursor: %v", after, err)
		}
	}
}

package projections

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// A haystack finds the texts that looking at each of them would find, in the order in which they came, however they lie
// in its bales; and never one that was blanked.
func TestHaystackLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringOfN(rapid.SampledFrom([]rune("aeéq")), 1, 4, -1)
		words := func(most int) []string { return rapid.SliceOfN(word, 1, most).Draw(t, "words") }
		var stack haystack
		texts := map[uint32]string{}
		var order []uint32
		for range rapid.IntRange(0, 30).Draw(t, "texts") {
			no := uint32(len(order))
			texts[no] = strings.Join(words(6), " ") + strings.Repeat(" x", rapid.SampledFrom([]int{0, 0, baleSize / 3, baleSize}).Draw(t, "x"))
			at := stack.add(no, texts[no])
			if order = append(order, no); rapid.IntRange(0, 4).Draw(t, "blank") == 0 {
				stack.blank(at)
				delete(texts, no)
			}
		}
		type found struct {
			text   uint32
			inside bool
		}
		var want, got []found
		needles := needlesOf(words(2))
		for _, no := range order {
			if holds, inside := lookFor(needles, []byte(" "+texts[no])); holds {
				want = append(want, found{no, inside})
			}
		}
		stack.each(needles, func(text uint32, inside bool) { got = append(got, found{text, inside}) })
		if len(got) != len(want) {
			t.Fatalf("found %v, not %v", got, want)
		}
		for i := range want {
			if got[i] != want[i] {
				t.Fatalf("found %v, not %v", got, want)
			}
		}
	})
}

package projections

import (
	"testing"

	"pgregory.net/rapid"

	"signaalboek/domain/pursuit"
)

// Whatever address is kept comes back to the letter, also after a snapshot.
func TestReferencesKeepEveryAddress(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		part := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{
			"https://besluiten.example.org/id/", "/besluitenlijst", "8f14e45f-ceea-467a-9538-1c5c3a7d2b10",
			"8F14E45F-CEEA-467A-9538-1C5C3A7D2B10", "8f14e45f-ceea-467a-9538-1c5c3a7d2b1",
		}))
		held := newReferences()
		want := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) pursuit.Reference {
			return pursuit.Reference{
				URI:  part.Draw(t, "begin") + part.Draw(t, "middle") + part.Draw(t, "end"),
				Page: rapid.Int().Draw(t, "page"), Digest: part.Draw(t, "digest"),
			}
		}), 0, 50).Draw(t, "references")
		for i, of := range want {
			if number := held.add(of); int(number) != i+1 {
				t.Fatalf("reference %d has number %d", i+1, number)
			}
		}
		held.rows.close()
		again := newReferences()
		throughCoder(t, held.code, again.code)
		for i, of := range want {
			if got := held.at(uint32(i + 1)); got != of {
				t.Fatalf("%+v comes back as %+v", of, got)
			}
			if got := again.at(uint32(i + 1)); got != of {
				t.Fatalf("%+v comes back out of a snapshot as %+v", of, got)
			}
		}
	})
}

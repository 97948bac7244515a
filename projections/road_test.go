package projections

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"signaalboek/domain"
)

// Whatever goes into a road comes out of it, in the same order, also after a snapshot.
func TestRoadKeepsEveryStep(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		steps := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) roadStep {
			return roadStep{
				thing: thingNo(rapid.Uint32().Draw(t, "thing")), on: domain.Date(rapid.Int32().Draw(t, "on")),
				saying: sayingNo(rapid.Uint32().Draw(t, "saying")), detail: detail(rapid.Int32().Draw(t, "detail")),
			}
		}), 0, 400).Draw(t, "steps")
		walked := &road{}
		for _, step := range steps {
			walked.add(step)
		}
		if !slices.Equal(slices.Collect(walked.all()), steps) {
			t.Fatal("a step was lost")
		}
		var raw []byte
		c := &coder{put: func(block []byte) error { raw = append(raw, block...); return nil }}
		codeRoad(c, &walked)
		c.flush()
		var again *road
		codeRoad(&coder{reading: true, block: raw}, &again)
		if !slices.Equal(slices.Collect(again.all()), steps) {
			t.Fatal("a step was lost in a snapshot")
		}
	})
}

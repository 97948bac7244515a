package api

import (
	"slices"

	"signaalboek/projections"
)

// storyPart is the part of a trajectory that stands on one page: the newest steps, or earlier ones that were asked for.
type storyPart struct {
	from, to int    // of the steps
	earlier  string // address of the part before it; empty if it begins with the first step
	newest   string // address of the newest part; empty if this is it
}

// earlierParameter is the cursor of an earlier part.
const earlierParameter = "eerder"

// storyPart is the part that the address of a page asks for. Parts are cut from the newest step back.
func (l look) storyPart(steps []projections.TrajectoryStep) (storyPart, error) {
	keys := make([]string, len(steps))
	for i, step := range steps {
		keys[i] = step.ID.String()
	}
	slices.Reverse(keys)
	chosen := l.asOf.Form
	back, err := openWindow(keys, chosen.Value(earlierParameter), pageRows)
	part := storyPart{from: len(steps) - back.to, to: len(steps) - back.from}
	if back.next != "" {
		part.earlier = nextOf(chosen, earlierParameter, back.next) + "#traject"
	}
	if back.from > 0 {
		part.newest = chosen.Action + "#traject"
	}
	return part, err
}

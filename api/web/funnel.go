package web

// Funnel is how many of what was heard went how far: contacts, help requests, signals, … , fed back. Its first stages
// are so much larger than the last that their lengths would say nothing: each is drawn beside the one before it.
type Funnel struct {
	ID     string
	Stages []Stage
}

// Stage is one stage.
type Stage struct {
	Label string
	N     int
	Note  string // of this stage alone; may be empty
}

const (
	funnelLine  = 58
	funnelWidth = 400
	funnelRoom  = 400
	funnelThick = 26
)

// Width and Height are those of the drawing, in its own units.
func (f Funnel) Width() int { return funnelWidth }

// Height: see Width.
func (f Funnel) Height() int { return funnelLine * len(f.Stages) }

// PlacedStage is one stage, placed: in the middle, so that the stages narrow from both sides.
type PlacedStage struct {
	Stage
	X, Y, Length, Thick int
	LabelY              int
}

// Placed is every stage where it is drawn. Lengths follow the square root, so that a small stage after a large one
// still can be seen; the number stands beside the name.
func (f Funnel) Placed() []PlacedStage {
	placed := make([]PlacedStage, len(f.Stages))
	widest := 1
	for _, stage := range f.Stages {
		widest = max(widest, root(stage.N))
	}
	for i, stage := range f.Stages {
		length := share(root(stage.N), widest, funnelRoom)
		placed[i] = PlacedStage{
			Stage: stage, X: (funnelWidth - length) / 2, Y: i*funnelLine + 22, Length: length, Thick: funnelThick,
			LabelY: i*funnelLine + 15,
		}
	}
	return placed
}

// root is the whole square root of a hundred times n.
func root(n int) int {
	r := 0
	for n > 0 && (r+1)*(r+1) <= 100*n {
		r++
	}
	return r
}

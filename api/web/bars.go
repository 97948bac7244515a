package web

// Bars is a bar a line, its name above it and its number behind: for a waiting list by age, lead times by forum, any
// figure by a code list. With Of, a bar is drawn within the room of a whole.
type Bars struct {
	ID     string
	Title  string
	Lines  []Bar
	Unit   string // behind each number, such as "dagen"; may be empty
	Hatch  bool   // the bars carry a pattern, so that two drawings on a page differ without colour
	Column string // what the table below calls the names
	Value  string // and the numbers
}

// Bar is one line.
type Bar struct {
	Label   string
	N       int
	Href    string // the same, in a list; may be empty
	Unknown bool   // not recorded, which is not zero
}

const (
	barLine   = 46
	barWidth  = 400
	barRoom   = 310 // for the longest bar; the number stands behind it
	barHeight = 16
)

// Width and Height are those of the drawing, in its own units.
func (b Bars) Width() int { return barWidth }

// Height: see Width.
func (b Bars) Height() int { return barLine*len(b.Lines) + 4 }

// PlacedBar is one line, placed.
type PlacedBar struct {
	Bar
	LabelY, Y, TextY     int
	Length, TextX, Thick int
	Room                 int
}

// Placed is every line where it is drawn.
func (b Bars) Placed() []PlacedBar {
	placed := make([]PlacedBar, len(b.Lines))
	longest := b.longest()
	for i, bar := range b.Lines {
		length := share(bar.N, longest, barRoom)
		placed[i] = PlacedBar{
			Bar: bar, LabelY: i*barLine + 16, Y: i*barLine + 22, TextY: i*barLine + 35,
			Length: length, TextX: length + 8, Thick: barHeight, Room: barRoom,
		}
	}
	return placed
}

func (b Bars) longest() int {
	longest := 1
	for _, bar := range b.Lines {
		longest = max(longest, bar.N)
	}
	return longest
}

// share is n of whole in a room; something is never drawn as nothing.
func share(n, whole, room int) int {
	if n <= 0 {
		return 0
	}
	return max(2, n*room/max(whole, 1))
}

package web

import (
	"cmp"
	"strings"

	"signaalboek/domain/disclosure"
)

// Band says what a release tells of a count: "137", "20 tot 24", "minder dan 5", or that it is not published.
func Band(b disclosure.Band) string {
	switch {
	case !b.Published():
		return T("band.unpublished")
	case b.Least == b.Most:
		return number(b.Least)
	case b.Least == 0:
		return T("band.under", number(b.Most+1))
	}
	return T("band.between", number(b.Least), number(b.Most))
}

// CellBand says what a release tells in one cell; what was not recorded is not zero.
func CellBand(cell disclosure.Cell) string {
	if !cell.Recorded {
		return T("unrecorded")
	}
	return Band(cell.Band)
}

// BandBars is a bar for each count of a release, drawn from what is published and from nothing else: filled up to the least
// that it can be, hatched up to the most.
type BandBars struct {
	ID    string
	Title string
	Lines []BandLine
}

// BandLine is one count.
type BandLine struct {
	Label string
	Cell  disclosure.Cell
}

// compare puts the highest bands first. What has the same band stands by its name: their order would tell which is more.
func (l BandLine) compare(other BandLine) int {
	return cmp.Or(cmp.Compare(other.rank(), l.rank()), cmp.Compare(strings.ToLower(l.Label), strings.ToLower(other.Label)))
}

// rank is by what a line is ordered; what nobody is told comes last.
func (l BandLine) rank() int {
	if !l.drawn() {
		return -1
	}
	return l.Cell.Band.Least
}

func (l BandLine) drawn() bool { return l.Cell.Recorded && l.Cell.Band.Published() }

const (
	bandWidth  = 640
	bandLabel  = 224 // room for the names
	bandSaid   = 346 // where what it says ends: before the bar, so that whoever sees the left of a drawing reads it
	bandStart  = 354
	bandRoom   = bandWidth - bandStart // for the longest bar
	bandLine   = 22
	bandHeight = 13

	bandLetters = 32 // of a name
)

// Width and Height are those of the drawing, in its own units.
func (b BandBars) Width() int { return bandWidth }

// Height: see Width.
func (b BandBars) Height() int { return bandLine * len(b.Lines) }

// PlacedBand is one count, placed.
type PlacedBand struct {
	BandLine
	Name                string // as much of the label as there is room for; the table below has it whole
	Said                string
	Y, TextY            int
	X, Sure, Open, Room int // where the bar starts, how long it is filled, and how long hatched
	OpenX, TextX, Thick int
	Drawn               bool
}

// Placed is every count where it is drawn.
func (b BandBars) Placed() []PlacedBand {
	placed := make([]PlacedBand, len(b.Lines))
	most := b.most()
	for i, line := range b.Lines {
		p := PlacedBand{
			BandLine: line, Name: shortened(line.Label, bandLetters), Said: CellBand(line.Cell), Drawn: line.drawn(),
			TextX: bandSaid, X: bandStart, Y: i*bandLine + 5, TextY: i*bandLine + 16, Room: bandRoom, Thick: bandHeight,
		}
		if p.Drawn {
			p.Sure = line.Cell.Band.Least * bandRoom / most
			p.Open = line.Cell.Band.Most*bandRoom/most - p.Sure
		}
		p.OpenX = p.X + p.Sure
		placed[i] = p
	}
	return placed
}

func (b BandBars) most() int {
	most := 1
	for _, line := range b.Lines {
		if line.drawn() {
			most = max(most, line.Cell.Band.Most)
		}
	}
	return most
}

// shortened is a text that fits in so many letters: whole, or cut with an ellipsis.
func shortened(text string, letters int) string {
	runes := []rune(text)
	if len(runes) <= letters {
		return text
	}
	return strings.TrimSpace(string(runes[:letters-1])) + "…"
}

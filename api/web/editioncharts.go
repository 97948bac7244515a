package web

import (
	"slices"
	"strings"

	"signaalboek/projections"
)

// MeetingDots is in how many meetings of the focusgroep each theme was discussed: a row of boxes a theme, one for each
// meeting that counts, as many filled as it was discussed in. Which ones is not told.
type MeetingDots struct {
	Window int
	Rows   []MeetingRow
}

// MeetingRow is one theme.
type MeetingRow struct {
	Label    string
	Meetings int
}

const (
	dotLine = 24
	dotBox  = 26
)

// Width and Height are those of the drawing, in its own units.
func (m MeetingDots) Width() int { return bandWidth }

// Height: see Width.
func (m MeetingDots) Height() int { return dotLine * len(m.Rows) }

// PlacedDot is one box, placed.
type PlacedDot struct {
	X, Y, Width, Height int
	Filled              bool
}

// Boxes is the boxes of a row.
func (m MeetingDots) Boxes(row int) []PlacedDot {
	boxes := make([]PlacedDot, m.Window)
	for i := range boxes {
		boxes[i] = PlacedDot{bandLabel + i*dotBox, row*dotLine + 4, dotBox - 6, dotLine - 8, i < m.Rows[row].Meetings}
	}
	return boxes
}

// Name is as much of the label of a row as there is room for.
func (m MeetingDots) Name(row int) string { return shortened(m.Rows[row].Label, bandLetters) }

// TextY is where the label of a row stands.
func (m MeetingDots) TextY(row int) int { return row*dotLine + 17 }

// Meetings is the themes that anybody talked about, drawn; the table below it has the others too.
func (c councilSheet) Meetings() MeetingDots {
	dots := MeetingDots{Window: c.Window}
	for _, theme := range c.Themes {
		if theme.Meetings > 0 {
			dots.Rows = append(dots.Rows, MeetingRow{theme.Label, theme.Meetings})
		}
	}
	return dots
}

// LeadTimes is how many half-years each forum takes in the middle case: to discuss, to decide, to carry out. Each has a
// line and a shape of its own.
type LeadTimes struct {
	Rows []LeadRow
}

// add adds a forum; one of which nothing is known yet is in the table only.
func (l *LeadTimes) add(forum string, times ...projections.EditionTime) {
	if slices.ContainsFunc(times, func(time projections.EditionTime) bool { return time.Cases > 0 }) {
		l.Rows = append(l.Rows, LeadRow{forum, [3]projections.EditionTime(times)})
	}
}

// LeadRow is one forum.
type LeadRow struct {
	Label string
	Times [3]projections.EditionTime // to discuss, to decide, to carry out
}

const (
	leadLine = 36
	leadHead = 24
	leadStep = 11 // between the lines of one forum
)

// Width and Height are those of the drawing, in its own units.
func (l LeadTimes) Width() int { return bandWidth }

// Height: see Width.
func (l LeadTimes) Height() int { return leadHead + leadLine*len(l.Rows) }

// Ticks is the half-years of the axis.
func (l LeadTimes) Ticks() []LeadTick {
	ticks := make([]LeadTick, l.longest()+1)
	for i := range ticks {
		ticks[i] = LeadTick{HalfYears: i, X: l.x(i), Y: leadHead - 10, Top: leadHead - 4, Foot: l.Height()}
	}
	return ticks
}

// LeadTick is a half-year of the axis.
type LeadTick struct {
	HalfYears       int
	X, Y, Top, Foot int
}

// PlacedLead is one line, placed.
type PlacedLead struct {
	Kind     int // 0: to discuss, 1: to decide, 2: to carry out
	From, To int
	Y        int
	Left     int // of its shape, as those below
	Right    int
	Top      int
	Bottom   int
}

const leadRadius = 4

// Lines is the lines of a forum: those of which something is known.
func (l LeadTimes) Lines(row int) []PlacedLead {
	var lines []PlacedLead
	for kind, time := range l.Rows[row].Times {
		if time.Cases == 0 {
			continue
		}
		to, y := l.x(time.Median), leadHead+row*leadLine+6+kind*leadStep
		lines = append(lines, PlacedLead{
			Kind: kind, From: bandLabel, To: to, Y: y,
			Left: to - leadRadius, Right: to + leadRadius, Top: y - leadRadius, Bottom: y + leadRadius,
		})
	}
	return lines
}

// LeadName is a line of the name of a forum, placed.
type LeadName struct {
	Text string
	Y    int
}

// Names is the name of a forum, on one line or two.
func (l LeadTimes) Names(row int) []LeadName {
	middle := leadHead + row*leadLine + leadLine/2 + 2
	first, second := folded(l.Rows[row].Label, bandLetters)
	if second == "" {
		return []LeadName{{first, middle}}
	}
	return []LeadName{{first, middle - 7}, {second, middle + 7}}
}

// folded is a text on two lines of so many letters, cut at a space.
func folded(text string, letters int) (first, second string) {
	runes := []rune(text)
	if len(runes) <= letters {
		return text, ""
	}
	at := strings.LastIndex(string(runes[:letters+1]), " ")
	if at < 0 {
		return shortened(text, letters), ""
	}
	return text[:at], shortened(text[at+1:], letters)
}

// LineY is below a forum.
func (l LeadTimes) LineY(row int) int { return leadHead + (row+1)*leadLine - 2 }

// x is where so many half-years stand: the first a little way in, so that no time at all is seen too.
func (l LeadTimes) x(halfYears int) int {
	const first, room = 30, bandWidth - bandLabel - 60
	return bandLabel + first + halfYears*room/max(1, l.longest())
}

func (l LeadTimes) longest() int {
	longest := 1
	for _, row := range l.Rows {
		for _, time := range row.Times {
			longest = max(longest, time.Median)
		}
	}
	return longest
}

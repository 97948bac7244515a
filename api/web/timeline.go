package web

import (
	"time"

	"signaalboek/domain"
)

// Timeline is the life of a signal, in lanes: where each thing happened, from the first contact to the feedback.
type Timeline struct {
	ID    string
	Lanes []string // top down: practice, focusgroep, forum, council
	Marks []Mark   // oldest first
	From  domain.Date
	Until domain.Date // at the earliest the day of the last mark
}

// Mark is one thing that happened.
type Mark struct {
	On     domain.Date
	Lane   int    // from 0
	Number int    // by which the list below the drawing tells what it is
	Label  string // that sentence
	Owed   bool   // expected, not yet happened: drawn open
}

const (
	timelineLeft   = 110
	timelineWidth  = 900
	timelineRight  = 30
	timelineTop    = 34
	timelineLane   = 62
	timelineRadius = 13
	timelineLong   = 2 * 366 // days; a longer life shows years, a shorter one quarters
)

// Width and Height are those of the drawing, in its own units.
func (t Timeline) Width() int { return timelineWidth }

// Height: see Width.
func (t Timeline) Height() int { return timelineTop + timelineLane*len(t.Lanes) + 4 }

// PlacedLane is one lane, placed.
type PlacedLane struct {
	Label            string
	Number           int // from 1
	Y, Height, TextY int
}

// PlacedLanes is every lane where it is drawn.
func (t Timeline) PlacedLanes() []PlacedLane {
	lanes := make([]PlacedLane, len(t.Lanes))
	for i, label := range t.Lanes {
		y := timelineTop + i*timelineLane
		lanes[i] = PlacedLane{Label: label, Number: i + 1, Y: y, Height: timelineLane - 6, TextY: y + timelineLane/2 + 1}
	}
	return lanes
}

// PlacedMark is one mark, placed.
type PlacedMark struct {
	Mark
	X, Y, R, TextY int
	LaneNumber     int // from 1
}

// Placed is every mark where it is drawn. Marks of one lane that would cover each other stand side by side: their order
// is always that of the days.
func (t Timeline) Placed() []PlacedMark {
	placed := make([]PlacedMark, len(t.Marks))
	last := make(map[int]int)
	for i, mark := range t.Marks {
		x := t.x(mark.On)
		if before, ok := last[mark.Lane]; ok {
			x = max(x, before+2*timelineRadius-2)
		}
		last[mark.Lane] = x
		y := timelineTop + mark.Lane*timelineLane + (timelineLane-6)/2
		placed[i] = PlacedMark{Mark: mark, X: x, Y: y, R: timelineRadius, TextY: y + 5, LaneNumber: mark.Lane%4 + 1}
	}
	return t.pushedBack(placed)
}

// pushedBack moves marks to the left where side by side led them past the right edge.
func (t Timeline) pushedBack(placed []PlacedMark) []PlacedMark {
	limit := make(map[int]int)
	for i := len(placed) - 1; i >= 0; i-- {
		room, ok := limit[placed[i].Lane]
		if !ok {
			room = timelineWidth - timelineRight + timelineRadius
		}
		placed[i].X = max(timelineLeft, min(placed[i].X, room))
		limit[placed[i].Lane] = placed[i].X - 2*timelineRadius + 2
	}
	return placed
}

// Tick is where a year or quarter begins.
type Tick struct {
	On         domain.Date
	X, Y, Foot int
}

// Ticks is where the years begin; in a short life, the quarters.
func (t Timeline) Ticks() []Tick {
	months := 3
	if t.Until-t.From > timelineLong {
		months = 12
	}
	var ticks []Tick
	first := domain.DateOf(t.From.Year(), time.January, 1).Time()
	for on := first; domain.DayOf(on) <= t.Until; on = on.AddDate(0, months, 0) {
		if day := domain.DayOf(on); day >= t.From {
			ticks = append(ticks, Tick{On: day, X: t.x(day), Y: timelineTop - 12, Foot: t.Height()})
		}
	}
	return ticks
}

func (t Timeline) x(on domain.Date) int {
	room := timelineWidth - timelineLeft - timelineRight
	span := max(int(t.Until-t.From), 1)
	return timelineLeft + timelineRadius + min(max(int(on-t.From), 0), span)*(room-timelineRadius)/span
}

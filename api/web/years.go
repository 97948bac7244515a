package web

import (
	"fmt"
	"strconv"
)

// Years is one figure over the years: a bar a year, an open box where nothing was recorded, and a cut where the
// definition changed, because what stands on both sides of a cut is not one series.
type Years struct {
	ID     string
	Title  string
	Points []YearPoint
}

// YearPoint is one year.
type YearPoint struct {
	Year     int
	N        int
	Recorded bool
	Break    bool // counted otherwise than the year before
	Version  int
}

const (
	yearsWidth  = 260
	yearsHeight = 190
	yearsFloor  = 150
	yearsRoom   = 120
	yearsMost   = 40
	yearsWhole  = 6 // as many years have room to be written in full
)

// Width and Height are those of the drawing, in its own units.
func (y Years) Width() int { return yearsWidth }

// Height: see Width.
func (y Years) Height() int { return yearsHeight }

// Floor is where the bars stand.
func (y Years) Floor() int { return yearsFloor }

// Name is how a year is written: in full, or with its last two digits where there is no room.
func (y Years) Name(year int) string {
	if len(y.Points) <= yearsWhole {
		return strconv.Itoa(year)
	}
	return fmt.Sprintf("’%02d", year%100)
}

// PlacedYear is one year, placed.
type PlacedYear struct {
	YearPoint
	X, Y, Thick, Length int
	Middle, TextY       int
	Cut                 int  // where the cut before it is drawn
	Other               bool // every other version carries another colour and pattern
}

// Placed is every year where it is drawn.
func (y Years) Placed() []PlacedYear {
	step := yearsWidth / max(len(y.Points), 1)
	thick := min(step*2/3, yearsMost)
	placed := make([]PlacedYear, len(y.Points))
	for i, point := range y.Points {
		length := share(point.N, y.most(), yearsRoom)
		if !point.Recorded {
			length = yearsRoom / 4
		}
		middle := i*step + step/2
		placed[i] = PlacedYear{
			YearPoint: point, X: middle - thick/2, Y: yearsFloor - length, Thick: thick, Length: length,
			Middle: middle, TextY: yearsFloor - length - 6, Cut: i * step, Other: point.Version%2 == 0,
		}
	}
	return placed
}

func (y Years) most() int {
	most := 1
	for _, point := range y.Points {
		if point.Recorded {
			most = max(most, point.N)
		}
	}
	return most
}

package web

import "signaalboek/domain"

// HeatMap is how heavy each theme weighed in each focusgroep meeting. The number stands in the cell, so colour alone
// says nothing.
type HeatMap struct {
	ID      string       // of the figure, one of its kind on the page
	Columns []HeatColumn // newest first: that is what a small screen shows
	Rows    []HeatRow
}

// HeatColumn is one meeting.
type HeatColumn struct {
	On   domain.Date
	Href string
}

// HeatRow is one theme.
type HeatRow struct {
	Label   string
	Weights []int // by column; 0: not discussed
}

const (
	heatLabel  = 150 // room for the names of the rows
	heatCell   = 64
	heatHeight = 38
	heatHead   = 34
	heaviest   = 5
)

// Width and Height are those of the drawing, in its own units.
func (h HeatMap) Width() int { return heatLabel + heatCell*len(h.Columns) }

// Height: see Width.
func (h HeatMap) Height() int { return heatHead + heatHeight*len(h.Rows) }

// HeatSquare is one cell, placed.
type HeatSquare struct {
	X, Y, Width, Height int
	TextX, TextY        int
	Weight              int
	Shade               int // 0 to 5
}

// Squares is every cell of a row.
func (h HeatMap) Squares(row int) []HeatSquare {
	squares := make([]HeatSquare, len(h.Rows[row].Weights))
	for column, weight := range h.Rows[row].Weights {
		x, y := heatLabel+column*heatCell, heatHead+row*heatHeight
		squares[column] = HeatSquare{
			X: x, Y: y, Width: heatCell - 4, Height: heatHeight - 4,
			TextX: x + (heatCell-4)/2, TextY: y + heatHeight/2 + 3,
			Weight: weight, Shade: min(max(weight, 0), heaviest),
		}
	}
	return squares
}

// LabelY is where the name of a row stands.
func (h HeatMap) LabelY(row int) int { return heatHead + row*heatHeight + heatHeight/2 + 3 }

// ColumnX is the middle of a column.
func (h HeatMap) ColumnX(column int) int { return heatLabel + column*heatCell + (heatCell-4)/2 }

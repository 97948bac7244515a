package disclosure

import (
	"math"
	"slices"
)

// explorer looks for the worlds that a model allows. It is not safe for use by several goroutines; each takes a fresh one.
type explorer struct {
	*model
	start *simplex         // with a basis within all bounds; nil: the program is doubtful, and nothing is found
	known map[string][]int // numbers that were found before
}

func newExplorer(m *model) *explorer {
	s := m.program()
	if s.feasible() != solved {
		s = nil
	}
	return &explorer{m, s, map[string][]int{}}
}

// fresh is an explorer of the same model for another goroutine, which remembers nothing.
func (e *explorer) fresh() *explorer { return &explorer{e.model, e.start, map[string][]int{}} }

// extreme is numbers of people that keep all bounds, with as few as can be in some columns, or as many; nil, if none was
// found.
func (e *explorer) extreme(s *simplex, columns []int, most bool) []int {
	if s == nil {
		return nil
	}
	cost := make([]float64, len(e.truth))
	for _, column := range columns {
		cost[column] = 1
		if most {
			cost[column] = -1
		}
	}
	s = s.clone()
	for range tries {
		if _, out := s.minimise(cost); out != solved {
			return nil
		}
		column, x := fractional(s.values())
		if column < 0 {
			return e.checked(s.values())
		}
		if !fix(s, column, math.Round(x), cost) && !fix(s, column, math.Floor(x), cost) && !fix(s, column, math.Ceil(x), cost) {
			return nil
		}
	}
	return nil
}

// tries is how many unknowns are made whole, one after the other, before a search is given up.
const tries = 60

// fix holds a column at a value, if there is a world then.
func fix(s *simplex, column int, x float64, cost []float64) bool {
	least, most := s.least[column], s.most[column]
	if x < least || x > most {
		return false
	}
	s.bound(column, x, x)
	if _, out := s.minimise(cost); out == solved {
		return true
	}
	s.bound(column, least, most)
	return false
}

// fractional is the column that is furthest from whole; −1 if all are whole.
func fractional(x []float64) (column int, value float64) {
	column, worst := -1, 1e-6
	for j, value := range x {
		if off := math.Abs(value - math.Round(value)); off > worst {
			column, worst = j, off
		}
	}
	if column < 0 {
		return -1, 0
	}
	return column, x[column]
}

// checked is the numbers, if they keep all bounds when they are whole.
func (e *explorer) checked(x []float64) []int {
	counts := make([]int, len(x))
	for j := range x {
		counts[j] = int(math.Round(x[j]))
	}
	if slices.Min(append(counts[:len(counts):len(counts)], 0)) < 0 || !e.keeps(counts) {
		return nil
	}
	return counts
}

// build makes a world of numbers of people, and deals what the aim asks for.
func (e *explorer) build(counts []int, a aim) (world, bool) {
	if counts == nil {
		return world{}, false
	}
	d := e.draft(e.souls(counts))
	d.deal(a)
	w := d.world()
	return w, e.accounts(w)
}

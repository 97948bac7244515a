package disclosure

import "math"

// A linear program asks for the least or the greatest value of Σ c·x when every x, and every row Σ a·x, stays between two
// bounds. It is solved by the simplex method for bounded variables (Dantzig; see Chvátal, Linear Programming, chapter 8)
// on a dense, condensed tableau. A few hundred rows and columns with entries of −1, 0 and 1 is all that it is made for.
//
// A row is one more variable, its activity. At any moment some variables are basic, one for each row of the tableau, and
// the others rest at one of their bounds; the tableau says of each basic variable how it depends on those at rest:
//
//	basic = T · resting
//
// At the start the activities are basic and T is the matrix itself, so no artificial variables are needed. Phase 1
// drives the sum of what basic variables lie outside their bounds to zero, phase 2 improves the objective. Both start
// from whatever basis is there: another objective over the same rows, or other bounds, goes on from the last one.
//
// What the gate lets through does not rest on this solver: worlds that are counted do. A wrong answer costs a table some
// width and can never let a number out. So anything doubtful is reported as that, and nobody tries again.
type simplex struct {
	columns int
	least   []float64 // bounds: columns first, activities of rows after them
	most    []float64

	basic   []int     // variable of each row of the tableau
	resting []int     // variable of each column of the tableau
	atMost  []bool    // where it rests
	value   []float64 // of each basic variable
	tableau []float64 // row after row
	price   []float64 // how the objective changes with each resting variable
	filled  []int     // columns of the pivot row that hold something; the matrices are sparse
}

// outcome is how a program ended.
type outcome int

const (
	solved     outcome = iota
	infeasible         // no x keeps all bounds
	doubtful           // too many steps, or numbers that cannot be trusted
)

const (
	within     = 1e-7 // how far outside its bounds a variable still counts as inside
	worthwhile = 1e-9 // the least price that is followed
	pivotal    = 1e-7 // the least entry that is divided by
	negligible = 1e-12
	stalled    = 40 // steps without progress after which Bland's rule takes over, which cannot cycle
)

// newSimplex makes a program of columns and rows; entries and bounds are set before it is solved for the first time.
func newSimplex(rows, columns int) *simplex {
	s := &simplex{
		columns: columns,
		least:   make([]float64, rows+columns), most: make([]float64, rows+columns),
		basic: make([]int, rows), value: make([]float64, rows),
		resting: make([]int, columns), atMost: make([]bool, columns), price: make([]float64, columns),
		tableau: make([]float64, rows*columns),
	}
	for j := range s.resting {
		s.resting[j] = j
	}
	for i := range s.basic {
		s.basic[i] = columns + i
	}
	return s
}

// set gives an entry of the matrix.
func (s *simplex) set(row, column int, entry float64) { s.tableau[row*s.columns+column] = entry }

// bound gives the bounds of a variable: a column, or columns+row for the activity of a row.
func (s *simplex) bound(variable int, least, most float64) {
	s.least[variable], s.most[variable] = least, most
}

// clone is a program that can go its own way from here.
func (s *simplex) clone() *simplex {
	c := *s
	c.least, c.most = append([]float64{}, s.least...), append([]float64{}, s.most...)
	c.basic, c.resting = append([]int{}, s.basic...), append([]int{}, s.resting...)
	c.atMost, c.value = append([]bool{}, s.atMost...), append([]float64{}, s.value...)
	c.tableau, c.price = append([]float64{}, s.tableau...), append([]float64{}, s.price...)
	c.filled = nil
	return &c
}

// minimise finds the least value of Σ cost·x, from the basis at hand. Costs are those of columns; all others are zero.
func (s *simplex) minimise(cost []float64) (float64, outcome) {
	if out := s.feasible(); out != solved {
		return 0, out
	}
	if out := s.walk(func() { s.pricesOf(cost) }); out != solved {
		return 0, out
	}
	if s.outside() > within {
		return 0, doubtful
	}
	sum := 0.0
	for v, c := range cost {
		if c != 0 {
			sum += c * s.at(v)
		}
	}
	return sum, solved
}

// feasible is phase 1: it finds a basis within all bounds, if there is one.
func (s *simplex) feasible() outcome {
	s.settle()
	for range 3 {
		if out := s.walk(s.pricesOfInfeasibility); out != solved {
			return out
		}
		s.settle()
		if s.outside() <= within {
			return solved
		}
	}
	return infeasible
}

// settle computes the values of basic variables anew: what is added up step by step drifts.
func (s *simplex) settle() {
	for i := range s.basic {
		sum := 0.0
		for j, entry := range s.row(i) {
			if entry != 0 {
				sum += entry * s.rests(j)
			}
		}
		s.value[i] = sum
	}
}

func (s *simplex) row(i int) []float64 { return s.tableau[i*s.columns : (i+1)*s.columns] }

// rests is the value of the variable that rests in a column.
func (s *simplex) rests(j int) float64 {
	if s.atMost[j] {
		return s.most[s.resting[j]]
	}
	return s.least[s.resting[j]]
}

// values is the columns' values.
func (s *simplex) values() []float64 {
	x := make([]float64, s.columns)
	for j, v := range s.resting {
		if v < s.columns {
			x[v] = s.rests(j)
		}
	}
	for i, v := range s.basic {
		if v < s.columns {
			x[v] = s.value[i]
		}
	}
	return x
}

func (s *simplex) at(variable int) float64 {
	for i, v := range s.basic {
		if v == variable {
			return s.value[i]
		}
	}
	for j, v := range s.resting {
		if v == variable {
			return s.rests(j)
		}
	}
	return math.NaN()
}

// outside is how far the worst basic variable lies outside its bounds.
func (s *simplex) outside() float64 {
	worst := 0.0
	for i, v := range s.basic {
		worst = max(worst, s.least[v]-s.value[i], s.value[i]-s.most[v])
	}
	return worst
}

// pricesOf computes how the objective changes with each resting variable.
func (s *simplex) pricesOf(cost []float64) {
	for j, v := range s.resting {
		s.price[j] = 0
		if v < len(cost) {
			s.price[j] = cost[v]
		}
	}
	for i, v := range s.basic {
		if v < len(cost) && cost[v] != 0 {
			s.addPrice(i, cost[v])
		}
	}
}

// pricesOfInfeasibility is the same for the sum of what lies outside: a basic variable below its bound wants up.
func (s *simplex) pricesOfInfeasibility() {
	clear(s.price)
	for i, v := range s.basic {
		switch {
		case s.value[i] < s.least[v]-within:
			s.addPrice(i, -1)
		case s.value[i] > s.most[v]+within:
			s.addPrice(i, 1)
		}
	}
}

func (s *simplex) addPrice(i int, cost float64) {
	for j, entry := range s.row(i) {
		s.price[j] += cost * entry
	}
}

// walk takes steps until no price is worth following.
func (s *simplex) walk(prices func()) outcome {
	idle := 0
	for range 20 * (len(s.basic) + s.columns) {
		prices()
		j := s.entering(idle > stalled)
		if j < 0 {
			return solved
		}
		moved, ok := s.step(j, idle > stalled)
		switch {
		case !ok:
			return doubtful
		case moved > within:
			idle = 0
		default:
			idle++
		}
	}
	return doubtful
}

// entering is the column to follow: the one with the best price, or by Bland's rule the first of any; −1 if none is.
func (s *simplex) entering(bland bool) int {
	best, found := worthwhile, -1
	for j, price := range s.price {
		v := s.resting[j]
		if s.least[v] == s.most[v] {
			continue
		}
		gain := -price
		if s.atMost[j] {
			gain = price
		}
		switch {
		case gain <= worthwhile:
		case bland && (found < 0 || v < s.resting[found]):
			found = j
		case !bland && gain > best:
			best, found = gain, j
		}
	}
	return found
}

// step moves the variable of a column away from where it rests, as far as bounds let it: to its other bound, or until a
// basic variable comes to one of its own and takes its place at rest. It tells how far.
func (s *simplex) step(j int, bland bool) (moved float64, ok bool) {
	up := 1.0
	if s.atMost[j] {
		up = -1
	}
	v := s.resting[j]
	far, at := s.most[v]-s.least[v], -1
	for i := range s.basic {
		entry := up * s.tableau[i*s.columns+j]
		room, blocks := s.room(i, entry)
		if blocks && (room < far-within || at >= 0 && room < far+within && s.rather(i, at, j, bland)) {
			far, at = max(0, room), i
		}
	}
	if math.IsInf(far, 0) || math.IsNaN(far) {
		return 0, false
	}
	value := s.rests(j) + up*far
	s.move(j, up*far)
	if at < 0 {
		s.atMost[j] = !s.atMost[j]
		return far, true
	}
	return far, s.exchange(at, j, value)
}

// room is how far a basic variable lets another move that changes it by entry for each unit. One outside its bounds, in
// phase 1, stops where it comes inside, and does not stop what takes it further away: its price has counted that.
func (s *simplex) room(i int, entry float64) (room float64, blocks bool) {
	v, value := s.basic[i], s.value[i]
	switch {
	case entry > pivotal && value < s.least[v]-within:
		return (s.least[v] - value) / entry, true
	case entry > pivotal && value <= s.most[v]+within:
		return (s.most[v] - value) / entry, true
	case entry < -pivotal && value > s.most[v]+within:
		return (s.most[v] - value) / entry, true
	case entry < -pivotal && value >= s.least[v]-within:
		return (s.least[v] - value) / entry, true
	}
	return 0, false
}

// rather chooses between two that block at the same distance: the larger entry, for exactness; by Bland's rule the lower
// variable, for an end.
func (s *simplex) rather(i, at, j int, bland bool) bool {
	if bland {
		return s.basic[i] < s.basic[at]
	}
	return math.Abs(s.tableau[i*s.columns+j]) > math.Abs(s.tableau[at*s.columns+j])
}

func (s *simplex) move(j int, by float64) {
	if by == 0 {
		return
	}
	for i := range s.value {
		if entry := s.tableau[i*s.columns+j]; entry != 0 {
			s.value[i] += entry * by
		}
	}
}

// exchange makes the variable of column j basic in row r, at a value; the one that was there rests at the bound that it
// reached.
func (s *simplex) exchange(r, j int, value float64) bool {
	row := s.row(r)
	pivot := row[j]
	if math.Abs(pivot) < pivotal {
		return false
	}
	s.filled = s.filled[:0]
	for k, entry := range row {
		if entry != 0 && k != j {
			row[k] = -entry / pivot
			s.filled = append(s.filled, k)
		}
	}
	row[j] = 1 / pivot
	for i := range s.basic {
		if entry := s.tableau[i*s.columns+j]; i != r && entry != 0 {
			s.substitute(s.row(i), row, j, entry)
		}
	}
	leaves, reached := s.basic[r], s.value[r]
	s.basic[r], s.value[r] = s.resting[j], value
	s.resting[j], s.atMost[j] = leaves, reached-s.least[leaves] > s.most[leaves]-reached
	return true
}

// substitute writes what a row says of the variable in column j in terms of the row that this variable now has.
func (s *simplex) substitute(into, row []float64, j int, entry float64) {
	for _, k := range s.filled {
		sum := into[k] + entry*row[k]
		if math.Abs(sum) < negligible {
			sum = 0
		}
		into[k] = sum
	}
	into[j] = entry * row[j]
}

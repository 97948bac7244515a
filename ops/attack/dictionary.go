package main

import (
	"math"
	"slices"
)

// dictionary is a linear program as textbooks write it: the variables that are not zero (basic), each as a sum of those
// that are (free). It is simple, and slow beside the gate's own solver, with which it shares nothing on purpose.
//
//	basic[i] = rows[i][0] + Σ rows[i][1+j] · free[j]
type dictionary struct {
	unknowns int // 0 … unknowns−1; the variables after those are what rows leave unused
	basic    []int
	free     []int
	rows     [][]float64
}

// limit is one row of a program: the unknowns, each so many times, are at most this together.
type limit struct {
	times map[int]float64
	most  float64
}

// tiny is what rounding may leave of zero.
const tiny = 1e-7

// newDictionary is the unknowns within all limits, none of them below zero. False if nothing is.
func newDictionary(unknowns int, limits []limit) (*dictionary, bool) {
	d := &dictionary{unknowns: unknowns}
	for j := range unknowns {
		d.free = append(d.free, j)
	}
	for i, l := range limits {
		row := make([]float64, 1+unknowns)
		row[0] = l.most
		for j, n := range l.times {
			row[1+j] = -n
		}
		d.basic, d.rows = append(d.basic, unknowns+i), append(d.rows, row)
	}
	return d, d.begin()
}

// begin makes all basic variables positive: it lends every row the same amount, and pays it back.
func (d *dictionary) begin() bool {
	worst := 0
	for i, row := range d.rows {
		if row[0] < d.rows[worst][0] {
			worst = i
		}
	}
	if d.rows[worst][0] >= 0 {
		return true
	}
	loan := d.unknowns + len(d.rows)
	d.free = append(d.free, loan)
	for i := range d.rows {
		d.rows[i] = append(d.rows[i], 1)
	}
	d.pivot(worst, len(d.free)-1)
	if d.maximise(map[int]float64{loan: -1}) < -tiny {
		return false
	}
	d.drop(loan)
	return true
}

// drop takes a variable that is zero out of the program.
func (d *dictionary) drop(variable int) {
	if i := slices.Index(d.basic, variable); i >= 0 {
		d.pivot(i, d.largest(d.rows[i]))
	}
	j := slices.Index(d.free, variable)
	d.free = slices.Delete(d.free, j, j+1)
	for i := range d.rows {
		d.rows[i] = slices.Delete(d.rows[i], 1+j, 2+j)
	}
}

// largest is the free variable that a row depends on most.
func (d *dictionary) largest(row []float64) int {
	best := 0
	for j := range d.free {
		if math.Abs(row[1+j]) > math.Abs(row[1+best]) {
			best = j
		}
	}
	return best
}

// patience is how many steps are taken towards the steepest side before the slow way that cannot go in circles.
const patience = 400

// maximise goes to where a sum is greatest and answers how much that is; +∞ if there is no end to it.
func (d *dictionary) maximise(sum map[int]float64) float64 {
	goal := d.inFree(sum)
	for step := 0; ; step++ {
		enters := d.entering(goal, step > patience)
		if enters < 0 {
			return goal[0]
		}
		leaves := d.leaving(enters)
		if leaves < 0 {
			return math.Inf(1)
		}
		d.pivot(leaves, enters)
		substitute(goal, d.rows[leaves], enters)
	}
}

// inFree is a sum of any variables as one of free ones.
func (d *dictionary) inFree(sum map[int]float64) []float64 {
	goal := make([]float64, 1+len(d.free))
	for j, variable := range d.free {
		goal[1+j] = sum[variable]
	}
	for i, variable := range d.basic {
		if n := sum[variable]; n != 0 {
			for j, times := range d.rows[i] {
				goal[j] += n * times
			}
		}
	}
	return goal
}

// entering is the free variable that makes the goal greater: the one by most, or the first; −1 if none does.
func (d *dictionary) entering(goal []float64, first bool) int {
	best := -1
	for j, variable := range d.free {
		switch {
		case goal[1+j] < tiny:
		case best < 0, !first && goal[1+j] > goal[1+best], first && variable < d.free[best]:
			best = j
		}
	}
	return best
}

// leaving is the basic variable that is zero first when a free one grows; −1 if none ever is.
func (d *dictionary) leaving(enters int) int {
	best, least := -1, math.Inf(1)
	for i, row := range d.rows {
		slope := row[1+enters]
		if slope > -tiny {
			continue
		}
		ratio := max(0, row[0]) / -slope
		if ratio < least-tiny || ratio < least+tiny && d.basic[i] < d.basic[best] {
			best, least = i, min(least, ratio)
		}
	}
	return best
}

// pivot lets a free variable and a basic one change places.
func (d *dictionary) pivot(leaves, enters int) {
	row := d.rows[leaves]
	at := row[1+enters]
	for j := range row {
		row[j] /= -at
	}
	row[1+enters] = 1 / at
	for i, other := range d.rows {
		if i != leaves {
			substitute(other, row, enters)
		}
	}
	d.basic[leaves], d.free[enters] = d.free[enters], d.basic[leaves]
}

// substitute replaces a free variable of a row by what it is since a pivot.
func substitute(row, by []float64, entered int) {
	n := row[1+entered]
	if n == 0 {
		return
	}
	row[1+entered] = 0
	for j, times := range by {
		if times != 0 {
			row[j] += n * times
		}
	}
}

// values is the unknowns where the program stands.
func (d *dictionary) values() []float64 {
	x := make([]float64, d.unknowns)
	for i, variable := range d.basic {
		if variable < d.unknowns {
			x[variable] = d.rows[i][0]
		}
	}
	return x
}

// copied is a dictionary that can go somewhere else.
func (d *dictionary) copied() *dictionary {
	other := &dictionary{unknowns: d.unknowns, basic: slices.Clone(d.basic), free: slices.Clone(d.free)}
	for _, row := range d.rows {
		other.rows = append(other.rows, slices.Clone(row))
	}
	return other
}

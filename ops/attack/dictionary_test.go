package main

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize/convex/lp"
)

// On small programs made by chance, a stranger's solver finds the same greatest sum, or none as we do.
func TestDictionaryAgreesWithGonum(t *testing.T) {
	chance, solved := rand.New(rand.NewPCG(5, 9)), 0
	for round := range 300 {
		unknowns, limits, sum := someProgram(chance)
		d, feasible := newDictionary(unknowns, limits)
		got := math.Inf(-1)
		if feasible {
			got = d.maximise(sum)
		}
		want, err := byGonum(unknowns, limits, sum)
		switch {
		case err == lp.ErrInfeasible && feasible, err == nil && !feasible:
			t.Fatalf("%d: feasible %v, gonum says %v", round, feasible, err)
		case err == nil && math.Abs(got-want) > 1e-6:
			t.Fatalf("%d: %v, gonum says %v", round, got, want)
		case err == nil:
			solved++
		}
	}
	if solved < 100 {
		t.Errorf("only %d programs had an answer", solved)
	}
}

func someProgram(chance *rand.Rand) (unknowns int, limits []limit, sum map[int]float64) {
	unknowns = 2 + chance.IntN(8)
	draw := func() map[int]float64 {
		times := map[int]float64{}
		for j := range unknowns {
			times[j] = float64(chance.IntN(3) - 1)
		}
		return times
	}
	for range 2 + chance.IntN(8) {
		limits = append(limits, limit{draw(), float64(chance.IntN(20) - 4)})
	}
	for j := range unknowns {
		limits = append(limits, limit{map[int]float64{j: 1}, 12})
	}
	return unknowns, limits, draw()
}

// byGonum writes a program in the form that gonum wants: equations, with what is unused as unknowns of their own.
func byGonum(unknowns int, limits []limit, sum map[int]float64) (float64, error) {
	columns := unknowns + len(limits)
	a, b, c := mat.NewDense(len(limits), columns, nil), make([]float64, len(limits)), make([]float64, columns)
	for i, l := range limits {
		b[i] = l.most
		for j, n := range l.times {
			a.Set(i, j, n)
		}
		a.Set(i, unknowns+i, 1)
	}
	for j, n := range sum {
		c[j] = -n
	}
	least, _, err := lp.Simplex(c, a, b, 1e-10, nil)
	return -least, err
}

func TestNothingWithinContradictoryLimits(t *testing.T) {
	if _, feasible := newDictionary(1, []limit{{map[int]float64{0: 1}, 2}, {map[int]float64{0: -1}, -3}}); feasible {
		t.Error("at most two, and at least three")
	}
}

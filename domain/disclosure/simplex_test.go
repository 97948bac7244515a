package disclosure

import (
	"errors"
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize/convex/lp"
)

// randomProgram is a bounded program as the gate makes them: sparse rows of −1, 0 and 1 (now and then of anything), bounds
// that are bands, and every so often no solution at all.
type randomProgram struct {
	cost        []float64
	rows        [][]float64
	least, most []float64 // columns first, rows after them
}

func drawProgram(chance *rand.Rand) randomProgram {
	columns, rows := 1+chance.IntN(14), 1+chance.IntN(14)
	p := randomProgram{cost: make([]float64, columns)}
	x := make([]float64, columns)
	for j := range columns {
		p.cost[j] = float64(chance.IntN(7) - 3)
		least := float64(chance.IntN(3))
		p.least, p.most = append(p.least, least), append(p.most, least+float64(chance.IntN(12)))
		x[j] = math.Floor((p.least[j] + p.most[j]) / 2)
	}
	for range rows {
		row, activity := make([]float64, columns), 0.0
		for j := range row {
			if chance.IntN(3) == 0 {
				row[j] = float64(chance.IntN(3) - 1)
				if chance.IntN(8) == 0 {
					row[j] = float64(chance.IntN(19)-9) / 4
				}
			}
			activity += row[j] * x[j]
		}
		if chance.IntN(25) == 0 {
			activity += 9
		}
		width := float64([]int{0, 4, 9, 19}[chance.IntN(4)])
		least := math.Floor(activity - chance.Float64()*width)
		p.rows, p.least, p.most = append(p.rows, row), append(p.least, least), append(p.most, max(activity, least+width))
	}
	return p
}

func (p randomProgram) simplex() *simplex {
	s := newSimplex(len(p.rows), len(p.cost))
	for i, row := range p.rows {
		for j, entry := range row {
			s.set(i, j, entry)
		}
	}
	for v := range p.least {
		s.bound(v, p.least[v], p.most[v])
	}
	return s
}

// gonum solves it in the standard form of its Simplex: x shifted to zero, every bound a row with a slack.
func (p randomProgram) gonum() (float64, error) {
	n, m := len(p.cost), len(p.rows)
	inequalities := n + 2*m
	a, b := mat.NewDense(inequalities, n+inequalities, nil), make([]float64, inequalities)
	cost, shift := make([]float64, n+inequalities), 0.0
	copy(cost, p.cost)
	for j := range n {
		shift += p.cost[j] * p.least[j]
		a.Set(j, j, 1)
		b[j] = p.most[j] - p.least[j]
	}
	for i, row := range p.rows {
		offset := 0.0
		for j, entry := range row {
			offset += entry * p.least[j]
			a.Set(n+2*i, j, entry)
			a.Set(n+2*i+1, j, -entry)
		}
		b[n+2*i], b[n+2*i+1] = p.most[n+i]-offset, offset-p.least[n+i]
	}
	for i := range inequalities {
		a.Set(i, n+i, 1)
	}
	value, _, err := lp.Simplex(cost, a, b, 1e-9, nil)
	return value + shift, err
}

// glpk solves it with glpsol, from a file in the format of CPLEX.
func (p randomProgram) glpk(t *testing.T, dir string) (float64, bool) {
	t.Helper()
	model, report := filepath.Join(dir, "program.lp"), filepath.Join(dir, "report.txt")
	if err := os.WriteFile(model, []byte(p.text()), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("glpsol", "--lp", model, "--nopresol", "-o", report).CombinedOutput(); err != nil {
		t.Fatalf("glpsol: %v\n%s\n%s", err, out, p.text())
	}
	said, err := os.ReadFile(report)
	if err != nil {
		t.Fatal(err)
	}
	optimal := false
	for line := range strings.Lines(string(said)) {
		if status, found := strings.CutPrefix(line, "Status:"); found {
			optimal = strings.TrimSpace(status) == "OPTIMAL"
		}
		if objective, found := strings.CutPrefix(line, "Objective:"); found && optimal {
			value, err := strconv.ParseFloat(strings.Fields(objective)[2], 64)
			return value, err == nil
		}
	}
	return 0, false
}

func (p randomProgram) text() string {
	var b strings.Builder
	b.WriteString("minimize\n obj:" + linear(p.cost) + "\nsubject to\n")
	for i, row := range p.rows {
		v := len(p.cost) + i
		fmt.Fprintf(&b, " least%d:%s >= %v\n most%d:%s <= %v\n", i, linear(row), p.least[v], i, linear(row), p.most[v])
	}
	b.WriteString("bounds\n")
	for j := range p.cost {
		fmt.Fprintf(&b, " %v <= x%d <= %v\n", p.least[j], j, p.most[j])
	}
	return b.String() + "end\n"
}

func linear(entries []float64) string {
	var b strings.Builder
	for j, entry := range entries {
		fmt.Fprintf(&b, " %+g x%d", entry, j)
	}
	return b.String()
}

// The oracles: the same least value, or the same absence of one, as gonum and GLPK find.
// glpkEvery is of how many programs GLPK solves one: it is a process of its own each time.
var glpkEvery = flag.Int("glpk-every", 8, "GLPK solves one in so many of the random programs")

func TestSimplexAgreesWithGonumAndGLPK(t *testing.T) {
	chance, dir := rand.New(rand.NewPCG(5, 1)), t.TempDir()
	infeasibleOnes := 0
	for n := range 600 {
		p := drawProgram(chance)
		value, out := p.simplex().minimise(p.cost)
		if out == infeasible {
			infeasibleOnes++
		}
		wanted, err := p.gonum()
		switch {
		case out == doubtful:
			t.Fatalf("program %d: doubtful\n%s", n, p.text())
		case err == nil && (out != solved || math.Abs(value-wanted) > 1e-6):
			t.Fatalf("program %d: %v (%v), gonum %v\n%s", n, value, out, wanted, p.text())
		case errors.Is(err, lp.ErrInfeasible) && out != infeasible:
			t.Fatalf("program %d: %v, gonum finds no solution\n%s", n, value, p.text())
		}
		if n%*glpkEvery == 0 {
			if wanted, found := p.glpk(t, dir); found != (out == solved) || found && math.Abs(value-wanted) > 1e-5 {
				t.Fatalf("program %d: %v (%v), GLPK %v %v\n%s", n, value, out, wanted, found, p.text())
			}
		}
	}
	if infeasibleOnes < 20 || infeasibleOnes > 500 {
		t.Errorf("%d of 600 programs have no solution: these test one thing only", infeasibleOnes)
	}
}

// Another objective goes on from the last basis, and other bounds do: with the same answers as from the start.
func TestSimplexStartsWarm(t *testing.T) {
	chance := rand.New(rand.NewPCG(5, 2))
	for n := range 300 {
		p := drawProgram(chance)
		warm := p.simplex()
		for again := range 6 {
			for j := range p.cost {
				p.cost[j] = float64(chance.IntN(7) - 3)
			}
			if v := chance.IntN(len(p.least)); again%2 == 1 {
				p.most[v] = p.least[v] + float64(chance.IntN(6))
				warm.bound(v, p.least[v], p.most[v])
			}
			fresh, wanted := p.simplex().minimise(p.cost)
			value, out := warm.minimise(p.cost)
			if out != wanted || out == solved && math.Abs(value-fresh) > 1e-6 {
				t.Fatalf("program %d.%d: %v (%v) warm, %v (%v) fresh\n%s", n, again, value, out, fresh, wanted, p.text())
			}
		}
	}
}

// Beale's program, on which the largest gain goes round in a circle for ever.
func TestSimplexDoesNotCycle(t *testing.T) {
	p := randomProgram{
		cost:  []float64{-0.75, 150, -0.02, 6},
		rows:  [][]float64{{0.25, -60, -0.04, 9}, {0.5, -90, -0.02, 3}, {0, 0, 1, 0}},
		least: []float64{0, 0, 0, 0, -1e6, -1e6, -1e6},
		most:  []float64{1e6, 1e6, 1e6, 1e6, 0, 0, 1},
	}
	if value, out := p.simplex().minimise(p.cost); out != solved || math.Abs(value+0.05) > 1e-9 {
		t.Errorf("%v (%v), want −1/20", value, out)
	}
}

// By Bland's rule the first column that gains is followed, and not the one that gains most.
func TestBlandTakesTheFirst(t *testing.T) {
	s := newSimplex(1, 3)
	for v := range 4 {
		s.bound(v, 0, 5)
	}
	s.pricesOf([]float64{1, -1, -9})
	if by, bland := s.entering(false), s.entering(true); by != 2 || bland != 1 {
		t.Errorf("columns %d and %d, want 2 and 1", by, bland)
	}
}

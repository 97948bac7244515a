package main

import (
	"fmt"
	"io"
	"math"
	"text/tabwriter"
)

// row is one line of the table.
type row struct {
	what       string
	ours       string  // with its unit
	peer       string  // what it is held against: a limit, or a measured peer; with its unit
	ratio      float64 // or the figure itself, when there is a limit and no peer
	must, aim  float64
	atMost     bool // otherwise the ratio must be at least must
	cpu        string
	unmeasured string // why there is no figure
}

// verdict says whether the goal was met.
func (r row) verdict() string {
	switch {
	case r.unmeasured != "":
		return r.unmeasured
	case r.must == 0:
		return ""
	case r.reaches(r.aim):
		return "aim"
	case r.reaches(r.must):
		return "must"
	default:
		return "MISSED"
	}
}

func (r row) reaches(goal float64) bool {
	if goal == 0 || math.IsNaN(r.ratio) {
		return false
	}
	return r.atMost == (r.ratio < goal) || r.ratio == goal
}

func (r row) goals() string {
	if r.must == 0 {
		return ""
	}
	sign := "≥"
	if r.atMost {
		sign = "≤"
	}
	if r.aim == 0 {
		return fmt.Sprintf("%s %.4g", sign, r.must)
	}
	return fmt.Sprintf("%s %.3g (%.3g)", sign, r.must, r.aim)
}

// print writes the one table.
func print(out io.Writer, rows []row) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "what\tours\tlimit or peer\tratio\tmust (aim)\tmet\tCPU ours / peer")
	for _, r := range rows {
		ratio := fmt.Sprintf("%.3g", r.ratio)
		if r.ratio == 0 {
			ratio = ""
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", r.what, r.ours, r.peer, ratio, r.goals(), r.verdict(), r.cpu)
	}
	return w.Flush()
}

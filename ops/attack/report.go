package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// The goals of the design.
const (
	goalUnsafe = 0
	goalOff    = 2.0  // people, a cell
	goalTold   = 0.95 // of the cells of the catalogue
	goalGate   = 60.0 // seconds for two releases, on two cores
)

// total is what became of all populations together.
type total struct {
	populations, releases, refused, groups, lists int
	fewest, most                                  int // people in a population
	unsafe, cells, told                           int
	off                                           float64
	widest                                        map[string]int
	shapes                                        map[string]int
	gate, slowest, attack                         float64 // seconds: all years, the slowest of them, all attacks
}

func summed(outcomes []outcome) total {
	t := total{widest: map[string]int{}, shapes: map[string]int{}}
	for _, o := range outcomes {
		t.add(o)
	}
	return t
}

func (t *total) add(o outcome) {
	if t.populations == 0 {
		t.fewest = o.People
	}
	t.populations++
	t.fewest, t.most = min(t.fewest, o.People), max(t.most, o.People)
	t.releases, t.refused = t.releases+o.Releases, t.refused+o.Refused
	t.groups, t.lists, t.unsafe = t.groups+o.Groups, t.lists+o.Lists, t.unsafe+len(o.Unsafe)
	t.cells, t.told, t.off = t.cells+o.Cells, t.told+o.Told, t.off+o.Off
	t.gate, t.slowest, t.attack = t.gate+o.Gate, max(t.slowest, o.Slowest), t.attack+o.Attack
	for table, width := range o.Widest {
		t.widest[table] = max(t.widest[table], width)
	}
	t.shapes[o.Shape]++
}

// meanOff is how far the middle of a published cell is from what was counted.
func (t total) meanOff() float64 { return t.off / float64(max(1, t.told)) }

func (t total) shareTold() float64 { return float64(t.told) / float64(max(1, t.cells)) }

// print writes the report, and tells whether every goal was met. How fast the gate is depends on the machine; it is said,
// and fails nothing.
func (t total) print(out io.Writer) bool {
	fmt.Fprintf(out, "populations        %d of %d to %d people\n", t.populations, t.fewest, t.most)
	fmt.Fprintf(out, "releases           %d, refused by the gate %d\n", t.releases, t.refused)
	for _, shape := range slices.Sorted(maps.Keys(t.shapes)) {
		fmt.Fprintf(out, "                   %4d  %s\n", t.shapes[shape], shape)
	}
	fmt.Fprintf(out, "targets            %d small groups, %d lists of who was there\n", t.groups, t.lists)
	fmt.Fprintln(out, "widest bands       "+t.widths())
	fmt.Fprintf(out, "took               gate %.0f s, attack %.0f s\n\n", t.gate, t.attack)
	met := true
	for _, goal := range t.goals() {
		fmt.Fprintf(out, "%-18s %-10s goal %-10s %s\n", goal.what, goal.got, goal.want, verdicts[goal.met])
		met = met && (goal.met || goal.ofMachine)
	}
	return met
}

var verdicts = map[bool]string{true: "met", false: "NOT MET"}

type goal struct {
	what, got, want string
	met             bool
	ofMachine       bool
}

func (t total) goals() []goal {
	return []goal{
		{"unsafe", fmt.Sprint(t.unsafe), "0", t.unsafe == goalUnsafe, false},
		{"off", fmt.Sprintf("%.2f", t.meanOff()), "≤ 2", t.meanOff() <= goalOff, false},
		{"cells published", fmt.Sprintf("%.1f %%", 100*t.shareTold()), "≥ 95 %", t.shareTold() >= goalTold, false},
		{"slowest gate", fmt.Sprintf("%.1f s", t.slowest), "≤ 60 s", t.slowest <= goalGate, true},
	}
}

// widths is how wide each table was at its widest.
func (t total) widths() string {
	var said []string
	for _, table := range slices.Sorted(maps.Keys(t.widest)) {
		width := fmt.Sprint(t.widest[table])
		if t.widest[table] == unpublished {
			width = "not published"
		}
		said = append(said, table+" "+width)
	}
	return strings.Join(said, " · ")
}

// complain says what was found in a population, and nothing if nothing was.
func (o outcome) complain(out io.Writer) {
	for _, what := range o.Unsafe {
		fmt.Fprintf(out, "seed %d (%s, %d people): %s\n", o.Seed, o.Shape, o.People, what)
	}
}

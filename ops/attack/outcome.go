package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"signaalboek/domain"
	"signaalboek/domain/disclosure"
	"signaalboek/domain/vocabulary"
)

// outcome is what became of one population: a line of the state file.
type outcome struct {
	Seed     uint64         `json:"seed"`
	Shape    string         `json:"shape"`
	People   int            `json:"people"`
	Releases int            `json:"releases"` // proposed
	Refused  int            `json:"refused"`  // of those, by the gate
	Groups   int            `json:"groups"`   // of one to four people
	Lists    int            `json:"lists"`    // of which somebody may hold one, by what is sensitive
	Unsafe   []string       `json:"unsafe,omitzero"`
	Cells    int            `json:"cells"` // of the catalogue
	Told     int            `json:"told"`  // of those, published
	Off      float64        `json:"off"`   // the middle of a band from what was counted, added up
	Widest   map[string]int `json:"widest"`
	Gate     float64        `json:"gate"`    // seconds, for all years
	Slowest  float64        `json:"slowest"` // of the years
	Attack   float64        `json:"attack"`
}

var (
	errContradiction = errors.New("the papers contradict themselves, or the attacker misreads them")
	errTruthExcluded = errors.New("the attacker takes what is true for impossible")
)

// attack publishes a population, and does to its files what can be done.
func attack(ctx context.Context, p population, judge gate) (outcome, error) {
	o := outcome{Seed: p.seed, Shape: p.shape, Widest: map[string]int{}}
	out, err := publish(ctx, p, judge)
	if err != nil {
		return o, err
	}
	began := time.Now()
	for i, y := range p.years {
		o.People = max(o.People, len(y.members()))
		o.Releases += y.releases
		o.Refused += out[i].refused
		o.Gate, o.Slowest = o.Gate+out[i].took.Seconds(), max(o.Slowest, out[i].took.Seconds())
		if err := o.addYear(ctx, y, out[i]); err != nil {
			return o, fmt.Errorf("attack seed %d: %w", p.seed, err)
		}
	}
	o.Attack = time.Since(began).Seconds()
	slices.Sort(o.Unsafe)
	return o, nil
}

// addYear reads the bundles of a year, and attacks them.
func (o *outcome) addYear(ctx context.Context, y year, out published) error {
	for _, count := range y.counts() {
		o.Cells += cellsOf(count)
		if *out.of(count.Period.Part) == nil {
			y = y.without(count.Period.Part)
		}
	}
	known := papers{corrections: y.corrected(), unanswered: y.unanswered(), activities: y.activities()}
	var err error
	if known.half, err = o.read(out.half, y.half, y.foreign); err != nil {
		return err
	}
	if known.year, err = o.read(out.whole, y.whole, y.foreign); err != nil || y.releases == 0 {
		return err
	}
	a, sound := newAttacker(known)
	if !sound {
		return errContradiction
	}
	o.lookAtGroups(a, y)
	if err := a.admits(y); err != nil {
		return err
	}
	o.lookAtLists(a, y)
	o.lookAtGrowth(a, y)
	return ctx.Err()
}

// read reads a bundle and compares it with what was counted. Nil if there is none.
func (o *outcome) read(bundle []byte, counted disclosure.Count, foreign []disclosure.Foreign) (*paper, error) {
	if bundle == nil {
		return nil, nil
	}
	p, err := readBundle(bundle)
	if err != nil {
		return nil, err
	}
	for table, width := range p.widths {
		o.Widest[table] = wider(o.Widest[table], width)
	}
	for c, told := range p.cells {
		t := behind(counted, c)
		o.Told++
		o.Off += math.Abs(float64(told.least+told.most)/2 - float64(t.value))
		if told != unrecorded && (t.value < told.least || t.value > told.most) {
			return nil, fmt.Errorf("%w: %v is %d, not in %v", errTruthExcluded, c, t.value, told)
		}
		if t.restsOnFew(c, told) {
			o.Unsafe = append(o.Unsafe, fmt.Sprintf("%s %s: requests of too few", c.table, c.category))
		}
	}
	for _, f := range foreign {
		if f.Period == counted.Period {
			p.and(cell{string(f.Table), string(f.Measure), string(f.Category)}, band{f.Band.Least, f.Band.Most})
		}
	}
	return &p, nil
}

// unpublished is how wide a table is that says nothing, among widths that are compared: in a release it is zero.
const unpublished = math.MaxInt32

func wider(w, than int) int {
	if than == 0 {
		return unpublished
	}
	return max(w, than)
}

func (o *outcome) lookAtGroups(a *attacker, y year) {
	for g := range y.census() {
		o.Groups++
		if !a.doubts(g) {
			o.Unsafe = append(o.Unsafe, fmt.Sprintf("group %+v", g))
		}
	}
}

func (o *outcome) lookAtLists(a *attacker, y year) {
	for _, l := range y.lists() {
		o.Lists++
		if a.tells(l) {
			o.Unsafe = append(o.Unsafe, fmt.Sprintf("list %+v of %d", l.sensitive, l.size))
		}
	}
}

// lookAtGrowth subtracts what both releases of a year tell of contacts and requests.
func (o *outcome) lookAtGrowth(a *attacker, y year) {
	if y.releases < 2 {
		return
	}
	for c := range a.half.cells {
		if c.measure != contacts && c.measure != requests {
			continue // people are in the programs
		}
		grown := behind(y.whole, c).value - behind(y.half, c).value
		told := more(a.half, a.year, c)
		if grown > 0 && grown <= small && told.most-told.least < small {
			o.Unsafe = append(o.Unsafe, fmt.Sprintf("growth of %s %s: %v", c.table, c.category, told))
		}
	}
}

// cellsOf is how many cells the catalogue has for a release.
func cellsOf(c disclosure.Count) int {
	n := 0
	for _, table := range catalogue.Tables(c.Period.Part) {
		rows := len(c.Lists[table.By])
		switch table.By {
		case "":
			rows = 1
		case "voice":
			rows = len(c.Voices)
		}
		n += rows * len(table.Measures)
	}
	return n
}

// corrected reports whether the year counts anybody or anything less than its first half did.
func (y year) corrected() bool {
	for _, m := range y.members() {
		if m.half != nil && m.year == nil {
			return true
		}
	}
	return false
}

// unanswered reports whether anybody did not answer.
func (y year) unanswered() bool {
	for _, c := range []disclosure.Count{y.half, y.whole} {
		for _, p := range c.People {
			if p.New == "unknown" || p.Known == "unknown" {
				return true
			}
		}
	}
	return false
}

func (y year) activities() []domain.Code {
	var all []domain.Code
	for _, category := range y.whole.Lists[vocabulary.Activities] {
		all = append(all, category.Code)
	}
	return all
}

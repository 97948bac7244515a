package disclosure

import (
	"context"
	"fmt"
	"runtime"
	"slices"
)

// enough is how many unmet wants of one part are looked for before a table is widened.
const enough = 8

// prove looks for every world that is wanted, and tells those that it did not find. It takes the first want, makes a world
// for it, and looks at that world for all the others too: so most need none of their own.
func (e *explorer) prove(ctx context.Context, wants []want, proved func(int)) (unmet, undecided []want) {
	for len(wants) > 0 && len(unmet) < enough && ctx.Err() == nil {
		before, asked := len(wants), wants[0]
		wants = e.without(wants, asked)
		if len(wants) > 0 && sameWant(wants[0], asked) {
			unmet, wants = append(unmet, asked), wants[1:]
			before--
		}
		proved(before - len(wants))
	}
	return unmet, wants
}

func sameWant(a, b want) bool {
	return a.target == b.target && a.crowded == b.crowded && a.bound == b.bound && a.listed == b.listed
}

// without makes worlds for one want until it is met, and leaves out all wants that any of them meets.
func (e *explorer) without(wants []want, asked want) []want {
	for _, numbers := range []func(want) []int{e.asCounted, e.asFar} {
		w, stands := e.build(numbers(asked), aim{asked.target, asked.crowded})
		if !stands {
			continue
		}
		crowd := e.crowd(w.rows)
		wants = slices.DeleteFunc(slices.Clone(wants), func(w want) bool { return w.met(crowd, e.toldFirst) })
		if len(wants) == 0 || !sameWant(wants[0], asked) {
			break
		}
	}
	return wants
}

// asCounted is the true numbers, if dealing requests and traits can be enough.
func (e *explorer) asCounted(w want) []int {
	size := 0
	for _, column := range e.columnsOf(w.target) {
		size += e.truth[column]
	}
	if w.crowded && size < w.bound || !w.crowded && size > w.bound && !e.dealt(w.target) {
		return nil
	}
	return e.truth
}

// dealt reports whether a target has an attribute that is dealt to people.
func (e *explorer) dealt(t target) bool {
	return slices.ContainsFunc(t.given(), func(n int16) bool {
		list := e.features[n].list
		return isVolume(list) || isTrait(list) && !slices.Contains(e.traits, list)
	})
}

// asFar is the numbers with as few people in a target as the bands allow, or as many.
func (e *explorer) asFar(w want) []int {
	columns := e.columnsOf(w.target)
	if w.crowded && e.dealt(w.target) {
		leaves := func(column int) bool { return !e.classes[column%len(e.classes)][e.last()].counted }
		columns = filter(columns, leaves, false) // who leaves can be given nothing
	}
	if w.listed != unlisted {
		return e.extreme(e.listed(w), columns, w.crowded)
	}
	key := fmt.Sprint(columns, w.crowded)
	numbers, known := e.known[key]
	if !known {
		numbers = e.extreme(e.start, columns, w.crowded)
		e.known[key] = numbers
	}
	return numbers
}

// listed is the program of somebody who holds the list of a group, together with colluders.
func (e *explorer) listed(w want) *simplex {
	if e.start == nil {
		return nil
	}
	s := e.start.clone()
	row := len(e.truth) + e.sizeRow(e.groupOf(w.target), int(w.moment))
	s.bound(row, float64(w.listed), float64(w.listed))
	for _, colluder := range w.colluders {
		column := e.column(e.groupOf(w.target), slices.Index(e.classes, e.classOf(colluder.row)))
		s.bound(column, s.least[column]+1, s.most[column])
	}
	return s
}

// proveAll divides wants over the cores: those of one group are one part, which one explorer takes from beginning to end,
// so that the outcome does not depend on who was faster.
func proveAll(ctx context.Context, m *model, wants []want, proved func(int)) (unmet, undecided []want) {
	parts := partsOf(wants)
	results, next, ticks := make([][2][]want, len(parts)), make(chan int), make(chan int)
	workers := min(runtime.GOMAXPROCS(0), len(parts))
	start := newExplorer(m)
	for range workers {
		go func() {
			for i := range next {
				results[i][0], results[i][1] = start.fresh().prove(ctx, parts[i], func(n int) { ticks <- n })
			}
			ticks <- -1
		}()
	}
	go func() {
		for i := range parts {
			next <- i
		}
		close(next)
	}()
	for running := workers; running > 0; {
		if n := <-ticks; n < 0 {
			running--
		} else {
			proved(n)
		}
	}
	for _, r := range results {
		unmet, undecided = append(unmet, r[0]...), append(undecided, r[1]...)
	}
	return unmet, undecided
}

// partsOf divides wants, which are in order, by moment and group.
func partsOf(wants []want) [][]want {
	var parts [][]want
	for i, w := range wants {
		if i == 0 || w.moment != wants[i-1].moment || w.group != wants[i-1].group {
			parts = append(parts, nil)
		}
		parts[len(parts)-1] = append(parts[len(parts)-1], w)
	}
	return parts
}

package disclosure

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// drawYear is a small practice whose first half was published in some widths, and whose whole year is proposed in others.
func drawYear(t *rapid.T, lists Lists) []Release {
	p := populate(lists, rapid.Uint64().Draw(t, "seed"), rapid.IntRange(1, 25).Draw(t, "people"))
	draw := func(count Count, earlier []Release) Release {
		r := Release{count, V1().sticky(count.Period.Part, earlier)}
		for _, table := range V1().Tables(count.Period.Part) {
			wider := rapid.SampledFrom(widths).Draw(t, string(table.Name))
			r.Widths[table.Name] = widest(r.Widths[table.Name], wider)
		}
		return r
	}
	half := draw(p.half, nil)
	return []Release{half, draw(p.year, []Release{half})}
}

// What was really counted is a world that the programs allow, in every width; so the truth lies between the bounds that
// an attacker finds.
func TestTheTruthIsAlwaysPossible(t *testing.T) {
	lists := listsOf(t)
	rapid.Check(t, func(r *rapid.T) {
		v := newView(V1(), drawYear(r, lists), nil)
		m := newModel(v)
		e := newExplorer(m)
		if !m.keeps(m.truth) || e.start == nil {
			r.Fatal("the truth breaks a bound")
		}
		rows := join(v.counts())
		crowd := v.crowd(rows)
		for _, target := range someTargets(r, v, rows) {
			if e.dealt(target) {
				continue
			}
			least, most := e.interval(t, target)
			if size := float64(crowd.size(target, v.toldFirst)); size < least-within || size > most+within {
				r.Fatalf("%v: %v is not between %v and %v", target, size, least, most)
			}
		}
	})
}

// someTargets is a few of all targets.
func someTargets(r *rapid.T, v *view, rows []pair) []target {
	all := v.targets(rows)
	if len(all) == 0 {
		return nil
	}
	return rapid.SliceOfN(rapid.SampledFrom(all), 1, 5).Draw(r, "targets")
}

// Whatever table is widened, nothing that was possible becomes impossible: what was proved stays proved.
func TestWideningNeverShrinksWhatIsPossible(t *testing.T) {
	lists := listsOf(t)
	rapid.Check(t, func(r *rapid.T) {
		releases := drawYear(r, lists)
		before := newExplorer(newModel(newView(V1(), releases, nil)))
		wider := slices.Clone(releases)
		table := rapid.SampledFrom(V1().Tables(WholeYear)).Draw(r, "table").Name
		wider[1].Widths = cloned(wider[1].Widths)
		wider[1].Widths[table] = wider[1].Widths[table].wider()
		after := newExplorer(newModel(newView(V1(), wider, nil)))
		for _, target := range someTargets(r, before.view, join(before.counts())) {
			least, most := before.interval(t, target)
			lower, higher := after.interval(t, target)
			if lower > least+within || higher < most-within {
				r.Fatalf("%v: from %v–%v to %v–%v", target, least, most, lower, higher)
			}
		}
	})
}

func cloned(w Widths) Widths {
	c := Widths{}
	for name, width := range w {
		c[name] = width
	}
	return c
}

// The same for the verdict: when a release passed, every wider one does.
func TestASafeReleaseStaysSafeWhenWidened(t *testing.T) {
	releases, _ := publishYear(t, populate(listsOf(t), 11, 25))
	for _, table := range V1().Tables(WholeYear) {
		wider := slices.Clone(releases)
		wider[1].Widths = cloned(wider[1].Widths)
		wider[1].Widths[table.Name] = wider[1].Widths[table.Name].wider()
		v := newView(V1(), wider, nil)
		if unmet, undecided := proveAll(t.Context(), newModel(v), v.wants(), func(int) {}); len(unmet)+len(undecided) > 0 {
			t.Errorf("%s wider: %v", table.Name, unmet)
		}
	}
}

// Every world is one that people can be, and would have been published alike; and the sizes of groups in it are those
// that counting one by one finds.
func TestWorldsAreWhatTheySay(t *testing.T) {
	lists := listsOf(t)
	rapid.Check(t, func(r *rapid.T) {
		v := newView(V1(), drawYear(r, lists), nil)
		e := newExplorer(newModel(v))
		for _, target := range someTargets(r, v, join(v.counts())) {
			crowded := rapid.Bool().Draw(r, "crowded")
			w, stands := e.build(e.truth, aim{target, crowded})
			if !possible(w.rows) {
				r.Fatalf("%v: impossible people", target)
			}
			if !stands {
				continue
			}
			for k := range v.releases {
				for _, table := range v.shown[k] {
					if again := w.counts[k].tabulate(table.Table, table.Width); !slices.Equal(again.Cells, table.Cells) {
						r.Fatalf("%v: %s is another table", target, table.Name)
					}
				}
			}
			if got, want := v.crowd(w.rows).size(target, v.toldFirst), v.oneByOne(w.rows, target); got != want {
				r.Fatalf("%v: %d, one by one %d", target, got, want)
			}
		}
	})
}

// oneByOne counts a target without bits.
func (v *view) oneByOne(rows []pair, t target) int {
	n := 0
	for _, row := range rows {
		h := v.held(row)
		in := func(k int) bool {
			has := h[k] != nil && (t.group == whole || slices.Contains(h[k], t.group))
			return has && !slices.ContainsFunc(t.given(), func(number int16) bool { return !slices.Contains(h[k], number) })
		}
		switch {
		case t.moment == between && in(1) && !v.before(h[0], t), t.moment == gone && in(0) && !v.after(h[1], t):
			n++
		case t.moment <= atLast && in(int(t.moment)):
			n++
		}
	}
	return n
}

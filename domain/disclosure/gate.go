package disclosure

import (
	"context"
	"slices"
)

// Gate decides what a release may tell. The zero Gate has no catalogue and lets nothing out.
type Gate struct {
	Catalogue Catalogue
	Earlier   []Release // every release that was published, oldest first; withdrawn ones too: people have read them
	Foreign   []Foreign
}

// Judge widens the tables of a release until no small group follows from it and from what is published already. What it
// answers may be published if the report says so, and must not if not. Widths never get narrower than in an earlier
// release. Progress, if it is not nil, is told how many of all worlds were found; it is called by one goroutine at a time.
// Judge uses all cores, and answers the same whatever their number. It fails if it is cancelled, or with ErrThirdOfYear,
// ErrNoTables or ErrNumbers.
func (g Gate) Judge(ctx context.Context, proposed Count, progress func(done, total int)) (Release, Report, error) {
	if err := g.Catalogue.check(g.Earlier, proposed); err != nil {
		return Release{}, Report{}, err
	}
	t := &trial{gate: g, progress: progress, release: Release{proposed, g.Catalogue.sticky(proposed.Period.Part, g.Earlier)}}
	t.report = Report{Period: proposed.Period, Catalogue: g.Catalogue.Version}
	if err := t.run(ctx); err != nil {
		return Release{}, Report{}, err
	}
	return t.release, t.report, nil
}

// trial is one judgment under way.
type trial struct {
	gate     Gate
	release  Release
	report   Report
	progress func(done, total int)

	pending []want // what is not proved yet
	total   int    // of wants
	done    int
}

// run widens one table after the other. It ends, because each can be widened four times at most.
func (t *trial) run(ctx context.Context) error {
	if v := t.view(); v.agrees(v.counts()) {
		t.begin(v)
	} else {
		t.report.Dangers = []Danger{Contradicted}
		return nil
	}
	for {
		v := t.view()
		suspect, danger := v.unsupported(v.counts())
		dangers := []Danger{danger}
		if suspect == nil {
			unmet, undecided := proveAll(ctx, newModel(v), t.pending, t.proved)
			if err := ctx.Err(); err != nil {
				return err
			}
			if t.pending = inOrder(append(unmet, undecided...)); len(t.pending) == 0 {
				t.report.Passed = true
				return nil
			}
			dangers, suspect = dangersOf(unmet), v.suspect(unmet)
		}
		if suspect == nil || t.release.Widths[suspect.Name] == Unpublished {
			t.report.Dangers = dangers
			return nil
		}
		t.widen(*suspect, dangers)
	}
}

// view is what the releases of the year tell, with the widths as they are now.
func (t *trial) view() *view {
	return newView(t.gate.Catalogue, append(sameYear(t.gate.Earlier, t.release.Count), t.release), t.gate.Foreign)
}

func (t *trial) begin(v *view) {
	t.pending = v.wants()
	t.total = len(t.pending)
	t.report.Targets = groupsOf(t.pending)
	t.proved(0)
}

// groupsOf is how many targets there are among wants that are in order.
func groupsOf(wants []want) int {
	n := 0
	for i := range wants {
		if i == 0 || wants[i].target != wants[i-1].target {
			n++
		}
	}
	return n
}

func (t *trial) proved(n int) {
	t.done += n
	if t.progress != nil {
		t.progress(t.done, t.total)
	}
}

// widen makes a table wider, once: nested bands only enlarge what is possible, so whatever was proved stays so.
func (t *trial) widen(table Table, why []Danger) {
	from := t.release.Widths[table.Name]
	to := from.wider()
	t.release.Widths[table.Name] = to
	t.report.widened(table.Name, from, to, why)
}

func inOrder(wants []want) []want {
	slices.SortStableFunc(wants, func(a, b want) int { return a.compare(b.target) })
	return wants
}

func dangersOf(unmet []want) []Danger {
	var all []Danger
	for _, w := range unmet {
		if !slices.Contains(all, w.danger) {
			all = append(all, w.danger)
		}
	}
	slices.Sort(all)
	return all
}

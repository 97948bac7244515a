package main

import (
	"context"
	"slices"
	"strings"
	"testing"

	"signaalboek/domain/disclosure"
)

// Ten populations: nothing that was published tells of a small group, and nearly everything was published. `make
// attack-report` does five hundred.
func TestGateHolds(t *testing.T) {
	var outcomes []outcome
	for seed := range uint64(10) {
		o, err := attack(t.Context(), populate(seed), realGate)
		if err != nil {
			t.Fatal(err)
		}
		o.complain(t.Output())
		outcomes = append(outcomes, o)
	}
	if !summed(outcomes).print(t.Output()) {
		t.Error("a goal was not met")
	}
}

// yes lets everything out as narrow as it may ever be.
func yes(_ context.Context, p proposal) (disclosure.Release, disclosure.Report, error) {
	r := disclosure.Release{Count: p.count, Widths: disclosure.Widths{}}
	for _, table := range catalogue.Tables(p.count.Period.Part) {
		r.Widths[table.Name] = disclosure.ByFive
		if table.By == "" {
			r.Widths[table.Name] = disclosure.Exact
		}
	}
	return r, disclosure.Report{Passed: true}, nil
}

// forgetful judges each release as if it were the only one.
func forgetful(ctx context.Context, p proposal) (disclosure.Release, disclosure.Report, error) {
	p.earlier = nil
	return realGate(ctx, p)
}

// listless leaves tables as narrow as they were that are widened for those who hold a list of who was there.
func listless(ctx context.Context, p proposal) (disclosure.Release, disclosure.Report, error) {
	r, report, err := realGate(ctx, p)
	for _, w := range report.Widened {
		if slices.Contains(w.Dangers, disclosure.ListTells) || slices.Contains(w.Dangers, disclosure.TogetherTell) {
			r.Widths[w.Table] = w.From
		}
	}
	return r, report, err
}

// hearsNobody does not reckon with what others published.
func hearsNobody(ctx context.Context, p proposal) (disclosure.Release, disclosure.Report, error) {
	p.foreign = nil
	return realGate(ctx, p)
}

// The attacker is worth something: gates that are not whole let through what it finds.
func TestAttackerFindsWhatWorseGatesLetThrough(t *testing.T) {
	for _, test := range []struct {
		name   string
		judge  gate
		shape  string
		others bool // have told how many people there were
		finds  string
	}{
		{"yes, and few came", yes, "few newcomers", false, "group"},
		{"yes, and a list", yes, "a group of ten, all known", false, "list"},
		{"yes, and one asks most", yes, "one who asks most", false, "requests of too few"},
		{"no differences between releases", forgetful, "few newcomers", false, "group"},
		{"no list holders", listless, "a group of ten, all known", false, "list"},
		{"deaf to others", hearsNobody, "few newcomers", true, "group"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := ofShape(t, test.shape)
			if test.others {
				p.years[0].foreign = howMany(p.years[0])
			}
			o, err := attack(t.Context(), p, test.judge)
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("found %d", len(o.Unsafe))
			if !slices.ContainsFunc(o.Unsafe, func(what string) bool { return strings.Contains(what, test.finds) }) {
				t.Errorf("nothing of %q: %.300v", test.finds, o.Unsafe)
			}
		})
	}
}

// howMany is what somebody else can tell who counts the same people.
func howMany(y year) []disclosure.Foreign {
	var all []disclosure.Foreign
	for _, c := range y.counts() {
		all = append(all, disclosure.Foreign{
			Period: c.Period, Table: disclosure.Headline.Name, Measure: disclosure.Unique,
			Band: disclosure.Band{Least: len(c.People), Most: len(c.People)},
		})
	}
	return all
}

// ofShape is a population of a shape, with a crowd of 150 if it has one.
func ofShape(t *testing.T, name string) population {
	t.Helper()
	i := slices.IndexFunc(shapes, func(s shape) bool { return s.name == name })
	if i < 0 {
		t.Fatalf("no shape %q", name)
	}
	d := newDrawing(uint64(i))
	return population{shape: name, years: []year{d.year(2026, 150, shapes[i])}}
}

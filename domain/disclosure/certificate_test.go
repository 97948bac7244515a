package disclosure

import (
	"slices"
	"testing"

	"signaalboek/domain"
)

// twoReleases is 30 people of whom one is gone after a correction, and thirteen who came later.
func twoReleases(t testing.TB) []Release {
	lists := listsOf(t)
	asker := Person{New: "no", Known: "no", Contacts: counts{"digipunt": 1}, Requests: 1, Themes: counts{"werk": 1}}
	early := slices.Concat(alike(0, 6, asker), alike(6, 24, Person{New: "no", Known: "yes", Contacts: counts{"digipunt": 1}}))
	late := slices.Concat(early[1:], alike(30, 10, Person{New: "yes", Known: "no", Contacts: counts{"naaiatelier": 1}}),
		alike(40, 3, Person{New: "no", Known: "no", Contacts: counts{"digipunt": 1}}))
	return []Release{
		{Count{Period: Period{2026, FirstHalf}, Lists: lists, People: early}, V1().sticky(FirstHalf, nil)},
		{Count{Period: Period{2026, WholeYear}, Lists: lists, People: late}, V1().sticky(WholeYear, nil)},
	}
}

// A world counts only if it would have been published alike, what others published is true of it, and people can be so.
func TestWhatAWorldMustBe(t *testing.T) {
	foreign := []Foreign{{Period{2026, WholeYear}, UniqueByActivity.Name, Unique, "naaiatelier", Band{10, 11}}}
	for _, test := range []struct {
		name   string
		change func(world)
		stands bool
	}{
		{"as it was", func(world) {}, true},
		{"known by one more", func(w world) { w.counts[1].People[0].Known = domain.Yes }, false},
		{"another band by activity", func(w world) { move(w.counts[1].People[29:39], "digipunt") }, false},
		{"the same bands, not what others published", func(w world) { move(w.counts[1].People[40:], "naaiatelier") }, false},
		{"the same bands and what others published", func(w world) { move(w.counts[1].People[41:], "naaiatelier") }, true},
		{"requests by nobody", func(w world) { w.counts[0].People[0].Requests, w.counts[0].People[9].Requests = 0, 1 }, false},
		{"requests taken back", func(w world) { w.counts[0].People[9].Themes, w.counts[0].People[9].Requests = counts{"werk": 1}, 1 }, false},
		{"requests of few", func(w world) {
			for i := range 4 {
				w.counts[1].People[i].Themes, w.counts[1].People[i].Requests = nil, 0
			}
			w.counts[1].People[4].Themes, w.counts[1].People[4].Requests = counts{"werk": 5}, 5
		}, false},
		{"nobody met", func(w world) { w.counts[0].People[9].Contacts = nil }, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			releases := twoReleases(t)
			for _, r := range releases {
				r.Widths[ContactsInAll.Name] = ByTwenty
			}
			v := newView(V1(), releases, foreign)
			v.shown[1] = slices.DeleteFunc(v.shown[1], func(p Published) bool { return p.Name == Headline.Name })
			w := world{counts: []Count{releases[0].Count, releases[1].Count}}
			for k := range w.counts {
				w.counts[k].People = slices.Clone(w.counts[k].People)
			}
			if test.name == "known by one more" {
				v = newView(V1(), releases, foreign)
			}
			test.change(w)
			w.rows = join(w.counts)
			if got := v.accounts(w); got != test.stands {
				t.Errorf("%v, want %v", got, test.stands)
			}
		})
	}
}

// Where nothing was corrected, an attacker may know that: then contacts of people who were not recognised do not go away
// either, and nobody leaves. Where everybody is at an activity that has a row, nobody is elsewhere.
func TestWhatAWorldMustBeIfNothingWasCorrected(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(world)
		stands bool
	}{
		{"as it was", func(world) {}, true},
		{"contacts of nobody gone", func(w world) {
			w.counts[0].Nobody.Contacts, w.counts[1].Nobody.Contacts = counts{anywhere: 2}, counts{anywhere: 1}
		}, false},
		{"contacts of nobody that stay", func(w world) {
			w.counts[0].Nobody.Contacts, w.counts[1].Nobody.Contacts = counts{anywhere: 2}, counts{anywhere: 2}
		}, true},
		{"requests of nobody gone", func(w world) { w.counts[0].Nobody.Requests, w.counts[1].Nobody.Requests = 1, 0 }, false},
		{"somebody gone", func(w world) { w.counts[1].People[7].Number = 99 }, false},
		{"somebody elsewhere", func(w world) { move(w.counts[1].People[40:], anywhere) }, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			releases := twoReleases(t)
			releases[0].People = releases[0].People[1:]
			for _, r := range releases {
				r.Widths[ContactsInAll.Name], r.Widths[UniqueByActivity.Name], r.Widths[Headline.Name] = ByTwenty, ByTwenty, ByTwenty
			}
			v := newView(V1(), releases, nil)
			w := world{counts: []Count{releases[0].Count, releases[1].Count}}
			for k := range w.counts {
				w.counts[k].People = slices.Clone(w.counts[k].People)
			}
			test.change(w)
			w.rows = join(w.counts)
			if got := v.accounts(w); got != test.stands {
				t.Errorf("%v, want %v", got, test.stands)
			}
		})
	}
}

func move(people []Person, to domain.Code) {
	for i := range people {
		people[i].Contacts = counts{to: 1}
	}
}

// Targets are the groups of one to four: of a release, of what it has more than the first, of what is gone since.
func TestTargets(t *testing.T) {
	v := newView(V1(), twoReleases(t), nil)
	number := func(list, code domain.Code) int16 { return v.numbers[feature{list, code}] }
	targets := v.targets(join(v.counts()))
	for _, test := range []struct {
		target target
		want   bool
	}{
		{newTarget(gone, whole), true}, // one person
		{newTarget(gone, whole, number(isNew, "no"), number(isKnown, "no")), true},
		{newTarget(gone, whole, number(isKnown, "yes")), false},       // nobody
		{newTarget(between, whole, number(isNew, "no")), true},        // three people
		{newTarget(between, whole), false},                            // thirteen people
		{newTarget(atLast, whole, number(themes, "werk")), false},     // five people
		{newTarget(atLast, number(activities, "naaiatelier")), false}, // ten people
		{newTarget(atFirst, number(activities, "digipunt")), false},   // the first release tells of no activities
		{newTarget(between, whole, number(themes, "werk")), false},    // who asked had asked before
	} {
		if got := slices.Contains(targets, test.target); got != test.want {
			t.Errorf("%v: %v", test.target, got)
		}
	}
	for _, target := range targets {
		if size := v.oneByOne(join(v.counts()), target); size < 1 || size > smallGroup {
			t.Errorf("%v: %d people", target, size)
		}
	}
}

// Three newcomers who asked: every combination of what they have in common, up to four things.
func TestTargetsCombine(t *testing.T) {
	count := Count{Period: Period{2026, WholeYear}, Lists: listsOf(t), People: alike(0, 3, Person{
		New: "yes", Known: "no", Traits: domain.Traits{"gender": "v"}, Contacts: counts{"digipunt": 1},
		Themes: counts{"werk": 1, "nt2": 1}, Services: counts{"vdab": 1}, Requests: 2,
	})}
	v := newView(V1(), []Release{{count, V1().sticky(WholeYear, nil)}}, nil)
	// Of new, known, gender and service each 1 value, of themes 2: sets of at most four of these five, at two groups.
	want := 2 * ((1 + 4 + 6 + 4 + 1) + 2*(1+4+6+4))
	if got := len(v.targets(join(v.counts()))); got != want {
		t.Errorf("%d targets, want %d", got, want)
	}
}

func TestWhatIsWanted(t *testing.T) {
	v := newView(V1(), twoReleases(t), nil)
	known := v.numbers[feature{isKnown, "yes"}]
	crowd := v.crowd(join(v.counts()))
	of := newTarget(atLast, whole, known) // 24 of 42
	alone := colluder{alike: newTarget(atLast, whole, v.numbers[feature{isNew, "yes"}], known)}
	for _, test := range []struct {
		want want
		met  bool
	}{
		{want{target: of, bound: 24, listed: unlisted}, true},
		{want{target: of, bound: 23, listed: unlisted}, false},
		{want{target: of, crowded: true, bound: 24, listed: unlisted}, true},
		{want{target: of, crowded: true, bound: 25, listed: unlisted}, false},
		{want{target: of, bound: 24, listed: 42}, true},
		{want{target: of, bound: 24, listed: 40}, false},                               // another list
		{want{target: of, bound: 24, listed: 42, colluders: []colluder{alone}}, false}, // nobody is like that
	} {
		if got := test.want.met(crowd, v.toldFirst); got != test.met {
			t.Errorf("%+v: %v", test.want, got)
		}
	}
}

// Who holds a list wants to know of others: so where all but three have something sensitive, one more must be able not to,
// and where three at most have it, one more must be able to. In between any two on the list can be exchanged.
func TestWhatListsWant(t *testing.T) {
	for _, test := range []struct{ known, size, without, with int }{
		{0, 12, -1, 1}, {1, 12, -1, 2}, {3, 12, -1, 4}, {4, 12, -1, -1}, {8, 12, -1, -1}, {9, 12, 8, -1}, {12, 12, 11, -1}, {2, 4, 1, 3},
	} {
		at := func(known domain.Answer) Person {
			return Person{New: "no", Known: known, Contacts: counts{"naaiatelier": 1}}
		}
		people := slices.Concat(alike(0, test.known, at("yes")), alike(20, test.size-test.known, at("no")))
		count := Count{Period: Period{2026, WholeYear}, Lists: listsOf(t), People: people}
		v := newView(V1(), []Release{{count, V1().sticky(WholeYear, nil)}}, nil)
		group, known := v.numbers[feature{activities, "naaiatelier"}], v.numbers[feature{isKnown, "yes"}]
		without, with := -1, -1
		for _, w := range v.wantsOfList(v.crowd(join(v.counts())), atFirst, group, known) {
			if w.listed != test.size || len(w.colluders) > mostColluders {
				t.Errorf("%+v: %+v", test, w)
			}
			if w.crowded {
				with = w.bound
			} else {
				without = w.bound
			}
		}
		if without != test.without || with != test.with {
			t.Errorf("%+v: at most %d, at least %d", test, without, with)
		}
	}
}

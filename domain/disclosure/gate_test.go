package disclosure

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math"
	"reflect"
	"runtime"
	"slices"
	"testing"

	"signaalboek/domain"
)

// publishYear lets both releases of a year through the gate.
func publishYear(t testing.TB, p population) (releases []Release, reports []Report) {
	t.Helper()
	for _, count := range []Count{p.half, p.year} {
		release, report, err := Gate{Catalogue: V1(), Earlier: releases}.Judge(t.Context(), count, nil)
		if err != nil {
			t.Fatal(err)
		}
		releases, reports = append(releases, release), append(reports, report)
	}
	return releases, reports
}

// populations is how many made-up years the next test judges: of 20 people, of 65, and so on up to 290, and again.
var populations = flag.Int("populations", 2, "how many made-up years are published and attacked")

// The goals of what is published: nearly all cells, close to what was counted, and every target hidden.
func TestWhatIsLetOut(t *testing.T) {
	lists := listsOf(t)
	cells, published, deviation := 0, 0, 0.0
	for seed := range *populations {
		releases, reports := publishYear(t, populate(lists, uint64(seed), 20+seed%7*45))
		attack(t, releases)
		for k, r := range releases {
			if !reports[k].Passed {
				t.Errorf("seed %d: %+v", seed, reports[k])
			}
			for _, shown := range V1().Publish(r) {
				cells += len(r.tabulate(shown.Table, ByTwenty).Cells)
				for _, cell := range shown.Cells {
					published++
					deviation += math.Abs(middle(cell.Band) - float64(r.tally(shown.Table, cell.Measure, cell.Category).value))
				}
			}
		}
	}
	if mean := deviation / float64(published); mean > 2 || published*100 < cells*95 {
		t.Errorf("%d of %d cells published, off by %.2f", published, cells, mean)
	}
}

// attack writes down all bands of a year as programs, and must find every small group to be anything between nobody and
// four people or more: as the worlds of the gate say, without asking for whole numbers.
func attack(t *testing.T, releases []Release) {
	t.Helper()
	v := newView(V1(), releases, nil)
	e, known := newExplorer(newModel(v)), map[string][2]float64{}
	for _, target := range v.targets(join(v.counts())) {
		columns := fmt.Sprint(e.columnsOf(target))
		if _, found := known[columns]; !found {
			least, most := e.interval(t, target)
			known[columns] = [2]float64{least, most}
		}
		least, most := known[columns][0], known[columns][1]
		if e.dealt(target) {
			least = 0 // by whom something was asked is not in the programs
		}
		if least > within || most < apartBy-within {
			t.Fatalf("%d people: %v is between %v and %v", len(releases[0].People), target, least, most)
		}
	}
}

// interval is the attacker's: the least and greatest number of people in a target, as far as their classes tell.
func (e *explorer) interval(t testing.TB, target target) (least, most float64) {
	t.Helper()
	cost := make([]float64, len(e.truth))
	for _, column := range e.columnsOf(target) {
		cost[column] = 1
	}
	least = e.bound(t, cost)
	for column := range cost {
		cost[column] = -cost[column]
	}
	return least, -e.bound(t, cost)
}

func (e *explorer) bound(t testing.TB, cost []float64) float64 {
	t.Helper()
	value, out := e.start.clone().minimise(cost)
	if out != solved {
		t.Fatalf("outcome %d", out)
	}
	return value
}

// With "yes" in place of the gate, two releases are subtracted, and who came in between stands there.
func TestWithoutGateSubtractionSucceeds(t *testing.T) {
	lists := listsOf(t)
	half := Count{Period: Period{2026, FirstHalf}, Lists: lists}
	half.People = alike(0, 100, Person{New: "no", Known: "no", Contacts: counts{"digipunt": 1}})
	year := Count{Period: Period{2026, WholeYear}, Lists: lists}
	year.People = slices.Concat(half.People, alike(100, 3, Person{New: "no", Known: "no", Contacts: counts{"digipunt": 1}}))
	arrived := newTarget(between, whole)

	yes := []Release{{half, V1().sticky(FirstHalf, nil)}, {year, V1().sticky(WholeYear, nil)}}
	least, most := newExplorer(newModel(newView(V1(), yes, nil))).interval(t, arrived)
	if least != 3 || most != 3 {
		t.Errorf("without gate: between %v and %v, want 3: the attack does not work", least, most)
	}
	releases, reports := publishYear(t, population{half: half, year: year})
	least, most = newExplorer(newModel(newView(V1(), releases, nil))).interval(t, arrived)
	if least > 0 || most < 4 || !reports[1].Passed {
		t.Errorf("with gate: between %v and %v, %+v", least, most, reports[1])
	}
	five := func(table Table) Widening { return Widening{table.Name, Exact, ByFive, []Danger{SmallDifference}} }
	if want := []Widening{five(Headline), five(ContactsInAll)}; !reflect.DeepEqual(reports[1].Widened, want) {
		t.Errorf("widened %+v, want %+v", reports[1].Widened, want)
	}
}

// An attendance list must not tell what everybody on it has in common, nor if three who know that they differ look at it.
func TestListsTellNothing(t *testing.T) {
	for _, test := range []struct {
		name   string
		size   int
		unlike int
		answer domain.Answer // of those
		want   Width
		danger Danger
	}{
		{"nine, all known", 9, 0, "no", ByTen, ""},
		{"ten, all known: the band begins at ten", 10, 0, "no", ByTwenty, ListTells},
		{"fourteen, all known", 14, 0, "no", ByTen, ""},
		{"twelve, two of them not", 12, 2, "no", ByTwenty, TogetherTell},
		{"twelve, of two of whom nobody knows", 12, 2, "unknown", ByTwenty, TogetherTell},
	} {
		t.Run(test.name, func(t *testing.T) {
			year := Count{Period: Period{2026, WholeYear}, Lists: listsOf(t)}
			year.People = slices.Concat(
				alike(0, test.size-test.unlike, Person{New: "no", Known: "yes", Contacts: counts{"naaiatelier": 1}}),
				alike(50, test.unlike, Person{New: "no", Known: test.answer, Contacts: counts{"naaiatelier": 1}}),
				alike(100, 60, Person{New: "no", Known: "no", Contacts: counts{"digipunt": 1}}),
				alike(200, 40, Person{New: "yes", Known: "yes", Contacts: counts{"digipunt": 1}}),
			)
			release, report, err := Gate{Catalogue: V1()}.Judge(t.Context(), year, nil)
			if err != nil || !report.Passed || release.Widths[KnownByActivity.Name] != test.want {
				t.Fatalf("%v %+v %v", err, report, release.Widths)
			}
			told := slices.ContainsFunc(report.Widened, func(w Widening) bool {
				return w.Table == KnownByActivity.Name && slices.Contains(w.Dangers, test.danger)
			})
			if told != (test.danger != "") {
				t.Errorf("%+v", report.Widened)
			}
		})
	}
}

// Few people who ask much: the whole table is widened, until the cell may be nothing at all.
func TestRequestsOfFewWidenTheTable(t *testing.T) {
	year := practice(t) // nine requests for the CAW by one person are in the first band; seven for the VDAB are not
	release, report, err := Gate{Catalogue: V1()}.Judge(t.Context(), year, nil)
	if err != nil || !report.Passed || release.Widths[ReferralsByService.Name] != ByTen {
		t.Fatalf("%v %+v %v", err, report, release.Widths)
	}
	if i := slices.IndexFunc(report.Widened, func(w Widening) bool { return w.Table == ReferralsByService.Name }); i < 0 ||
		!slices.Equal(report.Widened[i].Dangers, []Danger{TooFewBehind}) {
		t.Errorf("%+v", report.Widened)
	}
}

// What a table was once, it is at least for ever after: in the same year and in later ones.
func TestWidthsAreSticky(t *testing.T) {
	before := Release{Count{Period: Period{2025, WholeYear}}, Widths{Headline.Name: ByTen, RequestsByTheme.Name: Unpublished}}
	p := populate(listsOf(t), 3, 80)
	release, _, err := Gate{Catalogue: V1(), Earlier: []Release{before}}.Judge(t.Context(), p.half, nil)
	if err != nil || release.Widths[Headline.Name].Narrower(ByTen) || release.Widths[RequestsByTheme.Name] != Unpublished {
		t.Errorf("%v %v", release.Widths, err)
	}
}

// Others publish too. What they tell is one more equation; and what is not true cannot be reckoned with.
func TestForeignTables(t *testing.T) {
	p := populate(listsOf(t), 4, 60)
	known := p.year.tally(Headline, Known, "").value
	judge := func(told Band) Report {
		foreign := []Foreign{{p.year.Period, Headline.Name, Known, "", told}}
		_, report, err := Gate{Catalogue: V1(), Foreign: foreign}.Judge(t.Context(), p.year, nil)
		if err != nil {
			t.Fatal(err)
		}
		return report
	}
	if report := judge(Band{known, known}); !report.Passed {
		t.Errorf("the truth: %+v", report)
	}
	if report := judge(Band{known + 1, known + 9}); report.Passed || !slices.Equal(report.Dangers, []Danger{Contradicted}) {
		t.Errorf("not the truth: %+v", report)
	}
}

// Somebody else told already how many of a group there are. No width of ours takes that back: the release is refused.
func TestWhatOthersToldCannotBeHidden(t *testing.T) {
	year := practice(t)
	year.People = slices.Concat(alike(0, 57, Person{New: "no", Known: "no", Contacts: counts{"digipunt": 1}}),
		alike(57, 3, Person{New: "no", Known: "yes", Contacts: counts{"digipunt": 1}}))
	foreign := []Foreign{{year.Period, Headline.Name, Known, "", Band{3, 3}}}
	release, report, err := Gate{Catalogue: V1(), Foreign: foreign}.Judge(t.Context(), year, nil)
	if err != nil || report.Passed || !slices.Contains(report.Dangers, PresenceCertain) {
		t.Errorf("%v %+v %v", err, report, release.Widths)
	}
}

func TestGateRefusesWhatItCannotJudge(t *testing.T) {
	p := populate(listsOf(t), 5, 30)
	half, year := Release{p.half, nil}, Release{p.year, nil}
	twice := p.half
	twice.People = append(slices.Clone(twice.People), twice.People[0])
	for _, test := range []struct {
		gate  Gate
		count Count
		want  error
	}{
		{Gate{Catalogue: V1(), Earlier: []Release{half}}, p.half, ErrThirdOfYear},
		{Gate{Catalogue: V1(), Earlier: []Release{year}}, p.half, ErrThirdOfYear},
		{Gate{Catalogue: V1(), Earlier: []Release{half, year}}, p.year, ErrThirdOfYear},
		{Gate{}, p.half, ErrNoTables},
		{Gate{Catalogue: TogetherV1()}, p.half, ErrNoTables},
		{Gate{Catalogue: V1()}, twice, ErrNumbers},
	} {
		if _, report, err := test.gate.Judge(t.Context(), test.count, nil); !errors.Is(err, test.want) || report.Passed {
			t.Errorf("%v, want %v", err, test.want)
		}
	}
}

func TestPossibleConcernsTogether(t *testing.T) {
	count := Count{Period: Period{2026, WholeYear}, Concerns: 12}
	release, report, err := Gate{Catalogue: TogetherV1()}.Judge(t.Context(), count, nil)
	if err != nil || !report.Passed {
		t.Fatal(err, report)
	}
	if cells := TogetherV1().Publish(release)[0].Cells; cells[0].Band != (Band{10, 19}) {
		t.Errorf("%v", cells)
	}
}

func TestGateStopsWhenAsked(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	p, after := populate(listsOf(t), 6, 80), 0
	_, report, err := Gate{Catalogue: V1()}.Judge(ctx, p.year, func(done, _ int) {
		if ctx.Err() != nil {
			after++
		}
		if done > 0 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) || report.Passed {
		t.Errorf("%v %+v", err, report)
	}
	if at := runtime.GOMAXPROCS(0); after > at {
		t.Errorf("%d worlds after it was cancelled: want one at most of each of %d cores", after, at)
	}
}

func TestProgressGoesUpToTheEnd(t *testing.T) {
	last, of := -1, 0
	p := populate(listsOf(t), 7, 40)
	_, report, err := Gate{Catalogue: V1()}.Judge(t.Context(), p.year, func(done, total int) {
		if done < last || of != 0 && total != of {
			t.Errorf("%d of %d after %d of %d", done, total, last, of)
		}
		last, of = done, total
	})
	if err != nil || !report.Passed || last != of || of < 2*report.Targets || report.Targets == 0 {
		t.Errorf("%d of %d, %+v %v", last, of, report, err)
	}
}

// The verdict is the same whatever the number of cores, and however often it is asked for.
func TestGateIsDeterministic(t *testing.T) {
	p := populate(listsOf(t), 8, 30)
	want, reports := publishYear(t, p)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	got, again := publishYear(t, populate(listsOf(t), 8, 30))
	if !reflect.DeepEqual(got, want) || !reflect.DeepEqual(again, reports) {
		t.Errorf("%+v\n%+v", again, reports)
	}
}

// Adversarial populations: the gate lets out what it can, and says yes in the end.
func TestGateOnAdversarialPopulations(t *testing.T) {
	at := func(activity domain.Code) counts { return counts{activity: 1} }
	crowd := alike(1000, 50, Person{New: "no", Known: "no", Contacts: at("digipunt")})
	for name, some := range map[string][]Person{
		"a unique profile": alike(0, 1, Person{New: "yes", Known: "yes", Traits: domain.Traits{"origin": "elders"},
			Contacts: at("huisbezoek"), Requests: 1, Themes: at("nt2"), Services: at("cggz")}),
		"a family of seven":    alike(0, 7, Person{New: "yes", Known: "yes", Contacts: at("sociale-kruidenier")}),
		"a group of five":      alike(0, 5, Person{New: "yes", Known: "no", Contacts: at("naaiatelier")}),
		"a group of nine":      alike(0, 9, Person{New: "unknown", Known: "yes", Contacts: at("naaiatelier")}),
		"a group of ten":       alike(0, 10, Person{New: "no", Known: "yes", Contacts: at("naaiatelier")}),
		"a group of fourteen":  alike(0, 14, Person{New: "no", Known: "yes", Contacts: at("naaiatelier")}),
		"a practice of nobody": nil,
	} {
		t.Run(name, func(t *testing.T) {
			lists := listsOf(t)
			half := Count{Period: Period{2026, FirstHalf}, Lists: lists, People: crowd}
			year := Count{Period: Period{2026, WholeYear}, Lists: lists, People: slices.Concat(crowd, some)}
			releases, reports := publishYear(t, population{half: half, year: year})
			if !reports[0].Passed || !reports[1].Passed {
				t.Errorf("%+v %v", reports, releases[1].Widths)
			}
		})
	}
}

// Two releases of a practice of 200 people.
func BenchmarkGate(b *testing.B) {
	p := populate(listsOf(b), 1, 200)
	for b.Loop() {
		publishYear(b, p)
	}
}

// middle is the middle of a band: the best that somebody can make of it.
func middle(b Band) float64 { return float64(b.Least+b.Most) / 2 }

package disclosure

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// The catalogue of the design, word for word: yearly the headline, unique, new and known by activity, requests by theme
// and by approach, referrals by service; half-yearly the headline and the themes. Voices beside them.
func TestCatalogue(t *testing.T) {
	for _, test := range []struct {
		catalogue Catalogue
		part      Part
		want      string
	}{
		{V1(), FirstHalf, "headline contacts requests requests-by-theme"},
		{V1(), WholeYear, "headline contacts requests unique-by-activity new-by-activity known-by-activity " +
			"requests-by-theme requests-by-approach referrals-by-service meetings-of-voices"},
		{TogetherV1(), FirstHalf, ""},
		{TogetherV1(), WholeYear, "possible-concerns"},
	} {
		var names []string
		for _, table := range test.catalogue.Tables(test.part) {
			names = append(names, string(table.Name))
			if table.By != "" && len(table.Measures) > 1 && table.By != voices {
				t.Errorf("%s has more than two attributes", table.Name)
			}
		}
		if got := strings.Join(names, " "); got != test.want {
			t.Errorf("%s: %s\nwant %s", test.part, got, test.want)
		}
	}
}

func TestListsOf(t *testing.T) {
	book, _ := vocabulary.Defaults(vocabulary.Harelbeke2022)
	book = book.WithTerm(vocabulary.Services, vocabulary.Term{Code: "caw-kortrijk", Label: "CAW Kortrijk", Core: "caw"})
	lists := ListsOf(book)
	sensitive := func(list domain.Code) string {
		var codes []string
		for _, category := range lists[list] {
			if category.Sensitive {
				codes = append(codes, string(category.Code))
			}
		}
		return strings.Join(codes, " ")
	}
	if got := sensitive(services); got != "caw cggz caw-kortrijk" {
		t.Errorf("sensitive services: %s", got)
	}
	if got := sensitive(themes) + sensitive(activities) + sensitive(vocabulary.Gender); got != "" || sensitive(vocabulary.Origin) == "" {
		t.Errorf("sensitive: %s; of origin: %s", got, sensitive(vocabulary.Origin))
	}
	if slices.Contains(lists[activities], Category{Code: vocabulary.ActivityFocusgroep}) || len(lists[activities]) != 11 {
		t.Errorf("activities: %v", lists[activities])
	}
	if slices.Contains(lists[approaches], Category{Code: vocabulary.PossibleConcern}) || len(lists[approaches]) != 5 {
		t.Errorf("approaches: %v", lists[approaches])
	}
}

// alike is people who say and do the same, numbered from first on.
func alike(first, n int, p Person) []Person {
	all := make([]Person, n)
	for i := range all {
		all[i] = p
		all[i].Number = first + i
	}
	return all
}

type counts = map[domain.Code]int

// practice is 60 people: 25 new, 22 known, 12 of these at the sewing workshop, one person who asks a lot.
func practice(t testing.TB) Count {
	c := Count{Period: Period{2026, WholeYear}, Lists: listsOf(t), Concerns: 3}
	shop := counts{"sociale-kruidenier": 2}
	c.People = slices.Concat(
		alike(0, 12, Person{New: "no", Known: "yes", Contacts: counts{"naaiatelier": 3}}),
		alike(12, 10, Person{New: "yes", Known: "yes", Contacts: shop}),
		alike(22, 15, Person{New: "yes", Known: "no", Contacts: shop, Requests: 1, Themes: counts{"werk": 1}}),
		alike(37, 22, Person{New: "no", Known: "unknown", Contacts: shop}),
		alike(59, 1, Person{New: "unknown", Known: "no", Contacts: shop, Requests: 9, Services: counts{"caw": 9, "vdab": 7}}),
	)
	c.Nobody = Person{Contacts: counts{"naaiatelier": 4}, Requests: 2, Themes: counts{"nt2": 2}}
	c.Voices = []Voice{{Group: "focusgroep", Meetings: 4, Present: 38}}
	return c
}

func TestTabulation(t *testing.T) {
	for _, test := range []struct {
		table    Table
		measure  Measure
		category domain.Code
		width    Width
		want     Band
	}{
		{Headline, Unique, "", Exact, Band{60, 60}},
		{Headline, New, "", Exact, Band{25, 25}},
		{Headline, Known, "", Exact, Band{22, 22}},
		{Headline, Known, "", ByTen, Band{20, 29}},
		{ContactsInAll, Contacts, "", Exact, Band{136, 136}}, // those with nobody recognised too
		{RequestsInAll, Requests, "", Exact, Band{26, 26}},
		{UniqueByActivity, Unique, "naaiatelier", Exact, Band{10, 14}},
		{UniqueByActivity, Unique, "digipunt", Exact, Band{0, 4}}, // nobody: shown, and as the first band
		{NewByActivity, New, "sociale-kruidenier", Exact, Band{25, 29}},
		{KnownByActivity, Known, "naaiatelier", Exact, Band{10, 19}}, // known crossed with anything
		{RequestsByTheme, Requests, "werk", Exact, Band{15, 19}},
		{ReferralsByService, Requests, "vdab", Exact, Band{5, 9}},
		{ReferralsByService, Requests, "caw", Exact, Band{0, 9}}, // sensitive
		{ReferralsByService, Requests, "caw", ByTwenty, Band{0, 19}},
		{MeetingsOfVoices, Meetings, "focusgroep", ByFive, Band{4, 4}},
		{MeetingsOfVoices, Present, "focusgroep", ByFive, Band{35, 39}},
		{PossibleConcerns, Concerns, "", Exact, Band{0, 9}},
	} {
		shown := practice(t).tabulate(test.table, test.width)
		i := slices.IndexFunc(shown.Cells, func(c Cell) bool { return c.Measure == test.measure && c.Category == test.category })
		if i < 0 || shown.Cells[i].Band != test.want || !shown.Cells[i].Recorded {
			t.Errorf("%s %s %s by %d: %v, want %v", test.table.Name, test.measure, test.category, test.width, shown.Cells, test.want)
		}
	}
}

// A headline total is exact only if what it leaves of the whole is not small either.
func TestHeadlineWithASmallRestIsNotExact(t *testing.T) {
	count := practice(t)
	for i := range 42 {
		count.People[i].Known = domain.Yes // 42 of 60
	}
	if cells := count.tabulate(Headline, Exact).Cells; cells[2].Band != (Band{40, 44}) || cells[1].Band != (Band{25, 25}) {
		t.Errorf("%v", cells)
	}
}

func TestEveryCategoryIsListed(t *testing.T) {
	count := practice(t)
	for _, table := range V1().Tables(WholeYear) {
		if table.By != "" && table.By != voices && len(count.tabulate(table, ByFive).Cells) != len(count.Lists[table.By]) {
			t.Errorf("%s: %v", table.Name, count.tabulate(table, ByFive).Cells)
		}
	}
	if cells := count.tabulate(UniqueByActivity, Unpublished).Cells; len(cells) > 0 {
		t.Errorf("not published: %v", cells)
	}
}

// Not recorded is not zero; no people at all is.
func TestNotRecorded(t *testing.T) {
	count := practice(t)
	for i := range count.People {
		count.People[i].New = domain.Unknown
	}
	for _, table := range []Table{Headline, NewByActivity} {
		for _, cell := range count.tabulate(table, Exact).Cells {
			if cell.Recorded == (cell.Measure == New) {
				t.Errorf("%s: %v", table.Name, cell)
			}
		}
	}
	if cells := (Count{}).tabulate(Headline, Exact).Cells; cells[1] != (Cell{New, "", true, Band{0, 4}}) {
		t.Errorf("nobody: %v", cells)
	}
}

func TestSupport(t *testing.T) {
	for _, test := range []struct {
		tally   tally
		band    Band
		measure Measure
		want    bool
	}{
		{tally{value: 9, people: 5, largest: 4}, Band{5, 9}, Requests, true},
		{tally{value: 9, people: 4, largest: 3}, Band{5, 9}, Requests, false}, // four people
		{tally{value: 9, people: 5, largest: 5}, Band{5, 9}, Requests, false}, // more than half of one
		{tally{value: 9, people: 1, largest: 9}, Band{0, 9}, Requests, true},  // may be none at all
		{tally{value: 3, people: 3, largest: 1}, Band{3, 3}, Unique, true},    // people are targets, not volumes
	} {
		if got := test.tally.supported(test.measure, test.band); got != test.want {
			t.Errorf("%+v in %v: %v", test.tally, test.band, got)
		}
	}
}

// People who were not recognised are one person behind a cell, however many they were.
func TestNobodyIsOnePersonBehindACell(t *testing.T) {
	count := practice(t)
	count.Nobody.Themes = counts{"werk": 7}
	if got := fmt.Sprint(count.tally(RequestsByTheme, Requests, "werk")); got != fmt.Sprint(tally{22, unlimited, 16, 7, true}) {
		t.Error(got)
	}
}

// What others publish is said of rows that a release has: else the gate would pass over it.
func TestRowsThatOthersCanTellOf(t *testing.T) {
	lists := listsOf(t)
	for _, part := range []Part{FirstHalf, WholeYear} {
		tables := V1().ForeignTables(part)
		if slices.ContainsFunc(tables, func(t Table) bool { return t.Name == MeetingsOfVoices.Name }) || len(tables) < 4 {
			t.Errorf("of %s they tell %v", part, tables)
		}
	}
	for _, test := range []struct {
		table    Table
		category domain.Code
		want     bool
	}{
		{Headline, "", true}, {Headline, "naaiatelier", false}, {UniqueByActivity, "naaiatelier", true}, {UniqueByActivity, "", false},
		{UniqueByActivity, vocabulary.ActivityFocusgroep, false}, {RequestsByTheme, "werk", true}, {ReferralsByService, "werk", false},
	} {
		if got := lists.HasRow(test.table, test.category); got != test.want {
			t.Errorf("%s has a row for %q: %v", test.table.Name, test.category, got)
		}
	}
}

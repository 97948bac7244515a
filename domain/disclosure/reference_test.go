package disclosure

import (
	"slices"
	"testing"

	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// The reference attack. The presentation of 2019 and the report of 2022 both tell of the holiday offer: 31 families with
// 70 children, 85 % of foreign origin, 25 % known; and then 50 families with 105 children, 75 % and 30 %. Percentages are
// rounded to five points. Here they stand as a catalogue of two releases, of which the second counts on from the first.
var holidayOffer = newCatalogue(0,
	[]Table{Headline, ContactsInAll, UniqueByOrigin},
	[]Table{Headline, ContactsInAll, UniqueByOrigin})

const elsewhere, here domain.Code = "buitenlands", "belgisch"

// families is everybody of the documents, with numbers that agree with every percentage; children count as contacts.
func families() (until2018, until2019 Count) {
	lists := Lists{vocabulary.Origin: {{elsewhere, true}, {here, true}}}
	some := func(first, n int, origin domain.Code, known domain.Answer) []Person {
		return alike(first, n, Person{New: "unknown", Known: known, Traits: domain.Traits{vocabulary.Origin: origin}, Contacts: counts{"": 2}})
	}
	before := slices.Concat(some(0, 7, elsewhere, "yes"), some(10, 19, elsewhere, "no"), some(30, 1, here, "yes"), some(40, 4, here, "no"))
	after := slices.Concat(some(50, 5, elsewhere, "yes"), some(60, 6, elsewhere, "no"), some(70, 2, here, "yes"), some(80, 6, here, "no"))
	all := slices.Concat(before, after)
	return Count{Period{2019, FirstHalf}, lists, before, Person{Contacts: counts{"": 8}}, nil, 0},
		Count{Period{2019, WholeYear}, lists, all, Person{Contacts: counts{"": 5}}, nil, 0}
}

// percent is the band of a part that was published as a percentage, rounded to five points.
func percent(points, whole int) Band {
	least, most := (2*points-5)*whole, (2*points+5)*whole // in two-hundredths
	return Band{(least + 199) / 200, most / 200}
}

// documents is what both documents published.
func documents() []Foreign {
	half, year := Period{2019, FirstHalf}, Period{2019, WholeYear}
	return []Foreign{
		{half, Headline.Name, Unique, "", Band{31, 31}}, {half, ContactsInAll.Name, Contacts, "", Band{70, 70}},
		{half, UniqueByOrigin.Name, Unique, elsewhere, percent(85, 31)}, {half, Headline.Name, Known, "", percent(25, 31)},
		{year, Headline.Name, Unique, "", Band{50, 50}}, {year, ContactsInAll.Name, Contacts, "", Band{105, 105}},
		{year, UniqueByOrigin.Name, Unique, elsewhere, percent(75, 50)}, {year, Headline.Name, Known, "", percent(30, 50)},
	}
}

// less is what is left when what one publication told is taken from another.
func less(from, take Band) Band { return Band{from.Least - take.Most, from.Most - take.Least} }

// Subtracting gives the families of 2019, a group that nobody decided to publish.
func TestSubtractingTheDocumentsGivesTheFamiliesOf2019(t *testing.T) {
	told := documents()
	for i, want := range []Band{{19, 19}, {35, 35}, {10, 12}, {6, 9}} {
		if got := less(told[i+4].Band, told[i].Band); got != want {
			t.Errorf("%s of %s: %v, want %v", told[i].Measure, told[i].Category, got, want)
		}
	}
}

// Once both are out, the gate lets nothing out beside them: it refuses.
func TestGateRefusesWhatTheDocumentsTold(t *testing.T) {
	until2018, until2019 := families()
	gate := Gate{Catalogue: holidayOffer, Foreign: documents()}
	half, first, err := gate.Judge(t.Context(), until2018, nil)
	if err != nil {
		t.Fatal(err)
	}
	gate.Earlier = []Release{half}
	_, second, err := gate.Judge(t.Context(), until2019, nil)
	if err != nil || second.Passed {
		t.Errorf("%v %+v, and before: %+v", err, second, first)
	}
	if !slices.Equal(second.Dangers, []Danger{SmallDifference}) {
		t.Errorf("%+v", second)
	}
}

// Published through the gate, the same counts can be subtracted, and the families of 2019 do not come out: not their
// number, not their origin, not how many are known.
func TestWhatTheGateLetsOutDoesNotGiveTheFamiliesOf2019(t *testing.T) {
	until2018, until2019 := families()
	var releases []Release
	for _, count := range []Count{until2018, until2019} {
		release, report, err := Gate{Catalogue: holidayOffer, Earlier: releases}.Judge(t.Context(), count, nil)
		if err != nil || !report.Passed {
			t.Fatalf("%v %+v", err, report)
		}
		releases = append(releases, release)
	}
	v := newView(holidayOffer, releases, nil)
	for _, told := range []Foreign{
		{Table: Headline.Name, Measure: Unique}, {Table: Headline.Name, Measure: Known},
		{Table: UniqueByOrigin.Name, Measure: Unique, Category: elsewhere},
	} {
		after := v.told(1, told.Table, told.Measure, told.Category)
		left := less(after, v.told(0, told.Table, told.Measure, told.Category))
		if left.Most-left.Least < apartBy {
			t.Errorf("%s %s%s of 2019: %v", told.Table, told.Measure, told.Category, left)
		}
		if !after.Published() {
			t.Errorf("%s: nothing let out", told.Table)
		}
	}
}

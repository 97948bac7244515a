package disclosure

import (
	"slices"
	"testing"
)

// What a release did not record of anybody, plain people did not say in it either; they did in one that recorded it.
func TestPlainPeopleSayWhatWasRecorded(t *testing.T) {
	asked := Person{New: "yes", Known: "no", Contacts: counts{"digipunt": 1}}
	silent := asked
	silent.New = "unknown"
	lists := listsOf(t)
	half := Count{Period: Period{2026, FirstHalf}, Lists: lists, People: alike(0, 30, silent)}
	year := Count{Period: Period{2026, WholeYear}, Lists: lists, People: alike(0, 40, asked)}
	releases := []Release{{half, V1().sticky(FirstHalf, nil)}, {year, V1().sticky(WholeYear, nil)}}
	said := map[[2]string]bool{}
	for _, class := range newModel(newView(V1(), releases, nil)).classes {
		for k, release := range releases {
			if s := class[k]; s.counted && (s.new == "unknown") == release.recorded(New) {
				t.Errorf("release %d: %v", k, s)
			}
		}
		said[[2]string{string(class[0].new), string(class[1].new)}] = true
	}
	for _, want := range [][2]string{{"unknown", "yes"}, {"unknown", "no"}, {"", "yes"}, {"", "no"}} {
		if !said[want] {
			t.Errorf("nobody who said %v", want)
		}
	}
}

// Nobody is counted without a contact: there are no more people than contacts, in a release with activities or without.
func TestNoMorePeopleThanContacts(t *testing.T) {
	for part, tables := range map[Part]int{FirstHalf: 0, WholeYear: 11} {
		people := alike(0, 30, Person{New: "no", Known: "no", Contacts: counts{"digipunt": 1}})
		count := Count{Period: Period{2026, part}, Lists: listsOf(t), People: people}
		m := newModel(newView(V1(), []Release{{count, Widths{ContactsInAll.Name: Exact}}}, nil))
		if len(m.groups) != tables || !m.keeps(m.truth) {
			t.Fatalf("%s: %d activities", part, len(m.groups))
		}
		more := slices.Clone(m.truth)
		for column := range more {
			if more[column] > 0 {
				more[column]++
			}
		}
		if m.keeps(more) {
			t.Errorf("%s: 31 people had 30 contacts", part)
		}
	}
}

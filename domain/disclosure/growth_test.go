package disclosure

import (
	"slices"
	"testing"
)

// In the first release 103 contacts, shown as they are; in the second 104, and a band of five would be 100–104. Who knows
// that nothing was withdrawn subtracts, and finds one newcomer at most. So the band must go on by four at least.
func TestABandBelowTheFirstReleaseTellsTooMuch(t *testing.T) {
	lists := listsOf(t)
	came := Person{New: "no", Known: "no", Contacts: counts{"digipunt": 1}}
	nobody := Person{Contacts: counts{"digipunt": 23}}
	half := Count{Period: Period{2026, FirstHalf}, Lists: lists, People: alike(0, 80, came), Nobody: nobody}
	year := Count{Period: Period{2026, WholeYear}, Lists: lists, People: alike(0, 81, came), Nobody: nobody}
	releases, reports := publishYear(t, population{half: half, year: year})
	told := func(k int) Band { return newView(V1(), releases, nil).told(k, ContactsInAll.Name, Contacts, "") }
	if before := told(0); before != (Band{103, 103}) {
		t.Fatalf("first %v: the attack has nothing to subtract", before)
	}
	if after := told(1); !reports[1].Passed || after.Most < 103+apartBy {
		t.Errorf("then %v, %+v", after, reports[1])
	}
	if !slices.ContainsFunc(reports[1].Widened, func(w Widening) bool { return w.Table == ContactsInAll.Name && w.To == ByTen }) {
		t.Errorf("%+v", reports[1].Widened)
	}
}

package main

import (
	"bytes"
	"reflect"
	"testing"

	"signaalboek/domain/disclosure"
)

// One person more changes files only where it changes a band: nothing else in them follows from who came. (Between one
// release and the next outsiders get the same bytes whatever is registered: cmd/signaalboek, TestOutsidersSeeNothingMove…)
func TestFilesSayNothingButBands(t *testing.T) {
	same, other := 0, 0
	for seed := range uint64(6) {
		count := populate(seed).years[0].whole
		before := released(count)
		for _, p := range count.People[:10] {
			p.Number = 100_000
			count.People = append(count.People[:len(count.People):len(count.People)], p)
			after := released(count)
			alike := reflect.DeepEqual(catalogue.Publish(before), catalogue.Publish(after))
			if equal := bytes.Equal(bundled(t, before), bundled(t, after)); equal != alike {
				t.Fatalf("seed %d: the same tables are %v, the same files %v", seed, alike, equal)
			}
			if alike {
				same++
			} else {
				other++
			}
			count.People = count.People[:len(count.People)-1]
		}
	}
	if same < 5 || other < 5 {
		t.Errorf("%d changes nobody sees, %d are seen: too few to tell", same, other)
	}
}

// released is a count as wide as tables that are published get, so that not every person shows.
func released(c disclosure.Count) disclosure.Release {
	r := disclosure.Release{Count: c, Widths: disclosure.Widths{}}
	for _, table := range catalogue.Tables(c.Period.Part) {
		r.Widths[table.Name] = disclosure.ByTwenty
	}
	return r
}

func bundled(t *testing.T, r disclosure.Release) []byte {
	t.Helper()
	bundle, err := bundleOf(r)
	if err != nil {
		t.Fatal(err)
	}
	return bundle
}

// The same seed makes the same population, and the same population the same files.
func TestSeedsAreWhatTheySay(t *testing.T) {
	for seed := range uint64(24) {
		one, again := populate(seed), populate(seed)
		if !reflect.DeepEqual(one, again) {
			t.Fatalf("seed %d makes two populations", seed)
		}
		if n := len(one.years[len(one.years)-1].members()); n < 20 || n > 310 {
			t.Errorf("seed %d has %d people", seed, n)
		}
	}
}

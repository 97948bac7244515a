package api

import (
	"slices"
	"testing"
	"time"
)

func TestTally(t *testing.T) {
	var tally Tally
	tally.Add("/signalen", 200, time.Second)
	tally.Add("/signalen", 303, time.Second)
	tally.Add("/signalen", 204, time.Second)
	tally.Add("/contacten", 0, time.Second)
	want := []Answered{
		{"/contacten", "2xx", 1, time.Second},
		{"/signalen", "2xx", 2, 2 * time.Second},
		{"/signalen", "3xx", 1, time.Second},
	}
	if got := tally.Rows(); !slices.Equal(got, want) {
		t.Errorf("rows %v, want %v", got, want)
	}
	var nobody *Tally
	nobody.Add("/", 200, 0) // nobody watches: no fault
}

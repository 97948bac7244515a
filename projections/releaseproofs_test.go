package projections

import (
	"slices"
	"testing"

	"signaalboek/domain/release"
)

// Given releases that were published, anchored and withdrawn, then those that wait for a proof are the ones that are shown
// and have none; and before each stands the last one that has.
func TestReleasesWaitForTheirProof(t *testing.T) {
	d := newDiary(t)
	anchor := func(n uint32) {
		d.write(day(2), releases, release.Anchored{Release: numbered(n), Proof: release.Proof{Size: int64(n), Checkpoint: "signed", Bundle: "digest"}})
	}
	for n, year := range []int{2021, 2022, 2023, 2024} {
		period := release.Period{Year: year, Part: release.WholeYear}
		d.write(day(1), releases, proposed(uint32(n+1), period))
		d.write(day(1), releases, release.Published{Release: numbered(uint32(n + 1)), Period: period})
	}
	waits := func() (years []int) {
		for _, one := range d.set().Releases.Unanchored() {
			years = append(years, one.Period.Year)
		}
		return years
	}
	if got := waits(); !slices.Equal(got, []int{2021, 2022, 2023, 2024}) {
		t.Errorf("at first %d wait", got)
	}
	anchor(1)
	d.write(day(3), releases, release.Withdrawn{Release: numbered(2), Reason: release.Mistaken})
	anchor(3)
	d.write(day(3), releases, release.Withdrawn{Release: numbered(3), Reason: release.Mistaken})
	if got := waits(); !slices.Equal(got, []int{2024}) {
		t.Errorf("then %d wait", got)
	}
	for n, want := range map[uint32]int{1: 0, 2: 2021, 3: 2021, 4: 2023} {
		if before, _ := d.set().Releases.AnchoredBefore(harelbeke, numbered(n)); before.Period.Year != want {
			t.Errorf("before the one of %d stands that of %d", 2020+n, before.Period.Year)
		}
	}
	if one, _ := d.set().Releases.Release(harelbeke, numbered(1)); one.Anchored.On != day(2) || one.Proof.Size != 1 {
		t.Errorf("anchored, it is %+v", one)
	}
}

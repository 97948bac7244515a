package api

import (
	"net/url"
	"testing"
	"time"

	"signaalboek/domain/release"
)

// keyGone has the year closed, the eighteen months pass, and its key destroyed, as the program does then.
func (b *bench) keyGone() {
	b.Helper()
	b.must(b.post("/practice/close-year", `{"year": 2025}`), 200)
	b.visitor().catchUp()
	b.Clock = func() time.Time { return time.Date(2027, 7, 1, 12, 0, 0, 0, time.UTC) }
	b.Set.ForgetYear(harelbeke, 2025)
	if err := b.vault.DestroyYear(b.Context(), harelbeke, 2025); err != nil {
		b.Fatal(err)
	}
}

// Given a release of a year whose key is destroyed since. Then its page says that withdrawing it is for good; withdrawn,
// the year is not offered any more; and whoever proposes it all the same reads why its figures cannot be made.
func TestWhatCannotBeCountedAgainIsSaid(t *testing.T) {
	b := publishing(t)
	one := b.proposed()
	b.must(b.confirm(one, b.digest(one), asSecond), 200)
	v, address := b.visitor(), releaseAddress(one.ID)
	v.open(address).says("Je kan dezelfde periode daarna opnieuw publiceren")
	b.keyGone()
	page := v.open(address)
	page.says("je kan deze periode daarna niet opnieuw publiceren")
	v.fill(page, address+"/intrekken", url.Values{"reason": {"mistaken"}})

	v.open(releasesAddress).says("Wat afgesloten is, kan niet meer geteld worden: 2025.")
	again := b.proposed()
	if again.Again != one.ID {
		t.Fatalf("it is no repetition of %s", one.ID)
	}
	v.open(releaseAddress(again.ID)).says("Het nazicht is mislukt.", "de sleutel van dat jaar is vernietigd", "Laat dit voorstel vallen.")
	if p := readProblem(t, b.get("/releases/"+again.ID.String()+"/files")); p.Code != "release-not-judged" {
		t.Errorf("its files answered %+v", p)
	}
}

// What was closed is not offered for a first release; what went out before is, as long as it can be counted.
func TestOnlyWhatCanBeCountedIsOffered(t *testing.T) {
	whole := release.Period{Year: 2025, Part: release.WholeYear}
	half := release.Period{Year: 2025, Part: release.FirstHalf}
	other := release.Period{Year: 2024, Part: release.WholeYear}
	b := publishing(t)
	one := b.proposed()
	b.must(b.confirm(one, b.digest(one), asSecond), 200)
	b.visitor().catchUp()
	for _, test := range []struct {
		name               string
		given              func()
		whole, half, other bool
	}{
		{"open", func() {}, true, true, true},
		{"closed", func() {
			b.must(b.post("/practice/close-year", `{"year": 2025}`), 200)
			b.visitor().catchUp()
		}, true, false, true},
		{"its key is destroyed", func() {
			b.Clock = func() time.Time { return time.Date(2027, 7, 1, 12, 0, 0, 0, time.UTC) }
		}, false, false, true},
	} {
		test.given()
		for period, want := range map[release.Period]bool{whole: test.whole, half: test.half, other: test.other} {
			if got := b.canCount(harelbeke, period); got != want {
				t.Errorf("%s: %s can be counted: %v", test.name, period, got)
			}
		}
	}
	if can, gone := b.countable(harelbeke, []release.Period{whole, half, other}); len(can) != 1 || len(gone) != 1 || gone[0] != "2025" {
		t.Errorf("left are %v, gone %v", can, gone)
	}
}

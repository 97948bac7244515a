package projections

import (
	"reflect"
	"testing"

	"signaalboek/domain"
	"signaalboek/domain/contact"
	"signaalboek/domain/disclosure"
	"signaalboek/domain/practice"
	"signaalboek/domain/release"
	"signaalboek/domain/vocabulary"
)

// One person more changes nothing of a release that is out: not which one outsiders see at any moment, not what is said of
// it, and not what is counted for it when it is counted again for the next one.
func TestOnePersonMoreMovesNothingBetweenReleases(t *testing.T) {
	d := newDiary(t)
	d.write(day(1), practice.StreamOf(harelbeke), practice.Opened{Name: "Harelbeke", Defaults: vocabulary.Harelbeke2022})
	visit := func(n int) {
		details := contact.Details{Activity: "huisbezoek", Known: domain.Unknown}
		d.write(day(n), streamIn("contact", n), contact.Registered{Details: details})
	}
	visit(2)
	d.write(day(3), releases, proposed(1, halfYear))
	visit(4) // after what is counted, and before it is published
	d.write(day(5), releases, release.Published{Release: numbered(1), Period: halfYear, Built: builtIn(release.ByFive)})
	before := outsidersSee(t, d)
	if last := before.latest[11]; last.Phase != release.IsPublished || inAll(before.counted, contactsOf) != 1 {
		t.Fatalf("outsiders see %+v, of %+v", last, before.counted)
	}
	visit(6)
	if after := outsidersSee(t, d); !reflect.DeepEqual(after, before) {
		t.Errorf("one person more, and what was\n%+v\nis\n%+v", before, after)
	}
}

// seen is everything that outsiders see of releases, minute by minute, and what was counted for the last one.
type seen struct {
	latest  []Release
	counted disclosure.Count
}

func outsidersSee(t *testing.T, d *diary) seen {
	t.Helper()
	set, of := d.set(), seen{}
	for n := range 12 {
		one, _ := set.Releases.Latest(harelbeke, moment(n))
		of.latest = append(of.latest, one)
	}
	last := of.latest[len(of.latest)-1]
	then, err := Before(t.Context(), d.store, d.vault, last.Counted)
	d.check(err)
	of.counted, err = then.Counted(t.Context(), harelbeke, disclosure.Period{Year: 2027, Part: disclosure.WholeYear})
	d.check(err)
	return of
}

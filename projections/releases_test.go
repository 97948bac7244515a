package projections

import (
	"bytes"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/disclosure"
	"signaalboek/domain/release"
)

const releases = domain.StreamID("releases-harelbeke-centrum")

var (
	halfYear  = release.Period{Year: 2026, Part: release.FirstHalf}
	wholeYear = release.Period{Year: 2026, Part: release.WholeYear}
)

func proposed(n uint32, period release.Period) release.Proposed {
	return release.Proposed{Release: numbered(n), Period: period, By: numbered(1)}
}

// builtIn is a release of one table, of a width, that holds some texts.
func builtIn(width release.Width, texts ...uuid.UUID) release.Built {
	digest := strings.Repeat("0", 64)
	return release.Built{
		Catalogue: 1, Widths: []release.TableWidth{{Table: "headline", Width: width}}, Bundle: digest, Texts: texts,
		Editions: []release.EditionFiles{{Edition: release.Council, Files: []release.File{{Name: "overview.html", Digest: digest}}}},
	}
}

// withReleases is a diary in which a half year was published, then the year, then the half year was withdrawn, published
// again, and another proposal dropped.
func withReleases(t *testing.T) *diary {
	d := newDiary(t)
	d.write(day(1), signalNo(1), picked(partner("caw"), "mobiliteit"))
	d.write(day(2), releases, proposed(1, halfYear))
	d.write(day(2), releases, release.SentenceWritten{
		Release: numbered(1), Edition: release.Council, Place: release.Opening, Text: domain.ToSeal("Dank u."),
	})
	d.write(day(3), releases, release.Published{Release: numbered(1), Period: halfYear, Built: builtIn(release.ByFive, numbered(90))})
	d.write(day(4), releases, proposed(2, wholeYear))
	d.write(day(5), releases, release.Published{Release: numbered(2), Period: wholeYear, Built: builtIn(release.ByTen, numbered(91))})
	d.write(day(6), releases, release.Withdrawn{Release: numbered(1), Reason: release.ErasedText, Motivation: domain.ToSeal("Gewist.")})
	again := proposed(3, halfYear)
	again.Again = numbered(1)
	d.write(day(7), releases, again)
	d.write(day(8), releases, release.Published{Release: numbered(3), Period: halfYear, Built: builtIn(release.ByFive)})
	d.write(day(9), releases, proposed(4, release.Period{Year: 2025, Part: release.WholeYear}))
	d.write(day(10), releases, release.Dropped{Release: numbered(4)})
	d.write(day(11), releases, elsewhere(1))
	d.write(day(11), releases, elsewhere(2))
	d.write(day(12), releases, release.ForeignWithdrawn{Foreign: numbered(1), Motivation: domain.ToSeal("Een ander jaar.")})
	return d
}

// elsewhere is that others published how many people came in a year.
func elsewhere(n uint32) release.ForeignRecorded {
	return release.ForeignRecorded{
		Foreign: numbered(n), Document: domain.ToSeal("Het jaarverslag."),
		ForeignTable: release.ForeignTable{
			Period: wholeYear, Table: "headline", Source: "caw", Cells: []release.ForeignCell{{Measure: "unique", Least: 60, Most: 69}},
		},
	}
}

// What others published is listed as it was recorded; the gate is told what stands.
func TestWhatOthersPublished(t *testing.T) {
	d := withReleases(t)
	set := d.set()
	tables, by := set.Releases.ForeignTables(harelbeke), numbered(1)
	if len(tables) != 2 || tables[0].ID != numbered(2) || tables[0].Withdrawn || !tables[0].Ended.On.IsZero() ||
		tables[0].Recorded.On != day(11) || tables[0].Recorded.By != by || d.open(tables[0].Document) != "Het jaarverslag." {
		t.Fatalf("listed %+v", tables)
	}
	if gone := tables[1]; !gone.Withdrawn || gone.Ended.On != day(12) || d.open(gone.Motivation) != "Een ander jaar." {
		t.Errorf("withdrawn %+v", gone)
	}
	want := []disclosure.Foreign{{Period: wholeYear, Table: "headline", Measure: "unique", Band: disclosure.Band{Least: 60, Most: 69}}}
	if told := set.Releases.Foreign(harelbeke); !slices.Equal(told, want) {
		t.Errorf("the gate is told %+v", told)
	}
	if set.Releases.Foreign("ter-plekke-zillebeke") != nil || set.Releases.ForeignTables("ter-plekke-zillebeke") != nil {
		t.Error("another practice sees it")
	}
	tables[0].Withdrawn = true
	if set.Releases.ForeignTables(harelbeke)[0].Withdrawn {
		t.Error("it can be changed from outside")
	}
	if read := d.throughSnapshot(set); !reflect.DeepEqual(read.Releases.ForeignTables(harelbeke), set.Releases.ForeignTables(harelbeke)) {
		t.Error("what others published changed on its way through a snapshot")
	}
}

func TestReleasesOfAPractice(t *testing.T) {
	d := withReleases(t)
	set := d.set()
	var told []string
	for _, one := range set.Releases.List(harelbeke) {
		told = append(told, one.Period.String()+" "+string(one.Phase))
	}
	want := []string{"2025-whole-year dropped", "2026-first-half published", "2026-whole-year published", "2026-first-half withdrawn"}
	if !slices.Equal(told, want) {
		t.Errorf("listed %v, want %v", told, want)
	}
	first, found := set.Releases.Release(harelbeke, numbered(1))
	by := numbered(1)
	if !found || first.Of != harelbeke || first.Proposed != (Act{by, day(2), moment(2)}) || first.Published != (Act{by, day(3), moment(4)}) ||
		first.Ended != (Act{by, day(6), moment(7)}) || first.Reason != release.ErasedText || d.open(first.Motivation) != "Gewist." ||
		len(first.Sentences) != 1 || d.open(first.Sentences[0].Text) != "Dank u." || first.Built.Bundle == "" {
		t.Errorf("the first release is %+v", first)
	}
	if _, found := set.Releases.Release("ter-plekke-zillebeke", numbered(1)); found {
		t.Error("another practice sees it")
	}
	if widths := set.Releases.Widths(harelbeke); !maps.Equal(widths, map[domain.Code]release.Width{"headline": release.ByTen}) {
		t.Errorf("the next release starts from %v", widths)
	}
	if revision := set.Releases.Revision(harelbeke); revision != d.last[releases] {
		t.Errorf("at revision %d, want %d", revision, d.last[releases])
	}
	if set.Releases.Revision("ter-plekke-zillebeke") != domain.NoStream || set.Releases.List("ter-plekke-zillebeke") != nil {
		t.Error("a practice that proposed nothing has releases")
	}
}

// A release that repeats figures counted them where the first of its period did.
func TestWhereFiguresWereCounted(t *testing.T) {
	d := withReleases(t)
	set := d.set()
	counted := func(n uint32) domain.Position {
		one, _ := set.Releases.Release(harelbeke, numbered(n))
		return one.Counted
	}
	proposals := map[uint32]domain.Position{}
	for recorded, err := range d.store.ReadStream(t.Context(), releases, 0) {
		d.check(err)
		for n, revision := range map[uint32]domain.Revision{1: 0, 2: 3} {
			if recorded.Revision == revision {
				proposals[n] = recorded.Position
			}
		}
	}
	if counted(1) != proposals[1] || counted(2) != proposals[2] || counted(3) != proposals[1] {
		t.Errorf("counted at %v, %v and %v, proposed at %v", counted(1), counted(2), counted(3), proposals)
	}
}

// Outsiders see, at any moment, the release that was published last up to then.
func TestLatestRelease(t *testing.T) {
	set := withReleases(t).set()
	for n, want := range map[int]uint32{3: 0, 4: 1, 5: 1, 6: 2, 8: 2, 9: 3, 99: 3} {
		latest, found := set.Releases.Latest(harelbeke, moment(n))
		if found != (want != 0) || found && latest.ID != numbered(want) {
			t.Errorf("after %d events the latest is %v, %v, want %d", n, latest.ID, found, want)
		}
	}
	if latest, _ := set.Releases.Latest(harelbeke, moment(4).Add(-time.Microsecond)); latest.ID != (release.ID{}) {
		t.Error("it is seen before it is published")
	}
	if latest, _ := set.Releases.Latest(harelbeke, moment(4)); latest.Phase != release.IsWithdrawn {
		t.Errorf("one that was withdrawn since is shown as %s", latest.Phase)
	}
}

func TestReleasesThatHoldAText(t *testing.T) {
	set := withReleases(t).set()
	for key, want := range map[uuid.UUID][]release.ID{numbered(90): nil, numbered(91): {numbered(2)}, numbered(92): nil} {
		if holding := set.Releases.Holding(harelbeke, key); !slices.Equal(holding, want) {
			t.Errorf("%s is held by %v, want %v", key, holding, want)
		}
	}
	if holding := set.Releases.Holding("ter-plekke-zillebeke", numbered(91)); holding != nil {
		t.Errorf("elsewhere it is held by %v", holding)
	}
}

func TestReleasesInASnapshot(t *testing.T) {
	d := withReleases(t)
	set := d.set()
	read := d.throughSnapshot(set)
	if !reflect.DeepEqual(read.Releases.List(harelbeke), set.Releases.List(harelbeke)) || !bytes.Equal(bytesOf(read), bytesOf(set)) {
		t.Error("releases changed on their way through a snapshot")
	}
	if !maps.Equal(read.Releases.Widths(harelbeke), set.Releases.Widths(harelbeke)) {
		t.Error("widths changed on their way through a snapshot")
	}
}

// What cannot be is said, and not passed over.
func TestAForeignTableThatNobodyRecorded(t *testing.T) {
	d := newDiary(t)
	d.write(day(1), releases, release.ForeignWithdrawn{Foreign: numbered(1)})
	if _, err := AsOf(t.Context(), d.store, d.vault, moment(1)); err == nil || !strings.Contains(err.Error(), "never recorded") {
		t.Errorf("read with %v", err)
	}
}

// What cannot be is said, and not passed over.
func TestAReleaseThatNobodyProposed(t *testing.T) {
	d := newDiary(t)
	d.write(day(1), releases, release.Published{Release: numbered(1), Period: halfYear, Built: builtIn(release.ByFive)})
	if _, err := AsOf(t.Context(), d.store, d.vault, moment(1)); err == nil || !strings.Contains(err.Error(), "never proposed") {
		t.Errorf("read with %v", err)
	}
}

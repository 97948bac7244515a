package ledger_test

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/bundle"
	"signaalboek/domain/guard"
	"signaalboek/domain/ledger"
	"signaalboek/domain/practice"
	"signaalboek/domain/release"
	"signaalboek/domain/vocabulary"
)

// releasing gives a command to the releases of a practice, as somebody.
func (d *desk) releasing(actor domain.ActorID, command release.Command) (ledger.Receipt, domain.Meta, error) {
	d.t.Helper()
	meta := d.meta()
	meta.Actor = actor
	receipt, err := d.Releases.Execute(d.t.Context(), ledger.Target{Stream: release.StreamOf(harelbeke)}, command, meta)
	return receipt, meta, err
}

func (d *desk) releases() release.State {
	d.t.Helper()
	state, err := d.Releases.State(d.t.Context(), harelbeke, release.StreamOf(harelbeke))
	if err != nil {
		d.t.Fatal(err)
	}
	return state
}

// One proposes and words, another confirms; the sentences are sealed, each under a key of its own by which it is known
// which release holds it.
func TestAReleaseIsPublishedByTwo(t *testing.T) {
	d, coordinator, colleague := newDesk(t), uuid.New(), uuid.New()
	_, meta, err := d.releasing(coordinator, release.Propose{Period: release.Period{Year: 2021, Part: release.WholeYear}})
	if err != nil {
		t.Fatal(err)
	}
	id := release.NewID(meta.Command)
	_, _, err = d.releasing(coordinator, release.Write{Release: id, Edition: release.Council, Place: release.Opening, Text: clean})
	if err != nil {
		t.Fatal(err)
	}
	proposal, _ := d.releases().Release(id)
	key := proposal.Sentences[0].Text.Key
	digest := strings.Repeat("0", 64)
	built := release.Built{
		Catalogue: 1, Widths: []release.TableWidth{{Table: "headline", Width: release.Exact}}, Bundle: digest, Texts: []uuid.UUID{key},
		Editions: []release.EditionFiles{{Edition: release.Council, Files: []release.File{{Name: "overview.html", Digest: digest}}}},
	}
	_, _, err = d.releasing(coordinator, release.Publish{Release: id, Built: built})
	d.refused(release.ErrOwn, err)
	if receipt, _, err := d.releasing(colleague, release.Publish{Release: id, Built: built}); err != nil || receipt.Events != 1 {
		t.Fatalf("%+v, %v", receipt, err)
	}
	if holding := d.releases().Holding(key); len(holding) != 1 || holding[0] != id {
		t.Errorf("%v hold the sentence", holding)
	}
	for _, r := range d.events() {
		if strings.Contains(string(r.Payload), clean) {
			t.Errorf("%s holds the sentence in the clear", r.Name)
		}
	}
}

// The guard reads what the coordinator says to everybody.
func TestSentencesOfReleasesAreRead(t *testing.T) {
	d, coordinator := newDesk(t), uuid.New()
	_, meta, err := d.releasing(coordinator, release.Propose{Period: release.Period{Year: 2021, Part: release.WholeYear}})
	if err != nil {
		t.Fatal(err)
	}
	_, _, err = d.releasing(coordinator, release.Write{
		Release: release.NewID(meta.Command), Edition: release.Residents, Place: release.Closing, Text: blocked,
	})
	pointsAt(t, err, "/text")
	_, _, err = d.releasing(coordinator, release.Drop{Release: release.NewID(meta.Command), Motivation: blocked})
	pointsAt(t, err, "/motivation")
	d.refused(guard.ErrBlocked, err)
}

// The releases of another practice, and of one that is not there, are none of ours.
func TestReleasesOfOthers(t *testing.T) {
	d := newDesk(t)
	ask := release.Propose{Period: release.Period{Year: 2021, Part: release.WholeYear}}
	for practice, want := range map[domain.PracticeID]*domain.Refusal{
		"ter-plekke-zillebeke": ledger.ErrUnknown, "ter-plekke-kortrijk": ledger.ErrNotOpened,
	} {
		meta := d.meta()
		stream := release.StreamOf(harelbeke)
		if want == ledger.ErrNotOpened {
			stream = release.StreamOf(practice)
		}
		meta.Practice = practice
		_, err := d.Releases.Execute(t.Context(), ledger.Target{Stream: stream}, ask, meta)
		d.refused(want, err)
	}
}

// Of two who propose at once, one does: the other is told, though nothing was proposed when they began.
func TestTwoProposeAtOnce(t *testing.T) {
	d := newDesk(t)
	d.store.BeforeAppend(func() {
		if _, _, err := d.releasing(uuid.New(), release.Propose{Period: release.Period{Year: 2020, Part: release.WholeYear}}); err != nil {
			t.Error(err)
		}
	})
	_, _, err := d.releasing(uuid.New(), release.Propose{Period: release.Period{Year: 2021, Part: release.WholeYear}})
	d.refused(release.ErrOpen, err)
	if proposed := d.releases().Releases(); len(proposed) != 1 || proposed[0].Period.Year != 2020 {
		t.Errorf("proposed are %v", proposed)
	}
}

// What all practices publish together has a stream of its own, in no practice's name: coordinators of two practices make a
// release there, and nothing else happens in that name.
func TestAllPracticesTogether(t *testing.T) {
	d := newDesk(t)
	together := func(command release.Command) (ledger.Receipt, domain.Meta, error) {
		meta := d.meta()
		meta.Practice, meta.Actor = release.Together, uuid.New()
		receipt, err := d.Releases.Execute(t.Context(), ledger.Target{Stream: release.StreamOf(release.Together)}, command, meta)
		return receipt, meta, err
	}
	_, meta, err := together(release.Propose{Period: release.Period{Year: 2021, Part: release.WholeYear}})
	if err != nil {
		t.Fatal(err)
	}
	digest := strings.Repeat("0", 64)
	receipt, _, err := together(release.Publish{Release: release.NewID(meta.Command), Built: release.Built{
		Catalogue: 1, Widths: []release.TableWidth{{Table: "possible-concerns", Width: release.ByTen}}, Bundle: digest,
		Editions: []release.EditionFiles{{Edition: release.Council, Files: []release.File{{Name: "overview.html", Digest: digest}}}},
	}})
	if err != nil || receipt.Events != 1 {
		t.Fatalf("%+v, %v", receipt, err)
	}
	if ours := d.releases().Releases(); len(ours) != 0 {
		t.Errorf("a practice published %v", ours)
	}
	_, _, err = together(release.Propose{Period: release.Period{Year: 2021, Part: release.FirstHalf}})
	d.refused(release.ErrYearsOnly, err)
}

// No practice can take their name, nor is anything else recorded in it.
func TestTheNameOfAllPracticesIsReserved(t *testing.T) {
	d := newDesk(t)
	meta := d.meta()
	meta.Practice = release.Together
	_, err := d.Practices.Execute(t.Context(), ledger.Target{Stream: practice.StreamOf(release.Together)},
		practice.Open{Name: "Samen", Defaults: vocabulary.Harelbeke2022}, meta)
	d.refused(ledger.ErrReserved, err)
	_, err = d.Bundles.Rehearse(t.Context(), ledger.Target{Stream: domain.NewStreamID("bundles", "together")}, bundle.SplitUp{}, meta)
	d.refused(ledger.ErrReserved, err)
	meta.Practice = harelbeke
	_, err = d.Releases.Execute(t.Context(), ledger.Target{Stream: release.StreamOf(release.Together)},
		release.Propose{Period: release.Period{Year: 2021, Part: release.WholeYear}}, meta)
	d.refused(ledger.ErrUnknown, err)
}

// Where others published something is said in words that the guard reads, and that are sealed.
func TestWhatOthersPublished(t *testing.T) {
	d := newDesk(t)
	table := release.ForeignTable{
		Period: release.Period{Year: 2021, Part: release.WholeYear}, Table: "headline", Source: "caw",
		Cells: []release.ForeignCell{{Measure: "unique", Least: 100, Most: 120}},
	}
	_, _, err := d.releasing(uuid.New(), release.RecordForeign{ForeignTable: table, Document: blocked})
	pointsAt(t, err, "/document")
	_, meta, err := d.releasing(uuid.New(), release.RecordForeign{ForeignTable: table, Document: clean})
	if err != nil {
		t.Fatal(err)
	}
	standing := d.releases().Foreign()
	if len(standing) != 1 || standing[0].ID != release.NewForeignID(meta.Command) || standing[0].Document.Box == "" {
		t.Errorf("%+v stand", standing)
	}
	table.Source = "brandweer"
	_, _, err = d.releasing(uuid.New(), release.RecordForeign{ForeignTable: table})
	d.refused(vocabulary.ErrUnknownCode, err)
}

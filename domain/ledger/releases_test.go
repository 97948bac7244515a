package ledger_test

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/guard"
	"signaalboek/domain/ledger"
	"signaalboek/domain/release"
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

package anchoring_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"golang.org/x/mod/sumdb/note"

	"signaalboek/cmd/signaalboek/anchoring"
	"signaalboek/domain"
	"signaalboek/domain/domaintest"
	"signaalboek/domain/ledger"
	"signaalboek/domain/practice"
	"signaalboek/domain/proof"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/release"
	"signaalboek/domain/signal"
	"signaalboek/ops/eventlog/sqlite"
	"signaalboek/ops/migrate"
	"signaalboek/ops/transparency"
	"signaalboek/projections"
)

const (
	harelbeke domain.PracticeID = "harelbeke-centrum"
	origin                      = "signaalboek.example"
)

// office is a practice that publishes, over fakes.
type office struct {
	anchoring.Ground
	*signing
	t     *testing.T
	vault *domaintest.MemVault
	day   domain.Date
	spoil func(*release.Built) // what is published is something else; nil: it is not
}

// signing signs the tree as it is when it is asked first of an event, and from then on gives that.
type signing struct {
	tree  *transparency.Tree
	key   transparency.Key
	waits bool
	notes map[domain.Position][]byte
}

func (s *signing) Checkpoint(ctx context.Context, including domain.Position) ([]byte, string, error) {
	if s.waits {
		return nil, "", anchoring.ErrWaits
	}
	vkey, err := s.key.Verifier(origin)
	if err != nil || s.notes[including] != nil {
		return s.notes[including], vkey, err
	}
	signer, err := s.key.Signer(origin)
	if err != nil {
		return nil, "", err
	}
	now := s.tree.Extent()
	s.notes[including], err = proof.Checkpoint{Origin: origin, Size: now.Size, Root: now.Root}.Sign(signer)
	return s.notes[including], vkey, err
}

func newOffice(t *testing.T) *office {
	store, vault := domaintest.NewMemStore(t), domaintest.NewMemVault()
	o := &office{
		Ground: anchoring.Ground{Ledger: ledger.New(store, vault, time.UTC), Store: store, Vault: vault},
		t:      t, vault: vault, day: domain.DateOf(2024, time.March, 1),
	}
	o.signing = &signing{tree: o.treeOf(store), key: transparency.NewKey(), notes: map[domain.Position][]byte{}}
	o.Tree, o.Notary = o.signing.tree, o.signing
	_, err := o.Ledger.Practices.Execute(t.Context(), ledger.Target{Stream: practice.StreamOf(harelbeke)},
		practice.Open{Name: "STEK", Defaults: "harelbeke-2022"}, o.meta())
	o.check(err)
	return o
}

// treeOf is a tree over a log, in a directory of its own.
func (o *office) treeOf(store domain.Store) *transparency.Tree {
	o.t.Helper()
	tree, err := transparency.Open(o.t.Context(), o.t.TempDir(), store)
	o.check(err)
	o.check(tree.CatchUp(o.t.Context()))
	return tree
}

func (o *office) check(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

// meta is that of somebody's command, a day after the last one.
func (o *office) meta() domain.Meta {
	o.day++
	return domain.Meta{Command: uuid.New(), Actor: uuid.New(), Practice: harelbeke, On: o.day, At: o.day.Time().Add(9 * time.Hour)}
}

// raise picks up a signal, words it, and has Team Opstap discuss it.
func (o *office) raise(statement string) domain.StreamID {
	o.t.Helper()
	created, err := o.Ledger.Signals.Create(o.t.Context(), signal.PickUp{
		From: signal.FromSurvey, Themes: []domain.Code{"werk"},
		Evidence: signal.Evidence{Setting: pursuit.Setting{Kind: pursuit.InSurvey, Year: 2024}},
	}, o.meta())
	o.check(err)
	for _, command := range []signal.Command{
		signal.Word{Statement: statement},
		signal.Schedule{Schedule: pursuit.Schedule{Forum: "team-opstap", InNameOf: pursuit.Partnership, Through: pursuit.OwnItem}},
		signal.Discuss{Discuss: pursuit.Discuss{
			Forum: "team-opstap", Outcome: pursuit.Noted, BroughtBy: pursuit.Workers, Motivation: "Het is bekend.",
		}},
	} {
		_, err := o.Ledger.Signals.Execute(o.t.Context(), ledger.Target{Stream: created.Stream}, command, o.meta())
		o.check(err)
	}
	return created.Stream
}

func (o *office) ask(command release.Command) domain.Meta {
	o.t.Helper()
	meta := o.meta()
	_, err := o.Ledger.Releases.Execute(o.t.Context(), ledger.Target{Stream: release.StreamOf(harelbeke)}, command, meta)
	o.check(err)
	return meta
}

// publish publishes a year, as files that hold some texts.
func (o *office) publish(year int, texts ...uuid.UUID) release.ID {
	o.t.Helper()
	o.day = max(o.day, domain.DateOf(year+1, time.February, 1))
	id := release.NewID(o.ask(release.Propose{Period: release.Period{Year: year, Part: release.WholeYear}}).Command)
	files := []proof.File{{Name: "council/overview.html", Content: []byte("overview")}, {Name: "release.json", Content: []byte("{}\n")}}
	frozen, err := proof.Zip(files)
	o.check(err)
	o.check(o.vault.KeepBundle(o.t.Context(), harelbeke, id, frozen, texts...))
	edition := release.EditionFiles{Edition: release.Council}
	for _, file := range files {
		edition.Files = append(edition.Files, release.File{Name: file.Name, Digest: domain.DigestOf(file.Content)})
	}
	built := release.Built{
		Catalogue: 1, Widths: []release.TableWidth{{Table: "headline", Width: release.ByFive}},
		Editions: []release.EditionFiles{edition}, Bundle: domain.DigestOf(frozen), Texts: texts,
	}
	if o.spoil != nil {
		o.spoil(&built)
	}
	o.ask(release.Publish{Release: id, Built: built})
	o.check(o.signing.tree.CatchUp(o.t.Context()))
	return id
}

// releases is the releases as they are now.
func (o *office) releases() *projections.Releases {
	o.t.Helper()
	set, err := projections.AsOf(o.t.Context(), o.Store, o.vault, o.day.Time().AddDate(1, 0, 0))
	o.check(err)
	return set.Releases
}

func (o *office) now(id release.ID) projections.Release {
	o.t.Helper()
	one, _ := o.releases().Release(harelbeke, id)
	return one
}

func (o *office) anchor(id release.ID) (ledger.Receipt, error) {
	o.t.Helper()
	meta := o.meta()
	meta.Actor = domain.ActorID{}
	return o.Anchor(o.t.Context(), o.releases(), o.now(id), meta)
}

// kept is what is kept of a release with its proof.
func (o *office) kept(id release.ID) ([]proof.File, proof.Evidence) {
	o.t.Helper()
	raw, err := o.vault.Bundle(o.t.Context(), harelbeke, id, o.now(id).Proof.Bundle)
	o.check(err)
	files, err := proof.Unzip(raw)
	o.check(err)
	evidence, err := proof.ReadEvidence(files)
	o.check(err)
	return files, evidence
}

// holds fails the test unless evidence proves what it shows, by the key of the ledger.
func (o *office) holds(e proof.Evidence) {
	o.t.Helper()
	verifier, err := note.NewVerifier(e.Key)
	o.check(err)
	checkpoint, err := proof.Open(e.Checkpoint, verifier)
	o.check(err)
	for i, shown := range e.Events {
		o.check(errors.Join(shown.Check(), e.Inclusions[i].Check(checkpoint, shown.Frame().Leaf())))
	}
	for _, extended := range e.Extends {
		o.check(extended.Check(proof.Checkpoint{Size: extended.Old, Root: extended.Root}, checkpoint))
	}
}

// A release that is out gets its proof once: its files and evidence, of the publication and of what was done with the
// signals that it tells of, and nothing about anybody.
func TestAReleaseGetsItsProof(t *testing.T) {
	o := newOffice(t)
	o.raise("De bus rijdt niet na zes uur.")
	id := o.publish(2024)
	receipt, err := o.anchor(id)
	if err != nil || receipt.Events != 1 {
		t.Fatalf("%+v, %v", receipt, err)
	}
	files, evidence := o.kept(id)
	o.holds(evidence)
	var names []string
	for _, file := range files {
		names = append(names, file.Name)
	}
	want := []string{
		"council/overview.html", "proof/checkpoint.txt", "proof/consistency.json", "proof/events.json", "proof/gate.json",
		"proof/inclusion.json", "proof/key.txt", "release.json",
	}
	if !slices.Equal(names, want) {
		t.Errorf("it holds %s", names)
	}
	var shown []string
	for _, event := range evidence.Events {
		line := event.Of + " " + event.Name
		for _, field := range event.Fields {
			line += " " + field.Name
		}
		shown = append(shown, line)
	}
	if want := []string{
		" releases.published.v1 @practice @on release period catalogue widths editions bundle",
		"S1 signal.scheduled.v1 @practice forum", "S1 signal.discussed.v1 @practice forum outcome",
	}; !slices.Equal(shown, want) {
		t.Errorf("it shows\n%s", strings.Join(shown, "\n"))
	}
	one := o.now(id)
	if one.Proof.Size != evidence.Inclusions[0].Size || one.Proof.Checkpoint != string(evidence.Checkpoint) {
		t.Error("the log says another checkpoint")
	}
	if printed := evidence.Extends[0]; len(evidence.Extends) != 1 || printed.Of != proof.OfDocument || printed.Old != 5 {
		t.Errorf("it extends %+v: before the proposal stand five events", evidence.Extends)
	}
	if receipt, err := o.anchor(id); err != nil || receipt.Events != 0 || o.now(id).Proof != one.Proof {
		t.Errorf("again: %+v, %v", receipt, err)
	}
}

// Built again, by a replica with a tree of its own, after more was recorded, and when the ledger was moved to another log
// where everything has another position, a bundle is the same to the byte.
func TestTheSameBundleEverywhere(t *testing.T) {
	o := newOffice(t)
	o.raise("De bus rijdt niet na zes uur.")
	o.publish(2023)
	id := o.publish(2024)
	_, key, err := o.Checkpoint(t.Context(), domain.Position{})
	o.check(err)
	for _, one := range o.releases().Unanchored() {
		_, err := o.anchor(one.ID)
		o.check(err)
	}
	signed := []byte(o.now(id).Proof.Checkpoint)
	want, err := o.vault.Bundle(t.Context(), harelbeke, id, o.now(id).Proof.Bundle)
	o.check(err)
	o.raise("Er is te weinig werk.")

	moved, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "log.db"), sqlite.Options{})
	o.check(err)
	defer moved.Close()
	_, err = (&migrate.Migration{From: o.Store, To: moved}).Copy(t.Context())
	o.check(err)
	for name, store := range map[string]domain.Store{"again": o.Store, "elsewhere": moved} {
		replica := *o
		replica.Store, replica.Tree = store, o.treeOf(store)
		replica.Ledger = ledger.New(store, o.vault, time.UTC)
		got, err := replica.Bundle(t.Context(), replica.releases(), replica.now(id), signed, key)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("built %s: %d bytes and not %d, or others; %v", name, len(got), len(want), err)
		}
	}
	_, evidence := o.kept(id)
	o.holds(evidence)
	if previous := evidence.Extends[1]; previous.Of != proof.OfPrevious || previous.Old != o.releases().List(harelbeke)[1].Proof.Size {
		t.Errorf("the one before it was anchored at %d", previous.Old)
	}
}

// What does not prove the release is given to nobody: here a file is kept that is not the one that the log says.
func TestWhatProvesNothingIsNotRecorded(t *testing.T) {
	o := newOffice(t)
	o.spoil = func(b *release.Built) { b.Editions[0].Files[0].Digest = domain.DigestOf(nil) }
	id := o.publish(2024)
	if _, err := o.anchor(id); !errors.Is(err, anchoring.ErrUnproven) || o.now(id).IsAnchored() {
		t.Errorf("it was anchored: %v", err)
	}
}

// Too few witnesses: nothing is kept and nothing recorded. When they have cosigned, it goes on.
func TestWitnessesAreAwaited(t *testing.T) {
	o := newOffice(t)
	id := o.publish(2024)
	o.waits = true
	if _, err := o.anchor(id); !errors.Is(err, anchoring.ErrWaits) || o.now(id).IsAnchored() {
		t.Errorf("it did not wait: %v", err)
	}
	o.waits = false
	if _, err := o.anchor(id); err != nil || !o.now(id).IsAnchored() {
		t.Errorf("it waits on: %v", err)
	}
}

// Somebody who died between keeping a bundle and recording it left one that nobody asks for. It goes with the release.
func TestWhoeverDiedHarmsNothing(t *testing.T) {
	o := newOffice(t)
	id := o.publish(2024)
	signed, key, err := o.Checkpoint(t.Context(), domain.Position{})
	o.check(err)
	left, err := o.Bundle(t.Context(), o.releases(), o.now(id), signed, key)
	o.check(err)
	o.check(o.vault.KeepBundle(t.Context(), harelbeke, id, left))
	o.raise("Er is te weinig werk.")
	o.check(o.signing.tree.CatchUp(t.Context()))
	_, err = o.anchor(id)
	o.check(err)
	anchored := o.now(id).Proof
	if anchored.Bundle == domain.DigestOf(left) || anchored.Size == 3 {
		t.Fatal("no other checkpoint was taken")
	}
	if again, err := o.anchor(id); err != nil || again.Events != 0 {
		t.Errorf("anchored twice: %+v, %v", again, err)
	}
	o.ask(release.Withdraw{Release: id, Reason: release.Mistaken})
	o.check(o.vault.DestroyBundles(t.Context(), harelbeke, id))
	for _, digest := range []string{anchored.Bundle, domain.DigestOf(left)} {
		if _, err := o.vault.Bundle(t.Context(), harelbeke, id, digest); !errors.Is(err, domain.ErrForgotten) {
			t.Errorf("withdrawn, a bundle is there: %v", err)
		}
	}
	if o.now(id).Proof != anchored {
		t.Error("what was anchored did not stay")
	}
}

// What was forgotten is not shown; what is left proves the release.
func TestWhatWasForgottenIsLeftOut(t *testing.T) {
	o := newOffice(t)
	gone := o.raise("De bus rijdt niet na zes uur.")
	o.raise("Er is te weinig werk.")
	id := o.publish(2024)
	keys, err := o.Ledger.Keys(t.Context(), harelbeke, gone)
	o.check(err)
	o.check(o.vault.ForgetSubject(t.Context(), harelbeke, gone, keys...))
	_, err = o.anchor(id)
	o.check(err)
	_, evidence := o.kept(id)
	o.holds(evidence)
	if len(evidence.Events) != 3 || slices.ContainsFunc(evidence.Events, func(e proof.Shown) bool { return e.Stream == gone }) {
		t.Errorf("%d events are shown", len(evidence.Events))
	}
}

// A text that was erased takes the proof along: none is kept, none recorded.
func TestNoProofHoldsWhatWasErased(t *testing.T) {
	o := newOffice(t)
	text, err := o.vault.Seal(t.Context(), domain.Place{Event: uuid.New(), Field: "/statement"}, domain.ToSeal("De bus rijdt niet."))
	o.check(err)
	early, late := o.publish(2023, text.Key), o.publish(2024, text.Key)
	_, err = o.anchor(early)
	o.check(err)
	o.check(o.vault.ForgetTexts(t.Context(), harelbeke, text.Key))
	if _, err := o.vault.Bundle(t.Context(), harelbeke, early, o.now(early).Proof.Bundle); !errors.Is(err, domain.ErrForgotten) {
		t.Errorf("the proof of the first is there: %v", err)
	}
	if _, err := o.anchor(late); !errors.Is(err, domain.ErrForgotten) || o.now(late).IsAnchored() {
		t.Errorf("the second was anchored: %v", err)
	}
}

// A tree that does not go on from what was anchored before proves nothing; but after a loss, which its origin shows, the
// ledger begins anew.
func TestAnotherHistoryIsNotProven(t *testing.T) {
	for before, want := range map[string]error{origin: proof.ErrNotExtended, "before.example": nil} {
		o := newOffice(t)
		early, late := o.publish(2023), o.publish(2024)
		signer, err := o.key.Signer(before)
		o.check(err)
		forged, err := proof.Checkpoint{Origin: before, Size: 2}.Sign(signer)
		o.check(err)
		o.ask(release.Anchor{Release: early, Proof: release.Proof{
			Size: 2, Checkpoint: string(forged), Key: before + "+key", Bundle: domain.DigestOf(nil),
		}})
		_, err = o.anchor(late)
		if !errors.Is(err, want) || o.now(late).IsAnchored() != (want == nil) {
			t.Errorf("after what was signed as %s: %v", before, err)
		}
	}
}

// A release gets the first checkpoint that includes it and that a witness cosigned, not the first that was signed.
func TestTheFirstCheckpointThatIsCosigned(t *testing.T) {
	o := newOffice(t)
	witness, err := proof.NewWitnessKey("city", [32]byte{1})
	o.check(err)
	policy, err := proof.ParsePolicy("witness city " + witness.String() + "\nquorum city\n")
	o.check(err)
	heads := transparency.NewHeadFile(filepath.Join(t.TempDir(), "head"))
	notary := &transparency.Notary{Notarial: transparency.Notarial{
		Tree: o.signing.tree, Log: o.Store, Heads: heads, Keys: o.key, Holder: "one", Every: time.Minute, Logger: slog.New(slog.DiscardHandler),
	}}
	o.Notary = anchoring.Attested{Notary: notary, Policy: &policy}
	o.check(o.signing.tree.CatchUp(t.Context()))
	early, err := notary.Sign(t.Context(), o.signing.tree.Position()) // before the release is out
	o.check(err)
	o.cosign(heads, policy, witness, early)
	id := o.publish(2024)
	for range 3 {
		if _, err := o.anchor(id); !errors.Is(err, anchoring.ErrWaits) {
			t.Fatalf("nobody cosigned: %v", err)
		}
		o.raise("Er is te weinig werk.")
		o.check(o.signing.tree.CatchUp(t.Context()))
	}
	if head, err := heads.Head(t.Context()); err != nil || len(head.Checkpoints) != 2 {
		t.Errorf("while it waited %d checkpoints were signed, %v", len(head.Checkpoints), err)
	}
	var sizes []int64
	for range 3 { // the second is cosigned
		o.raise("Er is te weinig werk.")
		o.check(o.signing.tree.CatchUp(t.Context()))
		signed, err := notary.Sign(t.Context(), o.signing.tree.Position())
		o.check(err)
		promised, err := signed.Checkpoint()
		o.check(err)
		if sizes = append(sizes, promised.Size); len(sizes) == 2 {
			o.cosign(heads, policy, witness, signed)
		}
	}
	_, err = o.anchor(id)
	o.check(err)
	if got := o.now(id).Proof; got.Size != sizes[1] || !strings.Contains(got.Checkpoint, "\n— city ") {
		t.Errorf("anchored at %d of %d:\n%s", got.Size, sizes, got.Checkpoint)
	}
	_, evidence := o.kept(id)
	o.holds(evidence)
}

// cosign has a witness cosign a checkpoint that the head holds.
func (o *office) cosign(heads transparency.Heads, policy proof.Policy, witness proof.WitnessKey, signed transparency.Signed) {
	o.t.Helper()
	head, err := heads.Head(o.t.Context())
	o.check(err)
	log, err := head.Verifier()
	o.check(err)
	with, err := witness.Cosign([]byte(signed.Note), log, time.Unix(1_700_000_000, 0))
	o.check(err)
	_, enough, err := transparency.Cosigned(o.t.Context(), heads, policy, with)
	if err != nil || !enough {
		o.t.Fatalf("the cosignature is not enough: %v", err)
	}
}

// Of replicas that anchor a release at once, under the id that it gives their command and each with another checkpoint, one
// is recorded; the others are refused, or hear at the very same moment that it is, and harm nothing.
func TestOneReplicaAnchors(t *testing.T) {
	o := newOffice(t)
	id := o.publish(2024)
	one, set, meta := o.now(id), o.releases(), o.meta()
	failed := make([]error, 4)
	var anchoring sync.WaitGroup
	for i := range failed {
		replica := *o
		replica.Ledger, replica.Tree = ledger.New(o.Store, o.vault, time.UTC), o.treeOf(o.Store)
		replica.Notary = &signing{tree: o.signing.tree, key: transparency.NewKey(), notes: map[domain.Position][]byte{}}
		anchoring.Go(func() { _, failed[i] = replica.Anchor(t.Context(), set, one, meta) })
	}
	anchoring.Wait()
	heard := 0
	for _, err := range failed {
		if _, refused := errors.AsType[*domain.Refusal](err); err == nil {
			heard++
		} else if !refused {
			t.Errorf("a replica failed: %v", err)
		}
	}
	anchored := 0
	for recorded, err := range o.Store.ReadAll(t.Context(), domain.Position{}) {
		o.check(err)
		if recorded.Name == (release.Anchored{}).EventName() {
			anchored++
		}
	}
	if heard == 0 || anchored != 1 {
		t.Errorf("%d hear that it is recorded, and it is %d times", heard, anchored)
	}
	_, evidence := o.kept(id)
	o.holds(evidence)
}

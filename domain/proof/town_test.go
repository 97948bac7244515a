package proof_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"signaalboek/domain"
	"signaalboek/domain/catalog"
	"signaalboek/domain/domaintest"
	"signaalboek/domain/focusgroep"
	"signaalboek/domain/ledger"
	"signaalboek/domain/practice"
	"signaalboek/domain/proof"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/release"
	"signaalboek/domain/signal"
)

const (
	harelbeke domain.PracticeID = "harelbeke-centrum"
	origin                      = "signaalboek.example/harelbeke"
)

var (
	now   = time.Date(2023, time.February, 8, 10, 0, 0, 0, time.UTC)
	today = domain.DateOf(2023, time.February, 8)
)

// town is a small ledger with one signal that went its way, the tree over it, the key that signs it, and two witnesses.
type town struct {
	*ledger.Ledger
	t      testing.TB
	store  *domaintest.MemStore
	vault  *domaintest.MemVault
	signer note.Signer
	vkey   string

	city, partner proof.WitnessKey
	signal        domain.StreamID
	hashes        []tlog.Hash // of the tree, as tlog stores them
	recorded      []domain.Recorded
}

func newTown(t testing.TB) *town {
	t.Helper()
	store, vault := domaintest.NewMemStore(t), domaintest.NewMemVault()
	w := &town{Ledger: ledger.New(store, vault, time.UTC), t: t, store: store, vault: vault}
	w.rekey()
	w.city, w.partner = w.witness("city.example", 1), w.witness("partner.example", 2)
	w.check(w.Practices.Execute(t.Context(), ledger.Target{Stream: practice.StreamOf(harelbeke)},
		practice.Open{Name: "STEK", Defaults: "harelbeke-2022"}, w.meta()))
	w.pursueOne()
	return w
}

func (w *town) meta() domain.Meta {
	return domain.Meta{Command: uuid.New(), Actor: uuid.New(), Practice: harelbeke, On: today, At: now}
}

func (w *town) check(receipt ledger.Receipt, err error) ledger.Receipt {
	w.t.Helper()
	w.must(err)
	return receipt
}

func (w *town) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *town) rekey() {
	secret, public, err := note.GenerateKey(rand.Reader, origin)
	w.must(err)
	w.signer, err = note.NewSigner(secret)
	w.must(err)
	w.vkey = public
}

func (w *town) witness(name string, seed byte) proof.WitnessKey {
	key, err := proof.NewWitnessKey(name, [32]byte{seed})
	w.must(err)
	return key
}

var volunteers = pursuit.Setting{Kind: pursuit.ByVolunteers, Year: 2022}

func (w *town) pickUp() domain.StreamID {
	return w.check(w.Signals.Create(w.t.Context(), signal.PickUp{
		From: signal.FromVolunteer, Evidence: signal.Evidence{Setting: volunteers}, Themes: []domain.Code{"vrije-tijd"},
	}, w.meta())).Stream
}

var kept = pursuit.Reference{URI: "https://raad.example/besluit/7"}

// pursueOne picks up one signal and follows it to whoever raised it.
func (w *town) pursueOne() {
	w.t.Helper()
	ctx := w.t.Context()
	w.signal = w.pickUp()
	meeting := w.check(w.Focusgroepen.Create(ctx, focusgroep.Plan{Day: today}, w.meta())).Stream
	w.check(w.Focusgroepen.Execute(ctx, ledger.Target{Stream: meeting}, focusgroep.Hold{Present: 10}, w.meta()))
	w.ask(
		signal.LinkEvidence{Evidence: signal.Evidence{Setting: pursuit.Setting{Kind: pursuit.AtFocusgroep, Stream: meeting}}},
		signal.Recognise{Meeting: meeting, HowMany: signal.Most},
		signal.Word{Statement: "De manier van inschrijven werpt drempels op."},
		signal.Weigh{Structural: true, Recurring: true, BeyondOnePerson: true, NeedsOthers: true, Reason: "Al jaren gehoord."},
		signal.NameKeeper{Role: "buurtopbouwwerker"},
		signal.GiveMandate{Meeting: meeting},
		signal.Schedule{Schedule: pursuit.Schedule{Forum: "jeugd-en-sportdienst", InNameOf: pursuit.Partnership, Through: pursuit.OwnItem}},
		signal.Discuss{Discuss: pursuit.Discuss{
			Forum: "jeugd-en-sportdienst", Outcome: pursuit.Promised, BroughtBy: pursuit.Workers, Promise: "Een helpmoment.",
		}},
		signal.Decide{Decide: pursuit.Decide{
			Forum: "jeugd-en-sportdienst", Verdict: pursuit.Adopted, Motivation: "Het helpmoment komt er.", Reference: &kept,
		}},
		signal.KeepPromise{KeepPromise: pursuit.KeepPromise{Promise: 1}},
		signal.FeedBack{FeedBack: pursuit.FeedBack{Setting: volunteers, Channel: "mondeling"}},
	)
}

func (w *town) ask(commands ...signal.Command) {
	w.t.Helper()
	for _, command := range commands {
		w.check(w.Signals.Execute(w.t.Context(), ledger.Target{Stream: w.signal}, command, w.meta()))
	}
}

// grow has the tree take in what was recorded since.
func (w *town) grow() {
	w.t.Helper()
	seen := len(w.recorded)
	for r, err := range w.store.ReadAll(context.Background(), domain.Position{}) {
		w.must(err)
		if seen--; seen >= 0 {
			continue
		}
		leaf, err := proof.Leaf(r)
		w.must(err)
		hashes, err := tlog.StoredHashesForRecordHash(int64(len(w.recorded)), leaf, tlog.HashReaderFunc(w.read))
		w.must(err)
		w.hashes, w.recorded = append(w.hashes, hashes...), append(w.recorded, r)
	}
}

func (w *town) read(indexes []int64) (hashes []tlog.Hash, err error) {
	for _, i := range indexes {
		hashes = append(hashes, w.hashes[i])
	}
	return hashes, nil
}

func (w *town) at(size int) proof.Checkpoint {
	root, err := tlog.TreeHash(int64(size), tlog.HashReaderFunc(w.read))
	w.must(err)
	return proof.Checkpoint{Origin: origin, Size: int64(size), Root: root}
}

func (w *town) inclusion(index, size int) proof.Inclusion {
	hashes, err := tlog.ProveRecord(int64(size), int64(index), tlog.HashReaderFunc(w.read))
	w.must(err)
	return proof.Inclusion{Index: int64(index), Size: int64(size), Hashes: hashes}
}

func (w *town) extension(of proof.Earlier, size int) proof.Extension {
	hashes, err := tlog.ProveTree(int64(len(w.recorded)), int64(size), tlog.HashReaderFunc(w.read))
	w.must(err)
	return proof.Extension{Of: of, Root: w.at(size).Root, Consistency: proof.Consistency{
		Old: int64(size), New: int64(len(w.recorded)), Hashes: hashes,
	}}
}

// signed is the tree as it is, signed, and cosigned by witnesses.
func (w *town) signed(witnesses ...proof.WitnessKey) []byte {
	w.t.Helper()
	signed, err := w.at(len(w.recorded)).Sign(w.signer)
	w.must(err)
	for _, key := range witnesses {
		signed, err = key.Cosign(signed, w.verifier(), now)
		w.must(err)
	}
	return signed
}

func (w *town) verifier() note.Verifier {
	verifier, err := note.NewVerifier(w.vkey)
	w.must(err)
	return verifier
}

// policy believes the ledger when both witnesses cosigned.
func (w *town) policy() *proof.Policy {
	w.t.Helper()
	policy, err := proof.ParsePolicy(w.policyText())
	w.must(err)
	return &policy
}

func (w *town) policyText() string {
	return fmt.Sprintf("log %s\nwitness city %s\nwitness partner %s\ngroup both all city partner\nquorum both\n", w.vkey, w.city, w.partner)
}

// shown is an event, with some of its fields open.
func (w *town) shown(index int, of string, wanted func(string) bool) proof.Shown {
	w.t.Helper()
	r := w.recorded[index]
	trail, err := catalog.DecodeTrail(r.Metadata)
	w.must(err)
	fields, err := ledger.Fields(trail, r.Payload)
	w.must(err)
	frame, err := proof.FrameOf(r)
	w.must(err)
	disclosed, err := proof.Disclose(frame, w.seedOf(r.Stream), fields, wanted)
	w.must(err)
	return proof.Shown{Of: of, Disclosed: disclosed}
}

func (w *town) seedOf(stream domain.StreamID) [32]byte {
	w.t.Helper()
	first := slices.IndexFunc(w.recorded, func(r domain.Recorded) bool { return r.Stream == stream })
	id, err := catalog.SeedIn(w.recorded[first].Metadata)
	w.must(err)
	seed, err := w.vault.Seed(w.t.Context(), id)
	w.must(err)
	return seed
}

// released is the parts of a bundle, before they are zipped.
type released struct {
	frozen []proof.File
	proof.Evidence
}

// bundle is the zip.
func (r released) bundle(t testing.TB) []byte {
	t.Helper()
	return zipped(t, r.files(t))
}

func (r released) files(t testing.TB) []proof.File {
	t.Helper()
	evidence, err := r.Evidence.Files()
	if err != nil {
		t.Fatal(err)
	}
	return slices.Concat(r.frozen, evidence)
}

func zipped(t testing.TB, files []proof.File) []byte {
	t.Helper()
	content, err := proof.Zip(files)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// release releases a period, of which the practice spoils the files before it says what they are.
func (w *town) release(period release.Period, previous int, spoil ...func([]proof.File)) released {
	w.t.Helper()
	ctx, stream := w.t.Context(), ledger.Target{Stream: release.StreamOf(harelbeke)}
	w.grow()
	counted := len(w.recorded)
	proposed := w.meta()
	w.check(w.Releases.Execute(ctx, stream, release.Propose{Period: period}, proposed))
	frozen := frozenFiles(period, w.at(counted).Root)
	for _, each := range spoil {
		each(frozen)
	}
	slices.SortFunc(frozen, func(a, b proof.File) int { return strings.Compare(a.Name, b.Name) })
	built := builtOf(w.t, frozen)
	w.check(w.Releases.Execute(ctx, stream, release.Publish{Release: release.NewID(proposed.Command), Built: built}, w.meta()))
	w.grow()
	return released{frozen, w.evidence(counted, previous)}
}

// evidence is what is put around the last release.
func (w *town) evidence(counted, previous int) proof.Evidence {
	w.t.Helper()
	size := len(w.recorded)
	published := w.shown(size-1, "", proof.PublishedFields)
	gate, err := proof.GateOf(published.Disclosed)
	w.must(err)
	e := proof.Evidence{
		Checkpoint: w.signed(w.city, w.partner), Key: w.vkey, Gate: gate, Events: []proof.Shown{published},
		Inclusions: []proof.Inclusion{w.inclusion(size-1, size)},
		Extends:    []proof.Extension{w.extension(proof.OfDocument, counted)},
	}
	for i, r := range w.recorded[:counted] {
		if proof.ChainEvent(r.Name) {
			e.Events = append(e.Events, w.shown(i, "S1", proof.ChainFields(r.Name)))
			e.Inclusions = append(e.Inclusions, w.inclusion(i, size))
		}
	}
	if previous > 0 {
		e.Extends = append(e.Extends, w.extension(proof.OfPrevious, previous))
	}
	return e
}

// halves is a ledger with a release of half a year, and one of the whole of it; in between a signal is heard.
func halves(t testing.TB, spoil ...func([]proof.File)) (w *town, half, whole released) {
	t.Helper()
	w = newTown(t)
	half = w.release(release.Period{Year: 2022, Part: release.FirstHalf}, 0)
	size := len(w.recorded)
	w.pickUp()
	whole = w.release(release.Period{Year: 2022, Part: release.WholeYear}, size, spoil...)
	return w, half, whole
}

// builtOf is what the event says of files.
func builtOf(t testing.TB, frozen []proof.File) release.Built {
	built := release.Built{Catalogue: 1, Bundle: domain.DigestOf(zipped(t, frozen))}
	for _, w := range widths {
		built.Widths = append(built.Widths, release.TableWidth{Table: domain.Code(w.table), Width: release.Width(w.width)})
	}
	council := release.EditionFiles{Edition: release.Council}
	residents := release.EditionFiles{Edition: release.Residents}
	for _, file := range frozen {
		named := release.File{Name: file.Name, Digest: domain.DigestOf(file.Content)}
		if strings.HasPrefix(file.Name, "residents/") {
			residents.Files = append(residents.Files, named)
		} else {
			council.Files = append(council.Files, named)
		}
	}
	built.Editions = []release.EditionFiles{council, residents}
	return built
}

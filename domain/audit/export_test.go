package audit_test

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"signaalboek/domain"
	"signaalboek/domain/audit"
	"signaalboek/domain/contact"
	"signaalboek/domain/domaintest"
	"signaalboek/domain/ledger"
	"signaalboek/domain/practice"
	"signaalboek/domain/proof"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/signal"
	"signaalboek/domain/vocabulary"
)

// The practices of tests.
const (
	harelbeke domain.PracticeID = "harelbeke-centrum"
	elsewhere domain.PracticeID = "zillebeke"
)

// desk is a ledger in memory, with a tree over it.
type desk struct {
	*testing.T
	*ledger.Ledger
	store    *domaintest.MemStore
	vault    *domaintest.MemVault
	signer   note.Signer
	verifier note.Verifier
	at       time.Time
	running  audit.Month // what the export takes for the month that is not over
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{
		T: t, store: domaintest.NewMemStore(t), vault: domaintest.NewMemVault(),
		at: time.Date(2025, 12, 31, 22, 0, 0, 0, time.UTC), running: "2026-02",
	}
	d.Ledger = ledger.New(d.store, d.vault, time.UTC)
	private, public, err := note.GenerateKey(nil, "ledger.example/harelbeke")
	d.check(err)
	d.signer, err = note.NewSigner(private)
	d.check(err)
	d.verifier, err = note.NewVerifier(public)
	d.check(err)
	return d
}

func (d *desk) check(err error) {
	d.Helper()
	if err != nil {
		d.Fatal(err)
	}
}

// meta is the next command, an hour after the one before.
func (d *desk) meta(of domain.PracticeID) domain.Meta {
	d.at = d.at.Add(time.Hour)
	return domain.Meta{Command: uuid.New(), Actor: uuid.New(), Practice: of, On: domain.DayOf(d.at), At: d.at}
}

// recorded is a desk of two practices: contacts and a signal that goes its way, over the turn of a year.
func recorded(t *testing.T) *desk {
	d := newDesk(t)
	for _, of := range []domain.PracticeID{harelbeke, elsewhere} {
		_, err := d.Practices.Execute(t.Context(), ledger.Target{Stream: practice.StreamOf(of)}, practice.Open{Name: "STEK", Defaults: vocabulary.Harelbeke2022}, d.meta(of))
		d.check(err)
		_, err = d.Contacts.Create(t.Context(), contact.Register{Activity: "huisbezoek"}, d.meta(of))
		d.check(err)
	}
	picked, err := d.Signals.Create(t.Context(), signal.PickUp{
		From: signal.FromPartner, Themes: []domain.Code{"huisvesting"},
		Evidence: signal.Evidence{Setting: pursuit.Setting{Kind: pursuit.AtPartner, Code: "caw"}},
	}, d.meta(harelbeke))
	d.check(err)
	for _, step := range []signal.Command{
		signal.Word{Statement: "De wachtlijst is te lang."},
		signal.Schedule{Schedule: pursuit.Schedule{Forum: "team-opstap", Meeting: domain.DateOf(2026, 1, 20), InNameOf: pursuit.Partnership, Through: pursuit.OwnItem}},
	} {
		_, err := d.Signals.Execute(t.Context(), ledger.Target{Stream: picked.Stream}, step, d.meta(harelbeke))
		d.check(err)
	}
	return d
}

func (d *desk) leaves() (leaves []tlog.Hash) {
	d.Helper()
	for r, err := range d.store.ReadAll(context.Background(), domain.Position{}) {
		d.check(err)
		leaf, err := proof.Leaf(r)
		d.check(err)
		leaves = append(leaves, leaf)
	}
	return leaves
}

// export is the history as the log stands, under a signed checkpoint.
func (d *desk) export(year int) proof.History {
	d.Helper()
	leaves := d.leaves()
	var stored []tlog.Hash
	hashes := tlog.HashReaderFunc(func(at []int64) (found []tlog.Hash, err error) {
		for _, i := range at {
			found = append(found, stored[i])
		}
		return found, nil
	})
	for i, leaf := range leaves {
		more, err := tlog.StoredHashesForRecordHash(int64(i), leaf, hashes)
		d.check(err)
		stored = append(stored, more...)
	}
	size := int64(len(leaves))
	root, err := tlog.TreeHash(size, hashes)
	d.check(err)
	signed, err := proof.Checkpoint{Origin: d.signer.Name(), Size: size, Root: root}.Sign(d.signer)
	d.check(err)
	history, err := audit.Export{
		Log: d.store, Discloser: d.Ledger, Zone: time.UTC, Key: audit.KeyFrom([]byte("of this export")), Practice: harelbeke,
		Year: year, Running: d.running, Checkpoint: signed, Size: size,
		Inclusion: func(index int64) (proof.Inclusion, error) {
			hashes, err := tlog.ProveRecord(size, index, hashes)
			return proof.Inclusion{Index: index, Size: size, Hashes: hashes}, err
		},
	}.Run(d.Context())
	d.check(err)
	return history
}

// A history that is written and read again is the same, is written the same twice, and holds: with nothing else at hand.
func TestAHistoryIsTakenAlongAndChecked(t *testing.T) {
	d := recorded(t)
	files, err := d.export(0).Files()
	d.check(err)
	again, err := d.export(0).Files()
	d.check(err)
	if !reflect.DeepEqual(files, again) || !proof.IsHistory(files) {
		t.Error("written twice, it differs")
	}
	history, err := proof.ReadHistory(files)
	d.check(err)
	checkpoint, err := history.Check(d.verifier)
	d.check(err)
	if checkpoint.Size != int64(len(d.leaves())) || len(history.Proofs) != 2 {
		t.Errorf("%d events, %d proven", checkpoint.Size, len(history.Proofs))
	}
}

// What a history tells: of people how many, of a signal what may be disclosed and by month, of others how many only.
func TestWhatAHistoryTells(t *testing.T) {
	d := recorded(t)
	history := d.export(0)
	told := map[string]proof.HistoryLine{}
	for _, line := range history.Lines {
		told[line.Name] = line
	}
	if line := told["contact.registered.v1"]; line.Count != 1 || line.Stream != "" || line.Fields != nil || line.Shown {
		t.Errorf("a contact is told as %+v", line)
	}
	line := told["signal.scheduled.v1"]
	for _, want := range []string{`"forum":"team-opstap"`, `"meeting":"2026-01"`} {
		if !strings.Contains(string(line.Fields), want) {
			t.Errorf("the agenda is told as %s", line.Fields)
		}
	}
	if line.Actor != "" || line.Stream == "" {
		t.Errorf("who did it is told of a signal, or not which one: %+v", line)
	}
	if rest := told[""]; rest.Count != 2 || rest.Month != "" {
		t.Errorf("of the other practice is told %+v", rest)
	}
	for _, proven := range history.Proofs {
		for _, field := range proven.Event.Fields {
			if !audit.Discloses(proven.Event.Name, field.Name) {
				t.Errorf("%s of %s is shown", field.Name, proven.Event.Name)
			}
		}
		if line.Stream == string(proven.Event.Stream) {
			t.Error("a line tells which signal it is")
		}
	}
}

// One year: its months are told, all else is counted, and every leaf is there.
func TestOneYear(t *testing.T) {
	d := recorded(t)
	history := d.export(2025)
	if _, err := history.Check(d.verifier); err != nil {
		t.Error(err)
	}
	for _, line := range history.Lines {
		if line.Name != "" && line.Month != "2025-12" {
			t.Errorf("2025 tells of %s", line.Month)
		}
	}
	if len(history.Proofs) != 0 || len(history.Leaves) != len(d.leaves()) {
		t.Errorf("%d proofs, %d leaves", len(history.Proofs), len(history.Leaves))
	}
}

// Whoever takes two histories along in one month, or looks twice, does not see from them what came in between of what is
// only counted: not how often, and not that it did. What was decided, they do see.
func TestNobodyIsSeenComing(t *testing.T) {
	d := recorded(t)
	d.running = "2026-01"
	lines := func() (told []proof.HistoryLine) {
		history := d.export(0)
		_, err := history.Check(d.verifier)
		d.check(err)
		return slices.DeleteFunc(history.Lines, func(l proof.HistoryLine) bool { return l.Name == "" })
	}
	before := lines()
	_, err := d.Contacts.Create(t.Context(), contact.Register{Activity: "huisbezoek"}, d.meta(harelbeke))
	d.check(err)
	if after := lines(); !reflect.DeepEqual(before, after) || len(after) != 3 {
		t.Errorf("before a contact\n%+v\nand after it\n%+v", before, after)
	}
	d.running = "2026-02"
	if over := lines(); len(over) != 5 {
		t.Errorf("when the month is over, it tells\n%+v", over)
	}
}

// Whatever somebody changes in a history is found.
func TestAHistoryThatWasChanged(t *testing.T) {
	d := recorded(t)
	for name, c := range map[string]struct {
		change func(*proof.History)
		want   error
	}{
		"a leaf is left out": {func(h *proof.History) { h.Leaves = h.Leaves[1:] }, proof.ErrLeaves},
		"a leaf is altered":  {func(h *proof.History) { h.Leaves[3][0] ^= 1 }, proof.ErrLeaves},
		"leaves swapped":     {func(h *proof.History) { h.Leaves[0], h.Leaves[1] = h.Leaves[1], h.Leaves[0] }, proof.ErrLeaves},
		"a line is left out": {func(h *proof.History) { h.Lines = h.Lines[1:] }, proof.ErrLines},
		"a line counts more": {func(h *proof.History) { h.Lines[len(h.Lines)-1].Count++ }, proof.ErrLines},
		"a line of nothing":  {func(h *proof.History) { h.Lines = append(h.Lines, proof.HistoryLine{}) }, proof.ErrLines},
		"not proven":         {func(h *proof.History) { h.Proofs = h.Proofs[1:] }, proof.ErrNotProven},
		"a line says more": {func(h *proof.History) {
			at := slices.IndexFunc(h.Lines, func(l proof.HistoryLine) bool { return l.Shown && l.Fields != nil })
			h.Lines[at].Fields = append(slices.Clone(h.Lines[at].Fields[:len(h.Lines[at].Fields)-1]), `,"x":1}`...)
		}, proof.ErrNotProven},
		"a line of another month": {func(h *proof.History) {
			at := slices.IndexFunc(h.Lines, func(l proof.HistoryLine) bool { return l.Shown })
			h.Lines[at].Month = "2019-03"
		}, proof.ErrNotProven},
		"proven twice": {func(h *proof.History) { h.Proofs[1] = h.Proofs[0] }, proof.ErrNotProven},
		"told and proven twice": {func(h *proof.History) {
			of := func(l proof.HistoryLine) bool { return l.Shown && l.Name == h.Proofs[0].Event.Name }
			h.Lines = append([]proof.HistoryLine{h.Lines[slices.IndexFunc(h.Lines, of)]}, h.Lines...)
			h.Lines[len(h.Lines)-1].Count--
			h.Proofs = append(h.Proofs[:1:1], h.Proofs...)
		}, proof.ErrNotProven},
		"another value": {func(h *proof.History) {
			f := &h.Proofs[1].Event.Fields[1]
			f.Value = slices.Concat(f.Value[:1], []byte("x"), f.Value[2:])
		}, proof.ErrOpened},
		"another event": {func(h *proof.History) { h.Proofs[1].Event.Revision++ }, proof.ErrNotIncluded},
		"another key":   {func(h *proof.History) { h.Checkpoint[0] ^= 1 }, proof.ErrCheckpoint},
	} {
		t.Run(name, func(t *testing.T) {
			history := d.export(0)
			c.change(&history)
			if _, err := history.Check(d.verifier); !errors.Is(err, c.want) {
				t.Errorf("found %v", err)
			}
		})
	}
}

// Lines tell nothing by their order: whatever comes first in the log, people are counted by name, and the next page of a
// list begins where the last one ended, whatever is recorded meanwhile.
func TestOrderTellsNothing(t *testing.T) {
	d := recorded(t)
	history := audit.NewHistory(time.UTC)
	for r, err := range d.store.ReadAll(t.Context(), domain.Position{}) {
		d.check(err)
		d.check(history.Add(r))
	}
	var names, cursors []string
	for line := range history.Lines(harelbeke, "2026-02") {
		names = append(names, string(line.Month)+" "+line.Name)
		cursors = append(cursors, line.Cursor())
	}
	want := []string{
		"2026-01 signal.picked-up.v1", "2026-01 signal.worded.v1", "2026-01 signal.scheduled.v1",
		"2025-12 practice.opened.v1",
	}
	if !slices.Contains(names, want[0]) || len(slices.Compact(slices.Sorted(slices.Values(cursors)))) != len(cursors) {
		t.Errorf("lines are %q, at %q", names, cursors)
	}
	if months := history.Months(harelbeke); !slices.Equal(months, []audit.Month{"2026-01", "2025-12"}) {
		t.Errorf("months are %q", months)
	}
}

// Of an event that its subject was forgotten of, nothing is shown but that it was recorded; and it still is proven.
func TestWhatWasForgottenIsStillProven(t *testing.T) {
	d := recorded(t)
	before := d.export(0).Proofs[0].Event
	keys, err := d.Keys(t.Context(), harelbeke, before.Stream)
	d.check(err)
	d.check(d.vault.ForgetSubject(t.Context(), harelbeke, before.Stream, keys...))
	history := d.export(0)
	if _, err := history.Check(d.verifier); err != nil {
		t.Error(err)
	}
	if after := history.Proofs[0].Event; len(after.Fields) != 0 || after.Frame().Leaf() != before.Frame().Leaf() {
		t.Errorf("shown is %+v", after)
	}
}

// What an auditor took along is verified by whoever brings the key, and by nobody else; and it says what is wrong.
func TestWhatIsTakenAlongIsVerified(t *testing.T) {
	d := recorded(t)
	believed := proof.Reader{Policy: &proof.Policy{}}
	*believed.Policy = proof.NoWitnesses(d.verifier)
	one := func(change func(*proof.EventProof)) []byte {
		history := d.export(0)
		taken := proof.NewEventProof(history.Checkpoint, history.Proofs[1].Inclusion, history.Proofs[1].Event)
		change(&taken)
		file, err := taken.File()
		d.check(err)
		return file
	}
	all := func(change func(*proof.History)) []byte {
		history := d.export(0)
		change(&history)
		files, err := history.Files()
		d.check(err)
		packed, err := proof.Zip(files)
		d.check(err)
		return packed
	}
	for name, c := range map[string]struct {
		file   []byte
		by     proof.Reader
		result proof.Result
		check  proof.Check // the first that does not hold
	}{
		"an event":               {one(func(*proof.EventProof) {}), believed, proof.Held, ""},
		"an event, by nobody":    {one(func(*proof.EventProof) {}), proof.Reader{}, proof.Undecided, proof.CheckSignature},
		"another event":          {one(func(p *proof.EventProof) { p.Event.Revision++ }), believed, proof.Failed, proof.CheckEvents},
		"another value":          {one(func(p *proof.EventProof) { p.Event.Fields[0].Value = []byte(`"x"`) }), believed, proof.Failed, proof.CheckFields},
		"another signature":      {one(func(p *proof.EventProof) { p.Checkpoint = "x" + p.Checkpoint }), believed, proof.Failed, proof.CheckSignature},
		"a history":              {all(func(*proof.History) {}), believed, proof.Held, ""},
		"a history, by nobody":   {all(func(*proof.History) {}), proof.Reader{}, proof.Undecided, proof.CheckSignature},
		"a leaf less":            {all(func(h *proof.History) { h.Leaves = h.Leaves[1:] }), believed, proof.Failed, proof.CheckLeaves},
		"a line less":            {all(func(h *proof.History) { h.Lines = h.Lines[1:] }), believed, proof.Failed, proof.CheckLines},
		"a history of that form": {all(func(h *proof.History) { h.About.Form = "v9" }), believed, proof.Failed, proof.CheckTaken},
	} {
		found, is := proof.VerifyTaken(c.file, c.by)
		if !is || found.Result() != c.result {
			t.Errorf("%s: %+v", name, found)
			continue
		}
		first := proof.Check("")
		for _, finding := range slices.Backward(found.Findings) {
			if finding.Result != proof.Held {
				first = finding.Check
			}
		}
		if first != c.check {
			t.Errorf("%s: %s does not hold, want %s", name, first, c.check)
		}
	}
	if _, is := proof.VerifyTaken([]byte("iets anders"), believed); is {
		t.Error("anything is taken for what an auditor took along")
	}
}

package backup

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"flag"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"filippo.io/age"
	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"signaalboek/domain"
	"signaalboek/domain/domaintest"
	"signaalboek/domain/proof"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// draftOf is an event as the ledger records them, of which the tree takes commitments and nonce.
func draftOf(n int, payload []byte) domain.Draft {
	noise := sha256.Sum256(fmt.Append(nil, n))
	var id domain.EventID
	copy(id[:], noise[:])
	hidden := base64.StdEncoding.EncodeToString(noise[:])
	return domain.Draft{
		ID: id, Name: "thing.happened.v1", At: time.UnixMicro(1_650_000_000_000_000 + int64(n)).UTC(),
		Payload: payload, Metadata: fmt.Appendf(nil, `{"fields":%q,"nonce":%q}`, hidden, hidden),
	}
}

// logOf is a log of n events in a few streams.
func logOf(t testing.TB, n int) domain.Store {
	t.Helper()
	log := domaintest.NewMemStore(t)
	last := map[domain.StreamID]domain.Revision{}
	for i := range n {
		stream := domain.NewStreamID("thing", fmt.Sprint(i%3))
		if _, seen := last[stream]; !seen {
			last[stream] = domain.NoStream
		}
		if _, err := log.Append(t.Context(), stream, last[stream], []domain.Draft{draftOf(i, fmt.Appendf(nil, `{"number":%d}`, i))}); err != nil {
			t.Fatal(err)
		}
		last[stream]++
	}
	return log
}

// pair is a private key, and the public one.
func pair(t testing.TB) (Identities, Recipients) {
	t.Helper()
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return Identities{identity}, Recipients{identity.Recipient()}
}

// backedUp is a backup of a log.
func backedUp(t testing.TB, log domain.Store, to Recipients) Made {
	t.Helper()
	made, err := Make(t.TempDir(), NewHeader(Log, "test", noon), to, func(w *Writer) error {
		return w.Events(t.Context(), log, Promised{})
	})
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func opened(t testing.TB, path string, by Identities) *File {
	t.Helper()
	f, err := Open(path, by)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func collect(events iter.Seq2[domain.Recorded, error]) (all []domain.Recorded, err error) {
	for r, err := range events {
		if err != nil {
			return all, err
		}
		all = append(all, r)
	}
	return all, nil
}

// treeOf is the tree over the first events of a log.
func treeOf(t testing.TB, log domain.Store, size int64) proof.Checkpoint {
	t.Helper()
	var edge proof.Edge
	for r, err := range log.ReadAll(t.Context(), domain.Position{}) {
		if err != nil {
			t.Fatal(err)
		}
		if edge.Size() == size {
			break
		}
		leaf, err := proof.Leaf(r)
		if err != nil {
			t.Fatal(err)
		}
		edge.Add(leaf)
	}
	return proof.Checkpoint{Size: edge.Size(), Root: edge.Root()}
}

// Law: whatever was recorded comes back from a backup, in its order, to the byte; and its tree is the one that the manifest
// says.
func TestEveryLogComesBack(t *testing.T) {
	by, to := pair(t)
	rapid.Check(t, func(r *rapid.T) {
		log := domaintest.NewMemStore(t)
		last := map[domain.StreamID]domain.Revision{}
		for n := range rapid.IntRange(0, 40).Draw(r, "events") {
			stream := domain.NewStreamID("thing", rapid.SampledFrom([]string{"a", "b", "c.1-2"}).Draw(r, "stream"))
			if _, seen := last[stream]; !seen {
				last[stream] = domain.NoStream
			}
			payload := fmt.Appendf(nil, "{%q:1}", rapid.String().Draw(r, "payload"))
			if _, err := log.Append(t.Context(), stream, last[stream], []domain.Draft{draftOf(n, payload)}); err != nil {
				r.Fatal(err)
			}
			last[stream]++
		}
		want, err := collect(log.ReadAll(t.Context(), domain.Position{}))
		if err != nil {
			r.Fatal(err)
		}
		made := backedUp(t, log, to)
		h := opened(t, made.Path, by).History()
		got, err := collect(h.Events())
		for i := range got {
			got[i].Position, want[i].Position = domain.Position{}, domain.Position{}
		}
		if err != nil || len(got) != len(want) || len(got) > 0 && !reflect.DeepEqual(got, want) {
			r.Fatalf("%d events came back of %d: %v", len(got), len(want), err)
		}
		tree := treeOf(t, log, int64(len(want)))
		if said := h.Manifest(); !reflect.DeepEqual(said, made.Manifest) || said.Tree.Root != tree.Root || said.Tree.Size != tree.Size {
			r.Fatalf("the manifest says %+v", said.Tree)
		}
	})
}

// A backup is of what the log held when it began; what is appended meanwhile is in the next.
func TestABackupEndsWhereTheLogEnded(t *testing.T) {
	by, to := pair(t)
	log := logOf(t, 30)
	made, err := Make(t.TempDir(), NewHeader(Log, "test", noon), to, func(w *Writer) error {
		return w.Events(t.Context(), growing{log, func() {
			_, err := log.Append(t.Context(), "thing-late", domain.NoStream, []domain.Draft{draftOf(1000, []byte("{}"))})
			if err != nil && !errors.Is(err, domain.ErrConflict) {
				t.Error(err)
			}
		}}, Promised{})
	})
	if err != nil {
		t.Fatal(err)
	}
	events, err := collect(opened(t, made.Path, by).History().Events())
	if len(events) != 30 || err != nil {
		t.Errorf("%d events: %v", len(events), err)
	}
}

// growing is a log that grows while it is read.
type growing struct {
	domain.Store
	grow func()
}

func (g growing) ReadAll(ctx context.Context, after domain.Position) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		for r, err := range g.Store.ReadAll(ctx, after) {
			g.grow()
			if !yield(r, err) {
				return
			}
		}
	}
}

// A log that fails while it is read makes no backup, and leaves nothing.
func TestHalfALogMakesNoBackup(t *testing.T) {
	_, to := pair(t)
	dir, fault := t.TempDir(), errors.New("the disk is gone")
	log := logOf(t, 9).(*domaintest.MemStore)
	log.FailRead(5, fault)
	_, err := Make(dir, NewHeader(Log, "test", noon), to, func(w *Writer) error { return w.Events(t.Context(), log, Promised{}) })
	if !errors.Is(err, fault) {
		t.Errorf("made: %v", err)
	}
	if left, err := os.ReadDir(dir); len(left) > 0 || err != nil {
		t.Errorf("it left %v, %v", left, err)
	}
}

// Given what the ledger signed, then a backup must hold it: an older one does not, and neither does another history.
func TestWhatWasSignedMustBeThere(t *testing.T) {
	by, to := pair(t)
	log := logOf(t, 20)
	file := opened(t, backedUp(t, log, to).Path, by)
	all := treeOf(t, log, 20)
	for name, given := range map[string]struct {
		promised proof.Checkpoint
		want     error
	}{
		"nothing":        {proof.Checkpoint{}, nil},
		"the beginning":  {treeOf(t, log, 7), nil},
		"all of it":      {all, nil},
		"one event more": {proof.Checkpoint{Size: 21, Root: all.Root}, ErrForked},
		"another root":   {proof.Checkpoint{Size: 7, Root: tlog.Hash{1}}, ErrForked},
		"another end":    {proof.Checkpoint{Size: 20, Root: tlog.Hash{1}}, ErrForked},
	} {
		h := file.History()
		h.Promised = Promised{Checkpoint: given.promised}
		if _, err := collect(h.Events()); !errors.Is(err, given.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	by, to := pair(t)
	others, _ := pair(t)
	made := backedUp(t, logOf(t, 1), to)
	at := filepath.Join(t.TempDir(), "newer.age")
	var newer bytes.Buffer
	sealed, err := age.Encrypt(&newer, to...)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(sealed, magic+"2\nwho knows")
	if err := errors.Join(sealed.Close(), os.WriteFile(at, newer.Bytes(), 0o600)); err != nil {
		t.Fatal(err)
	}
	for name, given := range map[string]struct {
		path string
		by   Identities
		want error
	}{
		"for others": {made.Path, others, ErrNotForUs},
		"newer":      {at, by, ErrNewer},
		"not there":  {made.Path + "x", by, os.ErrNotExist},
	} {
		if _, err := Open(given.path, given.by); !errors.Is(err, given.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

var freeze = flag.Bool("freeze", false, "write the frozen backups anew; only while a form is being made")

// Backups of every form are read for ever.
func TestFrozenBackups(t *testing.T) {
	key := filepath.Join("testdata", "identity")
	by, err := ReadIdentities([]string{key})
	if err != nil {
		t.Fatal(err)
	}
	if *freeze {
		freezeAll(t, by)
	}
	h := opened(t, filepath.Join("testdata", "signaalboek-20261122T120000.000Z.log.age"), by).History()
	events, err := collect(h.Events())
	want, _ := collect(logOf(t, 12).ReadAll(t.Context(), domain.Position{}))
	if err != nil || len(events) != 12 {
		t.Fatalf("%d events: %v", len(events), err)
	}
	for i := range events {
		if !reflect.DeepEqual(events[i].Draft, want[i].Draft) {
			t.Errorf("event %d is another", i)
		}
	}
	const root = "hssjQ1epdc0tfS3ilJ+E0ZaOeUqE9lzZ+7AYXmbqBL8="
	if said := h.Manifest(); said.Tree.Root.String() != root || said.Program != "test" || !said.MadeAt.Equal(noon) {
		t.Errorf("the manifest is %+v of %v", said, said.Tree)
	}
	vault := opened(t, filepath.Join("testdata", "signaalboek-20261122T120000.000Z.vault.age"), by)
	if !vault.Header.Expires.Equal(noon.Add(VaultLife)) {
		t.Errorf("it expires at %v", vault.Header.Expires)
	}
	for part, want := range map[string]string{VaultPart: "one two ", AccountsPart: "somebody "} {
		got := ""
		for record, err := range vault.Records(part) {
			if err != nil {
				t.Fatal(err)
			}
			got += string(record) + " "
		}
		if got != want {
			t.Errorf("%s holds %q", part, got)
		}
	}
}

func freezeAll(t *testing.T, by Identities) {
	t.Helper()
	to := Recipients{by[0].(*age.X25519Identity).Recipient()}
	log := logOf(t, 12)
	_, err := Make("testdata", NewHeader(Log, "test", noon), to, func(w *Writer) error { return w.Events(t.Context(), log, Promised{}) })
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Make("testdata", NewHeader(Vault, "test", noon), to, fillVault); err != nil {
		t.Fatal(err)
	}
}

// fillVault writes what the frozen backup of a vault holds.
func fillVault(w *Writer) error {
	return errors.Join(w.Part(VaultPart), w.Record([]byte("one")), w.Record([]byte("two")),
		w.Part(AccountsPart), w.Record([]byte("somebody")))
}

// A backup of the vault may be used for 35 days; one of the log for ever.
func TestExpiry(t *testing.T) {
	vault, log := NewHeader(Vault, "test", noon), NewHeader(Log, "test", noon)
	last := noon.Add(35*24*time.Hour - time.Second)
	if err := vault.Usable(last); err != nil {
		t.Error(err)
	}
	if err := vault.Usable(last.Add(time.Second)); !errors.Is(err, ErrExpired) {
		t.Errorf("expired: %v", err)
	}
	if err := log.Usable(noon.AddDate(100, 0, 0)); err != nil {
		t.Error(err)
	}
}

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/ncruces/go-sqlite3"

	"signaalboek/cmd/verdict"
	"signaalboek/domain"
	"signaalboek/domain/proof"
	"signaalboek/ops/transparency"
)

// evidenced is a ledger in the clear that was served: it has events, a release with its proof, a tree and signatures.
type evidenced struct {
	t      *testing.T
	data   string
	token  string
	signal string // with a text
}

func newEvidenced(t *testing.T) *evidenced {
	t.Helper()
	e := &evidenced{t: t, data: t.TempDir()}
	p := launch(t, "serve", "--plain", "--data", e.data)
	e.token = p.Token
	id, signal := p.released(colleague(t, e.data, "--plain"))
	e.signal = signal
	p.proven(id)
	e.more(p)
	p.end()
	return e
}

// more records more.
func (e *evidenced) more(p *program) {
	for i := range 4 {
		id := p.give("/signals", map[string]any{
			"on": domain.DateOf(2026, time.March, 1+i).String(), "from": "survey", "themes": []string{"huisvesting"},
			"evidence": map[string]any{"setting": map[string]any{"kind": "survey", "year": 2026}},
		}).ID
		p.give("/signals/"+id+"/word", map[string]any{"on": domain.DateOf(2026, time.March, 2+i).String(), "statement": "De wachtlijst is lang."})
	}
}

// serve serves a copy for a while.
func (e *evidenced) serve(data string, do func(*program)) {
	e.t.Helper()
	p := launch(e.t, "serve", "--plain", "--data", data)
	if p.Token == "" {
		p.Token = e.token
	}
	do(p)
	p.end()
}

func (e *evidenced) verify(data string, more ...string) (found inspectedSaid, err error) {
	e.t.Helper()
	out, err := commandOutput(e.t, append([]string{"verify", "--plain", "--json", "--data", data}, more...)...)
	if out != "" {
		if err := json.Unmarshal([]byte(out), &found); err != nil {
			e.t.Fatalf("%q: %v", out, err)
		}
	}
	return found, err
}

// sql changes the log in a copy, behind the back of the program.
func (e *evidenced) sql(data, statement string, args ...any) {
	e.t.Helper()
	db, err := sqlite3.Open(filepath.Join(data, "log.db"))
	if err == nil {
		err = db.Exec(fmt.Sprintf(statement, args...))
		err = errors.Join(err, db.Close())
	}
	if err != nil {
		e.t.Fatal(err)
	}
}

// failing is which looks failed, and what the first of them says.
func failing(found inspectedSaid) (looks []look, wrong string) {
	for _, l := range found.Checks {
		if l.Result == proof.Failed {
			looks = append(looks, l.Look)
			if wrong == "" {
				wrong = l.Wrong
			}
		}
	}
	return looks, wrong
}

// checkpoint is a file with the last checkpoint of a ledger, as somebody else kept it.
func (e *evidenced) checkpoint(data string) (file string) {
	e.t.Helper()
	head, err := transparency.NewHeadFile(filepath.Join(data, "head")).Head(e.t.Context())
	last, any := head.Last()
	if err != nil || !any {
		e.t.Fatal("nothing was signed", err)
	}
	file = filepath.Join(e.t.TempDir(), "kept.txt")
	e.write(file, []byte(last.Note))
	return file
}

// signed waits until something of a ledger was signed.
func (e *evidenced) signed(data string) {
	e.t.Helper()
	eventually(e.t, "something is signed", func() bool {
		head, err := transparency.NewHeadFile(filepath.Join(data, "head")).Head(e.t.Context())
		return err == nil && len(head.Checkpoints) > 0
	})
}

func (e *evidenced) write(file string, content []byte) {
	e.t.Helper()
	if err := os.WriteFile(file, content, 0o600); err != nil {
		e.t.Fatal(err)
	}
}

func (e *evidenced) read(file string) []byte {
	e.t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		e.t.Fatal(err)
	}
	return content
}

func (e *evidenced) remove(data string, names ...string) {
	e.t.Helper()
	for _, name := range names {
		if err := os.RemoveAll(filepath.Join(data, name)); err != nil {
			e.t.Fatal(err)
		}
	}
}

// take copies a file of one ledger to another.
func (e *evidenced) take(from, to, name string) {
	e.t.Helper()
	e.write(filepath.Join(to, name), e.read(filepath.Join(from, name)))
}

// back puts an older copy in the place of a ledger, but for its head.
func (e *evidenced) back(older, data string) {
	e.t.Helper()
	head := e.read(filepath.Join(data, "head"))
	e.remove(data, "log.db", "tiles", "vault", "accounts.db", "projections.snapshot", "head")
	e.take(older, data, "log.db")
	for _, folder := range []string{"tiles", "vault"} {
		if err := os.CopyFS(filepath.Join(data, folder), os.DirFS(filepath.Join(older, folder))); err != nil {
			e.t.Fatal(err)
		}
	}
	if err := os.Chmod(filepath.Join(data, "vault", "master.key"), 0o600); err != nil {
		e.t.Fatal(err)
	}
	e.take(older, data, "accounts.db")
	e.write(filepath.Join(data, "head"), head)
}

func (e *evidenced) flip(file string, at int) {
	e.t.Helper()
	content := e.read(file)
	content[at] ^= 0x04
	e.write(file, content)
}

// tampering is one thing that is done to a ledger behind its back.
type tampering struct {
	name  string
	do    func(data string)
	looks []look // that fail; nil: whichever
	wrong string // what the first of them names
	kept  bool   // it is looked at with a checkpoint that somebody else kept
}

// tamperings is what is done to a copy of a ledger of n events, of which an older copy was kept. Positions count from 1.
func (e *evidenced) tamperings(older string, n int) []tampering {
	const at = 3
	this, last := fmt.Sprint("gebeurtenis ", at), fmt.Sprint("gebeurtenis ", n)
	update := func(set string, position int) func(string) {
		return func(data string) { e.sql(data, "UPDATE event SET %s WHERE position = %d", set, position) }
	}
	all := func(steps ...func(data string)) func(string) {
		return func(data string) {
			for _, step := range steps {
				step(data)
			}
		}
	}
	without := func(names ...string) func(string) { return func(data string) { e.remove(data, names...) } }
	serveIt := func(data string) { e.serve(data, func(*program) { e.signed(data) }) }
	old := func(data string) { e.back(older, data) }
	later := update("recorded = recorded + 1", at)
	cut := func(data string) { e.sql(data, "DELETE FROM event WHERE position > %d", n-3) }
	return []tampering{
		{"one letter of what an event says", update("payload = CAST(replace(CAST(payload AS TEXT), '2', '3') AS BLOB)", at), nil, this, false},
		{"what is known about an event", update("metadata = CAST(CAST(metadata AS TEXT) || ' ' AS BLOB)", at), nil, this, false},
		{"what an event committed to", update("metadata = CAST('{}' AS BLOB)", at), nil, this, false},
		{"when it was recorded", later, []look{lookTiles, lookPromises, lookReleases, lookProjections}, this, false},
		{"its id", update("id = randomblob(16)", at), nil, this, false},
		{"its name", update("name = 'signal.noted.v1'", at), nil, this, false},
		{"its stream", update("stream = stream || 'x'", at), nil, this, false},
		{"the last event", update("recorded = recorded + 1", n), []look{lookTiles, lookPromises, lookProjections}, last, false},
		{"one dropped", func(data string) { e.sql(data, "DELETE FROM event WHERE position = %d", at) }, nil, this, false},
		{"two in another order", all(update("position = 9999", at), update(fmt.Sprint("position = ", at), at+1), update(fmt.Sprint("position = ", at+1), 9999)), nil, this, false},
		{"one recorded twice", func(data string) {
			e.sql(data, "UPDATE event SET position = -position-1 WHERE position > %d; UPDATE event SET position = -position WHERE position < 0;"+
				"INSERT INTO event SELECT %[1]d + 1, stream, 77, randomblob(16), name, recorded, payload, metadata FROM event WHERE position = %[1]d", at)
		}, nil, fmt.Sprint("gebeurtenis ", at+1), false},
		{"the end cut off", cut, []look{lookTiles, lookPromises}, fmt.Sprintf("gebeurtenis %d, die er niet meer is", n-2), false},
		{"the end cut off, tiles and all", all(cut, without("tiles")), []look{lookPromises}, fmt.Sprintf("gebeurtenis %d is de eerste die weg is", n-2), false},
		{"another event, tiles and all", all(later, without("tiles")), []look{lookPromises, lookReleases, lookProjections}, "staat iets anders", false},
		{"an old copy put back", old, []look{lookPromises}, "is de eerste die weg is", false},
		{"an old copy that went on", all(old, without("head"), func(data string) { e.serve(data, e.more) }, func(data string) { e.take(e.data, data, "head") }),
			[]look{lookPromises}, "staat iets anders", false},
		{"signed again with the same key", all(later, without("tiles", "head"), serveIt), nil, "staat iets anders", true},
		{"signed again with another key", all(without("tiles", "head", "signing.key"), serveIt), []look{lookSignatures}, "kept.txt", true},
		{"the head damaged", func(data string) { e.flip(filepath.Join(data, "head"), 200) }, []look{lookSignatures}, "head", false},
	}
}

// Whatever is done to a ledger behind its back, it is found, and the first thing that does not hold is named. Of one that
// nobody touched, nothing is.
func TestTampering(t *testing.T) {
	t.Parallel()
	e := newEvidenced(t)
	older := copyDirectory(t, e.data)
	e.serve(e.data, e.more)
	untouched, err := e.verify(e.data, "--checkpoint", e.checkpoint(e.data))
	if err != nil || untouched.Result != proof.Held || slices.ContainsFunc(untouched.Checks, func(l looked) bool { return l.Result != proof.Held }) {
		t.Fatalf("untouched: %+v, %v", untouched, err)
	}
	kept := e.checkpoint(e.data)
	for _, c := range e.tamperings(older, int(untouched.Events)) {
		data := copyDirectory(t, e.data)
		c.do(data)
		var with []string
		if c.kept {
			with = []string{"--checkpoint", kept}
		}
		found, err := e.verify(data, with...)
		looks, wrong := failing(found)
		switch {
		case exitCode(err) != verdict.Wrong || found.Result != proof.Failed:
			t.Errorf("%s: not found: %+v, %v", c.name, found, err)
		case !strings.Contains(wrong, c.wrong):
			t.Errorf("%s: %q is named, not %q", c.name, wrong, c.wrong)
		case c.looks != nil && !slices.Equal(looks, c.looks):
			t.Errorf("%s: %q fail, not %q", c.name, looks, c.looks)
		}
	}
}

// What is erased is gone, and all that was recorded and signed still holds.
func TestAnErasedLedgerVerifies(t *testing.T) {
	t.Parallel()
	e := newEvidenced(t)
	e.serve(e.data, func(p *program) {
		erasure := map[string]any{"thing": e.signal, "sure": true}
		if answered := p.request("POST", "/api/v1/erasures", erasure, nil, "Idempotency-Key", uuid.NewString()); answered.StatusCode != http.StatusNoContent {
			t.Fatalf("erasing: %s", bodyOf(t, answered))
		}
	})
	found, err := e.verify(e.data)
	if err != nil || found.Result != proof.Held {
		t.Errorf("after an erasure: %+v, %v", found, err)
	}
}

// Any byte of the log that is changed either changes nothing that can be read, or is found.
func TestAnyByteOfTheLog(t *testing.T) {
	t.Parallel()
	e := newEvidenced(t)
	whole := e.read(filepath.Join(e.data, "log.db"))
	honest, err := e.verify(e.data)
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	random := rand.New(rand.NewPCG(1, 2))
	data := copyDirectory(t, e.data)
	const flips = 60
	for range flips {
		at := random.IntN(len(whole))
		e.write(filepath.Join(data, "log.db"), whole)
		e.flip(filepath.Join(data, "log.db"), at)
		switch said, err := e.verify(data); {
		case err != nil:
			found++
		case said.Root != honest.Root || said.Events != honest.Events:
			t.Errorf("byte %d: another history, and nobody says so", at)
		}
	}
	if found < flips/2 {
		t.Errorf("%d of %d changes are found", found, flips)
	}
}

package sqlite

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/uuid"
	"signaalboek/domain"
	"signaalboek/ops/vault"
)

var errCut = errors.New("cut off")

// cutRows is rows under a program that dies at a step: from then on nothing reaches them.
type cutRows struct {
	vault.Rows
	left int // steps until it dies
}

// step counts one, and is errCut from the last one on.
func (r *cutRows) step() error {
	if r.left--; r.left < 0 {
		return errCut
	}
	return nil
}

// Alone dies before it, at every statement of it, before it is durable, or when it is, before anybody knows.
func (r *cutRows) Alone(ctx context.Context, change func(vault.Tx) error) error {
	if err := r.step(); err != nil {
		return err
	}
	err := r.Rows.Alone(ctx, func(tx vault.Tx) error {
		if err := change(cutTx{tx, r}); err != nil {
			return err
		}
		return r.step()
	})
	return errors.Join(err, r.step())
}

// EraseAll dies before it or after it.
func (r *cutRows) EraseAll(ctx context.Context) error {
	if err := r.step(); err != nil {
		return err
	}
	return errors.Join(r.Rows.EraseAll(ctx), r.step())
}

type cutTx struct {
	vault.Tx
	rows *cutRows
}

func (t cutTx) Do(sql string, each func(vault.Row) error, args ...any) error {
	if err := t.rows.step(); err != nil {
		return err
	}
	return t.Tx.Do(sql, each, args...)
}

func (t cutTx) Many(sql string, args [][]any) error {
	if err := t.rows.step(); err != nil {
		return err
	}
	return t.Tx.Many(sql, args)
}

func (t cutTx) ExpireTurns() error {
	if err := t.rows.step(); err != nil {
		return err
	}
	return t.Tx.ExpireTurns()
}

// world is a vault with something to forget and something to keep.
type world struct {
	dir         string
	gone, stays domain.Sealed
	id          domain.SeedID
	seed        [32]byte
	draft       domain.DraftCommand
	release     uuid.UUID // has two bundles: one that holds the text to forget, and one that does not
}

// The bundles of a world.
var (
	goesAlong = bytes.Repeat([]byte("gaat mee "), 2000)
	staysHere = []byte("blijft hier")
)

const practice domain.PracticeID = "harelbeke-centrum"

func newWorld(t *testing.T) (w world) {
	t.Helper()
	w.dir = t.TempDir()
	v := opened(t, w.dir)
	var err error
	seal := func(text string) domain.Sealed {
		sealed, err := v.Seal(t.Context(), domain.Place{Event: uuid.New(), Field: "/statement"}, domain.ToSeal(text))
		check(t, err)
		return sealed
	}
	w.gone, w.stays = seal("weg"), seal("blijft")
	w.id, w.seed, err = v.NewSeed(t.Context())
	check(t, err)
	w.draft = domain.DraftCommand{ID: uuid.New(), Practice: practice, Subject: "signal-2", Path: "signal/note", Body: []byte("x")}
	w.draft.Revision, err = v.SaveDraft(t.Context(), w.draft)
	check(t, err)
	_, err = v.AddCard(t.Context(), uuid.New(), domain.NewCard{Practice: practice, Nickname: "rode fiets"})
	check(t, err)
	w.release = uuid.New()
	check(t, v.KeepBundle(t.Context(), practice, w.release, goesAlong, w.stays.Key, w.gone.Key))
	check(t, v.KeepBundle(t.Context(), practice, w.release, staysHere, w.stays.Key))
	check(t, v.Close())
	return w
}

// copied is the same vault in another directory.
func (w world) copied(t *testing.T) world {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{dbName, masterName} {
		raw, err := os.ReadFile(filepath.Join(w.dir, name))
		check(t, err)
		check(t, os.WriteFile(filepath.Join(dir, name), raw, 0o600))
	}
	w.dir = dir
	return w
}

func opened(t *testing.T, dir string) *vault.Vault {
	t.Helper()
	v, err := Open(t.Context(), dir)
	check(t, err)
	t.Cleanup(func() { v.Close() })
	return v
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// A program that dies in the middle of a forgetting, at whatever step, leaves the old state or the new one: what is kept
// opens, what is to be forgotten opens or is forgotten, and the next start finishes what was begun.
func TestForgettingCutOff(t *testing.T) {
	made := newWorld(t)
	forgotten := false
	for steps := 0; !forgotten; steps++ {
		w := made.copied(t)
		forgotten = w.cutOff(t, steps) == nil
		v := opened(t, w.dir)
		_, err := v.Open(t.Context(), w.gone)
		if err != nil && !errors.Is(err, domain.ErrForgotten) || forgotten && err == nil {
			t.Errorf("cut off after %d steps, what was to be forgotten says %v", steps, err)
		}
		w.goesAlong(t, steps, v, err)
		w.isWhole(t, steps, v)
		check(t, v.ForgetTexts(t.Context(), practice, w.gone.Key))
		if _, err := v.Open(t.Context(), w.gone); !errors.Is(err, domain.ErrForgotten) {
			t.Errorf("cut off after %d steps, forgotten again, it says %v", steps, err)
		}
		check(t, v.Close())
		if steps > 500 {
			t.Fatal("it is never done")
		}
	}
}

// cutOff forgets a text in a program that dies after some steps.
func (w world) cutOff(t *testing.T, steps int) error {
	t.Helper()
	f := filesIn(w.dir, Options{})
	under, err := f.rows()
	check(t, err)
	defer under.Close()
	cut := &cutRows{Rows: under, left: 1000}
	v, err := vault.Open(t.Context(), cut, f.Key)
	check(t, err)
	cut.left = steps
	return v.ForgetTexts(t.Context(), practice, w.gone.Key)
}

// goesAlong wants the bundle that holds the text to be there, or gone, as the text is.
func (w world) goesAlong(t *testing.T, steps int, v *vault.Vault, text error) {
	t.Helper()
	built, err := v.Bundle(t.Context(), practice, w.release, domain.DigestOf(goesAlong))
	if errors.Is(err, domain.ErrForgotten) != errors.Is(text, domain.ErrForgotten) || err == nil && !bytes.Equal(built, goesAlong) {
		t.Errorf("cut off after %d steps, the bundle says %v, and the text that it holds %v", steps, err, text)
	}
}

// isWhole wants everything else to be there, and nothing left to be done.
func (w world) isWhole(t *testing.T, steps int, v *vault.Vault) {
	t.Helper()
	if plain, err := v.Open(t.Context(), w.stays); err != nil || string(plain) != "blijft" {
		t.Errorf("cut off after %d steps, what is kept says %v", steps, err)
	}
	if seed, err := v.Seed(t.Context(), w.id); err != nil || seed != w.seed {
		t.Errorf("cut off after %d steps, the seed is another: %v", steps, err)
	}
	if draft, err := v.Draft(t.Context(), practice, w.draft.ID); err != nil || string(draft.Body) != "x" {
		t.Errorf("cut off after %d steps, the draft says %v", steps, err)
	}
	if cards, err := v.Cards(t.Context(), practice); err != nil || len(cards) != 1 {
		t.Errorf("cut off after %d steps, there are %d cards: %v", steps, len(cards), err)
	}
	if built, err := v.Bundle(t.Context(), practice, w.release, domain.DigestOf(staysHere)); err != nil || !bytes.Equal(built, staysHere) {
		t.Errorf("cut off after %d steps, the bundle that is kept says %v", steps, err)
	}
	db, err := filesIn(w.dir, Options{}).connect()
	check(t, err)
	defer db.close()
	left := -1
	check(t, db.Do("SELECT (SELECT count(*) FROM turn) + (SELECT sum(erase) FROM state)", func(row vault.Row) error {
		left = row.Int(0)
		return nil
	}))
	if left != 0 {
		t.Errorf("cut off after %d steps, %d things are left to be done", steps, left)
	}
	if found, _ := filepath.Glob(filepath.Join(w.dir, "*.ne[wx]*")); len(found) > 0 {
		t.Errorf("cut off after %d steps, %v is left behind", steps, found)
	}
}

// A crash while the key file was replaced may leave the new key under another name, whole or not.
func TestReplacingCutOff(t *testing.T) {
	for name, left := range map[string][]byte{"nothing yet": {}, "half": make([]byte, 16), "another key": bytes.Repeat([]byte{7}, 32)} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			v := opened(t, w.dir)
			check(t, os.WriteFile(filepath.Join(w.dir, masterName+".next"), left, 0o600))
			check(t, v.Rotate(t.Context()))
			check(t, v.Close())
			w.isWhole(t, 0, opened(t, w.dir))
		})
	}
}

// No byte of what was wrapped before is in any file afterwards: not the rows that went, nor any key under the old master
// key, nor the old key itself.
func TestForgottenBytesAreGone(t *testing.T) {
	w := newWorld(t)
	w.fill(t) // rows that move from page to page leave something behind
	same := filepath.Join(t.TempDir(), "key")
	check(t, os.Link(filepath.Join(w.dir, masterName), same))
	raws := w.blobs(t, "SELECT wrapped FROM secret UNION ALL SELECT wrapped FROM draft")
	for name, raw := range w.blobs(t, "SELECT wrapped FROM bundle UNION ALL SELECT content FROM bundle WHERE length(content) > 1000") {
		raws[name] = raw
	}
	raws["master key"] = w.file(t, masterName)
	raws["key of the text"] = w.gone.Key[:]
	v := opened(t, w.dir)
	check(t, v.ForgetTexts(t.Context(), practice, w.gone.Key))
	delete(raws, "key of the text") // the row that says it was forgotten
	w.holdsNone(t, "a forgetting", raws)
	check(t, v.Close())
	w.holdsNone(t, "a forgetting, closed", raws)
	if raw, err := os.ReadFile(same); err != nil || bytes.Equal(raw, raws["master key"]) {
		t.Errorf("the old key stands where it stood, without a name: %v", err)
	}
}

// fill makes many keys.
func (w world) fill(t *testing.T) {
	t.Helper()
	v := opened(t, w.dir)
	for range 3 * 256 {
		_, _, err := v.NewSeed(t.Context())
		check(t, err)
	}
	check(t, v.Close())
}

// No byte of a draft is in any file when it is dropped, however many there were and however often they changed.
func TestDroppedBytesAreGone(t *testing.T) {
	w := newWorld(t)
	v := opened(t, w.dir)
	var drafts []domain.DraftCommand
	raws := map[string][]byte{}
	for round := range 3 {
		for i := range 60 {
			if round == 0 {
				drafts = append(drafts, domain.DraftCommand{ID: uuid.New(), Practice: practice, Subject: "signal-3", Path: "signal/note"})
			}
			drafts[i].Body = bytes.Repeat([]byte{byte(i)}, 50+100*round*(i%4))
			revision, err := v.SaveDraft(t.Context(), drafts[i])
			check(t, err)
			drafts[i].Revision = revision
		}
		for name, raw := range w.blobs(t, "SELECT content FROM draft WHERE subject = 'signal-3'") {
			raws[name] = raw
		}
	}
	for name, raw := range w.blobs(t, "SELECT wrapped FROM draft WHERE subject = 'signal-3'") {
		raws[name] = raw
	}
	for _, draft := range drafts {
		check(t, v.DropDraft(t.Context(), practice, draft.ID))
	}
	w.holdsNone(t, "dropping", raws)
	if draft, err := v.Draft(t.Context(), practice, w.draft.ID); err != nil || string(draft.Body) != "x" {
		t.Errorf("another draft went too: %v", err)
	}
}

// blobs is what a query gives, by itself.
func (w world) blobs(t *testing.T, query string) map[string][]byte {
	t.Helper()
	db, err := filesIn(w.dir, Options{}).connect()
	check(t, err)
	defer db.close()
	all := map[string][]byte{}
	check(t, db.Do(query, func(row vault.Row) error {
		if raw := row.Bytes(0); raw != nil {
			all[string(raw)] = bytes.Clone(raw)
		}
		return nil
	}))
	if len(all) == 0 {
		t.Fatal("there is nothing to look for")
	}
	return all
}

func (w world) file(t *testing.T, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(w.dir, name))
	check(t, err)
	return raw
}

// holdsNone looks for pieces of what was there: of a value that is in several pages, none may be left.
func (w world) holdsNone(t *testing.T, when string, raws map[string][]byte) {
	t.Helper()
	entries, err := os.ReadDir(w.dir)
	check(t, err)
	for _, entry := range entries {
		held := w.file(t, entry.Name())
		for _, raw := range raws {
			for piece := raw; len(piece) >= 16; piece = piece[min(len(piece), 64):] {
				if bytes.Contains(held, piece[:16]) {
					t.Errorf("after %s, %s holds a piece of what was there", when, entry.Name())
					return
				}
			}
		}
	}
}

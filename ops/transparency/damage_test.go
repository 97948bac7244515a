package transparency

import (
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"signaalboek/domain"
	"signaalboek/domain/domaintest"
	"signaalboek/domain/proof"
)

// stride is the distance between the bytes that are changed in one run; where the first one is, another run decides.
const stride = 127

// eachByte has damage done to bytes all over a file, one at a time, and what was there put back.
func eachByte(t *testing.T, path string, damaged func()) {
	t.Helper()
	whole, err := os.ReadFile(path)
	fatal(t, err)
	for i := rand.IntN(min(stride, len(whole))); i < len(whole); i += stride {
		changed := append([]byte{}, whole...)
		changed[i] ^= 1 << rand.IntN(8)
		fatal(t, os.WriteFile(path, changed, 0o600))
		damaged()
		if t.Failed() {
			t.Fatalf("byte %d of %s", i, filepath.Base(path))
		}
	}
	fatal(t, os.WriteFile(path, whole, 0o600))
}

// filesIn is every file below a directory.
func filesIn(t *testing.T, dir string) (files []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			files = append(files, path)
		}
		return err
	})
	fatal(t, err)
	return files
}

const damagedEvents = 2*tileWidth + 9

// Whatever byte of the directory changes while nobody looks, the tree that is opened proves what it proved before.
func TestDamageBeforeOpening(t *testing.T) {
	dir, store := filepath.Join(t.TempDir(), "tiles"), logOf(t, damagedEvents)
	want := openTree(t, dir, store).Extent()
	for _, path := range filesIn(t, dir) {
		eachByte(t, path, func() {
			tree := openTree(t, dir, store)
			if got := tree.Extent(); got != want {
				t.Errorf("it is at %+v", got)
			}
			provesAll(t, tree, store)
		})
	}
}

// provesAll fails unless a tree finds and proves events in each of its tiles.
func provesAll(t *testing.T, tree *Tree, store domain.Store) {
	t.Helper()
	now := proof.Checkpoint{Size: tree.Size(), Root: tree.Extent().Root}
	for _, index := range []int64{0, tileWidth - 1, tileWidth, tileWidth + 100, 2 * tileWidth, now.Size - 1} {
		event, err := tree.Event(ctx, index)
		if err != nil {
			t.Error(err)
			return
		}
		leaf, err := proof.Leaf(event)
		included, failed := tree.Inclusion(ctx, index, now.Size)
		found, lost := tree.Index(ctx, event.Position)
		if err := errors.Join(err, failed, lost, included.Check(now, leaf)); err != nil || found != index {
			t.Errorf("event %d is found at %d: %v", index, found, err)
		}
	}
}

// The same while a tree is open; and afterwards the directory holds again what it held.
func TestDamageUnderATree(t *testing.T) {
	dir, store := filepath.Join(t.TempDir(), "tiles"), logOf(t, damagedEvents)
	tree := openTree(t, dir, store)
	for _, name := range []string{"tile/0/000", "tile/0/001", "positions"} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		whole, err := os.ReadFile(path)
		fatal(t, err)
		healed := func() {
			provesAll(t, tree, store)
			if _, err := tree.Recompute(ctx); err != nil {
				t.Error(err)
			}
			if now, err := os.ReadFile(path); err != nil || string(now) != string(whole) {
				t.Errorf("%s is not made good: %v", name, err)
			}
		}
		eachByte(t, path, healed)
		for _, left := range []int{0, len(whole) / 2, -1} {
			fatal(t, os.Remove(path))
			if left >= 0 {
				fatal(t, os.WriteFile(path, whole[:left], 0o600))
			}
			healed()
		}
	}
}

// rewritten is a log of the same events, after somebody changed them.
func rewritten(t *testing.T, change func(all []domain.Draft) []domain.Draft) *domaintest.MemStore {
	t.Helper()
	var all []domain.Draft
	for n := range damagedEvents {
		all = append(all, draft(n))
	}
	store, revision := domaintest.NewMemStore(t), domain.NoStream
	for _, one := range change(all) {
		_, err := store.Append(ctx, "thing-0", revision, []domain.Draft{one})
		fatal(t, err)
		revision++
	}
	return store
}

// Whoever changes the log while nobody looks is found out, and the first event that is not what it was is named: by the last
// event when the tree is opened, else by computing it anew.
func TestAlteredLogs(t *testing.T) {
	same := func(all []domain.Draft) []domain.Draft { return all }
	for name, c := range map[string]struct {
		change func(all []domain.Draft) []domain.Draft
		first  int64 // that is not what it was; -1: the directory is known to be of another log
	}{
		"a payload": {func(all []domain.Draft) []domain.Draft {
			all[300].Payload = []byte(`{"number":0}`)
			return all
		}, 300},
		"metadata": {func(all []domain.Draft) []domain.Draft {
			all[2].Metadata = append(all[2].Metadata, ' ')
			return all
		}, 2},
		"two in another order": {func(all []domain.Draft) []domain.Draft {
			all[7], all[8] = all[8], all[7]
			return all
		}, 7},
		"one in the last tile": {func(all []domain.Draft) []domain.Draft {
			all[2*tileWidth+1].Payload = []byte(`{}`)
			return all
		}, 2*tileWidth + 1},
		"one too few":  {func(all []domain.Draft) []domain.Draft { return append(all[:9:9], all[10:]...) }, -1},
		"the tail":     {func(all []domain.Draft) []domain.Draft { return all[:400] }, -1},
		"all of it":    {func(all []domain.Draft) []domain.Draft { return nil }, -1},
		"the last one": {func(all []domain.Draft) []domain.Draft { return append(all[:len(all)-1:len(all)-1], draft(9999)) }, -1},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "tiles")
			openTree(t, dir, rewritten(t, same))
			tree, err := Open(ctx, dir, rewritten(t, c.change))
			fatal(t, err)
			if c.first < 0 {
				if _, err := os.Stat(dir + ".before"); err != nil || tree.Size() != 0 {
					t.Errorf("it goes on at %d: %v", tree.Size(), err)
				}
				return
			}
			_, err = tree.Recompute(ctx)
			if found, ok := errors.AsType[*Altered](err); !ok || found.Index != c.first || !errors.Is(err, domain.ErrForked) {
				t.Errorf("it says %v", err)
			}
		})
	}
}

// A log that cannot be read makes nobody believe that the directory is of another one.
func TestOpenWhileTheLogIsAway(t *testing.T) {
	dir, store := filepath.Join(t.TempDir(), "tiles"), logOf(t, 300)
	openTree(t, dir, store)
	store.FailRead(3, domain.ErrLogAway)
	if _, err := Open(ctx, dir, store); !errors.Is(err, domain.ErrLogAway) {
		t.Errorf("it says %v", err)
	}
	tree, err := Open(ctx, dir, store)
	if err != nil || tree.Size() != 300 {
		t.Errorf("afterwards it is at %d: %v", tree.Size(), err)
	}
}

package transparency

import (
	"context"
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"signaalboek/domain"
	"signaalboek/domain/proof"
)

var ctx = context.Background()

// However a log grows, and however often its tree is opened again, every root and every proof is the one of RFC 6962.
func TestTreeIsThatOfTheLog(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		dir := dir + "/" + rapid.StringMatching(`[a-z]{12}`).Draw(t, "dir")
		store, size := logOf(t, 0), 0
		for range rapid.IntRange(1, 4).Draw(t, "times") {
			more := rapid.OneOf(rapid.IntRange(0, 20), rapid.IntRange(200, 600)).Draw(t, "more")
			grow(t, store, size, size+more)
			if again, err := Open(ctx, dir, store); err != nil || again.Size() != int64(size) {
				t.Fatalf("opened again, it begins anew instead of at %d: %v", size, err)
			}
			size += more
			tree := openTree(t, dir, store)
			leaves := leavesOf(t, store)
			if got := tree.Extent(); got.Size != int64(size) || got.Root != rootOf(leaves) {
				t.Fatalf("of %d events it holds %d, or another root", size, got.Size)
			}
			if size == 0 {
				continue
			}
			at := rapid.IntRange(1, size).Draw(t, "at")
			index := rapid.IntRange(0, at-1).Draw(t, "index")
			now := proof.Checkpoint{Size: int64(at), Root: rootOf(leaves[:at])}
			if root, err := tree.Root(ctx, now.Size); err != nil || root != now.Root {
				t.Fatalf("root at %d: %v", at, err)
			}
			included, err := tree.Inclusion(ctx, int64(index), now.Size)
			if err = errors.Join(err, included.Check(now, leaves[index])); err != nil {
				t.Fatal(err)
			}
			was := proof.Checkpoint{Size: int64(index), Root: rootOf(leaves[:index])}
			extends, err := tree.Consistency(ctx, was.Size, now.Size)
			if err = errors.Join(err, extends.Check(was, now)); err != nil {
				t.Fatal(err)
			}
			event, err := tree.Event(ctx, int64(index))
			if err != nil {
				t.Fatal(err)
			}
			if found, err := tree.Index(ctx, event.Position); err != nil || found != int64(index) {
				t.Fatalf("event %d is found at %d: %v", index, found, err)
			}
		}
	})
}

// A tree that runs takes in what is recorded, tells who waits, and remembers where it came through.
func TestTreeFollows(t *testing.T) {
	store := logOf(t, 3)
	tree, err := Open(ctx, t.TempDir(), store)
	fatal(t, err)
	running, stop := context.WithCancel(ctx)
	ended := make(chan error)
	go func() { ended <- tree.Run(running) }()
	grow(t, store, 3, 700)
	end, err := store.End(ctx)
	fatal(t, err)
	fatal(t, tree.Wait(ctx, end))
	want, err := ExtentOf(ctx, store)
	fatal(t, err)
	if got := tree.Extent(); got != want {
		t.Errorf("it is at %+v", got)
	}
	if f, known := tree.Frontier(end); !known || f != want.Frontier {
		t.Error("it does not know its own frontier")
	}
	if _, known := tree.Frontier(domain.Position{Commit: end.Commit, Prepare: 5}); known {
		t.Error("it knows a frontier where nothing stands")
	}
	stop()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("it ended with %v", err)
	}
	if err := tree.Wait(ctx, domain.Position{Commit: end.Commit + 1}); !errors.Is(err, context.Canceled) {
		t.Errorf("who waits is told %v", err)
	}
	grow(t, store, 700, 900)
	end, err = store.End(ctx)
	fatal(t, err)
	fatal(t, tree.Reach(ctx, end))
	if size := tree.Size(); size != 900 {
		t.Errorf("when nobody runs it any more it comes to %d", size)
	}
}

// An event that this program did not record ends the tree behind the one before it, in order, whatever else is hashed at once.
func TestAnEventOfAnotherProgram(t *testing.T) {
	store := logOf(t, 3*batchSize)
	foreign := domain.Draft{ID: domain.EventID{1}, Name: "thing.happened.v1", At: time.UnixMicro(1).UTC(), Payload: []byte(`{}`), Metadata: []byte(`{}`)}
	for _, stream := range []domain.StreamID{"thing-a", "thing-b"} {
		foreign.ID[0]++
		_, err := store.Append(ctx, stream, domain.NoStream, []domain.Draft{foreign})
		fatal(t, err)
	}
	for range 20 {
		tree, err := Open(ctx, t.TempDir(), store)
		fatal(t, err)
		if err := tree.CatchUp(ctx); !errors.Is(err, proof.ErrNoFrame) || tree.Size() != 3*batchSize {
			t.Fatalf("after %d events it says %v", tree.Size(), err)
		}
	}
}

func TestWhatIsNotThere(t *testing.T) {
	tree := openTree(t, t.TempDir(), logOf(t, 300))
	for name, ask := range map[string]func() error{
		"an event behind the end": func() error { _, err := tree.Event(ctx, 300); return err },
		"an event before all":     func() error { _, err := tree.Event(ctx, -1); return err },
		"no event's position":     func() error { _, err := tree.Index(ctx, domain.Position{Commit: 98}); return err },
		"a later position":        func() error { _, err := tree.Index(ctx, domain.Position{Commit: 1 << 60}); return err },
		"a proof of a later one":  func() error { _, err := tree.Inclusion(ctx, 300, 300); return err },
	} {
		if err := ask(); !errors.Is(err, ErrNoEvent) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, ask := range map[string]func() error{
		"a later root":        func() error { _, err := tree.Root(ctx, 301); return err },
		"a later tree":        func() error { _, err := tree.Inclusion(ctx, 1, 301); return err },
		"a smaller tree":      func() error { _, err := tree.Consistency(ctx, 20, 10); return err },
		"a tree from nowhere": func() error { _, err := tree.Consistency(ctx, -1, 10); return err },
	} {
		if err := ask(); !errors.Is(err, ErrBeyond) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

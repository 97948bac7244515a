package transparency

import (
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"golang.org/x/mod/sumdb/tlog"

	"signaalboek/ops/postgrestest"
)

func TestHeadInMemory(t *testing.T) {
	headSuite(t, func(*testing.T) func() Heads {
		kept := &headMemory{}
		return func() Heads { return kept }
	})
}

func TestHeadInFile(t *testing.T) {
	headSuite(t, func(t *testing.T) func() Heads {
		path := filepath.Join(t.TempDir(), "head")
		return func() Heads { return NewHeadFile(path) }
	})
}

func TestHeadInDatabase(t *testing.T) {
	headSuite(t, func(t *testing.T) func() Heads {
		conn := postgrestest.Start(t)
		return func() Heads {
			shared, err := OpenHeadShared(ctx, conn)
			fatal(t, err)
			t.Cleanup(func() { shared.Close() })
			return shared
		}
	})
}

// headSuite is the contract of Heads. Each call of place is an empty one, and each call of what it returns opens it anew.
func headSuite(t *testing.T, place func(*testing.T) func() Heads) {
	t.Run("nothing was kept yet", func(t *testing.T) {
		head, err := place(t)().Head(ctx)
		if err != nil || head.Revision != 0 || head.Origin != "" {
			t.Errorf("it is at revision %d: %v", head.Revision, err)
		}
	})
	t.Run("what was kept comes back", func(t *testing.T) { keepsAll(t, place(t)) })
	t.Run("a swap of another revision", func(t *testing.T) { refusesOthers(t, place(t)) })
	t.Run("many at once", func(t *testing.T) { losesNothing(t, place(t)) })
}

func keepsAll(t *testing.T, open func() Heads) {
	at := time.Date(2026, 3, 5, 10, 0, 0, 0, time.UTC)
	signed := Signed{Note: "a\n1\nx\n\n— a b\n", Position: "97.98", At: at}
	want := Head{
		Writer: uuid.New(), Origin: "signaalboek.local/x", Key: "k", Checkpoints: []Signed{signed}, Lease: Lease{"one", at},
		Earlier:  []Ended{{"signaalboek.local/w", "k", signed, Restored, at}},
		Verified: []Check{{At: at, By: uuid.New(), What: "log", Size: 3, Root: tlog.Hash{1}, Good: true}},
	}
	fatal(t, open().Swap(ctx, want))
	want.Revision = 1
	got, err := open().Head(ctx)
	fatal(t, err)
	if a, b := encoded(t, got), encoded(t, want); a != b {
		t.Errorf("kept %s\nof   %s", a, b)
	}
}

func encoded(t *testing.T, h Head) string {
	t.Helper()
	raw, err := encode(h)
	fatal(t, err)
	return string(raw)
}

func refusesOthers(t *testing.T, open func() Heads) {
	heads := open()
	if err := heads.Swap(ctx, Head{Revision: 4}); !errors.Is(err, ErrMoved) {
		t.Errorf("a head of nothing: %v", err)
	}
	fatal(t, heads.Swap(ctx, Head{Origin: "one"}))
	fatal(t, heads.Swap(ctx, Head{Revision: 1, Origin: "two"}))
	for _, revision := range []int64{0, 1, 3} {
		if err := open().Swap(ctx, Head{Revision: revision, Origin: "other"}); !errors.Is(err, ErrMoved) {
			t.Errorf("revision %d of 2: %v", revision, err)
		}
	}
	head, err := heads.Head(ctx)
	if err != nil || head.Origin != "two" || head.Revision != 2 {
		t.Errorf("it is %q, revision %d: %v", head.Origin, head.Revision, err)
	}
}

func losesNothing(t *testing.T, open func() Heads) {
	const each = 5
	var recording sync.WaitGroup
	for who := range int64(4) {
		heads := open()
		recording.Go(func() {
			for range each {
				for err := ErrMoved; errors.Is(err, ErrMoved); {
					if err = Record(ctx, heads, Check{Size: who}); err != nil && !errors.Is(err, ErrMoved) {
						t.Error(err)
					}
				}
			}
		})
	}
	recording.Wait()
	head, err := open().Head(ctx)
	fatal(t, err)
	count := map[int64]int{}
	for _, done := range head.Verified {
		count[done.Size]++
	}
	for who := range int64(4) {
		if count[who] != each {
			t.Errorf("of %d there are %d", who, count[who])
		}
	}
}

// A change counts once, also when its answer gets lost, or it does itself.
func TestLostAnswers(t *testing.T) {
	heads := &headMemory{loseReplies: 1}
	fatal(t, Record(ctx, heads, Check{Size: 1}))
	heads.loseSwaps = 2
	fatal(t, Record(ctx, heads, Check{Size: 2}))
	heads.before = func() { fatal(t, Record(ctx, heads, Check{Size: 3})) }
	fatal(t, Record(ctx, heads, Check{Size: 4}))
	var sizes []int64
	for _, done := range heads.head().Verified {
		sizes = append(sizes, done.Size)
	}
	if len(sizes) != 4 || sizes[0] != 1 || sizes[1] != 2 || sizes[2] != 3 || sizes[3] != 4 {
		t.Errorf("it holds %v", sizes)
	}
}

// No byte of the file can change, be lost or come in without a word.
func TestDamagedHeadFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "head")
	fatal(t, NewHeadFile(path).Swap(ctx, Head{Origin: "signaalboek.local/x"}))
	whole, err := os.ReadFile(path)
	fatal(t, err)
	damages := [][]byte{nil, whole[:len(whole)-1], append(whole[:len(whole):len(whole)], ' '), []byte("x")}
	for i := range whole {
		damaged := append([]byte{}, whole...)
		damaged[i] ^= 4
		damages = append(damages, damaged)
	}
	for _, damaged := range damages {
		fatal(t, os.WriteFile(path, damaged, 0o600))
		if _, err := NewHeadFile(path).Head(ctx); !errors.Is(err, ErrHeadDamaged) {
			t.Fatalf("%d bytes: %v", len(damaged), err)
		}
	}
}

func TestHeadFileIsPrivate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "head")
	fatal(t, NewHeadFile(path).Swap(ctx, Head{}))
	for _, file := range []string{path, path + "-lock"} {
		about, err := os.Stat(file)
		fatal(t, err)
		if about.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %o", filepath.Base(file), about.Mode().Perm())
		}
	}
}

// Whatever stands in the file, it is a head or it is damaged; and a head that is read is written as it was.
func FuzzHead(f *testing.F) {
	raw, err := encode(Head{Origin: "signaalboek.local/x", Checkpoints: []Signed{{Note: "a\n1\nx\n\n"}}, Verified: []Check{{What: "log"}}})
	if err != nil {
		f.Fatal(err)
	}
	line, err := unsealed(raw)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(line)
	f.Add([]byte(`{"revision":1}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		head, err := decode(sealed(line))
		if err != nil {
			if !errors.Is(err, ErrHeadDamaged) {
				t.Error(err)
			}
			return
		}
		if _, err := head.Promised(); err != nil && !errors.Is(err, ErrHeadDamaged) {
			t.Error(err)
		}
		once := encoded(t, head)
		again, err := decode([]byte(once))
		if err != nil || encoded(t, again) != once {
			t.Errorf("written again it is another: %v", err)
		}
	})
}

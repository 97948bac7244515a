package transparency

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/mod/sumdb/note"

	"signaalboek/domain"
	"signaalboek/domain/proof"
)

// aKey is the same in every run.
func aKey(t *testing.T) Key {
	t.Helper()
	key, err := parseKey("PRIVATE+KEY+signaalboek.local+2cd4822d+AQECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g")
	fatal(t, err)
	return key
}

// notaryOf is a notary of a log, in a bubble of synctest, with a tree that runs until the test ends.
func notaryOf(t *testing.T, holder string, store domain.Store, heads Heads) *Notary {
	t.Helper()
	tree, err := Open(ctx, t.TempDir(), store)
	fatal(t, err)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = tree.Run(t.Context()) // until the test ends
	}()
	t.Cleanup(func() { <-ended })
	return &Notary{Notarial: Notarial{
		Tree: tree, Log: store, Heads: heads, Keys: aKey(t), Holder: holder, Every: 10 * time.Second,
		Logger: slog.New(slog.DiscardHandler),
	}}
}

// promises fails unless the head promises the log as it is.
func promises(t *testing.T, heads Heads, store domain.Store) {
	t.Helper()
	head, err := heads.Head(ctx)
	fatal(t, err)
	promised, err := head.Promised()
	fatal(t, err)
	leaves := leavesOf(t, store)
	if promised.Size != int64(len(leaves)) || promised.Root != rootOf(leaves) {
		t.Errorf("of %d events it promises %d, or another root", len(leaves), promised.Size)
	}
}

func TestSignsNowAndThen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, heads := logOf(t, 3), &headMemory{}
		n := notaryOf(t, "one", store, heads)
		running, stop := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- n.Run(running) }()
		synctest.Wait()
		promises(t, heads, store)
		grow(t, store, 3, 5)
		synctest.Wait()
		if size := n.State().Signed.Size; size != 3 {
			t.Errorf("it did not wait: %d", size)
		}
		time.Sleep(10 * time.Second)
		synctest.Wait()
		promises(t, heads, store)
		before := heads.head().Revision
		time.Sleep(time.Hour)
		synctest.Wait()
		if now := heads.head().Revision; now != before {
			t.Errorf("it swapped %d heads although nothing grew", now-before)
		}
		grow(t, store, 5, 6)
		synctest.Wait()
		stop()
		fatal(t, <-ended)
		fatal(t, n.Leave(t.Context()))
		promises(t, heads, store)
		if !heads.head().Lease.IsZero() {
			t.Error("it kept the lease")
		}
	})
}

func TestSignsAtOnceWhenAsked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, heads := logOf(t, 300), &headMemory{loseReplies: 1, loseSwaps: 1}
		n, begun := notaryOf(t, "one", store, heads), time.Now()
		end, err := store.End(ctx)
		fatal(t, err)
		signed, err := n.Sign(t.Context(), end)
		fatal(t, err)
		if took := time.Since(begun); took > time.Second {
			t.Errorf("it took %v", took)
		}
		promises(t, heads, store)
		if kept, err := n.Tree.dir.kept(); err != nil || kept.Size != 300 {
			t.Errorf("if we died now, %d of the events that were signed could be proven: %v", kept.Size, err)
		}
		renamed := heads.head()
		renamed.Origin += "/2"
		if _, err := renamed.Promised(); !errors.Is(err, ErrHeadDamaged) {
			t.Errorf("under another name it says %v", err)
		}
		again, err := n.Sign(t.Context(), end)
		if err != nil || again != signed {
			t.Errorf("asked again it signs anew: %v", err)
		}
		c, err := signed.Checkpoint()
		fatal(t, err)
		if want := "signaalboek.local/" + draft(0).ID.String(); c.Origin != want {
			t.Errorf("the history is named %s, not %s", c.Origin, want)
		}
	})
}

// Of two replicas one signs, however long; the other waits for it when it is asked, and takes over when it dies.
func TestOneSignsAndAnotherTakesOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, heads := logOf(t, 3), &headMemory{}
		one, two := notaryOf(t, "one", store, heads), notaryOf(t, "two", store, heads)
		alive, die := context.WithCancel(t.Context())
		go func() {
			ticker := time.NewTicker(one.Every)
			for alive.Err() == nil { // and never gives the lease back
				_, _ = one.turn(alive)
				select {
				case <-ticker.C:
				case <-alive.Done():
				}
			}
		}()
		synctest.Wait()
		go two.Run(t.Context())
		for n := 3; n < 30; n++ {
			grow(t, store, n, n+1)
			time.Sleep(7 * time.Second)
			synctest.Wait()
			if holder := heads.head().Lease.Holder; holder != "one" {
				t.Fatalf("after %d events %s signs", n+1, holder)
			}
		}
		time.Sleep(10 * time.Second)
		grow(t, store, 30, 31)
		end, err := store.End(ctx)
		fatal(t, err)
		if _, err := two.Sign(t.Context(), end); err != nil {
			t.Error(err)
		}
		promises(t, heads, store)
		if holder := heads.head().Lease.Holder; holder != "one" {
			t.Errorf("asked, %s signs", holder)
		}
		die()
		grow(t, store, 31, 33)
		time.Sleep(leaseTerms*two.Every + two.Every)
		synctest.Wait()
		promises(t, heads, store)
		if holder := heads.head().Lease.Holder; holder != "two" {
			t.Errorf("when it died, %s signs", holder)
		}
	})
}

// A lease is for as long as leases are. One that a clock years ahead has written keeps nobody from signing until then.
func TestALeaseOfAWrongClock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, heads := logOf(t, 3), &headMemory{}
		_, err := Change(ctx, heads, func(h *Head) error {
			h.Lease = Lease{"one", time.Now().AddDate(3, 0, 0)}
			return nil
		})
		fatal(t, err)
		_, err = notaryOf(t, "two", store, heads).turn(t.Context())
		fatal(t, err)
		promises(t, heads, store)
	})
}

// Whoever examines a log without running its tree is not left waiting for what others recorded since it caught up.
func TestExaminedWhileOthersRecord(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, heads := logOf(t, 3), &headMemory{}
		_, err := notaryOf(t, "one", store, heads).turn(t.Context())
		fatal(t, err)
		tree, err := Open(ctx, t.TempDir(), store)
		fatal(t, err)
		fatal(t, tree.CatchUp(ctx))
		grow(t, store, 3, 7)
		n := &Notary{Notarial: Notarial{Tree: tree, Log: store, Heads: heads, Keys: aKey(t), Holder: "two", Every: time.Second}}
		patient, stop := context.WithTimeout(t.Context(), time.Hour)
		defer stop()
		fatal(t, n.Examine(patient))
		if tree.Size() != 7 {
			t.Errorf("it is at %d", tree.Size())
		}
	})
}

// Two who both believe that it is their turn never sign different histories: one swap is won.
func TestRivalsAtOneSwap(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, heads := logOf(t, 3), &headMemory{}
		one, two := notaryOf(t, "one", store, heads), notaryOf(t, "two", store, heads)
		heads.before = func() {
			_, err := two.turn(t.Context())
			fatal(t, err)
		}
		_, err := one.turn(t.Context())
		fatal(t, err)
		if head := heads.head(); len(head.Checkpoints) != 1 || head.Lease.Holder != "two" {
			t.Errorf("%d checkpoints, and %s signs", len(head.Checkpoints), head.Lease.Holder)
		}
	})
}

func TestNothingIsSignedThatContradictsTheHead(t *testing.T) {
	altered := func(t *testing.T) domain.Store {
		store := logOf(t, 0)
		changed := draft(0)
		changed.Payload = []byte(`{"number":1}`)
		_, err := store.Append(ctx, "thing-0", domain.NoStream, []domain.Draft{changed})
		fatal(t, err)
		grow(t, store, 1, 10)
		return store
	}
	for name, other := range map[string]func(t *testing.T) domain.Store{
		"a shorter log":                   func(t *testing.T) domain.Store { return logOf(t, 4) },
		"an empty log":                    func(t *testing.T) domain.Store { return logOf(t, 0) },
		"another first event":             altered,
		"a longer log with another event": func(t *testing.T) domain.Store { s := altered(t); grow(t, s, 10, 400); return s },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				heads := &headMemory{}
				_, err := notaryOf(t, "one", logOf(t, 5), heads).turn(t.Context())
				fatal(t, err)
				before, store := heads.head(), other(t)
				if err := Extends(ctx, store, heads); !errors.Is(err, domain.ErrForked) {
					t.Errorf("who keeps no tree is told %v", err)
				}
				n := notaryOf(t, "two", store, heads)
				time.Sleep(time.Hour) // nobody holds the lease
				if _, err := n.turn(t.Context()); !errors.Is(err, domain.ErrForked) {
					t.Errorf("it says %v", err)
				}
				if !errors.Is(n.State().Forked, domain.ErrForked) || heads.head().Revision != before.Revision {
					t.Error("it does not tell, or it signed")
				}
				fatal(t, n.AcceptLoss(t.Context(), Restored))
				if len(leavesOf(t, store)) > 0 {
					promises(t, heads, store)
				}
				head := heads.head()
				if len(head.Earlier) != 1 || head.Earlier[0].Last != before.Checkpoints[0] || head.Earlier[0].Reason != Restored ||
					head.Origin == before.Origin {
					t.Errorf("of what was promised it keeps %+v", head.Earlier)
				}
				if n.State().Forked != nil {
					t.Error("it still says that the history is forked")
				}
				fatal(t, Extends(ctx, store, heads))
			})
		})
	}
}

// A head that nobody can read, or that the key did not sign, is no dead end: whoever accepts that it is lost begins anew, and
// that there was one stays to be seen.
func TestADamagedHeadCanBeGivenUp(t *testing.T) {
	for name, damage := range map[string]func(t *testing.T, path string){
		"no head at all": func(t *testing.T, path string) { fatal(t, os.WriteFile(path, []byte("{}"), 0o600)) },
		"another's words": func(t *testing.T, path string) {
			_, err := Change(ctx, NewHeadFile(path), func(h *Head) error {
				h.Checkpoints[0].Note = strings.Replace(h.Checkpoints[0].Note, "\n5\n", "\n4\n", 1)
				return nil
			})
			fatal(t, err)
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				path := filepath.Join(t.TempDir(), "head")
				store, heads := logOf(t, 5), NewHeadFile(path)
				n := notaryOf(t, "one", store, heads)
				_, err := n.turn(t.Context())
				fatal(t, err)
				before, err := heads.Head(ctx)
				fatal(t, err)
				damage(t, path)
				if _, err := n.turn(t.Context()); !errors.Is(err, ErrHeadDamaged) {
					t.Errorf("it says %v", err)
				}
				fatal(t, n.AcceptLoss(t.Context(), Damaged))
				promises(t, heads, store)
				head, err := heads.Head(ctx)
				fatal(t, err)
				if len(head.Earlier) != 1 || head.Earlier[0].Reason != Damaged || head.Origin == before.Origin {
					t.Errorf("of what was promised it keeps %+v", head.Earlier)
				}
				if err := n.AcceptLoss(t.Context(), Damaged); !errors.Is(err, ErrNothingLost) {
					t.Errorf("once more it says %v", err)
				}
				if kept, _ := os.ReadFile(path + ".damaged"); name == "no head at all" && string(kept) != "{}" {
					t.Errorf("of what stood there it keeps %q", kept)
				}
			})
		})
	}
}

func TestALossThatIsNone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := notaryOf(t, "one", logOf(t, 5), &headMemory{})
		for range 2 {
			if err := n.AcceptLoss(t.Context(), Damaged); !errors.Is(err, ErrNothingLost) {
				t.Errorf("it says %v", err)
			}
			_, err := n.turn(t.Context())
			fatal(t, err)
		}
	})
}

// A replica with another key signs nothing; when the key is lost, another history begins under a new one.
func TestAnotherKey(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, heads := logOf(t, 5), &headMemory{}
		_, err := notaryOf(t, "one", store, heads).turn(t.Context())
		fatal(t, err)
		n := notaryOf(t, "two", store, heads)
		n.Keys = NewKey()
		if err := n.Examine(t.Context()); !errors.Is(err, ErrOtherKey) {
			t.Errorf("it says %v", err)
		}
		fatal(t, n.AcceptLoss(t.Context(), KeyLost))
		promises(t, heads, store)
		if head := heads.head(); head.Earlier[0].Key == head.Key || head.Earlier[0].Origin == head.Origin {
			t.Error("it signs as before")
		}
	})
}

func TestCosignatures(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, heads := logOf(t, 5), &headMemory{}
		n := notaryOf(t, "one", store, heads)
		head, err := n.turn(t.Context())
		fatal(t, err)
		log, err := head.Verifier()
		fatal(t, err)
		asked, _ := head.Last()
		grow(t, store, 5, 9)
		_, err = n.turn(t.Context()) // a witness takes its time
		fatal(t, err)

		var witnesses [3]proof.WitnessKey
		for i, name := range []string{"stad.example", "partner.example", "vreemd.example"} {
			witnesses[i], err = proof.NewWitnessKey(name, [32]byte{byte(i + 1)})
			fatal(t, err)
		}
		policy, err := proof.ParsePolicy("witness stad " + witnesses[0].String() + "\nwitness partner " + witnesses[1].String() +
			"\ngroup both all stad partner\nquorum both\n")
		fatal(t, err)
		cosigned := func(by proof.WitnessKey, signed string) []byte {
			with, err := by.Cosign([]byte(signed), log, time.Now())
			fatal(t, err)
			return with
		}
		for i, want := range []bool{false, true, true} {
			with, enough, err := Cosigned(ctx, heads, policy, cosigned(witnesses[i%2], asked.Note))
			if err != nil || enough != want {
				t.Errorf("after %d cosignatures it is %v that they are enough: %v", i+1, enough, err)
			}
			if kept := heads.head().Checkpoints[0]; kept != with {
				t.Error("it returns another than it kept")
			}
		}
		if _, _, err := Cosigned(ctx, heads, policy, cosigned(witnesses[2], asked.Note)); !errors.Is(err, ErrUncosigned) {
			t.Errorf("a stranger: %v", err)
		}
		if _, _, err := Cosigned(ctx, heads, policy, []byte(asked.Note)); !errors.Is(err, ErrUncosigned) {
			t.Errorf("nobody: %v", err)
		}
		other, err := n.Keys.Signer(head.Origin)
		fatal(t, err)
		unknown, err := proof.Checkpoint{Origin: head.Origin, Size: 4}.Sign(other)
		fatal(t, err)
		if _, _, err := Cosigned(ctx, heads, policy, cosigned(witnesses[0], string(unknown))); !errors.Is(err, ErrOtherCheckpoint) {
			t.Errorf("another checkpoint: %v", err)
		}
		if _, err := note.Open([]byte(heads.head().Checkpoints[0].Note), note.VerifierList(log, witnesses[0], witnesses[1])); err != nil {
			t.Error(err)
		}
	})
}

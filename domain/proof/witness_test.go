package proof_test

import (
	"crypto/ed25519"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"signaalboek/domain/proof"
)

func TestWitnessKeys(t *testing.T) {
	key, err := proof.NewWitnessKey("city.example/water", [32]byte{3})
	if err != nil {
		t.Fatal(err)
	}
	back, err := proof.ParseWitness(key.String())
	if err != nil || back.String() != key.String() || back.Name() != "city.example/water" {
		t.Errorf("%v, %v", back, err)
	}
	private, err := proof.ParseWitnessKey(" " + key.Secret() + "\n")
	if err != nil || private.Secret() != key.Secret() {
		t.Errorf("the private half: %v", err)
	}
	if shown := fmt.Sprint(key); strings.Contains(shown, "PRIVATE") || shown != back.String() {
		t.Error("a key that is shown tells its private half")
	}
	public, hash := key.String(), fmt.Sprintf("%08x", key.KeyHash())
	for _, text := range []string{
		"", "city", "a+b", public[:len(public)-4], strings.Replace(public, hash, "00000000", 1), strings.Replace(public, hash, strings.ToUpper(hash)+"0", 1),
		strings.Replace(public, "city", "town", 1), strings.Replace(public, "city", "ci ty", 1), "+" + public, public + "\n", public[:len(public)-1] + "\n" + public[len(public)-1:],
		key.Secret(), newTown(t).vkey,
	} {
		if _, err := proof.ParseWitness(text); !errors.Is(err, proof.ErrWitnessKey) {
			t.Errorf("%q: %v", text, err)
		}
	}
	for _, text := range []string{"", public, strings.Replace(key.Secret(), hash, "00000000", 1), key.Secret()[:40]} {
		if _, err := proof.ParseWitnessKey(text); !errors.Is(err, proof.ErrWitnessKey) {
			t.Errorf("%q: %v", text, err)
		}
	}
	for _, name := range []string{"", "a b", "a+b", "a\nb", "a\u00a0b", "a\u2028b", "a\xff", "a\x00"} {
		if _, err := proof.NewWitnessKey(name, [32]byte{}); !errors.Is(err, proof.ErrWitnessName) {
			t.Errorf("%q: %v", name, err)
		}
	}
}

// A moment that no clock shows is none.
func TestCosignedAtNoMoment(t *testing.T) {
	key, err := proof.NewWitnessKey("city.example", [32]byte{3})
	if err != nil {
		t.Fatal(err)
	}
	for at, valid := range map[uint64]bool{0: true, 1<<63 - 1: true, 1 << 63: false} {
		signed := ed25519.Sign(ed25519.NewKeyFromSeed(append([]byte{3}, make([]byte, 31)...)), fmt.Appendf(nil, "cosignature/v1\ntime %d\nbody\n", at))
		if key.Verify([]byte("body\n"), append(binary.BigEndian.AppendUint64(nil, at), signed...)) != valid {
			t.Errorf("at %d", at)
		}
	}
}

// A request says on a stick what it says in the program, and nothing of it can be said otherwise.
func TestRequests(t *testing.T) {
	w := newTown(t)
	w.grow()
	size := len(w.recorded)
	for old := range size {
		r := proof.Request{Consistency: proof.Consistency{Old: int64(old), New: int64(size)}, Signed: w.signed()}
		last := proof.Checkpoint{}
		if old > 0 {
			last, r.Consistency = w.at(old), w.extension(proof.OfPrevious, old).Consistency
		}
		back, err := proof.ParseRequest(r.Text())
		if err != nil || back.Text() != r.Text() {
			t.Fatalf("from %d: %v", old, err)
		}
		if c, err := back.Check(last, w.verifier()); err != nil || c != w.at(size) {
			t.Errorf("from %d: %v", old, err)
		}
		if _, err := back.Check(w.at(old+1), w.verifier()); !errors.Is(err, proof.ErrOtherSize) {
			t.Errorf("from %d, not %d: %v", old, old+1, err)
		}
		if last.Root[0]++; old > 0 {
			if _, err := back.Check(last, w.verifier()); !errors.Is(err, proof.ErrNotExtended) {
				t.Errorf("from another %d: %v", old, err)
			}
		}
	}
}

func TestWhatIsNoRequest(t *testing.T) {
	signed := "o\n3\n" + emptyRoot + "\n\n— o AAAA\n"
	for name, text := range map[string]string{
		"nothing": "", "no size": "old \n\n" + signed, "a sign": "old -1\n\n" + signed, "a zero before": "old 01\n\n" + signed,
		"no checkpoint": "old 1\n\n", "another word": "new 1\n\n" + signed, "no line between": "old 1\n" + signed,
		"half a hash": "old 1\nAAAA\n\n" + signed, "too many hashes": "old 1\n" + strings.Repeat(emptyRoot+"\n", 64) + "\n" + signed,
	} {
		if r, err := proof.ParseRequest(text); !errors.Is(err, proof.ErrRequest) {
			t.Errorf("%s: %+v, %v", name, r, err)
		}
	}
	if _, err := proof.ParseRequest("old 1\n" + strings.Repeat(emptyRoot+"\n", 63) + "\n" + signed); err != nil {
		t.Errorf("63 hashes: %v", err)
	}
}

// Every leaf is where it is in every tree, and nowhere else; every tree extends every smaller one, and no other.
func TestProofs(t *testing.T) {
	w := newTown(t)
	w.grow()
	size := len(w.recorded)
	leaf := func(i int) tlog.Hash { hash, _ := proof.Leaf(w.recorded[i]); return hash }
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, size).Draw(t, "size")
		i, j := rapid.IntRange(0, n-1).Draw(t, "index"), rapid.IntRange(0, n-1).Draw(t, "other")
		at := w.inclusion(i, n)
		if err := at.Check(w.at(n), leaf(j)); (err == nil) != (i == j) || err != nil && !errors.Is(err, proof.ErrNotIncluded) {
			t.Fatalf("%d as %d of %d: %v", j, i, n, err)
		}
		at.Index = int64(rapid.SampledFrom([]int{-1, n, 1 << 62}).Draw(t, "no index"))
		if at.Check(w.at(n), leaf(i)) == nil {
			t.Fatal("it is at a place that is none")
		}
		extends := w.extension(proof.OfPrevious, n).Consistency
		if extends.Check(w.at(n), w.at(size)) != nil || n != size && extends.Check(w.at(size), w.at(n)) == nil {
			t.Fatalf("%d to %d", n, size)
		}
		earlier := w.at(n)
		if earlier.Root[rapid.IntRange(0, 31).Draw(t, "byte")]++; !errors.Is(extends.Check(earlier, w.at(size)), proof.ErrNotExtended) {
			t.Fatalf("another %d is extended", n)
		}
	})
}

// The empty tree is the beginning of all; trees so large that nobody has them are refused at once.
func TestProofsAtTheEnds(t *testing.T) {
	empty, some := proof.Checkpoint{Root: proof.EmptyRoot}, proof.Checkpoint{Size: 1, Root: tlog.RecordHash(nil)}
	if err := (proof.Consistency{New: 1}).Check(empty, some); err != nil {
		t.Error(err)
	}
	for name, p := range map[string]proof.Consistency{
		"with a hash": {New: 1, Hashes: tlog.TreeProof{{}}}, "backwards": {Old: 1}, "below nothing": {Old: -1, New: 1},
	} {
		if p.Check(proof.Checkpoint{Size: p.Old, Root: proof.EmptyRoot}, proof.Checkpoint{Size: p.New, Root: some.Root}) == nil {
			t.Errorf("%s: it extends", name)
		}
	}
	if (proof.Consistency{New: 1}).Check(proof.Checkpoint{}, some) == nil {
		t.Error("an empty tree with another root is extended")
	}
	const huge = 1<<62 + 1
	if (proof.Consistency{Old: 3, New: huge, Hashes: make(tlog.TreeProof, 70)}).Check(proof.Checkpoint{Size: 3}, proof.Checkpoint{Size: huge}) == nil {
		t.Error("a tree that nobody has extends another")
	}
	if (proof.Inclusion{Index: 3, Size: huge, Hashes: make(tlog.RecordProof, 70)}).Check(proof.Checkpoint{Size: huge}, tlog.Hash{}) == nil {
		t.Error("a tree that nobody has includes a leaf")
	}
}

// Words are those of the proquint scheme: its own examples, and one word for each sixteen bits.
func TestWords(t *testing.T) {
	root := tlog.Hash{127, 0, 0, 1, 63, 84, 220, 193, 0xff, 0xff, 0, 0}
	if got := strings.Join(proof.Words(root), " "); got != "lusab babad gutih tugad zuzuz babab babab babab" {
		t.Errorf("got %s", got)
	}
	seen := map[string]bool{}
	for i := range 1 << 16 {
		seen[proof.Words(tlog.Hash{byte(i >> 8), byte(i)})[0]] = true
	}
	if len(seen) != 1<<16 {
		t.Errorf("%d words", len(seen))
	}
}

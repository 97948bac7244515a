package transparency

import (
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/transparency-dev/formats/log"
	formats "github.com/transparency-dev/formats/note"
	"github.com/transparency-dev/merkle/compact"
	merkle "github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"signaalboek/domain/proof"
)

// What others wrote agrees with us about every root, and believes our proofs and no others.
func TestOthersBelieveOurProofs(t *testing.T) {
	const events = 700
	store := logOf(t, events)
	tree, leaves := openTree(t, t.TempDir(), store), leavesOf(t, store)
	roots := theirRoots(t, leaves)
	for size := int64(1); size <= events; size += 1 + size/5 {
		root, err := tree.Root(ctx, size)
		if err != nil || string(root[:]) != string(roots[size]) {
			t.Fatalf("they have another root of %d events: %v", size, err)
		}
		for index := int64(0); index < size; index += 1 + size/7 {
			included, err := tree.Inclusion(ctx, index, size)
			fatal(t, err)
			check := func(leaf tlog.Hash) error {
				return merkle.VerifyInclusion(rfc6962.DefaultHasher, uint64(index), uint64(size), leaf[:], raw(included.Hashes), roots[size])
			}
			if err := check(leaves[index]); err != nil {
				t.Errorf("event %d of %d: %v", index, size, err)
			}
			if size > 1 && check(leaves[(index+1)%size]) == nil {
				t.Errorf("another event is event %d of %d", index, size)
			}
			extends, err := tree.Consistency(ctx, index, size)
			fatal(t, err)
			if err := merkle.VerifyConsistency(rfc6962.DefaultHasher, uint64(index), uint64(size), raw(extends.Hashes), roots[index], roots[size]); err != nil {
				t.Errorf("%d extends %d: %v", size, index, err)
			}
		}
	}
}

// theirRoots is the root of every size, as they compute it.
func theirRoots(t *testing.T, leaves []tlog.Hash) [][]byte {
	t.Helper()
	factory := compact.RangeFactory{Hash: rfc6962.DefaultHasher.HashChildren}
	growing, roots := factory.NewEmptyRange(0), [][]byte{rfc6962.DefaultHasher.EmptyRoot()}
	for _, leaf := range leaves {
		fatal(t, growing.Append(leaf[:], nil))
		root, err := growing.GetRootHash(nil)
		fatal(t, err)
		roots = append(roots, root)
	}
	return roots
}

func raw(hashes []tlog.Hash) (all [][]byte) {
	for _, hash := range hashes {
		all = append(all, hash[:])
	}
	return all
}

// They read what the notary signs, and what a witness adds.
func TestOthersReadOurCheckpoints(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, heads := logOf(t, 300), &headMemory{}
		head, err := notaryOf(t, "one", store, heads).turn(t.Context())
		fatal(t, err)
		last, _ := head.Last()
		ours, err := formats.NewVerifier(head.Key)
		fatal(t, err)
		city, err := proof.NewWitnessKey("stad.example", [32]byte{1})
		fatal(t, err)
		verifier, err := head.Verifier()
		fatal(t, err)
		cosigned, err := city.Cosign([]byte(last.Note), verifier, time.Now())
		fatal(t, err)
		theirs, err := formats.NewVerifierForCosignatureV1(city.String())
		fatal(t, err)
		read, _, opened, err := log.ParseCheckpoint(cosigned, head.Origin, ours, theirs)
		fatal(t, err)
		if want := rootOf(leavesOf(t, store)); read.Size != 300 || string(read.Hash) != string(want[:]) || len(opened.Sigs) != 2 {
			t.Errorf("they read %d events, %d signatures, or another root", read.Size, len(opened.Sigs))
		}
	})
}

// The tiles stand where C2SP tlog-tiles says, and hold what it says; there is none of entries.
func TestTilesStandWhereOthersLook(t *testing.T) {
	dir, store := t.TempDir(), logOf(t, 2*tileWidth+44)
	openTree(t, dir, store)
	leaves := leavesOf(t, store)
	for path, want := range map[string][]tlog.Hash{
		"tile/0/000":      leaves[:tileWidth],
		"tile/0/001":      leaves[tileWidth : 2*tileWidth],
		"tile/0/002.p/44": leaves[2*tileWidth:],
		"tile/1/000.p/2":  {rootOf(leaves[:tileWidth]), rootOf(leaves[tileWidth : 2*tileWidth])},
	} {
		held, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(path)))
		if err != nil || string(held) != string(written(want)) {
			t.Errorf("%s holds %d bytes, not these: %v", path, len(held), err)
		}
	}
	if got := tileDir("").path(tlog.Tile{H: tileHeight, L: 1, N: 1234067, W: 8}); filepath.ToSlash(got) != "tile/1/x001/x234/067.p/8" {
		t.Errorf("a far tile stands at %s", got)
	}
	if _, err := os.Stat(filepath.Join(dir, "tile", "entries")); !os.IsNotExist(err) {
		t.Errorf("the log is shown: %v", err)
	}
}

// What version 1 kept is read for ever: a directory of tiles, a head and a key. What it signed and proved, every later one
// signs and proves.
func TestFrozen(t *testing.T) {
	const events = 300
	from, dir := filepath.Join("testdata", "version1"), filepath.Join(t.TempDir(), "tiles")
	fatal(t, os.CopyFS(dir, os.DirFS(filepath.Join(from, "tiles"))))
	store := logOf(t, events)
	tree, err := Open(ctx, dir, store)
	fatal(t, err)
	if tree.Size() != events {
		t.Fatalf("it begins anew: %d", tree.Size())
	}
	kept, err := os.ReadFile(filepath.Join(from, "head"))
	fatal(t, err)
	head, err := decode(kept)
	fatal(t, err)
	promised, err := head.Promised()
	fatal(t, err)
	if now := tree.Extent(); promised.Size != now.Size || promised.Root != now.Root {
		t.Error("the head promises another tree")
	}
	secret, err := aKey(t).secret(keyName)
	fatal(t, err)
	if text, err := os.ReadFile(filepath.Join(from, "signing.key")); err != nil || string(text) != secret+"\n" {
		t.Errorf("the key is written otherwise: %v", err)
	}
	signer, err := aKey(t).Signer(head.Origin)
	fatal(t, err)
	signed, err := promised.Sign(signer)
	fatal(t, err)
	last, _ := head.Last()
	if string(signed) != last.Note {
		t.Error("it signs otherwise")
	}
	if _, err := note.Open([]byte(last.Note), note.VerifierList(verifierOf(t, head))); err != nil {
		t.Error(err)
	}
	included, err := tree.Inclusion(ctx, 270, events)
	fatal(t, err)
	extends, err := tree.Consistency(ctx, 100, events)
	fatal(t, err)
	var said string
	for _, hash := range append(included.Hashes, extends.Hashes...) {
		said += hex.EncodeToString(hash[:]) + "\n"
	}
	said += fmt.Sprintf("%x\n", tree.Extent().Frontier.Sum)
	if want, err := os.ReadFile(filepath.Join(from, "proofs")); err != nil || said != string(want) {
		t.Errorf("it proves otherwise: %v\n%s", err, said)
	}
}

func verifierOf(t *testing.T, head Head) note.Verifier {
	t.Helper()
	verifier, err := head.Verifier()
	fatal(t, err)
	return verifier
}

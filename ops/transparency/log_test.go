package transparency

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"signaalboek/domain"
	"signaalboek/domain/domaintest"
	"signaalboek/domain/proof"
)

// tester is what *testing.T and *rapid.T share.
type tester interface {
	Helper()
	Fatal(...any)
	Errorf(string, ...any)
}

// draft is the nth event of a test, with metadata that commit to something.
func draft(n int) domain.Draft {
	noise := sha256.Sum256(fmt.Append(nil, n))
	fields := base64.StdEncoding.EncodeToString(append(noise[:], noise[:]...))
	nonce := base64.StdEncoding.EncodeToString(noise[:])
	return domain.Draft{
		ID: domain.EventID(noise[:16]), Name: "thing.happened.v1", At: time.UnixMicro(1_700_000_000_000_000 + int64(n)).UTC(),
		Payload: fmt.Appendf(nil, `{"number":%d}`, n), Metadata: fmt.Appendf(nil, `{"fields":%q,"nonce":%q}`, fields, nonce),
	}
}

// grow appends the events from one number up to another, each to one of a few streams.
func grow(t tester, store domain.Store, from, to int) {
	t.Helper()
	const streams = 5
	for n := from; n < to; n++ {
		stream := domain.NewStreamID("thing", fmt.Sprint(n%streams))
		if _, err := store.Append(context.Background(), stream, domain.Revision(n/streams-1), []domain.Draft{draft(n)}); err != nil {
			t.Fatal(err)
		}
	}
}

// logOf is a log of so many events.
func logOf(t tester, events int) *domaintest.MemStore {
	store := domaintest.NewMemStore(t)
	grow(t, store, 0, events)
	return store
}

// leavesOf is the leaves of a log, one by one.
func leavesOf(t tester, store domain.Store) (leaves []tlog.Hash) {
	t.Helper()
	for recorded, err := range store.ReadAll(context.Background(), domain.Position{}) {
		if err != nil {
			t.Fatal(err)
		}
		leaf, err := proof.Leaf(recorded)
		if err != nil {
			t.Fatal(err)
		}
		leaves = append(leaves, leaf)
	}
	return leaves
}

// rootOf is the root as RFC 6962 defines it.
func rootOf(leaves []tlog.Hash) tlog.Hash {
	switch len(leaves) {
	case 0:
		return proof.EmptyRoot
	case 1:
		return leaves[0]
	}
	half := 1
	for half*2 < len(leaves) {
		half *= 2
	}
	return tlog.NodeHash(rootOf(leaves[:half]), rootOf(leaves[half:]))
}

// openTree opens the tree of a log, and has it take in all.
func openTree(t tester, dir string, store domain.Store) *Tree {
	t.Helper()
	tree, err := Open(context.Background(), dir, store)
	if err == nil {
		err = tree.CatchUp(context.Background())
	}
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

func fatal(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

package api

import (
	"context"
	"slices"
	"sync"
	"testing"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"signaalboek/domain"
	"signaalboek/domain/domaintest"
	"signaalboek/domain/proof"
)

// notary is a History in memory: a tree over the whole log, signed whenever anybody asks.
type notary struct {
	store    *domaintest.MemStore
	signer   note.Signer
	verifier note.Verifier
	key      string
	witness  proof.WitnessKey
	policy   proof.Policy

	mu       sync.Mutex // guards what follows
	signed   []byte     // nil: nothing was signed yet
	last     proof.Checkpoint
	verified []Verification
	slow     chan struct{} // verifying waits until it is closed; nil: it does not wait
}

func newNotary(t testing.TB, store *domaintest.MemStore) *notary {
	t.Helper()
	private, public, err := note.GenerateKey(nil, "ledger.example/harelbeke")
	check(t, err)
	n := &notary{store: store, key: public}
	n.signer, err = note.NewSigner(private)
	check(t, err)
	n.verifier, err = note.NewVerifier(public)
	check(t, err)
	n.witness, err = proof.NewWitnessKey("stad", [32]byte{1})
	check(t, err)
	n.policy, err = proof.ParsePolicy("witness stad " + n.witness.String() + "\nquorum stad\n")
	check(t, err)
	return n
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// tree is the hashes over everything that is recorded, and where each event stands.
func (n *notary) tree() (hashes tlog.HashReader, places map[domain.Position]int64, err error) {
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(at []int64) (found []tlog.Hash, err error) {
		for _, i := range at {
			found = append(found, stored[i])
		}
		return found, nil
	})
	places = map[domain.Position]int64{}
	for r, err := range n.store.ReadAll(context.Background(), domain.Position{}) {
		if err != nil {
			return nil, nil, err
		}
		leaf, err := proof.Leaf(r)
		if err != nil {
			return nil, nil, err
		}
		more, err := tlog.StoredHashesForRecordHash(int64(len(places)), leaf, reader)
		if err != nil {
			return nil, nil, err
		}
		stored, places[r.Position] = append(stored, more...), int64(len(places))
	}
	return reader, places, nil
}

// sign signs the log as it is.
func (n *notary) sign(t testing.TB) {
	t.Helper()
	hashes, places, err := n.tree()
	check(t, err)
	root, err := tlog.TreeHash(int64(len(places)), hashes)
	check(t, err)
	n.mu.Lock()
	defer n.mu.Unlock()
	n.last = proof.Checkpoint{Origin: n.signer.Name(), Size: int64(len(places)), Root: root}
	n.signed, err = n.last.Sign(n.signer)
	check(t, err)
}

func (n *notary) Standing(context.Context) (Standing, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	standing := Standing{Verified: n.verified}
	if n.signed == nil {
		return standing, nil
	}
	standing.Log, standing.Key, standing.Signed, standing.Latest = n.verifier, n.key, n.signed, n.last
	standing.At, standing.Policy = now, n.policy
	witness := WitnessStanding{Name: n.witness.Name()}
	cosigned, err := proof.Cosignatures(n.signed, n.verifier, n.policy.Witnesses())
	if len(cosigned) > 0 {
		witness.At, witness.Size, witness.Latest = cosigned[0].At, n.last.Size, true
	}
	standing.Witnesses = []WitnessStanding{witness}
	standing.Earlier = []EndedHistory{{Origin: "ledger.example/vroeger", Size: 7, Reason: "restored", At: now}}
	return standing, err
}

func (n *notary) Prove(_ context.Context, event domain.Position) (proof.Inclusion, []byte, error) {
	hashes, places, err := n.tree()
	if err != nil {
		return proof.Inclusion{}, nil, err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	index := places[event]
	if n.signed == nil || index >= n.last.Size {
		return proof.Inclusion{}, nil, ErrUnsigned
	}
	path, err := tlog.ProveRecord(n.last.Size, index, hashes)
	return proof.Inclusion{Index: index, Size: n.last.Size, Hashes: path}, n.signed, err
}

func (n *notary) Request(_ context.Context, old int64) (proof.Request, error) {
	hashes, _, err := n.tree()
	if err != nil {
		return proof.Request{}, err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	switch {
	case n.signed == nil:
		return proof.Request{}, ErrUnsigned
	case old < 0 || old > n.last.Size:
		return proof.Request{}, ErrNoRequest
	}
	request := proof.Request{Consistency: proof.Consistency{Old: old, New: n.last.Size}, Signed: n.signed}
	if old > 0 {
		request.Hashes, err = tlog.ProveTree(n.last.Size, old, hashes)
	}
	return request, err
}

func (n *notary) Cosign(_ context.Context, line string) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.signed == nil {
		return ErrUnsigned
	}
	with := append(slices.Clone(n.signed), line+"\n"...)
	cosigned, err := proof.Cosignatures(with, n.verifier, n.policy.Witnesses())
	if err != nil || len(cosigned) == 0 {
		return ErrNoCosignature
	}
	n.signed = with
	return nil
}

func (n *notary) Verify(ctx context.Context, by domain.ActorID, progress func(done, total int64)) (Verification, error) {
	_, places, err := n.tree()
	progress(1, int64(len(places)))
	if n.slow != nil {
		select {
		case <-n.slow:
		case <-ctx.Done():
			return Verification{}, ctx.Err()
		}
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	done := Verification{At: now, By: by, What: "log", Size: int64(len(places)), Good: err == nil}
	n.verified = slices.Insert(n.verified, 0, done)
	return done, err
}

package transparency

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"signaalboek/domain/proof"
)

// ledgerToWitness signs trees of made-up leaves.
type ledgerToWitness struct {
	*testing.T
	signer   note.Signer
	verifier note.Verifier
	vkey     string
	key      proof.WitnessKey
	stored   []tlog.Hash
	size     int64
}

func newLedgerToWitness(t *testing.T) *ledgerToWitness {
	t.Helper()
	private, public, err := note.GenerateKey(nil, "ledger.example/one")
	l := &ledgerToWitness{T: t, vkey: public}
	l.check(err)
	l.signer, err = note.NewSigner(private)
	l.check(err)
	l.verifier, err = note.NewVerifier(public)
	l.check(err)
	l.key, err = proof.NewWitnessKey("stad", [32]byte{7})
	l.check(err)
	return l
}

func (l *ledgerToWitness) check(err error) {
	l.Helper()
	if err != nil {
		l.Fatal(err)
	}
}

func (l *ledgerToWitness) hashes() tlog.HashReaderFunc {
	return func(at []int64) (found []tlog.Hash, err error) {
		for _, i := range at {
			found = append(found, l.stored[i])
		}
		return found, nil
	}
}

// grow adds leaves, which are those of a history.
func (l *ledgerToWitness) grow(history string, leaves int) *ledgerToWitness {
	l.Helper()
	for range leaves {
		more, err := tlog.StoredHashes(l.size, []byte(history), l.hashes())
		l.check(err)
		l.stored, l.size = append(l.stored, more...), l.size+1
	}
	return l
}

// request asks to cosign the tree as it is, of somebody who cosigned old leaves.
func (l *ledgerToWitness) request(old int64) proof.Request {
	l.Helper()
	root, err := tlog.TreeHash(l.size, l.hashes())
	l.check(err)
	signed, err := proof.Checkpoint{Origin: l.signer.Name(), Size: l.size, Root: root}.Sign(l.signer)
	l.check(err)
	request := proof.Request{Consistency: proof.Consistency{Old: old, New: l.size}, Signed: signed}
	if old > 0 {
		request.Hashes, err = tlog.ProveTree(l.size, old, l.hashes())
		l.check(err)
	}
	return request
}

// asked has the witness cosign.
func (l *ledgerToWitness) asked(f *WitnessFile, request proof.Request) (string, error) {
	return f.Cosign(context.Background(), request, l.verifier, l.vkey, l.key, time.Unix(1700000000, 0))
}

func witnessFile(t *testing.T) *WitnessFile {
	return NewWitnessFile(filepath.Join(t.TempDir(), "witness"))
}

// What extends the last checkpoint is cosigned and remembered; asked again, the witness answers the same.
func TestAWitnessCosignsWhatExtends(t *testing.T) {
	l, f := newLedgerToWitness(t), witnessFile(t)
	first, err := l.asked(f, l.grow("one", 3).request(0))
	l.check(err)
	second := l.grow("one", 4).request(3)
	line, err := l.asked(f, second)
	l.check(err)
	again, err := l.asked(f, second)
	l.check(err)
	if line == first || again != line {
		t.Errorf("first %q, then %q, and again %q", first, line, again)
	}
	cosigned, err := proof.Cosignatures(append(second.Signed, line...), l.verifier, []proof.Witness{l.key.Witness})
	if err != nil || len(cosigned) != 1 {
		t.Errorf("cosigned are %v, %v", cosigned, err)
	}
	if last, err := f.Last("ledger.example/one"); err != nil || last.Size != 7 {
		t.Errorf("remembered is %+v, %v", last, err)
	}
}

// What does not extend it is not cosigned, and changes nothing; a fork is kept for whoever asks.
func TestWhatAWitnessRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		request func(l *ledgerToWitness) proof.Request
		want    error
		kept    int
	}{
		"an older checkpoint": {func(l *ledgerToWitness) proof.Request {
			l.stored, l.size = nil, 0
			return l.grow("one", 2).request(0)
		}, ErrWitnessOlder, 0},
		"another history of that size": {func(l *ledgerToWitness) proof.Request {
			l.stored, l.size = nil, 0
			return l.grow("two", 5).request(0)
		}, ErrWitnessFork, 1},
		"another history that is longer": {func(l *ledgerToWitness) proof.Request {
			l.stored, l.size = nil, 0
			return l.grow("two", 9).request(5)
		}, ErrWitnessFork, 1},
		"from another size": {func(l *ledgerToWitness) proof.Request { return l.grow("one", 3).request(4) }, proof.ErrOtherSize, 0},
		"from nothing":      {func(l *ledgerToWitness) proof.Request { return l.grow("one", 3).request(0) }, proof.ErrOtherSize, 0},
		"another key": {func(l *ledgerToWitness) proof.Request {
			other := newLedgerToWitness(t)
			l.signer, l.verifier, l.vkey = other.signer, other.verifier, other.vkey
			return l.grow("one", 3).request(5)
		}, ErrWitnessKey, 0},
	} {
		t.Run(name, func(t *testing.T) {
			l, f := newLedgerToWitness(t), witnessFile(t)
			_, err := l.asked(f, l.grow("one", 5).request(0))
			l.check(err)
			before, err := f.Last("ledger.example/one")
			l.check(err)
			line, err := l.asked(f, c.request(l))
			if !errors.Is(err, c.want) || line != "" {
				t.Errorf("answered %q, %v", line, err)
			}
			kept, err := f.Contradictions()
			if err != nil || len(kept) != c.kept {
				t.Errorf("kept %+v, %v", kept, err)
			}
			if after, err := f.Last("ledger.example/one"); err != nil || after != before {
				t.Errorf("remembered is %+v, %v", after, err)
			}
		})
	}
}

// A memory that is damaged is not taken for an empty one.
func TestAWitnessWhoForgot(t *testing.T) {
	l, f := newLedgerToWitness(t), witnessFile(t)
	_, err := l.asked(f, l.grow("one", 5).request(0))
	l.check(err)
	raw, err := os.ReadFile(f.path)
	l.check(err)
	raw[len(raw)/2] ^= 1
	l.check(os.WriteFile(f.path, raw, 0o600))
	if line, err := l.asked(f, l.grow("one", 1).request(0)); !errors.Is(err, ErrWitnessDamaged) {
		t.Errorf("answered %q, %v", line, err)
	}
}

// Of two histories that are asked at once, one is cosigned, whoever comes first.
func TestAWitnessWhoIsAskedTwiceAtOnce(t *testing.T) {
	one := newLedgerToWitness(t).grow("one", 5)
	two := *one
	two.stored, two.size = nil, 0
	two.grow("two", 5)
	requests, path := []proof.Request{one.request(0), two.request(0)}, witnessFile(t).path
	var asking sync.WaitGroup
	answers := make([]error, 8)
	for i := range answers {
		asking.Go(func() { _, answers[i] = one.asked(NewWitnessFile(path), requests[i%2]) })
	}
	asking.Wait()
	cosigned := [2]int{}
	for i, err := range answers {
		switch {
		case err == nil:
			cosigned[i%2]++
		case !errors.Is(err, ErrWitnessFork):
			t.Errorf("answered %v", err)
		}
	}
	if cosigned != [2]int{4, 0} && cosigned != [2]int{0, 4} {
		t.Errorf("cosigned %v", cosigned)
	}
}

package proof_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/transparency-dev/formats/log"
	formats "github.com/transparency-dev/formats/note"
	"github.com/transparency-dev/formats/witness"
	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"golang.org/x/mod/sumdb/note"
)

// The second opinion: what a bundle proves, checked by code that others wrote, from the bytes of its files alone.
func TestSecondOpinion(t *testing.T) {
	w, half, whole := halves(t)
	for name, bundle := range map[string]released{"half": half, "whole": whole} {
		files := opened(t, bundle.bundle(t))
		checkpoint := checkpointOf(t, w, files)
		root := checkpoint.Hash
		for i, included := range read[[]theirInclusion](t, files["proof/inclusion.json"]) {
			leaf := bundle.Events[i].Frame().Bytes()
			if err := proof.VerifyInclusion(rfc6962.DefaultHasher, included.Index, checkpoint.Size, rfc6962.DefaultHasher.HashLeaf(leaf), included.Hashes, root); err != nil {
				t.Errorf("%s: event %d: %v", name, i, err)
			}
			leaf[0]++
			if proof.VerifyInclusion(rfc6962.DefaultHasher, included.Index, checkpoint.Size, rfc6962.DefaultHasher.HashLeaf(leaf), included.Hashes, root) == nil {
				t.Errorf("%s: another event %d is included", name, i)
			}
		}
		for _, extends := range read[[]theirConsistency](t, files["proof/consistency.json"]) {
			if err := proof.VerifyConsistency(rfc6962.DefaultHasher, extends.Old, checkpoint.Size, extends.Hashes, extends.Root, root); err != nil {
				t.Errorf("%s: since the %s: %v", name, extends.Of, err)
			}
		}
	}
}

// checkpointOf is the checkpoint of a bundle, with the signatures of the ledger and both witnesses.
func checkpointOf(t *testing.T, w *town, files map[string][]byte) *log.Checkpoint {
	t.Helper()
	theirs := func(vkey string) note.Verifier {
		verifier, err := formats.NewVerifierForCosignatureV1(vkey)
		if err != nil {
			t.Fatal(err)
		}
		return verifier
	}
	ledger, err := formats.NewVerifier(strings.TrimSpace(string(files["proof/key.txt"])))
	if err != nil {
		t.Fatal(err)
	}
	checkpoint, _, opened, err := log.ParseCheckpoint(files["proof/checkpoint.txt"], origin, ledger, theirs(w.city.String()), theirs(w.partner.String()))
	if err != nil || len(opened.Sigs) != 3 {
		t.Fatalf("%+v, %v", opened, err)
	}
	policy, err := witness.ParsePolicy(fmt.Appendf(nil,
		"log %s\nwitness city %s https://city.example/\nwitness partner %s https://partner.example/\ngroup both all city partner\nquorum both\n", w.vkey, w.city, w.partner))
	if err != nil || !policy.Satisfied(files["proof/checkpoint.txt"]) || policy.Satisfied(w.signed(w.city)) {
		t.Errorf("their policy: %v", err)
	}
	return checkpoint
}

type theirInclusion struct {
	Index  uint64   `json:"index"`
	Size   uint64   `json:"size"`
	Hashes [][]byte `json:"hashes"`
}

type theirConsistency struct {
	Of     string   `json:"of"`
	Root   []byte   `json:"root"`
	Old    uint64   `json:"old"`
	Hashes [][]byte `json:"hashes"`
}

func read[T any](t *testing.T, content []byte) (value T) {
	t.Helper()
	if err := json.Unmarshal(content, &value); err != nil {
		t.Fatal(err)
	}
	return value
}

// opened is the files of a zip, as any program opens it.
func opened(t *testing.T, archive []byte) map[string][]byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, entry := range in.File {
		r, err := entry.Open()
		if err != nil {
			t.Fatal(err)
		}
		if files[entry.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// What a witness writes is what theirs writes, and each reads the other's; neither reads what was changed.
func TestCosignaturesOfOthers(t *testing.T) {
	w := newTown(t)
	w.grow()
	theirKey, err := formats.NewSignerForCosignatureV1(w.city.Secret())
	if err != nil {
		t.Fatal(err)
	}
	if theirKey.Name() != w.city.Name() || theirKey.KeyHash() != w.city.KeyHash() {
		t.Errorf("their key is %s %08x", theirKey.Name(), theirKey.KeyHash())
	}
	body := []byte(w.at(len(w.recorded)).Text())
	written, err := theirKey.Sign(body)
	if err != nil || !w.city.Verify(body, written) || w.partner.Verify(body, written) {
		t.Errorf("theirs is not read: %v", err)
	}
	written[len(written)-1]++
	if w.city.Verify(body, written) {
		t.Error("what was changed is read")
	}
	verifier, err := formats.NewVerifierForCosignatureV1(w.city.String())
	if err != nil {
		t.Fatal(err)
	}
	opened, err := note.Open(w.signed(w.city, w.partner), note.VerifierList(verifier))
	if err != nil || len(opened.Sigs) != 1 {
		t.Fatalf("ours is not read: %v", err)
	}
	if at, err := formats.CoSigV1Timestamp(opened.Sigs[0]); err != nil || !at.Equal(now) {
		t.Errorf("cosigned at %v, %v", at, err)
	}
	raw, err := base64.StdEncoding.DecodeString(opened.Sigs[0].Base64)
	if err != nil || verifier.Verify(append(body, '\n'), raw[4:]) {
		t.Error("theirs reads ours under another body")
	}
}

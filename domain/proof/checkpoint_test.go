package proof_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"signaalboek/domain/proof"
)

var emptyRoot = proof.EmptyRoot.String()

func TestCheckpointRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := proof.Checkpoint{
			Origin: rapid.StringMatching(`[a-z]+\.example(/[a-z]+)?`).Draw(t, "origin"),
			Size:   rapid.Int64Min(0).Draw(t, "size"), Root: tlog.RecordHash(rapid.SliceOf(rapid.Byte()).Draw(t, "root")),
		}
		more := rapid.SampledFrom([]string{"", "extension\n", "two\nlines\n"}).Draw(t, "more")
		if back, err := proof.ParseCheckpoint(c.Text() + more); err != nil || back != c {
			t.Fatalf("%v, %v", back, err)
		}
	})
}

func TestWhatIsNoCheckpoint(t *testing.T) {
	loose := emptyRoot[:42] + string(emptyRoot[42]+1) + "=" // the last character holds two bits that are none of the root's
	for name, text := range map[string]string{
		"nothing": "", "one line": "o\n", "two lines": "o\n1\n", "no end": "o\n1\n" + emptyRoot, "no origin": "\n1\n" + emptyRoot + "\n",
		"no size": "o\n\n" + emptyRoot + "\n", "a sign": "o\n+1\n" + emptyRoot + "\n", "less than none": "o\n-1\n" + emptyRoot + "\n",
		"a zero before": "o\n01\n" + emptyRoot + "\n", "too large": "o\n9223372036854775808\n" + emptyRoot + "\n", "spaces": "o\n 1\n" + emptyRoot + "\n",
		"no root": "o\n1\n\n", "half a root": "o\n1\n" + emptyRoot[:20] + "\n", "loose bits": "o\n1\n" + loose + "\n",
		"windows": "o\r\n1\r\n" + emptyRoot + "\r\n", "half a line more": "o\n1\n" + emptyRoot + "\nmore",
	} {
		if c, err := proof.ParseCheckpoint(text); !errors.Is(err, proof.ErrCheckpoint) {
			t.Errorf("%s: %+v, %v", name, c, err)
		}
	}
}

// A checkpoint is its ledger's only: another key, another origin, another byte, and it is none.
func TestOpen(t *testing.T) {
	w := newTown(t)
	w.grow()
	c, signed := w.at(3), []byte(nil)
	var err error
	if signed, err = c.Sign(w.signer); err != nil {
		t.Fatal(err)
	}
	if back, err := proof.Open(signed, w.verifier()); err != nil || back != c {
		t.Errorf("%v, %v", back, err)
	}
	other := &town{t: t}
	other.rekey()
	if _, err := proof.Open(signed, other.verifier()); !errors.Is(err, proof.ErrCheckpoint) {
		t.Errorf("by another key: %v", err)
	}
	if _, err := (proof.Checkpoint{Origin: "elsewhere"}).Sign(w.signer); !errors.Is(err, proof.ErrCheckpoint) {
		t.Errorf("of another origin: %v", err)
	}
	foreign, err := note.Sign(&note.Note{Text: "elsewhere\n3\n" + emptyRoot + "\n"}, w.signer)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := proof.Open(foreign, w.verifier()); !errors.Is(err, proof.ErrCheckpoint) {
		t.Errorf("signed for another ledger: %v", err)
	}
	for at := range signed {
		changed := bytes.Clone(signed)
		changed[at] ^= 1
		if _, err := proof.Open(changed, w.verifier()); err == nil {
			t.Errorf("byte %d changed, and it opens", at)
		}
	}
}

// Base64 that ends in bits that mean nothing is another text, and no signature.
func TestLooseBitsInASignature(t *testing.T) {
	w := newTown(t)
	w.grow()
	signed := w.signed()
	at := bytes.LastIndexByte(signed, '=') - 1
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	signed[at] = alphabet[strings.IndexByte(alphabet, signed[at])^1]
	line := signed[bytes.LastIndexByte(signed[:at], ' ')+1 : len(signed)-1]
	if _, err := base64.StdEncoding.DecodeString(string(line)); err != nil {
		t.Fatal(err)
	}
	if _, err := proof.Open(signed, w.verifier()); !errors.Is(err, proof.ErrCheckpoint) {
		t.Errorf("it opens: %v", err)
	}
}

// A witness alone says nothing: the ledger's own signature comes first.
func TestCosignaturesStandBesideASignature(t *testing.T) {
	w := newTown(t)
	w.grow()
	signed := w.signed(w.city)
	body, lines, _ := bytes.Cut(signed, []byte("\n\n"))
	_, cosigned, _ := bytes.Cut(lines, []byte("\n"))
	alone := bytes.Join([][]byte{body, cosigned}, []byte("\n\n"))
	if found, err := proof.Cosignatures(alone, w.verifier(), []proof.Witness{w.city.Witness}); !errors.Is(err, proof.ErrCheckpoint) {
		t.Errorf("%v, %v", found, err)
	}
	found, err := proof.Cosignatures(signed, w.verifier(), []proof.Witness{w.city.Witness, w.partner.Witness})
	if err != nil || len(found) != 1 || found[0] != (proof.Cosignature{Witness: "city.example", At: now}) {
		t.Errorf("%v, %v", found, err)
	}
	if found, err := proof.Cosignatures(signed, w.verifier(), nil); err != nil || len(found) != 0 {
		t.Errorf("of nobody: %v, %v", found, err)
	}
}

package proof_test

import (
	"bytes"
	"testing"

	"signaalboek/domain/proof"
)

// Whatever is given for a bundle: there is one finding for each check, and what holds is what Zip made.
func FuzzVerify(f *testing.F) {
	w, half, whole := halves(f)
	policy, previous := w.policy(), half.bundle(f)
	f.Add(whole.bundle(f))
	f.Add(zipped(f, whole.frozen))
	f.Add([]byte("PK"))
	f.Fuzz(func(t *testing.T, bundle []byte) {
		verdict := proof.Verify(bundle, proof.Reader{Policy: policy, Previous: previous})
		if len(verdict.Findings) != len(proof.Checks()) {
			t.Fatalf("%d findings", len(verdict.Findings))
		}
		if verdict.Result() != proof.Held {
			return
		}
		files, err := proof.Unzip(bundle)
		if err != nil || !bytes.Equal(zipped(t, files), bundle) {
			t.Fatalf("it holds, and is not what it would be: %v", err)
		}
		proof.Verify(whole.bundle(t), proof.Reader{Previous: bundle})
	})
}

// The files of a bundle, one other at a time, put together as they should be: so the readers of each are reached.
func FuzzFile(f *testing.F) {
	w, _, whole := halves(f)
	policy, files := w.policy(), whole.files(f)
	for i, file := range files {
		f.Add(i, file.Content)
	}
	f.Fuzz(func(t *testing.T, which int, content []byte) {
		changed := append([]proof.File(nil), files...)
		i := int(uint(which) % uint(len(files)))
		same := bytes.Equal(changed[i].Content, content)
		changed[i].Content = content
		if result := proof.Verify(zipped(t, changed), proof.Reader{Policy: policy}).Result(); (result == proof.Held) != same {
			t.Fatalf("%s: %s", files[i].Name, result)
		}
	})
}

// What is read as a text of ours is written as the same text.
func FuzzTexts(f *testing.F) {
	w := newTown(f)
	w.grow()
	signed, ledger := w.signed(w.city), w.verifier()
	f.Add(w.at(3).Text())
	f.Add(proof.Request{Signed: signed}.Text())
	f.Add("log " + w.vkey + "\nwitness c " + w.city.String() + "\nquorum c\n")
	f.Add(w.city.String())
	f.Add(w.city.Secret())
	f.Fuzz(func(t *testing.T, text string) {
		if c, err := proof.ParseCheckpoint(text); err == nil && text[:len(c.Text())] != c.Text() {
			t.Errorf("checkpoint %q", text)
		}
		if r, err := proof.ParseRequest(text); err == nil && r.Text() != text {
			t.Errorf("request %q", text)
		}
		if key, err := proof.ParseWitness(text); err == nil && key.String() != text {
			t.Errorf("witness %q", text)
		}
		if policy, err := proof.ParsePolicy(text); err == nil {
			_ = policy.CheckQuorum(signed, ledger)
		}
	})
}

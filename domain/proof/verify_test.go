package proof_test

import (
	"os"
	"slices"
	"testing"

	"signaalboek/domain/proof"
)

// Of an untouched bundle everything holds, and what is not there is said to be absent.
func TestUntouched(t *testing.T) {
	w, half, whole := halves(t)
	for name, given := range map[string]struct {
		bundle    released
		by        proof.Reader
		want      proof.Result
		undecided []proof.Check
		absent    []proof.Check
	}{
		"the first": {half, proof.Reader{Policy: w.policy()}, proof.Held, nil, []proof.Check{proof.CheckSincePrevious}},
		"the next":  {whole, proof.Reader{Policy: w.policy(), Previous: half.bundle(t)}, proof.Held, nil, nil},
		"alone":     {whole, proof.Reader{Policy: w.policy()}, proof.Held, nil, nil},
		"by nobody": {whole, proof.Reader{}, proof.Undecided, []proof.Check{proof.CheckKey, proof.CheckQuorum}, nil},
		"itself":    {whole, proof.Reader{Policy: w.policy(), Previous: whole.bundle(t)}, proof.Held, nil, nil},
	} {
		verdict := proof.Verify(given.bundle.bundle(t), given.by)
		if verdict.Result() != given.want || *verdict.Checkpoint != w.at(int(verdict.Checkpoint.Size)) || verdict.Key != w.vkey {
			t.Errorf("%s: %+v", name, verdict)
		}
		for i, finding := range verdict.Findings {
			want := proof.Held
			switch {
			case slices.Contains(given.undecided, finding.Check):
				want = proof.Undecided
			case slices.Contains(given.absent, finding.Check):
				want = proof.Absent
			}
			if finding.Result != want || finding.Check != proof.Checks()[i] {
				t.Errorf("%s: %+v, want %s", name, finding, want)
			}
		}
	}
}

// Bundles, a policy and a key that were made once are read for ever.
func TestFrozenBundle(t *testing.T) {
	const folder = "testdata/"
	if _, err := os.Stat(folder + "bundle.v1.zip"); *freeze && os.IsNotExist(err) {
		w, half, whole := halves(t)
		frozen(t, folder+"previous.v1.zip", half.bundle(t))
		frozen(t, folder+"bundle.v1.zip", whole.bundle(t))
		frozen(t, folder+"policy.v1.txt", []byte(w.policyText()))
	}
	read := func(name string) []byte {
		content, err := os.ReadFile(folder + name)
		if err != nil {
			t.Fatal(err)
		}
		return content
	}
	policy, err := proof.ParsePolicy(string(read("policy.v1.txt")))
	if err != nil {
		t.Fatal(err)
	}
	verdict := proof.Verify(read("bundle.v1.zip"), proof.Reader{Policy: &policy, Previous: read("previous.v1.zip")})
	for _, finding := range verdict.Findings {
		if finding.Result != proof.Held {
			t.Errorf("%+v", finding)
		}
	}
}

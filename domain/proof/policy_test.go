package proof_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"signaalboek/domain/proof"
)

// The language of policies, line by line; L, C and P stand for the keys of a ledger and two witnesses.
func TestPolicies(t *testing.T) {
	w := newTown(t)
	w.grow()
	keys := strings.NewReplacer("L", w.vkey, "C", w.city.String(), "P", w.partner.String())
	signed := map[string][]byte{"none": w.signed(), "city": w.signed(w.city), "partner": w.signed(w.partner), "both": w.signed(w.partner, w.city)}
	for text, believed := range map[string]string{
		"log L\nquorum none\n":                "none city partner both",
		"# a remark\n\n log\tL \nquorum none": "none city partner both",
		"log L\nwitness c C\nquorum c":        "city both",
		"log L https://ledger.example\nwitness c C https://city.example\nquorum c": "city both",
		"log L\nwitness c C\nwitness p P\ngroup g any c p\nquorum g":               "city partner both",
		"log L\nwitness c C\nwitness p P\ngroup g all c p\nquorum g":               "both",
		"log L\nwitness c C\nwitness p P\ngroup g 1 c p\nquorum g":                 "city partner both",
		"log L\nwitness c C\nwitness p P\ngroup g 2 c p\nquorum g":                 "both",
		"log L\nwitness c C\nwitness p P\ngroup g 1 c\ngroup h all g p\nquorum h":  "both",
		"log L\nwitness c C\nwitness p P\nquorum p":                                "partner both",
		"witness c C\nquorum c": "", // no ledger is believed by it
	} {
		policy, err := proof.ParsePolicy(keys.Replace(text))
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		for by, note := range signed {
			c, err := policy.Check(note)
			if want := strings.Contains(" "+believed+" ", " "+by+" "); (err == nil) != want || want && c != w.at(len(w.recorded)) {
				t.Errorf("%q, cosigned by %s: %v", text, by, err)
			}
			if err != nil && len(policy.Logs) > 0 && !errors.Is(err, proof.ErrQuorum) {
				t.Errorf("%q, cosigned by %s: %v", text, by, err)
			}
		}
	}
	policy := proof.NoWitnesses(w.verifier())
	if _, err := policy.Check(signed["none"]); err != nil || len(policy.Witnesses()) != 0 {
		t.Errorf("without witnesses: %v", err)
	}
	other := &town{t: t}
	other.rekey()
	if _, err := proof.NoWitnesses(other.verifier()).Check(signed["both"]); !errors.Is(err, proof.ErrCheckpoint) {
		t.Errorf("of another ledger: %v", err)
	}
}

func TestWhatIsNoPolicy(t *testing.T) {
	w := newTown(t)
	seed := [32]byte{7}
	twice := [2]proof.WitnessKey{}
	for i, name := range []string{"one.example", "two.example"} {
		key, err := proof.NewWitnessKey(name, seed)
		if err != nil {
			t.Fatal(err)
		}
		twice[i] = key
	}
	keys := strings.NewReplacer("L", w.vkey, "C", w.city.String(), "P", w.partner.String(), "X", twice[0].String(), "Y", twice[1].String())
	for text, line := range map[string]int{
		"": 0, "log L": 0, "quorum c": 1, "log L\nlog L\nquorum none": 2, "log C\nquorum none": 1, "log\nquorum none": 1, "log L b c\nquorum none": 1,
		"witness c L\nquorum c": 1, "witness c\nquorum none": 1, "witness none C\nquorum none": 1, "witness c C\nwitness c P\nquorum c": 2,
		"witness c C\nwitness d C\nquorum c": 2, "witness c C\nquorum c\nquorum c": 3, "witness c C\nquorum c d": 2, "witness c C\ngroup g 0 c\nquorum g": 2,
		"witness c C\ngroup g 2 c\nquorum g": 2, "witness c C\ngroup g 01 c\nquorum g": 2, "witness c C\ngroup g some c\nquorum g": 2,
		"witness c C\ngroup g all\nquorum g": 2, "witness c C\ngroup g all c c\nquorum g": 2, "witness c C\ngroup g all g\nquorum g": 2,
		"witness c C\ngroup g all c\ngroup h all c\nquorum g": 3, "witness c C\ngroup c all c\nquorum c": 2, "witness c C\ngroup g all d\nquorum g": 2,
		"witness x X\nwitness y Y\ngroup g all x y\nquorum g": 2, // one key under two names
		"believe everybody\nquorum none":                      1, "LOG L\nquorum none": 1,
	} {
		_, err := proof.ParsePolicy(keys.Replace(text))
		if !errors.Is(err, proof.ErrPolicy) || line > 0 && !strings.Contains(err.Error(), fmt.Sprintf("line %d:", line)) {
			t.Errorf("%q: %v, want line %d", text, err, line)
		}
	}
}

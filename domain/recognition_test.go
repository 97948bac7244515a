package domain_test

import (
	"testing"

	"pgregory.net/rapid"

	"signaalboek/domain"
)

func TestRecognitionsAreReadAsTheyAreWritten(t *testing.T) {
	answers := []domain.Answer{domain.Unknown, domain.Yes, domain.No}
	rapid.Check(t, func(t *rapid.T) {
		written := domain.Recognition{
			EarlierYear:     rapid.SampledFrom(answers).Draw(t, "year"),
			EarlierYearHere: rapid.SampledFrom(answers).Draw(t, "here"),
		}
		copy(written.Pseudonym[:], rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "pseudonym"))
		raw, err := written.MarshalBinary()
		var read domain.Recognition
		if err != nil || len(raw) != 18 || read.UnmarshalBinary(raw) != nil || read != written {
			t.Fatalf("%+v written as %x, %v, read as %+v", written, raw, err, read)
		}
	})
}

// The form is for ever: 16 bytes of pseudonym, then the answers, 0 unknown, 1 yes and 2 no.
func TestRecognitionsHaveOneForm(t *testing.T) {
	written := domain.Recognition{Pseudonym: domain.Pseudonym{1, 15: 16}, EarlierYear: domain.Yes, EarlierYearHere: domain.No}
	raw, _ := written.MarshalBinary()
	if want := string([]byte{1, 15: 16, 16: 1, 17: 2}); string(raw) != want {
		t.Errorf("written as %x, want %x", raw, want)
	}
	for name, raw := range map[string][]byte{
		"nothing": nil, "short": raw[:17], "long": append(raw[:18:18], 0),
		"no answer": {16: 3, 17: 0}, "no answer here": {16: 0, 17: 3},
	} {
		if err := new(domain.Recognition).UnmarshalBinary(raw); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
	for answer, valid := range map[domain.Answer]bool{domain.Yes: true, domain.No: true, domain.Unknown: true, "": false, "maybe": false} {
		if answer.Valid() != valid {
			t.Errorf("%q is an answer: %t", answer, !valid)
		}
	}
}

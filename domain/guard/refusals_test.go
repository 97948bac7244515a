package guard_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/guard"
)

var (
	author    = domain.ActorID(uuid.MustParse("6f9f2c9e-6c3f-4e0e-9d55-0d8b1b8f0001"))
	colleague = domain.ActorID(uuid.MustParse("6f9f2c9e-6c3f-4e0e-9d55-0d8b1b8f0002"))
)

func TestOverrideOfNobody(t *testing.T) {
	for _, over := range []guard.Override{{By: colleague}, {Classes: []guard.Class{guard.Age}}} {
		if over.IsZero() {
			t.Errorf("%+v overrides something", over)
		}
	}
	if !(guard.Override{}).IsZero() {
		t.Error("nobody overrides anything")
	}
}

func TestAdmit(t *testing.T) {
	const asks, asksMore, blocks = "een vrouw van 34 jaar", "Fatima, een vrouw van 34 jaar", "bel 0479 12 34 56"
	over := func(by domain.ActorID, classes ...guard.Class) guard.Override {
		return guard.Override{By: by, Classes: classes}
	}
	tests := map[string]struct {
		text     string
		override guard.Override
		want     error
	}{
		"nothing to find":              {"de bus is te duur", guard.Override{}, nil},
		"an answer to no question":     {"de bus is te duur", over(author, guard.Age), nil},
		"blocked":                      {blocks, guard.Override{}, guard.ErrBlocked},
		"blocked, whoever says not":    {blocks, over(colleague, guard.Telephone), guard.ErrBlocked},
		"asked":                        {asks, guard.Override{}, guard.ErrAsked},
		"answered by nobody":           {asks, over(domain.ActorID{}, guard.Age), guard.ErrAsked},
		"answered by the author":       {asks, over(author, guard.Age), guard.ErrOwnOverride},
		"answered by a colleague":      {asks, over(colleague, guard.Age), nil},
		"answered for something else":  {asks, over(colleague, guard.Name), guard.ErrAsked},
		"answered for part of it":      {asksMore, over(colleague, guard.Age), guard.ErrAsked},
		"answered for each part of it": {asksMore, over(colleague, guard.Age, guard.Name), nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			err := harelbeke().Admit(domain.ToSeal(tt.text), "/statement", author, tt.override)
			if !errors.Is(err, tt.want) || (err == nil) != (tt.want == nil) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
		})
	}
}

// A refusal says where things are, and never what stands there.
func TestRefusalNamesClassesAndPlaces(t *testing.T) {
	const text = "bel 0479 12 34 56, een vrouw van 34 jaar"
	err := harelbeke().AdmitText(text, "/statement", author, guard.Override{})
	refusal, ok := errors.AsType[*domain.Refusal](err)
	if !ok || refusal.Field != "/statement" {
		t.Fatalf("got %v", err)
	}
	found := guard.Found(refusal)
	if len(found) != 2 || text[found[0].Start:found[0].End] != "0479 12 34 56" || found[1].Class != guard.Age {
		t.Errorf("found %v", found)
	}
	if strings.Contains(refusal.With["found"], "0479") {
		t.Error("the refusal repeats the text")
	}
}

// What is sealed already was read when it came in; a recognition is no text.
func TestAdmitReadsWhatWaitsToBeSealed(t *testing.T) {
	const text = "bel 0479 12 34 56"
	for name, s := range map[string]domain.Sealed{
		"closed":      {Key: uuid.UUID{1}, Box: text},
		"recognition": domain.ToSealUnder("recognition/x/2022", []byte(text)),
		"no text":     domain.ToSeal(""),
	} {
		if err := harelbeke().Admit(s, "", author, guard.Override{}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

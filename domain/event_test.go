package domain_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"signaalboek/domain"
)

func TestStreamNames(t *testing.T) {
	stream := domain.NewStreamID("forum", "harelbeke-centrum.college")
	if stream != "forum-harelbeke-centrum.college" || stream.Category() != "forum" || stream.Key() != "harelbeke-centrum.college" {
		t.Errorf("%s: category %s, key %s", stream, stream.Category(), stream.Key())
	}
	longest := domain.StreamID("a-" + strings.Repeat("x", domain.MaxStreamID-2))
	for name, want := range map[domain.StreamID]bool{
		"signal-a": true, "a-0": true, "z-9": true, "a-b-c": true, "a-b.c": true, longest: true, longest + "x": false,
		"": false, "signal": false, "signal-": false, "-a": false, "Signal-a": false, "signal-A": false, "signal-a/b": false,
		"signal-a:b": false, "signal-a`b": false, "signal-a{b": false, "sig nal-a": false, "signal-é": false,
	} {
		if name.Valid() != want {
			t.Errorf("%q is a name: %t", name, !want)
		}
	}
}

func TestNamesOfPracticesAndCodes(t *testing.T) {
	longest := strings.Repeat("x", domain.MaxCode)
	for name, want := range map[string]bool{
		"harelbeke-centrum": true, "0-9": true, longest: true, longest + "x": false, "": false, "a.b": false, "A": false, "a b": false,
	} {
		if domain.PracticeID(name).Valid() != want || domain.Code(name).Valid() != want {
			t.Errorf("%q is a name: %t", name, !want)
		}
	}
}

func TestPositionsAreOrderedByCommitAndThenPrepare(t *testing.T) {
	inOrder := []domain.Position{{}, {Prepare: 9}, {Commit: 1}, {Commit: 1, Prepare: 1}, {Commit: 2}, {Commit: 2, Prepare: 1}}
	for i, p := range inOrder {
		for j, q := range inOrder {
			if p.Before(q) != (i < j) || (p.Compare(q) < 0) != (i < j) || (p.Compare(q) == 0) != (i == j) {
				t.Errorf("%v and %v: before %t, compare %d", p, q, p.Before(q), p.Compare(q))
			}
		}
		if p.IsZero() != (i == 0) {
			t.Errorf("%v is zero: %t", p, p.IsZero())
		}
	}
}

func TestPositionsAreReadAsTheyAreWritten(t *testing.T) {
	for text, p := range map[string]domain.Position{"0": {}, "7": {Commit: 7}, "7.1": {Commit: 7, Prepare: 1}} {
		if read, err := domain.ParsePosition(text); err != nil || read != p || p.String() != text {
			t.Errorf("%s read as %v, %v; written %s", text, read, err, p)
		}
	}
	for _, text := range []string{"", "a", "7.", ".1", "7.0", "07", "7.01", "-1", "7.1.2", " 7", "7 ", "7.1 ", "18446744073709551616"} {
		if p, err := domain.ParsePosition(text); err == nil || p != (domain.Position{}) {
			t.Errorf("%q read as %v, %v", text, p, err)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		p := domain.Position{Commit: rapid.Uint64().Draw(t, "commit"), Prepare: rapid.Uint64().Draw(t, "prepare")}
		if read, err := domain.ParsePosition(p.String()); err != nil || read != p {
			t.Fatalf("%s read as %v, %v", p, read, err)
		}
	})
}

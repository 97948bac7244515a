package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A release that is out is made once more from the log, and is the same to the byte. Made in another way, here by a program
// that says on every document that all is invented, it is not, and the files that differ are named.
func TestAReleaseIsMadeOnceMore(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	p := launch(t, "serve", "--data", data)
	id, _ := p.released(colleague(t, data))
	p.end()

	said, err := commandOutput(t, "verify-release", id, "--data", data)
	if err != nil || !strings.Contains(said, "tot op de letter hetzelfde") {
		t.Fatalf("made once more: %q, %v", said, err)
	}
	remembered, err := commandOutput(t, "history", "--data", data)
	if err != nil || !strings.Contains(remembered, "een publicatie, over 3 gebeurtenissen, in orde") {
		t.Errorf("nobody remembers that it was looked at: %q, %v", remembered, err)
	}
	if err := os.WriteFile(filepath.Join(data, "demonstration"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	said, err = commandOutput(t, "verify-release", id, "--data", data, "--json")
	var rerun rerunSaid
	if failed := json.Unmarshal([]byte(said), &rerun); failed != nil || err == nil || rerun.Same || rerun.Published == rerun.Again {
		t.Fatalf("made otherwise: %q, %v", said, err)
	}
	if !slices.Contains(rerun.Differing, "council/overview.html") || slices.Contains(rerun.Differing, "release.json") {
		t.Errorf("differing: %q", rerun.Differing)
	}
}

func TestMistakesAboutMakingAReleaseOnceMore(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	p := launch(t, "serve", "--data", data)
	proposal := p.proposal(2025)
	p.end()
	for want, words := range map[string][]string{
		"Schrijf: verify-release NUMMER":    {"verify-release"},
		"is geen nummer van een publicatie": {"verify-release", "x"},
		"Die publicatie is er niet":         {"verify-release", "b4a9c2a0-0000-4000-8000-000000000000"},
		"is nooit verschenen":               {"verify-release", proposal},
		"staat niet in het logboek":         {"verify-release", proposal, "--practice", "together"},
	} {
		if _, err := commandOutput(t, append(words, "--data", data)...); err == nil || !strings.Contains(explain(err), want) {
			t.Errorf("%q: %v", words, err)
		}
	}
}

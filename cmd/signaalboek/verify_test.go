package main

import (
	"path/filepath"
	"strings"
	"testing"

	"signaalboek/cmd/verdict"
)

// A check that could not be done does not end as one that found something wrong.
func TestWhatCouldNotBeCheckedIsNotWrong(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "ledger")
	launch(t, "serve", "--data", data).end()
	for _, words := range []string{
		"verify --data " + data + "-none",
		"verify --data " + data + " --no-such-option",
		"verify --data " + data + " --checkpoint not-there",
		"verify-release 123 --data " + data,
		"verify-release 6f0bd2f8-3f0e-4b0c-8f2e-0a4b7ad4b2a1 --data " + data,
	} {
		if _, err := commandOutput(t, strings.Fields(words)...); exitCode(err) != verdict.Misused {
			t.Errorf("%s ends with %d: %v", words, exitCode(err), err)
		}
	}
	if _, err := commandOutput(t, "verify", "--data", data); err != nil {
		t.Errorf("an untouched ledger: %v", err)
	}
}

package main

import (
	"bytes"
	"errors"
	"flag"
	"maps"
	"slices"
	"strings"
	"testing"
)

// Every command says in Dutch what it does, and what it can be told.
func TestEveryCommandExplainsItself(t *testing.T) {
	t.Parallel()
	names := slices.Collect(maps.Keys(manuals()))
	for _, c := range commands() {
		names = append(names, c.name)
	}
	for _, name := range names {
		var shown bytes.Buffer
		err := run(t.Context(), append(strings.Fields(name), "--help"), nil, &shown, &shown)
		if !errors.Is(err, flag.ErrHelp) {
			t.Errorf("%s --help ends with %v", name, err)
		}
		said := shown.String()
		if !strings.HasPrefix(said, "Gebruik: signaalboek "+name) || !strings.Contains(said, manuals()[name].does) {
			t.Errorf("%s --help says\n%s", name, said)
		}
		for _, english := range []string{"Usage", "(default", "value"} {
			if strings.Contains(said, english) {
				t.Errorf("%s --help says %q", name, english)
			}
		}
	}
}

// A slip of the pen is told in Dutch, and what was given is not repeated: it may be a password.
func TestAnUnknownOptionIsToldInDutch(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{
		{"serve", "--wachtwoord", "geheim"}, {"serve", "--backup-keep", "geheim"}, {"history", "accept", "--geheim"},
		{"witness", "cosign", "--geheim"},
	} {
		var shown bytes.Buffer
		err := run(t.Context(), args, nil, &shown, &shown)
		if err == nil || !strings.HasPrefix(explain(err), "Een optie is niet gekend") || shown.Len() > 0 || strings.Contains(explain(err), "geheim") {
			t.Errorf("%q: %v, and %q", args, err, shown.String())
		}
	}
}

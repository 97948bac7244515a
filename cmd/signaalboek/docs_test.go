package main

import (
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// examples finds the commands that a document shows.
var examples = regexp.MustCompile("(?s)```sh\n(.*?)```")

// What the README shows is true: its examples run against the demonstration.
func TestExamplesOfTheReadme(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	found := examples.FindAllSubmatch(readme, -1)
	if len(found) == 0 {
		t.Fatal("the README shows no examples")
	}
	p := launchDemo(t)
	for _, example := range found {
		shell := exec.CommandContext(t.Context(), "sh", "-e")
		shell.Stdin = strings.NewReader(string(example[1]))
		shell.Env = append(os.Environ(), "ADDRESS="+p.Address, "TOKEN="+p.Token)
		if out, err := shell.CombinedOutput(); err != nil {
			t.Errorf("%s\n%v: %s", example[1], err, out)
		}
	}
}

// Every file that a document points to is there.
func TestLinksOfTheDocuments(t *testing.T) {
	top := filepath.Join("..", "..")
	documents, err := filepath.Glob(filepath.Join(top, "ops", "docs", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	link := regexp.MustCompile(`\]\(([^)#:]+)\)`)
	for _, document := range append(documents, filepath.Join(top, "README.md")) {
		text, err := os.ReadFile(document)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range link.FindAllSubmatch(text, -1) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(document), string(found[1]))); err != nil {
				t.Errorf("%s points to %s: %v", filepath.Base(document), found[1], err)
			}
		}
	}
}

// Every sub-command is in the documents.
func TestDocumentsNameEveryCommand(t *testing.T) {
	operations, err := os.ReadFile(filepath.Join("..", "..", "ops", "docs", "operations.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range commands() {
		if !strings.Contains(string(operations), "signaalboek "+c.name) {
			t.Errorf("operations.md does not tell what signaalboek %s does", c.name)
		}
	}
}

// shown finds the commands of this program that stand in a text: at the beginning of a line, between backticks, or after
// the directory of the program.
var shown = regexp.MustCompile("(?m)(?:^ *|`|bin/)signaalboek ([a-z]+)((?:[ \\t]+[^\\s`]+)*)")

// option is an option within one; it may stand on the next line.
var (
	option   = regexp.MustCompile(`\s--([a-z-]+)`)
	nextLine = regexp.MustCompile(`\n +--`)
)

// Every command that a document or a deployment shows exists, with its options.
func TestShownCommandsExist(t *testing.T) {
	top := filepath.Join("..", "..", "ops")
	documents, err := filepath.Glob(filepath.Join(top, "docs", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	documents = append(documents, filepath.Join("..", "..", "README.md"), filepath.Join(top, "deploy", "signaalboek.service"))
	if optionsOf(t, "serve")["vault"] { // only a program that shares its vault is deployed on several replicas
		documents = append(documents, filepath.Join(top, "deploy", "compose.yaml"))
	}
	seen := 0
	for _, document := range documents {
		text, err := os.ReadFile(document)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range shown.FindAllStringSubmatch(nextLine.ReplaceAllString(string(text), " --"), -1) {
			seen++
			taken := optionsOf(t, found[1])
			for _, given := range option.FindAllStringSubmatch(found[2], -1) {
				if !taken[given[1]] {
					t.Errorf("%s: signaalboek %s takes no --%s", filepath.Base(document), found[1], given[1])
				}
			}
		}
	}
	if seen < 10 {
		t.Errorf("only %d commands are shown: the search is wrong", seen)
	}
}

// optionsOf are the options that a sub-command says it takes.
func optionsOf(t *testing.T, name string) map[string]bool {
	t.Helper()
	var said strings.Builder
	if err := run(t.Context(), []string{name, "--help"}, nil, &said, &said); !errors.Is(err, flag.ErrHelp) {
		t.Errorf("signaalboek %s --help: %v", name, err)
	}
	options := map[string]bool{}
	for _, found := range regexp.MustCompile(`(?m)^  --([a-z-]+)`).FindAllStringSubmatch(said.String(), -1) {
		options[found[1]] = true
	}
	return options
}

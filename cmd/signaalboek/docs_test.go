package main

import (
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
	readme, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	found := examples.FindAllSubmatch(readme, -1)
	if len(found) == 0 {
		t.Fatal("the README shows no examples")
	}
	p := launch(t, "demo")
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

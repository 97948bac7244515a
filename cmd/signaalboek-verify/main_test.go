package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// The program holds what it needs and nothing else: no site, no log, no database, nothing that calls anybody. Package net is
// there for uuid, which knows addresses of network cards.
func TestWhatIsInIt(t *testing.T) {
	out, err := exec.CommandContext(t.Context(), "go", "list", "-deps", "-f", "{{if not .Standard}}{{.ImportPath}}{{else}}std {{.ImportPath}}{{end}}", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	var others []string
	for line := range strings.Lines(string(out)) {
		name, standard := strings.CutPrefix(strings.TrimSpace(line), "std ")
		switch {
		case !standard && !strings.Contains(name, "/internal"):
			others = append(others, name)
		case standard && slices.Contains([]string{"net/http", "net/rpc", "net/smtp", "database/sql", "os/exec", "plugin", "html/template", "crypto/tls"}, name):
			t.Errorf("%s is in it", name)
		}
	}
	slices.Sort(others)
	want := []string{
		"github.com/go-json-experiment/json", "github.com/go-json-experiment/json/jsontext", "github.com/google/uuid",
		"golang.org/x/mod/sumdb/note", "golang.org/x/mod/sumdb/tlog",
		"signaalboek/cmd/signaalboek-verify", "signaalboek/cmd/verdict", "signaalboek/domain", "signaalboek/domain/proof",
	}
	if !slices.Equal(others, want) {
		t.Errorf("in it are %q", others)
	}
}

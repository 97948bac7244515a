// Package archtest holds the architecture: the table below says what each package may import, and every package must
// stand in it. It reads the files themselves, because what the go command reports in a test is cached.
package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "signaalboek"

// root is the top of the repository, seen from this package.
const root = "../.."

// rule is what the packages of one row may import, beside the standard library.
type rule struct {
	packages []string // patterns: an exact path, or "x/..." for x and everything below it
	ours     []string // patterns of our own packages
	others   []string // prefixes of third-party packages
	never    []string // packages of the standard library, and "time.Now"
}

var pure = []string{"os", "net", "net/http", "log", "log/slog", "math/rand", "math/rand/v2", "crypto/rand", "sync", "time.Now"}

const (
	uuid  = "github.com/google/uuid"
	jsonx = "github.com/go-json-experiment/json"
	text  = "golang.org/x/text"

	merkle = "golang.org/x/mod/sumdb"
	age    = "filippo.io/age"

	sqlite = "github.com/ncruces/go-sqlite3"

	eventStore = "github.com/EventStore/EventStore-Client-Go/v4"
	grpc       = "google.golang.org/grpc"
	pgx        = "github.com/jackc/pgx/v5"
)

// table is the dependency table of the architecture. The first row that names a package counts.
var table = []rule{
	{packages: []string{"domain"}, others: []string{uuid}, never: pure},
	{
		packages: []string{
			"domain/practice", "domain/contact", "domain/session", "domain/focusgroep", "domain/signal", "domain/bundle",
			"domain/referral", "domain/forum", "domain/recommendation", "domain/pursuit", "domain/vocabulary",
		},
		ours: []string{"domain", "domain/pursuit", "domain/vocabulary"}, others: []string{uuid}, never: pure,
	},
	{ // says how wide the tables are that went out, in the words of the gate
		packages: []string{"domain/release"},
		ours:     []string{"domain", "domain/pursuit", "domain/vocabulary", "domain/disclosure"}, others: []string{uuid}, never: pure,
	},
	{
		packages: []string{"domain/guard"},
		ours:     []string{"domain", "domain/vocabulary"}, others: []string{uuid, text}, never: pure,
	},
	{packages: []string{"domain/disclosure"}, ours: []string{"domain", "domain/vocabulary"}, never: pure},
	{packages: []string{"domain/proof"}, ours: []string{"domain"}, others: []string{uuid, jsonx, merkle}, never: pure},
	{packages: []string{"domain/catalog"}, ours: []string{"domain/..."}, others: []string{uuid, jsonx}, never: pure},
	{
		packages: []string{"domain/ledger"}, ours: []string{"domain/..."}, others: []string{uuid, jsonx},
		never: []string{"os", "net", "net/http", "log", "log/slog", "time.Now"},
	},
	{
		packages: []string{"domain/audit"}, ours: []string{"domain", "domain/catalog", "domain/proof"},
		others: []string{jsonx, merkle}, never: pure,
	},
	{packages: []string{"domain/domaintest"}, ours: []string{"domain"}, others: []string{uuid, "pgregory.net/rapid"}},
	{
		packages: []string{"projections"}, ours: []string{"domain/..."}, others: []string{uuid, jsonx, text},
		never: []string{"os", "net", "net/http", "time.Now"},
	},
	{
		packages: []string{"api/export"}, ours: []string{"domain/...", "projections", "api/web"},
		others: []string{jsonx, "github.com/xuri/excelize/v2"}, never: []string{"os", "net", "net/http", "time.Now"},
	},
	{ // what outsiders reach: the nouns of releases, and so nothing else
		packages: []string{"api/outside"}, ours: []string{"domain", "domain/release"},
		others: []string{"github.com/gorilla/mux", uuid, jsonx},
		never:  []string{"os", "net", "log", "log/slog", "math/rand", "math/rand/v2", "crypto/rand", "time.Now"},
	},
	{
		packages: []string{"api/..."}, ours: []string{"domain/...", "projections", "api/..."},
		others: []string{"github.com/gorilla/mux", uuid, jsonx, text, merkle, "golang.org/x/net/html", "github.com/getkin/kin-openapi", "rsc.io/qr"},
		never:  []string{"os"},
	},
	{packages: []string{"ops/durable"}},
	{packages: []string{"ops/atrest"}, ours: []string{"ops/durable"}, others: []string{sqlite}},
	{packages: []string{"ops/eventlog/sqlite"}, ours: []string{"domain", "ops/atrest", "ops/durable"}, others: []string{uuid, sqlite}},
	{packages: []string{"ops/accounts"}, ours: []string{"domain", "ops/atrest", "ops/postgres"}, others: []string{uuid, sqlite, pgx}},
	{packages: []string{"ops/eventlog/esdb"}, ours: []string{"domain"}, others: []string{uuid, jsonx, eventStore + "/esdb", grpc}},
	{packages: []string{"ops/eventlog/esdbtest"}, others: []string{uuid, eventStore + "/protos", grpc}},
	{packages: []string{"ops/migrate"}, ours: []string{"domain"}},
	{
		packages: []string{"ops/transparency"}, ours: []string{"domain", "domain/proof", "ops/postgres", "ops/durable"},
		others: []string{uuid, jsonx, merkle, sqlite, pgx},
	},
	{packages: []string{"ops/backup"}, ours: []string{"domain", "domain/proof", "ops/durable"}, others: []string{jsonx, merkle, age}},
	{packages: []string{"ops/vault"}, ours: []string{"domain", "ops/durable"}, others: []string{uuid, jsonx}},
	{packages: []string{"ops/vault/sqlite"}, ours: []string{"domain", "ops/atrest", "ops/vault", "ops/durable"}, others: []string{uuid, sqlite}},
	{packages: []string{"ops/vault/postgres"}, ours: []string{"domain", "ops/vault", "ops/postgres"}, others: []string{uuid, pgx}},
	{packages: []string{"ops/metrics"}, ours: []string{"domain"}, others: []string{"github.com/prometheus/client_golang"}},
	{packages: []string{"ops/postgres"}, others: []string{pgx}},
	{packages: []string{"ops/postgrestest"}},
	{ // the attacker's command: publishes with what publishes, and reads the files with its own eyes
		packages: []string{"ops/attack"},
		ours:     []string{"domain", "domain/disclosure", "domain/release", "domain/vocabulary", "projections", "api/export"},
		others:   []string{jsonx, "gonum.org/v1/gonum"},
	},
	{packages: []string{"ops/lifecycle", "ops/archtest"}, ours: []string{"domain"}},
	{ // a program of its own, for whoever reads releases: it checks, and does nothing else
		packages: []string{"cmd/signaalboek-verify", "cmd/verdict"},
		ours:     []string{"domain", "domain/proof", "cmd/verdict"}, others: []string{jsonx},
		never: []string{"net", "net/http", "os/exec", "log", "log/slog", "math/rand", "math/rand/v2", "crypto/rand", "time.Now"},
	},
	{packages: []string{"cmd/..."}, ours: []string{"..."}, others: []string{""}},
}

// ourTop is what stands at the top of the repository, dot-files aside. The user fixed it.
var ourTop = []string{"Makefile", "README.md", "api", "cmd", "domain", "go.mod", "go.sum", "ops", "projections"}

func TestTopLevel(t *testing.T) {
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if name := entry.Name(); !strings.HasPrefix(name, ".") && !ignored[name] && !slices.Contains(ourTop, name) {
			t.Errorf("%s is not part of the layout", name)
		}
	}
}

// ignored is what builds and runs leave at the top: it is in .gitignore.
var ignored = map[string]bool{"bin": true, "data": true}

func TestImports(t *testing.T) {
	eachFile(t, func(t *testing.T, pkg, file string, tree *ast.File) {
		rule, found := ruleFor(pkg)
		if !found {
			t.Errorf("%s: package %s is in no row of the table", file, pkg)
			return
		}
		for _, spec := range tree.Imports {
			imported, _ := strconv.Unquote(spec.Path.Value)
			if why := rule.forbids(pkg, imported); why != "" {
				t.Errorf("%s imports %s: %s", file, imported, why)
			}
		}
		if slices.Contains(rule.never, "time.Now") && calls(tree, "time", "Now") {
			t.Errorf("%s reads the clock", file)
		}
	})
}

// forTests are the tools for testing. The benchmarks, a module of its own, may use them too.
var forTests = []string{"domain/domaintest", "ops/eventlog/esdbtest", "ops/postgrestest"}

// Tests may import more, but only they may import the tools for testing.
func TestToolsForTestingAreForTests(t *testing.T) {
	eachFile(t, func(t *testing.T, pkg, file string, tree *ast.File) {
		for _, spec := range tree.Imports {
			imported, _ := strconv.Unquote(spec.Path.Value)
			if slices.Contains(forTests, strings.TrimPrefix(imported, module+"/")) {
				t.Errorf("%s is not a test and imports %s", file, imported)
			}
		}
	})
}

// Every package says what it is for, and every exported name what it means.
func TestComments(t *testing.T) {
	documented := map[string]bool{}
	eachFile(t, func(t *testing.T, pkg, file string, tree *ast.File) {
		documented[pkg] = documented[pkg] || tree.Doc != nil
		for _, decl := range tree.Decls {
			if name := undocumented(decl); name != "" {
				t.Errorf("%s: %s has no comment", file, name)
			}
		}
	})
	for pkg, said := range documented {
		if !said {
			t.Errorf("package %s has no comment", pkg)
		}
	}
}

// ARCHITECTURE.md says of every package what it is: by its path, or, in a row of several, by its name.
func TestTheMapNamesEveryPackage(t *testing.T) {
	document, err := os.ReadFile(filepath.Join(root, "ops", "docs", "ARCHITECTURE.md"))
	if err != nil {
		t.Fatal(err)
	}
	looked := map[string]bool{}
	eachFile(t, func(t *testing.T, pkg, _ string, _ *ast.File) {
		named := func(name string) bool { return strings.Contains(string(document), "`"+name+"`") }
		if !looked[pkg] && !named(pkg) && !named(path.Base(pkg)) {
			t.Errorf("package %s is not on the map", pkg)
		}
		looked[pkg] = true
	})
	if len(looked) < 30 {
		t.Errorf("only %d packages were found", len(looked))
	}
}

// undocumented is the exported name that a declaration makes without a comment, if any. Names of an interface that
// somebody else documented (EventName, String, Error …) speak for themselves.
func undocumented(decl ast.Decl) string {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if d.Doc == nil && d.Name.IsExported() && d.Recv == nil {
			return d.Name.Name
		}
	case *ast.GenDecl:
		if d.Doc != nil || d.Tok == token.IMPORT {
			return ""
		}
		for _, spec := range d.Specs {
			if name := undocumentedSpec(spec); name != "" {
				return name
			}
		}
	}
	return ""
}

func undocumentedSpec(spec ast.Spec) string {
	switch s := spec.(type) {
	case *ast.TypeSpec:
		if s.Doc == nil && s.Name.IsExported() {
			return s.Name.Name
		}
	case *ast.ValueSpec:
		for _, name := range s.Names {
			if s.Doc == nil && s.Comment == nil && name.IsExported() {
				return name.Name
			}
		}
	}
	return ""
}

func (r rule) forbids(pkg, imported string) string {
	switch {
	case slices.Contains(r.never, imported):
		return "not allowed here"
	case imported == module || strings.HasPrefix(imported, module+"/"):
		ours := strings.TrimPrefix(imported, module+"/")
		if ours != pkg && !matchesAny(r.ours, ours) {
			return "an arrow that is not in the table"
		}
	case strings.Contains(strings.SplitN(imported, "/", 2)[0], "."):
		if !slices.ContainsFunc(r.others, func(prefix string) bool { return strings.HasPrefix(imported, prefix) }) {
			return "a third-party package that is not in the table"
		}
	}
	return ""
}

func ruleFor(pkg string) (rule, bool) {
	for _, r := range table {
		if matchesAny(r.packages, pkg) {
			return r, true
		}
	}
	return rule{}, false
}

func matchesAny(patterns []string, pkg string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		below, deep := strings.CutSuffix(pattern, "...")
		return pkg == pattern || deep && (strings.HasPrefix(pkg+"/", below))
	})
}

func calls(tree *ast.File, pkg, name string) bool {
	found := false
	ast.Inspect(tree, func(n ast.Node) bool {
		if selector, ok := n.(*ast.SelectorExpr); ok && selector.Sel.Name == name {
			x, ok := selector.X.(*ast.Ident)
			found = found || ok && x.Name == pkg
		}
		return !found
	})
	return found
}

// eachFile parses every Go file of this module that is not a test.
func eachFile(t *testing.T, visit func(t *testing.T, pkg, file string, tree *ast.File)) {
	t.Helper()
	err := filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (skipped(entry.Name()) || file != root && isModule(file)):
			return fs.SkipDir
		case entry.IsDir() || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go"):
			return nil
		}
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(root, file)
		if err != nil {
			return err
		}
		visit(t, path.Dir(filepath.ToSlash(relative)), relative, tree)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func skipped(name string) bool {
	return name == "testdata" || name == "node_modules" || strings.HasPrefix(name, ".") && name != "." && name != ".."
}

// isModule reports whether a folder is a module of its own, such as the benchmarks with their peers.
func isModule(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "go.mod"))
	return err == nil
}

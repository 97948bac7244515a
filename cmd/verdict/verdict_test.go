package verdict

import (
	"bytes"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"

	"signaalboek/domain/proof"
)

// The bundles that package proof reads for ever.
const (
	whole    = "../../domain/proof/testdata/bundle.v1.zip"
	previous = "../../domain/proof/testdata/previous.v1.zip"
	policy   = "../../domain/proof/testdata/policy.v1.txt"
)

// damaged is a bundle of which the first such text is another one of that length.
func damaged(t *testing.T, from, to string) string {
	t.Helper()
	content, err := os.ReadFile(whole)
	if err != nil || !bytes.Contains(content, []byte(from)) || len(from) != len(to) {
		t.Fatal("nothing to damage", err)
	}
	return saved(t, bytes.Replace(content, []byte(from), []byte(to), 1))
}

func saved(t *testing.T, content []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(name, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// What the command ends with, and what it says to people.
func TestRun(t *testing.T) {
	for name, tt := range map[string]struct {
		args []string
		code int
		says []string
	}{
		"all of it":        {[]string{whole, "--policy", policy, "--previous", previous}, Good, []string{"Alles klopt.", "city.example op 8 februari 2023", "masom salad"}},
		"options first":    {[]string{"--policy=" + policy, whole}, Good, []string{"Alles klopt."}},
		"nobody to trust":  {[]string{whole}, Undecided, []string{"De sleutel komt uit het bestand zelf", "quorum none", "Niet alles kon nagekeken worden."}},
		"the older one":    {[]string{previous, "--policy", policy, "--previous", whole}, Undecided, []string{"Verwissel de bestanden"}},
		"a changed file":   {[]string{damaged(t, "Zo is er geteld", "Zo was er gered"), "--policy", policy}, Wrong, []string{"Vertrouw dit bestand niet", "Het eerste dat niet klopt: method.txt."}},
		"no zip":           {[]string{policy}, Wrong, []string{"geen zip"}},
		"help":             {[]string{"--help"}, Good, nil},
		"nothing":          {nil, Misused, nil},
		"two of them":      {[]string{whole, previous}, Misused, nil},
		"not there":        {[]string{"not-there.zip"}, Misused, nil},
		"a folder":         {[]string{"testdata/.."}, Misused, nil},
		"no such option":   {[]string{whole, "--trust-me"}, Misused, nil},
		"no policy":        {[]string{whole, "--policy", whole}, Misused, nil},
		"no previous":      {[]string{whole, "--previous", "not-there.zip"}, Misused, nil},
		"no file of trust": {[]string{whole, "--policy", "not-there.txt"}, Misused, nil},
	} {
		var out bytes.Buffer
		code, err := Run("signaalboek-verify", tt.args, &out, io.Discard)
		if code != tt.code || (err != nil) != (code == Misused) || err != nil && strings.Contains(err.Error(), "%!") {
			t.Errorf("%s: %d, %v", name, code, err)
		}
		for _, says := range tt.says {
			if !strings.Contains(out.String(), says) {
				t.Errorf("%s: does not say %q:\n%s", name, says, out.String())
			}
		}
	}
	if _, err := Run("x", []string{whole}, broken{}, io.Discard); err == nil {
		t.Error("what cannot be written is no verdict")
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("broken") }

// A bundle is told from options of another command.
func TestNames(t *testing.T) {
	for _, tt := range []struct {
		args []string
		is   bool
	}{
		{[]string{"a.zip"}, true}, {[]string{"a.zip", "--json", "--policy", "p"}, true}, {nil, false}, {[]string{"--json"}, false},
		{[]string{"--data", "d"}, false}, {[]string{"--policy", "p"}, false}, {[]string{"a", "b"}, false},
	} {
		if Names(tt.args) != tt.is {
			t.Errorf("%q", tt.args)
		}
	}
}

// Programs read the same: every check, in its order.
func TestJSON(t *testing.T) {
	var out bytes.Buffer
	if code, err := Run("x", []string{whole, "--policy", policy, "--json"}, &out, io.Discard); code != Good || err != nil {
		t.Fatal(code, err)
	}
	var read written
	if err := json.Unmarshal(out.Bytes(), &read, json.RejectUnknownMembers(true)); err != nil || strings.Count(out.String(), "\n") != 1 {
		t.Fatal(err, out.String())
	}
	if read.Result != proof.Held || len(read.Cosignatures) != 2 || len(read.Checkpoint.Words) != 8 || len(read.Checks) != len(proof.Checks()) {
		t.Errorf("%+v", read)
	}
	for i, finding := range read.Checks {
		if finding.Check != proof.Checks()[i] || finding.Result != proof.Held {
			t.Errorf("%+v", finding)
		}
	}
}

// Every check, result and reason of package proof has its words, and there are no others.
func TestEverythingHasWords(t *testing.T) {
	if said := keys(titles); !slices.Equal(said, valuesOf(t, "Check")) {
		t.Errorf("checks: %q", said)
	}
	if said := keys(reasons); !slices.Equal(said, valuesOf(t, "Reason")) {
		t.Errorf("reasons: %q\nare %q", said, valuesOf(t, "Reason"))
	}
	if said := keys(marks); !slices.Equal(said, valuesOf(t, "Result")) {
		t.Errorf("results: %q", said)
	}
}

func keys[K ~string](words map[K]string) (all []string) {
	for key, said := range words {
		if said != "" {
			all = append(all, string(key))
		}
	}
	slices.Sort(all)
	return all
}

// valuesOf is the constants of a type of package proof.
func valuesOf(t *testing.T, name string) (all []string) {
	t.Helper()
	for _, file := range []string{"verify.go", "taken.go"} {
		tree, err := parser.ParseFile(token.NewFileSet(), "../../domain/proof/"+file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(node ast.Node) bool {
			spec, ok := node.(*ast.ValueSpec)
			if !ok || len(spec.Values) != 1 {
				return true
			}
			literal, isLiteral := spec.Values[0].(*ast.BasicLit)
			if kind, is := spec.Type.(*ast.Ident); is && kind.Name == name && isLiteral {
				value, _ := strconv.Unquote(literal.Value)
				all = append(all, value)
			}
			return true
		})
	}
	slices.Sort(all)
	return all
}

// Names in a bundle are somebody else's: they move no cursor, and turn no line around.
func TestNamesOfOthersAreShownPlainly(t *testing.T) {
	said := sentence(proof.Finding{Check: proof.CheckFiles, Result: proof.Failed, Reason: proof.FileExtra, Wrong: "a\x1b[2J\u202e\n[klopt]"})
	if strings.ContainsAny(said, "\x1b\u202e\n") {
		t.Errorf("%q", said)
	}
}

package web

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"signaalboek/domain"
	"signaalboek/domain/release"
	"signaalboek/domain/vocabulary"
)

// Every refusal that anybody can meet has its sentence, and every sentence is of a refusal.
func TestEveryRefusalHasItsSentence(t *testing.T) {
	declared, named := declaredCodes(t)
	if len(declared) < 100 {
		t.Fatalf("found only %d refusals: the search is wrong", len(declared))
	}
	for code, where := range declared {
		if _, known := refusals[code]; !known {
			t.Errorf("%s: refusal %q has no sentence", where, code)
		}
	}
	for code, r := range refusals {
		if declared[code] == "" {
			t.Errorf("the sentence of %q is never used", code)
		}
		for _, key := range placeholder.FindAllString(r.Sentence, -1) {
			if !named[strings.Trim(key, "{}")] {
				t.Errorf("%s: no refusal ever names %s", code, key)
			}
		}
	}
}

// declaredCodes reads in the source itself the codes of domain.Refuse(kind, code) and obstruct(status, code), with the
// file they stand in, and the keys of Naming(key, value) and naming(key, value).
func declaredCodes(t *testing.T) (codes map[string]string, named map[string]bool) {
	t.Helper()
	codes, named = map[string]string{}, map[string]bool{}
	for _, root := range []string{"../../domain", "../../projections", "../../api"} {
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(node ast.Node) bool {
				if code := literal(node, 1, "Refuse", "obstruct"); code != "" {
					codes[code] = path
				}
				named[literal(node, 0, "Naming", "naming")] = true
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return codes, named
}

// literal is a text that stands as an argument in a call of one of some functions; empty if node is no such call.
func literal(node ast.Node, argument int, functions ...string) string {
	call, ok := node.(*ast.CallExpr)
	if !ok || len(call.Args) != 2 {
		return ""
	}
	name := ""
	switch called := call.Fun.(type) {
	case *ast.Ident:
		name = called.Name
	case *ast.SelectorExpr:
		name = called.Sel.Name
	}
	written, ok := call.Args[argument].(*ast.BasicLit)
	if !ok || !slices.Contains(functions, name) {
		return ""
	}
	text, _ := strconv.Unquote(written.Value)
	return text
}

func TestNoRefusalStandsTwice(t *testing.T) {
	count := 0
	for _, one := range refusalsOfNouns {
		count += len(one)
	}
	if count != len(refusals) {
		t.Errorf("%d of %d refusals have the code of another", count-len(refusals), count)
	}
}

func TestSentences(t *testing.T) {
	for code, r := range refusals {
		if r.Title == "" || strings.HasSuffix(r.Title, ".") {
			t.Errorf("%s: title %q", code, r.Title)
		}
		for _, sentence := range []string{r.Sentence, r.Remedy} {
			if len(sentence) < 10 || !strings.ContainsAny(sentence[len(sentence)-1:], ".…\xa6?") {
				t.Errorf("%s: not a sentence: %q", code, sentence)
			}
		}
		if strings.Contains(r.Title+r.Remedy, "{") {
			t.Errorf("%s: title and remedy name no values", code)
		}
	}
}

func TestRefusalSentence(t *testing.T) {
	book, _ := vocabulary.Defaults(vocabulary.Harelbeke2022)
	tests := map[string]struct {
		refusal *domain.Refusal
		want    string
	}{
		"a day":                {domain.Refuse(domain.Invalid, "date-in-future").Naming("today", "2026-03-05"), "vandaag is het 05/03/2026"},
		"a list":               {vocabulary.ErrUnknownCode.Naming("list", "theme").Naming("code", "vakantie"), "vakantie staat niet in de lijst thema’s"},
		"a label":              {vocabulary.ErrUnknownCode.Naming("list", "theme").Naming("code", "huisvesting"), "Huisvesting"},
		"a forum":              {domain.Refuse(domain.Conflict, "forum-retired").Naming("forum", "team-opstap"), "Team Opstap komt niet meer samen"},
		"a period":             {release.ErrOpen.Naming("period", release.Period{Year: 2026, Part: release.FirstHalf}.String()), "klaar: de eerste helft van 2026"},
		"a year":               {release.ErrOut.Naming("period", release.Period{Year: 2026, Part: release.WholeYear}.String()), "gepubliceerd: het jaar 2026"},
		"a number":             {domain.Refuse(domain.Invalid, "text-too-long").Naming("most", "280"), "langer dan 280 tekens"},
		"nothing that it says": {domain.Refuse(domain.Invalid, "text-too-long"), "langer dan … tekens"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if said := RefusalSentence(tt.refusal, book); !strings.Contains(said, tt.want) {
				t.Errorf("said %q, without %q", said, tt.want)
			}
		})
	}
}

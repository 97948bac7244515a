package web

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Where sentences are asked for: {{t "key"}}, T("key"), {{plural .N "key"}}, amount{n, "key"}, {{word "family" .Value}}.
var (
	asked    = regexp.MustCompile(`\b(?:t|T)[ (]"([^"]+)"`)
	counted  = regexp.MustCompile(`\b(?:plural|Plural|amount)[ ({][^"{}\n]*?"([^"]+)"`)
	comments = regexp.MustCompile(`(?m)^\s*//.*$`)
	families = regexp.MustCompile(`\b(?:word|Word|options|Options)[ (]"([^"]+)"`)
)

func sources(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	for _, pattern := range []string{"pages/*.html", "editions/*.html", "*.go", "../*.go", "../export/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			body, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			all.WriteString(comments.ReplaceAllString(string(body), ""))
		}
	}
	return all.String()
}

// used is every key that is asked for, and every family.
func used(t *testing.T) (keys, kin map[string]bool) {
	t.Helper()
	all := sources(t)
	keys, kin = map[string]bool{}, map[string]bool{}
	for _, found := range asked.FindAllStringSubmatch(all, -1) {
		keys[found[1]] = true
	}
	for _, found := range counted.FindAllStringSubmatch(all, -1) {
		keys[found[1]+".one"], keys[found[1]+".many"] = true, true
	}
	for _, found := range families.FindAllStringSubmatch(all, -1) {
		kin[found[1]] = true
	}
	for page, sections := range textPages {
		keys[page+".title"] = true
		for _, section := range sections {
			keys[page+"."+section], keys[page+"."+section+".text"] = true, true
		}
	}
	return keys, kin
}

func TestEverySentenceThatIsAskedForIsThere(t *testing.T) {
	keys, _ := used(t)
	for key := range keys {
		if texts[key] == "" {
			t.Errorf("no sentence for %q", key)
		}
	}
}

func TestEverySentenceIsUsed(t *testing.T) {
	keys, _ := used(t)
	for key := range texts {
		family, value, _ := strings.Cut(key, ".")
		if !keys[key] && !slices.Contains(familyValues[family], value) {
			t.Errorf("nobody asks for %q", key)
		}
	}
}

func TestNoSentenceStandsTwice(t *testing.T) {
	count := 0
	for _, one := range textsOfNouns {
		count += len(one)
	}
	if count != len(texts) {
		t.Errorf("%d of %d sentences have the key of another", count-len(texts), count)
	}
}

func TestEveryFamilyHasAWordForEveryValue(t *testing.T) {
	_, kin := used(t)
	for family := range kin {
		if len(familyValues[family]) == 0 {
			t.Errorf("family %q is used, and its values are not listed in familyValues", family)
		}
	}
	for family, values := range familyValues {
		for _, value := range values {
			if texts[family+"."+value] == "" {
				t.Errorf("no word for %q of %q", value, family)
			}
		}
	}
}

func TestSentencesAreDutchOfHere(t *testing.T) {
	for key, text := range texts {
		if strings.Contains(text, "'") && !strings.Contains(text, "'t Spoor") {
			t.Errorf("%q has a straight apostrophe", key)
		}
		if strings.Contains(text, "  ") || strings.TrimSpace(text) != text {
			t.Errorf("%q has a space too many", key)
		}
	}
}

package outside

import (
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"signaalboek/domain/release"
)

// spoken finds the keys that pages and code say.
var spoken = regexp.MustCompile(`\b(?:t|text\() ?"([a-z.-]+)"`)

// families are the beginnings of keys whose end is a value.
var families = map[string][]string{
	"edition.":   {string(release.Council), string(release.Partners), string(release.Residents)},
	"withdrawn.": {string(release.ErasedText), string(release.Recognisable), string(release.Mistaken)},
	"period.":    {string(release.FirstHalf), string(release.WholeYear)},

	"practice.lead.": {string(release.Together)}, "release.frozen.": {string(release.Together)},
}

func TestEveryTextIsThereAndUsed(t *testing.T) {
	var said strings.Builder
	for _, file := range append(pagesOf(t), "page.go", "file.go", "answer.go", "text.go", "outside.go") {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		said.Write(content)
	}
	var keys []string
	for _, found := range spoken.FindAllStringSubmatch(said.String(), -1) {
		keys = append(keys, found[1])
	}
	for family, values := range families {
		keys = slices.DeleteFunc(keys, func(key string) bool { return key == family })
		for _, value := range values {
			keys = append(keys, family+value)
		}
	}
	for _, refused := range []refusal{errAbsent, errGone, errMethod, errParameter, errMoment, errNotReady, errAway, errFault} {
		keys = append(keys, "refused."+refused.key, "refused."+refused.key+".text")
	}
	for _, key := range keys {
		if texts[key] == "" && !strings.HasSuffix(key, ".") {
			t.Errorf("there is no text %s", key)
		}
	}
	for key := range texts {
		named := strings.HasPrefix(key, "file.") || strings.HasPrefix(key, "folder.")
		if !named && !slices.Contains(keys, key) {
			t.Errorf("nobody says %s", key)
		}
	}
}

func pagesOf(t *testing.T) []string {
	t.Helper()
	pages, err := fs.Glob(os.DirFS("."), "pages/*.html")
	if err != nil || len(pages) < 5 {
		t.Fatal(pages, err)
	}
	return pages
}

func TestFilesInWords(t *testing.T) {
	for name, want := range map[string]string{
		"council/overview.html": "Overzicht voor de gemeenteraad", "partners/team-opstap.html": "Overzicht voor partners: team opstap",
		"tables/else-where.csv": "Tabel: else where", "tables/headline.csv": "Tabel: mensen", "unheard.of": "unheard.of", "else/where.txt": "else/where.txt",
	} {
		if got := fileText(name); got != want {
			t.Errorf("%s is called %q, want %q", name, got, want)
		}
	}
}

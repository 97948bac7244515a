package api

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/domain/catalog"
)

// aSentence is how long a text is that stands on no page by chance, in bytes.
const aSentence = 12

// texts is every sentence that was sealed, in the clear.
func (b *bench) texts() []string {
	b.Helper()
	var all []string
	for recorded, err := range b.store.ReadAll(context.Background(), domain.Position{}) {
		if err != nil {
			b.Fatal(err)
		}
		entry, err := catalog.Decode(recorded)
		if err != nil {
			b.Fatal(err)
		}
		_, err = catalog.Default.EachText(entry.Event, func(pointer string, text domain.Sealed) (domain.Sealed, error) {
			plain, err := b.vault.Open(context.Background(), text)
			if pointer != "/recognition" && len(plain) >= aSentence {
				all = append(all, string(plain))
			}
			return text, err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	return all
}

// forgetEverything destroys the keys of all texts of all streams.
func (b *bench) forgetEverything() {
	b.Helper()
	for recorded, err := range b.store.ReadAll(context.Background(), domain.Position{}) {
		if err != nil {
			b.Fatal(err)
		}
		entry, err := catalog.Decode(recorded)
		if err != nil {
			b.Fatal(err)
		}
		practice := entry.Meta.Practice // also that of all together
		keys, err := b.Ledger.Keys(context.Background(), practice, recorded.Stream)
		if err == nil {
			err = b.vault.ForgetSubject(context.Background(), practice, recorded.Stream, keys...)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
}

// crawl opens every page that a link leads to.
func (v visitor) crawl() map[string]seen {
	v.Helper()
	pages, waiting := map[string]seen{}, []string{"/"}
	for len(waiting) > 0 {
		path, _, _ := strings.Cut(waiting[0], "#")
		waiting = waiting[1:]
		if _, again := pages[path]; again || !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "/static/") {
			continue
		}
		pages[path] = v.open(path)
		waiting = append(waiting, links(pages[path])...)
	}
	return pages
}

// Wherever a text stood, on whichever page, it says that it was erased; and no form offers that as what somebody said.
func TestErasedTextsOnEveryPage(t *testing.T) {
	w := walked(t)
	texts, v := w.texts(), w.visitor()
	holding := func(page seen) bool {
		for _, text := range texts {
			if strings.Contains(page.words(), text) {
				return true
			}
		}
		return false
	}
	before := v.crawl()
	w.forgetEverything()
	after, held := v.crawl(), 0
	for path, page := range after {
		if holding(page) {
			t.Errorf("%s still shows a text", path)
		}
		if !holding(before[path]) {
			continue
		}
		held++
		if !strings.Contains(page.words(), web.T("forgotten")) {
			t.Errorf("%s does not say that a text was erased", path)
		}
		for node := range page.root.Descendants() {
			if node.Data == "textarea" && strings.Contains(words(node), web.T("forgotten")) {
				t.Errorf("%s offers it in a form", path)
			}
		}
	}
	if held < 20 {
		t.Errorf("only %d pages held a text", held)
	}
}

// A signal can be read while the vault is away, without its drafts.
func TestASignalWhileTheVaultIsAway(t *testing.T) {
	b := opened(t)
	v := b.visitor()
	_, signal := drafted(t, v, cleanText)
	b.vault.SetAway(true)
	v.open(signal).says("Signaal zonder verwoording")
	if page := v.ask("GET", draftsAddress, nil); page.status != 503 {
		t.Errorf("drafts answered %d", page.status)
	}
	form := v.fill(v.open(signal+"?stap=note"), signal+"/note", url.Values{"wording": {"Te ver."}})
	form.says("Er is nog niets bewaard.", "kluis", "Te ver.")
}

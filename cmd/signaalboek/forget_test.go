package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/ncruces/go-sqlite3"

	"signaalboek/domain"
	"signaalboek/domain/practice"
)

// tell makes a signal with two texts, each with a word of its own, and gives its id.
func (p *program) tell(word string) string {
	p.t.Helper()
	made := p.give("/signals", map[string]any{
		"from": "survey", "themes": []string{"werk"},
		"evidence": map[string]any{"setting": map[string]any{"kind": "survey", "year": time.Now().Year()}},
	})
	p.give("/signals/"+made.ID+"/note", map[string]any{"wording": "Iemand zei " + word + "noot."})
	p.give("/signals/"+made.ID+"/word", map[string]any{"statement": "De groep zegt " + word + "woord."})
	return made.ID
}

// hits is how many things are found by a word.
func (p *program) hits(word string) int {
	p.t.Helper()
	var found struct{ Items []json.RawMessage }
	if answer := p.request("GET", "/api/v1/search?q="+url.QueryEscape(word), nil, &found); answer.StatusCode != 200 {
		p.t.Fatalf("search: %s", answer.Status)
	}
	return len(found.Items)
}

// wraps is the wrapped keys that a vault in the clear holds.
func wraps(t *testing.T, data string) (all [][]byte) {
	t.Helper()
	db, err := sqlite3.Open(filepath.Join(dir(data).vault(), "vault.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, _, err := db.Prepare(`SELECT wrapped FROM secret WHERE wrapped IS NOT NULL`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Step() {
		all = append(all, rows.ColumnBlob(0, nil))
	}
	return all
}

// copyDirectory gives a copy of a ledger.
func copyDirectory(t *testing.T, from string) (to string) {
	t.Helper()
	to = t.TempDir()
	err := os.CopyFS(to, os.DirFS(from))
	for _, private := range []string{filepath.Join("vault", "master.key"), "signing.key"} { // the copy is as private
		if failed := os.Chmod(filepath.Join(to, private), 0o600); !errors.Is(failed, fs.ErrNotExist) {
			err = errors.Join(err, failed)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return to
}

// putBack restores some files of a vault from a copy.
func putBack(t *testing.T, copied, data string, names ...string) {
	t.Helper()
	for _, left := range []string{"vault.db-wal", "vault.db-shm"} {
		os.Remove(filepath.Join(dir(data).vault(), left))
	}
	for _, name := range names {
		raw, err := os.ReadFile(filepath.Join(dir(copied).vault(), name))
		if err == nil {
			err = os.WriteFile(filepath.Join(dir(data).vault(), name), raw, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// Given a signal with texts, when it is forgotten, then no byte of the directory holds its words, nor any key of before;
// no answer, page or export does; the other signal reads as before; the log decodes, and nothing is found wrong. When the
// vault of before is put back with its key, it is erased again before anybody is served; without its key, it opens nothing.
func TestForgottenStaysForgotten(t *testing.T) {
	data := filepath.Join(t.TempDir(), "boek")
	where := []string{"--data", data, "--plain"}
	p := launch(t, append([]string{"serve"}, where...)...)
	token, gone, stays := p.Token, p.tell("verdwijnpunt"), p.tell("blijfpunt")
	if p.hits("verdwijnpunt") != 1 || p.hits("blijfpunt") != 1 {
		t.Fatal("the signals are not found")
	}
	p.end()
	before, keys := copyDirectory(t, data), wraps(t, data)

	told(t, "Dit wist alle teksten van één signaal of voorstel", append([]string{"forget", "signal", gone}, where...)...)
	told(t, "Gewist: alle teksten", append([]string{"forget", "signal", gone, "--yes", "--record"}, where...)...)
	for _, key := range keys {
		if found := stands(t, data, string(key)); len(found) > 0 {
			t.Errorf("%d files hold a key of before", len(found))
		}
	}
	isForgotten(t, where, token, gone, stays)
	told(t, "Gewist", append([]string{"forget", "signal", gone, "--yes"}, where...)...) // once more is no error

	putBack(t, before, data, "vault.db")
	told(t, "hoort niet bij deze vault.db", append([]string{"doctor"}, where...)...)
	putBack(t, before, data, "vault.db", "master.key")
	isForgotten(t, where, token, gone, stays)
}

// isForgotten checks a ledger in which one signal was forgotten and another was not.
func isForgotten(t *testing.T, where []string, token, gone, stays string) {
	t.Helper()
	data := where[1]
	for _, command := range []string{"doctor", "rebuild"} {
		if out, err := commandOutput(t, append([]string{command}, where...)...); err != nil {
			t.Errorf("%s: %s %v", command, out, explain(err))
		}
	}
	out, err := commandOutput(t, append([]string{"export", "events"}, where...)...)
	if err != nil || !strings.Contains(out, gone) || strings.Contains(out, "verdwijnpunt") {
		t.Errorf("export: %v, it holds the word: %v", err, strings.Contains(out, "verdwijnpunt"))
	}
	p := launch(t, append([]string{"serve"}, where...)...)
	p.Token = token
	if p.hits("verdwijnpunt") != 0 || p.hits("blijfpunt") != 1 {
		t.Errorf("found %d of what was forgotten, and %d of what was not", p.hits("verdwijnpunt"), p.hits("blijfpunt"))
	}
	for id, want := range map[string]bool{gone: false, stays: true} {
		for _, path := range []string{"/api/v1/signals/" + id, "/signalen/" + id, "/api/v1/signals"} {
			answer := p.request("GET", path, nil, nil)
			said := bodyOf(t, answer)
			if strings.Contains(said, "verdwijnpunt") || answer.StatusCode != 200 && !strings.HasPrefix(path, "/signalen") {
				t.Errorf("%s: %s, it holds the word: %v", path, answer.Status, strings.Contains(said, "verdwijnpunt"))
			}
			if path == "/api/v1/signals/"+id && strings.Contains(said, "blijfpunt") != want {
				t.Errorf("%s holds the other word: %v", path, !want)
			}
		}
	}
	p.end()
	if strings.Contains(p.stderr.String(), "verdwijnpunt") {
		t.Error("the log of the program holds the word")
	}
	if found := stands(t, data, "verdwijnpunt", "verdwijnpuntnoot"); len(found) > 0 {
		t.Errorf("the word stands in %q", found)
	}
}

// Given a text, when it alone is forgotten, then the other of its signal stays.
func TestForgetOneText(t *testing.T) {
	data := filepath.Join(t.TempDir(), "boek")
	p := launch(t, "serve", "--data", data)
	token, id := p.Token, p.tell("verdwijnpunt")
	p.end()
	out, err := commandOutput(t, "export", "events", "--data", data)
	if err != nil {
		t.Fatal(err)
	}
	event := ""
	for line := range strings.Lines(out) {
		var e exported
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatal(err)
		}
		if e.Name == "signal.worded.v1" && strings.Contains(e.Stream, id) {
			event = e.ID
		}
	}
	told(t, "geen tekst in het veld", "forget", "text", event, "/wording", "--yes", "--data", data)
	told(t, "Gewist: één tekst", "forget", "text", event, "/statement", "--yes", "--data", data)
	again := launch(t, "serve", "--data", data)
	again.Token = token
	if again.hits("verdwijnpuntwoord") != 0 || again.hits("verdwijnpuntnoot") != 1 {
		t.Errorf("found %d and %d", again.hits("verdwijnpuntwoord"), again.hits("verdwijnpuntnoot"))
	}
}

func TestForgetMistakes(t *testing.T) {
	data := filepath.Join(t.TempDir(), "boek")
	launch(t, "serve", "--data", data).end()
	const nobody = "0190a0a0-0000-7000-8000-000000000001"
	for want, words := range map[string][]string{
		"Schrijf: forget text":                  {"iets", nobody},
		"is geen nummer":                        {"signal", "zeven"},
		"Dat nummer is er niet":                 {"signal", nobody},
		"Die kaart is er niet":                  {"card", nobody},
		"Die gebeurtenis staat niet":            {"text", nobody, "/wording"},
		"Schrijf: forget text GEBEURTENIS VELD": {},
	} {
		told(t, want, append(append([]string{"forget"}, words...), "--data", data, "--yes")...)
	}
	told(t, "Klaar. De kluis heeft een nieuwe sleutel", "rotate", "--data", data)
	launch(t, "serve", "--data", data).end()
}

// Given erasures in a month, when it is over, then one batch of ids is recorded, once, whoever does it and however often;
// before, nothing is.
func TestErasuresAreRecordedWhenTheMonthIsOver(t *testing.T) {
	m, err := open(t.Context(), place{dir: dir(t.TempDir())})
	if err != nil {
		t.Fatal(err)
	}
	defer m.close()
	const id = "harelbeke-centrum"
	if err := m.openPractice(t.Context(), id, "STEK", time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	keys := erase(t, m, 3)
	if _, _, err := m.accounts.Add(t.Context(), id, "coordinator"); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		on      time.Time
		batches int
	}{
		{time.Date(2026, 3, 20, 12, 0, 0, 0, time.UTC), 0}, {time.Date(2026, 3, 31, 20, 0, 0, 0, time.UTC), 0},
		{time.Date(2026, 4, 1, 12, 0, 0, 0, time.UTC), 1}, {time.Date(2026, 4, 15, 12, 0, 0, 0, time.UTC), 1},
		{time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC), 2},
	} {
		for range 2 {
			if err := m.recordErasures(t.Context(), step.on); err != nil {
				t.Fatal(err)
			}
		}
		state, err := m.ledger.Practices.State(t.Context(), id, practice.StreamOf(id))
		if err != nil {
			t.Fatal(err)
		}
		batches := 0
		for _, month := range []string{"2026-02", "2026-03", "2026-04", "2026-05"} {
			if state.MonthRecorded(month) {
				batches++
			}
		}
		if batches != step.batches || step.batches > 0 && len(state.Erased()) != keys {
			t.Errorf("%s: %d batches with %d keys", step.on.Format(time.DateOnly), batches, len(state.Erased()))
		}
		if owed, err := m.vault.Erasures(t.Context(), id); err != nil || step.batches > 0 && len(owed) > 0 {
			t.Errorf("%s: the vault still owes %d, %v", step.on.Format(time.DateOnly), len(owed), err)
		}
	}
}

// erase has the vault erase some texts of the practice, and says how many keys went.
func erase(t *testing.T, m *machinery, texts int) (keys int) {
	t.Helper()
	for range texts {
		sealed, err := m.vault.Seal(t.Context(), domain.Place{Event: uuid.New(), Field: "/text"}, domain.ToSeal("een zin"))
		if err == nil {
			err = m.vault.ForgetTexts(t.Context(), "harelbeke-centrum", sealed.Key)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	owed, err := m.vault.Erasures(t.Context(), "harelbeke-centrum")
	if err != nil || len(owed) < texts {
		t.Fatalf("%d erasures, %v", len(owed), err)
	}
	return len(owed)
}

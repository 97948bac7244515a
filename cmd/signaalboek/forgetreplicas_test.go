package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"signaalboek/ops/postgrestest"
)

// The words of what is erased here, and of what is not.
var (
	erasedWords = []string{"verdwijnzinnoot", "verdwijnpuntnoot", "verdwijnpuntwoord", "verdwijnkaart"}
	keptWords   = []string{"verdwijnzinwoord", "blijfpuntnoot", "blijfkaart"}
)

// site is a replica as somebody sees it who asks for everything: pages, lists, what is searched, and what is exported.
type site struct {
	*program
	visitor *http.Client
	options []string
	things  []string // signals that have a page
}

// says is everything that a replica tells at this moment.
func (s *site) says() string {
	s.t.Helper()
	var all strings.Builder
	paths := []string{"/signalen", "/kaarten"}
	for _, id := range s.things {
		paths = append(paths, "/signalen/"+strings.TrimPrefix(id, "signal-"))
	}
	for _, path := range paths {
		_, page := answers(s.t, s.visitor, s.Address+path)
		all.WriteString(page)
	}
	for _, path := range []string{"/signals?status=all", "/cards"} {
		for _, form := range []string{"text/csv", "application/json"} {
			all.WriteString(bodyOf(s.t, s.request("GET", "/api/v1"+path, nil, nil, "Accept", form)))
		}
	}
	return all.String()
}

// found is those of words by which something is found.
func (s *site) found(words []string) (found []string) {
	s.t.Helper()
	for _, word := range words {
		if !strings.HasSuffix(word, "kaart") && s.hits(word) > 0 {
			found = append(found, word)
		}
	}
	return found
}

// tells checks which words a replica tells, and by which something is found.
func (s *site) tells(words []string, want bool) {
	s.t.Helper()
	said := s.says()
	for _, word := range words {
		if strings.Contains(said, word) != want {
			s.t.Errorf("%s: told is %v", word, !want)
		}
	}
}

// eventOf is the event of a stream by its name.
func (s *site) eventOf(stream, name string) string {
	s.t.Helper()
	out, err := commandOutput(s.t, "export", "events", s.options[2], s.options[3])
	if err != nil {
		s.t.Fatal(err)
	}
	for line := range strings.Lines(out) {
		var e exported
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			s.t.Fatal(err)
		}
		if e.Stream == stream && e.Name == name {
			return e.ID
		}
	}
	s.t.Fatalf("no %s of %s", name, stream)
	return ""
}

func (s *site) erase(body map[string]any) {
	s.t.Helper()
	body["sure"] = true
	got := s.request("POST", "/api/v1/erasures", body, nil, "Idempotency-Key", uuid.NewString())
	if got.StatusCode != http.StatusNoContent {
		s.t.Fatalf("erasing %v: %s %s", body, got.Status, bodyOf(s.t, got))
	}
}

// kept is the snapshot of a replica; none, if there is none.
func (s *site) kept() []byte {
	s.t.Helper()
	paths, err := filepath.Glob(filepath.Join(s.options[1], "projections.snapshot.*"))
	if err != nil || len(paths) != 1 {
		return nil
	}
	raw, err := os.ReadFile(paths[0])
	if err != nil && !os.IsNotExist(err) {
		s.t.Fatal(err)
	}
	return raw
}

// twoReplicas is two that serve, each with a directory of its own and a snapshot in it.
func twoReplicas(t *testing.T) (one, two *site) {
	t.Helper()
	shared := share(t, 1, postgrestest.Start(t))
	token := ""
	start := func() *site {
		options := shared.options()
		p := launch(t, append([]string{"serve"}, options...)...)
		token += p.Token // only the first tells one
		p.end()          // leaves a snapshot
		return &site{options: options}
	}
	one, two = start(), start()
	for _, s := range []*site{one, two} {
		s.program = launch(t, append([]string{"serve"}, s.options...)...)
		s.Token, s.visitor = token, signedIn(t, s.greeting)
	}
	return one, two
}

// Given two replicas that both tell and find what people wrote, when a sentence and a card are erased at the one, and
// a signal by the command beside it, then the other says so at the next question, and within seconds finds nothing of it; nothing tells it, no export,
// and neither snapshot; and no byte of both directories holds it, while they run and afterwards.
func TestErasedAtOneReplicaIsErasedAtTheOther(t *testing.T) {
	one, two := twoReplicas(t)
	sentence, gone, stays := one.tell("verdwijnzin"), one.tell("verdwijnpunt"), one.tell("blijfpunt")
	card := one.give("/cards", map[string]any{"nickname": "de verdwijnkaart"})
	one.give("/cards", map[string]any{"nickname": "de blijfkaart"})
	contact := one.give("/contacts", map[string]any{"activity": "contact-op-straat", "known": "yes", "card": card.ID})
	two.seen = one.seen
	one.things = []string{sentence, gone, stays}
	two.things = one.things
	for _, s := range []*site{one, two} {
		s.tells(slices.Concat(erasedWords, keptWords), true)
		if found := s.found(erasedWords); len(found) != 3 {
			t.Fatalf("found by %q only", found)
		}
	}
	before := two.kept()

	one.erase(map[string]any{"thing": sentence, "event": one.eventOf(sentence, "signal.noted.v1"), "field": "/wording"})
	told(t, "Gewist: alle teksten", append([]string{"forget", "signal", gone, "--yes", "--record"}, one.options...)...)
	one.erase(map[string]any{"card": card.ID})
	for _, s := range []*site{two, one} {
		s.tells(erasedWords, false)
		s.tells(append([]string{"[gewist]"}, keptWords...), true)
	}
	eventually(t, "nothing is found by what was erased", func() bool { return len(two.found(erasedWords)) == 0 })
	eventually(t, "the snapshot is another", func() bool { return two.kept() != nil && !bytes.Equal(two.kept(), before) })
	if read := two.request("GET", "/api/v1/contacts/"+contact.ID, nil, nil); read.StatusCode != http.StatusOK {
		t.Errorf("the contact of the card: %s", read.Status)
	}
	two.heldNowhere(before)
	for _, s := range []*site{one, two} {
		s.end()
	}
	one.heldNowhere(before)
	two.heldNowhere(before)
	again := &site{program: launch(t, append([]string{"serve"}, two.options...)...), options: two.options, things: two.things}
	again.Token, again.visitor = two.Token, signedIn(t, again.greeting)
	again.tells(erasedWords, false)
	again.tells(keptWords, true)
	if found := again.found(slices.Concat(erasedWords, keptWords)); len(found) != 2 {
		t.Errorf("started again, it finds %q", found)
	}
}

// heldNowhere searches every byte of a replica's directory, what it logged, and what the log of events exports, for what
// was erased and for the snapshot of before.
func (s *site) heldNowhere(before []byte) {
	s.t.Helper()
	if len(before) < 64 {
		s.t.Fatal("there was no snapshot before")
	}
	if found := stands(s.t, s.options[1], append([]string{string(before[len(before)/2:])}, erasedWords...)...); len(found) > 0 {
		s.t.Errorf("%d files hold what was erased", len(found))
	}
	out, err := commandOutput(s.t, "export", "events", s.options[2], s.options[3])
	if err != nil || !strings.Contains(out, "signal.worded.v1") {
		s.t.Errorf("export: %v", err)
	}
	for _, word := range erasedWords {
		if strings.Contains(out, word) || strings.Contains(s.stderr.String(), word) {
			s.t.Errorf("an export or a log holds %s", word)
		}
	}
}

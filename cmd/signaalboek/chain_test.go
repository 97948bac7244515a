package main

import (
	"bufio"
	"encoding/json"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
)

// receipt is the part of an answer to a command that these tests look at.
type receipt struct {
	ID       string `json:"id"`
	Revision int    `json:"revision"`
	Repeated bool   `json:"repeated"`
}

// give gives a command and requires that it is recorded.
func (p *program) give(path string, body map[string]any) receipt {
	p.t.Helper()
	var got receipt
	response := p.request("POST", "/api/v1"+path, body, &got, "Idempotency-Key", uuid.NewString())
	if response.StatusCode/100 != 2 {
		raw, _ := bufio.NewReader(response.Body).ReadString(0)
		p.t.Fatalf("POST %s: %d %s", path, response.StatusCode, raw)
	}
	p.seen = response.Header.Get("Signaalboek-Position")
	return got
}

// The main job on the real program: one signal from a contact on the street to the feedback, over a stop and a start.
func TestChainThroughTheProgram(t *testing.T) {
	data := filepath.Join(t.TempDir(), "boek")
	p := launch(t, "serve", "--data", data)
	today := time.Now().In(brussels()).Format(time.DateOnly)

	contact := p.give("/contacts", map[string]any{
		"activity": "contact-op-straat", "place": "publiek", "known": "yes",
		"requests": []map[string]any{{"themes": []string{"vrije-tijd"}, "approaches": []string{"opgepikt-als-signaal"}}},
	})
	year := time.Now().In(brussels()).Year()
	street := map[string]any{"kind": "activity", "code": "contact-op-straat", "year": year}
	signal := p.give("/signals", map[string]any{
		"from": "help-request", "themes": []string{"vrije-tijd"}, "thresholds": []string{"bekendheid"},
		"evidence": map[string]any{"setting": street, "contact": contact.ID, "request": 1},
	})
	on := "/signals/" + signal.ID
	p.give(on+"/note", map[string]any{"wording": "Waar kan je met de UiTPAS terecht?"})

	meeting := p.give("/focusgroep-meetings", map[string]any{"day": today})
	p.give("/focusgroep-meetings/"+meeting.ID+"/hold", map[string]any{"present": 10, "newcomers": 2})
	p.give("/focusgroep-meetings/"+meeting.ID+"/discuss-theme", map[string]any{"theme": "vrije-tijd", "weight": 4})
	p.give(on+"/recognise", map[string]any{"meeting": meeting.ID, "howMany": "most"})
	p.give(on+"/word", map[string]any{"statement": "Het is onduidelijk waar de UiTPAS in Harelbeke gebruikt kan worden."})
	p.give(on+"/weigh", map[string]any{
		"structural": true, "recurring": true, "beyondOnePerson": true, "needsOthers": true, "reason": "We horen dit elk jaar.",
	})
	p.give(on+"/name-keeper", map[string]any{"role": "buurtopbouwwerker"})
	p.give(on+"/give-mandate", map[string]any{"meeting": meeting.ID})

	// The program stops and starts: nothing is lost, and the token still works.
	token := p.Token
	p.end()
	p = launch(t, "serve", "--data", data)
	if p.Token != "" {
		t.Error("a second start made a second first actor")
	}
	p.Token = token

	forum := "lokaal-overleg-vrijetijdsparticipatie"
	p.give(on+"/schedule", map[string]any{"forum": forum, "inNameOf": "partnership", "through": "own-item"})
	p.give(on+"/discuss", map[string]any{
		"forum": forum, "outcome": "promised", "broughtBy": "both", "motivation": "Iedereen herkent dit.",
		"promise": "Een lijst van plaatsen.", "promiseBy": today,
	})
	p.give(on+"/decide", map[string]any{"forum": forum, "verdict": "adopted", "motivation": "De lijst komt er."})
	p.give(on+"/keep-promise", map[string]any{"promise": 1})
	p.give(on+"/carry-out", map[string]any{"what": "De lijst ligt op tafel in de sociale kruidenier."})

	var problem struct{ Type, Title, Detail string }
	response := p.request("POST", "/api/v1"+on+"/close", map[string]any{"reason": "answered"}, &problem, "Idempotency-Key", uuid.NewString())
	if response.StatusCode != http.StatusConflict || !strings.Contains(problem.Type, "feedback-open") || problem.Detail == "" {
		t.Errorf("closing with debt open: %d %+v", response.StatusCode, problem)
	}
	p.give(on+"/feed-back", map[string]any{"setting": street, "channel": "mondeling", "toldWhat": "Er is nu een lijst."})
	p.give(on+"/close", map[string]any{"reason": "answered"})

	var read struct {
		Phase  string `json:"phase"`
		Closed string `json:"closed"`
		Owed   int    `json:"owed"`
		Text   string `json:"text"`
	}
	p.request("GET", "/api/v1"+on, nil, &read)
	if read.Phase != "terugkoppelen" || read.Closed != "answered" || read.Owed != 0 || !strings.HasPrefix(read.Text, "Het is onduidelijk") {
		t.Errorf("the signal reads %+v", read)
	}
	p.end()

	healthy(t, data)
	names, raw := exportedNames(t, data)
	for _, name := range []string{"contact.registered.v1", "signal.picked-up.v1", "signal.fed-back.v1", "signal.closed.v1"} {
		if !slices.Contains(names, name) {
			t.Errorf("%s is not in the export", name)
		}
	}
	if strings.Contains(raw, "UiTPAS") || strings.Contains(raw, "lijst") {
		t.Error("a text is in the export in the clear")
	}
}

// healthy requires that doctor finds nothing, before and after a rebuild.
func healthy(t *testing.T, data string) {
	t.Helper()
	for _, command := range []string{"doctor", "rebuild", "doctor"} {
		if out, err := commandOutput(t, command, "--data", data); err != nil {
			t.Errorf("%s: %s\n%s", command, explain(err), out)
		}
	}
}

// exportedNames is the names of all events of a ledger, in order, and the export itself.
func exportedNames(t *testing.T, data string) (names []string, raw string) {
	t.Helper()
	raw, err := commandOutput(t, "export", "events", "--data", data)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(raw) {
		var event struct{ Name string }
		if err := json.Unmarshal([]byte(line), &event); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		names = append(names, event.Name)
	}
	return names, raw
}

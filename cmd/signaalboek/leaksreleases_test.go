package main

import (
	"io"
	"net/http"
	"strings"
	"time"
)

// publish gives every command about releases that takes a free text: one proposal is dropped, another published and
// withdrawn.
func (m *mouth) publish(second []string) {
	m.t.Helper()
	year := time.Now().Year() - 1
	m.say("/releases/drop", map[string]any{"release": m.proposal(year), "motivation": m.text()})
	id := m.proposal(year)
	m.say("/releases/write", map[string]any{"release": id, "edition": "council", "place": "opening", "text": m.text()})
	m.confirm(id, second)
	m.say("/releases/withdraw", map[string]any{"release": id, "reason": "mistaken", "motivation": m.text()})
}

// say gives a command that has no draft, with a text in it.
func (m *mouth) say(path string, body map[string]any) {
	m.t.Helper()
	for member, value := range body {
		if text, ok := value.(string); ok && strings.Contains(text, canary) {
			m.entered[path+" /"+member] = true
		}
	}
	m.give(path, body)
}

// confirm has a second coordinator publish a proposal as it is.
func (p *program) confirm(id string, second []string) {
	p.t.Helper()
	zip := p.request("GET", "/api/v1/releases/"+id+"/bundle", nil, nil)
	digest := strings.Trim(zip.Header.Get("ETag"), `"`)
	confirm := map[string]any{"release": id, "bundle": digest}
	answered := p.request("POST", "/api/v1/releases/publish", confirm, nil, append(second, "Idempotency-Key", id)...)
	if raw, _ := io.ReadAll(answered.Body); answered.StatusCode != http.StatusOK {
		p.t.Fatalf("publishing: %d %s", answered.StatusCode, raw)
	}
}

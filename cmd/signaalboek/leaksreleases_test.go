package main

import (
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"
)

// publish gives every command about releases that takes a free text: one proposal is dropped, another published and
// withdrawn, and what others published is recorded and withdrawn.
func (m *mouth) publish(second []string) {
	m.t.Helper()
	year := time.Now().Year() - 1
	m.say("/releases/drop", map[string]any{"release": m.proposal(year), "motivation": m.text()})
	m.knowOthers(year)
	id := m.proposal(year)
	m.say("/releases/write", map[string]any{"release": id, "edition": "council", "place": "opening", "text": m.text()})
	m.confirm(id, second)
	m.say("/releases/withdraw", map[string]any{"release": id, "reason": "mistaken", "motivation": m.text()})
}

// knowOthers says what others published, and that it was not so; and says in vain why all practices together do something.
func (m *mouth) knowOthers(year int) {
	m.t.Helper()
	m.say("/releases/record-foreign", map[string]any{
		"period": map[string]any{"year": year, "part": "whole-year"}, "table": "headline", "document": m.text(),
		"cells": []map[string]any{{"measure": "unique", "least": 1, "most": 2}},
	})
	var list struct{ Items []struct{ ID string } }
	m.request("GET", "/api/v1/releases/foreign", nil, &list)
	m.say("/releases/withdraw-foreign", map[string]any{"foreign": list.Items[0].ID, "motivation": m.text()})
	for _, path := range []string{"/releases/together/drop", "/releases/together/withdraw"} {
		m.entered[path+" /motivation"] = true
		body := map[string]any{"release": list.Items[0].ID, "reason": "mistaken", "motivation": m.text()}
		if path == "/releases/together/drop" {
			delete(body, "reason")
		}
		if answered := m.request("POST", "/api/v1"+path, body, nil, "Idempotency-Key", uuid.NewString()); answered.StatusCode != http.StatusNotFound {
			m.t.Errorf("%s answered %d", path, answered.StatusCode)
		}
	}
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

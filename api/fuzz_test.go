package api

import (
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

// FuzzCommand sends any body to any command: it never panics, never fails on our side, is always answered as the
// contract says, and records nothing unless it says so.
func FuzzCommand(f *testing.F) {
	var paths []string
	for path := range commandTypes() {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	for _, s := range theWalk {
		if i := slices.Index(paths, generalised(s.path)); i >= 0 {
			f.Add(uint8(i), s.body)
		}
	}
	for _, body := range []string{"", "{}", "[]", "null", `{"on":"2026-03-01"}`, `{"on":"9999-99-99"}`, "{\"a\":\xff}", `{"a":{"a":{"a":`} {
		f.Add(uint8(0), body)
	}
	w := walked(f)
	f.Fuzz(func(t *testing.T, which uint8, body string) {
		path := strings.Replace(paths[int(which)%len(paths)], "{id}", w.made["signal"], 1)
		path = strings.Replace(path, "{forum}", "team-opstap", 1)
		b := &bench{TB: t, site: w.site, store: w.store, vault: w.vault, log: w.log}
		b.log.Reset()
		before := b.recorded()
		answered := b.post(path, names.ReplaceAllString(body, w.made["signal"]))
		if answered.StatusCode >= 500 {
			t.Fatalf("%s answered %d: %s", path, answered.StatusCode, answered.body)
		}
		if after := b.recorded(); answered.StatusCode >= 300 && after != before {
			t.Fatalf("%s was refused and recorded %d events", path, after-before)
		}
	})
}

// FuzzQuestion asks anything: it never panics and never fails on our side.
func FuzzQuestion(f *testing.F) {
	for _, q := range theQuestions {
		f.Add(q, "application/json")
	}
	f.Add("/signals?after=x&limit=0", "text/csv;q=x")
	f.Add("/contacts/%2e%2e", ",;,")
	w := walked(f)
	f.Fuzz(func(t *testing.T, path, accept string) {
		r := httptest.NewRequest("GET", apiPath+"/", nil)
		path, query, _ := strings.Cut(names.ReplaceAllString(path, w.made["signal"]), "?")
		r.URL.Path, r.URL.RawQuery = apiPath+path, query
		r.Header.Set("Authorization", "Bearer "+ours)
		r.Header.Set("Accept", accept)
		w.log.Reset()
		answered := httptest.NewRecorder()
		w.ServeHTTP(answered, r)
		if answered.Code >= 500 {
			t.Fatalf("%s answered %d: %s", r.URL, answered.Code, answered.Body)
		}
	})
}

// FuzzBody reads any body as any command: what is read is what a body that was written so would be read as.
func FuzzBody(f *testing.F) {
	f.Add(`{"on": "2026-03-01", "from": "survey"}`)
	f.Fuzz(func(t *testing.T, body string) {
		for _, command := range commandTypes() {
			sent, err := decodeCommand([]byte(body), command)
			if err == nil && sent.command == nil {
				t.Fatalf("%s was read from %q as nothing", command, body)
			}
		}
	})
}

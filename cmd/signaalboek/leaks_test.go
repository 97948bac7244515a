package main

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"golang.org/x/net/html"
)

// canary stands in every text that these tests enter, and nowhere else in the world.
const canary = "zwijgpunt"

// mouth enters texts into a program, and remembers which members of which commands held one.
type mouth struct {
	*program
	entered map[string]bool // "/signals/{id}/note /wording"
	count   int
}

// text is a new text that holds the canary.
func (m *mouth) text() string {
	m.count++
	return fmt.Sprintf("Iemand zei %s%d.", canary, m.count)
}

// enter gives a command, which must be recorded, and notes the texts in it.
func (m *mouth) enter(path string, body map[string]any) receipt {
	m.t.Helper()
	holds := false
	for member, value := range body {
		if text, ok := value.(string); ok && strings.Contains(text, canary) {
			m.entered[pattern(path)+" /"+member], holds = true, true
		}
	}
	if holds && path != "/cards" {
		m.draft(path, body)
	}
	return m.give(path, body)
}

// draft leaves a command as a draft as well, that nobody confirms.
func (m *mouth) draft(path string, body map[string]any) {
	m.t.Helper()
	for member := range body {
		m.entered["/drafts"+pattern(path)+" /"+member] = true
	}
	if got := m.request("POST", "/api/v1/drafts"+path, body, nil, "Idempotency-Key", uuid.NewString()); got.StatusCode != 201 {
		m.t.Fatalf("draft of %s: %s", path, got.Status)
	}
}

// refuse gives a command with a text that the guard blocks, and wants to hear what was found, and not what stands there.
func (m *mouth) refuse(path string, body map[string]any) {
	m.t.Helper()
	got := m.request("POST", "/api/v1"+path, body, nil, "Idempotency-Key", uuid.NewString())
	if said := bodyOf(m.t, got); got.StatusCode != 422 || !strings.Contains(said, `"email"`) || strings.Contains(said, canary) {
		m.t.Errorf("%s: %s %s", path, got.Status, said)
	}
}

// enterOver is enter for a command that must know what it replaces: what last was recorded.
func (m *mouth) enterOver(last receipt, thing, verb string, body map[string]any) {
	m.t.Helper()
	tag := fmt.Sprintf(`"%d"`, last.Revision)
	for member := range body {
		m.entered[pattern(thing+verb)+" /"+member] = true
	}
	m.draft(thing+verb, body)
	if got := m.request("POST", "/api/v1"+thing+verb, body, nil, "Idempotency-Key", uuid.NewString(), "If-Match", tag); got.StatusCode != 200 {
		m.t.Fatalf("%s: %s", thing+verb, got.Status)
	}
}

// pattern is a path as the contract writes it.
func pattern(path string) string {
	parts := strings.Split(path, "/")
	if len(parts) > 3 {
		parts[2] = "{id}"
	}
	return strings.Join(parts, "/")
}

// written are the free texts that stand in events in the clear on purpose: what an organisation calls things (ADR 10),
// and where its official publications stand.
func written(at string) bool {
	return strings.HasPrefix(at, "/practice/") || strings.HasSuffix(at, "/uri") || strings.HasSuffix(at, "/digest")
}

// Whatever people write, it is in the clear in no file, log or metric, however it was entered and whether it was taken.
// Files are sealed at rest, so the same is looked for where they are not: there only what events say is sealed.
func TestNothingLeaks(t *testing.T) {
	t.Parallel()
	t.Run("sealed at rest", func(t *testing.T) { leakNothing(t) })
	t.Run("in the clear", func(t *testing.T) { leakNothing(t, "--plain") })
}

func leakNothing(t *testing.T, form ...string) {
	data, observed := filepath.Join(t.TempDir(), "boek"), freeAddress(t)
	p := launch(t, append([]string{"serve", "--data", data, "--metrics-addr", observed}, form...)...)
	m := &mouth{program: p, entered: map[string]bool{}}
	m.tellAll()
	m.publish(colleague(t, data, form...))
	m.erase()
	for _, at := range p.freeTexts() {
		if !m.entered[at] && !written(at) {
			t.Errorf("no text was entered at %s: enter one, or say why it may stand in the clear", at)
		}
	}
	m.misspeak()
	m.browse() // each form waits for what it recorded, so that questions see all
	answer, err := http.Get("http://" + observed + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	metrics, err := io.ReadAll(answer.Body)
	if err := errors.Join(err, answer.Body.Close()); err != nil || !bytes.Contains(metrics, []byte("signaalboek_http_requests_total")) {
		t.Errorf("metrics: %v %s", err, metrics)
	}
	silent(t, "the metrics", metrics)
	if read := m.request("GET", "/api/v1/search?q="+canary, nil, nil); !strings.Contains(bodyOf(t, read), canary) {
		t.Error("nothing was entered: the test looks in the wrong place")
	}
	private(t, data)
	searched(t, data)
	p.end()
	if files := searched(t, data); !slices.Contains(files, "projections.snapshot") {
		t.Errorf("no snapshot was kept: %q", files)
	}
	private(t, data)
	silent(t, "the log of the program", []byte(p.stderr.String()))
	out, err := commandOutput(t, append([]string{"export", "events", "--data", data}, form...)...)
	if err != nil || !strings.Contains(out, "signal.worded.v1") {
		t.Errorf("export: %v", err)
	}
	silent(t, "the export", []byte(out))
}

// tellAll gives every command that takes a free text.
func (m *mouth) tellAll() {
	m.t.Helper()
	today, year := time.Now().In(brussels()).Format(time.DateOnly), time.Now().In(brussels()).Year()
	street := map[string]any{"kind": "activity", "code": "contact-op-straat", "year": year}
	card := m.enter("/cards", map[string]any{"nickname": "rode " + canary})
	contact := m.enter("/contacts", map[string]any{
		"activity": "contact-op-straat", "known": "yes", "card": card.ID,
		"requests": []map[string]any{{"themes": []string{"werk"}, "approaches": []string{"opgepikt-als-signaal"}}},
	})
	meeting := m.enter("/focusgroep-meetings", map[string]any{"day": today, "place": m.text()})
	m.enter("/focusgroep-meetings/"+meeting.ID+"/hold", map[string]any{"present": 10, "newcomers": 2})

	signal := m.enter("/signals", map[string]any{
		"from": "help-request", "themes": []string{"werk"},
		"evidence": map[string]any{"setting": street, "contact": contact.ID, "request": 1},
	})
	on := "/signals/" + signal.ID
	m.enter(on+"/note", map[string]any{"wording": m.text()})
	worded := m.enter(on+"/word", map[string]any{"statement": m.text()})
	m.enterOver(worded, on, "/word", map[string]any{"statement": m.text()})
	m.enter(on+"/weigh", map[string]any{
		"structural": true, "recurring": true, "beyondOnePerson": true, "needsOthers": true, "reason": m.text(),
	})
	m.enter(on+"/name-keeper", map[string]any{"role": "buurtopbouwwerker"})
	m.enter(on+"/recognise", map[string]any{"meeting": meeting.ID, "howMany": "most"})
	m.enter(on+"/give-mandate", map[string]any{"meeting": meeting.ID})
	m.pursue(on, "team-opstap", "own-item", "partnership", street)
	m.enter(on+"/answer-by-own-offer", map[string]any{"what": m.text()})

	proposal := m.enter("/recommendations", map[string]any{"text": m.text(), "answers": []string{signal.ID}, "madeBy": "team"})
	about := "/recommendations/" + proposal.ID
	m.enterOver(proposal, about, "/reword", map[string]any{"text": m.text()})
	m.enter(about+"/adopt", map[string]any{"meeting": meeting.ID})
	m.pursue(about, "college", "college-item", "own-organisation", street)

	put := m.enter("/signals", map[string]any{
		"from": "survey", "themes": []string{"werk"},
		"evidence": map[string]any{"setting": map[string]any{"kind": "survey", "year": year}},
	})
	for _, door := range []string{"", "/drafts"} {
		m.refuse(door+"/signals/"+put.ID+"/park", map[string]any{"reason": "Mail naar " + canary + "@voorbeeld.be."})
	}
	m.enter("/signals/"+put.ID+"/park", map[string]any{"reason": m.text(), "until": today})
	m.enter("/signals/"+put.ID+"/resume", map[string]any{})
	m.enter("/signals/"+put.ID+"/close", map[string]any{"reason": "not-a-signal"})
	m.enter("/signals/"+put.ID+"/reopen", map[string]any{
		"reason": m.text(), "evidence": map[string]any{"setting": map[string]any{"kind": "partner", "code": "stadhuis"}},
	})
}

// pursue is the road of a signal or a recommendation from a forum to the feedback.
func (m *mouth) pursue(on, forum, through, inNameOf string, told map[string]any) {
	m.t.Helper()
	m.enter(on+"/schedule", map[string]any{"forum": forum, "inNameOf": inNameOf, "through": through})
	m.enter(on+"/discuss", map[string]any{
		"forum": forum, "outcome": "promised", "broughtBy": "workers", "motivation": m.text(), "promise": m.text(),
	})
	m.enter(on+"/decide", map[string]any{"forum": forum, "verdict": "adopted", "motivation": m.text()})
	m.enter(on+"/take-public-action", map[string]any{"action": "press", "what": m.text()})
	m.enter(on+"/carry-out", map[string]any{"what": m.text()})
	m.enter(on+"/feed-back", map[string]any{"setting": told, "channel": "mondeling", "toldWhat": m.text()})
}

// contract is the part of the contract of the program that these tests read.
type contract struct {
	Paths      map[string]map[string]schema `json:"paths"`
	Components struct {
		Schemas map[string]schema `json:"schemas"`
	} `json:"components"`
}

// schema is a piece of JSON whose members are looked up by name.
type schema map[string]any

func (s schema) member(names ...string) schema {
	for _, name := range names {
		s, _ = s[name].(map[string]any)
	}
	return s
}

func (p *program) contract() (c contract) {
	p.t.Helper()
	p.request("GET", "/api/v1/openapi.json", nil, &c)
	return c
}

// freeTexts is where commands take a text of any form: "path /member".
func (p *program) freeTexts() (all []string) {
	p.t.Helper()
	c := p.contract()
	for path, item := range c.Paths {
		body := schema(item["post"]).member("requestBody", "content", "application/json", "schema")
		for _, at := range c.textsIn(body, "") {
			all = append(all, path+" "+at)
		}
	}
	if len(all) < 25 {
		p.t.Errorf("only %q take a text: the contract is read wrongly", all)
	}
	return all
}

func (c contract) textsIn(s schema, at string) (all []string) {
	if name, is := s["$ref"].(string); is {
		return c.textsIn(c.Components.Schemas[name[strings.LastIndex(name, "/")+1:]], at)
	}
	constrained := slices.ContainsFunc([]string{"enum", "const", "pattern", "format"}, func(k string) bool { return s[k] != nil })
	if s["type"] == "string" && !constrained {
		all = append(all, at)
	}
	for name := range s.member("properties") {
		all = append(all, c.textsIn(s.member("properties", name), at+"/"+name)...)
	}
	if items := s.member("items"); items != nil {
		all = append(all, c.textsIn(items, at+"/*")...)
	}
	for _, several := range []string{"allOf", "oneOf", "anyOf"} {
		list, _ := s[several].([]any)
		for _, one := range list {
			part, _ := one.(map[string]any)
			all = append(all, c.textsIn(part, at)...)
		}
	}
	return all
}

// misspeak enters texts where none belong: in paths, parameters, headers, codes and names of members.
func (m *mouth) misspeak() {
	m.t.Helper()
	for path, item := range m.contract().Paths {
		asked := strings.NewReplacer("{", canary, "}", "").Replace(path)
		query := "?" + canary + "=1&q=" + canary + "&asOf=" + canary + "&after=" + canary + "&theme=" + canary
		for method := range item {
			method = strings.ToUpper(method)
			m.request(method, "/api/v1"+asked+query, nil, nil)
			m.request(method, "/api/v1"+asked, map[string]any{canary: canary, "on": canary, "themes": []string{canary}}, nil,
				"Idempotency-Key", canary, "If-Match", canary, "Accept", canary, "Signaalboek-Position", canary)
			m.request(method, "/api/v1"+asked, canary, nil, "Idempotency-Key", uuid.NewString(), "Content-Type", canary)
			m.request(method, "/api/v1"+asked, map[string]any{}, nil, "Authorization", "Bearer "+canary, "User-Agent", canary,
				"Referer", "http://"+canary, "X-Request-Id", canary, "Origin", "http://"+canary)
		}
	}
	m.request(strings.ToUpper(canary), "/"+canary, nil, nil, "Cookie", "signaalboek="+canary)
}

// erase erases what one thing said, asks for what cannot be erased in words that nobody may keep, and finds the rest.
func (m *mouth) erase() {
	m.t.Helper()
	m.entered["/erasures /thing"], m.entered["/erasures /field"] = true, true
	var list struct{ Items []struct{ ID string } }
	m.request("GET", "/api/v1/signals?status=all", nil, &list)
	if len(list.Items) == 0 {
		m.t.Fatal("there is no signal to erase")
	}
	for body, want := range map[*map[string]any]int{
		{"thing": list.Items[0].ID, "sure": true}:                                             204,
		{"thing": "signal-" + canary, "sure": true}:                                           404,
		{"thing": list.Items[0].ID, "event": uuid.NewString(), "field": canary, "sure": true}: 404,
	} {
		got := m.request("POST", "/api/v1/erasures", *body, nil, "Idempotency-Key", uuid.NewString())
		if said := bodyOf(m.t, got); got.StatusCode != want && got.StatusCode != 204 || strings.Contains(said, canary) {
			m.t.Errorf("erasing: %s %s", got.Status, said)
		}
	}
	if read := m.request("GET", "/api/v1/signals/"+list.Items[0].ID, nil, nil); strings.Contains(bodyOf(m.t, read), canary) {
		m.t.Error("what was erased is shown")
	}
}

// browse goes through the pages as a browser does, fills every form with texts and asks every list for nonsense.
func (m *mouth) browse() {
	m.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		m.t.Fatal(err)
	}
	browser := &http.Client{Jar: jar}
	link, err := url.Parse(m.Link)
	if err != nil {
		m.t.Fatal(err)
	}
	visit := func(method, path string, form url.Values) *html.Node {
		request, err := http.NewRequestWithContext(m.t.Context(), method, m.Address+path, strings.NewReader(form.Encode()))
		if err != nil {
			m.t.Fatal(err)
		}
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		answer, err := browser.Do(request)
		if err != nil {
			m.t.Fatal(err)
		}
		defer answer.Body.Close()
		root, err := html.Parse(answer.Body)
		if err != nil || answer.StatusCode >= 500 {
			m.t.Errorf("%s %s: %s, %v", method, path, answer.Status, err)
		}
		return root
	}
	visit("POST", "/aanmelden", link.Query())
	forms, waiting, seen := map[string]bool{}, []string{"/"}, map[string]bool{}
	for len(waiting) > 0 && len(seen) < 80 {
		path := waiting[0]
		waiting = waiting[1:]
		if seen[path] || strings.HasPrefix(path, "/static/") || !strings.HasPrefix(path, "/") {
			continue
		}
		seen[path] = true
		page := visit("GET", path, nil)
		visit("GET", path+"?q="+canary+"&gelukt="+canary+"&after="+canary+"&theme="+canary+"&opDatum="+canary, nil)
		for node := range page.Descendants() {
			switch action := attributeOf(node, "action"); {
			case node.Data == "a":
				waiting = append(waiting, attributeOf(node, "href"))
			case node.Data != "form" || forms[action] || action == "/afmelden" || strings.HasPrefix(action, "/codelijsten/"):
			case attributeOf(node, "method") == "post":
				forms[action] = true
				visit("POST", action, filledIn(node))
			}
		}
	}
	if len(forms) < 10 || len(seen) < 20 {
		m.t.Errorf("only %d forms on %d pages: %q", len(forms), len(seen), slices.Sorted(maps.Keys(forms)))
	}
}

// filledIn is a form with a text in every field that takes one, and the first choice everywhere else.
func filledIn(form *html.Node) url.Values {
	fields := url.Values{}
	for node := range form.Descendants() {
		name, kind := attributeOf(node, "name"), attributeOf(node, "type")
		switch {
		case name == "":
		case node.Data == "textarea", node.Data == "input" && (kind == "text" || kind == "" || kind == "search"):
			fields.Set(name, "Iemand zei "+canary)
		case node.Data == "select":
			for option := range node.Descendants() {
				if value := attributeOf(option, "value"); value != "" && !fields.Has(name) {
					fields.Set(name, value)
				}
			}
		case kind == "date":
			fields.Set(name, time.Now().In(brussels()).Format(time.DateOnly))
		case node.Data == "input" && !fields.Has(name):
			fields.Set(name, attributeOf(node, "value"))
		}
	}
	return fields
}

func attributeOf(node *html.Node, name string) string {
	for _, a := range node.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// silent holds that the canary is not in something, in none of the forms that programs like to write texts in.
func silent(t *testing.T, where string, raw []byte) {
	t.Helper()
	for name, form := range canaryForms() {
		if i := bytes.Index(bytes.ToLower(raw), bytes.ToLower([]byte(form))); i >= 0 {
			t.Errorf("%s holds a text in %s: …%q…", where, name, raw[max(0, i-60):min(len(raw), i+60)])
		}
	}
}

// canaryForms is the canary as text, in hexadecimal, in both bytes of UTF-16, and in base64 at each of its three steps.
func canaryForms() map[string]string {
	forms := map[string]string{"the clear": canary, "hexadecimal": hex.EncodeToString([]byte(canary)), "UTF-16": wide(canary)}
	for step := range 3 {
		encoded := base64.RawStdEncoding.EncodeToString([]byte(strings.Repeat("x", step) + canary))
		forms[fmt.Sprintf("base64, step %d", step)] = encoded[4*((step+2)/3) : len(encoded)-2]
	}
	return forms
}

func wide(text string) string { return strings.Join(strings.Split(text, ""), "\x00") }

// searched holds that no file of a ledger holds the canary, and names the files.
func searched(t *testing.T, data string) (files []string) {
	t.Helper()
	err := filepath.WalkDir(data, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		silent(t, path, raw)
		files = append(files, filepath.Base(path))
		return err
	})
	if err != nil || !slices.Contains(files, "log.db") || !slices.Contains(files, "vault.db") {
		t.Errorf("found only %q, %v", files, err)
	}
	return files
}

// private holds that only the owner can read what stands in a directory, or can get in.
func private(t *testing.T, data string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		return
	}
	err := filepath.WalkDir(data, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		about, err := entry.Info()
		if err == nil && about.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v", path, about.Mode())
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

func bodyOf(t *testing.T, r *http.Response) string {
	t.Helper()
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

package api

import (
	"cmp"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/referral"
)

// anyPath is a path of a pattern, with made-up ids.
func anyPath(pattern string) string {
	path := strings.Replace(pattern, "{year:[0-9]{4}}", "2026", 1)
	return regexp.MustCompile(`\{[^}]*\}`).ReplaceAllStringFunc(path, func(string) string { return uuid.NewString() })
}

// Every route behind a door is shut to strangers, to whoever holds the key of another door, to an administrator and to
// a page of another site; and nothing of it is answered before the door is.
func TestEveryDoorIsShut(t *testing.T) {
	b := opened(t)
	before := b.recorded()
	for session, token := range map[string]string{
		"of-coordinator": ours, "of-worker": workers, "of-administrator": adminsown, "of-auditor": auditorsown,
	} {
		b.gate.sessions[session] = b.gate.tokens[token]
	}
	for _, caller := range []struct {
		name, token, session, site string
		programs, people, words    int // words: at both doors that are a coordinator's, if it is another
		audits                     int // at both doors that are an auditor's
	}{
		{"a stranger", "", "", "", 401, 303, 0, 303},
		{"a token of nobody", nobodys, "", "", 401, 303, 0, 303},
		{"a session of nobody", "", "of-nobody", "", 401, 303, 0, 303},
		{"the key of the other door", ours, "", "", 0, 303, 0, 303},
		{"the session for programs", "", "of-coordinator", "", 401, 0, 0, 403},
		{"a worker", workers, "of-worker", "", 0, 0, 403, 403},
		{"a coordinator", ours, "of-coordinator", "", 0, 0, 0, 403},
		{"an auditor", auditorsown, "of-auditor", "", 403, 403, 403, 0},
		{"an administrator", adminsown, "of-administrator", "", 403, 403, 403, 403},
		{"another site", ours, "of-coordinator", "cross-site", 403, 403, 403, 403},
	} {
		for _, rt := range b.routes() {
			want := map[door]int{
				programs: caller.programs, people: caller.people,
				coordinatorPrograms: cmp.Or(caller.words, caller.programs), coordinators: cmp.Or(caller.words, caller.people),
				auditors: caller.audits,
			}[rt.door]
			if want == 0 || caller.site != "" && rt.method == http.MethodGet {
				continue // this door is open to this caller
			}
			r := httptest.NewRequest(rt.method, anyPath(rt.pattern), strings.NewReader("{"))
			r.Header.Set("Sec-Fetch-Site", caller.site)
			if caller.token != "" {
				r.Header.Set("Authorization", "Bearer "+caller.token)
			}
			if caller.session != "" {
				r.AddCookie(&http.Cookie{Name: plainCookie, Value: caller.session})
			}
			w := httptest.NewRecorder()
			b.ServeHTTP(w, r)
			if w.Code != want || want == 303 && w.Header().Get("Location") != signInPath {
				t.Errorf("%s %s let in %s: %d to %q", rt.method, rt.pattern, caller.name, w.Code, w.Header().Get("Location"))
			}
			for name := range w.Header() {
				if strings.HasPrefix(name, "Access-Control-") {
					t.Errorf("%s %s answers other sites: %s", rt.method, rt.pattern, name)
				}
			}
		}
	}
	if after := b.recorded(); after != before {
		t.Errorf("%d events were recorded by nobody", after-before)
	}
}

// others is two ways to name the same things: those that our practice made, and those that nobody ever made.
func others(w *walker) (made, never map[string]string) {
	made, never = maps.Clone(w.made), map[string]string{}
	for name, id := range made {
		category, key, found := strings.Cut(id, "-")
		switch {
		case uuid.Validate(id) == nil:
			never[name] = uuid.NewString()
		case found && uuid.Validate(key) == nil:
			never[name] = category + "-" + uuid.NewString()
		default:
			never[name] = id
		}
	}
	// A referral that follows from a help request is called after it.
	never["followed"] = string(referral.Origin{Contact: domain.StreamID(never["contact"]), Request: 1, Service: "huis-van-welzijn"}.ID())
	return made, never
}

func readAll(t testing.TB, r *http.Response) string {
	t.Helper()
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// fingerprint is all that an answer says, whatever its request is called and whatever names things had in it.
func fingerprint(r *http.Response, body string, ids map[string]string) string {
	header := r.Header.Clone()
	request := header.Get("X-Request-Id")
	header.Del("X-Request-Id")
	var said strings.Builder
	_ = header.Write(&said)
	text := strings.ReplaceAll(r.Status+"\n"+said.String()+body, request, "")
	for name, id := range ids {
		text = strings.ReplaceAll(text, id, "$"+name)
		if _, key, found := strings.Cut(id, "-"); found && uuid.Validate(key) == nil {
			text = strings.ReplaceAll(text, key, "$"+name)
		}
	}
	return uuids.ReplaceAllString(text, "") // forms carry fresh ones
}

// difference is the first line in which two answers differ.
func difference(ours, absent string) string {
	others := strings.Split(absent, "\n")
	for i, line := range strings.Split(ours, "\n") {
		if i >= len(others) || line != others[i] {
			return "ours says " + line + "\nand absent says " + strings.Join(others[min(i, len(others)):min(i+1, len(others))], "")
		}
	}
	return "absent says more"
}

// uuids are ids that a page makes anew, or derives from its own address.
var uuids = regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\bf[0-9a-f]{8}-`)

// To another practice, our things and things that never were look the same: status, headers and body. No command of
// theirs is taken on ours, and no id of ours makes theirs fail otherwise.
func TestOthersCannotTellWhatIsOurs(t *testing.T) {
	w := walked(t)
	w.must(w.post("/practice/open", `{"name": "Zillebeke", "defaults": "harelbeke-2022"}`, with{"Authorization", "Bearer " + theirs}), 200)
	made, never := others(w)
	as := func(ids map[string]string, method, path, body string) string {
		w.made = ids
		headers := []with{{"Authorization", "Bearer " + theirs}}
		if method == "POST" {
			answered := w.post(w.named(path), w.named(body), headers...)
			return fingerprint(answered.Response, string(answered.body), ids)
		}
		answered := w.get(w.named(path), headers...)
		return fingerprint(answered.Response, string(answered.body), ids)
	}
	compared := 0
	for _, s := range theWalk {
		if strings.Contains(s.body, "$together") { // that is everybody's
			continue
		}
		if !regexp.MustCompile(`\$[a-z]`).MatchString(strings.NewReplacer("$figures", "", "$reportTheme", "").Replace(s.path + s.body)) {
			continue
		}
		if ours, absent := as(made, "POST", s.path, s.body), as(never, "POST", s.path, s.body); ours != absent {
			t.Errorf("%s: %s", s.path, difference(ours, absent))
		} else if strings.HasPrefix(ours, "2") {
			t.Errorf("%s was taken: %s", s.path, ours)
		}
		compared++
	}
	for _, q := range theQuestions {
		if !strings.Contains(q, "$") {
			continue
		}
		if ours, absent := as(made, "GET", q, ""), as(never, "GET", q, ""); ours != absent {
			t.Errorf("%s: %s", q, difference(ours, absent))
		}
		compared++
	}
	if compared < 60 {
		t.Errorf("only %d were compared", compared)
	}
}

// The same of pages.
func TestOthersCannotTellWhatIsOursOnPages(t *testing.T) {
	w := walked(t)
	w.must(w.post("/practice/open", `{"name": "Zillebeke", "defaults": "harelbeke-2022"}`, with{"Authorization", "Bearer " + theirs}), 200)
	v := w.visitor()
	v.catchUp()
	w.gate.sessions[v.session] = w.gate.tokens[theirs]
	made, never := others(w)
	things := map[string]string{
		"/contacten/": "contact", "/momenten/": "session", "/focusgroep/": "focusgroep", "/signalen/": "signal",
		"/aanbevelingen/": "proposal", "/doorverwijzingen/": "followed", "/overleg/{forum}/": "held",
	}
	ask := func(rt route, thing string, ids map[string]string) string {
		_, key, found := strings.Cut(ids[thing], "-")
		if !found || uuid.Validate(key) != nil {
			key = ids[thing]
		}
		path := strings.NewReplacer("{id}", key, "{meeting}", key, "{forum}", "team-opstap", "{step}", "word").Replace(rt.pattern)
		command := "c0ffee00-0000-4000-8000-000000000000"
		answered := w.browse(rt.method, path, url.Values{"command": {command}, "origin": {ids[thing]}}, &http.Cookie{Name: plainCookie, Value: v.session})
		return fingerprint(answered, readAll(t, answered), ids)
	}
	compared := 0
	for _, rt := range w.pages() {
		for prefix, thing := range things {
			if !strings.HasPrefix(rt.pattern, prefix+"{") {
				continue
			}
			if ours, absent := ask(rt, thing, made), ask(rt, thing, never); ours != absent {
				t.Errorf("%s %s: %s", rt.method, rt.pattern, difference(ours, absent))
			}
			compared++
		}
	}
	if compared < 15 {
		t.Errorf("only %d were compared", compared)
	}
}

// A command id that another practice used means nothing here: it makes a thing of its own, and a card of its own.
func TestCommandIDsOfOthersTellNothing(t *testing.T) {
	b := opened(t)
	b.must(b.post("/practice/open", `{"name": "Zillebeke", "defaults": "harelbeke-2022"}`, with{"Authorization", "Bearer " + theirs}), 200)
	for path, body := range map[string]string{"/signals": pickUp, "/cards": `{"nickname": "rode fiets"}`} {
		key, foreign := with{keyHeader, uuid.NewString()}, with{"Authorization", "Bearer " + theirs}
		own := b.must(b.post(path, body, key), 201).field(t, "id")
		other := b.must(b.post(path, body, key, foreign), 201).field(t, "id")
		if own == other {
			t.Errorf("%s gave away %s", path, own)
		}
		if again := b.post(path, body, key).field(t, "id"); again != own {
			t.Errorf("%s repeated made %s beside %s", path, again, own)
		}
	}
	key := with{keyHeader, uuid.NewString()}
	b.must(b.post("/cards", `{"nickname": "rode fiets"}`, key), 201)
	if p := readProblem(t, b.post("/cards", `{"nickname": "groene muts"}`, key)); p.Code != "command-reused" || p.Status != 422 {
		t.Errorf("another card under the same key: %+v", p)
	}
}

// No address, cookie, header or form leads a browser away from here.
func TestNothingLeadsAway(t *testing.T) {
	b := opened(t)
	for _, path := range []string{
		"//elders.example/x", "/\\elders.example", "/%2felders.example", "/aanmelden?next=https://elders.example",
		"/aanmelden?link=https://elders.example", "/static/../../go.mod", "/static/%2e%2e%2f%2e%2e%2fgo.mod", "/static/..%5cgo.mod",
		"/problemen/..%2f..%2fgo.mod", "/contacten/%0d%0aSet-Cookie:%20x=y",
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.URL.Path, r.URL.RawQuery, _ = strings.Cut(path, "?")
		if decoded, err := url.PathUnescape(r.URL.Path); err == nil {
			r.URL.Path = decoded
		}
		w := httptest.NewRecorder()
		b.ServeHTTP(w, r)
		if next := w.Header().Get("Location"); strings.HasPrefix(next, "//") || strings.Contains(next, ":") || strings.ContainsAny(next, "\\\r\n") {
			t.Errorf("%s leads to %q", path, next)
		}
		if w.Header().Get("Set-Cookie") != "" || strings.Contains(w.Body.String(), "module signaalboek") {
			t.Errorf("%s gave %v %s", path, w.Header(), w.Body)
		}
	}
	link := url.Values{"link": {"link-of-a-worker"}, "next": {"https://elders.example"}}
	if next := b.browse("POST", signInPath+"?next=https://elders.example", link).Header.Get("Location"); next != "/" {
		t.Errorf("signing in leads to %q", next)
	}
}

// What somebody sends stands on no page as markup, and bodies have an end.
func TestPagesShowNoMarkupOfOthers(t *testing.T) {
	b := opened(t)
	v := b.visitor()
	const markup = `"><script>alert(1)</script>`
	cookie := &http.Cookie{Name: plainCookie, Value: v.session}
	escaped := url.QueryEscape(markup)
	for _, path := range []string{
		"/zoeken?q=" + escaped, "/aanmelden?link=" + escaped, "/problemen/" + url.PathEscape(markup), "/?gelukt=" + escaped,
		"/contacten?theme=" + escaped, "/signalen?keeper=" + escaped, "/contacten?after=" + escaped, "/nergens/" + url.PathEscape(markup),
	} {
		if page := readAll(t, b.browse("GET", path, nil, cookie)); strings.Contains(page, "<script>alert") {
			t.Errorf("%s shows markup", path)
		}
	}
	page := b.browse("POST", "/contacten/nieuw", url.Values{"command": {markup}, "activity": {markup}, "nickname": {markup}, "on": {markup}}, cookie)
	if strings.Contains(readAll(t, page), "<script>alert") {
		t.Error("a refused form shows markup")
	}
	for _, path := range []string{"/contacten/nieuw", signInPath} {
		long := b.browse("POST", path, url.Values{"link": {strings.Repeat("x", maxBody)}}, cookie)
		if slices.Contains([]int{200, 303, 500}, long.StatusCode) {
			t.Errorf("a long body to %s answered %d", path, long.StatusCode)
		}
	}
}

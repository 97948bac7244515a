package api

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// browse asks for a page as a browser does.
func (b *bench) browse(method, path string, form url.Values, cookies ...*http.Cookie) *http.Response {
	b.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for _, cookie := range cookies {
		r.AddCookie(cookie)
	}
	w := httptest.NewRecorder()
	b.ServeHTTP(w, r)
	return w.Result()
}

// A link opens one session, by its button only; the session leads in until it is closed.
func TestSignIn(t *testing.T) {
	b := opened(t)
	const link = "link-of-a-worker"
	for range 3 { // whoever only looks at the link uses nothing up
		if page := b.browse("GET", signInPath+"?link="+link, nil); page.StatusCode != 200 || len(page.Cookies()) != 0 {
			t.Fatalf("looking at the link: %d, %v", page.StatusCode, page.Cookies())
		}
	}
	opened := b.browse("POST", signInPath, url.Values{"link": {link}})
	if opened.StatusCode != http.StatusSeeOther || opened.Header.Get("Location") != "/" || len(opened.Cookies()) != 1 {
		t.Fatalf("opening: %d to %q", opened.StatusCode, opened.Header.Get("Location"))
	}
	session := opened.Cookies()[0]
	if !session.HttpOnly || session.SameSite != http.SameSiteLaxMode || session.Path != "/" || session.Name != plainCookie {
		t.Errorf("the cookie is %v", session)
	}
	if again := b.browse("POST", signInPath, url.Values{"link": {link}}); again.StatusCode != http.StatusForbidden {
		t.Errorf("the link opened again: %d", again.StatusCode)
	}
	if in := b.browse("GET", "/", nil, session); in.StatusCode != http.StatusOK {
		t.Errorf("signed in: %d", in.StatusCode)
	}
	closed := b.browse("POST", "/afmelden", url.Values{}, session)
	if closed.StatusCode != http.StatusSeeOther || closed.Cookies()[0].MaxAge >= 0 {
		t.Errorf("closing: %d %v", closed.StatusCode, closed.Cookies())
	}
	if out := b.browse("GET", "/", nil, session); out.Header.Get("Location") != signInPath {
		t.Errorf("after closing: %d to %q", out.StatusCode, out.Header.Get("Location"))
	}
}

// Over https the cookie has the name by which browsers keep it safe.
func TestSafeCookie(t *testing.T) {
	s := &site{Config: Config{HTTPS: true}}
	cookie := s.sessionCookie("secret")
	if cookie.Name != "__Host-signaalboek" || !cookie.Secure || cookie.Domain != "" || cookie.Path != "/" {
		t.Errorf("the cookie is %v", cookie)
	}
}

// A session is no token and a token is no session: a page of another site can send neither.
func TestDoorsAreApart(t *testing.T) {
	b := opened(t)
	session := b.browse("POST", signInPath, url.Values{"link": {"link-of-a-worker"}}).Cookies()[0]
	if got := b.browse("GET", apiPath+"/signals", nil, session).StatusCode; got != http.StatusUnauthorized {
		t.Errorf("a session opened the interface for programs: %d", got)
	}
	r := httptest.NewRequest("GET", "/", nil)
	r.Header.Set("Authorization", "Bearer "+ours)
	w := httptest.NewRecorder()
	b.ServeHTTP(w, r)
	if w.Code != http.StatusSeeOther {
		t.Errorf("a token opened a page: %d", w.Code)
	}
}

// Whoever did not sign in gets nowhere: every route is open on purpose, or closed.
func TestEveryRouteHasADoor(t *testing.T) {
	b := newBench(t)
	open := map[string]bool{}
	for _, rt := range b.routes() {
		if rt.door == anybody {
			open[rt.method+" "+rt.pattern] = true
		}
	}
	want := []string{
		"GET /aanmelden", "GET /api/v1/openapi.json", "GET /livez", "GET /over", "GET /privacy", "GET /privacy/cijfers", "GET /problemen/{code}",
		"GET /readyz", "GET /static/{name}", "GET /toegankelijkheid", "GET /toetsen", "POST /aanmelden", "POST /afmelden",
	}
	if got := slices.Sorted(maps.Keys(open)); !slices.Equal(got, want) {
		t.Errorf("open to anybody: %q", got)
	}
}

// Every answer says to browsers what is safe, also when it is an error.
func TestSafeHeaders(t *testing.T) {
	b := newBench(t)
	for _, path := range []string{"/aanmelden", "/", "/nergens", "/livez", apiPath + "/signals", apiPath + "/openapi.json"} {
		header := b.browse("GET", path, nil).Header
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'",
			"X-Content-Type-Options":  "nosniff",
			"Referrer-Policy":         "same-origin",
			"Permissions-Policy":      "camera=()",
			"X-Request-Id":            "-",
		} {
			if got := header.Get(name); !strings.Contains(got, want) {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
		if got := header.Get("Cache-Control"); got != "no-store" && path != apiPath+"/openapi.json" {
			t.Errorf("%s: Cache-Control is %q", path, got)
		}
	}
}

func TestHealth(t *testing.T) {
	b := newBench(t)
	for path, want := range map[string]int{"/livez": 200, "/readyz": 200} {
		if got := b.browse("GET", path, nil).StatusCode; got != want {
			t.Errorf("%s answered %d", path, got)
		}
	}
	b.Ready = func() error { return errors.New("behind") }
	if got := b.browse("GET", "/readyz", nil).StatusCode; got != http.StatusServiceUnavailable {
		t.Errorf("not ready answered %d", got)
	}
}

// A fault is told to nobody, and stands in the log once, under the id that the caller was given.
func TestFault(t *testing.T) {
	b := opened(t)
	b.visitor().catchUp() // or whoever follows the log could meet the fault
	b.store.FailRead(0, errors.New("disk of the treasurer"))
	answered := b.post("/signals", pickUp)
	p := readProblem(t, answered)
	if answered.StatusCode != 500 || p.Code != "fault" || strings.Contains(string(answered.body), "treasurer") {
		t.Errorf("answered %d %s", answered.StatusCode, answered.body)
	}
	if log := b.log.String(); strings.Count(log, `"msg":"fault"`) != 1 || !strings.Contains(log, p.Request) {
		t.Errorf("the log says %s", log)
	}
}

// A panic is answered like any fault, and what it held stays out of the log.
func TestPanic(t *testing.T) {
	b := newBench(t)
	b.router = b.routed([]route{{"GET", "/api/broken", anybody, func(http.ResponseWriter, *http.Request) error {
		panic("a text of somebody")
	}}})
	if got := b.browse("GET", "/api/broken", nil).StatusCode; got != http.StatusInternalServerError {
		t.Errorf("answered %d", got)
	}
	if log := b.log.String(); strings.Contains(log, "of somebody") || !strings.Contains(log, `"msg":"panic"`) {
		t.Errorf("the log says %s", log)
	}
}

// The log names routes, never paths or queries.
func TestAccessLog(t *testing.T) {
	b := opened(t)
	b.get("/signals/signal-" + uuid.NewString() + "?keeper=coordinator")
	log := b.log.String()
	if !strings.Contains(log, `"route":"/api/v1/signals/{id}"`) || strings.Contains(log, "keeper") {
		t.Errorf("the log says %s", log)
	}
}

// Every code has its stable page.
func TestProblemPages(t *testing.T) {
	b := newBench(t)
	for _, code := range []string{"date-in-future", "fault", "signal-not-worded"} {
		if got := b.browse("GET", ProblemPath+code, nil).StatusCode; got != 200 {
			t.Errorf("the page of %s answered %d", code, got)
		}
	}
	if got := b.browse("GET", ProblemPath+"nothing", nil).StatusCode; got != 404 {
		t.Errorf("the page of no code answered %d", got)
	}
}

// Every command that an aggregate takes can be given by a program, but what this program records by itself.
func TestEveryCommandHasARoute(t *testing.T) {
	given := map[string]bool{"practice.RecordErasures": true, "practice.CompleteMergings": true}
	for _, command := range commandTypes() {
		given[command.String()] = true
	}
	for _, aggregate := range []string{
		"practice", "contact", "session", "focusgroep", "signal", "bundle", "referral", "forum", "recommendation",
	} {
		for _, command := range commandsOf(t, aggregate) {
			if !given[aggregate+"."+command] {
				t.Errorf("no route gives %s.%s", aggregate, command)
			}
		}
	}
}

// commandsOf is the types of a package that decide.
func commandsOf(t *testing.T, aggregate string) (commands []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", "domain", aggregate, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files of %s: %v", aggregate, err)
	}
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, declared := range parsed.Decls {
			method, ok := declared.(*ast.FuncDecl)
			if ok && method.Recv != nil && method.Name.Name == "decide" {
				commands = append(commands, method.Recv.List[0].Type.(*ast.Ident).Name)
			}
		}
	}
	if len(commands) < 3 {
		t.Fatalf("found only %q in %s", commands, aggregate)
	}
	return commands
}

func TestConfigIsChecked(t *testing.T) {
	if _, err := New(Config{}); err == nil {
		t.Error("a site of nothing was made")
	}
}

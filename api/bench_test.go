package api

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
	"github.com/go-json-experiment/json"
	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/domaintest"
	"signaalboek/domain/ledger"
	"signaalboek/domain/vocabulary"
	"signaalboek/projections"
)

// now is the moment at which tests happen: in Brussels it is the day after.
var now = time.Date(2026, 3, 4, 23, 30, 0, 0, time.UTC)

var brussels = time.FixedZone("Brussels", 60*60)

// The tokens and sessions of the people of tests.
const (
	ours      = "token-of-a-coordinator"
	seconds   = "token-of-a-second-coordinator"
	workers   = "token-of-a-worker"
	theirs    = "token-of-another-practice"
	nobodys   = "token-of-nobody"
	adminsown = "token-of-an-administrator"

	auditorsown = "token-of-an-auditor"
)

// bench is a site over stores in memory, whose every answer below /api/v1 is held against the contract.
type bench struct {
	testing.TB
	*site
	store *domaintest.MemStore
	vault *domaintest.MemVault
	gate  *gate
	log   *bytes.Buffer
}

func newBench(t testing.TB) *bench {
	t.Helper()
	b := &bench{TB: t, store: domaintest.NewMemStore(t), vault: domaintest.NewMemVault(), log: new(bytes.Buffer)}
	set := projections.New(b.store, b.vault)
	b.gate = newGate()
	logger := slog.New(slog.NewJSONHandler(&lockedWriter{w: b.log}, nil))
	judging := NewJudging(logger)
	handler, err := New(Config{
		Ledger: ledger.New(b.store, b.vault, brussels), Set: set, Vault: b.vault, Store: b.store, Accounts: b.gate,
		Clock: func() time.Time { return now }, Zone: brussels, Version: "test", Ready: func() error { return nil },
		Logger: logger, Judging: judging,
	})
	if err != nil {
		t.Fatal(err)
	}
	b.site = handler.(*site)
	run(t, set.Run)
	run(t, judging.Run)
	return b
}

// run runs a part of the program until the test ends.
func run(t testing.TB, part func(context.Context) error) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- part(ctx) }()
	t.Cleanup(func() {
		cancel()
		<-ended
	})
}

// opened is a bench whose practice keeps its book already.
func opened(t testing.TB) *bench {
	t.Helper()
	b := newBench(t)
	b.must(b.post("/practice/open", `{"name": "Harelbeke Centrum", "defaults": "`+vocabulary.Harelbeke2022+`"}`), 200)
	return b
}

// said is an answer.
type said struct {
	*http.Response
	body []byte
}

func (s said) field(t testing.TB, name string) string {
	t.Helper()
	var members map[string]any
	if err := json.Unmarshal(s.body, &members); err != nil {
		t.Fatalf("not an object: %s", s.body)
	}
	text, _ := members[name].(string)
	return text
}

// with is one header of a request.
type with struct{ name, value string }

// post gives a command, with an id of its own unless told otherwise.
func (b *bench) post(path, body string, headers ...with) said {
	b.Helper()
	standard := []with{{"Authorization", "Bearer " + ours}, {"Content-Type", "application/json"}, {keyHeader, uuid.NewString()}}
	return b.send("POST", path, body, append(standard, headers...)...)
}

// get asks a question, of everything recorded until now.
func (b *bench) get(path string, headers ...with) said {
	b.Helper()
	end, err := b.store.End(context.Background())
	if err != nil {
		b.Fatal(err)
	}
	standard := []with{{"Authorization", "Bearer " + ours}, {positionHeader, end.String()}}
	return b.send("GET", path, "", append(standard, headers...)...)
}

func (b *bench) send(method, path, body string, headers ...with) said {
	b.Helper()
	r := httptest.NewRequest(method, apiPath+path, strings.NewReader(body))
	for _, h := range headers {
		r.Header.Set(h.name, h.value)
	}
	w := httptest.NewRecorder()
	b.ServeHTTP(w, r)
	answered := said{w.Result(), w.Body.Bytes()}
	holdToContract(b, r, body, answered)
	return answered
}

// must holds that an answer has a status.
func (b *bench) must(s said, status int) said {
	b.Helper()
	if s.StatusCode != status {
		b.Fatalf("answered %d and not %d: %s\n%s", s.StatusCode, status, s.body, b.log)
	}
	return s
}

// recorded is how many events the log holds.
func (b *bench) recorded() int {
	b.Helper()
	count := 0
	for _, err := range b.store.ReadAll(context.Background(), domain.Position{}) {
		if err != nil {
			b.Fatal(err)
		}
		count++
	}
	return count
}

var readContract = sync.OnceValues(func() (*openapi3.T, error) {
	document, err := openapi3.NewLoader().LoadFromData(contract)
	if err != nil {
		return nil, err
	}
	return document, document.Validate(context.Background())
})

var contractRoutes = sync.OnceValues(func() (routers.Router, error) {
	document, err := readContract()
	if err != nil {
		return nil, err
	}
	return gorillamux.NewRouter(document)
})

// holdToContract holds that an answer is what the contract says, and so is a request that was not refused.
func holdToContract(t testing.TB, r *http.Request, body string, s said) {
	t.Helper()
	router, err := contractRoutes()
	if err != nil {
		t.Fatal(err)
	}
	route, variables, err := router.FindRoute(r)
	if err != nil {
		if s.StatusCode < 400 {
			t.Errorf("%s %s is not in the contract: %v", r.Method, r.URL.Path, err)
		}
		return
	}
	r = r.Clone(r.Context())
	r.Body = io.NopCloser(strings.NewReader(body))
	options := &openapi3filter.Options{
		AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, IncludeResponseStatus: true, MultiError: true,
	}
	asked := &openapi3filter.RequestValidationInput{Request: r, PathParams: variables, Route: route, Options: options}
	if s.StatusCode < 300 {
		if err := openapi3filter.ValidateRequest(r.Context(), asked); err != nil {
			t.Errorf("%s %s was taken, against the contract: %v\n%s", r.Method, r.URL, err, body)
		}
	}
	err = openapi3filter.ValidateResponse(r.Context(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: asked, Status: s.StatusCode, Header: s.Header,
		Body: io.NopCloser(bytes.NewReader(s.body)), Options: options,
	})
	if err != nil {
		t.Errorf("%s %s answered against the contract: %v\n%s", r.Method, r.URL, err, s.body)
	}
}

// gate is accounts in memory.
type gate struct {
	tokens map[string]Actor

	mu       sync.Mutex // guards what follows
	links    map[string]Actor
	sessions map[string]Actor
}

func newGate() *gate {
	worker := Actor{ID: uuid.New(), Practice: "harelbeke-centrum", Role: Worker}
	coordinator := Actor{ID: uuid.New(), Practice: "harelbeke-centrum", Role: Coordinator}
	return &gate{
		tokens: map[string]Actor{
			ours:      coordinator,
			seconds:   {ID: uuid.New(), Practice: "harelbeke-centrum", Role: Coordinator},
			workers:   worker,
			theirs:    {ID: uuid.New(), Practice: "zillebeke", Role: Coordinator},
			adminsown: {ID: uuid.New(), Practice: "harelbeke-centrum", Role: Administrator},

			auditorsown: {ID: uuid.New(), Practice: "harelbeke-centrum", Role: Auditor},
		},
		links:    map[string]Actor{"link-of-a-worker": worker},
		sessions: map[string]Actor{},
	}
}

func (g *gate) ByToken(_ context.Context, token string) (Actor, bool, error) {
	actor, ok := g.tokens[token]
	return actor, ok, nil
}

func (g *gate) OpenSession(_ context.Context, link string) (string, bool, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	actor, ok := g.links[link]
	if !ok {
		return "", false, nil
	}
	delete(g.links, link)
	session := uuid.NewString()
	g.sessions[session] = actor
	return session, true, nil
}

func (g *gate) BySession(_ context.Context, session string) (Actor, bool, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	actor, ok := g.sessions[session]
	return actor, ok, nil
}

func (g *gate) CloseSession(_ context.Context, session string) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.sessions, session)
	return nil
}

// lockedWriter lets several goroutines write to one buffer.
type lockedWriter struct {
	mu sync.Mutex // guards w
	w  io.Writer
}

func (l *lockedWriter) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(p)
}

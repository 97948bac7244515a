package main

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"signaalboek/ops/eventlog/esdbtest"
	"signaalboek/ops/postgrestest"
)

// sharing is what the replicas of a test share: a log, a database, and the first key file.
type sharing struct {
	t        *testing.T
	log      *esdbtest.Cluster
	database string
	key      string
	token    string
}

// share starts what replicas share. The database is the test's own if it must fail.
func share(t *testing.T, nodes int, database string) *sharing {
	t.Helper()
	return &sharing{t: t, log: esdbtest.StartCluster(t, nodes), database: database}
}

// options are those of a new replica, with a directory and a key file of its own: a copy of the first one's.
func (s *sharing) options() []string {
	s.t.Helper()
	key := filepath.Join(s.t.TempDir(), "master.key")
	if s.key == "" {
		s.key = key
	} else {
		copyKeys(s.t, filepath.Dir(s.key), filepath.Dir(key))
	}
	return []string{"--data", filepath.Join(s.t.TempDir(), "boek"), "--log", s.log.ConnectionString(), "--vault", s.database, "--vault-key", key}
}

// copyKeys copies what each replica holds: the key of the vault, and the key that signs.
func copyKeys(t *testing.T, from, to string) {
	t.Helper()
	for _, name := range []string{"master.key", "signing.key"} {
		raw, err := os.ReadFile(filepath.Join(from, name))
		if err == nil {
			err = os.WriteFile(filepath.Join(to, name), raw, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// replica runs one more replica, until the test ends.
func (s *sharing) replica(more ...string) *program {
	s.t.Helper()
	p := launch(s.t, append(append([]string{"serve"}, s.options()...), more...)...)
	if s.token == "" {
		s.token = p.Token
	}
	p.Token = s.token
	return p
}

// inTurn is a proxy that sends each request to another replica.
func inTurn(t *testing.T, replicas ...*program) string {
	t.Helper()
	var turn atomic.Uint64
	proxy := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		next := replicas[turn.Add(1)%uint64(len(replicas))]
		to, err := url.Parse(next.Address)
		if err != nil {
			panic(err)
		}
		r.SetURL(to)
		r.Out.Host = r.In.Host // what a browser is at, for those who look out for forged requests
	}}
	server := httptest.NewServer(proxy)
	t.Cleanup(server.Close)
	return server.URL
}

// Given three replicas behind a proxy that sends each request to another one, when somebody registers, then they see it
// at once: in the interface and on pages, many at the same time, whoever opened their session.
func TestReadYourWritesAcrossReplicas(t *testing.T) {
	t.Parallel()
	s := share(t, 1, postgrestest.Start(t))
	first := s.replica()
	second, third := s.replica(), s.replica()
	site := inTurn(t, first, second, third)
	s.log.Leader().SlowConsumer(5 * time.Millisecond) // no replica has an event at once
	var visiting sync.WaitGroup
	for range 4 {
		visiting.Go(func() { programSeesItsWrites(t, site, s.token, 10) })
	}
	for i, p := range []*program{first, second, third} {
		visiting.Go(func() { browserSeesItsWrites(t, site, p.Link, floors[i]) })
	}
	visiting.Wait()
}

// programSeesItsWrites registers contacts, and asks for each with the position of the answer.
func programSeesItsWrites(t *testing.T, site, token string, times int) {
	p := &program{t: t, greeting: greeting{Address: site, Token: token}}
	for range times {
		made := p.give("/contacts", map[string]any{"activity": "contact-op-straat", "known": "yes"})
		var read struct{ ID string }
		answer := p.request("GET", "/api/v1/contacts/"+made.ID, nil, &read)
		if answer.StatusCode != http.StatusOK || read.ID != made.ID {
			t.Errorf("a contact that was registered just now: %s %s", answer.Status, bodyOf(t, answer))
		}
	}
}

// rooms on floors are places that the guard lets pass: a random name may look like a number of somebody.
var (
	rooms  = []string{"rode zaal", "gele zaal", "witte zaal", "blauwe zaal", "groene zaal"}
	floors = []string{"beneden", "boven", "achteraan"}
)

// browserSeesItsWrites plans meetings with the form for it, and follows where that leads.
func browserSeesItsWrites(t *testing.T, site, link, floor string) {
	visitor := signedIn(t, greeting{Address: site, Link: link})
	for n := range rooms {
		place := rooms[n] + " " + floor
		answer, err := visitor.PostForm(site+"/focusgroep", url.Values{
			"command": {uuid.NewString()}, "day": {"2026-01-05"}, "place": {place},
		})
		if err != nil {
			t.Error(err)
			return
		}
		status, page := answer.StatusCode, bodyOf(t, answer)
		_ = answer.Body.Close()
		for leads := answer.Request.URL.String(); status == http.StatusServiceUnavailable && t.Context().Err() == nil; {
			status, page = answers(t, visitor, leads) // that replica could not see it in time, and said so
		}
		if status != http.StatusOK || !strings.Contains(page, place) {
			t.Errorf("%d %s: a meeting that was planned just now is not there", status, answer.Request.URL.Path)
		}
	}
}

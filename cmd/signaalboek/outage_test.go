package main

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"signaalboek/ops/postgrestest"
)

// answers asks for a page and gives its status and what stands on it.
func answers(t *testing.T, visitor *http.Client, address string) (int, string) {
	t.Helper()
	answer, err := visitor.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	return answer.StatusCode, bodyOf(t, answer)
}

// register sends the form of a meeting, with the id of its command, and gives what comes of it.
func register(t *testing.T, visitor *http.Client, site, command, place string) (int, string) {
	t.Helper()
	answer, err := visitor.PostForm(site+"/focusgroep", url.Values{
		"command": {command}, "day": {"2026-01-05"}, "place": {place},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	return answer.StatusCode, bodyOf(t, answer)
}

// registersOnce sends the form until it is taken, and once more: then one meeting stands there.
func registersOnce(t *testing.T, visitor *http.Client, site, command, place string) {
	t.Helper()
	for range 2 {
		eventually(t, "the form registers", func() bool {
			status, text := register(t, visitor, site, command, place)
			return status == http.StatusOK && strings.Contains(text, place)
		})
	}
	if _, text := answers(t, visitor, site+"/focusgroep"); strings.Count(text, place) != 1 {
		t.Errorf("the meeting stands there %d times", strings.Count(text, place))
	}
}

// worded is a signal with a statement.
func (p *program) worded(statement string) receipt {
	p.t.Helper()
	signal := p.give("/signals", map[string]any{
		"from": "survey", "themes": []string{"werk"},
		"evidence": map[string]any{"setting": map[string]any{"kind": "survey", "year": time.Now().Year()}},
	})
	p.give("/signals/"+signal.ID+"/word", map[string]any{"statement": statement})
	return signal
}

// pageOf is the page of a new signal with a statement, which can be read there.
func (p *program) pageOf(visitor *http.Client, statement string) string {
	p.t.Helper()
	page := p.Address + "/signalen/" + strings.TrimPrefix(p.worded(statement).ID, "signal-")
	eventually(p.t, "the statement is on the page", func() bool {
		_, text := answers(p.t, visitor, page)
		return strings.Contains(text, statement)
	})
	return page
}

// Given a replica, when PostgreSQL is away, then reading goes on for who had signed in, texts say that they cannot be
// read, registering is refused in words with the form filled in; and when it is back, the same form registers once.
func TestDatabaseAway(t *testing.T) {
	t.Parallel()
	server := postgrestest.StartServer(t)
	database, err := server.Database()
	if err != nil {
		t.Fatal(err)
	}
	s := share(t, 1, database)
	p := s.replica()
	const statement = "De bus rijdt niet op zondag."
	visitor := signedIn(t, p.greeting)
	page := p.pageOf(visitor, statement)
	if err := server.Crash(); err != nil {
		t.Fatal(err)
	}
	eventually(t, "pages say that the vault is away", func() bool {
		_, text := answers(t, visitor, p.Address+"/")
		return strings.Contains(text, "Registreren lukt nu niet")
	})
	if status, text := answers(t, visitor, page); status != http.StatusOK || !strings.Contains(text, "[nu niet leesbaar]") ||
		strings.Contains(text, statement) || strings.Contains(text, "[gewist]") {
		t.Errorf("%d: the page of a signal does not say that its text cannot be read now", status)
	}
	command, place := uuid.NewString(), "Zaal de Geit"
	status, text := register(t, visitor, p.Address, command, place)
	if status != http.StatusServiceUnavailable || !strings.Contains(text, "De kluis") || !strings.Contains(text, place) {
		t.Errorf("%d: registering is not refused in words, with the form filled in", status)
	}
	if status, _ := answers(t, visitor, p.Address+"/readyz"); status != http.StatusOK {
		t.Errorf("a replica that can be read from is not ready: %d", status)
	}
	if err := server.Restart(); err != nil {
		t.Fatal(err)
	}
	registersOnce(t, visitor, p.Address, command, place)
}

// Given a replica, when no node of the log answers, then what it knows is served, with what it says of its age;
// registering is refused in words, and for too long it is not ready. When the log is back, all of that passes by itself.
func TestLogAway(t *testing.T) {
	t.Parallel()
	s := share(t, 1, postgrestest.Start(t))
	p := s.replica("--max-behind", "6s")
	const statement = "De bus rijdt niet op zondag."
	visitor := signedIn(t, p.greeting)
	p.pageOf(visitor, statement)
	s.log.Leader().Crash()
	command, place := uuid.NewString(), "Zaal de Geit"
	status, text := register(t, visitor, p.Address, command, place)
	if status != http.StatusServiceUnavailable || !strings.Contains(text, "Het logboek") || !strings.Contains(text, place) {
		t.Errorf("%d: registering is not refused in words, with the form filled in", status)
	}
	eventually(t, "the replica says that it is behind", func() bool {
		status, text := answers(t, visitor, p.Address+"/readyz")
		return status == http.StatusServiceUnavailable && text == "not ready: behind\n"
	})
	status, text = answers(t, visitor, p.Address+"/signalen")
	if status != http.StatusOK || !strings.Contains(text, "Registreren lukt nu niet") || !strings.Contains(text, statement) {
		t.Errorf("%d: what is known is not shown, with a warning", status)
	}
	s.log.Nodes()[0].Restart()
	eventually(t, "the replica is ready", func() bool {
		status, _ := answers(t, visitor, p.Address+"/readyz")
		return status == http.StatusOK
	})
	registersOnce(t, visitor, p.Address, command, place)
}

// Given a replica that gets events more slowly than people record them, when it has missed some for longer than it may,
// then it is not ready and says why, and a question that must see what it has not seen is refused in words; registering
// goes on. It is ready again by itself.
func TestReplicaBehind(t *testing.T) {
	t.Parallel()
	s := share(t, 1, postgrestest.Start(t))
	observed := freeAddress(t)
	p := s.replica("--max-behind", "2s", "--metrics-addr", observed)
	s.log.Leader().SlowConsumer(400 * time.Millisecond) // what is read for a command is slow, too: many must give them
	open, closed := context.WithCancel(t.Context())
	defer closed()
	var registering sync.WaitGroup
	contact := map[string]any{"activity": "contact-op-straat", "known": "yes"}
	for range 12 {
		registering.Go(func() {
			for request := (&program{t: t, greeting: p.greeting}); open.Err() == nil; {
				request.give("/contacts", contact)
			}
		})
	}
	eventually(t, "the replica says that it is behind", func() bool {
		status, text := answers(t, http.DefaultClient, p.Address+"/readyz")
		return status == http.StatusServiceUnavailable && text == "not ready: behind\n"
	})
	eventually(t, "the metrics tell that it is behind", func() bool {
		return strings.Contains(scraped(t, observed), "signaalboek_projections_behind 1")
	})
	var last receipt
	eventually(t, "a question that cannot see what it must is refused", func() bool {
		last = p.give("/contacts", contact)
		answer := p.requestOnce("GET", "/api/v1/contacts/"+last.ID, nil, nil)
		return isBehind(t, answer) && answer.Header.Get("Retry-After") != ""
	})
	closed()
	registering.Wait()
	s.log.Leader().SlowConsumer(0)
	eventually(t, "the replica is ready", func() bool {
		status, _ := answers(t, http.DefaultClient, p.Address+"/readyz")
		return status == http.StatusOK
	})
	if answer := p.request("GET", "/api/v1/contacts/"+last.ID, nil, nil); answer.StatusCode != http.StatusOK {
		t.Errorf("a ready replica answers %s", answer.Status)
	}
}

// Given a replica at a node of the log that is cut off from the others and answers all the same, when something is registered
// at another replica, then the first one says that it is behind; it is ready again by itself.
func TestReplicaAtANodeThatIsCutOff(t *testing.T) {
	t.Parallel()
	s := share(t, 3, postgrestest.Start(t))
	p := s.replica("--max-behind", "2s")
	node := s.log.Leader()
	node.Isolate(true)
	s.log.Elect(1)
	s.replica().give("/contacts", map[string]any{"activity": "contact-op-straat", "known": "yes"})
	eventually(t, "the replica says that it is behind", func() bool {
		status, text := answers(t, http.DefaultClient, p.Address+"/readyz")
		return status == http.StatusServiceUnavailable && text == "not ready: behind\n"
	})
	node.Isolate(false)
	eventually(t, "the replica is ready", func() bool {
		status, _ := answers(t, http.DefaultClient, p.Address+"/readyz")
		return status == http.StatusOK
	})
}

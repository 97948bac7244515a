package main

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/domaintest"
	"signaalboek/ops/transparency"
)

// copyFiles copies files of a ledger that nobody has open.
func copyFiles(t *testing.T, from, to string, names ...string) {
	t.Helper()
	for _, name := range names {
		raw, err := os.ReadFile(filepath.Join(from, name))
		if err == nil {
			err = os.WriteFile(filepath.Join(to, name), raw, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// Given a ledger whose log was put back from an older copy, when it is served, then people read what is there and record
// nothing, and whoever runs it is told what to do; until the loss is accepted, which everybody can see ever after.
func TestAnOlderLogIsFoundOut(t *testing.T) {
	data, copied := filepath.Join(t.TempDir(), "boek"), t.TempDir()
	serve := func() *program { return launch(t, "serve", "--data", data, "--metrics-addr", "127.0.0.1:0", "--plain") }
	p := serve()
	token := p.Token
	signal := p.worded("De bus rijdt niet.")
	p.end()
	copyFiles(t, data, copied, "log.db")
	p = serve()
	p.Token = token
	p.worded("De trein ook niet.")
	p.end() // which signs what is recorded
	told(t, "Ondertekend op", "history", "--data", data, "--plain")

	copyFiles(t, copied, data, "log.db")
	for _, beside := range []string{"log.db-wal", "log.db-shm"} {
		_ = os.Remove(filepath.Join(data, beside)) // there may be none
	}
	p = serve()
	p.Token = token
	var list struct{ Items []struct{ ID string } }
	if answer := p.request("GET", "/api/v1/signals", nil, &list); answer.StatusCode != http.StatusOK || len(list.Items) != 1 {
		t.Errorf("of the older log people read %d signals: %s", len(list.Items), answer.Status)
	}
	var refused struct{ Code string }
	answer := p.requestOnce("POST", "/api/v1/contacts", map[string]any{"activity": "contact-op-straat", "known": "yes"}, &refused,
		"Idempotency-Key", uuid.NewString())
	if answer.StatusCode != http.StatusServiceUnavailable || refused.Code != "history-forked" {
		t.Errorf("recording says %s, %q", answer.Status, refused.Code)
	}
	p.end()

	before := eventsIn(t, "--data", data, "--plain")
	told(t, "In het logboek staat dat nog niet", "forget", "signal", signal.ID, "--yes", "--record", "--data", data, "--plain")
	if eventsIn(t, "--data", data, "--plain") != before {
		t.Error("a command grew the log that contradicts what was signed")
	}
	if said := refusal(t, nil, "history", "accept", "restored", "--data", data, "--plain"); !strings.Contains(said, "Voeg --yes toe") {
		t.Errorf("told %q", said)
	}
	told(t, "Er begint een nieuwe geschiedenis", "history", "accept", "restored", "--yes", "--data", data, "--plain")
	told(t, "er werd een oude kopie van het logboek teruggezet", "history", "--data", data, "--plain")
	told(t, "Gewist", "forget", "signal", signal.ID, "--yes", "--record", "--data", data, "--plain")
	if after := eventsIn(t, "--data", data, "--plain"); !strings.Contains(after[len(before):], "practice.texts-erased.v1") {
		t.Error("what was erased is not recorded afterwards")
	}
	if said := refusal(t, nil, "history", "accept", "damaged", "--yes", "--data", data, "--plain"); !strings.Contains(said, "Er is niets verloren") {
		t.Errorf("told %q", said)
	}
	p = serve()
	p.Token = token
	p.worded("De bus rijdt weer.")
	p.end()

	if err := os.WriteFile(dir(data).head(), []byte("niets"), 0o600); err != nil {
		t.Fatal(err)
	}
	told(t, "history accept damaged", "serve", "--data", data, "--plain")
	told(t, "Voeg --yes toe", "history", "accept", "damaged", "--data", data, "--plain")
	told(t, "Er begint een nieuwe geschiedenis", "history", "accept", "damaged", "--yes", "--data", data, "--plain")
	told(t, "niet meer te lezen", "history", "--data", data, "--plain")
	p = serve()
	p.Token = token
	p.worded("De bus rijdt altijd.")
}

// Looking at what was signed makes nothing, and a slip of the pen is told.
func TestHistoryOfNothing(t *testing.T) {
	data := filepath.Join(t.TempDir(), "boek")
	if said := refusal(t, nil, "history", "--data", data); !strings.Contains(said, "Er werd nog niets ondertekend") {
		t.Errorf("told %q", said)
	}
	if _, err := os.Stat(data); !os.IsNotExist(err) {
		t.Errorf("a directory was made: %v", err)
	}
}

// Two logs have the same root when they hold the same events, and no other log has it.
func TestRootsOfTwoLogs(t *testing.T) {
	nothing := base64.StdEncoding.EncodeToString(make([]byte, 32))
	logOf := func(payloads ...string) domain.Store {
		log := domaintest.NewMemStore(t)
		for i, payload := range payloads {
			drafts := []domain.Draft{{
				ID: domain.EventID{byte(i + 1)}, Name: "thing.happened.v1", At: time.UnixMicro(1).UTC(), Payload: []byte(payload),
				Metadata: fmt.Appendf(nil, `{"nonce":%q,"fields":""}`, nothing),
			}}
			if _, err := log.Append(t.Context(), "thing-a", domain.Revision(i-1), drafts); err != nil {
				t.Fatal(err)
			}
		}
		return log
	}
	for name, c := range map[string]struct {
		from, to domain.Store
		same     bool
	}{
		"the same":          {logOf("1", "2"), logOf("1", "2"), true},
		"nothing":           {logOf(), logOf(), true},
		"without the last":  {logOf("1", "2"), logOf("1"), false},
		"another first one": {logOf("1", "2"), logOf("3", "2"), false},
	} {
		root, err := sameRoot(t.Context(), c.from, c.to)
		if want, failed := transparency.ExtentOf(t.Context(), c.from); failed != nil || c.same && (err != nil || root != want.Root.String()) {
			t.Errorf("%s: %q, %v", name, root, err)
		}
		if !c.same && !errors.Is(err, errOtherRoot) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

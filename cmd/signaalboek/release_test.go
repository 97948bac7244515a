package main

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"signaalboek/domain"
	"signaalboek/domain/proof"
)

// colleague adds a second coordinator, and gives the header that says it is them.
func colleague(t *testing.T, data string, form ...string) []string {
	t.Helper()
	out, err := commandOutput(t, append([]string{"user", "add", "coordinator", "--data", data, "--json"}, form...)...)
	var hello greeting
	if err == nil {
		err = json.Unmarshal([]byte(out), &hello)
	}
	if err != nil {
		t.Fatal(err)
	}
	return []string{"Authorization", "Bearer " + hello.Token}
}

// proposal is the id of a proposal of a whole year whose figures are judged, by whose token this is: one that waits already
// is dropped.
func (p *program) proposal(year int) string {
	p.t.Helper()
	var list struct{ Items []struct{ ID, Phase string } }
	p.request("GET", "/api/v1/releases", nil, &list)
	if len(list.Items) > 0 && list.Items[0].Phase == "proposed" {
		p.give("/releases/drop", map[string]any{"release": list.Items[0].ID})
	}
	p.give("/releases/propose", map[string]any{"period": map[string]any{"year": year, "part": "whole-year"}})
	return p.judged()
}

// judged has the last proposal judged, here, and is its id.
func (p *program) judged() string {
	p.t.Helper()
	var list struct{ Items []struct{ ID string } }
	p.request("GET", "/api/v1/releases", nil, &list)
	p.request("POST", "/api/v1/releases/"+list.Items[0].ID+"/judge", nil, nil)
	eventually(p.t, "the figures are judged", func() bool {
		var judging struct{ State string }
		p.request("GET", "/api/v1/releases/"+list.Items[0].ID+"/judging", nil, &judging)
		return judging.State == "judged"
	})
	return list.Items[0].ID
}

// released has two coordinators publish last year, of which one signal is known, and gives the id of the release and of the
// signal.
func (p *program) released(second []string) (id, signal string) {
	p.t.Helper()
	year := time.Now().Year() - 1
	lastYear := domain.DateOf(year, time.June, 1).String()
	signal = p.give("/signals", map[string]any{
		"on": lastYear, "from": "survey", "themes": []string{"werk"},
		"evidence": map[string]any{"setting": map[string]any{"kind": "survey", "year": year}},
	}).ID
	p.give("/signals/"+signal+"/word", map[string]any{"on": lastYear, "statement": "De bus rijdt niet na zes uur."})
	id = p.proposal(year)
	p.confirm(id, second)
	return id, signal
}

// proven waits until a release has its proof.
func (p *program) proven(id string) {
	p.t.Helper()
	eventually(p.t, "the release has its proof", func() bool {
		var one map[string]any
		p.request("GET", "/api/v1/releases/"+id, nil, &one)
		return one["proof"] != nil
	})
}

// A release that two coordinators published can be listed and written out as it is; it goes when a text in it is erased.
func TestAReleaseFromProposalToWithdrawal(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	p := launch(t, "serve", "--data", data)
	token := p.Token
	id, signal := p.released(colleague(t, data))
	p.proven(id)
	p.end()

	listed, err := commandOutput(t, "release", "list", "--data", data)
	if err != nil || !strings.Contains(listed, id) || !strings.Contains(listed, "verschenen") {
		t.Errorf("listed %q, %v", listed, err)
	}
	to := filepath.Join(t.TempDir(), "files")
	if _, err := commandOutput(t, "release", "export", id, to, "--data", data); err != nil {
		t.Fatal(err)
	}
	proven, err := os.ReadFile(filepath.Join(to, proofName))
	if found := proof.Verify(proven, proof.Reader{}); err != nil || found.Result() != proof.Undecided {
		t.Errorf("with its proof it is %s, not undecided for want of a policy: %v", found.Result(), err)
	}
	council, err := os.ReadFile(filepath.Join(to, "council", "overview.html"))
	if err != nil || !strings.Contains(string(council), "De bus rijdt niet na zes uur.") {
		t.Errorf("the council would not read the signal, %v", err)
	}
	if _, err := commandOutput(t, "release", "export", id, to, "--data", data); err == nil || !strings.Contains(explain(err), "bestaat al") {
		t.Errorf("written over another: %v", err)
	}

	p = launch(t, "serve", "--data", data)
	p.Token = token
	erasure := map[string]any{"thing": signal, "sure": true}
	if answered := p.request("POST", "/api/v1/erasures", erasure, nil, "Idempotency-Key", id); answered.StatusCode != http.StatusNoContent {
		t.Fatalf("erasing: %s", answered.Status)
	}
	eventually(t, "the release is withdrawn", func() bool {
		var one struct{ Phase, Reason string }
		p.request("GET", "/api/v1/releases/"+id, nil, &one)
		return one.Phase == "withdrawn" && one.Reason == "erased-text"
	})
	p.end()
	if _, err := commandOutput(t, "release", "export", id, t.TempDir(), "--data", data); err == nil || !strings.Contains(explain(err), "ingetrokken") {
		t.Errorf("what was withdrawn was written: %v", err)
	}
}

func TestMistakesAboutReleases(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	launch(t, "serve", "--data", data).end()
	for want, words := range map[string][]string{
		"Schrijf: release list":             {"release"},
		"is geen nummer van een publicatie": {"release", "export", "x", "y"},
		"Die publicatie is er niet":         {"release", "export", "b4a9c2a0-0000-4000-8000-000000000000", "y"},
		"staat geen signaalboek":            {"release", "list", "--data", t.TempDir()},
	} {
		if len(words) < 3 || words[2] != "--data" {
			words = append(words, "--data", data)
		}
		if _, err := commandOutput(t, words...); err == nil || !strings.Contains(explain(err), want) {
			t.Errorf("%q: %v", words, err)
		}
	}
}

package main

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/ledger"
	releases "signaalboek/domain/release"
)

// Outsiders find what all practices publish together beside the practices; one more possible concern moves no byte of it,
// and what is only proposed is not there.
func TestOutsidersSeeAllPracticesTogether(t *testing.T) {
	t.Parallel()
	c := launchPublished(t)
	if home := c.body("/"); !strings.Contains(home, `<a href="/together">Alle praktijken samen</a>`) {
		t.Errorf("the first page is %s", home)
	}
	var list struct {
		Name     string
		Releases []shownRelease
	}
	if err := json.Unmarshal([]byte(c.body("/together/releases.json")), &list); err != nil || len(list.Releases) < 3 {
		t.Fatalf("listed %+v, %v", list, err)
	}
	at := "/together/" + list.Releases[0].ID
	if page := c.body(at); !strings.Contains(page, "Hoe vaak alle praktijken samen een mogelijke verontrusting telden.") || strings.Contains(page, "gemeenteraad") {
		t.Errorf("its page is %s", page)
	}
	if document := c.body(at + "/overview.html"); !strings.Contains(document, "minder dan 10 keer") {
		t.Errorf("its document is %s", document)
	}
	addresses := []string{"/", "/together", "/together/releases.json", at, at + "/overview.html", at + ".zip", at + ".sha256"}
	before := map[string]string{}
	for _, address := range addresses {
		before[address] = c.wire(address)
	}
	year := time.Now().Year() - 1
	for range 12 {
		concern := map[string]any{"on": domain.DateOf(year, time.June, 1).String()}
		answered := c.request("POST", "/api/v1/concerns", concern, nil, "Idempotency-Key", uuid.NewString())
		if answered.StatusCode >= http.StatusMultipleChoices {
			t.Fatalf("counting one answered %d", answered.StatusCode)
		}
	}
	for _, address := range addresses {
		if c.wire(address) != before[address] {
			t.Errorf("%s moved", address)
		}
	}
}

// What all practices proposed together and took back is destroyed too, when whoever did it died before the vault heard of it.
func TestWhatAllPracticesDroppedIsDestroyed(t *testing.T) {
	p := newPublishing(t)
	ask := func(command releases.Command) domain.Meta {
		meta := p.owing(releases.Together, uuid.New(), time.Now())
		meta.Actor = uuid.New()
		_, err := p.ledger.Releases.Execute(t.Context(), ledger.Target{Stream: releases.StreamOf(releases.Together)}, command, meta)
		p.check(err)
		return meta
	}
	year := p.ledger.Today(time.Now()).Year() - 1
	id := releases.NewID(ask(releases.Propose{Period: releases.Period{Year: year, Part: releases.WholeYear}}).Command)
	p.check(p.vault.KeepBundle(t.Context(), releases.Together, id, p.bundle))
	ask(releases.Drop{Release: id})
	p.check(p.settleReleases(t.Context(), time.Now()))
	if _, err := p.vault.Bundle(t.Context(), releases.Together, id, domain.DigestOf(p.bundle)); !errors.Is(err, domain.ErrForgotten) {
		t.Errorf("what was dropped: %v", err)
	}
	if err := p.kept(); err != nil {
		t.Errorf("what a practice published: %v", err)
	}
}

// No practice can be opened under the name of all together, and nobody works in it.
func TestNoPracticeIsCalledTogether(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	m, err := open(t.Context(), place{dir: dir(data)})
	if err != nil {
		t.Fatal(err)
	}
	defer m.close()
	said := "publiceren alle praktijken samen"
	if err := m.openPractice(t.Context(), releases.Together, "Samen", time.Now()); err == nil || !strings.Contains(explain(err), said) {
		t.Errorf("opened: %v", err)
	}
	_, err = commandOutput(t, "user", "add", "coordinator", "--data", data, "--plain", "--practice", string(releases.Together))
	if err == nil || !strings.Contains(explain(err), said) {
		t.Errorf("somebody works in all practices together: %v", err)
	}
}

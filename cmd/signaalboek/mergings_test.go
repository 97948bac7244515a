package main

import (
	"context"
	"io"
	"log/slog"
	"testing"
	"time"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/practice"
)

// Given two cards that the vault merged before the program died, when it runs again, then the log says so, once.
func TestMergingIsCompletedByTheNextRun(t *testing.T) {
	m, err := open(t.Context(), place{dir: dir(t.TempDir())})
	if err != nil {
		t.Fatal(err)
	}
	defer m.close()
	const id = "harelbeke-centrum"
	if err := m.openPractice(t.Context(), id, "STEK", time.Now()); err != nil {
		t.Fatal(err)
	}
	if _, _, err := m.accounts.Add(t.Context(), id, "coordinator"); err != nil {
		t.Fatal(err)
	}
	mergeInVault(t, m, id)
	for range 2 {
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- m.watchErasures(slog.New(slog.NewTextHandler(io.Discard, nil)))(ctx) }()
		eventually(t, "the log says that two cards are one", func() bool { return merged(t, m, id) > 0 })
		stop()
		if err := <-ended; err != nil {
			t.Fatal(err)
		}
		if err := m.completeMergings(t.Context(), time.Now()); err != nil || merged(t, m, id) != 1 {
			t.Errorf("the log says it %d times, %v", merged(t, m, id), err)
		}
	}
}

// mergeInVault has the vault merge two cards that came this year, and the log hear nothing of it.
func mergeInVault(t *testing.T, m *machinery, id domain.PracticeID) {
	t.Helper()
	var cards [2]domain.CardID
	for i := range cards {
		card, err := m.vault.AddCard(t.Context(), uuid.New(), domain.NewCard{Practice: id, Nickname: "muts"})
		if err == nil {
			_, err = m.vault.Recognise(t.Context(), id, card, m.ledger.Today(time.Now()), "soep")
		}
		if err != nil {
			t.Fatal(err)
		}
		cards[i] = card
	}
	if _, err := m.vault.MergeCards(t.Context(), id, cards[0], cards[1]); err != nil {
		t.Fatal(err)
	}
}

// merged is how often the log says that cards are one.
func merged(t *testing.T, m *machinery, id domain.PracticeID) (times int) {
	t.Helper()
	for recorded, err := range m.log.ReadStream(t.Context(), practice.StreamOf(id), 0) {
		if err != nil {
			t.Fatal(err)
		}
		if recorded.Name == (practice.CardsMerged{}).EventName() {
			times++
		}
	}
	return times
}

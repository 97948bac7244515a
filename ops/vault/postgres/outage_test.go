package postgres_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"
	"signaalboek/domain"
	"signaalboek/ops/postgrestest"
	"signaalboek/ops/vault"
	"signaalboek/ops/vault/postgres"
)

const practice domain.PracticeID = "harelbeke-centrum"

// Given a vault that was used, when the database crashes, then every method says that the vault is away, also what memory
// could answer; and when it is back, the vault goes on by itself.
func TestAway(t *testing.T) {
	server := postgrestest.StartServer(t)
	conn, err := server.Database()
	fatal(t, err)
	v := (&replicas{conn: conn}).open(t)
	at := domain.Place{Event: uuid.New(), Field: "/statement"}
	text, err := v.Seal(t.Context(), at, domain.ToSeal("de bus rijdt niet"))
	fatal(t, err)
	id, seed, err := v.NewSeed(t.Context())
	fatal(t, err)

	fatal(t, server.Crash())
	for name, ask := range methods(v, text, id) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)         // which only a vault that never finds out takes
		for err = ask(ctx); err == nil && ctx.Err() == nil; err = ask(ctx) { // what was fresh is answered a little longer
		}
		if !errors.Is(err, domain.ErrVaultAway) {
			t.Errorf("%s, with the database down: %v", name, err)
		}
		cancel()
	}
	if _, err := postgres.Open(t.Context(), conn, vault.KeyFile(filepath.Join(t.TempDir(), "master.key"))); !errors.Is(err, domain.ErrVaultAway) {
		t.Errorf("opened with the database down: %v", err)
	}

	fatal(t, server.Restart())
	plain, err := v.Open(t.Context(), text)
	if err != nil || string(plain) != "de bus rijdt niet" {
		t.Errorf("back, the text does not open: %v", err)
	}
	if again, err := v.Seed(t.Context(), id); err != nil || again != seed {
		t.Errorf("back, the seed is another: %v", err)
	}
}

func methods(v domain.Vault, text domain.Sealed, seed domain.SeedID) map[string]func(context.Context) error {
	card, draft := uuid.New(), domain.DraftCommand{ID: uuid.New(), Practice: practice, Subject: "signal-1", Path: "signal/note"}
	return map[string]func(context.Context) error{
		"Seal": func(ctx context.Context) error {
			_, err := v.Seal(ctx, text.Place, domain.ToSeal("x"))
			return err
		},
		"Open":    func(ctx context.Context) error { _, err := v.Open(ctx, text); return err },
		"NewSeed": func(ctx context.Context) error { _, _, err := v.NewSeed(ctx); return err },
		"Seed":    func(ctx context.Context) error { _, err := v.Seed(ctx, seed); return err },
		"Digest":  func(ctx context.Context) error { _, err := v.Digest(ctx, nil); return err },
		"Cards":   func(ctx context.Context) error { _, err := v.Cards(ctx, practice); return err },
		"Recognise": func(ctx context.Context) error {
			_, err := v.Recognise(ctx, practice, card, domain.DateOf(2022, 5, 2), "soep")
			return err
		},
		"SaveDraft":  func(ctx context.Context) error { _, err := v.SaveDraft(ctx, draft); return err },
		"Drafts":     func(ctx context.Context) error { _, err := v.Drafts(ctx, practice); return err },
		"DropDraft":  func(ctx context.Context) error { return v.DropDraft(ctx, practice, draft.ID) },
		"KeepBundle": func(ctx context.Context) error { return v.KeepBundle(ctx, practice, card, []byte("x")) },
		"Bundle": func(ctx context.Context) error {
			_, err := v.Bundle(ctx, practice, card, domain.DigestOf([]byte("x")))
			return err
		},
		"ForgetTexts": func(ctx context.Context) error { return v.ForgetTexts(ctx, practice, text.Key) },
		"Erasures":    func(ctx context.Context) error { _, err := v.Erasures(ctx, practice); return err },
	}
}

// Connections that broke while nobody used them are no outage.
func TestBrokenConnections(t *testing.T) {
	r := newReplicas(t)
	v := r.open(t)
	for range 3 {
		r.exec(t, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
		if _, err := v.Seal(t.Context(), domain.Place{}, domain.ToSeal("x")); err != nil {
			t.Errorf("fault: %v", err)
		}
	}
}

func TestClosed(t *testing.T) {
	v := newReplicas(t).open(t)
	fatal(t, v.Close())
	if _, err := v.Cards(t.Context(), practice); !errors.Is(err, vault.ErrClosed) {
		t.Errorf("closed, it says %v", err)
	}
	if _, err := v.SaveDraft(t.Context(), domain.DraftCommand{}); !errors.Is(err, vault.ErrClosed) {
		t.Errorf("closed, it says %v", err)
	}
}

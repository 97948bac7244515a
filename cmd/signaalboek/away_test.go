package main

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"

	"signaalboek/domain"
)

// silence is a vault that answers nothing: whoever asks waits until they give up.
type silence struct{ openVault }

func (silence) Open(ctx context.Context, _ domain.Sealed) ([]byte, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

// Given a vault that is silent, whoever asks it is told that it is away, in time; and once that is known, nobody waits.
func TestASilentVault(t *testing.T) {
	t.Parallel()
	v := awayVault{silence{}, new(atomic.Bool)}
	if _, err := v.Open(t.Context(), domain.Sealed{}); !errors.Is(err, domain.ErrVaultAway) {
		t.Errorf("silence is %v", err)
	}
	left, leave := context.WithCancel(t.Context())
	leave()
	if _, err := v.Open(left, domain.Sealed{}); !errors.Is(err, context.Canceled) || errors.Is(err, domain.ErrVaultAway) {
		t.Errorf("who left is told %v", err)
	}
	v.away.Store(true)
	v.openVault = nil // nothing is asked of it
	failed := func(_ any, err error) error { return err }
	for what, err := range map[string]error{
		"Open":        failed(v.Open(t.Context(), domain.Sealed{})),
		"Digest":      failed(v.Digest(t.Context(), nil)),
		"Cards":       failed(v.Cards(t.Context(), "")),
		"RecentCards": failed(v.RecentCards(t.Context(), "", "")),
		"Traits":      failed(v.Traits(t.Context(), "", 2026)),
		"Concerns":    failed(v.Concerns(t.Context(), 2026)),
		"Draft":       failed(v.Draft(t.Context(), "", uuid.Nil)),
		"Drafts":      failed(v.Drafts(t.Context(), "")),
	} {
		if !errors.Is(err, domain.ErrVaultAway) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

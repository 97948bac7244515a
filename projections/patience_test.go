package projections

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"testing"

	"signaalboek/domain"
)

// knocked is a vault that tells when somebody asks it to open something.
type knocked struct {
	domain.Vault
	opening chan struct{}
}

func (v knocked) Open(ctx context.Context, sealed domain.Sealed) ([]byte, error) {
	select {
	case v.opening <- struct{}{}:
	default:
	}
	return v.Vault.Open(ctx, sealed)
}

// Given a vault that is away, when a set runs, then it waits with what it cannot open and goes on by itself when the vault
// is back: it knows what it would have known. A set of the past, which somebody waits for, is refused instead.
func TestASetWaitsForTheVault(t *testing.T) {
	d, _, known := wordedSignals(t, 3)
	d.vault.SetAway(true)
	set, asked, ended := runningOn(t.Context(), d)
	<-asked
	<-asked // it was told that the vault is away, and asks again
	if err := set.Err(); err != nil {
		t.Errorf("the set stopped: %v", err)
	}
	if _, err := AsOf(t.Context(), d.store, d.vault, moment(d.count)); !errors.Is(err, domain.ErrVaultAway) {
		t.Errorf("the past without the vault: %v", err)
	}
	d.vault.SetAway(false)
	d.check(set.Wait(t.Context(), d.end))
	if !bytes.Equal(bytesOf(set), bytesOf(known)) {
		t.Error("it knows something else than a set that never waited")
	}
	ended()
}

// A set that waits for the vault ends when it is told to.
func TestASetThatWaitsEnds(t *testing.T) {
	d, _, _ := wordedSignals(t, 1)
	d.vault.SetAway(true)
	_, asked, ended := runningOn(t.Context(), d)
	<-asked
	if err := ended(); !errors.Is(err, context.Canceled) {
		t.Errorf("it ended with %v", err)
	}
}

// runningOn runs a set on what was written. It tells when the vault is asked; ended ends it and gives why it ended.
func runningOn(ctx context.Context, d *diary) (set *Set, asked <-chan struct{}, ended func() error) {
	vault := knocked{d.vault, make(chan struct{}, 1)}
	set = New(d.store, vault)
	running, stop := context.WithCancel(ctx)
	done := make(chan error, 1)
	go func() { done <- set.Run(running) }()
	return set, vault.opening, func() error { stop(); return <-done }
}

// Texts in a log that is away show that they cannot be read now, and are read when the log is back.
func TestTextsOfALogThatIsAway(t *testing.T) {
	d, store, set := wordedSignals(t, 1)
	store.fault = fmt.Errorf("read: %w", domain.ErrLogAway)
	if text := mustSignal(t, set, signalNo(1), day(9)).Text; !IsUnread(text) || text.IsZero() {
		t.Errorf("it shows %v", text)
	}
	if _, err := set.Search.Find(t.Context(), harelbeke, "bus", 5); err != nil && !errors.Is(err, domain.ErrLogAway) {
		t.Errorf("searching: %v", err)
	}
	store.fault = nil
	if text := mustSignal(t, set, signalNo(1), day(9)).Text; IsUnread(text) || d.open(text) == "" {
		t.Errorf("with the log back it shows %v", text)
	}
}

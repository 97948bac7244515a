package projections

import (
	"context"
	"errors"
	"time"

	"signaalboek/domain"
)

// patientVault waits for a vault that is away, for as long as its caller does. A set that runs must: an event that was
// applied without what only the vault could open would stay so, and the figures with it.
type patientVault struct{ domain.Vault }

// How long is waited before the vault is asked again: twice as long each time.
const (
	firstPause   = 50 * time.Millisecond
	longestPause = 2 * time.Second
)

// Open implements domain.Vault.
func (v patientVault) Open(ctx context.Context, sealed domain.Sealed) ([]byte, error) {
	for pause := firstPause; ; pause = min(2*pause, longestPause) {
		plain, err := v.Vault.Open(ctx, sealed)
		if !errors.Is(err, domain.ErrVaultAway) {
			return plain, err
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

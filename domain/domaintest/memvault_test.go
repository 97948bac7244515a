package domaintest_test

import (
	"errors"
	"testing"

	"signaalboek/domain"
	"signaalboek/domain/domaintest"
)

func TestMemVault(t *testing.T) {
	domaintest.VaultSuite(t, func(*testing.T) domain.Vault { return domaintest.NewMemVault() })
}

func TestMemVaultOfTwo(t *testing.T) {
	domaintest.VaultReplicas(t, func(*testing.T) (one, two domain.Vault) {
		v := domaintest.NewMemVault()
		return v, v
	})
}

func TestMemVaultAway(t *testing.T) {
	v := domaintest.NewMemVault()
	v.SetAway(true)
	if _, err := v.Digest(t.Context(), nil); !errors.Is(err, domain.ErrVaultAway) {
		t.Errorf("away, it says %v", err)
	}
	v.SetAway(false)
	if _, err := v.Digest(t.Context(), nil); err != nil {
		t.Errorf("back, it says %v", err)
	}
}

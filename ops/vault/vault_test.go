package vault_test

import (
	"testing"

	"signaalboek/domain"
	"signaalboek/domain/domaintest"
	"signaalboek/ops/vault"
)

func TestVault(t *testing.T) {
	domaintest.VaultSuite(t, func(t *testing.T) domain.Vault { return open(t, t.TempDir()) })
}

func TestVaultLasts(t *testing.T) {
	dir := t.TempDir()
	domaintest.VaultLasts(t,
		func(t *testing.T) domain.Vault { return open(t, dir) },
		func(t *testing.T, v domain.Vault) domain.Vault {
			if err := v.(*vault.Vault).Close(); err != nil {
				t.Fatal(err)
			}
			return open(t, dir)
		})
}

func open(t testing.TB, dir string) *vault.Vault {
	t.Helper()
	v, err := vault.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := v.Close(); err != nil {
			t.Error(err)
		}
	})
	return v
}

package sqlite_test

import (
	"testing"

	"signaalboek/domain"
	"signaalboek/domain/domaintest"
	"signaalboek/ops/vault"
	"signaalboek/ops/vault/sqlite"
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
	return openWith(t, dir, sqlite.Options{})
}

func openWith(t testing.TB, dir string, options sqlite.Options) *vault.Vault {
	t.Helper()
	v, err := sqlite.OpenWith(t.Context(), dir, options)
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

// Two programs, or two vaults in one, may have the same files open.
func TestVaultOfTwo(t *testing.T) {
	domaintest.VaultReplicas(t, func(t *testing.T) (one, two domain.Vault) {
		dir := t.TempDir()
		return open(t, dir), open(t, dir)
	})
}

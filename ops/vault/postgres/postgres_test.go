package postgres_test

import (
	"testing"

	"signaalboek/domain"
	"signaalboek/domain/domaintest"
	"signaalboek/ops/vault"
)

func TestVault(t *testing.T) {
	domaintest.VaultSuite(t, func(t *testing.T) domain.Vault { return newReplicas(t).open(t) })
}

func TestVaultLasts(t *testing.T) {
	r := newReplicas(t)
	key := r.key(t)
	domaintest.VaultLasts(t,
		func(t *testing.T) domain.Vault { return r.openWith(t, key) },
		func(t *testing.T, v domain.Vault) domain.Vault {
			fatal(t, v.(*vault.Vault).Close())
			return r.openWith(t, key)
		})
}

func TestVaultReplicas(t *testing.T) {
	domaintest.VaultReplicas(t, func(t *testing.T) (one, two domain.Vault) {
		r := newReplicas(t)
		return r.open(t), r.open(t)
	})
}

package domaintest_test

import (
	"testing"

	"signaalboek/domain"
	"signaalboek/domain/domaintest"
)

func TestMemVault(t *testing.T) {
	domaintest.VaultSuite(t, func(*testing.T) domain.Vault { return domaintest.NewMemVault() })
}

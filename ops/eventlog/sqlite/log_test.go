package sqlite_test

import (
	"path/filepath"
	"testing"

	"signaalboek/domain"
	"signaalboek/domain/domaintest"
	"signaalboek/ops/eventlog/sqlite"
)

func open(t testing.TB, path string, options sqlite.Options) *sqlite.Log {
	t.Helper()
	log, err := sqlite.Open(t.Context(), path, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := log.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return log
}

func fresh(t testing.TB) string { return filepath.Join(t.TempDir(), "log.db") }

func TestLogKeepsTheContract(t *testing.T) {
	eachForm(t, func(t *testing.T, form sqlite.Options) {
		domaintest.StoreSuite(t, func(t *testing.T) domain.Store { return open(t, fresh(t), form) })
	})
}

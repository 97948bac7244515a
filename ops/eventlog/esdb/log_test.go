package esdb_test

import (
	"testing"

	"signaalboek/domain"
	"signaalboek/domain/domaintest"
	"signaalboek/ops/eventlog/esdb"
	"signaalboek/ops/eventlog/esdbtest"
)

func open(t testing.TB, connection string, options esdb.Options) *esdb.Log {
	t.Helper()
	log, err := esdb.Open(t.Context(), connection, options)
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

func TestLogKeepsTheContract(t *testing.T) {
	domaintest.StoreSuite(t, func(t *testing.T) domain.Store {
		return open(t, esdbtest.Start(t).ConnectionString(), esdb.Options{})
	}, domaintest.CannotTellTaken)
}

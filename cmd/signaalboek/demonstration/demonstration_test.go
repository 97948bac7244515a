package demonstration_test

import (
	"testing"
	"time"

	"signaalboek/cmd/signaalboek/demonstration"
	"signaalboek/domain"
	"signaalboek/domain/catalog"
	"signaalboek/domain/domaintest"
	"signaalboek/domain/ledger"
)

var now = time.Date(2026, time.May, 20, 12, 30, 0, 0, time.UTC)

func TestQuick(t *testing.T) {
	store, vault := domaintest.NewMemStore(t), domaintest.NewMemVault()
	zone, _ := time.LoadLocation("Europe/Brussels")
	l := ledger.New(store, vault, zone)
	start := time.Now()
	if err := demonstration.Build(t.Context(), l, vault, now); err != nil {
		t.Fatal(err)
	}
	t.Log(time.Since(start))
	seen := map[string]int{}
	n := 0
	for r, err := range store.ReadAll(t.Context(), domain.Position{}) {
		if err != nil {
			t.Fatal(err)
		}
		seen[r.Name]++
		n++
	}
	t.Log(n, seen)
	for _, s := range catalog.Schemas() {
		if seen[s.Name] == 0 {
			t.Error("missing", s.Name)
		}
	}
}

package migrate_test

import (
	"path/filepath"
	"testing"

	"signaalboek/ops/eventlog/esdb"
	"signaalboek/ops/eventlog/esdbtest"
	"signaalboek/ops/migrate"
)

// troubles are what may happen to the node while it is migrated to or from.
func troubles(node *esdbtest.Node) []func() {
	return []func(){
		func() { node.LoseBy(esdbtest.Cut); node.DropAcks(2) },
		func() { node.LoseBy(esdbtest.Abort); node.DropRequests(2) },
		func() { node.LoseBy(esdbtest.Silence); node.DropAcks(1) },
		func() { node.Crash(); node.Restart() },
		func() { node.WriteStatistics(50) },
	}
}

// Given a node that loses answers and requests and crashes, over and over, when a log is migrated to it or from it, then
// it comes out equal.
func TestFaultsOfTheNode(t *testing.T) {
	const events = 200
	node := esdbtest.Start(t)
	file, there := openFile(t, filepath.Join(t.TempDir(), "log.db")), openNode(t, node.ConnectionString())
	fill(t, file, plenty(events))
	t.Run("to it", func(t *testing.T) {
		copyInTrouble(t, migrate.Migration{From: file, To: there}, node)
	})
	t.Run("from it", func(t *testing.T) {
		copyInTrouble(t, migrate.Migration{From: there, To: openFile(t, filepath.Join(t.TempDir(), "log.db"))}, node)
	})
}

func copyInTrouble(t *testing.T, m migrate.Migration, node *esdbtest.Node) {
	seen, all := 0, troubles(node)
	m.Watch = func(migrate.Progress) {
		if seen++; seen%17 == 0 {
			all[seen/17%len(all)]()
		}
	}
	if _, err := m.Copy(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := m.Compare(ctx); err != nil {
		t.Error(err)
	}
	equal(t, m.From, m.To)
}

// A node of a cluster that answers with less than there is, because it is behind, leads to appends that are there
// already; they are recognised.
func TestTargetThatIsBehind(t *testing.T) {
	node := esdbtest.Start(t)
	file, there := openFile(t, filepath.Join(t.TempDir(), "log.db")), openNode(t, node.ConnectionString())
	all := plenty(60)
	fill(t, file, all)
	fill(t, there, all[:5])
	node.Lag(true)
	other, err := esdb.Open(ctx, node.ConnectionString(), esdb.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	fill(t, other, all[:20])
	m := migrate.Migration{From: file, To: there, Watch: func(p migrate.Progress) {
		if p.Events > 40 {
			node.Lag(false)
		}
	}}
	if _, err := m.Copy(ctx); err != nil {
		t.Fatal(err)
	}
	node.Lag(false)
	equal(t, file, there)
}

// Given a cluster whose nodes lead in turn, when a log is migrated to it and back, then it comes out equal.
func TestLeadersInTurn(t *testing.T) {
	cluster := esdbtest.StartCluster(t, 3)
	first, second := openFile(t, filepath.Join(t.TempDir(), "log.db")), openFile(t, filepath.Join(t.TempDir(), "log.db"))
	there := openNode(t, cluster.ConnectionString())
	fill(t, first, plenty(200))
	for _, m := range []migrate.Migration{{From: first, To: there}, {From: there, To: second}} {
		seen := 0
		m.Watch = func(migrate.Progress) {
			if seen++; seen%40 == 0 {
				cluster.Elect(seen / 40 % 3)
			}
		}
		if _, err := m.Copy(ctx); err != nil {
			t.Fatal(err)
		}
		equal(t, m.From, m.To)
	}
}

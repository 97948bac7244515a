package esdb_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"signaalboek/domain"
	"signaalboek/ops/eventlog/esdb"
	"signaalboek/ops/eventlog/esdbtest"
)

// Given a cluster, when its leader changes, then appends go to the new one; followers that lag are waited for.
func TestLeadersChange(t *testing.T) {
	cluster := esdbtest.StartCluster(t, 3)
	log := open(t, cluster.ConnectionString(), hasty)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	events, ended := follow(ctx, log, domain.Position{})
	for i := range 6 {
		cluster.Elect(i % 3)
		if _, err := log.Append(t.Context(), "thing-a", domain.Revision(i-1), drafts(1)); err != nil {
			t.Fatal(err)
		}
	}
	leader := cluster.Leader()
	leader.Crash()
	for i, node := range cluster.Nodes() {
		if node != leader {
			cluster.Elect(i)
			break
		}
	}
	if _, err := log.Append(t.Context(), "thing-a", 5, drafts(1)); err != nil {
		t.Fatal(err)
	}
	got := next(t, 7, events, ended)
	if want, err := collect(log.ReadAll(t.Context(), domain.Position{})); err != nil || !same(got, want) {
		t.Errorf("it got %d events, the log holds %d: %v", len(got), len(want), err)
	}
}

// Given a node that crashes under a reader, and another one that has not got everything yet, when the reading goes on
// there, then it does not end before it has come to where the log ended when it was asked.
func TestLaggingNodesAreWaitedFor(t *testing.T) {
	t.Parallel()
	cluster := esdbtest.StartCluster(t, 3)
	current, lagging := cluster.Nodes()[1], cluster.Nodes()[2]
	writer := open(t, cluster.ConnectionString(), esdb.Options{})
	given(t, writer, "thing-a", 2000)
	lagging.Lag(true)
	lagging.Crash()
	given(t, writer, "thing-b", 1000)
	log := open(t, cluster.ConnectionString()+"&nodePreference=follower", esdb.Options{Patience: time.Second})
	lagging.Restart()
	read := 0
	var ended error
	for _, err := range log.ReadAll(t.Context(), domain.Position{}) {
		if ended = err; err != nil {
			break
		}
		if read++; read == 1 {
			current.Crash()
		}
	}
	if !errors.Is(ended, esdb.ErrUnreachable) || read != 2000 {
		t.Errorf("it read %d events of a node that has 2000, and ended with %v", read, ended)
	}
	lagging.Lag(false)
	if events, err := collect(log.ReadAll(t.Context(), domain.Position{})); err != nil || len(events) != 3000 {
		t.Errorf("later it read %d events, %v", len(events), err)
	}
}

// Given a follower at a leader that is cut off from the other nodes, and that drops nobody, when those elect another one and
// take what is appended, then the follower gets it too.
func TestNodesThatAreCutOffAreLeft(t *testing.T) {
	t.Parallel()
	cluster := esdbtest.StartCluster(t, 3)
	log := open(t, cluster.ConnectionString(), esdb.Options{Attempt: 100 * time.Millisecond, Patience: 300 * time.Millisecond})
	events, ended := follow(t.Context(), log, domain.Position{})
	want := given(t, log, "thing-a", 3)
	got := next(t, 3, events, ended)

	cluster.Leader().Isolate(true)
	cluster.Elect(1)
	draft := drafts(1)
	_, err := log.Append(t.Context(), "thing-b", domain.NoStream, draft)
	for errors.Is(err, domain.ErrUnknown) { // its patience is short
		_, err = log.Append(t.Context(), "thing-b", domain.NoStream, draft)
	}
	if err != nil {
		t.Fatal(err)
	}
	if got = append(got, next(t, 1, events, ended)...); !same(got[:3], want) || got[3].ID != draft[0].ID {
		t.Errorf("it got %v", got)
	}
}

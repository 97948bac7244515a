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
	cluster := esdbtest.StartCluster(t, 2)
	leader, lagging := cluster.Nodes()[0], cluster.Nodes()[1]
	log := open(t, lagging.ConnectionString(), esdb.Options{}) // the only node that it finds when the leader is gone
	given(t, log, "thing-a", 2000)
	lagging.Lag(true)
	given(t, log, "thing-b", 1000)
	read := 0
	for _, err := range log.ReadAll(t.Context(), domain.Position{}) {
		if err != nil {
			t.Fatal(err)
		}
		switch read++; read {
		case 1:
			leader.Crash()
		case 2000:
			lagging.Lag(false) // and what is being read there ends here all the same
		}
	}
	if read != 3000 {
		t.Errorf("it read %d events, and ended as if that were all of 3000", read)
	}
}

// Given a log at a node that is cut off from the others, when those have a leader and take what somebody else appends, then
// the log says where it ends now, not where that node thinks, and reads as far.
func TestTheEndIsNotAskedOfWhoIsCutOff(t *testing.T) {
	t.Parallel()
	for name, cut := range map[string]int{"the leader": 0, "a node that follows": 1} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cluster := esdbtest.StartCluster(t, 3)
			cluster.Elect(cut)
			log := open(t, cluster.ConnectionString(), hasty)
			given(t, log, "thing-a", 3)
			cluster.Elect(0) // and the log stays where it is
			cluster.Nodes()[cut].Isolate(true)
			cluster.Elect(2)
			want := given(t, open(t, cluster.ConnectionString(), esdb.Options{}), "thing-b", 2)
			if end, err := log.End(t.Context()); err != nil || end != want[1].Position {
				t.Errorf("the log ends at %v, want %v: %v", end, want[1].Position, err)
			}
			if events, err := collect(log.ReadAll(t.Context(), domain.Position{})); err != nil || len(events) != 5 {
				t.Errorf("read %d events, want 5: %v", len(events), err)
			}
		})
	}
}

// Given a follower at a leader that is cut off from the other nodes, and that drops nobody, when those elect another one and
// take what is appended, then the follower gets it too.
func TestNodesThatAreCutOffAreLeft(t *testing.T) {
	t.Parallel()
	cluster := esdbtest.StartCluster(t, 3)
	log := open(t, cluster.ConnectionString(), hasty)
	want := given(t, log, "thing-a", 3)
	log.LosePatience(time.Second)
	events, ended := follow(t.Context(), log, domain.Position{})
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

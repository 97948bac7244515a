package esdbtest_test

import (
	"context"
	"fmt"
	"net"
	"slices"
	"strings"
	"testing"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/gossip"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/shared"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	"signaalboek/ops/eventlog/esdbtest"
)

// preferring is a connection string of a client that wants another node than the leader.
func preferring(connection, node string) string { return connection + "&nodePreference=" + node }

// Given a cluster, then a client finds its leader by the gossip and writes there, and every node answers what was written.
func TestGossip(t *testing.T) {
	for _, options := range [][]esdbtest.Option{
		nil,
		{esdbtest.WithTLS(), esdbtest.WithAdmin("admin", "changeit")},
	} {
		c := esdbtest.StartCluster(t, 3, options...)
		c.Elect(2)
		events := some(3)
		connect(t, c.ConnectionString()).record("s", esdb.NoStream{}, events...)
		for _, n := range c.Nodes() {
			if got := connect(t, n.ConnectionString()).everything(); !slices.Equal(idsOf(got), idsOfData(events...)) {
				t.Errorf("%s has %d events, want %d", n.Address(), len(got), len(events))
			}
		}
	}
}

// Given nodes that come and go, then the gossip says who is there, and who leads.
func TestGossipTellsWhoIsThere(t *testing.T) {
	c := esdbtest.StartCluster(t, 3)
	const leader, follower, unknown = gossip.MemberInfo_Leader, gossip.MemberInfo_Follower, gossip.MemberInfo_Unknown
	type states [3]gossip.MemberInfo_VNodeState
	nodes := c.Nodes()
	for _, step := range []struct {
		name   string
		do     func()
		states states
		alive  [3]bool
	}{
		{"at first", func() {}, states{leader, follower, follower}, [3]bool{true, true, true}},
		{"one is unreachable", nodes[1].Freeze, states{leader, follower, follower}, [3]bool{true, false, true}},
		{"it is there again", nodes[1].Thaw, states{leader, follower, follower}, [3]bool{true, true, true}},
		{"one is cut off", func() { nodes[1].Isolate(true) }, states{leader, unknown, follower}, [3]bool{true, false, true}},
		{"it is back", func() { nodes[1].Isolate(false) }, states{leader, follower, follower}, [3]bool{true, true, true}},
		{"the leader crashes", nodes[0].Crash, states{unknown, unknown, unknown}, [3]bool{false, true, true}},
		{"another is elected", func() { c.Elect(1) }, states{follower, leader, follower}, [3]bool{false, true, true}},
		{"it comes back", nodes[0].Restart, states{follower, leader, follower}, [3]bool{true, true, true}},
	} {
		step.do()
		for i, member := range membersToldBy(t, nodes[2]) {
			address := net.JoinHostPort(member.HttpEndPoint.Address, fmt.Sprint(member.HttpEndPoint.Port))
			if member.State != step.states[i] || member.IsAlive != step.alive[i] || address != nodes[i].Address() {
				t.Errorf("%s: node %d is told to be %v", step.name, i, member)
			}
		}
	}
}

func membersToldBy(t *testing.T, n *esdbtest.Node) []*gossip.MemberInfo {
	t.Helper()
	conn, err := grpc.NewClient(n.Address(), grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	info, err := gossip.NewGossipClient(conn).Read(ctx, &shared.Empty{})
	if err != nil {
		t.Fatal(err)
	}
	return info.Members
}

// Given a client that is connected to a follower, when it writes, then it is refused and sent to the leader, and what it
// asks next goes there.
func TestFollowersDoNotWrite(t *testing.T) {
	c := esdbtest.StartCluster(t, 3)
	client := connect(t, preferring(c.ConnectionString(), "follower"))
	if _, err := client.readAll(esdb.ReadAllOptions{From: esdb.Start{}}, 1); err != nil {
		t.Fatalf("a follower does not answer: %v", err)
	}
	_, err := client.append("s", esdb.NoStream{}, some(1)...)
	want(t, err, esdb.ErrorCodeNotLeader)
	client.record("s", esdb.NoStream{}, some(1)...)
}

// Given followers that pass on what they are asked to write, then a client that is connected to one may write.
func TestForwarding(t *testing.T) {
	c := esdbtest.StartCluster(t, 3, esdbtest.WithForwarding())
	client := connect(t, preferring(c.ConnectionString(), "follower"))
	client.record("s", esdb.NoStream{}, some(1)...)
	if got := client.everything(); len(got) != 1 {
		t.Errorf("stored %d events, want 1", len(got))
	}
}

// Given a client of a leader, when another is elected, then the client is sent there, once it writes; nothing is lost.
func TestElection(t *testing.T) {
	c := esdbtest.StartCluster(t, 3)
	client := connect(t, c.ConnectionString())
	events := some(2)
	client.record("s", esdb.NoStream{}, events[0])
	c.Elect(1)
	if c.Leader() != c.Nodes()[1] {
		t.Fatalf("the leader is %v", c.Leader())
	}
	_, err := client.append("s", esdb.Revision(0), events[1])
	want(t, err, esdb.ErrorCodeNotLeader)
	client.record("s", esdb.Revision(0), events[1])
	if got := client.everything(); !slices.Equal(idsOf(got), idsOfData(events...)) {
		t.Errorf("stored %v", idsOf(got))
	}
}

// Given a leader that crashes, then there is none until one is elected, and then its clients find it by themselves; who
// crashed comes back as a follower, with everything.
func TestLeaderCrashes(t *testing.T) {
	c := esdbtest.StartCluster(t, 3)
	client := connect(t, c.ConnectionString())
	events := some(2)
	client.record("s", esdb.NoStream{}, events[0])
	c.Nodes()[0].Crash()
	if c.Leader() != nil {
		t.Errorf("%v leads", c.Leader())
	}
	_, err := connect(t, c.Nodes()[1].ConnectionString()).append("s", esdb.Any{}, some(1)...)
	want(t, err, esdb.ErrorUnavailable)
	c.Elect(1)
	client.insist("s", esdb.Revision(0), events[1])

	c.Nodes()[0].Restart()
	back := connect(t, c.Nodes()[0].ConnectionString())
	if got := back.everything(); !slices.Equal(idsOf(got), idsOfData(events...)) {
		t.Errorf("who came back has %v", idsOf(got))
	}
	_, err = back.append("s", esdb.Any{}, some(1)...)
	want(t, err, esdb.ErrorCodeNotLeader)
}

// Given a follower that lags behind, then it answers what it has, silently, and what it got since when it lags no more.
func TestLag(t *testing.T) {
	c := esdbtest.StartCluster(t, 2)
	leader, follower := connect(t, c.Nodes()[0].ConnectionString()), connect(t, c.Nodes()[1].ConnectionString())
	events := some(2)
	leader.record("s", esdb.NoStream{}, events[0])
	following := follower.followStream("s", esdb.SubscribeToStreamOptions{From: esdb.Start{}})
	following.until(caughtUp)

	c.Nodes()[1].Lag(true)
	leader.record("s", esdb.Revision(0), events[1])
	leader.record("t", esdb.NoStream{}, some(1)...)
	if got, err := follower.readStream("s", esdb.ReadStreamOptions{}, 9); err != nil || len(got) != 1 {
		t.Errorf("the follower has %d events of s, %v; want 1", len(got), err)
	}
	if got := follower.everything(); len(got) != 1 {
		t.Errorf("the follower has %d events, want 1", len(got))
	}
	_, err := follower.readStream("t", esdb.ReadStreamOptions{}, 9)
	want(t, err, esdb.ErrorCodeResourceNotFound)

	c.Nodes()[1].Lag(false)
	if ids, _ := following.until(appeared); ids[0] != events[1].EventID {
		t.Errorf("got %v, want %v", ids, events[1].EventID)
	}
}

// Given a leader that is cut off from the others, when those elect another one, then it answers its clients with what it had,
// takes nothing, and gets what it missed once it is back.
func TestIsolation(t *testing.T) {
	c := esdbtest.StartCluster(t, 3)
	n := c.Nodes()[0]
	old, before := connect(t, n.ConnectionString()), some(1)
	old.record("s", esdb.NoStream{}, before...)
	n.Isolate(true)
	c.Elect(1)
	for i, member := range membersToldBy(t, n) {
		if member.IsAlive != (i == 0) {
			t.Errorf("the node that is cut off says of node %d: %v", i, member)
		}
	}
	want(t, attempt(t, n.ConnectionString()), esdb.ErrorUnavailable)
	after := some(1)
	connect(t, c.ConnectionString()).record("s", esdb.Revision(0), after...)
	if got := idsOf(old.everything()); !slices.Equal(got, idsOfData(before...)) {
		t.Errorf("cut off it answers %v", got)
	}
	n.Isolate(false)
	if got := idsOf(old.everything()); !slices.Equal(got, idsOfData(append(before, after...)...)) {
		t.Errorf("back it answers %v", got)
	}
}

// Given a follower that lags behind, when it is elected, then it has everything: a quorum elects nobody else.
func TestWhoLeadsDoesNotLag(t *testing.T) {
	c := esdbtest.StartCluster(t, 2)
	c.Nodes()[1].Lag(true)
	connect(t, c.Nodes()[0].ConnectionString()).record("s", esdb.NoStream{}, some(2)...)
	c.Elect(1)
	if got := connect(t, c.Nodes()[1].ConnectionString()).everything(); len(got) != 2 {
		t.Errorf("who leads has %d events, want 2", len(got))
	}
}

// Given two clusters, then they know nothing of each other.
func TestClustersAreApart(t *testing.T) {
	connect(t, esdbtest.Start(t).ConnectionString()).record("s", esdb.NoStream{}, some(1)...)
	if got := connect(t, esdbtest.Start(t).ConnectionString()).everything(); len(got) != 0 {
		t.Errorf("%d events came from elsewhere", len(got))
	}
}

// insist appends until it is known to be recorded, with the same ids, as somebody does who does not know what became of
// their first attempt.
func (c client) insist(stream string, expected esdb.ExpectedRevision, events ...esdb.EventData) *esdb.WriteResult {
	c.t.Helper()
	for range 1_000 {
		result, err := c.append(stream, expected, events...)
		if err == nil {
			return result
		}
		if strings.Contains(err.Error(), "WrongExpectedVersion") {
			c.t.Fatalf("append to %s: %v", stream, err)
		}
	}
	c.t.Fatalf("append to %s: a thousand attempts came to nothing", stream)
	return nil
}

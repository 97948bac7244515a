package esdbtest_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"

	"signaalboek/ops/eventlog/esdbtest"
)

// Given a log, when somebody subscribes to all of it, then what is there comes first, then that they have caught up, then
// what is new; the place that they start from is not included.
func TestSubscribeToAll(t *testing.T) {
	for name, c := range map[string]struct {
		from func(all []*esdb.RecordedEvent) esdb.AllPosition
		skip int
	}{
		"from the start":         {func([]*esdb.RecordedEvent) esdb.AllPosition { return esdb.Start{} }, 0},
		"from a position":        {func(all []*esdb.RecordedEvent) esdb.AllPosition { return all[2].Position }, 3},
		"from the last position": {func(all []*esdb.RecordedEvent) esdb.AllPosition { return all[5].Position }, 6},
		"from the end":           {func([]*esdb.RecordedEvent) esdb.AllPosition { return esdb.End{} }, 6},
	} {
		t.Run(name, func(t *testing.T) {
			client := connect(t, esdbtest.Start(t).ConnectionString())
			events := some(6)
			client.record("a", esdb.NoStream{}, events[:4]...)
			all, err := client.readAll(esdb.ReadAllOptions{From: esdb.Start{}}, 99)
			if err != nil || len(all) != 6 {
				t.Fatalf("the log has %d events, %v; want 6", len(all), err)
			}
			following := client.follow(esdb.SubscribeToAllOptions{From: c.from(all)})
			if ids, _ := following.until(caughtUp); !slices.Equal(ids, idsOf(all[c.skip:])) {
				t.Errorf("got %d events before caught up, want %d", len(ids), len(all)-c.skip)
			}
			for i, e := range events[4:] {
				client.record("b", []esdb.ExpectedRevision{esdb.NoStream{}, esdb.Revision(0)}[i], e)
				if ids, _ := following.until(appeared); ids[0] != e.EventID {
					t.Errorf("got %v, want %v", ids, e.EventID)
				}
			}
		})
	}
}

// Given a position that is later than everything, when somebody subscribes from there, then what comes up to it is not
// given.
func TestSubscribeFromTheFuture(t *testing.T) {
	n := esdbtest.StartCluster(t, 2)
	leader, follower := connect(t, n.Nodes()[0].ConnectionString()), connect(t, n.Nodes()[1].ConnectionString())
	n.Nodes()[1].Lag(true)
	seen := leader.record("a", esdb.NoStream{}, some(3)...)
	following := follower.follow(esdb.SubscribeToAllOptions{
		From: esdb.Position{Commit: seen.CommitPosition, Prepare: seen.PreparePosition},
	})
	following.until(caughtUp)
	n.Nodes()[1].Lag(false)
	event := some(1)[0]
	leader.record("a", esdb.Revision(2), event)
	if ids, _ := following.until(appeared); ids[0] != event.EventID {
		t.Errorf("got %v, want %v", ids, event.EventID)
	}
}

// Given streams, when somebody subscribes to one of them, then its events come and no others.
func TestSubscribeToStream(t *testing.T) {
	client := connect(t, esdbtest.Start(t).ConnectionString())
	events := some(5)
	client.record("a", esdb.NoStream{}, events[:3]...)
	client.record("b", esdb.NoStream{}, some(3)...)
	for _, c := range []struct {
		name string
		from esdb.StreamPosition
		want []esdb.EventData
	}{
		{"from the start", esdb.Start{}, events[:3]},
		{"from a revision", esdb.Revision(1), events[2:3]},
		{"from the end", esdb.End{}, nil},
	} {
		following := client.followStream("a", esdb.SubscribeToStreamOptions{From: c.from})
		if ids, _ := following.until(caughtUp); !slices.Equal(ids, idsOfData(c.want...)) {
			t.Errorf("%s: got %d events before caught up, want %d", c.name, len(ids), len(c.want))
		}
	}
	following := client.followStream("new", esdb.SubscribeToStreamOptions{From: esdb.Start{}})
	following.until(caughtUp)
	client.record("b", esdb.Revision(2), some(1)...)
	client.record("new", esdb.NoStream{}, events[3])
	if ids, _ := following.until(appeared); ids[0] != events[3].EventID {
		t.Errorf("got %v, want %v", ids, events[3].EventID)
	}
}

// Given events of many kinds, when somebody subscribes with a filter, then only what passes it comes.
func TestFilter(t *testing.T) {
	client := connect(t, esdbtest.Start(t).ConnectionString())
	events := some(4)
	for i, kind := range []string{"signal.noted", "signal.worded", "forum.held", "Signal.noted"} {
		events[i].EventType = kind
		client.record(strings.ToLower(kind), esdb.Any{}, events[i])
	}
	const kinds, names = esdb.EventFilterType, esdb.StreamFilterType
	for _, c := range []struct {
		name   string
		filter *esdb.SubscriptionFilter
		want   []esdb.EventData
	}{
		{"without the system's", esdb.ExcludeSystemEventsFilter(), events},
		{"prefixes of types", &esdb.SubscriptionFilter{Type: kinds, Prefixes: []string{"forum", "Sig"}}, events[2:]},
		{"a pattern of types", &esdb.SubscriptionFilter{Type: kinds, Regex: `^signal\.w`}, events[1:2]},
		{"prefixes of streams", &esdb.SubscriptionFilter{Type: names, Prefixes: []string{"forum"}}, events[2:3]},
		{"a pattern of streams", &esdb.SubscriptionFilter{Type: names, Regex: `noted$`}, []esdb.EventData{events[0], events[3]}},
	} {
		following := client.follow(esdb.SubscribeToAllOptions{From: esdb.Start{}, Filter: c.filter})
		if ids, _ := following.until(caughtUp); !slices.Equal(ids, idsOfData(c.want...)) {
			t.Errorf("%s: got %d events, want %d", c.name, len(ids), len(c.want))
		}
	}
}

// Given a log of which a filter lets little pass, then its reader learns how far it was searched, and may start again
// from there; without a filter there are no checkpoints.
func TestCheckpoints(t *testing.T) {
	n := esdbtest.Start(t)
	client := connect(t, n.ConnectionString())
	n.WriteStatistics(100)
	events := some(2)
	client.record("a", esdb.NoStream{}, events[0])
	n.WriteStatistics(50)

	options := esdb.SubscribeToAllOptions{
		From: esdb.Start{}, Filter: esdb.ExcludeSystemEventsFilter(), MaxSearchWindow: 10, CheckpointInterval: 2,
	}
	following, at, checkpoints := client.follow(options), esdb.Position{}, 0
	for event := following.next(); event.CaughtUp == nil; event = following.next() {
		if event.CheckPointReached != nil {
			if at.Commit >= event.CheckPointReached.Commit {
				t.Errorf("checkpoint %+v comes after %+v", event.CheckPointReached, at)
			}
			at, checkpoints = *event.CheckPointReached, checkpoints+1
		}
	}
	if checkpoints != 8 { // 153 records, one checkpoint every 20 and one at the end
		t.Errorf("got %d checkpoints, want 8", checkpoints)
	}

	options.From = at
	again := client.follow(options)
	if ids, _ := again.until(caughtUp); len(ids) != 0 {
		t.Errorf("from the last checkpoint on there are %d events", len(ids))
	}
	client.record("a", esdb.Revision(0), events[1])
	if ids, _ := again.until(appeared); ids[0] != events[1].EventID {
		t.Errorf("got %v, want %v", ids, events[1].EventID)
	}
	n.WriteStatistics(20)
	if _, event := again.until(checkpoint); event.CheckPointReached.Commit <= at.Commit {
		t.Errorf("got checkpoint %+v, want one after %+v", event.CheckPointReached, at)
	}

	unfiltered := client.follow(esdb.SubscribeToAllOptions{From: esdb.Start{}})
	unfiltered.until(func(e *esdb.SubscriptionEvent) bool {
		if e.CheckPointReached != nil {
			t.Errorf("a subscription without a filter got a checkpoint")
		}
		return e.CaughtUp != nil
	})
}

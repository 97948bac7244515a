package esdbtest_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"
	"github.com/google/uuid"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"signaalboek/ops/eventlog/esdbtest"
)

// Given writes that are lost, before they are persisted or after, however that looks, then their writer gets an error
// that does not tell, and asking again makes it right: each is stored once.
func TestLostWrites(t *testing.T) {
	for _, c := range []struct {
		name   string
		loss   esdbtest.Loss
		lose   func(*esdbtest.Node, int)
		stored int
	}{
		{"acknowledgements are cut off", esdbtest.Cut, (*esdbtest.Node).DropAcks, 1},
		{"acknowledgements are silenced", esdbtest.Silence, (*esdbtest.Node).DropAcks, 1},
		{"acknowledgements are aborted", esdbtest.Abort, (*esdbtest.Node).DropAcks, 1},
		{"requests are cut off", esdbtest.Cut, (*esdbtest.Node).DropRequests, 0},
		{"requests are silenced", esdbtest.Silence, (*esdbtest.Node).DropRequests, 0},
		{"requests are aborted", esdbtest.Abort, (*esdbtest.Node).DropRequests, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := esdbtest.Start(t)
			client := connect(t, n.ConnectionString())
			event := some(1)[0]
			client.everything() // connects
			n.LoseBy(c.loss)
			c.lose(n, 1)
			if err := client.appendBriefly("s", event); err == nil {
				t.Fatal("the writer was told that it is recorded")
			}
			if got := connect(t, n.ConnectionString()).everything(); len(got) != c.stored {
				t.Errorf("stored %d events, want %d", len(got), c.stored)
			}
			client.insist("s", esdb.NoStream{}, event)
			if got := client.everything(); len(got) != 1 {
				t.Errorf("stored %d events after a retry, want 1", len(got))
			}
			if acks, requests := n.Dropped(); acks != c.stored || requests != 1-c.stored {
				t.Errorf("dropped %d acknowledgements and %d requests", acks, requests)
			}
		})
	}
}

// moment is how long somebody waits who is in a hurry. Where it passes, nothing was to come.
const moment = 200 * time.Millisecond

// appendBriefly appends to a new stream, in a hurry.
func (c client) appendBriefly(stream string, event esdb.EventData) error {
	c.t.Helper()
	_, err := within(c.t, func(ctx context.Context) (*esdb.WriteResult, error) {
		brief, cancel := context.WithTimeout(ctx, moment)
		defer cancel()
		return c.AppendToStream(brief, stream, esdb.AppendToStreamOptions{ExpectedRevision: esdb.NoStream{}}, event)
	})
	return err
}

// Given a deletion of which the acknowledgement is lost, then the stream is deleted all the same.
func TestLostDeletion(t *testing.T) {
	n := esdbtest.Start(t)
	client := connect(t, n.ConnectionString())
	client.record("s", esdb.NoStream{}, some(1)...)
	n.LoseBy(esdbtest.Abort)
	n.DropAcks(1)
	_, err := client.DeleteStream(t.Context(), "s", esdb.DeleteStreamOptions{})
	want(t, err, esdb.ErrorAborted)
	_, err = client.readStream("s", esdb.ReadStreamOptions{}, 1)
	want(t, err, esdb.ErrorCodeResourceNotFound)
}

// Given a node that takes its time, then who does not wait so long gets no answer, and who does gets it.
func TestDelay(t *testing.T) {
	n := esdbtest.Start(t)
	client := connect(t, n.ConnectionString())
	client.everything()
	n.Delay(time.Hour)
	want(t, client.appendBriefly("s", some(1)[0]), esdb.ErrorCodeDeadlineExceeded)
	n.Delay(time.Millisecond)
	client.record("s", esdb.NoStream{}, some(1)...)
}

// Given a node that crashes, then its subscribers are cut off; when it restarts, its clients find it at the same
// address, with what was persisted and nothing else.
func TestCrash(t *testing.T) {
	n := esdbtest.Start(t)
	client := connect(t, n.ConnectionString())
	events := some(3)
	client.record("s", esdb.NoStream{}, events[:2]...)
	following := client.follow(esdb.SubscribeToAllOptions{From: esdb.Start{}})
	following.until(caughtUp)
	address := n.Address()

	n.Crash()
	n.Crash() // once more is nothing more
	if _, end := following.until(dropped); status.Code(end.SubscriptionDropped.Error) != codes.Unavailable {
		t.Errorf("the subscriber got %v", end.SubscriptionDropped.Error)
	}
	if _, err := client.append("s", esdb.Revision(1), some(1)...); err == nil {
		t.Error("a node that is down wrote")
	}
	want(t, attempt(t, n.ConnectionString()), esdb.ErrorUnavailable)
	n.Restart()
	n.Restart()
	if n.Address() != address {
		t.Errorf("the address is now %s, and was %s", n.Address(), address)
	}
	client.insist("s", esdb.Revision(1), events[2])
	if got := client.everything(); !slices.Equal(idsOf(got), idsOfData(events...)) {
		t.Errorf("stored %d events, want %d", len(got), len(events))
	}
}

// Given a node that refuses as a follower does, then it names a leader, and answers reads.
func TestNotLeader(t *testing.T) {
	n := esdbtest.Start(t)
	client := connect(t, n.ConnectionString())
	n.NotLeader(true)
	for range 2 {
		_, err := client.append("s", esdb.NoStream{}, some(1)...)
		want(t, err, esdb.ErrorCodeNotLeader)
		if got := client.everything(); len(got) != 0 {
			t.Errorf("stored %d events", len(got))
		}
	}
	n.NotLeader(false)
	client.record("s", esdb.NoStream{}, some(1)...)
}

// Given readers that take an event in an hour, then they have not got the first one after a moment.
func TestSlowReader(t *testing.T) {
	n := esdbtest.Start(t)
	client := connect(t, n.ConnectionString())
	client.record("s", esdb.NoStream{}, some(1)...)
	n.SlowConsumer(time.Hour)
	_, err := within(t, func(ctx context.Context) ([]*esdb.RecordedEvent, error) {
		brief, cancel := context.WithTimeout(ctx, moment)
		defer cancel()
		reading, err := client.ReadStream(brief, "s", esdb.ReadStreamOptions{}, 1)
		return collect(reading, err)
	})
	want(t, err, esdb.ErrorCodeDeadlineExceeded)
	n.SlowConsumer(0)
	if got := client.everything(); len(got) != 1 {
		t.Errorf("read %d events, want 1", len(got))
	}
}

// Given a subscriber that is slower than the writers, then it falls behind, catches up, and misses nothing.
func TestSlowConsumer(t *testing.T) {
	n := esdbtest.Start(t)
	client := connect(t, n.ConnectionString())
	following := client.follow(esdb.SubscribeToAllOptions{From: esdb.End{}, Filter: esdb.ExcludeSystemEventsFilter()})
	following.until(caughtUp)
	n.SlowConsumer(time.Millisecond)
	events := some(100)
	for i, e := range events {
		client.record(fmt.Sprint("s", i), esdb.NoStream{}, e)
	}
	n.WriteStatistics(100)
	var got []uuid.UUID
	behind := 0
	for last := (&esdb.SubscriptionEvent{}); len(got) < len(events) || !caughtUp(last); last = following.next() {
		switch {
		case appeared(last):
			got = append(got, last.EventAppeared.Event.EventID)
		case fellBehind(last):
			behind++
		case dropped(last):
			t.Fatalf("the subscription was dropped: %v", last.SubscriptionDropped.Error)
		}
	}
	if behind == 0 {
		t.Error("it never fell behind")
	}
	if !slices.Equal(got, idsOfData(events...)) {
		t.Errorf("got %d events, want %d in their order", len(got), len(events))
	}
}

// Given subscriptions that the node drops, then they end, others may begin, and calls go on.
func TestDropSubscriptions(t *testing.T) {
	n := esdbtest.Start(t)
	client := connect(t, n.ConnectionString())
	all := client.follow(esdb.SubscribeToAllOptions{From: esdb.Start{}})
	all.until(caughtUp)
	one := client.followStream("s", esdb.SubscribeToStreamOptions{From: esdb.Start{}})
	one.until(caughtUp)
	n.DropSubscriptions()
	for _, following := range []subscription{all, one} {
		if _, end := following.until(dropped); status.Code(end.SubscriptionDropped.Error) != codes.Unknown {
			t.Errorf("the subscriber got %v", end.SubscriptionDropped.Error)
		}
	}
	client.record("s", esdb.NoStream{}, some(1)...)
	client.follow(esdb.SubscribeToAllOptions{From: esdb.Start{}}).until(caughtUp)
}

// Given a leader that is unreachable, then what it is sent does not arrive, who tries to connect hears nothing, and its
// subscribers get nothing, though the log grows; when it is there again, all goes on where it was.
func TestFreeze(t *testing.T) {
	for _, options := range [][]esdbtest.Option{nil, {esdbtest.WithTLS()}} {
		c := esdbtest.StartCluster(t, 2, options...)
		leader, other := c.Nodes()[0], connect(t, c.Nodes()[1].ConnectionString())
		client := connect(t, leader.ConnectionString())
		following := client.follow(esdb.SubscribeToAllOptions{From: esdb.End{}})
		following.until(caughtUp)
		leader.Freeze()

		want(t, client.appendBriefly("s", some(1)[0]), esdb.ErrorCodeDeadlineExceeded)
		if got := other.everything(); len(got) != 0 {
			t.Errorf("%d events arrived", len(got))
		}
		leader.WriteStatistics(1)
		newcomer := connect(t, leader.ConnectionString())
		written, told := make(chan error, 1), make(chan *esdb.SubscriptionEvent, 1)
		go func() {
			_, err := newcomer.AppendToStream(context.Background(), "t", esdb.AppendToStreamOptions{}, some(1)...)
			written <- err
		}()
		go func() { told <- following.Recv() }()
		select {
		case err := <-written:
			t.Fatalf("the newcomer was answered: %v", err)
		case event := <-told:
			t.Fatalf("the subscriber was told: %+v", event)
		case <-time.After(moment):
		}

		leader.Thaw()
		if err, _ := within(t, func(context.Context) (error, error) { return <-written, nil }); err != nil {
			t.Errorf("the newcomer got %v", err)
		}
		event, _ := within(t, func(context.Context) (*esdb.SubscriptionEvent, error) { return <-told, nil })
		if !appeared(event) {
			t.Errorf("the subscriber was told %+v", event)
		}
	}
}

// Given a frozen node, when it crashes, then it ends all the same.
func TestCrashWhileFrozen(t *testing.T) {
	n := esdbtest.Start(t)
	client := connect(t, n.ConnectionString())
	client.everything()
	n.Freeze()
	_, _ = within(t, func(context.Context) (any, error) { n.Crash(); return nil, nil })
	n.Thaw()
	n.Restart()
	client.insist("s", esdb.NoStream{}, some(1)...)
}

// Given writers that ask until they are answered, when the node crashes and loses acknowledgements and requests under
// them, then what was acknowledged is stored, once, in order, and nothing else.
func TestAcknowledgedIsStored(t *testing.T) {
	const writers, crashes, acks, requests = 16, 6, 20, 5
	n := esdbtest.Start(t)
	acknowledged, progress, over := make([][]uuid.UUID, writers), make(chan struct{}), make(chan struct{})
	var writing sync.WaitGroup
	for w := range writers {
		client := connect(t, n.ConnectionString())
		writing.Go(func() { acknowledged[w] = client.insistUntil(over, writerStream(w), progress) })
	}
	for crash := range crashes {
		n.DropAcks(acks)
		n.DropRequests(requests)
		for a, r := n.Dropped(); a < acks*(crash+1) || r < requests*(crash+1); a, r = n.Dropped() {
			<-progress
		}
		n.Crash()
		n.Restart()
	}
	close(over)
	writing.Wait()
	client, stored := connect(t, n.ConnectionString()), 0
	for w, ids := range acknowledged {
		stored += len(ids)
		got, err := client.readStream(writerStream(w), esdb.ReadStreamOptions{}, 1<<40)
		if err != nil || !slices.Equal(idsOf(got), ids) {
			t.Errorf("writer %d: stored %d events, %v; acknowledged %d", w, len(got), err, len(ids))
		}
	}
	if all := client.everything(); len(all) != stored {
		t.Errorf("stored %d events, want %d", len(all), stored)
	}
}

func writerStream(w int) string { return fmt.Sprint("writer-", w) }

// insistUntil appends to a new stream until it is over, and gives the ids of what was acknowledged.
func (c client) insistUntil(over <-chan struct{}, stream string, progress chan<- struct{}) (ids []uuid.UUID) {
	var expected esdb.ExpectedRevision = esdb.NoStream{}
	for {
		event := some(1)[0]
		c.insist(stream, expected, event)
		expected = esdb.Revision(uint64(len(ids)))
		ids = append(ids, event.EventID)
		select {
		case progress <- struct{}{}:
		case <-over:
			return ids
		}
	}
}

package esdbtest_test

import (
	"context"
	"errors"
	"io"
	"slices"
	"testing"
	"time"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"
	"github.com/google/uuid"
)

// patience is how long a test waits for what a node never does; only a broken node makes it wait. The client does not
// obey contexts while it looks for a node: nothing here waits for it without this bound.
const patience = time.Minute

// client is the unmodified client, with every call bounded.
type client struct {
	*esdb.Client
	t testing.TB
}

// connect makes a client that never gives up looking for a node: one that has given up is dead for good.
func connect(t testing.TB, connection string) client {
	t.Helper()
	const forever = 1 << 30
	c := client{newClient(t, connection, forever), t}
	t.Cleanup(func() {
		if !t.Failed() { // Somebody may still wait, and closing would then end the process.
			c.Close()
		}
	})
	return c
}

// attempt writes with a client that looks for a node once.
func attempt(t testing.TB, connection string) error {
	t.Helper()
	_, err := client{newClient(t, connection, 1), t}.append("attempt", esdb.Any{}, some(1)...)
	return err
}

func newClient(t testing.TB, connection string, attempts int) *esdb.Client {
	t.Helper()
	config, err := esdb.ParseConnectionString(connection)
	if err != nil {
		t.Fatal(err)
	}
	config.Logger, config.MaxDiscoverAttempts, config.DiscoveryInterval = esdb.NoopLogging(), attempts, 10
	bare, err := esdb.NewClient(config)
	if err != nil {
		t.Fatal(err)
	}
	return bare
}

// within runs one call of the client, and fails the test if it does not come back.
func within[R any](t testing.TB, call func(context.Context) (R, error)) (R, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	type outcome struct {
		result R
		err    error
	}
	done := make(chan outcome, 1)
	go func() {
		result, err := call(ctx)
		done <- outcome{result, err}
	}()
	select {
	case o := <-done:
		return o.result, o.err
	case <-time.After(patience + time.Second):
		t.Fatal("the client hangs")
		panic("unreachable")
	}
}

func (c client) append(
	stream string, expected esdb.ExpectedRevision, events ...esdb.EventData,
) (*esdb.WriteResult, error) {
	c.t.Helper()
	return within(c.t, func(ctx context.Context) (*esdb.WriteResult, error) {
		return c.AppendToStream(ctx, stream, esdb.AppendToStreamOptions{ExpectedRevision: expected}, events...)
	})
}

// record appends events to a stream that must take them.
func (c client) record(stream string, expected esdb.ExpectedRevision, events ...esdb.EventData) *esdb.WriteResult {
	c.t.Helper()
	result, err := c.append(stream, expected, events...)
	if err != nil {
		c.t.Fatalf("append to %s: %v", stream, err)
	}
	return result
}

func (c client) readStream(stream string, options esdb.ReadStreamOptions, count uint64) ([]*esdb.RecordedEvent, error) {
	c.t.Helper()
	return within(c.t, func(ctx context.Context) ([]*esdb.RecordedEvent, error) {
		reading, err := c.ReadStream(ctx, stream, options, count)
		return collect(reading, err)
	})
}

func (c client) readAll(options esdb.ReadAllOptions, count uint64) ([]*esdb.RecordedEvent, error) {
	c.t.Helper()
	return within(c.t, func(ctx context.Context) ([]*esdb.RecordedEvent, error) {
		reading, err := c.ReadAll(ctx, options, count)
		return collect(reading, err)
	})
}

func collect(reading *esdb.ReadStream, err error) (events []*esdb.RecordedEvent, _ error) {
	if err != nil {
		return nil, err
	}
	defer reading.Close()
	for {
		event, err := reading.Recv()
		if errors.Is(err, io.EOF) {
			return events, nil
		}
		if err != nil {
			return events, err
		}
		events = append(events, event.Event)
	}
}

// everything is what stands in the log, without the events of the system.
func (c client) everything() []*esdb.RecordedEvent {
	c.t.Helper()
	all, err := c.readAll(esdb.ReadAllOptions{From: esdb.Start{}}, 1<<40)
	if err != nil {
		c.t.Fatal(err)
	}
	return slices.DeleteFunc(all, func(e *esdb.RecordedEvent) bool { return e.EventType[0] == '$' })
}

// subscription is a subscription of the client whose Recv is bounded.
type subscription struct {
	*esdb.Subscription
	t testing.TB
}

// follow subscribes to the whole log until the test ends.
func (c client) follow(options esdb.SubscribeToAllOptions) subscription {
	c.t.Helper()
	return c.subscribe(func(ctx context.Context) (*esdb.Subscription, error) { return c.SubscribeToAll(ctx, options) })
}

func (c client) followStream(stream string, options esdb.SubscribeToStreamOptions) subscription {
	c.t.Helper()
	return c.subscribe(func(ctx context.Context) (*esdb.Subscription, error) {
		return c.SubscribeToStream(ctx, stream, options)
	})
}

func (c client) subscribe(open func(context.Context) (*esdb.Subscription, error)) subscription {
	c.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	c.t.Cleanup(cancel)
	sub, err := within(c.t, func(context.Context) (*esdb.Subscription, error) { return open(ctx) })
	if err != nil {
		c.t.Fatalf("subscribe: %v", err)
	}
	return subscription{sub, c.t}
}

func (s subscription) next() *esdb.SubscriptionEvent {
	s.t.Helper()
	event, _ := within(s.t, func(context.Context) (*esdb.SubscriptionEvent, error) { return s.Recv(), nil })
	return event
}

// until gives the ids of the events that come before something else does, and that.
func (s subscription) until(done func(*esdb.SubscriptionEvent) bool) (ids []uuid.UUID, last *esdb.SubscriptionEvent) {
	s.t.Helper()
	for {
		event := s.next()
		if event.EventAppeared != nil {
			ids = append(ids, event.EventAppeared.Event.EventID)
		}
		if done(event) {
			return ids, event
		}
		if event.SubscriptionDropped != nil {
			s.t.Fatalf("the subscription was dropped: %v", event.SubscriptionDropped.Error)
		}
	}
}

// What a subscription may say.
func caughtUp(e *esdb.SubscriptionEvent) bool   { return e.CaughtUp != nil }
func fellBehind(e *esdb.SubscriptionEvent) bool { return e.FellBehind != nil }
func appeared(e *esdb.SubscriptionEvent) bool   { return e.EventAppeared != nil }
func checkpoint(e *esdb.SubscriptionEvent) bool { return e.CheckPointReached != nil }
func dropped(e *esdb.SubscriptionEvent) bool    { return e.SubscriptionDropped != nil }

// some are k new events.
func some(k int) (events []esdb.EventData) {
	for range k {
		events = append(events, esdb.EventData{
			EventID: uuid.New(), EventType: "noted", ContentType: esdb.ContentTypeJson,
			Data: []byte(`{"text":"zeven stoelen"}`), Metadata: []byte(`{"by":"desk"}`),
		})
	}
	return events
}

func idsOf(events []*esdb.RecordedEvent) (ids []uuid.UUID) {
	for _, e := range events {
		ids = append(ids, e.EventID)
	}
	return ids
}

func idsOfData(events ...esdb.EventData) (ids []uuid.UUID) {
	for _, e := range events {
		ids = append(ids, e.EventID)
	}
	return ids
}

// want fails the test if the error is not one of the client's with this code.
func want(t testing.TB, err error, code esdb.ErrorCode) {
	t.Helper()
	refused, ok := errors.AsType[*esdb.Error](err)
	if !ok || refused.Code() != code {
		t.Fatalf("got error %v, want code %d", err, code)
	}
}

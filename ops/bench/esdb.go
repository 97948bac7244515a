package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	client "github.com/EventStore/EventStore-Client-Go/v4/esdb"
	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/catalog"
	"signaalboek/ops/eventlog/esdb"
	"signaalboek/ops/eventlog/esdbtest"
)

const (
	esdbClients = 16
	esdbEvents  = 50_000 // that are caught up with, at most
)

// bothClients are a log on EventStoreDB and its client by itself, on a node in this process. What the node costs is in
// both sides of every ratio.
type bothClients struct {
	node *esdbtest.Node
	log  *esdb.Log
	bare *client.Client
}

func newBothClients(ctx context.Context) (b bothClients, err error) {
	if b.node, err = esdbtest.New(); err != nil {
		return b, err
	}
	if b.log, err = esdb.Open(ctx, b.node.ConnectionString(), esdb.Options{}); err != nil {
		b.node.Close()
		return b, err
	}
	config, err := client.ParseConnectionString(b.node.ConnectionString())
	if err == nil {
		config.Logger = client.NoopLogging()
		b.bare, err = client.NewClient(config)
	}
	if err != nil {
		return b, errors.Join(err, b.log.Close())
	}
	return b, nil
}

func (b bothClients) close() error {
	err := errors.Join(b.log.Close(), b.bare.Close())
	b.node.Close()
	return err
}

// measureESDB holds the log on EventStoreDB against the client that it is made of.
func measureESDB(ctx context.Context, w world) ([]row, error) {
	b, err := newBothClients(ctx)
	if err != nil {
		return nil, err
	}
	appended, err := b.appends(ctx, w.sizes)
	if err = errors.Join(err, b.close()); err != nil {
		return nil, fmt.Errorf("append: %w", err)
	}
	if b, err = newBothClients(ctx); err != nil { // with nothing on it but the events of the region
		return nil, err
	}
	caughtUp, err := b.catchUp(ctx, w)
	if err = errors.Join(err, b.close()); err != nil {
		return nil, fmt.Errorf("catch up: %w", err)
	}
	return []row{appended, caughtUp}, nil
}

func (b bothClients) appends(ctx context.Context, size sizes) (row, error) {
	appending := func(one func(context.Context, int) error) turn {
		return func() (cost, error) {
			return timed(func() error { return together(esdbClients, func(int) error { return one(ctx, size.each) }) })
		}
	}
	ours, bare := appending(b.append), appending(b.appendBare)
	for _, warmUp := range []turn{ours, bare} { // connections, stacks and buffers get the size that they keep
		if _, err := warmUp(); err != nil {
			return row{}, err
		}
	}
	costs, err := sideBySide(shortTurns*size.rounds, ours, bare)
	if err != nil {
		return row{}, err
	}
	perSecond := func(c []cost) string {
		return fmt.Sprintf("%.1f k/s", float64(esdbClients*size.each)/medianOf(c, wall)/1000)
	}
	return row{
		what: fmt.Sprintf("EventStoreDB, append, %d clients ÷ its client bare", esdbClients),
		ours: perSecond(costs[0]), peer: perSecond(costs[1]),
		ratio: ratioOf(costs[1], costs[0], wall), must: 0.9, cpu: cpuOf(costs[0], costs[1]),
	}, nil
}

// append is one client, with streams of twenty events of its own.
func (b bothClients) append(ctx context.Context, events int) error {
	var stream domain.StreamID
	for i := range events {
		if i%20 == 0 {
			stream = domain.NewStreamID("thing", uuid.NewString())
		}
		if _, err := b.log.Append(ctx, stream, domain.Revision(i%20)-1, []domain.Draft{jsonDraft()}); err != nil {
			return err
		}
	}
	return nil
}

// appendBare does the same, with nothing around the client.
func (b bothClients) appendBare(ctx context.Context, events int) error {
	var stream string
	for i := range events {
		if i%20 == 0 {
			stream = "thing-" + uuid.NewString()
		}
		options := client.AppendToStreamOptions{ExpectedRevision: client.NoStream{}}
		if i%20 > 0 {
			options.ExpectedRevision = client.Revision(uint64(i%20) - 1)
		}
		if _, err := b.bare.AppendToStream(ctx, stream, options, jsonEvent()); err != nil {
			return err
		}
	}
	return nil
}

// The parts of an event of about eventBytes: JSON, as all events are.
var (
	jsonPayload  = fmt.Sprintf(`{"text":"%0170d"}`, 0)
	jsonMetadata = fmt.Sprintf(`{"body":"%0190d"}`, 0)
	jsonEnvelope = fmt.Sprintf(`{"signaalboek":1,"at":"2022-03-01T09:30:00.000042Z","metadata":%s}`, jsonMetadata)
)

func jsonDraft() domain.Draft {
	return domain.Draft{
		ID: uuid.New(), Name: "thing.happened.v1", At: time.Now().UTC().Truncate(time.Microsecond),
		Payload: []byte(jsonPayload), Metadata: []byte(jsonMetadata),
	}
}

// jsonEvent is what an event of jsonDraft is to the server.
func jsonEvent() client.EventData {
	return client.EventData{
		EventID: uuid.New(), EventType: "thing.happened.v1", ContentType: client.ContentTypeJson,
		Data: []byte(jsonPayload), Metadata: []byte(jsonEnvelope),
	}
}

// catchUp follows events of the region and decodes them, as projections do. The bare client looks at nothing.
func (b bothClients) catchUp(ctx context.Context, w world) (row, error) {
	events, err := b.copy(ctx, w)
	if err != nil {
		return row{}, fmt.Errorf("copy: %w", err)
	}
	costs, err := sideBySide(w.rounds,
		func() (cost, error) { return timed(func() error { return followDecoded(ctx, b.log, events) }) },
		func() (cost, error) { return timed(func() error { return b.subscribe(ctx, events) }) })
	if err != nil {
		return row{}, err
	}
	perSecond := func(c []cost) string { return fmt.Sprintf("%.0f k/s", float64(events)/medianOf(c, wall)/1000) }
	return row{
		what: "EventStoreDB, catch-up with decoding ÷ its client bare",
		ours: perSecond(costs[0]), peer: perSecond(costs[1]),
		ratio: ratioOf(costs[1], costs[0], wall), must: 0.5, cpu: cpuOf(costs[0], costs[1]),
	}, nil
}

// copy appends the first events of the region to the node, those of a stream together.
func (b bothClients) copy(ctx context.Context, w world) (events int, err error) {
	streams := map[domain.StreamID][]domain.Draft{}
	for r, err := range w.log.ReadAll(ctx, domain.Position{}) {
		if err != nil {
			return 0, err
		}
		streams[r.Stream] = append(streams[r.Stream], r.Draft)
		if events++; events == esdbEvents {
			break
		}
	}
	for stream, drafts := range streams {
		if err := b.copyStream(ctx, stream, drafts); err != nil {
			return 0, err
		}
	}
	return events, nil
}

func (b bothClients) copyStream(ctx context.Context, stream domain.StreamID, drafts []domain.Draft) error {
	const batch = 200
	for from := 0; from < len(drafts); from += batch {
		until := min(from+batch, len(drafts))
		if _, err := b.log.Append(ctx, stream, domain.Revision(from)-1, drafts[from:until]); err != nil {
			return err
		}
	}
	return nil
}

func followDecoded(ctx context.Context, log domain.Store, events int) error {
	for r, err := range log.Follow(ctx, domain.Position{}) {
		if err != nil {
			return err
		}
		if _, err := catalog.Decode(r); err != nil {
			return err
		}
		if events--; events == 0 {
			break
		}
	}
	return nil
}

func (b bothClients) subscribe(ctx context.Context, events int) error {
	subscription, err := b.bare.SubscribeToAll(ctx, client.SubscribeToAllOptions{From: client.Start{}})
	if err != nil {
		return err
	}
	defer subscription.Close()
	for events > 0 {
		switch happened := subscription.Recv(); {
		case happened.SubscriptionDropped != nil:
			return happened.SubscriptionDropped.Error
		case happened.EventAppeared != nil:
			events--
		}
	}
	return nil
}

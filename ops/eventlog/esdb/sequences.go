package esdb

import (
	"context"
	"fmt"
	"iter"
	"math"

	client "github.com/EventStore/EventStore-Client-Go/v4/esdb"
	"google.golang.org/grpc/metadata"

	"signaalboek/domain"
)

// ReadStream implements domain.Store.
func (l *Log) ReadStream(
	ctx context.Context, stream domain.StreamID, from domain.Revision,
) iter.Seq2[domain.Recorded, error] {
	from = max(from, 0)
	return func(yield func(domain.Recorded, error) bool) {
		l.read(ctx, string(stream), &forward{stream: stream, from: from, next: from}, yield)
	}
}

// ReadStreamBackward implements domain.Store.
func (l *Log) ReadStreamBackward(ctx context.Context, stream domain.StreamID) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		l.read(ctx, string(stream), &backward{stream: stream}, yield)
	}
}

// ReadAll implements domain.Store.
func (l *Log) ReadAll(ctx context.Context, after domain.Position) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		end, err := l.End(ctx)
		if err != nil {
			yield(domain.Recorded{}, err)
			return
		}
		if after.Before(end) {
			l.read(ctx, "all streams", &everything{reached: after, end: end}, yield)
		}
	}
}

// Follow implements domain.Store. It is one subscription, and another one behind the last event whenever that is dropped,
// or says nothing of events that are known to be there.
func (l *Log) Follow(ctx context.Context, after domain.Position) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		l.read(ctx, "all streams on", &following{reached: after}, yield)
	}
}

// End implements domain.Store. The leader says where the log ends: any other node may not have heard of it, and one that is
// cut off from the others does not even know that. The last event of a server may be its own; then it looks further back.
func (l *Log) End(ctx context.Context) (end domain.Position, err error) {
	for _, count := range []uint64{1, 100, everyEvent} {
		found := false
		l.read(ctx, "the end", latest{count: count}, func(r domain.Recorded, failed error) bool {
			found, end, err = true, r.Position, failed
			return false
		})
		if found {
			l.told(end)
			return end, err
		}
	}
	return domain.Position{}, nil
}

// everyEvent is how many events are asked for when all are meant.
const everyEvent = math.MaxInt64

// history is what readings of what was recorded have in common.
type history struct{}

func (history) translate(event *client.RecordedEvent) (domain.Recorded, error) {
	return recorded(event)
}
func (history) endless() bool                { return false }
func (history) reaches(domain.Position) bool { return true }
func (history) ended() error                 { return nil }
func (history) missing() error               { return nil }

// forward is a stream read from a revision on.
type forward struct {
	history
	stream     domain.StreamID
	from, next domain.Revision
}

func (f *forward) open(ctx context.Context, c *client.Client) (source, error) {
	return readFrom(c.ReadStream(ctx, string(f.stream), client.ReadStreamOptions{
		Direction: client.Forwards, From: client.Revision(uint64(f.next)),
	}, everyEvent))
}

func (f *forward) accept(r domain.Recorded) (step, error) {
	if r.Revision != f.next {
		return skip, fmt.Errorf("%w: there is no revision %d", ErrDamaged, f.next)
	}
	f.next++
	return give, nil
}

// missing is the answer for a stream without events, and for one that a node has not got yet.
func (f *forward) missing() error {
	if f.next > f.from {
		return fmt.Errorf("%w: the node is behind", errAgain)
	}
	return nil
}

// backward is a stream read back from its end.
type backward struct {
	history
	stream domain.StreamID
	begun  bool
	next   domain.Revision // once begun
}

func (b *backward) open(ctx context.Context, c *client.Client) (source, error) {
	options := client.ReadStreamOptions{Direction: client.Backwards, From: client.End{}}
	if b.begun {
		options.From = client.Revision(uint64(b.next))
	}
	return readFrom(c.ReadStream(ctx, string(b.stream), options, everyEvent))
}

func (b *backward) accept(r domain.Recorded) (step, error) {
	if b.begun && r.Revision != b.next {
		return skip, fmt.Errorf("%w: there is no revision %d", ErrDamaged, b.next)
	}
	b.begun, b.next = true, r.Revision-1
	if r.Revision == 0 {
		return last, nil
	}
	return give, nil
}

func (b *backward) ended() error {
	if b.begun {
		return fmt.Errorf("%w: there is no revision %d", ErrDamaged, b.next)
	}
	return nil
}

func (b *backward) missing() error {
	if b.begun {
		return fmt.Errorf("%w: the node is behind", errAgain)
	}
	return nil
}

// everything is all streams, up to where they ended when it was asked.
type everything struct {
	history
	reached, end domain.Position
}

func (e *everything) open(ctx context.Context, c *client.Client) (source, error) {
	return readFrom(c.ReadAll(ctx, client.ReadAllOptions{Direction: client.Forwards, From: behind(e.reached)}, everyEvent))
}

// accept skips what stands at the position that was reached: the server begins with it.
func (e *everything) accept(r domain.Recorded) (step, error) {
	if !e.reached.Before(r.Position) {
		return skip, nil
	}
	e.reached = r.Position
	if e.reached.Before(e.end) {
		return give, nil
	}
	return last, nil
}

// ended is for a node that has not got everything yet.
func (e *everything) ended() error {
	return fmt.Errorf("%w: the node is behind", errAgain)
}

// latest is the last events of the server, back to one that is not its own. Who wrote that, and what, does not matter.
type latest struct {
	history
	count uint64
}

func (r latest) open(ctx context.Context, c *client.Client) (source, error) {
	return readFrom(c.ReadAll(fromLeader(ctx), client.ReadAllOptions{Direction: client.Backwards, From: client.End{}}, r.count))
}

// fromLeader lets nobody but the leader answer a call. The client has an option for that, and never sends it.
func fromLeader(ctx context.Context) context.Context {
	return metadata.AppendToOutgoingContext(ctx, "requires-leader", "true")
}

func (latest) translate(event *client.RecordedEvent) (domain.Recorded, error) {
	return placed(event), nil
}
func (latest) accept(domain.Recorded) (step, error) { return last, nil }

// following is all streams, for ever.
type following struct {
	history
	reached domain.Position
}

// ownStreams lets the server keep its own events for itself.
func ownStreams() *client.SubscriptionFilter {
	return &client.SubscriptionFilter{Type: client.StreamFilterType, Regex: `^[^$]`}
}

// How many events the server looks through at a time, and how many times before it says how far it is.
const (
	searchWindow       = 512
	checkpointInterval = 64
)

func (f *following) open(ctx context.Context, c *client.Client) (source, error) {
	return subscribed(c.SubscribeToAll(ctx, client.SubscribeToAllOptions{
		From: behind(f.reached), Filter: ownStreams(),
		MaxSearchWindow: searchWindow, CheckpointInterval: checkpointInterval,
	}))
}

func (f *following) accept(r domain.Recorded) (step, error) {
	if !f.reached.Before(r.Position) {
		return skip, nil
	}
	f.reached = r.Position
	return give, nil
}

func (f *following) endless() bool { return true }

func (f *following) reaches(p domain.Position) bool { return !f.reached.Before(p) }

// behind is a position as the client takes it.
func behind(p domain.Position) client.AllPosition {
	if p.IsZero() {
		return client.Start{}
	}
	return client.Position(p)
}

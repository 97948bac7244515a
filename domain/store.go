package domain

import (
	"context"
	"errors"
	"iter"
)

// Store is an append-only log of streams. It promises what an embedded log and EventStoreDB can both really keep, and
// nothing more; domaintest.StoreSuite proves these sentences for every implementation.
//
// Order. Within a stream, revisions count 0, 1, 2 without gaps. Positions grow over the whole log, may have gaps, and
// are opaque. An event is never visible at a position before one that was already seen: whoever has read up to a
// position has read everything before it.
//
// Durability. When Append returns nil, its events survive a power cut. When it returns ErrUnknown, they may or may not
// have been recorded: the caller asks again with the same ids. When it returns any other error, nothing was recorded.
//
// Atomicity. The drafts of one Append are recorded all or none, next to each other in their stream.
//
// Errors while reading have their place in the sequence: a sequence that ends without an error has given everything
// there was when it was asked. After an error a sequence ends. Bytes that a sequence gives belong to the receiver.
//
// Every method obeys its context, and may be called by several goroutines at once.
type Store interface {
	// Append records drafts at the end of stream, if its last revision is still expected (NoStream: if it has no events),
	// and returns the position of the last of them. Asked again with the same ids at the same expected revision, it
	// records nothing and returns the position that it returned before.
	//
	// Errors: ErrConflict if the stream is elsewhere; ErrTaken if an id was recorded before in another place, by a
	// store that can tell; ErrUnknown. At least one draft is required.
	Append(ctx context.Context, stream StreamID, expected Revision, drafts []Draft) (Position, error)

	// ReadStream gives the events of stream from revision from on, in order. A stream without events gives nothing.
	ReadStream(ctx context.Context, stream StreamID, from Revision) iter.Seq2[Recorded, error]

	// ReadStreamBackward gives the events of stream from its last one back to its first.
	ReadStreamBackward(ctx context.Context, stream StreamID) iter.Seq2[Recorded, error]

	// ReadAll gives the events of all streams after a position, in order, up to the end as it is when asked.
	ReadAll(ctx context.Context, after Position) iter.Seq2[Recorded, error]

	// Follow gives what ReadAll gives and then waits for more, for as long as its context lives; the sequence then ends
	// with the context's error.
	Follow(ctx context.Context, after Position) iter.Seq2[Recorded, error]

	// End is the position of the last event in the log; zero if it is empty.
	End(ctx context.Context) (Position, error)
}

// The errors of a Store, beside those of its context. A damaged log gives others: faults.
var (
	ErrConflict = errors.New("store: stream is not at the expected revision")
	ErrTaken    = errors.New("store: event id is recorded elsewhere")
	ErrUnknown  = errors.New("store: outcome unknown")

	// ErrLogAway is a log that cannot be reached now. It is a refusal, because asking again later helps; whoever had
	// already asked once may find that it was recorded.
	ErrLogAway = Refuse(Away, "log-away")

	// ErrForked is a log that contradicts what was signed of it: it is shorter, or holds something else. No Store says so;
	// who keeps the tree does. Nothing may be recorded until somebody puts the right log back, or accepts the loss.
	ErrForked = Refuse(Away, "history-forked")
)

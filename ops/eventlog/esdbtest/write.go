package esdbtest

import (
	"context"
	"errors"
	"io"

	"github.com/EventStore/EventStore-Client-Go/v4/protos/shared"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/streams"
)

// maxAppend is how much one append may hold, as a server does that nobody configured.
const maxAppend = 1 << 20

// Append records the events that come after their heading. A conflict is an answer here, not an error.
func (l *life) Append(stream streams.Streams_AppendServer) error {
	w, options, err := receive(stream)
	if err != nil {
		return err
	}
	if err := l.allow(stream.Context(), w.stream); err != nil {
		return err
	}
	last, current, err := l.persist(stream.Context(), w.stream, func() (*record, int64, error) {
		return l.log().append(w, l.mayWrite)
	})
	switch {
	case errors.Is(err, errWrongVersion):
		return stream.SendAndClose(conflict(options, w.expected, current))
	case err != nil:
		return err
	}
	return stream.SendAndClose(success(last, current))
}

// receive reads one append to its end.
func receive(stream streams.Streams_AppendServer) (w write, options *streams.AppendReq_Options, err error) {
	heading, err := stream.Recv()
	if err != nil {
		return w, nil, err
	}
	if options = heading.GetOptions(); options == nil {
		return w, nil, malformed("an append without a stream")
	}
	w = write{stream: streamName(options), expected: expectedOf(options)}
	for size := 0; ; {
		message, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return w, options, nil
		}
		if err != nil {
			return w, nil, err
		}
		event, err := proposalFromWire(message.GetProposedMessage())
		if err != nil {
			return w, nil, err
		}
		if size += event.size(); size > maxAppend {
			return w, nil, tooLarge(maxAppend)
		}
		w.events = append(w.events, event)
	}
}

// Delete hides a stream until somebody appends to it again. A conflict is an error here.
func (l *life) Delete(ctx context.Context, request *streams.DeleteReq) (*streams.DeleteResp, error) {
	last, err := l.remove(ctx, request.GetOptions(), false)
	if err != nil {
		return nil, err
	}
	return &streams.DeleteResp{PositionOption: &streams.DeleteResp_Position_{
		Position: &streams.DeleteResp_Position{CommitPosition: last.commit, PreparePosition: last.prepare},
	}}, nil
}

// Tombstone ends a stream for ever.
func (l *life) Tombstone(ctx context.Context, request *streams.TombstoneReq) (*streams.TombstoneResp, error) {
	last, err := l.remove(ctx, request.GetOptions(), true)
	if err != nil {
		return nil, err
	}
	return &streams.TombstoneResp{PositionOption: &streams.TombstoneResp_Position_{
		Position: &streams.TombstoneResp_Position{CommitPosition: last.commit, PreparePosition: last.prepare},
	}}, nil
}

func (l *life) remove(ctx context.Context, options expectation, forever bool) (*record, error) {
	stream, expected := streamName(options), expectedOf(options)
	if err := l.allow(ctx, stream); err != nil {
		return nil, err
	}
	last, current, err := l.persist(ctx, stream, func() (*record, int64, error) {
		return l.log().remove(stream, expected, forever, l.mayWrite)
	})
	if errors.Is(err, errWrongVersion) {
		return nil, wrongVersion(stream, expected, current)
	}
	return last, err
}

// persist is the way of every write, and the place of the two faults that matter most: what is dropped before was not
// recorded; what is dropped after was, and its writer does not know.
func (l *life) persist(
	ctx context.Context, stream string, record func() (*record, int64, error),
) (*record, int64, error) {
	if manner, drop := l.node.faults.dropsRequest(); drop {
		return nil, 0, l.lose(ctx, manner)
	}
	last, current, err := record()
	if errors.Is(err, errStreamDeleted) {
		return nil, current, streamDeleted(stream)
	}
	if err != nil {
		return nil, current, err
	}
	if manner, drop := l.node.faults.dropsAck(); drop {
		return nil, current, l.lose(ctx, manner)
	}
	return last, current, nil
}

func success(last *record, current int64) *streams.AppendResp {
	result := &streams.AppendResp_Success{
		CurrentRevisionOption: &streams.AppendResp_Success_NoStream{NoStream: &shared.Empty{}},
		PositionOption:        &streams.AppendResp_Success_NoPosition{NoPosition: &shared.Empty{}},
	}
	if last != nil {
		current = int64(last.revision)
		result.PositionOption = &streams.AppendResp_Success_Position{
			Position: &streams.AppendResp_Position{CommitPosition: last.commit, PreparePosition: last.prepare},
		}
	}
	if current >= 0 {
		result.CurrentRevisionOption = &streams.AppendResp_Success_CurrentRevision{CurrentRevision: uint64(current)}
	}
	return &streams.AppendResp{Result: &streams.AppendResp_Success_{Success: result}}
}

// conflict tells what was expected and what is there.
func conflict(options *streams.AppendReq_Options, expected, current int64) *streams.AppendResp {
	wrong := &streams.AppendResp_WrongExpectedVersion{}
	switch expected {
	case expectNoStream:
		wrong.ExpectedRevisionOption = &streams.AppendResp_WrongExpectedVersion_ExpectedNoStream{
			ExpectedNoStream: options.GetNoStream(),
		}
	case expectStreamExists:
		wrong.ExpectedRevisionOption = &streams.AppendResp_WrongExpectedVersion_ExpectedStreamExists{
			ExpectedStreamExists: options.GetStreamExists(),
		}
	case expectAny:
		wrong.ExpectedRevisionOption = &streams.AppendResp_WrongExpectedVersion_ExpectedAny{ExpectedAny: options.GetAny()}
	default:
		wrong.ExpectedRevisionOption = &streams.AppendResp_WrongExpectedVersion_ExpectedRevision{
			ExpectedRevision: uint64(expected),
		}
	}
	wrong.CurrentRevisionOption = &streams.AppendResp_WrongExpectedVersion_CurrentNoStream{
		CurrentNoStream: &shared.Empty{},
	}
	if current >= 0 {
		wrong.CurrentRevisionOption = &streams.AppendResp_WrongExpectedVersion_CurrentRevision{
			CurrentRevision: uint64(current),
		}
	}
	return &streams.AppendResp{Result: &streams.AppendResp_WrongExpectedVersion_{WrongExpectedVersion: wrong}}
}

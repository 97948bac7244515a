package esdbtest

import (
	"cmp"
	"iter"
	"slices"

	"github.com/EventStore/EventStore-Client-Go/v4/protos/streams"
)

// allStreams is the name of the whole log, where a stream's name could stand.
const allStreams = "$all"

// Read serves what has three forms in one call: a stream, the whole log, and subscriptions to either.
func (l *life) Read(request *streams.ReadReq, stream streams.Streams_ReadServer) error {
	options := request.GetOptions()
	name := allStreams
	if options.GetStream() != nil {
		name = streamName(options.GetStream())
	}
	if err := l.allow(stream.Context(), name); err != nil {
		return err
	}
	if err := l.mayRead(stream.Context()); err != nil {
		return err
	}
	switch {
	case options.GetSubscription() != nil:
		return l.subscribe(options, stream)
	case options.GetFilter() != nil:
		return malformed("a read with a filter")
	case options.GetStream() != nil:
		return l.readStream(name, options, stream)
	case options.GetAll() != nil:
		return l.readAll(options, stream)
	}
	return malformed("a read of nothing")
}

// readStream reads from a revision on, that revision included, in either direction. A stream that is not there is an
// answer; one that is deleted for ever is an error.
func (l *life) readStream(name string, options *streams.ReadReq_Options, stream streams.Streams_ReadServer) error {
	visible, hidden := l.seenOf(name)
	switch {
	case hidden == tombstoned:
		return streamDeleted(name)
	case len(visible) == 0:
		return stream.Send(notFoundResponse(name))
	}
	first, end := uint64(0), visible[len(visible)-1].revision+1
	switch from := options.GetStream().GetRevisionOption().(type) {
	case *streams.ReadReq_Options_StreamOptions_Revision:
		first = min(from.Revision, end)
	case *streams.ReadReq_Options_StreamOptions_End:
		first = end
	}
	if backwards(options) {
		return l.send(slices.Backward(visible[:indexOf(visible, first+1)]), options, stream)
	}
	return l.send(slices.All(visible[indexOf(visible, first):]), options, stream)
}

// indexOf is where the events of a stream from a revision on begin.
func indexOf(visible []*record, revision uint64) int {
	at, _ := slices.BinarySearchFunc(visible, revision, func(r *record, revision uint64) int {
		return cmp.Compare(r.revision, revision)
	})
	return at
}

// readAll reads from a position on: forward that position included, backward what comes before it.
func (l *life) readAll(options *streams.ReadReq_Options, stream streams.Streams_ReadServer) error {
	seen, _ := l.seen()
	at := 0
	switch from := options.GetAll().GetAllOption().(type) {
	case *streams.ReadReq_Options_AllOptions_End:
		at = len(seen)
	case *streams.ReadReq_Options_AllOptions_Position:
		var err error
		if at, err = locate(seen, from.Position); err != nil {
			return err
		}
	}
	if backwards(options) {
		return l.send(slices.Backward(seen[:at]), options, stream)
	}
	return l.send(slices.All(seen[at:]), options, stream)
}

// locate finds the record at a position. A position is either one that was given out, or the very start, or later than
// everything; the server reads garbage anywhere else.
func locate(seen []*record, position *streams.ReadReq_Options_Position) (int, error) {
	commit, prepare := position.GetCommitPosition(), position.GetPreparePosition()
	at, found := slices.BinarySearchFunc(seen, commit, func(r *record, commit uint64) int {
		return cmp.Compare(r.commit, commit)
	})
	switch {
	case found && seen[at].prepare == prepare, commit == 0 && prepare == 0, !found && at == len(seen):
		return at, nil
	}
	return 0, errBadPosition
}

// send gives what a sequence holds, as many as were asked for.
func (l *life) send(
	records iter.Seq2[int, *record], options *streams.ReadReq_Options, stream streams.Streams_ReadServer,
) error {
	left := options.GetCount()
	for _, r := range records {
		if left == 0 {
			break
		}
		left--
		if err := l.emit(r.response(idsAsStrings(options)), stream); err != nil {
			return err
		}
	}
	return nil
}

// emit gives one response, at the pace of its reader.
func (l *life) emit(response *streams.ReadResp, stream streams.Streams_ReadServer) error {
	if err := l.node.faults.keepPace(stream.Context()); err != nil {
		return err
	}
	return stream.Send(response)
}

func backwards(options *streams.ReadReq_Options) bool {
	return options.GetReadDirection() == streams.ReadReq_Options_Backwards
}

func idsAsStrings(options *streams.ReadReq_Options) bool {
	_, text := options.GetUuidOption().GetContent().(*streams.ReadReq_Options_UUIDOption_String_)
	return text
}

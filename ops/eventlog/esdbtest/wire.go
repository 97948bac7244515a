package esdbtest

import (
	"encoding/binary"
	"strconv"

	"github.com/EventStore/EventStore-Client-Go/v4/protos/shared"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/streams"
	"github.com/google/uuid"
)

// The content types that an event may have, in its system metadata.
const (
	contentJSON  = "application/json"
	contentBytes = "application/octet-stream"
)

// truncation is the metadata of a stream that hides what comes before a revision.
func truncation(before int64) []byte {
	return []byte(`{"$tb":` + strconv.FormatInt(before, 10) + `}`)
}

// response is a record as a reader gets it. The `created` metadata is no option: the client ends its process without it.
func (r *record) response(idAsString bool) *streams.ReadResp {
	return &streams.ReadResp{Content: &streams.ReadResp_Event{Event: &streams.ReadResp_ReadEvent{
		Event: &streams.ReadResp_ReadEvent_RecordedEvent{
			Id:               idToWire(r.id, idAsString),
			StreamIdentifier: streamToWire(r.stream),
			StreamRevision:   r.revision,
			PreparePosition:  r.prepare,
			CommitPosition:   r.commit,
			Metadata: map[string]string{
				"type": r.kind, "content-type": r.contentType, "created": strconv.FormatInt(r.created, 10),
			},
			CustomMetadata: r.metadata,
			Data:           r.data,
		},
		Position: &streams.ReadResp_ReadEvent_CommitPosition{CommitPosition: r.commit},
	}}}
}

func notFoundResponse(stream string) *streams.ReadResp {
	return &streams.ReadResp{Content: &streams.ReadResp_StreamNotFound_{
		StreamNotFound: &streams.ReadResp_StreamNotFound{StreamIdentifier: streamToWire(stream)},
	}}
}

func confirmation() *streams.ReadResp {
	return &streams.ReadResp{Content: &streams.ReadResp_Confirmation{
		Confirmation: &streams.ReadResp_SubscriptionConfirmation{SubscriptionId: uuid.NewString()},
	}}
}

func (r *record) checkpoint() *streams.ReadResp {
	return &streams.ReadResp{Content: &streams.ReadResp_Checkpoint_{
		Checkpoint: &streams.ReadResp_Checkpoint{CommitPosition: r.commit, PreparePosition: r.prepare},
	}}
}

func caughtUp() *streams.ReadResp {
	return &streams.ReadResp{Content: &streams.ReadResp_CaughtUp_{CaughtUp: &streams.ReadResp_CaughtUp{}}}
}

func fellBehind() *streams.ReadResp {
	return &streams.ReadResp{Content: &streams.ReadResp_FellBehind_{FellBehind: &streams.ReadResp_FellBehind{}}}
}

func streamToWire(name string) *shared.StreamIdentifier {
	return &shared.StreamIdentifier{StreamName: []byte(name)}
}

// idToWire writes an id as its two halves, big-endian, or as text.
func idToWire(id uuid.UUID, asString bool) *shared.UUID {
	if asString {
		return &shared.UUID{Value: &shared.UUID_String_{String_: id.String()}}
	}
	return &shared.UUID{Value: &shared.UUID_Structured_{Structured: &shared.UUID_Structured{
		MostSignificantBits:  int64(binary.BigEndian.Uint64(id[:8])),
		LeastSignificantBits: int64(binary.BigEndian.Uint64(id[8:])),
	}}}
}

// idFromWire reads either form.
func idFromWire(wire *shared.UUID) (id uuid.UUID, err error) {
	halves := wire.GetStructured()
	if halves == nil {
		if id, err = uuid.Parse(wire.GetString_()); err != nil {
			return id, malformed("an event without an id")
		}
		return id, nil
	}
	binary.BigEndian.PutUint64(id[:8], uint64(halves.MostSignificantBits))
	binary.BigEndian.PutUint64(id[8:], uint64(halves.LeastSignificantBits))
	return id, nil
}

// proposalFromWire reads an event that a writer offers.
func proposalFromWire(message *streams.AppendReq_ProposedMessage) (proposal, error) {
	id, err := idFromWire(message.GetId())
	if err != nil {
		return proposal{}, err
	}
	for _, required := range []string{"type", "content-type"} {
		if _, found := message.GetMetadata()[required]; !found {
			return proposal{}, missingMetadata(required)
		}
	}
	return proposal{
		id: id, kind: message.Metadata["type"], contentType: message.Metadata["content-type"],
		data: message.GetData(), metadata: message.GetCustomMetadata(),
	}, nil
}

// size is what an event counts for in the limit of an append, by the server's own reckoning.
func (p proposal) size() int { return len(p.data) + len(p.metadata) + 2*len(p.kind) }

// expectation is what the four kinds of request that expect a revision have in common. They are generated apart.
type expectation interface {
	GetStreamIdentifier() *shared.StreamIdentifier
	GetRevision() uint64
	GetNoStream() *shared.Empty
	GetAny() *shared.Empty
	GetStreamExists() *shared.Empty
}

func expectedOf(options expectation) int64 {
	switch {
	case options.GetAny() != nil:
		return expectAny
	case options.GetNoStream() != nil:
		return expectNoStream
	case options.GetStreamExists() != nil:
		return expectStreamExists
	}
	return int64(options.GetRevision())
}

// streamName is the stream that a request is about.
func streamName(request interface {
	GetStreamIdentifier() *shared.StreamIdentifier
}) string {
	return string(request.GetStreamIdentifier().GetStreamName())
}

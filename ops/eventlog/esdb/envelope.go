package esdb

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"

	client "github.com/EventStore/EventStore-Client-Go/v4/esdb"
	"github.com/go-json-experiment/json/jsontext"

	"signaalboek/domain"
)

// The parts of an envelope. This is a format on disk: it stays as it is for ever.
const (
	format     = `{"signaalboek":`
	envelopeV1 = format + `1,"at":`
	moment     = `"2006-01-02T15:04:05.000000Z"`
	asJSON     = `,"metadata":`
	asBytes    = `,"bytes":"`
)

// appendEnvelope appends the user metadata of a draft's event.
func appendEnvelope(raw []byte, draft *domain.Draft) []byte {
	raw = append(raw, envelopeV1...)
	raw = appendMoment(raw, draft.At)
	switch {
	case len(draft.Metadata) == 0:
		return append(raw, '}')
	case isJSON(draft.Metadata):
		raw = append(raw, asJSON...)
		return append(append(raw, draft.Metadata...), '}')
	default:
		raw = append(raw, asBytes...)
		return append(base64.StdEncoding.AppendEncode(raw, draft.Metadata), `"}`...)
	}
}

// appendMoment appends what AppendFormat makes of moment, in a third of the time: that knows RFC 3339 by heart.
func appendMoment(raw []byte, at time.Time) []byte {
	raw = at.UTC().AppendFormat(append(raw, '"'), time.RFC3339)
	raw[len(raw)-1] = '.' // it ended with a Z
	micros := at.Nanosecond() / 1000
	for unit := 100_000; unit > 0; unit /= 10 {
		raw = append(raw, byte('0'+micros/unit%10))
	}
	return append(raw, `Z"`...)
}

// isJSON is strict: what is not UTF-8, or names a member twice, is kept as bytes.
func isJSON(raw []byte) bool { return jsontext.Value(raw).IsValid() }

// unwrapped reads an envelope. The metadata are a part of raw, with no more capacity than length.
func unwrapped(raw []byte) (at time.Time, metadata []byte, err error) {
	rest, found := bytes.CutPrefix(raw, []byte(envelopeV1))
	if !found || len(rest) < len(moment) {
		if bytes.HasPrefix(raw, []byte(format)) && !found {
			return at, nil, ErrNewer
		}
		return at, nil, ErrForeign
	}
	if at, err = parseMoment(rest[:len(moment)]); err != nil {
		return at, nil, err
	}
	metadata, err = metadataOf(rest[len(moment):])
	return at, metadata, err
}

// parseMoment reads one way of writing a moment only, the one that is written.
func parseMoment(raw []byte) (time.Time, error) {
	last := len(moment) - 1
	if raw[0] != '"' || raw[20] != '.' || raw[last-1] != 'Z' || raw[last] != '"' {
		return time.Time{}, ErrForeign
	}
	at, err := time.Parse(time.RFC3339Nano, string(raw[1:last]))
	if err != nil {
		return time.Time{}, ErrForeign
	}
	return at, nil
}

func metadataOf(rest []byte) ([]byte, error) {
	if string(rest) == "}" {
		return nil, nil
	}
	if value, found := cut(rest, asJSON, "}"); found {
		return value[:len(value):len(value)], nil
	}
	if text, found := cut(rest, asBytes, `"}`); found {
		metadata, err := base64.StdEncoding.Strict().AppendDecode(nil, text)
		if err == nil && len(metadata) > 0 && !isJSON(metadata) {
			return metadata, nil
		}
	}
	return nil, ErrForeign
}

func cut(raw []byte, before, after string) (between []byte, found bool) {
	between, found = bytes.CutPrefix(raw, []byte(before))
	if !found {
		return nil, false
	}
	return bytes.CutSuffix(between, []byte(after))
}

// proposed is a draft as the client takes it. The bytes are copies, which stand together: an append may be under way longer
// than its caller waits for it.
func proposed(draft *domain.Draft) (client.EventData, error) {
	if err := keepable(draft); err != nil {
		return client.EventData{}, fmt.Errorf("event %s: %w", draft.ID, err)
	}
	kind := client.ContentTypeBinary
	if isJSON(draft.Payload) {
		kind = client.ContentTypeJson
	}
	size := len(draft.Payload)
	raw := make([]byte, 0, size+len(envelopeV1)+len(moment)+len(asJSON)+len(draft.Metadata)+1)
	raw = appendEnvelope(append(raw, draft.Payload...), draft)
	return client.EventData{
		EventID: draft.ID, EventType: draft.Name, ContentType: kind, Data: raw[:size:size], Metadata: raw[size:],
	}, nil
}

// keepable reports what the server or the envelope could not keep exactly as it was given.
func keepable(draft *domain.Draft) error {
	switch year := draft.At.UTC().Year(); {
	case draft.ID == domain.EventID{}:
		return errors.New("it has no id") // the client would make one, another one at each attempt
	case draft.Name == "" || !utf8.ValidString(draft.Name) || draft.Name[0] == '$':
		return errors.New("it has no valid name")
	case year < 0 || year > 9999:
		return errors.New("its moment of recording is not in the years 0 to 9999")
	case !draft.At.Equal(draft.At.Truncate(time.Microsecond)):
		return errors.New("its moment of recording is finer than a microsecond")
	}
	return nil
}

// recorded is an event as the client gives it, translated back.
func recorded(event *client.RecordedEvent) (domain.Recorded, error) {
	at, metadata, err := unwrapped(event.UserMetadata)
	if err == nil && event.Position.Commit == noPosition {
		err = ErrTooOld
	}
	if err != nil {
		return domain.Recorded{}, fmt.Errorf("event %s: %w", event.EventID, err)
	}
	r := placed(event)
	r.Draft = domain.Draft{
		ID: event.EventID, Name: event.EventType, At: at, Payload: event.Data, Metadata: metadata,
	}
	return r, nil
}

// placed is where an event stands, whoever wrote it.
func placed(event *client.RecordedEvent) domain.Recorded {
	return domain.Recorded{
		Stream: domain.StreamID(event.StreamID), Revision: domain.Revision(event.EventNumber),
		Position: domain.Position(event.Position),
	}
}

// noPosition is what a server says that does not know the position of an event.
const noPosition = ^uint64(0)

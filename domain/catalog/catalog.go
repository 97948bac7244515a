// Package catalog is the list of everything that is ever written to the log: the schema of each event, and the codec
// between events and recorded bytes.
//
// A payload is the JSON of the event's own fields, in the order of its struct. Metadata is the JSON of a Trail. Both
// are written once and never again; testdata holds one frozen example of every name and version, decoded by a test
// for ever.
//
// Reading is strict about names, members and shapes: what is not known is an error. It is not about words: a code, or a
// word of a closed set such as an outcome, was checked by its aggregate when it was written, and is read as it stands,
// also when no later version would write it again. So a new word in a closed set is nothing on disk, but every reader of
// that set, projections too, must say what it does with a word that it does not know; a word whose meaning changes is a
// new version of its event. Days are written as 2006-01-02; moments stand beside the payload, in UTC and whole
// microseconds. A member that is left out means that it was not said; numbers for which zero is an answer (present at a
// meeting, newcomers) are always written.
package catalog

import (
	"fmt"
	"slices"

	"github.com/go-json-experiment/json"

	"signaalboek/domain"
	"signaalboek/domain/bundle"
	"signaalboek/domain/contact"
	"signaalboek/domain/focusgroep"
	"signaalboek/domain/forum"
	"signaalboek/domain/practice"
	"signaalboek/domain/recommendation"
	"signaalboek/domain/referral"
	"signaalboek/domain/release"
	"signaalboek/domain/session"
	"signaalboek/domain/signal"
)

// Schemas lists the schema of every event.
func Schemas() []domain.Schema {
	return slices.Concat(
		practice.Schemas(), contact.Schemas(), session.Schemas(), focusgroep.Schemas(), signal.Schemas(),
		bundle.Schemas(), referral.Schemas(), forum.Schemas(), recommendation.Schemas(),
		release.Schemas(),
	)
}

// Codec turns events into payloads and back. It is read-only once made, and may be used by several goroutines.
type Codec struct {
	newest map[string]domain.Schema // by the name of the newest version
	older  map[string]upcasting     // by the name of an older version
}

type upcasting struct {
	schema domain.Schema
	steps  []domain.Upcast // from this version to the newest
}

// Default is the codec of all events of this program.
var Default = mustCodec(quickly(Schemas()))

func mustCodec(schemas []domain.Schema) *Codec {
	codec, err := NewCodec(schemas)
	if err != nil {
		panic(err)
	}
	return codec
}

// NewCodec is the codec of the given events. It fails when a name is given twice, or a chain of versions has a gap.
func NewCodec(schemas []domain.Schema) (*Codec, error) {
	codec := &Codec{newest: map[string]domain.Schema{}, older: map[string]upcasting{}}
	for _, schema := range schemas {
		if err := codec.add(schema); err != nil {
			return nil, err
		}
	}
	return codec, nil
}

func (c *Codec) add(schema domain.Schema) error {
	if err := schema.Check(); err != nil {
		return err
	}
	if c.knows(schema.Name) {
		return fmt.Errorf("catalog: %s is listed twice", schema.Name)
	}
	c.newest[schema.Name] = schema
	for i, up := range schema.Older {
		if c.knows(up.From) {
			return fmt.Errorf("catalog: %s is listed twice", up.From)
		}
		c.older[up.From] = upcasting{schema, schema.Older[i:]}
	}
	return nil
}

func (c *Codec) knows(name string) bool {
	_, newest := c.newest[name]
	_, older := c.older[name]
	return newest || older
}

// Encode writes an event whose texts are sealed.
func (c *Codec) Encode(event domain.Event) ([]byte, error) {
	if _, ok := c.newest[event.EventName()]; !ok {
		return nil, fmt.Errorf("encode %s: not in the catalog", event.EventName())
	}
	raw, err := json.Marshal(event, json.Deterministic(true))
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", event.EventName(), err)
	}
	return raw, nil
}

// EachText is the event with each of its texts replaced by what visit returns for it: how texts are sealed.
func (c *Codec) EachText(
	event domain.Event, visit func(pointer string, text domain.Sealed) (domain.Sealed, error),
) (domain.Event, error) {
	schema, ok := c.newest[event.EventName()]
	if !ok {
		return nil, fmt.Errorf("seal %s: not in the catalog", event.EventName())
	}
	return schema.EachText(event, visit)
}

// Decode reads a recorded event: the newest version of it, whichever was written. An unknown name is an error: nothing
// is ever skipped silently.
func (c *Codec) Decode(recorded domain.Recorded) (domain.Entry, error) {
	event, err := c.event(recorded)
	if err != nil {
		return domain.Entry{}, fmt.Errorf("decode %s at %s: %w", recorded.Name, recorded.Position, err)
	}
	meta, err := decodeMeta(recorded.Metadata)
	if err != nil {
		return domain.Entry{}, fmt.Errorf("decode metadata of %s at %s: %w", recorded.Name, recorded.Position, err)
	}
	meta.At = recorded.At
	return domain.Entry{
		ID: recorded.ID, Stream: recorded.Stream, Revision: recorded.Revision, Position: recorded.Position,
		Meta: meta, Event: event,
	}, nil
}

func (c *Codec) event(recorded domain.Recorded) (domain.Event, error) {
	if schema, ok := c.newest[recorded.Name]; ok {
		return schema.Decode(unmarshal, recorded.ID, recorded.Payload)
	}
	old, ok := c.older[recorded.Name]
	if !ok {
		return nil, fmt.Errorf("unknown event")
	}
	raw := recorded.Payload
	for _, up := range old.steps {
		var err error
		if raw, err = up.With(raw); err != nil {
			return nil, fmt.Errorf("upcast from %s: %w", up.From, err)
		}
	}
	return old.schema.Decode(unmarshal, recorded.ID, raw)
}

// Decode reads a recorded event with the default codec.
func Decode(recorded domain.Recorded) (domain.Entry, error) { return Default.Decode(recorded) }

// unmarshal is strict: an unknown member in what we wrote ourselves means that we do not understand it.
func unmarshal(raw []byte, target any) error {
	return json.Unmarshal(raw, target, json.RejectUnknownMembers(true))
}

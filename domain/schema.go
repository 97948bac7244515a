package domain

import "fmt"

// Schema says how one event is written on disk: under which name, and how older versions of it become this one.
// Stored bytes never change; an older version is turned into the newest at each read.
type Schema struct {
	Name   string                                               // of the newest version: "signal.scheduled.v1"
	Decode func(unmarshal Unmarshal, raw []byte) (Event, error) // of the newest version
	Older  []Upcast                                             // oldest first
}

// Unmarshal decodes JSON into a value that target points to, refusing what it does not know.
type Unmarshal func(raw []byte, target any) error

// Upcast turns the payload of one version of an event into that of the next. It is pure, works on raw JSON, and never
// fails for bytes that the older version could have written.
type Upcast struct {
	From string // "signal.scheduled.v1"
	To   string // "signal.scheduled.v2"
	With func(raw []byte) ([]byte, error)
}

// SchemaOf is the schema of an event type, with the upcasts of its older versions, oldest first.
func SchemaOf[E Event](older ...Upcast) Schema {
	var zero E
	return Schema{
		Name:  zero.EventName(),
		Older: older,
		Decode: func(unmarshal Unmarshal, raw []byte) (Event, error) {
			var event E
			err := unmarshal(raw, &event)
			return event, err
		},
	}
}

// Check reports a gap in the chain of versions.
func (s Schema) Check() error {
	for i, up := range s.Older {
		next := s.Name
		if i+1 < len(s.Older) {
			next = s.Older[i+1].From
		}
		if up.To != next {
			return fmt.Errorf("schema %s: upcast from %s leads to %s, not to %s", s.Name, up.From, up.To, next)
		}
	}
	return nil
}

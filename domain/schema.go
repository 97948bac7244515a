package domain

import (
	"fmt"
	"reflect"
	"strings"
)

// Schema says how one event is written on disk: under which name, how older versions of it become this one, and which
// of its fields are sealed. Stored bytes never change; an older version is turned into the newest at each read.
type Schema struct {
	Name  string   // of the newest version: "signal.scheduled.v1"
	Older []Upcast // oldest first
	Texts []string // JSON pointers of the sealed fields

	// Decode reads the newest version from JSON and tells each sealed field where it belongs.
	Decode func(unmarshal Unmarshal, id EventID, raw []byte) (Event, error)

	// EachText is the event with each of its texts replaced by what visit returns for it.
	EachText func(event Event, visit func(pointer string, text Sealed) (Sealed, error)) (Event, error)
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
	fields := textFields(reflect.TypeFor[E]())
	return Schema{
		Name:  zero.EventName(),
		Older: older,
		Texts: pointers(fields),
		Decode: func(unmarshal Unmarshal, id EventID, raw []byte) (Event, error) {
			var event E
			if err := unmarshal(raw, &event); err != nil {
				return nil, err
			}
			for _, f := range fields {
				f.in(&event).Place = Place{Event: id, Field: f.pointer}
			}
			return event, nil
		},
		EachText: func(event Event, visit func(string, Sealed) (Sealed, error)) (Event, error) {
			changed, ok := event.(E)
			if !ok {
				return nil, fmt.Errorf("schema %s: was given %s", zero.EventName(), event.EventName())
			}
			for _, f := range fields {
				text, err := visit(f.pointer, *f.in(&changed))
				if err != nil {
					return nil, err
				}
				*f.in(&changed) = text
			}
			return changed, nil
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

// textField is where a sealed field stands in an event type, and in its JSON.
type textField struct {
	index   []int
	pointer string
}

func (f textField) in(event any) *Sealed {
	return reflect.ValueOf(event).Elem().FieldByIndex(f.index).Addr().Interface().(*Sealed)
}

// textFields finds the sealed fields of an event. They stand at its top level, or in a struct that it embeds; a text
// anywhere deeper would escape sealing, so it stops the program at its first start.
func textFields(event reflect.Type) []textField {
	var found []textField
	for _, field := range reflect.VisibleFields(event) {
		switch {
		case field.Type == reflect.TypeFor[Sealed]():
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			found = append(found, textField{field.Index, "/" + name})
		case !field.Anonymous && holdsText(field.Type):
			panic(fmt.Sprintf("domain: %s holds a sealed text deeper than its top level, in %s", event, field.Name))
		}
	}
	return found
}

func holdsText(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		return holdsText(t.Elem())
	case reflect.Struct:
		if t == reflect.TypeFor[Sealed]() {
			return true
		}
		for i := range t.NumField() {
			if holdsText(t.Field(i).Type) {
				return true
			}
		}
	}
	return false
}

func pointers(fields []textField) []string {
	var out []string
	for _, f := range fields {
		out = append(out, f.pointer)
	}
	return out
}

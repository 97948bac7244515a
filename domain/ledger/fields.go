package ledger

import (
	"bytes"
	"fmt"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"signaalboek/domain/catalog"
	"signaalboek/domain/proof"
)

// Fields lists what an event says, in the order in which it is committed to: practice, day and actor, then the members
// of the payload as they stand there, and at the end who else confirmed it, if anybody did.
func Fields(trail catalog.Trail, payload []byte) ([]proof.Field, error) {
	fields := []proof.Field{
		{Name: "@practice", Value: quoted(string(trail.Practice))},
		{Name: "@on", Value: quoted(trail.On.String())},
		{Name: "@actor", Value: quoted(trail.Actor.String())},
	}
	members, err := members(payload)
	if err != nil {
		return nil, fmt.Errorf("fields of %s: %w", trail.Command, err)
	}
	fields = append(fields, members...)
	if trail.Confirmed.IsZero() {
		return fields, nil
	}
	confirmed, err := json.Marshal(trail.Confirmed, json.Deterministic(true))
	return append(fields, proof.Field{Name: "@confirmed", Value: confirmed}), err
}

func quoted(s string) []byte { return []byte(`"` + s + `"`) }

func members(payload []byte) ([]proof.Field, error) {
	decoder := jsontext.NewDecoder(bytes.NewReader(payload))
	if _, err := decoder.ReadToken(); err != nil {
		return nil, err
	}
	var fields []proof.Field
	for decoder.PeekKind() != jsontext.KindEndObject {
		name, err := decoder.ReadToken()
		if err != nil {
			return nil, err
		}
		field := proof.Field{Name: name.String()}
		value, err := decoder.ReadValue()
		if err != nil {
			return nil, err
		}
		field.Value = bytes.Clone(value)
		fields = append(fields, field)
	}
	return fields, nil
}

package projections

import (
	"fmt"
	"slices"

	"github.com/go-json-experiment/json"

	"signaalboek/domain"
)

// codeEvent codes an event of an aggregate as the log has it: its name and its payload. Its texts belong to the event with
// the given id.
func codeEvent[E domain.Event](c *coder, schemas []domain.Schema, id domain.EventID, event *E) {
	var name, raw string
	if c.reading {
		text(c, &name)
		text(c, &raw)
		readEvent(c, schemas, id, name, raw, event)
		return
	}
	name = (*event).EventName()
	written, err := json.Marshal(*event, json.Deterministic(true))
	if err != nil {
		c.err = fmt.Errorf("write %s: %w", name, err)
	}
	raw = string(written)
	text(c, &name)
	text(c, &raw)
}

func readEvent[E domain.Event](c *coder, schemas []domain.Schema, id domain.EventID, name, raw string, event *E) {
	i := slices.IndexFunc(schemas, func(s domain.Schema) bool { return s.Name == name })
	if c.err != nil {
		return
	}
	if i < 0 {
		c.err = fmt.Errorf("read an event: there is no %s", name)
		return
	}
	read, err := schemas[i].Decode(func(raw []byte, target any) error { return json.Unmarshal(raw, target) }, id, []byte(raw))
	if err != nil {
		c.err = fmt.Errorf("read %s: %w", name, err)
		return
	}
	*event = read.(E)
}

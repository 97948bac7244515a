package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"signaalboek/domain"
)

// exported is one event as it stands in the log: texts stay sealed, bytes stay as they were recorded.
type exported struct {
	Position string          `json:"position"`
	Stream   string          `json:"stream"`
	Revision int64           `json:"revision"`
	ID       string          `json:"id"`
	Name     string          `json:"name"`
	At       string          `json:"at"`
	Payload  json.RawMessage `json:"payload"`
	Metadata json.RawMessage `json:"metadata"`
}

// export writes the events, one a line, also while a program serves.
func export(ctx context.Context, c *call) (err error) {
	f := c.flags()
	f.takesData(standardData())
	f.takesLog()
	words, err := f.parseMixed(c)
	if err != nil {
		return err
	}
	if !slices.Equal(words, []string{"events"}) {
		return mistake("Schrijf: export events")
	}
	at := f.place()
	if err := at.mustExist(ctx); err != nil {
		return err
	}
	log, err := at.readLog(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	out := bufio.NewWriter(c.stdout)
	if err := writeEvents(ctx, log, json.NewEncoder(out)); err != nil {
		return err
	}
	return out.Flush()
}

func writeEvents(ctx context.Context, log domain.Store, to *json.Encoder) error {
	to.SetEscapeHTML(false)
	for r, err := range log.ReadAll(ctx, domain.Position{}) {
		if err != nil {
			return err
		}
		line := exported{
			Position: r.Position.String(), Stream: string(r.Stream), Revision: int64(r.Revision), ID: r.ID.String(),
			Name: r.Name, At: r.At.Format(time.RFC3339Nano), Payload: r.Payload, Metadata: r.Metadata,
		}
		if err := to.Encode(line); err != nil {
			return err
		}
	}
	return nil
}

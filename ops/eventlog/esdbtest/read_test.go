package esdbtest_test

import (
	"context"
	"slices"
	"testing"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"
	"google.golang.org/grpc/codes"

	"signaalboek/ops/eventlog/esdbtest"
)

// Given a stream of five events, when it is read from somewhere in a direction, then that place is included.
func TestReadStream(t *testing.T) {
	client := connect(t, esdbtest.Start(t).ConnectionString())
	events := some(5)
	client.record("s", esdb.NoStream{}, events...)
	client.record("other", esdb.NoStream{}, some(2)...)
	back := func(from esdb.StreamPosition) esdb.ReadStreamOptions {
		return esdb.ReadStreamOptions{From: from, Direction: esdb.Backwards}
	}
	for name, c := range map[string]struct {
		options esdb.ReadStreamOptions
		count   uint64
		want    []esdb.EventData
	}{
		"from the start":           {esdb.ReadStreamOptions{}, 99, events},
		"two from the start":       {esdb.ReadStreamOptions{From: esdb.Start{}}, 2, events[:2]},
		"from a revision":          {esdb.ReadStreamOptions{From: esdb.Revision(3)}, 99, events[3:]},
		"from past the end":        {esdb.ReadStreamOptions{From: esdb.Revision(5)}, 99, nil},
		"from the end":             {esdb.ReadStreamOptions{From: esdb.End{}}, 99, nil},
		"back from the end":        {back(esdb.End{}), 99, reversed(events)},
		"one back from the end":    {back(esdb.End{}), 1, events[4:]},
		"back from a revision":     {back(esdb.Revision(1)), 99, reversed(events[:2])},
		"back from past the end":   {back(esdb.Revision(9)), 99, reversed(events)},
		"back from the very start": {back(esdb.Start{}), 99, events[:1]},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := client.readStream("s", c.options, c.count)
			if err != nil || !slices.Equal(idsOf(got), idsOfData(c.want...)) {
				t.Errorf("read %d events, %v; want %d", len(got), err, len(c.want))
			}
		})
	}
}

// Given no such stream, then reading it is no error, and receiving from it is.
func TestMissingStream(t *testing.T) {
	client := connect(t, esdbtest.Start(t).ConnectionString())
	reading, err := within(t, func(ctx context.Context) (*esdb.ReadStream, error) {
		return client.ReadStream(t.Context(), "s", esdb.ReadStreamOptions{}, 9)
	})
	if err != nil {
		t.Fatal(err)
	}
	defer reading.Close()
	_, err = within(t, func(context.Context) (*esdb.ResolvedEvent, error) { return reading.Recv() })
	want(t, err, esdb.ErrorCodeResourceNotFound)
}

// Given a log, when all of it is read from a position, then that position is included forward and not backward: so the
// server does it, and so the client's own recorded answers show it.
func TestReadAll(t *testing.T) {
	client := connect(t, esdbtest.Start(t).ConnectionString())
	client.record("a", esdb.NoStream{}, some(3)...)
	client.record("b", esdb.NoStream{}, some(2)...)
	all, err := client.readAll(esdb.ReadAllOptions{From: esdb.Start{}}, 99)
	if err != nil {
		t.Fatal(err)
	}
	at := all[4].Position
	back := func(from esdb.AllPosition) esdb.ReadAllOptions {
		return esdb.ReadAllOptions{From: from, Direction: esdb.Backwards}
	}
	for name, c := range map[string]struct {
		options esdb.ReadAllOptions
		count   uint64
		want    []*esdb.RecordedEvent
	}{
		"three from the start":         {esdb.ReadAllOptions{From: esdb.Start{}}, 3, all[:3]},
		"from a position":              {esdb.ReadAllOptions{From: at}, 99, all[4:]},
		"from the end":                 {esdb.ReadAllOptions{From: esdb.End{}}, 99, nil},
		"back from a position":         {back(at), 99, reversed(all[:4])},
		"back from the end":            {back(esdb.End{}), 99, reversed(all)},
		"one back from the end":        {back(esdb.End{}), 1, all[len(all)-1:]},
		"from later than everything":   {esdb.ReadAllOptions{From: esdb.Position{Commit: 1 << 40, Prepare: 1 << 40}}, 99, nil},
		"from the position of nothing": {esdb.ReadAllOptions{From: esdb.Position{}}, 99, all},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := client.readAll(c.options, c.count)
			if err != nil || !slices.Equal(idsOf(got), idsOf(c.want)) {
				t.Errorf("read %d events, %v; want %d", len(got), err, len(c.want))
			}
		})
	}
}

// Given a log, then its positions grow, look like no index, and are pairs: one number of another pair, or a number that
// was never given, is refused.
func TestPositionsAreOpaque(t *testing.T) {
	client := connect(t, esdbtest.Start(t).ConnectionString())
	client.record("a", esdb.NoStream{}, some(40)...)
	all, err := client.readAll(esdb.ReadAllOptions{From: esdb.Start{}}, 99)
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range all {
		if i > 0 && e.Position.Prepare <= all[i-1].Position.Commit {
			t.Errorf("position %+v comes after %+v", e.Position, all[i-1].Position)
		}
		if e.Position.Commit < 1_000 || e.Position.Commit == e.Position.Prepare {
			t.Errorf("position %+v could be taken for an index, or its numbers for each other", e.Position)
		}
	}
	for _, wrong := range []esdb.Position{
		{Commit: all[1].Position.Commit, Prepare: all[1].Position.Commit},
		{Commit: all[1].Position.Commit + 1, Prepare: all[1].Position.Prepare},
		{Commit: 1, Prepare: 1},
	} {
		_, err := client.readAll(esdb.ReadAllOptions{From: wrong}, 99)
		wantStatus(t, err, codes.InvalidArgument)
	}
}

// Given a server that nobody used, then its log is not empty: the system's own events come first.
func TestSystemEvents(t *testing.T) {
	n := esdbtest.Start(t)
	client := connect(t, n.ConnectionString())
	n.WriteStatistics(3)
	all, err := client.readAll(esdb.ReadAllOptions{From: esdb.Start{}}, 99)
	if err != nil || len(all) < 4 {
		t.Fatalf("read %d events, %v", len(all), err)
	}
	for _, e := range all {
		if e.EventType[0] != '$' || e.StreamID[0] != '$' {
			t.Errorf("%s in %s is not the system's", e.EventType, e.StreamID)
		}
	}
}

// Given a node, then it says what it is, in numbers.
func TestServerVersion(t *testing.T) {
	client := connect(t, esdbtest.Start(t).ConnectionString())
	version, err := within(t, func(context.Context) (*esdb.ServerVersion, error) { return client.GetServerVersion() })
	if err != nil || version.Major != 24 || version.Minor != 10 {
		t.Errorf("got %+v, %v", version, err)
	}
}

func reversed[E any](events []E) []E {
	events = slices.Clone(events)
	slices.Reverse(events)
	return events
}

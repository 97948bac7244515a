package main

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"time"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/ops/eventlog/sqlite"
)

// eventBytes is the size of the events of the appends: what is written raw, and about what the log has to keep.
const eventBytes = 480

// measureAppends holds durable appends against the disk itself: one client, and many with optimistic concurrency.
func measureAppends(ctx context.Context, w world) ([]row, error) {
	log, err := sqlite.Open(ctx, filepath.Join(w.dir, "appends"), sqlite.Options{})
	if err != nil {
		return nil, err
	}
	defer log.Close()
	raw, err := newRawFile(filepath.Join(w.dir, "raw"))
	if err != nil {
		return nil, err
	}
	defer raw.file.Close()
	one, err := oneClient(ctx, log, raw, w.sizes)
	if err != nil {
		return nil, fmt.Errorf("append with one client: %w", err)
	}
	many, err := manyClients(ctx, log, raw, w.sizes)
	if err != nil {
		return nil, fmt.Errorf("append with many clients: %w", err)
	}
	return []row{one, many}, nil
}

func oneClient(ctx context.Context, log *sqlite.Log, raw *rawFile, size sizes) (row, error) {
	event := bytes.Repeat([]byte{'x'}, eventBytes)
	ours := func() (cost, error) { return appendOneByOne(ctx, log, size.appends) }
	// A write-ahead log grows once, and is then written over and over; as the raw file, it has its size before the rounds.
	for range 2 {
		if _, err := ours(); err != nil {
			return row{}, err
		}
	}
	costs, err := sideBySide(shortTurns*size.rounds, ours,
		func() (cost, error) { return oneByOne(size.appends, func() error { return raw.append(event) }) })
	if err != nil {
		return row{}, err
	}
	return row{
		what: "durable append, one client, p50 ÷ raw fdatasync",
		ours: micros(medianOf(costs[0], p50)), peer: micros(medianOf(costs[1], p50)), ratio: ratioOf(costs[0], costs[1], p50),
		must: 1.5, aim: 1.15, atMost: true, cpu: cpuOf(costs[0], costs[1]),
	}, nil
}

// appendOneByOne appends so many events to streams of their own. They are made before, as the raw loop's is: an append
// begins with drafts.
func appendOneByOne(ctx context.Context, log *sqlite.Log, times int) (cost, error) {
	streams, drafts := make([]domain.StreamID, times), make([][]domain.Draft, times)
	for i := range times {
		command := newCommand()
		streams[i], drafts[i] = streamOf(command), someDraft(command)
	}
	next := 0
	return oneByOne(times, func() error {
		_, err := log.Append(ctx, streams[next], domain.NoStream, drafts[next])
		next++
		return err
	})
}

// oneByOne does something so many times, each timed.
func oneByOne(times int, do func() error) (cost, error) {
	took := make([]time.Duration, times)
	c, err := timed(func() error {
		for i := range took {
			start := time.Now()
			if err := do(); err != nil {
				return err
			}
			took[i] = time.Since(start)
		}
		return nil
	})
	c.p50 = median(took)
	return c, err
}

const clients = 64

func manyClients(ctx context.Context, log *sqlite.Log, raw *rawFile, size sizes) (row, error) {
	event := bytes.Repeat([]byte{'x'}, eventBytes)
	group := newRawGroup(raw, clients)
	defer close(group.queue)
	costs, err := sideBySide(shortTurns*size.rounds,
		func() (cost, error) {
			return timed(func() error {
				return together(clients, func(int) error { return appendAtRevisions(ctx, log, size.each) })
			})
		},
		func() (cost, error) {
			return timed(func() error {
				return together(clients, func(int) error { return appendRaw(group, event, size.each) })
			})
		})
	if err != nil {
		return row{}, err
	}
	perSecond := func(c []cost) string {
		return fmt.Sprintf("%.1f k/s", float64(clients*size.each)/medianOf(c, wall)/1000)
	}
	return row{
		what: "64 clients, expected revisions ÷ raw group commit", ours: perSecond(costs[0]), peer: perSecond(costs[1]),
		ratio: ratioOf(costs[1], costs[0], wall), must: 0.25, aim: 0.40, cpu: cpuOf(costs[0], costs[1]),
	}, nil
}

// appendAtRevisions is one client, with streams of twenty events of its own.
func appendAtRevisions(ctx context.Context, log *sqlite.Log, events int) error {
	var stream domain.StreamID
	for i := range events {
		command := newCommand()
		if i%20 == 0 {
			stream = streamOf(command)
		}
		if _, err := log.Append(ctx, stream, domain.Revision(i%20)-1, someDraft(command)); err != nil {
			return err
		}
	}
	return nil
}

func appendRaw(group *rawGroup, event []byte, events int) error {
	answer := make(chan error, 1)
	for range events {
		if err := group.append(event, answer); err != nil {
			return err
		}
	}
	return nil
}

// newCommand is the id of a command as forms make it.
func newCommand() domain.CommandID { return uuid.Must(uuid.NewV7()) }

// streamOf is the stream that a command makes, named as the ledger does.
func streamOf(command domain.CommandID) domain.StreamID {
	return domain.NewStreamID("thing", domain.DeriveID(command, "thing/"+string(largest), 0).String())
}

// someDraft is an event of about eventBytes, its name, id and numbers included; the id is as the ledger makes it.
func someDraft(command domain.CommandID) []domain.Draft {
	return []domain.Draft{{
		ID: domain.DeriveID(command, "event/"+string(largest), 0), Name: "thing.happened.v1", At: time.Now().UTC().Truncate(time.Microsecond),
		Payload: bytes.Repeat([]byte{'p'}, 180), Metadata: bytes.Repeat([]byte{'m'}, 200),
	}}
}

func micros(seconds float64) string { return fmt.Sprintf("%.0f µs", seconds*1e6) }
func millis(seconds float64) string { return fmt.Sprintf("%.3g ms", seconds*1e3) }

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"signaalboek/domain"
	"signaalboek/ops/atrest"
	"signaalboek/ops/eventlog/sqlite"
)

// measureSealed holds a log that is sealed at rest against one in the clear: the same appends, and the same replay.
func measureSealed(ctx context.Context, w world) (rows []row, err error) {
	var logs [2]*sqlite.Log
	for i, options := range []sqlite.Options{{Cipher: w.cipher}, {}} {
		if logs[i], err = sqlite.Open(ctx, filepath.Join(w.dir, fmt.Sprint("form", i)), options); err != nil {
			return nil, err
		}
		defer func() { err = errors.Join(err, logs[i].Close()) }()
	}
	if rows, err = appendSealed(ctx, logs[0], logs[1], w.sizes); err != nil {
		return nil, fmt.Errorf("append sealed: %w", err)
	}
	sealed, err := sqlite.Open(ctx, filepath.Join(w.dir, "sealed"), sqlite.Options{Cipher: w.cipher})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, sealed.Close()) }()
	replayed, err := replaySealed(ctx, w, sealed)
	return append(rows, replayed...), err
}

// sealCopy makes a sealed copy of the log in dir, which nobody has open.
func sealCopy(ctx context.Context, dir string) (*atrest.Cipher, error) {
	log, err := os.ReadFile(filepath.Join(dir, "log"))
	if err != nil {
		return nil, err
	}
	path, cipher := filepath.Join(dir, "sealed"), atrest.NewKey().For("log")
	if err := os.WriteFile(path, log, 0o600); err != nil {
		return nil, err
	}
	return cipher, sqlite.Convert(ctx, path, nil, cipher)
}

func appendSealed(ctx context.Context, sealed, plain *sqlite.Log, size sizes) ([]row, error) {
	one := func(log *sqlite.Log) func() error {
		return func() error {
			command := newCommand()
			_, err := log.Append(ctx, streamOf(command), domain.NoStream, someDraft(command))
			return err
		}
	}
	single := func(log *sqlite.Log) turn { return func() (cost, error) { return oneByOne(size.appends, one(log)) } }
	many := func(log *sqlite.Log) turn {
		return func() (cost, error) {
			return timed(func() error {
				return together(clients, func(int) error { return appendAtRevisions(ctx, log, size.each) })
			})
		}
	}
	for _, log := range []*sqlite.Log{sealed, plain} { // their write-ahead logs get the size that they keep
		if _, err := oneByOne(2*size.appends, one(log)); err != nil {
			return nil, err
		}
	}
	costs, err := sideBySide(size.rounds, single(sealed), single(plain), many(sealed), many(plain))
	if err != nil {
		return nil, err
	}
	rate := func(c []cost) string {
		return fmt.Sprintf("%.1f k/s", float64(clients*size.each)/medianOf(c, wall)/1000)
	}
	return []row{
		{what: "durable append, one client, p50: sealed at rest ÷ plain", ours: micros(medianOf(costs[0], p50)),
			peer: micros(medianOf(costs[1], p50)), ratio: ratioOf(costs[1], costs[0], p50), must: 0.6, aim: 0.8,
			cpu: cpuOf(costs[0], costs[1])},
		{what: "append, 64 clients: sealed at rest ÷ plain", ours: rate(costs[2]), peer: rate(costs[3]),
			ratio: ratioOf(costs[3], costs[2], wall), must: 0.6, aim: 0.8, cpu: cpuOf(costs[2], costs[3])},
	}, nil
}

func replaySealed(ctx context.Context, w world, sealed domain.Store) ([]row, error) {
	folding := func(log domain.Store) turn {
		return func() (cost, error) {
			runtime.GC()
			return timed(func() error { _, err := replay(ctx, log, w.vault); return err })
		}
	}
	reading := func(log domain.Store) turn {
		return func() (cost, error) {
			runtime.GC()
			return timed(func() error { return scan(ctx, log) })
		}
	}
	costs, err := sideBySide(w.rounds, folding(sealed), folding(w.log), reading(sealed), reading(w.log))
	if err != nil {
		return nil, err
	}
	rate := func(c []cost) string { return fmt.Sprintf("%.0f k/s", float64(w.events)/medianOf(c, wall)/1000) }
	return []row{
		{what: "replay and fold: sealed at rest ÷ plain", ours: rate(costs[0]), peer: rate(costs[1]),
			ratio: ratioOf(costs[1], costs[0], wall), must: 0.6, aim: 0.8, cpu: cpuOf(costs[0], costs[1])},
		{what: "reading all events, no more: sealed at rest ÷ plain", ours: rate(costs[2]), peer: rate(costs[3]),
			ratio: ratioOf(costs[3], costs[2], wall), must: 0.6, aim: 0.8, cpu: cpuOf(costs[2], costs[3])},
	}, nil
}

// scan reads a whole log and does nothing with it.
func scan(ctx context.Context, log domain.Store) error {
	for _, err := range log.ReadAll(ctx, domain.Position{}) {
		if err != nil {
			return err
		}
	}
	return nil
}

package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"signaalboek/domain"
	"signaalboek/ops/eventlog/sqlite"
	"signaalboek/ops/lifecycle"
	"signaalboek/ops/transparency"
)

// measureTree measures what it costs that history can be proven: to make the tree of a log, to verify all of it, and to
// record something while the tree grows and is signed.
func measureTree(ctx context.Context, w world) ([]row, error) {
	growing, err := growTree(ctx, w)
	if err != nil {
		return nil, fmt.Errorf("make the tree: %w", err)
	}
	recording, err := recordProven(ctx, w)
	if err != nil {
		return nil, fmt.Errorf("record while the tree grows: %w", err)
	}
	return append(growing, recording), nil
}

// readBefore is how many events the tree alone is made of: as many as fit in memory without being felt.
const readBefore = 200_000

// inMemory is the first events of a log, read before: what follows it is measured, and not the reading.
type inMemory struct {
	domain.Store
	events []domain.Recorded
}

// ReadAll gives them.
func (m inMemory) ReadAll(context.Context, domain.Position) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		for _, recorded := range m.events {
			if !yield(recorded, nil) {
				return
			}
		}
	}
}

func (w world) inMemory(ctx context.Context) (m inMemory, err error) {
	m.Store = w.log
	for recorded, err := range w.log.ReadAll(ctx, domain.Position{}) {
		if err != nil {
			return m, err
		}
		if m.events = append(m.events, recorded); len(m.events) == readBefore {
			break
		}
	}
	return m, nil
}

// growTree makes the tree from nothing, with every tile durable: of events that were read before, and of the whole log; and
// then verifies it.
func growTree(ctx context.Context, w world) ([]row, error) {
	dir := filepath.Join(w.dir, "tiles")
	var tree *transparency.Tree
	makingOf := func(log domain.Store) func() (cost, error) {
		return func() (cost, error) {
			if err := os.RemoveAll(dir); err != nil {
				return cost{}, err
			}
			runtime.GC()
			return timed(func() (err error) {
				if tree, err = transparency.Open(ctx, dir, log); err == nil {
					err = tree.CatchUp(ctx)
				}
				return err
			})
		}
	}
	read, err := w.inMemory(ctx)
	if err != nil {
		return nil, err
	}
	alone, err := sideBySide(w.rounds, makingOf(read))
	if err != nil {
		return nil, err
	}
	size := float64(len(read.events))
	read.events = nil
	verifying := func() (cost, error) {
		runtime.GC()
		return timed(func() error { _, err := tree.Recompute(ctx); return err })
	}
	costs, err := sideBySide(w.rounds, makingOf(w.log), verifying)
	if err != nil {
		return nil, err
	}
	const million = 1e6
	rate, withLog := size/medianOf(alone[0], wall)/million, float64(w.events)/medianOf(costs[0], wall)/million
	took := medianOf(costs[1], wall) * million / float64(w.events)
	return []row{
		{what: "tree: leaves, tiles durable", ours: fmt.Sprintf("%.0f k/s", rate*1000), peer: "limit, million/s", ratio: rate,
			must: 0.25, cpu: fmt.Sprintf("%.3g s", medianOf(alone[0], cpu))},
		{what: "the same, and reading the log", ours: fmt.Sprintf("%.0f k/s", withLog*1000), peer: "",
			cpu: fmt.Sprintf("%.3g s", medianOf(costs[0], cpu))},
		{what: "verify a million events: log, tree and tiles", ours: fmt.Sprintf("%.1f s", took), peer: "limit, s", ratio: took,
			must: 15, atMost: true, cpu: fmt.Sprintf("%.3g s", medianOf(costs[1], cpu))},
	}, nil
}

// recordProven holds commands that seal something, while a tree follows and a notary signs, against the same commands
// without all of that.
func recordProven(ctx context.Context, w world) (result row, err error) {
	var clerks [2]*clerk
	var logs [2]*sqlite.Log
	for i, vault := range []domain.Vault{w.vault, unsealing{w.vault}} {
		logs[i], err = sqlite.Open(ctx, filepath.Join(w.dir, fmt.Sprint("proven", i)), sqlite.Options{})
		if err != nil {
			return row{}, err
		}
		defer func() { err = errors.Join(err, logs[i].Close()) }()
		if clerks[i], err = newClerk(ctx, logs[i], vault, 0); err != nil {
			return row{}, err
		}
	}
	stop, err := prove(ctx, w, logs[0])
	if err != nil {
		return row{}, err
	}
	defer func() { err = errors.Join(err, stop()) }()
	taking := func(c *clerk) turn {
		return func() (cost, error) { return oneByOne(w.appends, func() error { return c.meet(ctx) }) }
	}
	for _, c := range clerks { // stock, caches and write-ahead logs get the size that they keep
		if _, err := taking(c)(); err != nil {
			return row{}, err
		}
	}
	costs, err := sideBySide(shortTurns*w.rounds, taking(clerks[0]), taking(clerks[1]))
	if err != nil {
		return row{}, err
	}
	return row{
		what: "contact, p50: sealed, in the tree and signed ÷ neither", ours: micros(medianOf(costs[0], p50)),
		peer: micros(medianOf(costs[1], p50)), ratio: ratioOf(costs[1], costs[0], p50), must: 0.9, cpu: cpuOf(costs[0], costs[1]),
	}, nil
}

// signEvery is how often the program signs what was recorded.
const signEvery = 10 * time.Second

// prove runs what the program runs for a log: a tree that follows it, and a notary that signs.
func prove(ctx context.Context, w world, log *sqlite.Log) (stop func() error, err error) {
	tree, err := transparency.Open(ctx, filepath.Join(w.dir, "proven-tiles"), log)
	if err != nil {
		return nil, err
	}
	notary := &transparency.Notary{Notarial: transparency.Notarial{
		Tree: tree, Log: log, Heads: transparency.NewHeadFile(filepath.Join(w.dir, "proven-head")), Keys: transparency.NewKey(),
		Holder: "bench", Every: signEvery, Logger: slog.New(slog.DiscardHandler),
	}}
	running, end := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() {
		ended <- lifecycle.Run(running, lifecycle.Part{Name: "tree", Run: tree.Run}, lifecycle.Part{Name: "notary", Run: notary.Run})
	}()
	return func() error { end(); return <-ended }, nil
}

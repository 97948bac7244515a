package main

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"signaalboek/domain"
	"signaalboek/domain/catalog"
	"signaalboek/projections"
)

// measureReplay folds a whole log into every projection: from the log itself, from a raw file of the same records, on
// one core with encoding/json, and by loading a snapshot instead.
func measureReplay(ctx context.Context, w world) ([]row, error) {
	raw, err := copyRaw(ctx, w.log, filepath.Join(w.dir, "records"))
	if err != nil {
		return nil, fmt.Errorf("copy the log: %w", err)
	}
	set, err := replay(ctx, w.log, w.vault)
	if err != nil {
		return nil, err
	}
	snapshot := filepath.Join(w.dir, "snapshot")
	if err := writeSnapshot(ctx, set, snapshot); err != nil {
		return nil, err
	}
	set = nil
	again := func(from domain.Store) turn {
		return func() (cost, error) {
			runtime.GC()
			return timed(func() error { _, err := replay(ctx, from, w.vault); return err })
		}
	}
	costs, err := sideBySide(w.rounds,
		again(w.log),
		again(raw),
		func() (cost, error) { return onOneCore(again(slowMetadata{w.log})) },
		func() (cost, error) {
			runtime.GC()
			return timed(func() error { _, err := readSnapshot(ctx, w, snapshot); return err })
		})
	if err != nil {
		return nil, err
	}
	ours, file, naive, loaded := costs[0], costs[1], costs[2], costs[3]
	rate := func(c []cost) string { return fmt.Sprintf("%.0f k/s", float64(w.events)/medianOf(c, wall)/1000) }
	cores := runtime.GOMAXPROCS(0)
	return []row{
		{what: fmt.Sprintf("replay and fold, %d cores ÷ raw file, same codec", cores), ours: rate(ours), peer: rate(file),
			ratio: ratioOf(file, ours, wall), must: 0.70, aim: 0.85, cpu: cpuOf(ours, file)},
		{what: "the same ÷ one core, encoding/json, SQLite", ours: rate(ours), peer: rate(naive),
			ratio: ratioOf(naive, ours, wall), must: 3.5, aim: 6.5, cpu: cpuOf(ours, naive)},
		{what: "load of a snapshot ÷ replay", ours: millis(medianOf(loaded, wall)), peer: millis(medianOf(ours, wall)),
			ratio: ratioOf(loaded, ours, wall), must: 1. / 15, aim: 1. / 25, atMost: true, cpu: cpuOf(loaded, ours)},
	}, nil
}

// replay is every projection over a whole log.
func replay(ctx context.Context, from domain.Store, vault domain.Vault) (*projections.Set, error) {
	return projections.AsOf(ctx, from, vault, time.Now().AddDate(100, 0, 0))
}

// onOneCore takes a turn as a program would that has one core and decodes with encoding/json.
func onOneCore(take turn) (cost, error) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	fast := catalog.Default
	defer func() { catalog.Default = fast }()
	slow, err := slowCodec()
	if err != nil {
		return cost{}, err
	}
	catalog.Default = slow
	return take()
}

// slowCodec decodes the same events into the same types with encoding/json, without asking it to be strict.
func slowCodec() (*catalog.Codec, error) {
	schemas := catalog.Schemas()
	for i := range schemas {
		decode := schemas[i].Decode
		schemas[i].Decode = func(_ domain.Unmarshal, id domain.EventID, raw []byte) (domain.Event, error) {
			return decode(json.Unmarshal, id, raw)
		}
	}
	return catalog.NewCodec(schemas)
}

// slowMetadata is a log whose metadata are decoded with encoding/json as well: the codec gives no way to exchange that,
// so here it is done before, and once more by the codec.
type slowMetadata struct{ domain.Store }

// ReadAll implements domain.Store.
func (s slowMetadata) ReadAll(ctx context.Context, after domain.Position) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		for recorded, err := range s.Store.ReadAll(ctx, after) {
			var trail catalog.Trail
			if err == nil {
				err = json.Unmarshal(recorded.Metadata, &trail)
			}
			if !yield(recorded, err) {
				return
			}
		}
	}
}

func writeSnapshot(ctx context.Context, set *projections.Set, path string) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer file.Close()
	return set.WriteSnapshot(ctx, file)
}

func readSnapshot(ctx context.Context, w world, path string) (*projections.Set, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return projections.ReadSnapshot(ctx, w.log, w.vault, file)
}

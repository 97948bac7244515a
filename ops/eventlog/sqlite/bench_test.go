package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"signaalboek/domain"
	"signaalboek/ops/eventlog/sqlite"
)

// BenchmarkAppend is one client, appending one event at a time to streams of its own; each is durable before the next.
func BenchmarkAppend(b *testing.B) {
	log := open(b, fresh(b), sqlite.Options{})
	took := make([]time.Duration, 0, b.N)
	for b.Loop() {
		draft := drafts(1)
		stream := domain.NewStreamID("thing", draft[0].ID.String())
		start := time.Now()
		if _, err := log.Append(b.Context(), stream, domain.NoStream, draft); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(start))
	}
	reportLatency(b, took)
}

// BenchmarkRawSync is what the disk gives: a preallocated file, a write of one event, fdatasync, over and over.
func BenchmarkRawSync(b *testing.B) {
	file, err := os.Create(filepath.Join(b.TempDir(), "raw"))
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	if _, err := file.Write(make([]byte, 64<<20)); err != nil {
		b.Fatal(err)
	}
	if err := file.Sync(); err != nil {
		b.Fatal(err)
	}
	event := make([]byte, 560)
	took := make([]time.Duration, 0, b.N)
	for i := 0; b.Loop(); i++ {
		start := time.Now()
		_, err := file.WriteAt(event, int64(i*len(event)%(60<<20)))
		if err = errors.Join(err, syncData(file)); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(start))
	}
	reportLatency(b, took)
}

func reportLatency(b *testing.B, took []time.Duration) {
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
}

// BenchmarkClients is 64 clients, each with streams of its own: read the last revision, then append at it.
func BenchmarkClients(b *testing.B) {
	const clients = 64
	log := open(b, fresh(b), sqlite.Options{})
	var appending sync.WaitGroup
	b.ResetTimer()
	start := time.Now()
	for c := range clients {
		appending.Go(func() {
			var stream domain.StreamID
			for i := c; i < b.N; i += clients {
				draft, revision := drafts(1), domain.Revision(i/clients%20-1)
				if revision == domain.NoStream {
					stream = domain.NewStreamID("thing", draft[0].ID.String())
				}
				_, err := log.Append(b.Context(), stream, revision, draft)
				if err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	appending.Wait()
	b.ReportMetric(float64(b.N)/time.Since(start).Seconds(), "events/s")
}

// BenchmarkScan reads a log of 200,000 events from its beginning to its end.
func BenchmarkScan(b *testing.B) {
	const events = 200_000
	log := filled(b, events)
	start, n := time.Now(), 0
	for b.Loop() {
		for _, err := range log.ReadAll(b.Context(), domain.Position{}) {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
	}
	b.ReportMetric(float64(n)/time.Since(start).Seconds(), "rows/s")
}

// BenchmarkStream reads streams of 20 events out of 200,000.
func BenchmarkStream(b *testing.B) {
	log := filled(b, 200_000)
	var took []time.Duration
	for b.Loop() {
		start := time.Now()
		n := 0
		for _, err := range log.ReadStream(b.Context(), streamOf(rand.IntN(10_000)), 0) {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != 20 {
			b.Fatalf("%d events", n)
		}
		took = append(took, time.Since(start))
	}
	reportLatency(b, took)
}

func streamOf(n int) domain.StreamID { return domain.StreamID(fmt.Sprintf("thing-%036d", n)) }

// filled is a log of events in streams of 20, written round and round as life does.
func filled(b *testing.B, events int) *sqlite.Log {
	b.Helper()
	log := open(b, fresh(b), sqlite.Options{})
	streams := events / 20
	ctx, cancel := context.WithCancelCause(b.Context())
	defer cancel(nil)
	var filling sync.WaitGroup
	const clients = 64
	for c := range clients {
		filling.Go(func() {
			for revision := range domain.Revision(20) {
				for s := c; s < streams && ctx.Err() == nil; s += clients {
					if _, err := log.Append(ctx, streamOf(s), revision-1, drafts(1)); err != nil {
						cancel(err)
					}
				}
			}
		})
	}
	filling.Wait()
	if err := context.Cause(ctx); err != nil {
		b.Fatal(err)
	}
	return log
}

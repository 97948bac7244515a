package backup

import (
	"crypto/sha256"
	"encoding/base64"
	"flag"
	"fmt"
	"iter"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"signaalboek/domain"
	"signaalboek/ops/eventlog/sqlite"
)

var benchEvents = flag.Int("events", 100_000, "how many events the benchmarks back up and put back")

// usual is n events of the usual size, 700 bytes, in streams of twenty.
func usual(n int) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		payload := []byte(`{"wording":"` + strings.Repeat("x", 240) + `"}`)
		for i := range n {
			noise := sha256.Sum256(fmt.Append(nil, i))
			hidden := base64.StdEncoding.EncodeToString(noise[:])
			fields := base64.StdEncoding.EncodeToString([]byte(strings.Repeat(string(noise[:]), 6)))
			r := domain.Recorded{
				Draft: domain.Draft{
					Name: "thing.happened.v1", At: time.UnixMicro(1_650_000_000_000_000 + int64(i)).UTC(), Payload: payload,
					Metadata: fmt.Appendf(nil, `{"fields":%q,"nonce":%q}`, fields, hidden),
				},
				Stream: domain.NewStreamID("thing", fmt.Sprint(i/20)), Revision: domain.Revision(i % 20),
			}
			copy(r.ID[:], fmt.Appendf(nil, "%016d", i))
			if !yield(r, nil) {
				return
			}
		}
	}
}

func benchLog(b *testing.B) *sqlite.Reader {
	b.Helper()
	path := filepath.Join(b.TempDir(), "log.db")
	if err := sqlite.Write(b.Context(), path, sqlite.Options{}, usual(*benchEvents)); err != nil {
		b.Fatal(err)
	}
	log, err := sqlite.OpenReader(b.Context(), path, sqlite.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { log.Close() })
	return log
}

func rate(b *testing.B) {
	b.ReportMetric(float64(*benchEvents)*float64(b.N)/b.Elapsed().Seconds(), "events/s")
}

func BenchmarkBackup(b *testing.B) {
	_, to := pair(b)
	log := benchLog(b)
	for b.Loop() {
		backedUp(b, log, to)
	}
	rate(b)
}

func BenchmarkCheck(b *testing.B) {
	by, to := pair(b)
	made := backedUp(b, benchLog(b), to)
	for b.Loop() {
		if _, err := opened(b, made.Path, by).Check(); err != nil {
			b.Fatal(err)
		}
	}
	rate(b)
}

func BenchmarkRestore(b *testing.B) {
	by, to := pair(b)
	made := backedUp(b, benchLog(b), to)
	for b.Loop() {
		err := sqlite.Write(b.Context(), filepath.Join(b.TempDir(), "log.db"), sqlite.Options{}, opened(b, made.Path, by).History().Events())
		if err != nil {
			b.Fatal(err)
		}
	}
	rate(b)
}

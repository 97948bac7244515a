package migrate_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"signaalboek/domain"
	"signaalboek/domain/domaintest"
	"signaalboek/ops/eventlog/esdb"
	"signaalboek/ops/eventlog/esdbtest"
	"signaalboek/ops/eventlog/sqlite"
	"signaalboek/ops/migrate"
)

// appended is one append to a log.
type appended struct {
	stream domain.StreamID
	drafts []domain.Draft
}

// appends generates what may be appended to a log: a few streams in turn, payloads and metadata of any bytes.
func appends(most int) *rapid.Generator[[]appended] {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) appended {
		return appended{
			stream: domain.NewStreamID("thing", string(rapid.RuneFrom([]rune("abc")).Draw(t, "stream"))),
			drafts: rapid.SliceOfN(rapid.Custom(draft), 1, 4).Draw(t, "drafts"),
		}
	}), 0, most)
}

func draft(t *rapid.T) domain.Draft {
	id := rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "id")
	id[0] |= 1 // no id is zero
	return domain.Draft{
		ID:       domain.EventID(id),
		Name:     rapid.SampledFrom([]string{"thing.happened.v1", "thing.ended.v2"}).Draw(t, "name"),
		At:       time.UnixMicro(rapid.Int64Range(1, 4_000_000_000_000_000).Draw(t, "at")).UTC(),
		Payload:  bytesOf([]byte(`{"a" : 1}`), []byte("null"), []byte("\x00\xff"), []byte(`{"a":1,"a":2}`)).Draw(t, "payload"),
		Metadata: bytesOf(nil, []byte(` {} `), []byte(`"}`), []byte("\xfe"), []byte(`{"command":"x"}`)).Draw(t, "metadata"),
	}
}

func bytesOf(odd ...[]byte) *rapid.Generator[[]byte] {
	return rapid.OneOf(rapid.SampledFrom(odd), rapid.SliceOfN(rapid.Byte(), 1, 60))
}

// distinct leaves out drafts whose id came before: in one log an id stands once.
func distinct(all []appended) (kept []appended) {
	seen := map[domain.EventID]bool{}
	for _, a := range all {
		a.drafts = slices.DeleteFunc(slices.Clone(a.drafts), func(d domain.Draft) bool {
			was := seen[d.ID]
			seen[d.ID] = true
			return was
		})
		if len(a.drafts) > 0 {
			kept = append(kept, a)
		}
	}
	return kept
}

// tester is the part of *testing.T and *rapid.T that we need.
type tester interface {
	Helper()
	Fatal(...any)
	Fatalf(string, ...any)
	Errorf(string, ...any)
}

// fill appends everything to a log that holds none of it.
func fill(t tester, log domain.Store, all []appended) {
	t.Helper()
	revisions := map[domain.StreamID]domain.Revision{}
	for _, a := range all {
		expected, written := revisions[a.stream]
		if !written {
			expected = domain.NoStream
		}
		if _, err := log.Append(ctx, a.stream, expected, a.drafts); err != nil {
			t.Fatal(err)
		}
		revisions[a.stream] = expected + domain.Revision(len(a.drafts))
	}
}

// plenty is so many events in a few streams, some of them together.
func plenty(events int) (all []appended) {
	for n := 0; n < events; {
		a := appended{stream: domain.NewStreamID("thing", fmt.Sprint(n%7))}
		for range min(1+n%3, events-n) {
			a.drafts = append(a.drafts, domain.Draft{
				ID: uuid.New(), Name: "thing.happened.v1", At: time.UnixMicro(1_650_000_000_000_000 + int64(n)).UTC(),
				Payload: fmt.Appendf(nil, `{"number":%d}`, n), Metadata: []byte(`{"of":"test"}`),
			})
			n++
		}
		all = append(all, a)
	}
	return all
}

// contents reads a log to its end.
func contents(t tester, log migrate.Source) (all []domain.Recorded) {
	t.Helper()
	for r, err := range log.ReadAll(ctx, domain.Position{}) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	return all
}

// kind is one of the logs that there are.
type kind struct {
	name string
	open func(t *testing.T) domain.Store
}

func kinds() []kind {
	return []kind{
		{"memory", func(t *testing.T) domain.Store { return domaintest.NewMemStore(t) }},
		{"sqlite", func(t *testing.T) domain.Store { return openFile(t, filepath.Join(t.TempDir(), "log.db")) }},
		{"esdb", func(t *testing.T) domain.Store { return openNode(t, esdbtest.Start(t).ConnectionString()) }},
	}
}

func openFile(t *testing.T, path string) *sqlite.Log {
	t.Helper()
	log, err := sqlite.Open(ctx, path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { log.Close() })
	return log
}

func openNode(t *testing.T, connection string) *esdb.Log {
	t.Helper()
	log, err := esdb.Open(ctx, connection, esdb.Options{Attempt: 500 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { log.Close() })
	return log
}

// equal requires that two logs hold the same, as they themselves say it and as a comparison does.
func equal(t tester, from migrate.Source, to domain.Store) {
	t.Helper()
	m := migrate.Migration{From: from, To: to}
	source, target := contents(t, from), contents(t, to)
	if events, err := m.Compare(ctx); err != nil || events != len(source) {
		t.Errorf("compared %d events of %d: %v", events, len(source), err)
	}
	if !slices.EqualFunc(source, target, sameButPosition) {
		t.Errorf("%d events became %d others", len(source), len(target))
	}
}

func sameButPosition(a, b domain.Recorded) bool {
	a.Position, b.Position = domain.Position{}, domain.Position{}
	return fmt.Sprintf("%x %s", a.Payload, a.At) == fmt.Sprintf("%x %s", b.Payload, b.At) &&
		fmt.Sprintf("%x", a.Metadata) == fmt.Sprintf("%x", b.Metadata) &&
		a.ID == b.ID && a.Name == b.Name && a.Stream == b.Stream && a.Revision == b.Revision
}

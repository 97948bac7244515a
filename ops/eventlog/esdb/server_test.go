package esdb_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/domaintest"
	"signaalboek/ops/eventlog/esdb"
)

// serverVariable holds the connection string of a real server that the contract is to be proven on.
const serverVariable = "SIGNAALBOEK_TEST_ESDB"

// reporting is set when this program was started with a connection string and nothing else: it then proves the contract on
// that server, and prints a line for each check. See "make esdb-suite".
var reporting bool

func TestMain(m *testing.M) {
	if len(os.Args) == 2 && strings.HasPrefix(os.Args[1], "esdb") {
		reporting = true
		os.Setenv(serverVariable, os.Args[1])
		os.Args = []string{os.Args[0], "-test.run=^TestServerKeepsTheContract$", "-test.timeout=30m"}
	}
	os.Exit(m.Run())
}

// A server may have been used before, and is left with what the checks record: every check has streams of its own. Nobody
// else may write to it meanwhile.
func TestServerKeepsTheContract(t *testing.T) {
	connection := os.Getenv(serverVariable)
	if connection == "" {
		t.Skip(serverVariable + " holds no connection string of a server")
	}
	open(t, connection, esdb.Options{}) // or say once why not
	domaintest.StoreSuite(t, func(t *testing.T) domain.Store {
		t.Cleanup(func() { report(t) })
		return newShare(t, open(t, connection, esdb.Options{}))
	}, domaintest.CannotTellTaken)
}

// report prints what became of a check.
func report(t *testing.T) {
	if !reporting {
		return
	}
	verdict := "ok  "
	switch {
	case t.Failed():
		verdict = "FAIL"
	case t.Skipped():
		verdict = "n/a "
	}
	_, name, _ := strings.Cut(t.Name(), "/")
	fmt.Println(verdict, strings.ReplaceAll(name, "_", " "))
}

// share is a part of a log that a check has for itself: streams whose names nobody used before, and positions from where
// the log ended. To the suite it is a store without events.
type share struct {
	*esdb.Log
	prefix string
	start  domain.Position

	mu  sync.Mutex // guards what follows
	end domain.Position
}

func newShare(t *testing.T, log *esdb.Log) *share {
	t.Helper()
	start, err := log.End(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return &share{Log: log, prefix: uuid.NewString() + ".", start: start}
}

func (s *share) outer(stream domain.StreamID) domain.StreamID {
	return domain.NewStreamID(stream.Category(), s.prefix+stream.Key())
}

// inner gives what belongs to the share, under the names that the suite knows.
func (s *share) inner(events iter.Seq2[domain.Recorded, error]) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		for r, err := range events {
			if err == nil {
				key, own := strings.CutPrefix(r.Stream.Key(), s.prefix)
				if !own {
					continue
				}
				r.Stream = domain.NewStreamID(r.Stream.Category(), key)
			}
			if !yield(r, err) {
				return
			}
		}
	}
}

func (s *share) from(after domain.Position) domain.Position {
	if after.IsZero() {
		return s.start
	}
	return after
}

// Append implements domain.Store.
func (s *share) Append(ctx context.Context, stream domain.StreamID, expected domain.Revision, drafts []domain.Draft) (domain.Position, error) {
	position, err := s.Log.Append(ctx, s.outer(stream), expected, drafts)
	s.mu.Lock()
	defer s.mu.Unlock()
	if err == nil && s.end.Before(position) {
		s.end = position
	}
	return position, err
}

// ReadStream implements domain.Store.
func (s *share) ReadStream(ctx context.Context, stream domain.StreamID, from domain.Revision) iter.Seq2[domain.Recorded, error] {
	return s.inner(s.Log.ReadStream(ctx, s.outer(stream), from))
}

// ReadStreamBackward implements domain.Store.
func (s *share) ReadStreamBackward(ctx context.Context, stream domain.StreamID) iter.Seq2[domain.Recorded, error] {
	return s.inner(s.Log.ReadStreamBackward(ctx, s.outer(stream)))
}

// ReadAll implements domain.Store.
func (s *share) ReadAll(ctx context.Context, after domain.Position) iter.Seq2[domain.Recorded, error] {
	return s.inner(s.Log.ReadAll(ctx, s.from(after)))
}

// Follow implements domain.Store.
func (s *share) Follow(ctx context.Context, after domain.Position) iter.Seq2[domain.Recorded, error] {
	return s.inner(s.Log.Follow(ctx, s.from(after)))
}

// End implements domain.Store: where the log ends, which must be where the share does.
func (s *share) End(ctx context.Context) (domain.Position, error) {
	end, err := s.Log.End(ctx)
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case err != nil:
		return end, err
	case s.end.IsZero() && end == s.start:
		return domain.Position{}, nil
	case end.Before(s.end):
		return end, errors.New("the log ends before what was appended")
	}
	return end, nil
}

package esdb_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"signaalboek/domain"
	"signaalboek/ops/eventlog/esdb"
	"signaalboek/ops/eventlog/esdbtest"
)

var storms = flag.Int("storms", 1, "how many times the storm test runs")

// A storm is writers that append while the server crashes and loses acknowledgements.
const (
	stormWriters = 16
	stormShared  = 4 // of them, who write to one stream together
	stormCrashes = 6
	stormDrops   = 20 // acknowledgements lost before each crash: 120 in all
	stormAcks    = 60 // appends acknowledged before each crash
)

// Given many writers, when the server crashes and loses acknowledgements in every way it can, over and over, then what was
// acknowledged is what is stored: nothing is lost, nothing is there twice, and a follower saw all of it in order.
func TestKilledServer(t *testing.T) {
	for range *storms {
		ride(t)
	}
}

func ride(t *testing.T) {
	node := esdbtest.Start(t)
	s := &storm{
		node: node, log: open(t, node.ConnectionString(), esdb.Options{Attempt: 250 * time.Millisecond}),
		acked: map[domain.EventID]domain.Position{}, over: make(chan struct{}), progress: make(chan struct{}, 1),
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	events, ended := follow(ctx, s.log, domain.Position{})
	var writing sync.WaitGroup
	for w := range stormWriters {
		writing.Go(func() { s.write(t, w) })
	}
	s.rage(t)
	close(s.over)
	writing.Wait()
	s.check(t, next(t, len(s.acked), events, ended))
}

type storm struct {
	node     *esdbtest.Node
	log      *esdb.Log
	over     chan struct{} // closed when writers may stop
	progress chan struct{} // holds one when something was acknowledged

	mu    sync.Mutex // guards what follows
	acks  int
	acked map[domain.EventID]domain.Position // of the last event of each append; zero for those before it
}

// rage crashes the server and makes it lose acknowledgements, as often as it must.
func (s *storm) rage(t *testing.T) {
	for crash := range stormCrashes {
		s.node.LoseBy([]esdbtest.Loss{esdbtest.Cut, esdbtest.Silence, esdbtest.Abort}[crash%3])
		s.node.DropAcks(stormDrops)
		for !s.raged(crash + 1) {
			<-s.progress
		}
		s.node.Crash()
		time.Sleep(rand.N(30 * time.Millisecond)) // how long an outage lasts
		s.node.Restart()
		<-s.progress
	}
	if dropped, _ := s.node.Dropped(); dropped != stormCrashes*stormDrops {
		t.Errorf("%d acknowledgements were lost, want %d", dropped, stormCrashes*stormDrops)
	}
}

// raged reports whether enough has happened for so many crashes.
func (s *storm) raged(crashes int) bool {
	dropped, _ := s.node.Dropped()
	s.mu.Lock()
	defer s.mu.Unlock()
	return dropped == stormDrops*crashes && s.acks >= stormAcks*crashes
}

// write appends until the storm is over, as the ledger does: asking again after an unknown outcome, reading again after a
// conflict.
func (s *storm) write(t *testing.T, w int) {
	stream := domain.NewStreamID("writer", fmt.Sprint(w))
	if w < stormShared {
		stream = "writer-shared"
	}
	for expected, n := domain.NoStream, 1; ; n = n%3 + 1 {
		select {
		case <-s.over:
			return
		default:
		}
		batch := drafts(n)
		position, err := s.append(t, stream, expected, batch)
		switch {
		case errors.Is(err, domain.ErrConflict) && w < stormShared:
			expected = s.lastOf(t, stream)
			continue
		case err != nil:
			t.Errorf("writer %d: %v", w, err)
			return
		}
		s.note(batch, position)
		expected += domain.Revision(n)
	}
}

// append asks until the outcome is known.
func (s *storm) append(t *testing.T, stream domain.StreamID, expected domain.Revision, batch []domain.Draft) (domain.Position, error) {
	for {
		position, err := s.log.Append(t.Context(), stream, expected, batch)
		if !errors.Is(err, domain.ErrUnknown) {
			return position, err
		}
	}
}

func (s *storm) lastOf(t *testing.T, stream domain.StreamID) domain.Revision {
	for r, err := range s.log.ReadStreamBackward(t.Context(), stream) {
		if err != nil {
			t.Error(err)
		}
		return r.Revision
	}
	return domain.NoStream
}

func (s *storm) note(batch []domain.Draft, position domain.Position) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.acks++
	for _, draft := range batch {
		s.acked[draft.ID] = domain.Position{}
	}
	s.acked[batch[len(batch)-1].ID] = position
	select {
	case s.progress <- struct{}{}:
	default:
	}
}

// check compares what was acknowledged with what is stored, and that with what the follower saw.
func (s *storm) check(t *testing.T, followed []domain.Recorded) {
	t.Helper()
	stored, err := collect(s.log.ReadAll(t.Context(), domain.Position{}))
	if err != nil {
		t.Fatal(err)
	}
	if len(stored) != len(s.acked) {
		t.Errorf("%d events are stored, and %d were acknowledged", len(stored), len(s.acked))
	}
	seen := map[domain.EventID]bool{}
	for _, r := range stored {
		answer, acked := s.acked[r.ID]
		if !acked || seen[r.ID] || !answer.IsZero() && answer != r.Position {
			t.Errorf("event %v at %v: acknowledged %v at %v, seen before %v", r.ID, r.Position, acked, answer, seen[r.ID])
		}
		seen[r.ID] = true
	}
	if !same(followed, stored) {
		t.Errorf("the follower saw %d events otherwise than they are stored", len(followed))
	}
	t.Logf("%d events acknowledged and stored", len(stored))
}

package esdb_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"signaalboek/domain"
	"signaalboek/ops/eventlog/esdb"
	"signaalboek/ops/eventlog/esdbtest"
)

// calls is every method of a log that waits for its server.
var calls = map[string]func(context.Context, *esdb.Log) error{
	"Append": func(ctx context.Context, log *esdb.Log) error {
		_, err := log.Append(ctx, "thing-a", domain.NoStream, drafts(1))
		return err
	},
	"End": func(ctx context.Context, log *esdb.Log) error {
		_, err := log.End(ctx)
		return err
	},
	"ReadStream": func(ctx context.Context, log *esdb.Log) error {
		_, err := collect(log.ReadStream(ctx, "thing-a", 0))
		return err
	},
	"ReadStreamBackward": func(ctx context.Context, log *esdb.Log) error {
		_, err := collect(log.ReadStreamBackward(ctx, "thing-a"))
		return err
	},
	"ReadAll": func(ctx context.Context, log *esdb.Log) error {
		_, err := collect(log.ReadAll(ctx, domain.Position{}))
		return err
	},
	"Follow": func(ctx context.Context, log *esdb.Log) error {
		_, err := collect(log.Follow(ctx, domain.Position{}))
		return err
	},
}

// outages are the ways in which no node answers.
var outages = map[string]struct{ begin, end func(*esdbtest.Node) }{
	"the node is down":      {(*esdbtest.Node).Crash, (*esdbtest.Node).Restart},
	"the node says nothing": {(*esdbtest.Node).Freeze, (*esdbtest.Node).Thaw},
	"the node takes its time": {
		func(n *esdbtest.Node) { n.Delay(time.Hour) }, func(n *esdbtest.Node) { n.Delay(0) },
	},
}

// allowed is how long a call may outlive its deadline: more than a busy machine is late, and less than an attempt lasts,
// which is how long a call goes on that does not hear its context.
const allowed = 2 * time.Second

// Given no node that answers, when a call's deadline is over, then the call is over with it; and when a node answers
// again, so does the log.
//
// The machine itself may be late. So each call is held against a goroutine that waits for the same deadline, and of
// several calls the one that was least late counts: noise makes some of them later, a call that does not hear its context
// makes all of them late. What is beyond noise is proven without a clock: the node answers only after all have returned.
func TestCallsEndWithTheirContexts(t *testing.T) {
	for situation, outage := range outages {
		for name, call := range calls {
			t.Run(situation+"/"+name, func(t *testing.T) {
				t.Parallel()
				node := esdbtest.Start(t)
				log := open(t, node.ConnectionString(), esdb.Options{Calls: 4})
				outage.begin(node)
				var late []time.Duration
				for range 6 { // more than there are turns
					late = append(late, lateness(t, log, call))
				}
				if least := slices.Min(late); least > allowed {
					t.Errorf("it outlives its deadline by %v and more", least)
				}
				outage.end(node)
				if err := revived(t, log); err != nil {
					t.Errorf("after the outage: %v", err)
				}
			})
		}
	}
}

// lateness is how much later a call returned than somebody else who waited for its deadline.
func lateness(t *testing.T, log *esdb.Log, call func(context.Context, *esdb.Log) error) time.Duration {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 40*time.Millisecond)
	defer cancel()
	other := make(chan time.Time, 1)
	go func() {
		<-ctx.Done()
		other <- time.Now()
	}()
	err := call(ctx, log)
	returned := time.Now()
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("it ended with %v", err)
	}
	return returned.Sub(<-other)
}

// revived appends, as one would after an outage.
func revived(t *testing.T, log *esdb.Log) error {
	t.Helper()
	_, err := log.Append(t.Context(), "thing-after", domain.NoStream, drafts(1))
	return err
}

// Given a frozen node, when a log is opened, then opening ends with its context.
func TestOpeningEndsWithItsContext(t *testing.T) {
	node := esdbtest.Start(t)
	node.Freeze()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
	defer cancel()
	if _, err := esdb.Open(ctx, node.ConnectionString(), esdb.Options{}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got error %v", err)
	}
}

// Given no node that answers, when patience ends before the context does, then calls say that nobody answered, and an
// append that its outcome is unknown.
func TestPatienceEnds(t *testing.T) {
	for situation, outage := range outages {
		for name, call := range calls {
			if name == "Follow" {
				continue // has no end to its patience
			}
			t.Run(situation+"/"+name, func(t *testing.T) {
				t.Parallel()
				node := esdbtest.Start(t)
				log := open(t, node.ConnectionString(), esdb.Options{})
				log.LosePatience(100 * time.Millisecond)
				outage.begin(node)
				defer outage.end(node)
				err := call(t.Context(), log)
				if !errors.Is(err, esdb.ErrUnreachable) || errors.Is(err, domain.ErrUnknown) != (name == "Append") {
					t.Errorf("got error %v", err)
				}
			})
		}
	}
}

// Given many callers in an outage, when all have left, then as many goroutines wait for the client as there are turns,
// an append that got no turn says that nothing was recorded, and a node that comes back finds nothing that it should not.
func TestCallsAreBounded(t *testing.T) {
	node := esdbtest.Start(t)
	log := open(t, node.ConnectionString(), esdb.Options{Calls: 3})
	node.Crash()
	const callers = 40
	certain, unknown := 0, 0
	var mu sync.Mutex // guards the two
	var calling sync.WaitGroup
	for range callers {
		calling.Go(func() {
			ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
			defer cancel()
			_, err := log.Append(ctx, "thing-a", domain.NoStream, drafts(1))
			mu.Lock()
			defer mu.Unlock()
			if errors.Is(err, domain.ErrUnknown) {
				unknown++
			} else if errors.Is(err, context.DeadlineExceeded) {
				certain++
			}
		})
	}
	calling.Wait()
	if certain+unknown != callers || certain == 0 {
		t.Errorf("%d appends were certain and %d unknown, of %d", certain, unknown, callers)
	}
	node.Restart()
	given(t, log, "thing-b", 5)
	if n, err := collect(log.ReadStream(t.Context(), "thing-a", 0)); err != nil || len(n) > 1 {
		t.Errorf("%d events of those who left, %v", len(n), err)
	}
}

// Given calls of every kind that wait, when the log is closed, then they end with ErrClosed, nothing panics, and later
// calls do too.
func TestClosingUnderCalls(t *testing.T) {
	for situation, outage := range outages {
		t.Run(situation, func(t *testing.T) {
			t.Parallel()
			node := esdbtest.Start(t)
			log := open(t, node.ConnectionString(), esdb.Options{})
			outage.begin(node)
			ended, waiting := make(chan error, len(calls)), make(chan struct{}, len(calls))
			for _, call := range calls {
				go func() {
					waiting <- struct{}{}
					ended <- call(context.Background(), log)
				}()
			}
			for range calls {
				<-waiting
			}
			closed := make(chan error, 1)
			go func() { closed <- log.Close() }()
			for range calls {
				if err := <-ended; !errors.Is(err, esdb.ErrClosed) {
					t.Errorf("a call ended with %v", err)
				}
			}
			outage.end(node)
			if err := <-closed; err != nil {
				t.Error(err)
			}
			for name, call := range calls {
				if err := call(t.Context(), log); !errors.Is(err, esdb.ErrClosed) {
					t.Errorf("%s after Close: %v", name, err)
				}
			}
			if log.Err() != nil {
				t.Errorf("a log that was closed has stopped: %v", log.Err())
			}
		})
	}
}

// Given a node that takes its time and one turn only, when whoever has the turn leaves, then their call ends too, and the
// next one gets the turn, however long an attempt may take.
func TestCallsEndWithThoseWhoLeave(t *testing.T) {
	node := esdbtest.Start(t)
	log := open(t, node.ConnectionString(), esdb.Options{Calls: 1, Attempt: time.Hour, Patience: time.Hour})
	node.Delay(time.Hour)
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
	defer cancel()
	if _, err := log.Append(ctx, "thing-a", domain.NoStream, drafts(1)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got error %v", err)
	}
	node.Delay(0)
	if err := revived(t, log); err != nil {
		t.Error(err)
	}
}

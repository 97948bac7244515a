package esdbtest

import (
	"context"
	"math"
	"sync"
	"time"

	"google.golang.org/grpc/peer"
)

// Loss is how a dropped request or acknowledgement looks to who waits for it.
type Loss int

const (
	// Cut breaks the connection, and with it whatever else was under way on it.
	Cut Loss = iota
	// Silence gives no answer, until the client gives up.
	Silence
	// Abort answers that the operation timed out, as a server does that waited for its followers in vain.
	Abort
)

// faults are the switches of one node. They outlive its crashes.
type faults struct {
	mu       sync.Mutex
	acks     int // guarded by mu, like all below: acknowledgements still to drop
	requests int
	loss     Loss
	dropped  [2]int // acknowledgements and requests dropped so far
	delay    time.Duration
	pace     time.Duration
	follower bool
	isolated bool
	limit    int           // how many records the node has got, plus one; 0 if it has got all
	drop     chan struct{} // closed, and replaced, when subscriptions are dropped
}

// DropAcks makes the node persist the next k writes without telling their writers.
func (n *Node) DropAcks(k int) { n.faults.set(func(f *faults) { f.acks = k }) }

// DropRequests makes the node lose the next k writes before it persists them.
func (n *Node) DropRequests(k int) { n.faults.set(func(f *faults) { f.requests = k }) }

// LoseBy says how what is dropped is lost. At first it is Cut.
func (n *Node) LoseBy(loss Loss) { n.faults.set(func(f *faults) { f.loss = loss }) }

// Dropped is how many acknowledgements and requests were dropped so far.
func (n *Node) Dropped() (acks, requests int) {
	n.faults.mu.Lock()
	defer n.faults.mu.Unlock()
	return n.faults.dropped[0], n.faults.dropped[1]
}

// Delay makes every request wait before it is looked at; 0 makes an end of it.
func (n *Node) Delay(d time.Duration) { n.faults.set(func(f *faults) { f.delay = d }) }

// SlowConsumer makes the node see readers and subscribers that take an event only every d: live subscriptions then fall
// behind. 0 makes an end of it.
func (n *Node) SlowConsumer(d time.Duration) { n.faults.set(func(f *faults) { f.pace = d }) }

// NotLeader makes the node refuse to write and name the leader, as a follower does, though it may lead itself.
func (n *Node) NotLeader(refuse bool) { n.faults.set(func(f *faults) { f.follower = refuse }) }

// DropSubscriptions ends all subscriptions that the node serves.
func (n *Node) DropSubscriptions() {
	n.faults.set(func(f *faults) {
		if f.drop != nil {
			close(f.drop)
			f.drop = nil
		}
	})
}

// Freeze makes the node unreachable without a word: nothing is answered, not even on connections that stand, and new
// ones are not shaken hands with.
func (n *Node) Freeze() { n.door.freeze() }

// Thaw ends Freeze. What was sent meanwhile arrives.
func (n *Node) Thaw() { n.door.thaw() }

// Lag stops, or lets go on, what the node gets from its leader: it answers reads with what it had, silently.
func (n *Node) Lag(behind bool) {
	log := n.cluster.log
	log.mu.Lock()
	defer log.mu.Unlock()
	if behind {
		n.faults.follow(len(log.records))
	} else {
		n.faults.follow(math.MaxInt)
	}
	log.wake()
}

// Isolate cuts the node off from the others, and not from its clients: it answers reads with what it had, and is not ready
// to write. The others say that it is dead; a test has one of them elected. With false it gets what it missed.
func (n *Node) Isolate(isolated bool) {
	n.faults.set(func(f *faults) { f.isolated = isolated })
	n.Lag(isolated)
}

// WriteStatistics records k events of the system, as a server does by itself every half minute: those who want only their
// own events have to pass them.
func (n *Node) WriteStatistics(k int) { n.cluster.log.measure(k) }

func (f *faults) set(change func(*faults)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	change(f)
}

func (f *faults) follow(records int) {
	f.set(func(f *faults) {
		f.limit = 0
		if records < math.MaxInt {
			f.limit = records + 1
		}
	})
}

// reach is how many records the node has got.
func (n *Node) reach() int {
	n.faults.mu.Lock()
	defer n.faults.mu.Unlock()
	if n.faults.limit == 0 {
		return math.MaxInt
	}
	return n.faults.limit - 1
}

func (f *faults) dropsAck() (Loss, bool)     { return f.take(&f.acks, 0) }
func (f *faults) dropsRequest() (Loss, bool) { return f.take(&f.requests, 1) }

func (f *faults) take(left *int, kind int) (Loss, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if *left == 0 {
		return f.loss, false
	}
	*left--
	f.dropped[kind]++
	return f.loss, true
}

func (f *faults) refusesAsFollower() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.follower
}

func (f *faults) isIsolated() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.isolated
}

// dropping is closed when the subscriptions that stand now are dropped.
func (f *faults) dropping() <-chan struct{} {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.drop == nil {
		f.drop = make(chan struct{})
	}
	return f.drop
}

func (f *faults) keepPace(ctx context.Context) error { return wait(ctx, f.duration(&f.pace)) }
func (f *faults) hesitate(ctx context.Context) error { return wait(ctx, f.duration(&f.delay)) }

func (f *faults) duration(which *time.Duration) time.Duration {
	f.mu.Lock()
	defer f.mu.Unlock()
	return *which
}

// wait takes d, or until nobody waits for the answer any more.
func wait(ctx context.Context, d time.Duration) error {
	if d == 0 {
		return nil
	}
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// lose is the end of a call that gets no answer.
func (l *life) lose(ctx context.Context, how Loss) error {
	switch how {
	case Abort:
		return errTimedOut
	case Cut:
		if from, ok := peer.FromContext(ctx); ok {
			l.node.door.cut(from.Addr.String())
		}
	}
	<-ctx.Done()
	return ctx.Err()
}

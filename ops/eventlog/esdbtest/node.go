package esdbtest

import (
	"context"
	"crypto/tls"
	"net"
	"net/url"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/EventStore/EventStore-Client-Go/v4/protos/gossip"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/serverfeatures"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/streams"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/keepalive"
	"google.golang.org/grpc/metadata"
)

// maxCalls is how many calls a server answers at a time on one connection; more have to wait for their turn.
const maxCalls = 100

// maxMessage is what the client takes in one message; the node takes as much, so that an append above the limit is
// refused by the limit and not by the transport.
const maxMessage = 17 << 20

// Node is one server at a port of its own on 127.0.0.1. Its methods may be called by several goroutines at once.
type Node struct {
	cluster *Cluster
	index   int
	door    *door
	faults  faults
	power   sync.Mutex           // held by who crashes or restarts the node
	life    atomic.Pointer[life] // nil while the node is down; changed with the log locked
}

// life is a node from its start to its end or crash. What it does not persist is gone with it.
type life struct {
	streams.UnimplementedStreamsServer
	serverfeatures.UnimplementedServerFeaturesServer

	node   *Node
	server *grpc.Server
	ended  chan struct{}
}

// Start runs a single node until the test ends.
func Start(t testing.TB, options ...Option) *Node {
	t.Helper()
	return StartCluster(t, 1, options...).nodes[0]
}

// New runs a single node until Close.
func New(options ...Option) (*Node, error) {
	c, err := NewCluster(1, options...)
	if err != nil {
		return nil, err
	}
	return c.nodes[0], nil
}

// Close stops the node, and the cluster that it belongs to.
func (n *Node) Close() { n.cluster.Close() }

// Address is where the node listens, as host:port. It stays the same through crashes.
func (n *Node) Address() string { return n.door.listener.Addr().String() }

// ConnectionString is how the client finds this node alone, as the first of the users if there are users.
func (n *Node) ConnectionString() string {
	return n.cluster.connectionString(n.cluster.settings.firstUser(), n.Address())
}

// ConnectionStringAs is ConnectionString for another user, known or not.
func (n *Node) ConnectionStringAs(name, password string) string {
	return n.cluster.connectionString(url.UserPassword(name, password), n.Address())
}

// CAFile is the path of the certificate authority's certificate; empty without TLS.
func (n *Node) CAFile() string { return n.cluster.authority.file }

// Crash ends the node as a power cut does: connections break, what is being done is not finished, and nothing is
// persisted after Crash has returned. A cluster whose leader crashes has none until Elect, or until the node comes back.
func (n *Node) Crash() {
	n.power.Lock()
	defer n.power.Unlock()
	n.cluster.log.mu.Lock()
	l := n.life.Swap(nil)
	n.cluster.deposeLocked(n)
	n.cluster.log.mu.Unlock()
	if l == nil {
		return
	}
	n.door.leave()
	l.server.Stop()
	<-l.ended
}

// Restart starts the node again at the same address, with what was persisted. It does nothing to a node that runs.
func (n *Node) Restart() {
	n.power.Lock()
	defer n.power.Unlock()
	n.cluster.log.mu.Lock()
	defer n.cluster.log.mu.Unlock()
	if n.life.Load() == nil && !n.cluster.closed {
		n.begin()
	}
}

// begin starts a life. The log is locked.
func (n *Node) begin() {
	options := []grpc.ServerOption{
		grpc.MaxRecvMsgSize(maxMessage),
		grpc.MaxConcurrentStreams(maxCalls),
		grpc.WaitForHandlers(true),
		// The client pings every ten seconds and more often if it is told to; grpc-go's own policy would drop it.
		grpc.KeepaliveEnforcementPolicy(keepalive.EnforcementPolicy{MinTime: time.Second, PermitWithoutStream: true}),
		grpc.ChainUnaryInterceptor(n.unary),
		grpc.ChainStreamInterceptor(n.stream),
	}
	if certificate := n.cluster.authority.certificate; certificate != nil {
		options = append(options, grpc.Creds(credentials.NewTLS(&tls.Config{
			Certificates: []tls.Certificate{*certificate}, MinVersion: tls.VersionTLS12,
		})))
	}
	l := &life{node: n, server: grpc.NewServer(options...), ended: make(chan struct{})}
	streams.RegisterStreamsServer(l.server, l)
	serverfeatures.RegisterServerFeaturesServer(l.server, l)
	gossip.RegisterGossipServer(l.server, gossiper{node: n})
	n.life.Store(l)
	n.cluster.leadIfNoneLocked(n)
	entrance := n.door.enter()
	go func() {
		defer close(l.ended)
		// It returns when the life ends; there is no other error, since the entrance has none.
		_ = l.server.Serve(entrance)
	}()
}

// mayWrite is asked with the log locked, so that its answer holds while the events are recorded.
func (l *life) mayWrite() error {
	switch n := l.node; {
	case n.life.Load() != l, n.faults.isIsolated():
		return errNotReady
	case n.faults.refusesAsFollower():
		return n.cluster.notLeaderLocked()
	case n.cluster.leader == n, n.cluster.leader != nil && n.cluster.settings.forwarding:
		return nil
	default:
		return n.cluster.notLeaderLocked()
	}
}

// mayRead refuses, anywhere else than at the leader, a read that requires it.
func (l *life) mayRead(ctx context.Context) error {
	if !slices.Contains(metadata.ValueFromIncomingContext(ctx, "requires-leader"), "true") {
		return nil
	}
	c := l.node.cluster
	c.log.mu.Lock()
	defer c.log.mu.Unlock()
	switch {
	case l.node.faults.isIsolated():
		return errNotReady
	case c.leader != l.node:
		return c.notLeaderLocked()
	}
	return nil
}

// seen is the log as this node has got it.
func (l *life) seen() ([]*record, <-chan struct{}) { return l.log().seen(l.node.reach) }

func (l *life) seenOf(stream string) ([]*record, int64) {
	return l.log().seenOf(stream, l.node.reach)
}

func (l *life) log() *eventLog { return l.node.cluster.log }

// unary and stream are around every call: they take their time, if they are told to, and tell errors as the server does.
func (n *Node) unary(ctx context.Context, request any, _ *grpc.UnaryServerInfo, handle grpc.UnaryHandler) (any, error) {
	if err := n.faults.hesitate(ctx); err != nil {
		return nil, err
	}
	response, err := handle(ctx, request)
	return response, tell(ctx, err)
}

func (n *Node) stream(server any, stream grpc.ServerStream, _ *grpc.StreamServerInfo, handle grpc.StreamHandler) error {
	if err := n.faults.hesitate(stream.Context()); err != nil {
		return err
	}
	return tell(stream.Context(), handle(server, stream))
}

func hostAndPort(address net.Addr) (string, int) {
	tcp := address.(*net.TCPAddr)
	return tcp.IP.String(), tcp.Port
}

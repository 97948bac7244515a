package esdbtest

import (
	"context"
	"fmt"
	"math"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/EventStore/EventStore-Client-Go/v4/protos/gossip"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/serverfeatures"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/shared"
	"github.com/google/uuid"
)

// version is what the node says it is. The client takes numbers only.
const version = "24.10.0"

// Cluster is a leader and its followers. They share one log: what the leader persists is persisted on all of them, as
// if a quorum had agreed. Followers answer reads, as far as they have got, and refuse to write.
type Cluster struct {
	settings  settings
	authority authority
	log       *eventLog
	nodes     []*Node
	leader    *Node // guarded by log.mu; nil while there is none
	closed    bool  // guarded by log.mu
}

// StartCluster runs a cluster until the test ends. Its first node leads.
func StartCluster(t testing.TB, size int, options ...Option) *Cluster {
	t.Helper()
	c, err := NewCluster(size, options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// NewCluster runs a cluster until Close. Its first node leads.
func NewCluster(size int, options ...Option) (*Cluster, error) {
	if size < 1 {
		return nil, fmt.Errorf("esdbtest: a cluster of %d nodes", size)
	}
	c := &Cluster{log: newEventLog()}
	for _, option := range options {
		option(&c.settings)
	}
	if err := c.settings.check(); err != nil {
		return nil, err
	}
	if err := c.open(size); err != nil {
		c.Close()
		return nil, fmt.Errorf("esdbtest: start: %w", err)
	}
	return c, nil
}

func (c *Cluster) open(size int) (err error) {
	if c.settings.tls {
		if c.authority, err = newAuthority(); err != nil {
			return err
		}
	}
	c.log.begin()
	for i := range size {
		d, err := openDoor()
		if err != nil {
			return err
		}
		c.nodes = append(c.nodes, &Node{cluster: c, index: i, door: d})
	}
	for _, n := range c.nodes {
		n.Restart()
	}
	return nil
}

// Close stops all nodes. What they persisted is gone.
func (c *Cluster) Close() {
	c.log.mu.Lock()
	c.closed = true
	c.log.mu.Unlock()
	for _, n := range c.nodes {
		n.Crash()
		n.door.close()
	}
	c.authority.remove()
}

// Nodes are the nodes, in the order of their numbers.
func (c *Cluster) Nodes() []*Node { return slices.Clone(c.nodes) }

// Leader is the node that leads; nil while there is none.
func (c *Cluster) Leader() *Node {
	c.log.mu.Lock()
	defer c.log.mu.Unlock()
	return c.leader
}

// Elect makes node i the leader, with everything that was persisted. Who led before follows. A node that is down cannot
// be elected: the cluster is then without a leader.
func (c *Cluster) Elect(i int) {
	c.log.mu.Lock()
	defer c.log.mu.Unlock()
	c.leader = nil
	if n := c.nodes[i]; n.life.Load() != nil {
		n.faults.follow(math.MaxInt)
		c.leadIfNoneLocked(n)
	}
	c.log.wake()
}

// ConnectionString names all nodes, so that the client asks them for their gossip.
func (c *Cluster) ConnectionString() string {
	var addresses []string
	for _, n := range c.nodes {
		addresses = append(addresses, n.Address())
	}
	return c.connectionString(c.settings.firstUser(), addresses...)
}

// CAFile is the path of the certificate authority's certificate; empty without TLS.
func (c *Cluster) CAFile() string { return c.authority.file }

func (c *Cluster) connectionString(user *url.Userinfo, addresses ...string) string {
	query := url.Values{"tls": {"false"}}
	if c.settings.tls {
		query = url.Values{"tls": {"true"}, "tlsCAFile": {c.authority.file}}
	}
	u := url.URL{Scheme: "esdb", User: user, Host: strings.Join(addresses, ","), RawQuery: query.Encode()}
	return u.String()
}

// leadIfNoneLocked makes n the leader of a cluster without one. What only a running leader remembers is new.
func (c *Cluster) leadIfNoneLocked(n *Node) {
	if c.leader == nil {
		c.leader = n
		c.log.forget()
	}
}

func (c *Cluster) deposeLocked(n *Node) {
	if c.leader == n {
		c.leader = nil
	}
}

// notLeaderLocked tells a writer where to go: to the leader, if there is one.
func (c *Cluster) notLeaderLocked() error {
	if c.leader == nil {
		return errNotReady
	}
	return notLeader(hostAndPort(c.leader.door.listener.Addr()))
}

// gossiper tells what a node knows of its cluster.
type gossiper struct {
	gossip.UnimplementedGossipServer
	node *Node
}

// Read says who is there, and who leads.
func (g gossiper) Read(context.Context, *shared.Empty) (*gossip.ClusterInfo, error) {
	c := g.node.cluster
	c.log.mu.Lock()
	defer c.log.mu.Unlock()
	info := &gossip.ClusterInfo{}
	for _, n := range c.nodes {
		info.Members = append(info.Members, n.memberLocked(g.node))
	}
	return info, nil
}

// memberLocked is what another node, or n itself, says of n.
func (n *Node) memberLocked(asked *Node) *gossip.MemberInfo {
	state := gossip.MemberInfo_Follower
	switch leader := n.cluster.leader; {
	case leader == nil, n.faults.isIsolated():
		state = gossip.MemberInfo_Unknown
	case leader == n:
		state = gossip.MemberInfo_Leader
	}
	host, port := hostAndPort(n.door.listener.Addr())
	return &gossip.MemberInfo{
		InstanceId:   idToWire(uuid.NewSHA1(uuid.NameSpaceURL, []byte(n.Address())), false),
		State:        state,
		IsAlive:      n.life.Load() != nil && n.door.ice() == nil && n.hears(asked),
		HttpEndPoint: &gossip.EndPoint{Address: host, Port: uint32(port)},
	}
}

// hears reports whether nothing stands between two nodes.
func (n *Node) hears(other *Node) bool {
	return n == other || !n.faults.isIsolated() && !other.faults.isIsolated()
}

// GetSupportedMethods says what the node can do, so that the client does not ask for more.
func (l *life) GetSupportedMethods(context.Context, *shared.Empty) (*serverfeatures.SupportedMethods, error) {
	methods := &serverfeatures.SupportedMethods{EventStoreServerVersion: version}
	for _, name := range []string{"read", "append", "delete", "tombstone"} {
		methods.Methods = append(methods.Methods, &serverfeatures.SupportedMethod{
			MethodName: name, ServiceName: "event_store.client.streams.streams",
		})
	}
	return methods, nil
}

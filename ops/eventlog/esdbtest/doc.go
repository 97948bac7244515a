// Package esdbtest is an EventStoreDB node in the process, or a cluster of them: it satisfies the unmodified client
// github.com/EventStore/EventStore-Client-Go/v4, and shows at will the faults that a real server shows by accident.
//
//	n := esdbtest.Start(t)                        // until the test ends
//	n := esdbtest.Start(t, esdbtest.WithTLS(), esdbtest.WithAdmin("admin", "changeit"))
//	c := esdbtest.StartCluster(t, 3)              // its first node leads
//	esdb.ParseConnectionString(n.ConnectionString())
//
// New and NewCluster are for those who have no testing.TB.
//
// It is a test double for the protocol, not a database: its log is in memory and gone with Close. It is never offered to
// users; only tests and ops/bench import it. What is proven against it is proven against a real server by the same suite
// when SIGNAALBOEK_TEST_ESDB names one.
//
// # What it copies
//
// From the client's code: the responses that it knows (others make it panic), the `created` metadata without which it ends
// the process, a version in numbers, the trailers by which it knows a follower and a deleted stream, a conflict as an
// answer to an append and as a status to a deletion, Unimplemented for what is not here.
//
// From the server's code and documentation:
//
//   - An append at an exact revision whose ids stand there already is a repetition: nothing is recorded and the answer is
//     the same. If only its first ids do, it is a conflict. At any revision a repetition is found only among what this
//     leader wrote since it started: a best effort.
//   - An append holds a mebibyte of payload, metadata and names; more is refused.
//   - A position is a pair that grows, has gaps, and means something only to the server; one that it never gave out is
//     refused, unless it is later than everything. A stream is read from a revision, that one included, both ways. $all is read forward from a position, that
//     one included, and backward from a position, that one excluded: the client's own recordings of a server show it.
//     Subscriptions start after the place that they name.
//   - $all begins with events of the system.
//   - A subscription gives what is there, says that it has caught up, and gives what comes. If more than a handful wait for
//     it, it says that it fell behind and catches up again; nothing is lost. With a filter it gives checkpoints: after so
//     many records looked at, wanted or not, and before it says that it has caught up.
//   - A deleted stream is not found, is known to its writers all the same, and goes on where it was. One with a tombstone
//     is gone for ever. Both stay in $all.
//   - With users: a wrong password is unauthenticated; nobody, or a user who reads $all without being an administrator, is
//     denied. Gossip and features are for everybody.
//   - Followers answer reads as far as they have got, and refuse to write with the leader's address. A cluster without a
//     leader is not ready to write. A real follower passes writes on for a client that does not say that it requires the
//     leader, which this client never says: WithForwarding copies that. Nobody but the leader answers a read that says so.
//   - A hundred calls at a time on a connection; pings once a second at most, with or without calls.
//
// # What it does not
//
// Persistent subscriptions, projections, links, batches, certificates of users, scavenging. Metadata of streams is kept
// and read back, but only deletions act on it. A write is persisted on all nodes or on none: there is no write that only a
// minority has, and that a later leader truncates. Nobody stands for election: a test says who leads.
//
// # Faults
//
// Each is a switch of a node, may be used while it runs, and says what it does: DropAcks, DropRequests, LoseBy, Delay,
// SlowConsumer, DropSubscriptions, NotLeader, Freeze and Thaw, Lag, Isolate, Crash and Restart; and of a cluster, Elect. What was
// persisted before a crash is there after it; after Crash has returned nothing more is.
package esdbtest

// Package esdb is the log on EventStoreDB: a domain.Store behind which stand one node or a cluster, for organisations
// that outgrow one machine. The rest of the program cannot tell it from the embedded log.
//
// # The events
//
// An event of a stream "signal-…" is an event of the EventStoreDB stream of that name, at the same revision, with the
// draft's id and with the draft's name as its type. Its data are the draft's payload, byte for byte: plain JSON, so that
// the ordinary tools of EventStoreDB show it. Its content type is application/json, or application/octet-stream for a
// payload that is no JSON. Whatever the server cannot hold stands in the event's user metadata, the envelope.
//
// # The envelope
//
// One JSON object, in UTF-8, without white space between its parts, in one of three forms:
//
//	{"signaalboek":1,"at":"2022-03-01T09:30:00.000042Z"}
//	{"signaalboek":1,"at":"2022-03-01T09:30:00.000042Z","metadata":{"command":"…"}}
//	{"signaalboek":1,"at":"2022-03-01T09:30:00.000042Z","bytes":"/wD+"}
//
// that is, to the byte:
//
//	offset  length
//	     0      22  {"signaalboek":1,"at":     the name of the format, and its version
//	    22      29  "2022-03-01T09:30:00.000042Z"   Draft.At in UTC: always six digits of a second, years 0000 to 9999
//	    51       1  }    and nothing more: Draft.Metadata is empty
//
// or
//
//	  51      12  ,"metadata":
//	  63       n  Draft.Metadata as it is: it is JSON
//	63+n       1  }
//
// or
//
//	  51      10  ,"bytes":"
//	  61       n  Draft.Metadata in base64 (RFC 4648, section 4, padded): it is no JSON
//	61+n       2  "}
//
// It is read by these offsets: nothing is parsed and written again, so Draft.Metadata comes back byte for byte. There is
// one way to write each draft. What begins otherwise was written by somebody else (ErrForeign) or by a later version
// (ErrNewer). testdata/envelope.v1 holds real ones, which are read for ever. The server's own time of an event is not used.
//
// The user of a connection string must be allowed to read all streams: a member of $admins, or whom the server's own list of
// rights lets read $all.
//
// Nothing is ever skipped but the streams of the server itself, whose names begin with a dollar. So a log has its server
// for itself: an event of another program ends every reading of all streams with ErrForeign.
//
// # Positions
//
// A position is the commit and the prepare position of the server. Reading from one gives the event that stands there,
// subscribing does not; both are hidden here. A stream is read with positions by servers from 22.6 on; an older one is
// refused with ErrTooOld.
//
// # Appending
//
// Always at an explicit revision and with fixed ids: then the server records a repetition once, however often it is
// asked. So when an answer is lost, in an outage, in a change of leader, the same append is sent again until there is an
// answer, or the context or Options.Patience ends: then the outcome is unknown. That an id was recorded elsewhere, the
// server cannot tell: it gives no domain.ErrTaken. An append holds at most MaxAppend bytes, as the server's own limit is.
//
// # Reading
//
// A reading that is cut off goes on behind the last event it gave. Revisions are counted: a stream of which something
// was deleted or has expired is damaged, and never given as a whole. Where the log ends, the leader says and nobody else:
// so whoever is at a node that is cut off from the others learns from End that they are behind, and the client, which is
// sent away there, looks for another node. ReadAll first asks where the log ends, and does not end before it has come
// there, whichever node it is read from. Follow never ends by itself: it subscribes again behind the last event it gave,
// for ever, also when the server has dropped it for being slow. A node that is cut off drops nobody: so when nothing comes
// for Options.Patience although an append or End has told of more, it subscribes again too, at the node that the client has
// found since.
//
// Since End brings the client to the leader, a connection string that prefers other nodes is refused.
//
// In a cluster, a node that has just stopped being the leader may answer a read of a stream with less than the new
// leader has. Whoever decides on it is told by the append: it is a conflict. Whoever wants to read their own writes waits
// for a position.
//
// # The client
//
// EventStoreDB's client ignores contexts while it looks for a node, is dead for good after it has once given up looking,
// and panics when it is closed under a call. So there is one client for the life of a log, and it never gives up. Each
// call runs on a goroutine that is not its caller's, and whoever waits for it leaves when their context ends; the
// goroutine ends when a node is found. How many calls wait for a first answer is bounded, and with it how many such
// goroutines there are. The client is closed after the last of them has ended; see call.go and desk.go.
//
// A client that is dead nevertheless stops the log: Stopped tells the process to end.
package esdb

// Package proof says how history is proven: what the leaf of an event is, what one checkpoint promises, and how anybody
// finds out that an event stands in it, or that it extends an earlier one, with nothing but these few bytes.
//
// Each event is a leaf. Its hash covers a frame (frame.go), which names the event and holds a salted commitment to every
// field of it (commit.go) and a digest of all its bytes: so one field can be shown and the rest stays closed
// (disclosed.go). The leaves, in the order of the log, are those of a Merkle tree as in RFC 6962; its size and root are a
// checkpoint (checkpoint.go), which the ledger signs and witnesses cosign (cosignature.go, policy.go). Two short proofs
// then say all: that a leaf is in a tree, and that one tree extends another (tree.go).
//
// A release has all that put around its frozen files (evidence.go): the files of both are one zip (archive.go), which
// Verify looks at (verify.go) as anybody can who has it, and nothing else:
//
//	zip ─► evidence ─► signature, key, quorum ─► since the documents, since the release before
//	           └─► release, events, fields ─► files, their zip, the gate ─► tables, steps
//
// Every finding is one of: it held; it failed, and this is the first thing that is wrong; it could not be done; there is
// nothing to look at. What anybody may see of the events beside a release is fixed (chain.go).
//
// Texts on the wire are those of C2SP: tlog-checkpoint, signed-note, tlog-cosignature, tlog-policy and tlog-witness, so
// that other people's programs can check ours.
//
// Nothing here knows a log, a disk or a clock. Who keeps the tree and signs is ops/transparency.
package proof

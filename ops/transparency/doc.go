// Package transparency keeps the proof of history: the tree over all events, and the head, the checkpoint that was
// signed last and that no later one may contradict. What a leaf, a checkpoint and a proof are is said in domain/proof;
// here they are kept.
//
//	log ──follows──▶ Tree ──root──▶ Notary ──compare and swap──▶ Head
//	                  │ tiles/                                   │ file, or PostgreSQL
//	                  ▼                                          ▼
//	          proofs of any event                    cosignatures of witnesses
//
// A Tree is a follower: it hashes what the log holds, for every store, and keeps the hashes in a directory. All of it
// can be made anew from the log, and is, whenever it is missing, damaged, or of another log. Its root is the same in
// whatever log the same events stand.
//
// A Head cannot be made anew. It is what the ledger has promised to others, so it is in no backup and is never put
// back: a log that was put back is shorter than its head says, or has another root at its size, and is found so.
//
// A Notary signs the tree when it grew, and only what extends the head. Among replicas one signs, under a lease in the
// head; when it dies, another takes over. The lease spares work. What keeps two from signing different histories is
// that each swap of the head is won by one of them.
//
// # For whoever runs it
//
// The directory of tiles may be removed at any time. The head may not: without it nobody here remembers what was
// promised, and a history that was cut short is found only by others who hold a checkpoint. The signing key may not be
// lost either, and nobody else may have it: with it one can sign another history. Who can write the head but has no key
// can remove it, or put back an older one, which then hides that the log was put back too; witnesses, and whoever holds
// a checkpoint, find that out.
//
// # The directory
//
//	tile/<L>/<N>        256 hashes of level 8·L, from number 256·N on (C2SP tlog-tiles, without the tiles of entries:
//	                    those would show the log)
//	tile/<L>/<N>.p/<W>  the last of its level, with the W hashes that there are so far
//	positions           16 bytes for each whole tile of level 0: the place in the log of its last event
//	edge                up to where all of this is whole: written last, so what it says is there
package transparency

// Package projections answers what people ask. It holds in memory what the log says, folded for the questions of the
// domain: one question, one file.
//
//	log ── reader ── decoders (all cores) ── apply, in log order ── Set ── queries: copies under a read lock
//
// A Set is everything folded from one log up to one position. Its Run follows the log; it stops, and says where, on an
// event that it cannot decode or apply: nothing is ever skipped silently. The same events give the same Set, however
// they were cut into batches. A command's answer carries a position; Wait lets a query wait until it is visible. AsOf
// folds a Set of its own up to a moment of recording, so that every question can be asked of the past. Before folds one
// up to a position: a release counts what stands in the log before its proposal (counted.go), and its editions tell of
// that and of nothing later (edition.go). They are the only answers here that are made for eyes outside the practice.
//
// Texts are not held: a row says where its text stands, and a query reads in the log what its answer shows (texts.go). They
// are handed out sealed; whoever renders a page for somebody who may read it opens them. Two things are opened while
// decoding, because questions cannot be answered otherwise: the recognition of a contact, and the words that can be
// searched. Of these only the recognition goes to disk, in a snapshot that is sealed under a key of the vault.
//
// What there is a million of lies in rows of numbers: rows.go says how they grow, intern.go how words become numbers, and
// keytable.go how ids do. What is pursued has rows with many fields, of which few are set: those are packed into bytes
// (packed.go), and what lists choose by stands beside them in the open (outline.go). What few have stands aside; what many
// have in common is kept once.
//
// Signals and recommendations are both things that are pursued; one table holds both (signals.go). A signal that was
// bundled answers for nothing itself: its evidence, settings, steps and debt count for the whole, and its id resolves
// to the top. What depends on the clock is computed when asked, from the day that the asker gives.
package projections

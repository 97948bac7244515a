// Package backup keeps a ledger elsewhere, so that it can be put back: what was recorded, not the files that it stood in.
// So a ledger in a directory can be put back into EventStoreDB and PostgreSQL, and the other way round.
//
// There are two kinds of backup, in files of their own, to be read by different people: of the log, and of the vault with
// the accounts and the vault's master key. Whoever has both has everything. The second expires: see VaultLife. What
// transparency keeps as its head is in neither, so that an older log that is put back is found out.
//
// # The file
//
// A file is named signaalboek-<moment>.<kind>.age, the moment as 20261122T101500.123Z; one that ends in .new was cut off, and
// is no backup. It is encrypted with age (age-encryption.org/v1) to one or more public keys: the program that makes it
// cannot read it. Inside, all numbers are big-endian:
//
//	backup  "signaalboek backup 1\n" header part* manifest seal
//	part    name record*
//	header, name, record, manifest, seal: each a frame
//	frame   kind (1) ‖ length of body (4) ‖ body
//
//	kind  body
//	'H'   the header: JSON of Header
//	'P'   the name of the part
//	'R'   a record of the part
//	'M'   the manifest: JSON of Manifest
//	'Z'   SHA-256 (32) of all bytes before this frame
//
// Nothing follows. A backup of the log has one part, "events", with a record for every event, in the order of the log:
//
//	length of stream (2) ‖ stream ‖ revision (8) ‖ event id (16) ‖ length of name (2) ‖ name
//	‖ moment of recording, microseconds since 1970 (8) ‖ length of payload (4) ‖ payload ‖ metadata
//
// Positions are not in it: they are the log's own. A backup of the vault has two parts, "vault" and "accounts", whose
// records ops/vault and ops/accounts define.
//
// # Why it can be believed
//
// A file gets its name when it is whole and durable. age finds a byte that was altered, moved or cut off; whoever has a
// public key, though, can make another file. So the manifest says the digest of each part, and of a log how many events it
// has and the root of the tree over them (domain/proof), which a signed checkpoint can be held against. Nothing that was
// read is good before the last of this was seen: sequences end with an error otherwise.
//
// # Form
//
// Form 1 is this one. testdata holds a backup of each form, which is read for ever.
package backup

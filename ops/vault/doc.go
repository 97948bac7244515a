// Package vault is the vault of domain.Vault in two files apart from the log: vault.db, a SQLite file with every key,
// seed and recognition card, and master.key, without which vault.db is noise.
//
// # For whoever runs it
//
// Never lose master.key: without it no text opens, no card has a name and no seed can be known, for ever. It does not
// change between rotations; copy it once to a place where neither the log nor vault.db is copied.
//
// Never lose vault.db: texts sealed since the last copy of it are lost with it, although their events stay, and count.
// Copy it apart from the log, to other people, and let the copies expire: whoever holds an old copy and the master key
// of that time can open what was since forgotten.
//
// What may be lost: vault.db-shm. Beside a vault that was closed well there is no vault.db-wal; beside one that was
// not, vault.db-wal belongs to vault.db and goes wherever it goes. A file that ends in .new is left from a first start
// that was cut off; the next start finishes or repeats it.
//
// If one of the two files is missing, Open refuses (ErrNoMaster, ErrNoVault) and makes nothing: a new one would be
// taken for the old one until somebody reads a text. To begin anew on purpose, take the other one away as well. A first
// start makes both; have one program do it at a time.
//
// Whoever can read vault.db alone learns which streams have texts and seeds, which practices had recognitions in which
// year, how many cards a practice has, and how many concerns a year counts. Whoever reads master.key too opens
// everything that is not forgotten. Whoever can write in vault.db but has no master key can destroy keys and cards, put
// back rows of an older copy, and change the count of concerns; they cannot make a text open as another, give a key to
// another text, subject, scope or card, or learn what anything says: every other change is found when the row is used
// (ErrAltered). Whoever has the master key can make keys, but no second key opens a text that was sealed under the
// first: a box commits to its key.
//
// # Format
//
// master.key holds 32 random bytes, M. vault.db has application_id 0x53425654, user_version 1, and the tables
// that schema.go describes. Derive(K, salt, what) is HKDF-SHA-256 with secret K, that salt, and info
// "signaalboek/vault/1/" followed by what; 32 bytes unless said otherwise. AES is AES-256-GCM with a random nonce of 12
// bytes, written nonce ‖ ciphertext ‖ tag (16).
//
// Secret S, with id I (16 random bytes): 32 random bytes. It is the key of one text, the key of a scope, the seed of a
// subject, or one of the vault's own: "digest" and "marks". Its row holds it wrapped.
//
// A wrapped value is AES under Derive(M, "", "wrapping"). The additional data bind it to its row: each of the parts
// named in schema.go, in order, preceded by its length in 4 bytes, big-endian. Beside it stands which master wrapped it:
// Derive(M, "", "master id"), 8 bytes.
//
// A sealed text, Sealed.Box:
//
//	0       1                       33           45                  n-16    n
//	version | commitment            | nonce      | ciphertext        | tag   |
//	0x01    | Derive(S, I, "commitment")         AES under Derive(S, I, "sealing")
//
// with additional data event id (16) ‖ field ‖ I (16). A pseudonym is the first 16 bytes of HMAC-SHA-256 under
// Derive(S, I, "pseudonym"), S being the key of domain.YearScope, over the id of the card. A digest is the first 16
// bytes of HMAC-SHA-256 under the secret "digest" over the body.
//
// A mark stands for a command that makes a card or counts a concern, so that the vault does not name the command, which
// the log does: the first 16 bytes of HMAC-SHA-256 under the secret "marks" over "card" and the practice, or "concern",
// ‖ command id.
//
// # Erasure
//
// To forget is to set wrapped to NULL: the row stays, so that Open can say domain.ErrForgotten, and a restored copy can
// be told. Rows of secrets are found by id, subject and scope; a year whose key is forgotten is recognised no more. Keys
// that were used stay in memory: whoever forgets one takes it out there too, or starts the program again. A master is
// replaced by wrapping all rows anew; the row says which master it needs.
//
// The secret "digest" is replaced with every text that is forgotten: the log keeps a digest of the command that brought
// the text, and who holds that secret could try guesses at it. Older commands are then no longer recognised when they
// are repeated with their body; nothing else asks for their digests.
package vault

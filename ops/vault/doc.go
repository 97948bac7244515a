// Package vault is the vault of domain.Vault: what it encrypts, what it remembers and how it forgets. Where its rows stand
// is behind Rows: ops/vault/sqlite keeps them in a file beside the log, ops/vault/postgres in a database that replicas
// share. A master key, in a file of its own, makes sense of them.
//
// # For whoever runs it
//
// Never lose the master key: without it no text opens, no card has a name, no draft can be read and no seed can be known,
// for ever. Every forgetting replaces it, in its file, so the vault must be able to write there; a copy of the file is
// good for copies of the rows that were made since the last forgetting and before the next. Copy the key and the rows
// after a forgetting, to different places and different people, and neither where the log is copied.
//
// Never lose the rows: texts sealed since the last copy of them are lost with them, although their events stay, and count.
// Let copies expire: whoever holds an old copy of the rows and of the master key of that time can open what was since
// forgotten. An old copy of one of the two opens nothing.
//
// Put back an old copy of both, and what was forgotten since is there again, until the program starts: it destroys again
// what the log says was erased (domain.Forgetting). So restore the vault before the program starts, never under it.
//
// If one of the two is missing, a vault refuses to open (ErrNoMaster, ErrNoVault) and makes nothing: a new one would be
// taken for the old one until somebody reads a text. To begin anew on purpose, take the other one away as well.
//
// Replicas that share rows have a key file each: one makes the vault, and its file is copied to the others. When one of
// them forgets, the others learn of it within a tenth of a second, find the new master key in the rows, wrapped under the
// one that they hold, and replace their file. A replica, or a copy of a key file, that was away for longer than 35 days
// is refused (ErrWrongMaster): copy the file of another replica again.
//
// Whoever can read the rows alone learns which streams have drafts, which practices had recognitions in which year,
// how many cards and drafts a practice has and at how many activities they were used, what was built of which release
// and with which keys its texts were sealed, how often something was forgotten, how many concerns a year counts, and
// at which moments secrets were made, some hundreds at a time. Whoever reads the master key too opens everything that
// is not forgotten, and learns when something was last forgotten, to within a minute. Whoever can write in the rows
// but has no master key can destroy keys, cards, drafts and bundles, put back rows of an older copy that no forgetting
// came after, keep the others from learning of a forgetting, and change the count of concerns; they cannot make a text
// open as another, give a key to another text, scope or card, or learn what anything says: every other change is found
// when the row is used (ErrAltered). Whoever has the master key can make keys, but no second key opens a text that was
// sealed under the first: a box commits to its key.
//
// # Stock
//
// The key of a text, and the seed of a subject, are secrets that were made before anybody needed them, 256 in one
// transaction: so whoever records an event waits for the disk of the log only. A Vault has such a stock in memory for
// itself, hands out each secret once, and makes more, beside those who take, when half of it is left; who finds it empty
// waits. What is left when a vault is closed, or its program dies, is lost: rows that no event names, at most 384 for each
// start of a program that sealed something, some 50 kilobytes. They open nothing, and every forgetting wraps them anew
// with the others.
//
// What a secret is for stands in no row, but in the event that names it: a text names its key, and metadata the seed. A
// box is bound to its place in that event. So an erasure is asked for by the ids of keys, which whoever asks reads in the
// log. Rows that were made before there was a stock say what they are for; they open as they did, and go with their subject.
//
// A copy of the rows holds the stock as well. With the master key of its time it opens what was sealed under it later: a few
// hundred texts at most, until the next forgetting.
//
// When the rows were away, the stock is thrown away as well: a database may come back as a copy of itself that never had it.
//
// # Format
//
// The key file holds 32 random bytes, M. The tables are those of ops/vault/sqlite/schema.go. Derive(K, salt, what) is
// HKDF-SHA-256 with secret K, that salt, and info "signaalboek/vault/1/" followed by what; 32 bytes unless said
// otherwise. AES is AES-256-GCM with a random nonce of 12 bytes, written nonce ‖ ciphertext ‖ tag (16).
//
// Secret S, with id I (16 bytes: a UUID, random, or of version 7 in the stock): 32 random bytes. It is the key of one
// text, the key of a scope, the seed of a subject, the key of a card, a draft or a bundle, or one of the vault's own:
// "digest", "marks" and "orders". Its row holds it wrapped. So is "since", which is no secret of that kind: its first
// 8 bytes, big-endian, are a moment, in microseconds since 1970; the others are random.
//
// A wrapped value is AES under Derive(M, "", "wrapping"). The additional data bind it to its row: each of the parts
// named in schema.go, in order, preceded by its length in 4 bytes, big-endian; of a secret that has no name and no
// event, the event is 16 zeros. Beside it stands which master wrapped it: Derive(M, "", "master id"), 8 bytes. In table
// turn, the raw master key that replaced another is wrapped under that other.
//
// A boxed value is AES under Derive(S, I, "content"), bound in the same way: a card, a draft and a bundle under the
// secret of its own, the order in which cards were used under the secret "orders".
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
// A mark stands for something that the rows need not name, and is the first 16 bytes of HMAC-SHA-256 under the secret
// "marks": over "card" ‖ practice ‖ command for a command that makes a card, "concern" ‖ command for one that counts a
// concern, "draft" ‖ practice ‖ command for a draft that was dropped; and over parts preceded by their lengths, as above:
// "shelf", practice, activity for an order of cards; "made", practice, nickname, earlier year and the traits, sorted, for
// what a card was made with; and "bundle", release, digest in hexadecimal for what was built of a release.
//
// Form 3 is this one. Form 2 had no bundles. Form 1, beside that, had no traits, merged cards, orders, drafts or
// turns, wrapped the nickname and the history of a card under the master key, and could not forget; FromForm1 brings
// it here.
//
// # Forgetting
//
// To forget is to set wrapped to NULL: the row stays, so that Open can say domain.ErrForgotten, and a restored copy
// can be told. What an older row said that the key was for is taken out of it, but the name of a scope: a year whose
// key is destroyed gets no other. In the same transaction the secret "digest" is replaced (the log keeps a digest of
// the command that brought a text, and who holds that secret could try guesses at it), "since" says from when on
// digests are of the new one, so that older commands are recognised by their id alone when they are repeated, the key
// of snapshots goes, every bundle that holds the text is emptied, everything else is wrapped under a new master key,
// and the generation in table state is counted up. Then the key file is replaced, and pages and journals are
// erased; a crash in between is finished by the next start: see rotate.go.
//
// What a vault holds in memory is good for one generation. It asks the rows which that is with every transaction, and
// before it answers from memory if it last asked more than a tenth of a second ago. A forgetting returns when that time
// has passed, so no vault on the same rows opens from memory what was forgotten; and one that cannot reach its rows opens
// nothing at all.
package vault

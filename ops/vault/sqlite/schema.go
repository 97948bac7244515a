package sqlite

// applicationID and version tell a vault from other SQLite files, and this form of it from others.
const (
	applicationID = 0x53425654
	version       = 3
)

// secretTable is what form 1 had already, but for owed. No table has a rowid: the order in which rows were made is
// nobody's business.
const secretTable = `
	CREATE TABLE secret (
		id      BLOB PRIMARY KEY CHECK (length(id) = 16), -- of the key, as Sealed.Key says it
		subject TEXT NOT NULL,  -- empty; before secrets were made in advance, the stream that a text or seed was about
		name    TEXT UNIQUE,    -- "scope/<scope>", "card/<id>", "digest", "marks", "orders"; NULL: of one text, or a seed;
		                        -- before, "seed/<subject>"
		event   BLOB,           -- NULL; before, the event and field of a text
		field   TEXT,
		master  BLOB NOT NULL,  -- which master key wrapped it
		wrapped BLOB,           -- bound to "secret", id, subject, name, event, field; NULL: forgotten
		owed    TEXT            -- the practice that owes this erasure to the log
	) STRICT, WITHOUT ROWID;
	CREATE INDEX secret_by_subject ON secret (subject) WHERE subject <> '';

	CREATE TABLE concern (
		mark BLOB PRIMARY KEY,  -- of the command that counted it
		year INTEGER NOT NULL
	) STRICT, WITHOUT ROWID;
`

// addedIn2 is the tables that form 2 added.
const addedIn2 = `
	CREATE INDEX secret_owed ON secret (owed) WHERE owed IS NOT NULL;

	CREATE TABLE state (
		one        INTEGER PRIMARY KEY CHECK (one = 1),
		generation INTEGER NOT NULL, -- counts forgettings
		master     BLOB NOT NULL,    -- id of the master key that wraps every secret
		erase      INTEGER NOT NULL  -- 1: a forgetting was not yet erased from pages and journal
	) STRICT;

	CREATE TABLE turn (
		former  BLOB PRIMARY KEY,    -- id of the master key that was replaced
		wrapped BLOB NOT NULL        -- the one that replaced it, wrapped under it; bound to "turn", former
	) STRICT, WITHOUT ROWID;

	CREATE TABLE card (
		id       BLOB PRIMARY KEY CHECK (length(id) = 16),
		practice TEXT NOT NULL,
		mark     BLOB UNIQUE,        -- of the command that made it
		secret   BLOB NOT NULL,      -- id of its key
		content  BLOB                -- boxed JSON, bound to "card", id, practice; NULL: forgotten
	) STRICT, WITHOUT ROWID;
	CREATE INDEX card_by_practice ON card (practice);

	CREATE TABLE shelf (
		mark     BLOB PRIMARY KEY,   -- of a practice and an activity
		practice TEXT NOT NULL,
		content  BLOB NOT NULL       -- boxed JSON of domain.CardOrder, bound to "shelf", mark, practice
	) STRICT, WITHOUT ROWID;

	CREATE TABLE draft (
		id       BLOB PRIMARY KEY CHECK (length(id) = 16), -- of the command that it will be
		practice TEXT NOT NULL,
		subject  TEXT NOT NULL,      -- the stream it is about
		key      BLOB NOT NULL,      -- id of its key
		master   BLOB NOT NULL,      -- which master key wrapped it
		wrapped  BLOB NOT NULL,      -- its key, bound to "draft key", key, id, practice, subject
		content  BLOB NOT NULL       -- boxed JSON, bound to "draft", id, practice, subject
	) STRICT, WITHOUT ROWID;

	CREATE TABLE dropped (
		mark BLOB PRIMARY KEY        -- of a draft that was there once
	) STRICT, WITHOUT ROWID;
`

// addedIn3 is the table that form 3 added.
const addedIn3 = `
	CREATE TABLE bundle (
		mark     BLOB PRIMARY KEY,   -- of a release and the digest of what was built of it
		practice TEXT NOT NULL,
		about    BLOB NOT NULL,      -- id of the release
		key      BLOB NOT NULL,      -- id of its key
		texts    BLOB NOT NULL,      -- ids of the keys of all texts in it, one after the other
		master   BLOB NOT NULL,      -- which master key wrapped it
		wrapped  BLOB,               -- its key, bound to "bundle key", key, mark; NULL: destroyed
		content  BLOB                -- boxed, bound to "bundle", mark, practice, about, texts; NULL: destroyed
	) STRICT, WITHOUT ROWID;
`

package vault

// applicationID and version tell a vault from other SQLite files, and this form of it from later ones.
const (
	applicationID = 0x53425654
	version       = 1
)

// schema is the form of vault.db. No table has a rowid: the order in which rows were made is nobody's business.
const schema = `
	CREATE TABLE secret (
		id      BLOB PRIMARY KEY CHECK (length(id) = 16), -- of the key, as Sealed.Key says it
		subject TEXT NOT NULL,  -- the stream it is about; empty if it serves more than one
		name    TEXT UNIQUE,    -- "scope/<scope>", "seed/<subject>", "digest", "marks"; NULL: the key of one text
		event   BLOB,           -- the event and field of that text
		field   TEXT,
		master  BLOB NOT NULL,  -- which master key wrapped it
		wrapped BLOB            -- bound to "secret", id, subject, name, event, field; NULL: forgotten
	) STRICT, WITHOUT ROWID;
	CREATE INDEX secret_by_subject ON secret (subject);

	CREATE TABLE card (
		id       BLOB PRIMARY KEY CHECK (length(id) = 16),
		practice TEXT NOT NULL,
		mark     BLOB UNIQUE,   -- of the command that made it
		master   BLOB NOT NULL, -- which master key wrapped nickname and history
		nickname BLOB NOT NULL, -- wrapped text, bound to "nickname", id, practice
		history  BLOB NOT NULL  -- wrapped JSON of domain.CardHistory, bound to "history", id, practice
	) STRICT, WITHOUT ROWID;
	CREATE INDEX card_by_practice ON card (practice);

	CREATE TABLE concern (
		mark BLOB PRIMARY KEY,  -- of the command that counted it
		year INTEGER NOT NULL
	) STRICT, WITHOUT ROWID;
`

package postgres

// version is the form of the vault's tables, and first that of the first that stood in a database. They are numbers of the
// forms that ops/vault describes.
const (
	version = 3
	first   = 2
)

// schemaName is where the tables stand: apart from whatever else the database holds.
const schemaName = "signaalboek_vault"

// schema is the tables of ops/vault/sqlite/schema.go, which says what the columns hold; beside those, of a turn the month
// in which it was made, so that it can expire without telling the day.
const schema = `
	CREATE SCHEMA IF NOT EXISTS ` + schemaName + `;

	CREATE TABLE form (version INTEGER NOT NULL);

	CREATE TABLE state (
		one        INTEGER PRIMARY KEY CHECK (one = 1),
		generation BIGINT NOT NULL,
		master     BYTEA NOT NULL,
		erase      INTEGER NOT NULL
	);

	CREATE TABLE turn (
		former  BYTEA PRIMARY KEY,
		wrapped BYTEA NOT NULL,
		made    DATE NOT NULL DEFAULT date_trunc('month', now())
	);

	CREATE TABLE secret (
		id      BYTEA PRIMARY KEY CHECK (length(id) = 16),
		subject TEXT NOT NULL,
		name    TEXT UNIQUE,
		event   BYTEA,
		field   TEXT,
		master  BYTEA NOT NULL,
		wrapped BYTEA,
		owed    TEXT
	);
	CREATE INDEX secret_by_subject ON secret (subject) WHERE subject <> '';
	CREATE INDEX secret_owed ON secret (owed) WHERE owed IS NOT NULL;

	CREATE TABLE card (
		id       BYTEA PRIMARY KEY CHECK (length(id) = 16),
		practice TEXT NOT NULL,
		mark     BYTEA UNIQUE,
		secret   BYTEA NOT NULL,
		content  BYTEA
	);
	CREATE INDEX card_by_practice ON card (practice);

	CREATE TABLE shelf (
		mark     BYTEA PRIMARY KEY,
		practice TEXT NOT NULL,
		content  BYTEA NOT NULL
	);

	CREATE TABLE draft (
		id       BYTEA PRIMARY KEY CHECK (length(id) = 16),
		practice TEXT NOT NULL,
		subject  TEXT NOT NULL,
		key      BYTEA NOT NULL,
		master   BYTEA NOT NULL,
		wrapped  BYTEA NOT NULL,
		content  BYTEA NOT NULL
	);

	CREATE TABLE dropped (mark BYTEA PRIMARY KEY);

	CREATE TABLE concern (
		mark BYTEA PRIMARY KEY,
		year INTEGER NOT NULL
	);
` + addedIn3

// addedIn3 is what form 3 added.
const addedIn3 = `
	CREATE TABLE bundle (
		mark     BYTEA PRIMARY KEY,
		practice TEXT NOT NULL,
		about    BYTEA NOT NULL,
		key      BYTEA NOT NULL,
		texts    BYTEA NOT NULL,
		master   BYTEA NOT NULL,
		wrapped  BYTEA,
		content  BYTEA
	);
`

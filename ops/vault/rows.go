package vault

import (
	"context"

	"github.com/google/uuid"
)

// Rows is where a vault keeps its rows: tables as the package comment describes them, in a database that one vault has
// for itself, or that several share. What stands in them only a Vault can read.
//
// Functions that are handed to Rows may be run more than once before one run counts, so they change nothing outside the
// transaction but what they set anew each time. They never run when the method that they were handed to has returned,
// also if it did because its context ended. An error of theirs is returned as it is, and nothing is changed. A database
// that cannot be reached is domain.ErrVaultAway.
type Rows interface {
	// Read runs look on one state of the rows, which is durable.
	Read(ctx context.Context, look func(Tx) error) error

	// Write runs change as one transaction, on the latest state that others have left. When it returns nil, what was
	// changed is durable.
	Write(ctx context.Context, change func(Tx) error) error

	// Alone is Write while nobody else writes, in this program or in any other.
	Alone(ctx context.Context, change func(Tx) error) error

	// EraseJournal leaves no former state of any row in a journal, as far as files are the database's own to erase.
	EraseJournal(ctx context.Context) error

	// EraseAll leaves, beside that, nothing in the tables' pages but the rows that there are.
	EraseAll(ctx context.Context) error

	// Close ends what is under way, and gives everything back.
	Close() error
}

// Tx is one transaction. Statements are those that SQLite and PostgreSQL both know; parameters are $1, $2 …, in the
// order in which they first stand in the statement.
type Tx interface {
	// Do runs a statement, and hands every row of its answer to each, which may be nil and runs no statement.
	Do(sql string, each func(Row) error, args ...any) error

	// Many runs a statement for every list of arguments.
	Many(sql string, args [][]any) error

	// Lock waits until nobody else who asked for the same lock is in a transaction.
	Lock(what string) error

	// Scrub leaves nothing in the pages of a small table but the rows that there are, where Rows.EraseJournal will then
	// leave nothing else of it.
	Scrub(table string) error

	// ExpireTurns deletes from table turn what no key file needs any more.
	ExpireTurns() error
}

// Row is one row of an answer. What it gives stays as it is until the next row.
type Row interface {
	Bytes(column int) []byte // nil: NULL
	Text(column int) string  // empty: also NULL
	Int(column int) int
}

// idAt is an id, or none if the column holds anything else.
func idAt(row Row, column int) (id uuid.UUID) {
	if raw := row.Bytes(column); len(raw) == len(id) {
		copy(id[:], raw)
	}
	return id
}

package accounts

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/ncruces/go-sqlite3"
	_ "github.com/ncruces/go-sqlite3/driver" // registers "sqlite3"
)

// The marks of our file, by which we know it again. The number of the format is in user_version.
const (
	applicationID = 0x53424143 // "SBAC"
	format        = 1
)

const schema = `
CREATE TABLE actor (
	id       TEXT PRIMARY KEY,
	practice TEXT NOT NULL,
	role     TEXT NOT NULL,
	token    BLOB NOT NULL UNIQUE
) STRICT;
CREATE TABLE link (
	secret  BLOB PRIMARY KEY,
	actor   TEXT NOT NULL REFERENCES actor,
	expires INTEGER NOT NULL
) STRICT;
CREATE TABLE session (
	secret  BLOB PRIMARY KEY,
	actor   TEXT NOT NULL REFERENCES actor,
	expires INTEGER NOT NULL
) STRICT;`

// Open opens the file at path, or makes it, readable by its owner only. ErrForeign.
func Open(ctx context.Context, path string) (*Accounts, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open accounts: %w", err)
	}
	if err := file.Close(); err != nil {
		return nil, fmt.Errorf("open accounts: %w", err)
	}
	db, err := sql.Open("sqlite3", uri(path))
	if err != nil {
		return nil, fmt.Errorf("open accounts: %w", err)
	}
	// A transaction is the only one from its beginning, so there is nothing to lock.
	accounts := &Accounts{db: db, lock: "SELECT 1", away: func(error) bool { return false }}
	err = accounts.write(ctx, "open accounts", prepareFile)
	if errors.Is(err, sqlite3.NOTADB) {
		err = fmt.Errorf("open accounts: %w", ErrForeign)
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return accounts, nil
}

// uri is a path as SQLite wants it, whatever characters stand in it. What SQLite lays beside the file gets its mode.
func uri(path string) string {
	query := url.Values{
		"_pragma": {"busy_timeout(5000)", "foreign_keys(1)", "synchronous(full)"}, "_txlock": {"immediate"}, "modeof": {path},
	}
	return (&url.URL{Scheme: "file", OmitHost: true, Path: filepath.ToSlash(path), RawQuery: plusless(query)}).String()
}

// plusless writes a query without plus signs, which SQLite takes for themselves.
func plusless(query url.Values) string { return strings.ReplaceAll(query.Encode(), "+", "%20") }

// prepareFile makes the tables of a new file, and refuses one that is not ours.
func prepareFile(ctx context.Context, tx *sql.Tx) error {
	var owner, version, tables int
	err := tx.QueryRowContext(ctx, `SELECT a.application_id, u.user_version, (SELECT count(*) FROM sqlite_schema)
		FROM pragma_application_id a, pragma_user_version u`).Scan(&owner, &version, &tables)
	switch {
	case err != nil:
		return err
	case owner == applicationID && version == format:
		return nil
	case owner != 0 || version != 0 || tables != 0:
		return ErrForeign
	}
	_, err = tx.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id=%d; PRAGMA user_version=%d;%s", applicationID, format, schema))
	return err
}

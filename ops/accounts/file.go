package accounts

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/ncruces/go-sqlite3"
	_ "github.com/ncruces/go-sqlite3/driver" // registers "sqlite3"

	"signaalboek/ops/atrest"
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

// making is what makes an empty file ours.
var making = fmt.Sprintf("PRAGMA application_id=%d; PRAGMA user_version=%d;%s", applicationID, format, schema)

// Open opens the file at path, in the clear, or makes it, readable by its owner only. ErrForeign, atrest.ErrSealed.
func Open(ctx context.Context, path string) (*Accounts, error) { return OpenSealed(ctx, path, nil) }

// OpenSealed is Open of a file that is sealed at rest: ErrForeign, and what atrest.Cipher.Check says.
func OpenSealed(ctx context.Context, path string, cipher *atrest.Cipher) (*Accounts, error) {
	err := cipher.Check(path)
	if err == nil {
		err = makeFile(ctx, path, cipher)
	}
	if err != nil {
		return nil, fmt.Errorf("open accounts: %w", err)
	}
	db, err := sql.Open("sqlite3", uri(path, cipher))
	if err != nil {
		return nil, fmt.Errorf("open accounts: %w", err)
	}
	// A transaction is the only one from its beginning, so there is nothing to lock.
	accounts := &Accounts{db: db, lock: "SELECT 1", away: func(error) bool { return false }}
	err = accounts.write(ctx, "open accounts", prepareFile)
	if errors.Is(err, sqlite3.NOTADB) {
		err = fmt.Errorf("open accounts: %w", ErrForeign)
	}
	if err == nil {
		err = restrict(path)
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return accounts, nil
}

// restrict keeps what SQLite lays beside a sealed file from others, as the file is.
func restrict(path string) error {
	for _, beside := range []string{"-wal", "-shm"} {
		if err := os.Chmod(path+beside, 0o600); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("restrict accounts: %w", err)
		}
	}
	return nil
}

// makeFile makes a file where there is none: an empty one in the clear, which gets its tables later, or a sealed one.
func makeFile(ctx context.Context, path string, cipher *atrest.Cipher) error {
	if cipher == nil {
		file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
		if err != nil {
			return err
		}
		return file.Close()
	}
	if form, err := atrest.FormOf(path); form != atrest.Absent || err != nil {
		return err
	}
	return cipher.Make(ctx, path, "", making)
}

// uri is a path as SQLite wants it, whatever characters stand in it. What SQLite lays beside the file gets its mode.
func uri(path string, cipher *atrest.Cipher) string {
	query := url.Values{
		"_pragma": {"busy_timeout(5000)", "foreign_keys(1)", "synchronous(full)", "temp_store(memory)"},
		"_txlock": {"immediate"}, "modeof": {path},
	}
	if layer := cipher.Register(""); layer != "" {
		query.Set("vfs", layer)
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
	_, err = tx.ExecContext(ctx, making)
	return err
}

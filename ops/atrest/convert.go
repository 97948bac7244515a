package atrest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/ncruces/go-sqlite3"

	"signaalboek/ops/durable"
)

// Name is the file at path as SQLite wants it, read and written through this cipher.
func (c *Cipher) Name(path string) string { return c.nameOver(path, "") }

func (c *Cipher) nameOver(path, base string) string {
	query := url.Values{"vfs": {cmp.Or(c.Register(base), "os")}} // an attached file has the layer of the first, unless told
	return (&url.URL{Scheme: "file", OmitHost: true, Path: filepath.ToSlash(path), RawQuery: query.Encode()}).String()
}

// Convert writes the database at path anew under another cipher, with so many bytes of each page reserved, and puts it in
// the place of the old one, of which nothing is left where the file system writes where it wrote before. Nobody may have
// it open. A database that is there in that form already is left as it is.
//
// If we crash before the new one has its name, the old one is there and whole; what stands beside it is made again.
func Convert(ctx context.Context, path string, from, to *Cipher, reserve int) error {
	if to.Check(path) == nil {
		return nil
	}
	if err := from.Check(path); err != nil {
		return err
	}
	beside := path + ".new"
	err := copyInto(ctx, path, beside, from, to, reserve)
	if err == nil {
		err = inWAL(ctx, beside, to)
	}
	if err != nil {
		return fmt.Errorf("at rest: write %s anew: %w", path, err)
	}
	if err := exchange(path, beside); err != nil {
		return fmt.Errorf("at rest: replace %s: %w", path, err)
	}
	return nil
}

func copyInto(ctx context.Context, path, beside string, from, to *Cipher, reserve int) (err error) {
	if err := makeEmpty(beside); err != nil {
		return err
	}
	conn, err := sqlite3.OpenContext(ctx, from.Name(path))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }() // closing the last one empties its write-ahead log
	err = conn.Exec(`PRAGMA temp_store = MEMORY; PRAGMA main.locking_mode = EXCLUSIVE; PRAGMA wal_checkpoint(TRUNCATE);
		ATTACH ` + sqlite3.Quote(to.Name(beside)) + ` AS made; PRAGMA made.journal_mode = MEMORY`)
	if err != nil {
		return err
	}
	if _, err := conn.FileControl("made", sqlite3.FCNTL_RESERVE_BYTES, reserve); err != nil {
		return err
	}
	copying, err := copying(conn)
	if err != nil {
		return err
	}
	return conn.Exec(copying)
}

// copying is the statements that copy what stands in main into made: the marks by which the file is known, with which it
// gets its first page, and its tables, each filled before it has indexes beside those of its own.
func copying(conn *sqlite3.Conn) (string, error) {
	var all strings.Builder
	for _, question := range []string{
		`SELECT 'PRAGMA made.application_id = ' || application_id FROM pragma_application_id`,
		`SELECT 'PRAGMA made.user_version = ' || user_version || '; BEGIN' FROM pragma_user_version`,
		`SELECT replace(sql, 'CREATE TABLE ', 'CREATE TABLE made.') || '; INSERT INTO made.' || name || ' SELECT * FROM main.' || name
			FROM main.sqlite_schema WHERE type = 'table'`,
		`SELECT replace(replace(sql, 'CREATE INDEX ', 'CREATE INDEX made.'), 'CREATE UNIQUE INDEX ', 'CREATE UNIQUE INDEX made.')
			FROM main.sqlite_schema WHERE type = 'index' AND sql IS NOT NULL`,
	} {
		stmt, _, err := conn.Prepare(question)
		if err != nil {
			return "", err
		}
		for stmt.Step() {
			all.WriteString(stmt.ColumnText(0) + ";\n")
		}
		if err := stmt.Close(); err != nil {
			return "", err
		}
	}
	return all.String() + "COMMIT", nil
}

// inWAL has a database keep a write-ahead log, and looks through the whole of it.
func inWAL(ctx context.Context, path string, c *Cipher) (err error) {
	conn, err := sqlite3.OpenContext(ctx, c.Name(path))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if err := conn.Exec(`PRAGMA temp_store = MEMORY; PRAGMA journal_mode = MEMORY; PRAGMA journal_mode = WAL`); err != nil {
		return err
	}
	check, _, err := conn.Prepare(`PRAGMA integrity_check(1)`)
	if err != nil {
		return err
	}
	defer check.Close()
	if check.Step() && check.ColumnText(0) != "ok" {
		return errors.New("the copy is not sound")
	}
	return check.Err()
}

func makeEmpty(path string) error {
	for _, left := range []string{path, path + "-wal", path + "-shm"} {
		if err := os.Remove(left); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	return file.Close()
}

// exchange puts beside in the place of path, durably, and then leaves nothing in what stood there.
func exchange(path, beside string) error {
	old, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	err = syncFile(beside)
	if err == nil {
		err = os.Rename(beside, path)
	}
	if err == nil {
		err = durable.SyncDir(filepath.Dir(path))
	}
	if err != nil {
		return errors.Join(err, old.Close())
	}
	return errors.Join(blank(old), old.Sync(), old.Close())
}

func syncFile(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}

// blank writes zeros over a whole file.
func blank(file *os.File) error {
	about, err := file.Stat()
	if err != nil {
		return err
	}
	_, err = io.Copy(io.NewOffsetWriter(file, 0), io.LimitReader(zeros{}, about.Size()))
	return err
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

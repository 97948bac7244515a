package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/ncruces/go-sqlite3"

	"signaalboek/ops/durable"
)

const (
	applicationID = 0x53494742 // "SIGB"
	formatVersion = 1
)

// schema is the format. A change of it is a new formatVersion, with code that carries the old one over.
const schema = `CREATE TABLE event (
    position INTEGER PRIMARY KEY,
    stream   TEXT    NOT NULL,
    revision INTEGER NOT NULL,
    id       BLOB    NOT NULL UNIQUE,
    name     TEXT    NOT NULL,
    recorded INTEGER NOT NULL,
    payload  BLOB    NOT NULL,
    metadata BLOB    NOT NULL,
    UNIQUE (stream, revision)
) STRICT`

// making is what makes an empty database a log.
var making = fmt.Sprintf(`%s; PRAGMA application_id = %d; PRAGMA user_version = %d`, schema, applicationID, formatVersion)

// fileName is path as SQLite wants it: a URI that names the VFS.
func fileName(path, vfs string) string {
	query := url.Values{"vfs": {registerUnmapped(vfs)}}
	return (&url.URL{Scheme: "file", OmitHost: true, Path: filepath.ToSlash(path), RawQuery: query.Encode()}).String()
}

const lockSuffix = "-lock"

// makePrivate makes files that are not there yet, empty, for their owner only. SQLite would let others read.
func makePrivate(paths ...string) error {
	for _, path := range paths {
		file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err == nil {
			err = file.Close()
		}
		if err != nil {
			return fmt.Errorf("make the log: %w", err)
		}
	}
	return nil
}

// keepPrivate gives what SQLite lays beside the log the mode of the log.
func keepPrivate(path string) error {
	log, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("restrict the log: %w", err)
	}
	for _, beside := range []string{"-wal", "-shm", lockSuffix, lockSuffix + "-journal"} {
		if err := os.Chmod(path+beside, log.Mode().Perm()); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("restrict the log: %w", err)
		}
	}
	return nil
}

// opening is far longer than a Reader keeps writers out, to look at a log that nobody writes in.
const opening = 2 * time.Second

// lockFile holds the log at path for this process until the connection is closed, or the process dies: the lock is
// the operating system's. It is taken on a file of its own, because SQLite itself would let two processes write.
func lockFile(ctx context.Context, path string) (*sqlite3.Conn, error) {
	conn, err := sqlite3.OpenContext(ctx, fileName(path+lockSuffix, ""))
	if err == nil {
		err = errors.Join(conn.BusyTimeout(opening), conn.Exec(`BEGIN EXCLUSIVE`))
	}
	if errors.Is(err, sqlite3.BUSY) {
		err = fmt.Errorf("%s: %w", path, ErrLocked)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("lock the log: %w", err), conn.Close())
	}
	return conn, nil
}

// prepareFile finds out what stands at path, and makes it a log if nothing does. A file that is not ours, or newer
// than we are, is left as it is.
func prepareFile(ctx context.Context, path string, options Options) (err error) {
	conn, err := sqlite3.OpenContext(ctx, fileName(path, options.Cipher.Register(options.VFS)))
	if errors.Is(err, sqlite3.NOTADB) { // a layer that seals knows it already
		err = ErrForeign
	}
	if err != nil {
		return explain("open "+path, err)
	}
	fresh, err := false, conn.BusyTimeout(readerHolds) // the last reader to close may be putting things in their place
	if err == nil {
		fresh, err = recognise(conn, options.Cipher != nil)
	}
	if err == nil && fresh && options.Cipher == nil {
		err = create(conn)
	}
	if err := errors.Join(err, conn.Close()); err != nil {
		return fmt.Errorf("open %s: %w", path, err)
	}
	if !fresh {
		return nil
	}
	if options.Cipher != nil {
		if err := options.Cipher.Make(ctx, path, options.VFS, making); err != nil {
			return fmt.Errorf("make a sealed log at %s: %w", path, err)
		}
	}
	return durable.SyncDir(filepath.Dir(path))
}

// recognise reports whether conn is on an empty file, or fails if it is on anything but a sound log of this format.
func recognise(conn *sqlite3.Conn, sealed bool) (fresh bool, err error) {
	application, err := queryInt(conn, `PRAGMA application_id`)
	if errors.Is(err, sqlite3.NOTADB) {
		return false, ErrForeign
	}
	if err != nil {
		return false, explain("recognise", err)
	}
	objects, err := queryInt(conn, `SELECT count(*) FROM sqlite_schema`)
	if err != nil {
		return false, explain("recognise", err)
	}
	switch {
	case application == 0 && objects == 0:
		return true, nil
	case application != applicationID:
		return false, ErrForeign
	}
	return false, recogniseFormat(conn, sealed)
}

func recogniseFormat(conn *sqlite3.Conn, sealed bool) error {
	version, err := queryInt(conn, `PRAGMA user_version`)
	if err != nil {
		return explain("recognise", err)
	}
	if version > formatVersion {
		return fmt.Errorf("%w: format %d, and this one knows up to %d", ErrNewer, version, formatVersion)
	}
	same, err := queryInt(conn, `SELECT count(*) FROM sqlite_schema WHERE name = 'event' AND sql = '`+schema+`'`)
	if err != nil {
		return explain("recognise", err)
	}
	checked, err := queryInt(conn, `PRAGMA checksum_verification`)
	if err != nil {
		return explain("recognise", err)
	}
	if version != formatVersion || same != 1 || checked != 1 && !sealed { // what is sealed needs no checksum
		return fmt.Errorf("%w: its table is not the one of format %d", ErrDamaged, version)
	}
	return nil
}

// create makes an empty file a log. If the process dies before COMMIT, the file is still without a table, and the
// next start makes it again; after COMMIT it is whole.
func create(conn *sqlite3.Conn) error {
	if err := conn.EnableChecksums("main"); err != nil {
		return err
	}
	return conn.Exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; BEGIN IMMEDIATE; ` + making + `; COMMIT`)
}

// queryInt is the one number that a query answers with.
func queryInt(conn *sqlite3.Conn, query string) (int64, error) {
	stmt, _, err := conn.Prepare(query)
	if err != nil {
		return 0, err
	}
	var n int64
	if stmt.Step() {
		n = stmt.ColumnInt64(0)
	}
	return n, errors.Join(stmt.Err(), stmt.Close())
}

// explain wraps what SQLite says, and puts a name to damage: a checksum that does not fit, or a tree that does not
// hold together.
func explain(verb string, err error) error {
	if errors.Is(err, sqlite3.CORRUPT) || errors.Is(err, sqlite3.IOERR_DATA) || errors.Is(err, sqlite3.NOTADB) {
		return fmt.Errorf("%s: %w: %w", verb, ErrDamaged, err)
	}
	return fmt.Errorf("%s: %w", verb, err)
}

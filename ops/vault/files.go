package vault

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/ncruces/go-sqlite3"
)

// The names of the files of a vault in its directory.
const (
	dbName     = "vault.db"
	masterName = "master.key"
	unfinished = ".new"
)

// files is where a vault lives.
type files struct{ dir, db, master string }

func filesIn(dir string) files {
	return files{dir: dir, db: filepath.Join(dir, dbName), master: filepath.Join(dir, masterName)}
}

// prepare sees to it that both files are there: it makes them if there was never a vault here, finishes a first start
// that was cut off, and refuses if one of two is lost.
func (f files) prepare() error {
	db, err := exists(f.db)
	if err != nil {
		return err
	}
	master, err := exists(f.master)
	if err != nil {
		return err
	}
	switch {
	case db && master:
		return nil
	case db:
		return fmt.Errorf("%w: %s is not there", ErrNoMaster, f.master)
	case master:
		return f.finish()
	default:
		return f.make()
	}
}

// make writes both files whole under other names, and then names them. If we crash before the first has its name, the
// next start begins anew; after that, it calls finish.
func (f files) make() error {
	raw := make([]byte, masterSize)
	rand.Read(raw) // never fails
	if err := writeNew(f.master+unfinished, raw); err != nil {
		return err
	}
	if err := f.makeDB(newMaster(raw)); err != nil {
		return fmt.Errorf("vault: make %s: %w", dbName, err)
	}
	if err := syncDir(f.dir); err != nil {
		return err
	}
	if err := os.Rename(f.master+unfinished, f.master); err != nil {
		return fmt.Errorf("vault: name %s: %w", masterName, err)
	}
	if err := syncDir(f.dir); err != nil {
		return err
	}
	return f.finish()
}

// finish names vault.db. Where a master key stands without one, or without one that was being made, a vault is lost.
func (f files) finish() error {
	err := os.Rename(f.db+unfinished, f.db)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w: %s is not there", ErrNoVault, f.db)
	}
	if err != nil {
		return fmt.Errorf("vault: name %s: %w", dbName, err)
	}
	return syncDir(f.dir)
}

// makeDB writes an empty vault, with the secrets of its own, as one file without a journal.
func (f files) makeDB(m *master) (err error) {
	path := f.db + unfinished
	if err := writeNew(path, nil); err != nil {
		return err
	}
	db, err := connect(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.close()) }()
	if err := db.Exec("PRAGMA synchronous = FULL"); err != nil {
		return err
	}
	form := fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d;", applicationID, version)
	if err := db.Exec("BEGIN; " + schema + form); err != nil {
		return err
	}
	for _, name := range []string{digestName, marksName} {
		if _, err := (row{name: name}).insert(db, m); err != nil {
			return err
		}
	}
	return db.Exec("COMMIT")
}

// connect opens vault.db for reading and writing, having made sure that it is one. What it refuses it has not
// changed.
func (f files) connect() (*conn, error) {
	db, err := connect(f.db)
	if err != nil {
		return nil, fmt.Errorf("vault: open %s: %w", dbName, err)
	}
	if err := db.setUp(); err != nil {
		db.close()
		return nil, err
	}
	return db, nil
}

func (c *conn) setUp() error {
	if err := checkForm(c); err != nil {
		return err
	}
	if err := c.BusyTimeout(5 * time.Second); err != nil {
		return fmt.Errorf("vault: set up %s: %w", dbName, err)
	}
	err := c.Exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
		PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF`)
	if err != nil {
		return fmt.Errorf("vault: set up %s: %w", dbName, err)
	}
	return nil
}

func checkForm(db *conn) error {
	application, err := pragma(db, "application_id")
	if errors.Is(err, sqlite3.NOTADB) || err == nil && application != applicationID {
		return ErrForeign
	}
	if err != nil {
		return fmt.Errorf("vault: read %s: %w", dbName, err)
	}
	form, err := pragma(db, "user_version")
	if err != nil {
		return fmt.Errorf("vault: read %s: %w", dbName, err)
	}
	if form != version {
		return fmt.Errorf("%w: form %d, and this program knows %d", ErrNewer, form, version)
	}
	return nil
}

func pragma(db *conn, name string) (value int, err error) {
	err = db.do("PRAGMA "+name, func(stmt *sqlite3.Stmt) error {
		value = stmt.ColumnInt(0)
		return nil
	})
	return value, err
}

// readMaster reads master.key, which nobody else on this machine may read.
func (f files) readMaster() (*master, error) {
	about, err := os.Stat(f.master)
	if err != nil {
		return nil, fmt.Errorf("vault: read %s: %w", masterName, err)
	}
	if runtime.GOOS != "windows" && about.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("%w: mode %o, not 600", ErrExposed, about.Mode().Perm())
	}
	raw, err := os.ReadFile(f.master)
	if err != nil {
		return nil, fmt.Errorf("vault: read %s: %w", masterName, err)
	}
	if len(raw) != masterSize {
		return nil, fmt.Errorf("%w: %s has %d bytes, not %d", ErrWrongMaster, masterName, len(raw), masterSize)
	}
	return newMaster(raw), nil
}

// restrict keeps what SQLite lays beside vault.db from others, as vault.db is.
func (f files) restrict() error {
	for _, beside := range []string{"-wal", "-shm"} {
		if err := os.Chmod(f.db+beside, 0o600); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("vault: restrict %s: %w", dbName+beside, err)
		}
	}
	return nil
}

func exists(path string) (bool, error) {
	_, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// writeNew writes a durable file in the place of what an earlier start left unfinished.
func writeNew(path string, content []byte) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("vault: remove what was unfinished: %w", err)
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("vault: make a file: %w", err)
	}
	_, err = file.Write(content)
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return fmt.Errorf("vault: write a file: %w", err)
	}
	return nil
}

// syncDir makes the names in a directory durable. Windows cannot, and needs not.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	opened, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("vault: sync directory: %w", err)
	}
	if err := errors.Join(opened.Sync(), opened.Close()); err != nil {
		return fmt.Errorf("vault: sync directory: %w", err)
	}
	return nil
}

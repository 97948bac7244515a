package sqlite

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/ncruces/go-sqlite3"
	"signaalboek/ops/durable"
	"signaalboek/ops/vault"
)

// The names of the files of a vault in its directory.
const (
	dbName     = "vault.db"
	masterName = "master.key"
	unfinished = ".new"
)

// files is where a vault lives.
type files struct {
	db string
	Options
}

func filesIn(dir string, options Options) files {
	if options.Key == "" {
		options.Key = vault.KeyFile(filepath.Join(dir, masterName))
	}
	return files{filepath.Join(dir, dbName), options}
}

// prepare sees to it that both files are there: it makes them of an original if there was never a vault here, finishes a first start
// that was cut off, and refuses if one of two is lost.
func (f files) prepare(original vault.Original) error {
	for _, path := range []string{f.db, string(f.Key)} {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return fmt.Errorf("vault: make directory: %w", err)
		}
	}
	db, err := exists(f.db)
	if err != nil {
		return err
	}
	master, err := f.Key.Exists()
	if err != nil {
		return err
	}
	switch {
	case db && master:
		return nil
	case db:
		return fmt.Errorf("%w: %s is not there", vault.ErrNoMaster, f.Key)
	case master:
		return f.finish()
	default:
		return f.make(original)
	}
}

// make writes both files whole under other names, and then names them. If we crash before the first has its name, the
// next start begins anew; after that, it calls finish.
func (f files) make(original vault.Original) error {
	if err := f.Key.Unfinished().Write(original.Master); err != nil {
		return err
	}
	if err := f.makeDB(original.Fill); err != nil {
		return fmt.Errorf("vault: make %s: %w", dbName, err)
	}
	if err := durable.SyncDir(filepath.Dir(f.db)); err != nil {
		return err
	}
	if err := f.Key.Finish(); err != nil {
		return err
	}
	return f.finish()
}

// finish names vault.db. Where a master key stands without one, or without one that was being made, a vault is lost.
func (f files) finish() error {
	err := os.Rename(f.db+unfinished, f.db)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w: %s is not there", vault.ErrNoVault, f.db)
	}
	if err != nil {
		return fmt.Errorf("vault: name %s: %w", dbName, err)
	}
	return durable.SyncDir(filepath.Dir(f.db))
}

// makeDB writes a vault that fill fills. It has no journal on disk: if we crash, it is made again.
func (f files) makeDB(fill func(vault.Tx) error) (err error) {
	path := f.db + unfinished
	if err := writeEmpty(path); err != nil {
		return err
	}
	db, err := connect(path, f.VFS)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.close()) }()
	if _, err := db.FileControl("main", sqlite3.FCNTL_RESERVE_BYTES, f.Reserve); err != nil {
		return err
	}
	if err := db.Exec("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY"); err != nil {
		return err
	}
	if err := db.Exec("BEGIN; " + secretTable + addedIn2 + addedIn3 + form()); err != nil {
		return err
	}
	if err := fill(db); err != nil {
		return err
	}
	return db.Exec("COMMIT; PRAGMA journal_mode = WAL")
}

// form marks a file as a vault of this form.
func form() string {
	return fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d;", applicationID, version)
}

// connect opens vault.db for reading and writing, having made sure that it is a vault of this form. What it refuses it
// has not changed.
func (f files) connect() (*conn, error) {
	db, err := connect(f.db, f.VFS)
	if err != nil {
		return nil, fmt.Errorf("vault: open %s: %w", dbName, err)
	}
	if err := f.check(db); err != nil {
		return nil, errors.Join(err, db.close())
	}
	err = db.Exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
		PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF`)
	if err != nil {
		return nil, fmt.Errorf("vault: set up %s: %w", dbName, errors.Join(err, db.close()))
	}
	return db, nil
}

// check refuses what is no vault, or one of a form that is not known; it brings a former one into this one.
func (f files) check(db *conn) error {
	if err := db.BusyTimeout(5 * time.Second); err != nil {
		return fmt.Errorf("vault: set up %s: %w", dbName, err)
	}
	application, err := pragma(db, "application_id")
	if errors.Is(err, sqlite3.NOTADB) || err == nil && application != applicationID {
		return fmt.Errorf("%w: %s", vault.ErrForeign, dbName)
	}
	if err != nil {
		return fmt.Errorf("vault: read %s: %w", dbName, err)
	}
	form, err := pragma(db, "user_version")
	switch {
	case err != nil:
		return fmt.Errorf("vault: read %s: %w", dbName, err)
	case form == 1 || form == 2:
		return f.fromFormer(db)
	case form != version:
		return fmt.Errorf("%w: form %d, and this program knows %d", vault.ErrNewer, form, version)
	}
	return nil
}

func pragma(db *conn, name string) (value int, err error) {
	err = db.Do("PRAGMA "+name, func(row vault.Row) error {
		value = row.Int(0)
		return nil
	})
	return value, err
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

// writeEmpty makes an empty file in the place of what an earlier start left unfinished.
func writeEmpty(path string) error {
	for _, left := range []string{path, path + "-wal", path + "-shm"} {
		if err := os.Remove(left); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("vault: remove what was unfinished: %w", err)
		}
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("vault: make a file: %w", err)
	}
	return file.Close()
}

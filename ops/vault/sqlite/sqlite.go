// Package sqlite keeps a vault in two files apart from the log: vault.db, a SQLite file with the vault's rows, and
// master.key, without which vault.db is noise. See package vault for what stands in them, and for whoever runs it.
//
// One goroutine writes, and commits whatever waits as a group; what it answered survives a power cut. One connection
// reads beside it. Several programs may have the same files open: SQLite locks, and package vault sees to it that what
// one has forgotten the other does not remember.
//
// Beside a vault that was closed well there is no vault.db-wal; beside one that was not, vault.db-wal belongs to vault.db
// and goes wherever it goes. vault.db-shm may be lost. A file that ends in .new is left from a first start that was cut
// off, and one that ends in .next from a replacement of the master key; the next start finishes either, or repeats it. A
// first start makes both files; have one program do it at a time.
//
// vault.db has application_id 0x53425654 and user_version 3; its tables are those of schema.go. One of a former form is
// brought into this form when it is opened.
package sqlite

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/ncruces/go-sqlite3"
	"signaalboek/ops/vault"
)

// Options say where else, and through what, a vault stands. The zero value is good.
type Options struct {
	// Key is the key file; empty means master.key beside vault.db. The vault replaces it, so it and its directory must be
	// its own to write in.
	Key vault.KeyFile
	// VFS names the layer of go-sqlite3 that vault.db is read and written through; empty means the operating system. It
	// need not serve other files than a database and its write-ahead log.
	VFS string
	// Reserve is how many bytes of each page that layer has for itself. It counts when the vault is made.
	Reserve int
}

// Open opens the vault in dir, and makes one, and the directory, if there never was one. It refuses a foreign file, a
// newer one, another master key, and a vault of which one file is lost: see the errors of package vault.
func Open(ctx context.Context, dir string) (*vault.Vault, error) {
	return OpenWith(ctx, dir, Options{})
}

// OpenWith is Open with options.
func OpenWith(ctx context.Context, dir string, options Options) (*vault.Vault, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	f := filesIn(dir, options)
	if err := f.prepare(vault.Blank()); err != nil {
		return nil, err
	}
	if _, err := f.Key.Read(); err != nil {
		return nil, err
	}
	opened, err := f.rows()
	if err != nil {
		return nil, err
	}
	return vault.Open(ctx, opened, f.Key)
}

// rows implements vault.Rows.
type rows struct {
	writer  *writer
	reader  chan *conn // holds the reading connection when nobody uses it
	closing sync.Once
}

func (f files) rows() (*rows, error) {
	reading, err := f.connect()
	if err != nil {
		return nil, err
	}
	writing, err := f.connect()
	if err != nil {
		return nil, errors.Join(err, reading.close())
	}
	if err := f.restrict(); err != nil {
		return nil, errors.Join(err, reading.close(), writing.close())
	}
	r := &rows{writer: newWriter(), reader: make(chan *conn, 1)}
	r.reader <- reading
	go r.writer.run(writing)
	return r, nil
}

// Close implements vault.Rows.
func (r *rows) Close() (err error) {
	r.closing.Do(func() {
		r.writer.stop()
		reading := <-r.reader
		err = reading.close()
	})
	return err
}

// Read implements vault.Rows: it lends the reading connection to look.
func (r *rows) Read(ctx context.Context, look func(vault.Tx) error) error {
	select {
	case db := <-r.reader:
		defer func() { r.reader <- db }()
		err := db.look(ctx, look)
		if ended := ctx.Err(); err != nil && ended != nil {
			return ended
		}
		return err
	case <-ctx.Done():
		return ctx.Err()
	case <-r.writer.closed:
		return vault.ErrClosed
	}
}

// look reads in one transaction, so on one state.
func (c *conn) look(ctx context.Context, look func(vault.Tx) error) error {
	c.SetInterrupt(ctx)
	if err := c.Do("BEGIN", nil); err != nil {
		c.SetInterrupt(context.Background())
		return fmt.Errorf("vault: begin to read: %w", err)
	}
	err := look(c)
	c.SetInterrupt(context.Background())
	return errors.Join(err, c.Do("COMMIT", nil))
}

// Write implements vault.Rows.
func (r *rows) Write(ctx context.Context, change func(vault.Tx) error) error {
	return r.writer.do(ctx, together, func(db *conn) error { return change(db) })
}

// Alone implements vault.Rows.
func (r *rows) Alone(ctx context.Context, change func(vault.Tx) error) error {
	return r.writer.do(ctx, alone, func(db *conn) error { return change(db) })
}

// EraseJournal implements vault.Rows.
func (r *rows) EraseJournal(ctx context.Context) error {
	var err error
	for range erasing {
		err = r.writer.do(ctx, outside, (*conn).eraseJournal)
		if !errors.Is(err, errRead) {
			return err
		}
		select {
		case <-time.After(10 * time.Millisecond):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return err
}

// erasing is how often a journal is tried that somebody else reads, or is erasing too: half a minute, for a backup of a large
// vault reads for seconds.
const erasing = 3000

// errRead is a journal that somebody still reads.
var errRead = errors.New("vault: the journal is still being read")

// eraseJournal leaves no byte in vault.db-wal.
func (c *conn) eraseJournal() error {
	busy := 0
	err := c.Do("PRAGMA wal_checkpoint(TRUNCATE)", func(row vault.Row) error {
		busy = row.Int(0)
		return nil
	})
	if errors.Is(err, sqlite3.BUSY) || err == nil && busy != 0 {
		return errRead
	}
	if err != nil {
		return fmt.Errorf("vault: erase the journal of %s: %w", dbName, err)
	}
	return nil
}

// EraseAll implements vault.Rows.
func (r *rows) EraseAll(ctx context.Context) error {
	err := r.writer.do(ctx, outside, func(db *conn) error { return db.Exec("VACUUM") })
	if err != nil {
		return fmt.Errorf("vault: rewrite %s: %w", dbName, err)
	}
	return r.EraseJournal(ctx)
}

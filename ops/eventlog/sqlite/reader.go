package sqlite

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"sync"
	"time"

	"github.com/ncruces/go-sqlite3"

	"signaalboek/domain"
)

// ErrReadOnly is an append to a log that was opened to be read.
var ErrReadOnly = errors.New("sqlite: the log was opened to be read")

// Reader is a log that somebody else may have open, in this process or in another: it implements domain.Store, but that
// Append refuses. What it gives is always a prefix of the log, with every append in it whole: SQLite shows others a
// transaction only when it is safe on disk, and a writer that dies harms no reader, nor the other way round.
type Reader struct {
	history
	closing chan struct{}
	close   func() error // once
}

var _ domain.Store = (*Reader)(nil)

// lookEvery is how often a follower looks whether the log has grown: nobody tells it.
const lookEvery = 200 * time.Millisecond

// OpenReader opens the log in the file at path to be read, whether or not somebody writes in it. Where there is no log
// yet it fails with an error that is fs.ErrNotExist, and it makes none; otherwise with the errors of Open, but for
// ErrLocked.
//
// A log that nobody has open may have something in its write-ahead log that is not in its file. It is looked at for
// damage first, as Open does, and then read as well; the last reader to close puts it in its place.
func OpenReader(ctx context.Context, path string, options Options) (*Reader, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, fmt.Errorf("open the log to read: %w", err)
	}
	if err := options.Cipher.Check(path); err != nil {
		return nil, err
	}
	name := fileName(path, options.Cipher.Register(options.VFS))
	beside, err := lookFirst(ctx, path, options)
	if err != nil {
		return nil, err
	}
	if err := recogniseToRead(name, beside, options.Cipher != nil); err != nil {
		return nil, fmt.Errorf("open %s to read: %w", path, err)
	}
	r := &Reader{closing: make(chan struct{})}
	pool := newReaders(name, options.Readers)
	pool.beside = beside
	r.history = history{readers: pool, ready: r.ready, last: r.last}
	r.close = sync.OnceValue(func() error {
		close(r.closing)
		return pool.close()
	})
	if _, err := r.End(ctx); err != nil { // this connection stays: what it sees no other reader or writer takes away
		return nil, errors.Join(err, r.Close())
	}
	if options.VFS == "" {
		if err := keepPrivate(path); err != nil {
			return nil, errors.Join(err, r.Close())
		}
	}
	return r, nil
}

// lookFirst looks for damage in the write-ahead log, and reports whether somebody has the log open to write, who has looked
// already. Meanwhile it keeps writers out: they wait, see opening.
func lookFirst(ctx context.Context, path string, options Options) (beside bool, err error) {
	if options.VFS != "" {
		return false, nil
	}
	if err := makePrivate(path + lockSuffix); err != nil {
		return false, err
	}
	lock, err := sqlite3.OpenContext(ctx, fileName(path+lockSuffix, ""))
	if err != nil {
		return false, fmt.Errorf("look at the lock of the log: %w", err)
	}
	defer func() { err = errors.Join(err, lock.Close()) }()
	switch err := lock.Exec(`BEGIN; SELECT count(*) FROM sqlite_schema`); {
	case errors.Is(err, sqlite3.BUSY):
		return true, nil
	case err != nil:
		return false, fmt.Errorf("look at the lock of the log: %w", err)
	}
	return false, checkWAL(path, options.Cipher)
}

// recogniseToRead refuses what is no log, or none yet.
func recogniseToRead(name string, beside, sealed bool) error {
	conn, err := connectToRead(name, beside)
	if errors.Is(err, sqlite3.NOTADB) { // a layer that seals knows it already
		return ErrForeign
	}
	if err != nil {
		return explain("recognise", err)
	}
	fresh, err := recognise(conn, sealed)
	if fresh {
		err = fmt.Errorf("%w: it is still empty", os.ErrNotExist)
	}
	return errors.Join(err, conn.Close())
}

// connectToRead opens a connection that never makes a file. It waits for whoever holds a lock for a moment. With a writer
// elsewhere, it leaves the write-ahead log to them, also if they are gone when it closes: what is true of it they find out.
func connectToRead(name string, beside bool) (*sqlite3.Conn, error) {
	conn, err := sqlite3.OpenFlags(name, sqlite3.OPEN_READWRITE|sqlite3.OPEN_URI)
	if err != nil {
		return nil, err
	}
	err = conn.BusyTimeout(readerHolds)
	if err == nil {
		_, err = conn.Config(sqlite3.DBCONFIG_NO_CKPT_ON_CLOSE, beside)
	}
	if err == nil {
		err = conn.Exec(`PRAGMA query_only = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -4096`)
	}
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return conn, nil
}

// Append implements domain.Store: it fails with ErrReadOnly.
func (r *Reader) Append(context.Context, domain.StreamID, domain.Revision, []domain.Draft) (domain.Position, error) {
	return domain.Position{}, ErrReadOnly
}

// Follow implements domain.Store. It looks a few times a second whether the log has grown.
func (r *Reader) Follow(ctx context.Context, after domain.Position) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		ticker := time.NewTicker(lookEvery)
		defer ticker.Stop()
		reached := after
		for {
			for recorded, err := range r.ReadAll(ctx, reached) {
				if !yield(recorded, err) || err != nil {
					return
				}
				reached = recorded.Position
			}
			select {
			case <-ticker.C:
			case <-ctx.Done():
			case <-r.closing:
			}
			if err := r.ready(ctx); err != nil {
				yield(domain.Recorded{}, err)
				return
			}
		}
	}
}

// Close closes the connections. Reads and followers end with ErrClosed.
func (r *Reader) Close() error { return r.close() }

func (r *Reader) ready(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-r.closing:
		return ErrClosed
	default:
		return nil
	}
}

// last asks the file where it ends.
func (r *Reader) last(ctx context.Context) (last int64, err error) {
	err = r.readers.use(ctx, func(r *reader) (err error) {
		if last, err = queryInt(r.conn, `SELECT max(position) FROM event`); err != nil {
			return explain("find the end", err)
		}
		return nil
	})
	return last, err
}

// Package sqlite is the embedded log: a domain.Store in one SQLite file, for one process on one machine.
//
// # The file
//
// Application id "SIGB", user version 1 (the format), WAL, pages of 4096 bytes, and one table:
//
//	CREATE TABLE event (
//	    position INTEGER PRIMARY KEY,  -- 1, 2, 3 … without gaps
//	    stream   TEXT    NOT NULL,
//	    revision INTEGER NOT NULL,     -- 0, 1, 2 … without gaps in a stream
//	    id       BLOB    NOT NULL,     -- 16 bytes, unique
//	    name     TEXT    NOT NULL,
//	    recorded INTEGER NOT NULL,     -- microseconds since 1970, UTC
//	    payload  BLOB    NOT NULL,
//	    metadata BLOB    NOT NULL
//	) STRICT
//
// The two unique indexes, on (stream, revision) and on id, are most of what an append writes. Ids begin with their time
// (see domain.DeriveID), so what is recorded together stands together in them; ids that do not are kept as well, for
// more pages an append.
//
// Beside it stand the write-ahead log (-wal), which holds what was recorded last and must never be lost or copied
// apart, its index (-shm), which may be lost, and an empty file (-lock) that the running process holds locked.
// A new log is for its owner only; what stands beside a log has the mode of the log.
//
// A log stands on disk in one of two forms, which hold the same table. Sealed, its pages are boxes that open with its key
// only: see package atrest. In the clear, each page has a checksum, and ordinary SQLite tools can open the file.
//
// # The threads
//
// One goroutine writes. It takes whatever appends are waiting and commits them as one transaction, so that many
// clients share one wait for the disk; see writer.go for what is true if the process dies at each step. Readers have
// connections of their own and read in short steps, so that none holds an old snapshot, a lock or a connection while
// its consumer thinks. Followers sleep until the writer wakes them. Another process may read beside all this: see Reader.
//
// # When the disk fails
//
// There is one fatal kind of error. A commit that fails may or may not have been recorded: its appenders get
// domain.ErrUnknown, and the log stops. Every later call fails with ErrStopped; Stopped tells the process to end, and
// opening the log again finds out what is true. Half a history is never given for a whole one: a damaged page, a gap
// in positions or revisions and a damaged write-ahead log are errors.
package sqlite

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/ncruces/go-sqlite3"

	"signaalboek/domain"
	"signaalboek/ops/atrest"
)

// What Open refuses, and what the methods of a Log say beside the errors of domain.Store.
var (
	ErrForeign = errors.New("sqlite: the file is not a signaalboek log")
	ErrNewer   = errors.New("sqlite: the log was written by a newer version of signaalboek")
	ErrLocked  = errors.New("sqlite: the log is in use by another process")
	ErrDamaged = errors.New("sqlite: the log is damaged; restore it from a backup")
	ErrStopped = errors.New("sqlite: the log has stopped after a failed commit; start again to find out what is true")
	ErrClosed  = errors.New("sqlite: the log is closed")
)

// Options say how a log is opened. The zero value is good.
type Options struct {
	// Readers is how many reads touch the disk at the same time; 0 means 4. More wait for their turn.
	Readers int
	// VFS names the layer of go-sqlite3 that files are read and written through; empty means the operating system.
	VFS string
	// Cipher seals what stands in the file; nil leaves it in the clear.
	Cipher *atrest.Cipher
}

// Log is an embedded log. It implements domain.Store.
type Log struct {
	history
	name   string // file name as SQLite wants it
	lock   *sqlite3.Conn
	writer *writer // its goroutine's own, until that has ended
	queue  *queue

	end     atomic.Int64  // position of the last event that is durable
	closing chan struct{} // closed by Close
	stopped chan struct{} // closed after a failed commit
	done    chan struct{} // closed when the writer has ended
	close   func() error  // once

	mu     sync.Mutex    // guards what follows
	grew   chan struct{} // closed when end moves; nil if nobody waits
	reason error         // of stopping
}

var _ domain.Store = (*Log)(nil)

// Open opens the log in the file at path, and makes it if there is none; its directory must exist. It fails with
// ErrForeign, ErrNewer, ErrLocked or ErrDamaged, with what the operating system says, and with what package atrest says
// of a file that is not sealed as it is opened.
func Open(ctx context.Context, path string, options Options) (_ *Log, err error) {
	l := &Log{
		name:    fileName(path, options.Cipher.Register(options.VFS)),
		queue:   newQueue(),
		closing: make(chan struct{}),
		stopped: make(chan struct{}),
		done:    make(chan struct{}),
	}
	l.close = sync.OnceValue(l.shut)
	if options.VFS == "" {
		if err := makePrivate(path+lockSuffix, path); err != nil {
			return nil, err
		}
	}
	if l.lock, err = lockFile(ctx, path); err != nil {
		return nil, err
	}
	if err := l.start(ctx, path, options); err != nil {
		return nil, errors.Join(err, l.lock.Close())
	}
	go l.write()
	return l, nil
}

// start makes sure that the file is a sound log and opens the writer on it. The lock is held.
func (l *Log) start(ctx context.Context, path string, options Options) (err error) {
	if err := options.Cipher.Check(path); err != nil {
		return err
	}
	if options.VFS == "" { // what another layer writes cannot be read beside it
		if err := checkWAL(path, options.Cipher); err != nil {
			return err
		}
	}
	if err := prepareFile(ctx, path, options); err != nil {
		return err
	}
	if l.writer, err = newWriter(ctx, l.name); err != nil {
		return explain("open", err)
	}
	if options.VFS == "" {
		if err := keepPrivate(path); err != nil {
			return errors.Join(err, l.writer.close())
		}
	}
	l.end.Store(l.writer.last)
	l.history = history{readers: newReaders(l.name, options.Readers), ready: l.ready, last: l.last}
	return nil
}

// Close ends all goroutines and closes the file. Appends that were not taken up yet fail with ErrClosed; reads and
// followers end with it. It waits for what is being written.
func (l *Log) Close() error { return l.close() }

func (l *Log) shut() error {
	close(l.closing)
	l.queue.shut()
	<-l.done
	return errors.Join(l.readers.close(), l.writer.close(), l.lock.Close())
}

// Stopped is closed when the log has stopped after a failed commit. The process should end, and start again.
func (l *Log) Stopped() <-chan struct{} { return l.stopped }

// Err is why the log stopped; nil while it has not.
func (l *Log) Err() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.reason
}

// ready is the error of a log that can no longer be used, or of a context that has ended.
func (l *Log) ready(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-l.closing:
		return ErrClosed
	case <-l.stopped:
		return fmt.Errorf("%w: %w", ErrStopped, l.Err())
	default:
		return nil
	}
}

// stop makes a failed commit known. Whoever waits is woken and finds the log stopped.
func (l *Log) stop(reason error) {
	l.mu.Lock()
	l.reason = reason
	l.mu.Unlock()
	close(l.stopped)
}

// publish makes events up to end visible, and wakes followers. They are durable.
func (l *Log) publish(end int64) {
	l.end.Store(end)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.grew != nil {
		close(l.grew)
		l.grew = nil
	}
}

// growth is closed when the log grows beyond what it is now.
func (l *Log) growth() <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.grew == nil {
		l.grew = make(chan struct{})
	}
	return l.grew
}

// last is the end of the log as the writer made it known.
func (l *Log) last(context.Context) (int64, error) { return l.end.Load(), nil }

func positionOf(n int64) domain.Position { return domain.Position{Commit: uint64(n)} }

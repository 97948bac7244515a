package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"

	"github.com/ncruces/go-sqlite3"

	"signaalboek/domain"
	"signaalboek/ops/durable"
)

// unfinished is what the name of a log ends with that Write has not finished.
const unfinished = ".new"

// writeBatch is how many events Write commits at a time.
const writeBatch = 4096

// Write makes a log at path of events that were recorded elsewhere, in their order and at their revisions; positions are
// counted anew. It is whole and durable, or not there, also if we crash, and so if events ends with an error, which is
// returned. Where there is a file already it fails with an error that is fs.ErrExist, and with ErrLocked where somebody
// is making one.
func Write(ctx context.Context, path string, options Options, events iter.Seq2[domain.Recorded, error]) (err error) {
	if err := makePrivate(path + lockSuffix); err != nil {
		return err
	}
	lock, err := lockFile(ctx, path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Close()) }()
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(err, fmt.Errorf("write a log at %s: %w", path, fs.ErrExist))
	}
	made := path + unfinished
	if err := errors.Join(removeLog(made), makePrivate(made)); err != nil {
		return err
	}
	if err := fill(ctx, made, options, events); err != nil {
		return errors.Join(err, removeLog(made))
	}
	// If we crash here, what was made is made again.
	if err := os.Rename(made, path); err != nil {
		return fmt.Errorf("name the log: %w", err)
	}
	return durable.SyncDir(filepath.Dir(path))
}

// removeLog removes what an earlier Write left unfinished.
func removeLog(path string) error {
	for _, file := range []string{path, path + "-wal", path + "-shm"} {
		if err := os.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("remove an unfinished log: %w", err)
		}
	}
	return nil
}

// fill makes a log at path, durably, under a name that nobody opens. It waits for the disk once, at the end.
func fill(ctx context.Context, path string, options Options, events iter.Seq2[domain.Recorded, error]) error {
	if err := prepareFile(ctx, path, options); err != nil {
		return err
	}
	w, err := newWriter(ctx, fileName(path, options.Cipher.Register(options.VFS)))
	if err != nil {
		return explain("open", err)
	}
	err = w.conn.Exec(`PRAGMA synchronous = OFF`)
	if err == nil {
		err = w.takeAll(ctx, events)
	}
	if err := errors.Join(err, w.close()); err != nil { // which empties the write-ahead log into the file
		return err
	}
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return fmt.Errorf("write a log: %w", err)
	}
	return errors.Join(file.Sync(), file.Close())
}

// takeAll records events one after the other.
func (w *writer) takeAll(ctx context.Context, events iter.Seq2[domain.Recorded, error]) error {
	if err := w.begin.Exec(); err != nil {
		return explain("write a log", err)
	}
	for r, err := range events {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = w.take(r)
		}
		if err != nil {
			return err
		}
		if w.last%writeBatch != 0 {
			continue
		}
		if err := errors.Join(w.commit.Exec(), w.begin.Exec()); err != nil {
			return explain("write a log", err)
		}
		if len(w.heads) > maxHeads {
			clear(w.heads)
		}
	}
	if err := w.commit.Exec(); err != nil {
		return explain("write a log", err)
	}
	return nil
}

// take records one event, which must come next in its stream.
func (w *writer) take(r domain.Recorded) error {
	if err := keepable(r.Stream, []domain.Draft{r.Draft}); err != nil {
		return fmt.Errorf("write event %s: %w", r.ID, err)
	}
	head, err := w.headOf(r.Stream)
	if err != nil {
		return explain("write a log", err)
	}
	if r.Revision != head+1 {
		return fmt.Errorf("write event %s: revision %d of %s does not follow %d", r.ID, r.Revision, r.Stream, head)
	}
	if err := w.insertOne(r.Stream, r.Revision, &r.Draft); errors.Is(err, sqlite3.CONSTRAINT_UNIQUE) {
		return fmt.Errorf("write event %s: %w", r.ID, domain.ErrTaken)
	} else if err != nil {
		return explain("write a log", err)
	}
	w.heads[r.Stream] = r.Revision
	return nil
}

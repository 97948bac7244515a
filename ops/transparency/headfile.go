package transparency

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/ncruces/go-sqlite3"

	"signaalboek/ops/durable"
)

// HeadFile keeps a head in a file of this machine, for its owner only. A swap writes the file anew beside the old one and
// puts it in its place: if we die, one of the two is there, whole. Who swaps holds a lock, which is the operating
// system's, so that it goes when its holder dies; it is taken on a file beside it.
type HeadFile struct {
	path string
	mu   sync.Mutex // held while swapping, so that we do not wait for ourselves
}

// NewHeadFile keeps a head in the file at path, which need not be there.
func NewHeadFile(path string) *HeadFile { return &HeadFile{path: path} }

// Head implements Heads.
func (f *HeadFile) Head(context.Context) (Head, error) {
	raw, err := os.ReadFile(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		return Head{}, nil
	}
	if err != nil {
		return Head{}, fmt.Errorf("read the head: %w", err)
	}
	head, err := decode(raw)
	if err != nil {
		head.Revision = unreadable
	}
	return head, err
}

// unreadable is the revision of a file that is no head, and that only who means to loses.
const unreadable = -1

// Swap implements Heads. A file that was no head is kept beside the one that takes its place.
func (f *HeadFile) Swap(ctx context.Context, head Head) (err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	unlock, err := lock(ctx, f.path+"-lock")
	if err != nil {
		return fmt.Errorf("lock the head: %w", err)
	}
	defer func() { err = errors.Join(err, unlock()) }()
	now, err := f.Head(ctx)
	if errors.Is(err, ErrHeadDamaged) && head.Revision == unreadable {
		err = f.keepDamaged()
	}
	if err != nil {
		return err
	}
	if now.Revision != head.Revision {
		return fmt.Errorf("swap the head: %w", ErrMoved)
	}
	head.Revision = max(head.Revision, 0) + 1
	raw, err := encode(head)
	if err != nil {
		return err
	}
	return durable.Replace(f.path, durable.Bytes(raw))
}

// keepDamaged copies what is in the place of a head, and is none. If we die afterwards, both are there.
func (f *HeadFile) keepDamaged() error {
	raw, err := os.ReadFile(f.path)
	if err != nil {
		return fmt.Errorf("read the head: %w", err)
	}
	return durable.Replace(f.path+".damaged", durable.Bytes(raw))
}

// swapping is far longer than a swap takes.
const swapping = 5 * time.Second

// lock holds a lock on a file until unlock, or until the process dies. SQLite takes it, as it does for the log, because
// every system has a way of its own.
func lock(ctx context.Context, path string) (unlock func() error, err error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	if err := file.Close(); err != nil {
		return nil, err
	}
	name := (&url.URL{Scheme: "file", OmitHost: true, Path: filepath.ToSlash(path)}).String()
	conn, err := sqlite3.OpenContext(ctx, name)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(conn.BusyTimeout(swapping), conn.Exec(`BEGIN EXCLUSIVE`)); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return conn.Close, nil
}

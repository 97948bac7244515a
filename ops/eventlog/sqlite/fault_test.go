package sqlite_test

import (
	"errors"
	"io"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/util/vfsutil"
	"github.com/ncruces/go-sqlite3/vfs"

	"signaalboek/domain"
	"signaalboek/ops/eventlog/sqlite"
)

// disk is a VFS whose write-ahead logs fail when told to.
type disk struct {
	vfs.VFS
	full, unsyncable atomic.Bool
}

func (d *disk) OpenFilename(name *vfs.Filename, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	file, flags, err := vfsutil.WrapOpenFilename(d.VFS, name, flags)
	if err != nil {
		return nil, flags, err
	}
	if flags&vfs.OPEN_WAL == 0 {
		return file, flags, nil
	}
	return failingFile{file, d}, flags, nil
}

type failingFile struct {
	vfs.File
	disk *disk
}

func (f failingFile) WriteAt(p []byte, off int64) (int, error) {
	if f.disk.full.Load() {
		return 0, sqlite3.FULL
	}
	return f.File.WriteAt(p, off)
}

func (f failingFile) Sync(flags vfs.SyncFlag) error {
	if f.disk.unsyncable.Load() {
		return vfs.SystemError(syscall.EIO, sqlite3.IOERR_FSYNC)
	}
	return f.File.Sync(flags)
}

func brokenDisk(t *testing.T) (*disk, sqlite.Options) {
	t.Helper()
	d, name := &disk{VFS: vfs.Find("")}, strings.ToLower(t.Name())
	vfs.Register(name, d)
	t.Cleanup(func() { vfs.Unregister(name) })
	return d, sqlite.Options{VFS: name}
}

// Given a disk that fails while a transaction is committed, when something is appended, then its outcome is unknown
// and the log stops; opened again, it holds the append whole or not at all, and goes on from there.
func TestAFailedCommitStopsTheLog(t *testing.T) {
	for name, given := range map[string]struct {
		set  func(*disk, bool)
		says string
	}{
		"the disk is full":      {func(d *disk, on bool) { d.full.Store(on) }, "full"},
		"the disk cannot flush": {func(d *disk, on bool) { d.unsyncable.Store(on) }, "I/O error"},
	} {
		t.Run(name, func(t *testing.T) {
			d, options := brokenDisk(t)
			path := fresh(t)
			log := open(t, path, options)
			appendTo(t, log, "thing-a", nil)
			following := make(chan error, 1)
			go func() { following <- followToTheEnd(t, log) }()
			lost := drafts(3)
			given.set(d, true)
			_, err := log.Append(t.Context(), "thing-b", domain.NoStream, lost)
			if !errors.Is(err, domain.ErrUnknown) || !strings.Contains(err.Error(), given.says) {
				t.Errorf("got error %q, want %q, saying %q", err, domain.ErrUnknown, given.says)
			}
			<-log.Stopped()
			if log.Err() == nil {
				t.Error("it does not say why it stopped")
			}
			appendTo(t, log, "thing-c", sqlite.ErrStopped)
			if err := <-following; !errors.Is(err, sqlite.ErrStopped) {
				t.Errorf("a follower ended with %v", err)
			}
			log.Close()
			given.set(d, false)
			again := open(t, path, options)
			if n, err := readAll(t, again); err != nil || n != 1 && n != 4 {
				t.Errorf("opened again: %d events, %v", n, err)
			}
			if _, err := again.Append(t.Context(), "thing-b", domain.NoStream, lost); err != nil {
				t.Errorf("asked again: %v", err)
			}
		})
	}
}

func appendTo(t *testing.T, log domain.Store, stream domain.StreamID, want error) {
	t.Helper()
	if _, err := log.Append(t.Context(), stream, domain.NoStream, drafts(1)); !errors.Is(err, want) {
		t.Errorf("append to %s: got error %v, want %v", stream, err, want)
	}
}

func followToTheEnd(t *testing.T, log domain.Store) error {
	for _, err := range log.Follow(t.Context(), domain.Position{}) {
		if err != nil {
			return err
		}
	}
	return io.ErrUnexpectedEOF
}

package sqlite

import "github.com/ncruces/go-sqlite3/vfs"

// walFile is the write-ahead log as one connection sees it. SQLite writes it frame by frame, header and page apart:
// two system calls a page. They follow each other in the file, so they are gathered here and written as one.
//
// That is safe because of when SQLite lets others see frames. With synchronous=FULL it first has the frames of a
// transaction synced, and Sync writes what is gathered before it syncs; only then it publishes them in the shared
// index. Until that moment no other connection looks for them, and if the process dies, frames that were gathered are
// frames that were not written: the transaction was not committed. This connection's own reads write first, too.
//
// The file grows ahead of what is written, by zeros: a sync that has to record a new size as well takes much longer.
// SQLite and checkWAL take zeros for the end of what was written, because no frame is of page 0, and none ends a
// transaction without saying how large the log then is.
type walFile struct {
	unmappedFile
	bottom   vfs.File // where zeros are written: under what seals, if anything does
	gathered []byte
	from     int64 // where in the file gathered belongs
	end      int64 // the file is at least this long
}

// gatherBytes bounds the memory that a large transaction takes.
const gatherBytes = 1 << 20

// growBytes is how far the file grows ahead, at most.
const growBytes = 1 << 20

var zeros [growBytes]byte

func (f *walFile) WriteAt(p []byte, off int64) (int, error) {
	if off != f.from+int64(len(f.gathered)) || len(f.gathered)+len(p) > gatherBytes {
		if err := f.flush(); err != nil {
			return 0, err
		}
	}
	if len(f.gathered) == 0 {
		f.from = off
	}
	f.gathered = append(f.gathered, p...)
	return len(p), nil
}

// flush writes what is gathered. After a failure it is forgotten: SQLite gives the transaction up, and so does the
// writer.
func (f *walFile) flush() error {
	if len(f.gathered) == 0 {
		return nil
	}
	n, err := f.File.WriteAt(f.gathered, f.from)
	f.gathered = f.gathered[:0]
	if err == nil && f.from > 0 {
		f.grow(f.from + int64(n))
	}
	return err
}

// grow puts zeros after what was written up to end, if nothing stands there. Where the disk has no room for them, the
// next transaction finds that out. None follow a header that may not be safe yet; see headless.
func (f *walFile) grow(end int64) {
	if end <= f.end {
		return
	}
	size, err := f.File.Size()
	if err != nil {
		return
	}
	if size == end {
		n, _ := f.bottom.WriteAt(zeros[end%growBytes:], end)
		size += int64(n)
	}
	f.end = size
}

func (f *walFile) Sync(flags vfs.SyncFlag) error {
	if err := f.flush(); err != nil {
		return err
	}
	return f.File.Sync(flags)
}

func (f *walFile) ReadAt(p []byte, off int64) (int, error) {
	if err := f.flush(); err != nil {
		return 0, err
	}
	return f.File.ReadAt(p, off)
}

func (f *walFile) Size() (int64, error) {
	if err := f.flush(); err != nil {
		return 0, err
	}
	return f.File.Size()
}

func (f *walFile) Truncate(size int64) error {
	if err := f.flush(); err != nil {
		return err
	}
	f.end = min(f.end, size)
	return f.File.Truncate(size)
}

func (f *walFile) Close() error {
	err := f.flush()
	if closed := f.File.Close(); err == nil {
		err = closed
	}
	return err
}

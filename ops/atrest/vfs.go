package atrest

import (
	"bytes"
	"encoding/hex"
	"errors"
	"sync"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/util/vfsutil"
	"github.com/ncruces/go-sqlite3/vfs"
)

var registering sync.Mutex

// Register makes the sealed form of a layer known to SQLite, and gives its name; no name is the operating system. The
// key is not in the name.
func (c *Cipher) Register(base string) string {
	if c == nil {
		return base
	}
	registering.Lock()
	defer registering.Unlock()
	name := "sealed-" + hex.EncodeToString(c.mark[len(sealedMark):]) + "-" + base
	if inner := vfs.Find(base); inner != nil && vfs.Find(name) == nil {
		vfs.Register(name, sealing{inner, c})
	}
	return name
}

// sealing is a layer that seals databases and write-ahead logs, and refuses other files.
type sealing struct {
	vfs.VFS
	cipher *Cipher
}

// Open implements vfs.VFS; SQLite calls OpenFilename.
func (s sealing) Open(string, vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	return nil, 0, sqlite3.CANTOPEN
}

// OpenFilename implements vfs.VFSFilename.
func (s sealing) OpenFilename(name *vfs.Filename, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	if flags&(vfs.OPEN_MAIN_DB|vfs.OPEN_WAL) == 0 {
		return nil, flags, sqlite3.CANTOPEN
	}
	file, flags, err := vfsutil.WrapOpenFilename(s.VFS, name, flags)
	switch {
	case err != nil:
		return nil, flags, err
	case flags&vfs.OPEN_WAL != 0:
		return &sealedWAL{sealedFile: sealedFile{File: file, cipher: s.cipher}}, flags, nil
	default:
		return &sealedFile{File: file, cipher: s.cipher}, flags, nil
	}
}

// sealedFile is a database as one connection sees it. It hides the methods of the file that it holds which would pass
// sealing by, such as mapping it into memory.
type sealedFile struct {
	vfs.File
	cipher *Cipher
	box    [PageSize]byte // as it stands in the file
	page   [PageSize]byte // as SQLite sees it, when it asks for a piece of it
}

// ReadAt implements vfs.File.
func (f *sealedFile) ReadAt(p []byte, off int64) (n int, err error) {
	for n < len(p) {
		at := (off + int64(n)) % PageSize
		page := f.page[:]
		if at == 0 && len(p)-n >= PageSize {
			page = p[n : n+PageSize]
		}
		if err := f.readPage(page, off+int64(n)-at); err != nil {
			return n, err
		}
		if &page[0] == &f.page[0] {
			n += copy(p[n:], page[at:])
		} else {
			n += PageSize
		}
	}
	return n, nil
}

// readPage opens the page at an offset. A page that is not there whole is the end of the file.
func (f *sealedFile) readPage(page []byte, off int64) error {
	if n, err := f.File.ReadAt(f.box[:], off); n < PageSize {
		if off == 0 && n > 0 {
			return sqlite3.NOTADB
		}
		return err
	}
	err := f.cipher.openPage(page, f.box[:], off)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, errNoMark) && !bytes.HasPrefix(f.box[:], []byte(sealedMark)):
		return sqlite3.NOTADB
	default:
		return sqlite3.IOERR_DATA
	}
}

// WriteAt implements vfs.File. SQLite writes whole pages.
func (f *sealedFile) WriteAt(p []byte, off int64) (n int, err error) {
	for ; n < len(p); n += PageSize {
		at := off + int64(n)
		if at%PageSize != 0 || !sealable(p[n:]) {
			return n, sqlite3.IOERR_WRITE
		}
		f.cipher.sealPage(f.box[:], p[n:n+PageSize], at)
		if _, err := f.File.WriteAt(f.box[:], at); err != nil {
			return n, err
		}
	}
	return n, nil
}

// sealable reports whether p begins with a whole page whose reserved bytes SQLite left alone, so that nothing is lost.
func sealable(p []byte) bool {
	return len(p) >= PageSize && [Reserve]byte(p[usable:PageSize]) == [Reserve]byte{}
}

// DeviceCharacteristics implements vfs.File: without reading pieces of pages, which takes reading all of it.
func (f *sealedFile) DeviceCharacteristics() vfs.DeviceCharacteristic {
	return f.File.DeviceCharacteristics() & (vfs.IOCAP_ATOMIC4K | vfs.IOCAP_POWERSAFE_OVERWRITE |
		vfs.IOCAP_IMMUTABLE | vfs.IOCAP_SEQUENTIAL | vfs.IOCAP_UNDELETABLE_WHEN_OPEN)
}

// Unwrap implements vfs.FileUnwrap.
func (f *sealedFile) Unwrap() vfs.File { return f.File }

// SharedMemory implements vfs.FileSharedMemory.
func (f *sealedFile) SharedMemory() vfs.SharedMemory { return vfsutil.WrapSharedMemory(f.File) }

// LockState implements vfs.FileLockState.
func (f *sealedFile) LockState() vfs.LockLevel { return vfsutil.WrapLockState(f.File) }

// PersistWAL implements vfs.FilePersistWAL.
func (f *sealedFile) PersistWAL() bool { return vfsutil.WrapPersistWAL(f.File) }

// SetPersistWAL implements vfs.FilePersistWAL.
func (f *sealedFile) SetPersistWAL(keep bool) { vfsutil.WrapSetPersistWAL(f.File, keep) }

// SizeHint implements vfs.FileSizeHint.
func (f *sealedFile) SizeHint(size int64) error { return vfsutil.WrapSizeHint(f.File, size) }

// HasMoved implements vfs.FileHasMoved.
func (f *sealedFile) HasMoved() (bool, error) { return vfsutil.WrapHasMoved(f.File) }

// sealedWAL is a write-ahead log as one connection sees it. A frame never shares a byte with another, so what was
// written is never written again for the sake of what follows.
type sealedWAL struct {
	sealedFile
	written []byte // one stretch on its way to the file
}

// partAt says which part of the write-ahead log begins at an offset, and how long it is.
func partAt(off int64) (part walPart, size int) {
	switch in := (off - walHeader) % frameSize; {
	case off == 0:
		return theHeader, walHeader
	case off >= walHeader && in == 0:
		return aFrameHeader, frameHeader
	case off >= walHeader && in == frameHeader:
		return aPage, PageSize
	default:
		return aPiece, 0
	}
}

type walPart int

const (
	theHeader walPart = iota
	aFrameHeader
	aPage
	aPiece
)

// WriteAt implements vfs.File. SQLite writes headers of frames and pages, whole.
func (f *sealedWAL) WriteAt(p []byte, off int64) (int, error) {
	f.written = append(f.written[:0], p...)
	for n := 0; n < len(p); {
		at := off + int64(n)
		part, size := partAt(at)
		if part == aPiece || size > len(p)-n {
			return 0, sqlite3.IOERR_WRITE
		}
		switch part {
		case aFrameHeader:
			f.cipher.mask(f.written[n:], at)
		case aPage:
			if !sealable(p[n:]) {
				return 0, sqlite3.IOERR_WRITE
			}
			f.cipher.sealFramed(f.written[n:], p[n:], at)
		}
		n += size
	}
	return f.File.WriteAt(f.written, off)
}

// ReadAt implements vfs.File. SQLite reads the header, whole frames when it recovers, pages, and the checksums of a
// frame. A page that does not open is damage; in a whole frame it is the end of what was written.
func (f *sealedWAL) ReadAt(p []byte, off int64) (n int, err error) {
	part, size := partAt(off)
	switch {
	case off+int64(len(p)) <= walHeader:
		return f.File.ReadAt(p, off)
	case part == aFrameHeader && len(p) == frameSize:
		if n, err := f.File.ReadAt(p, off); n < frameSize {
			return n, err
		}
		f.cipher.OpenFrame(p, off)
		return frameSize, nil
	case part == aFrameHeader && len(p) == frameHeader:
		if n, err := f.File.ReadAt(p, off); n < frameHeader {
			return n, err
		}
		f.cipher.mask(p, off)
		return frameHeader, nil
	case part == aPage && len(p) == size:
		return f.readFramed(p, off)
	default:
		return f.readChecksums(p, off)
	}
}

func (f *sealedWAL) readFramed(p []byte, off int64) (int, error) {
	if n, err := f.File.ReadAt(f.box[:], off); n < PageSize {
		return 0, err
	}
	if f.cipher.openFramed(p, f.box[:], off) != nil {
		return 0, sqlite3.IOERR_DATA
	}
	return PageSize, nil
}

// readChecksums reads a piece of the header of a frame.
func (f *sealedWAL) readChecksums(p []byte, off int64) (int, error) {
	in := (off - walHeader) % frameSize
	if in < 0 || in+int64(len(p)) > frameHeader {
		return 0, sqlite3.IOERR_READ
	}
	header := f.box[:frameHeader]
	if n, err := f.File.ReadAt(header, off-in); n < frameHeader {
		return 0, err
	}
	f.cipher.mask(header, off-in)
	return copy(p, header[in:]), nil
}

package sqlite

import (
	"sync"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/util/vfsutil"
	"github.com/ncruces/go-sqlite3/vfs"
)

// unmapped is a VFS whose files cannot be mapped into memory. go-sqlite3 v0.35.6 maps no file that has checksums, yet
// tells SQLite that it can, and panics when SQLite unmaps it at a checkpoint; a file that never says so is safe.
type unmapped struct{ vfs.VFS }

// unmappedFile hides the method MemoryMapper of the file it holds, and passes on those that a log needs.
type unmappedFile struct{ vfs.File }

var registering sync.Mutex

// registerUnmapped makes the unmapped form of a VFS known to SQLite, and gives its name.
func registerUnmapped(base string) string {
	registering.Lock()
	defer registering.Unlock()
	name := "unmapped-" + base
	if inner := vfs.Find(base); inner != nil && vfs.Find(name) == nil {
		vfs.Register(name, unmapped{inner})
	}
	return name
}

func (u unmapped) Open(name string, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	if name == "" {
		return u.OpenFilename(nil, flags)
	}
	return nil, flags, sqlite3.CANTOPEN
}

func (u unmapped) OpenFilename(name *vfs.Filename, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	file, opened, err := vfsutil.WrapOpenFilename(u.VFS, name, flags)
	switch {
	case err != nil:
		return nil, opened, err
	case flags&vfs.OPEN_WAL != 0:
		return &walFile{unmappedFile: unmappedFile{file}, bottom: bottom(file)}, opened, nil
	default:
		return unmappedFile{file}, opened, nil
	}
}

// bottom is the file under all layers.
func bottom(file vfs.File) vfs.File {
	for {
		layer, ok := file.(vfs.FileUnwrap)
		if !ok {
			return file
		}
		file = layer.Unwrap()
	}
}

func (f unmappedFile) Unwrap() vfs.File               { return f.File }
func (f unmappedFile) SharedMemory() vfs.SharedMemory { return vfsutil.WrapSharedMemory(f.File) }
func (f unmappedFile) LockState() vfs.LockLevel       { return vfsutil.WrapLockState(f.File) }
func (f unmappedFile) PersistWAL() bool               { return vfsutil.WrapPersistWAL(f.File) }
func (f unmappedFile) SetPersistWAL(keep bool)        { vfsutil.WrapSetPersistWAL(f.File, keep) }
func (f unmappedFile) PowersafeOverwrite() bool       { return vfsutil.WrapPowersafeOverwrite(f.File) }
func (f unmappedFile) SetPowersafeOverwrite(safe bool) {
	vfsutil.WrapSetPowersafeOverwrite(f.File, safe)
}
func (f unmappedFile) SizeHint(size int64) error { return vfsutil.WrapSizeHint(f.File, size) }
func (f unmappedFile) HasMoved() (bool, error)   { return vfsutil.WrapHasMoved(f.File) }
func (f unmappedFile) Pragma(name, value string) (string, error) {
	return vfsutil.WrapPragma(f.File, name, value)
}

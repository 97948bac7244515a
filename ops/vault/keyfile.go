package vault

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"signaalboek/ops/durable"
)

// KeyFile is the path of the file that holds a master key. Nothing else holds it.
type KeyFile string

// Read reads the key, which nobody else on this machine may read.
func (f KeyFile) Read() (*Master, error) {
	about, err := os.Stat(string(f))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: %s is not there", ErrNoMaster, f)
	}
	if err != nil {
		return nil, fmt.Errorf("vault: read the master key: %w", err)
	}
	if runtime.GOOS != "windows" && about.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("%w: mode %o, not 600", ErrExposed, about.Mode().Perm())
	}
	raw, err := os.ReadFile(string(f))
	if err != nil {
		return nil, fmt.Errorf("vault: read the master key: %w", err)
	}
	if len(raw) != masterSize {
		return nil, fmt.Errorf("%w: %s has %d bytes, not %d", ErrWrongMaster, f, len(raw), masterSize)
	}
	return masterOf(raw), nil
}

// Exists reports whether there is such a file.
func (f KeyFile) Exists() (bool, error) {
	_, err := os.Lstat(string(f))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// Unfinished is the file in which a new key waits until a first start has finished.
func (f KeyFile) Unfinished() KeyFile { return f + ".new" }

// Write writes a new file, durably, in the place of what an earlier start left unfinished.
func (f KeyFile) Write(m *Master) error {
	if err := os.Remove(string(f)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("vault: remove what was unfinished: %w", err)
	}
	file, err := os.OpenFile(string(f), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("vault: make a key file: %w", err)
	}
	_, err = file.Write(m.raw)
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return fmt.Errorf("vault: write a key file: %w", err)
	}
	return durable.SyncDir(filepath.Dir(string(f)))
}

// Finish gives what was unfinished its name.
func (f KeyFile) Finish() error {
	if err := os.Rename(string(f.Unfinished()), string(f)); err != nil {
		return fmt.Errorf("vault: name the master key: %w", err)
	}
	return durable.SyncDir(filepath.Dir(string(f)))
}

// replace has the file hold m. If we crash here, it holds the old key or the new one, whole; table turn leads from the
// old to the new. The bytes of the old one are overwritten, as far as the file system writes where it wrote before.
func (f KeyFile) replace(m *Master) error {
	held, err := f.Read()
	if err == nil && held.is(m.id) {
		return nil
	}
	if err != nil && !errors.Is(err, ErrNoMaster) {
		return err
	}
	old, err := os.OpenFile(string(f), os.O_WRONLY, 0)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("vault: replace the master key: %w", err)
	}
	if err := f.next().Write(m); err != nil {
		return errors.Join(err, old.Close())
	}
	if err := os.Rename(string(f.next()), string(f)); err != nil {
		return fmt.Errorf("vault: replace the master key: %w", errors.Join(err, old.Close()))
	}
	return errors.Join(durable.SyncDir(filepath.Dir(string(f))), overwrite(old))
}

// next is the file in which a key waits that is to replace another.
func (f KeyFile) next() KeyFile { return f + ".next" }

// overwrite leaves nothing in a file that has lost its name; there may be none.
func overwrite(old *os.File) error {
	if old == nil {
		return nil
	}
	_, err := old.WriteAt(make([]byte, masterSize), 0)
	if err := errors.Join(err, old.Sync(), old.Close()); err != nil {
		return fmt.Errorf("vault: overwrite the old master key: %w", err)
	}
	return nil
}

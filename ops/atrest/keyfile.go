package atrest

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"signaalboek/ops/durable"
)

// KeyFile is the path of a file that holds a key: one line of 64 hexadecimal digits, so that it can be kept on paper too.
// It stands elsewhere than what it seals, and is for its owner only.
type KeyFile string

// Read reads the key: ErrNoKey, ErrExposed, ErrBadKey.
func (f KeyFile) Read() (*Key, error) {
	about, err := os.Stat(string(f))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%w: %s", ErrNoKey, f)
	case err != nil:
		return nil, fmt.Errorf("at rest: read the key file: %w", err)
	case runtime.GOOS != "windows" && about.Mode().Perm()&0o077 != 0:
		return nil, fmt.Errorf("%w: %s has mode %o, not 600", ErrExposed, f, about.Mode().Perm())
	}
	text, err := os.ReadFile(string(f))
	if err != nil {
		return nil, fmt.Errorf("at rest: read the key file: %w", err)
	}
	k := new(Key)
	text = bytes.TrimSpace(text)
	if len(text) != hex.EncodedLen(keySize) {
		return nil, fmt.Errorf("%w: %s", ErrBadKey, f)
	}
	if _, err := hex.Decode(k.raw[:], text); err != nil {
		return nil, fmt.Errorf("%w: %s", ErrBadKey, f) // what is wrong with it would show a part of it
	}
	return k, nil
}

// Make writes a new key where there is none, durably, and reads it. If we crash here, there is a whole key or none; of
// several programs that do this at once, all get the same key.
func (f KeyFile) Make() (*Key, error) {
	if err := f.make(); err != nil {
		return nil, fmt.Errorf("at rest: make a key file: %w", err)
	}
	return f.Read()
}

func (f KeyFile) make() error {
	if err := os.MkdirAll(filepath.Dir(string(f)), 0o700); err != nil {
		return err
	}
	file, err := os.CreateTemp(filepath.Dir(string(f)), filepath.Base(string(f))+".*.new") // for its owner only
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	_, err = fmt.Fprintf(file, "%x\n", NewKey().raw)
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	if err := os.Link(file.Name(), string(f)); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return durable.SyncDir(filepath.Dir(string(f)))
}

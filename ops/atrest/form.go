package atrest

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// Form is how a file stands on disk.
type Form int

// The forms of a file. Other is what is no database that we know the beginning of, or a file that is empty.
const (
	Absent Form = iota
	Other
	Plain
	Sealed
)

// FormOf is the form of the file at path.
func FormOf(path string) (Form, error) {
	mark, err := markOf(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Absent, nil
	case err != nil:
		return Other, err
	case string(mark) == plainMark:
		return Plain, nil
	case len(mark) == markSize && string(mark[:len(sealedMark)]) == sealedMark:
		return Sealed, nil
	default:
		return Other, nil
	}
}

// Check refuses a file that is in another form than this cipher's: ErrPlain, ErrSealed, ErrWrongKey. There may be no file
// yet, and what is no database at all is for others to refuse.
func (c *Cipher) Check(path string) error {
	form, err := FormOf(path)
	switch {
	case err != nil:
		return fmt.Errorf("at rest: look at %s: %w", path, err)
	case form == Plain && c != nil:
		return fmt.Errorf("%w: %s", ErrPlain, path)
	case form == Sealed && c == nil:
		return fmt.Errorf("%w: %s", ErrSealed, path)
	case form != Sealed:
		return nil
	}
	mark, err := markOf(path)
	if err == nil && string(mark) != string(c.mark[:]) {
		err = fmt.Errorf("%w: %s", ErrWrongKey, path)
	}
	return err
}

// markOf is how the file at path begins.
func markOf(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if about, err := file.Stat(); err != nil || about.IsDir() {
		return nil, err
	}
	mark := make([]byte, markSize)
	n, err := io.ReadFull(file, mark)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	return mark[:n], err
}

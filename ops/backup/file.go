package backup

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"filippo.io/age"

	"signaalboek/ops/durable"
)

// Recipients are public keys: who has the private half of one of them can read a backup.
type Recipients []age.Recipient

// ErrRecipient is a text that is no public key of age.
var ErrRecipient = errors.New("backup: this is no public key of age")

// ParseRecipients reads public keys, as age writes them.
func ParseRecipients(texts []string) (all Recipients, err error) {
	for _, text := range texts {
		found, err := age.ParseRecipients(strings.NewReader(text))
		if err != nil {
			return nil, ErrRecipient // what is wrong with it would show it, and it may be a private one
		}
		all = append(all, found...)
	}
	return all, nil
}

// Identities are private keys.
type Identities []age.Identity

// ErrIdentity is a file without private keys of age.
var ErrIdentity = errors.New("backup: the file holds no private key of age")

// ReadIdentities reads files of private keys, as age-keygen and MakeIdentity write them.
func ReadIdentities(paths []string) (all Identities, err error) {
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("read private keys: %w", err)
		}
		found, err := age.ParseIdentities(bytes.NewReader(raw))
		if err != nil {
			return nil, fmt.Errorf("%w: %s", ErrIdentity, path) // what is wrong with it may show it
		}
		all = append(all, found...)
	}
	return all, nil
}

// MakeIdentity writes a new private key in a file that is not there yet, for its owner only, and gives the public one.
func MakeIdentity(path string) (recipient string, err error) {
	made, err := age.GenerateX25519Identity()
	if err != nil {
		return "", fmt.Errorf("make a private key: %w", err)
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", fmt.Errorf("make a private key: %w", err)
	}
	_, err = fmt.Fprintf(file, "# %s\n%s\n", made.Recipient(), made)
	if err := errors.Join(err, file.Sync(), file.Close(), durable.SyncDir(filepath.Dir(path))); err != nil {
		return "", fmt.Errorf("write a private key: %w", err)
	}
	return made.Recipient().String(), nil
}

// Made is a backup that was made.
type Made struct {
	Path     string
	Bytes    int64
	Manifest Manifest
}

// Make makes a backup in a directory, which it makes if need be; fill writes its parts. When it returns without an error
// the backup is whole and durable. Killed at any moment, it leaves a file that ends in .new, or nothing.
func Make(dir string, header Header, to Recipients, fill func(*Writer) error) (Made, error) {
	made := Made{Path: filepath.Join(dir, header.name())}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return made, fmt.Errorf("make a backup: %w", err)
	}
	if _, err := os.Lstat(made.Path); !errors.Is(err, fs.ErrNotExist) {
		return made, errors.Join(err, fmt.Errorf("make a backup: %w: %s", fs.ErrExist, made.Path))
	}
	file, err := os.OpenFile(made.Path+unfinished, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return made, fmt.Errorf("make a backup: %w", err)
	}
	made.Manifest, err = write(file, header, to, fill)
	if err == nil {
		err = file.Sync()
	}
	if about, failed := file.Stat(); failed == nil {
		made.Bytes = about.Size()
	}
	if err := errors.Join(err, file.Close()); err != nil {
		return made, fmt.Errorf("make a backup: %w", errors.Join(err, os.Remove(file.Name())))
	}
	// If we crash here, what was made has no name, and is removed later: see Prune.
	if err := os.Rename(file.Name(), made.Path); err != nil {
		return made, fmt.Errorf("name a backup: %w", err)
	}
	return made, durable.SyncDir(dir)
}

// write writes a backup, encrypted.
func write(file io.Writer, header Header, to Recipients, fill func(*Writer) error) (Manifest, error) {
	sealed, err := age.Encrypt(file, to...)
	if err != nil {
		return Manifest{}, err
	}
	w := newWriter(sealed, header)
	if err := fill(w); err != nil {
		return Manifest{}, err
	}
	said, err := w.finish()
	return said, errors.Join(err, sealed.Close())
}

// File is a backup that is read. One goroutine uses it.
type File struct {
	Path   string
	Header Header

	identities Identities
}

// Open looks how a backup begins. It fails with ErrNotForUs, ErrDamaged or ErrNewer.
func Open(path string, identities Identities) (*File, error) {
	f := &File{Path: path, identities: identities}
	r, closing, err := f.open()
	if err != nil {
		return nil, err
	}
	f.Header = r.said.Header
	return f, closing()
}

// open begins to read it.
func (f *File) open() (*reader, func() error, error) {
	file, err := os.Open(f.Path)
	if err != nil {
		return nil, nil, fmt.Errorf("open a backup: %w", err)
	}
	opened, err := age.Decrypt(file, f.identities...)
	if err == nil {
		var r *reader
		if r, err = newReader(authentic{opened}); err == nil {
			return r, file.Close, nil
		}
	}
	return nil, nil, errors.Join(f.explain(err), file.Close())
}

// explain says what it means that age does not open a file, or that what is in it is not right, and which file.
func (f *File) explain(err error) error {
	_, others := errors.AsType[*age.NoIdentityMatchError](err)
	switch {
	case others:
		err = ErrNotForUs
	case !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrNewer):
		err = fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return fmt.Errorf("%s: %w", filepath.Base(f.Path), err)
}

// authentic takes what age says of a piece that it does not open for damage.
type authentic struct{ io.Reader }

func (a authentic) Read(p []byte) (int, error) {
	n, err := a.Reader.Read(p)
	if err != nil && !errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return n, err
}

// Records gives the records of one part. It reads the whole backup, and ends with an error unless all of it is right, so
// nothing that it gave is good before it has ended. Each record stays as it is until the next.
func (f *File) Records(part string) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		if _, err := f.read(part, yield); err != nil && !errors.Is(err, errEnough) {
			yield(nil, err)
		}
	}
}

// errEnough is a reader that wants no more.
var errEnough = errors.New("backup: enough")

// read reads the whole backup, gives the records of one part, and returns its manifest.
func (f *File) read(part string, yield func([]byte, error) bool) (said Manifest, err error) {
	r, closing, err := f.open()
	if err != nil {
		return said, err
	}
	defer func() {
		if failed := closing(); err == nil {
			err = failed
		}
	}()
	for _, name := range partsOf[r.said.Kind] {
		for record, err := range r.part(name) {
			if err != nil {
				return said, f.explain(err)
			}
			if name == part && !yield(record, nil) {
				return said, errEnough
			}
		}
	}
	if said, err = r.manifest(); err != nil {
		return said, f.explain(err)
	}
	return said, nil
}

// partsOf is the parts of each kind of backup, in their order.
var partsOf = map[Kind][]string{Log: {eventsPart}, Vault: {VaultPart, AccountsPart}}

// The names of the parts.
const (
	eventsPart   = "events"
	VaultPart    = "vault"
	AccountsPart = "accounts"
)

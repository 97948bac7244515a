package vault

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"

	"github.com/google/uuid"
	"signaalboek/domain"
)

// The errors of this vault, beside those of domain.Vault and of a context.
var (
	ErrNoMaster    = errors.New("vault: the master key is lost: put back its copy; no new one is made beside a vault")
	ErrNoVault     = errors.New("vault: the vault is lost, though its master key is there: put back its copy")
	ErrWrongMaster = errors.New("vault: the master key is not the one that this vault was wrapped with")
	ErrExposed     = errors.New("vault: others on this machine may read the master key")
	ErrForeign     = errors.New("vault: this file is not a vault of this program")
	ErrNewer       = errors.New("vault: this file has a form that this program does not know")
	ErrAltered     = errors.New("vault: altered, or moved from its place")
	ErrNoKey       = errors.New("vault: no such key")
	ErrClosed      = errors.New("vault: closed")
)

// keysKept is how many opened keys stay in memory, twice over. A key takes about a kilobyte.
const keysKept = 4096

// Vault is a vault in a directory. See the package comment for its files.
type Vault struct {
	master *master
	digest secret
	marks  secret

	writer  *writer
	reader  chan *conn // holds the reading connection when nobody uses it
	closing sync.Once
	keys    *cache[uuid.UUID, *key]
	secrets *cache[string, secret] // by name
}

var _ domain.Vault = (*Vault)(nil)

// Open opens the vault in dir, and makes one, and the directory, if there never was one. It refuses a foreign file, a
// newer one, another master key, and a vault of which one file is lost: see the errors.
func Open(ctx context.Context, dir string) (*Vault, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("vault: make directory: %w", err)
	}
	f := filesIn(dir)
	if err := f.prepare(); err != nil {
		return nil, err
	}
	return f.open()
}

func (f files) open() (*Vault, error) {
	m, err := f.readMaster()
	if err != nil {
		return nil, err
	}
	reading, err := f.connect()
	if err != nil {
		return nil, err
	}
	writing, err := f.connect()
	if err != nil {
		reading.close()
		return nil, err
	}
	v, err := newVault(m, reading)
	if err = errors.Join(err, f.restrict()); err != nil {
		reading.close()
		writing.close()
		return nil, err
	}
	go v.writer.run(writing)
	return v, nil
}

// newVault reads the vault's own secrets, and so proves that its master key is the right one.
func newVault(m *master, reading *conn) (*Vault, error) {
	v := &Vault{
		master:  m,
		writer:  newWriter(),
		reader:  make(chan *conn, 1),
		keys:    newCache[uuid.UUID, *key](keysKept),
		secrets: newCache[string, secret](keysKept),
	}
	for name, own := range map[string]*secret{digestName: &v.digest, marksName: &v.marks} {
		s, found, err := find(reading, m, secretByName, name)
		if err != nil {
			return nil, err
		}
		if !found {
			return nil, fmt.Errorf("%w: it has no secret %s", ErrForeign, name)
		}
		*own = s
	}
	v.reader <- reading
	return v, nil
}

// Close ends the vault when what was being written is durable. A method that is called later fails with ErrClosed, or
// answers from memory.
func (v *Vault) Close() (err error) {
	v.closing.Do(func() {
		v.writer.stop()
		reading := <-v.reader
		err = reading.close()
	})
	return err
}

// read lends the reading connection to look.
func (v *Vault) read(ctx context.Context, look func(*conn) error) error {
	select {
	case db := <-v.reader:
		defer func() { v.reader <- db }()
		db.SetInterrupt(ctx)
		defer db.SetInterrupt(context.Background())
		err := look(db)
		if ended := ctx.Err(); err != nil && ended != nil {
			return ended
		}
		return err
	case <-ctx.Done():
		return ctx.Err()
	case <-v.writer.closed:
		return ErrClosed
	}
}

// Seal implements domain.Vault.
func (v *Vault) Seal(ctx context.Context, subject domain.StreamID, at domain.Place, s domain.Sealed) (domain.Sealed, error) {
	if err := ctx.Err(); err != nil || s.IsZero() {
		return domain.Sealed{}, err
	}
	plain, scope := s.Plain()
	if plain == "" {
		return domain.Sealed{}, fmt.Errorf("vault: seal %s of event %s: sealed already", at.Field, at.Event)
	}
	k, err := v.keyFor(ctx, subject, at, scope)
	if err != nil {
		return domain.Sealed{}, fmt.Errorf("vault: seal %s of event %s: %w", at.Field, at.Event, err)
	}
	return domain.Sealed{Key: k.id, Box: k.seal(at, plain), Place: at}, nil
}

// keyFor is the key of a scope, or a new one for a text without.
func (v *Vault) keyFor(ctx context.Context, subject domain.StreamID, at domain.Place, scope domain.KeyScope) (*key, error) {
	var s secret
	var err error
	if scope != "" {
		s, err = v.named(ctx, scopeRow(scope))
	} else {
		s, err = v.make(ctx, func(db *conn) (secret, error) { return textRow(subject, at).insert(db, v.master) })
	}
	if err != nil {
		return nil, err
	}
	return v.keyOf(s), nil
}

// Open implements domain.Vault.
func (v *Vault) Open(ctx context.Context, s domain.Sealed) ([]byte, error) {
	if err := ctx.Err(); err != nil || s.IsZero() {
		return nil, err
	}
	k, err := v.keyByID(ctx, s.Key)
	if err != nil {
		return nil, fmt.Errorf("vault: open %s of event %s: %w", s.Place.Field, s.Place.Event, err)
	}
	plain, err := k.open(s.Place, s.Box)
	if err != nil {
		return nil, fmt.Errorf("vault: open %s of event %s: %w", s.Place.Field, s.Place.Event, err)
	}
	return plain, nil
}

// Seed implements domain.Vault.
func (v *Vault) Seed(ctx context.Context, subject domain.StreamID) ([32]byte, error) {
	if err := ctx.Err(); err != nil {
		return [32]byte{}, err
	}
	s, err := v.named(ctx, seedRow(subject))
	if err != nil {
		return [32]byte{}, fmt.Errorf("vault: seed of %s: %w", subject, err)
	}
	return s.raw, nil
}

// Digest implements domain.Vault.
func (v *Vault) Digest(ctx context.Context, body []byte) ([16]byte, error) {
	if err := ctx.Err(); err != nil {
		return [16]byte{}, err
	}
	return mac(v.digest.raw[:], body), nil
}

// mark stands for a command, where the vault must not name it.
func (v *Vault) mark(kind string, command domain.CommandID) []byte {
	mark := mac(v.marks.raw[:], []byte(kind), command[:])
	return mark[:]
}

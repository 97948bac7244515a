package vault

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"signaalboek/domain"
)

// The errors of this vault, beside those of domain.Vault and of a context.
var (
	ErrNoMaster    = errors.New("vault: the master key is lost: put back its copy; no new one is made beside a vault")
	ErrNoVault     = errors.New("vault: the vault is lost, though its master key is there: put back its copy")
	ErrWrongMaster = errors.New("vault: the master key is not the one that this vault was wrapped with")
	ErrExposed     = errors.New("vault: others on this machine may read the master key")
	ErrForeign     = errors.New("vault: this is not a vault of this program")
	ErrNewer       = errors.New("vault: this vault has a form that this program does not know")
	ErrAltered     = errors.New("vault: altered, or moved from its place")
	ErrNoKey       = errors.New("vault: no such key")
	ErrClosed      = errors.New("vault: closed")
)

// Vault is a vault on rows. See the package comment.
type Vault struct {
	rows Rows
	file KeyFile

	began    time.Time
	epoch    atomic.Pointer[epoch]
	turning  sync.Mutex    // held to replace epoch by a later one
	freshTo  atomic.Int64  // until when, since began, epoch may be used without asking the rows
	asking   chan struct{} // has room for one: whoever fills it asks the rows, for all
	settling sync.Mutex    // held to settle because somebody else has forgotten
	settled  atomic.Int64  // the last generation that this vault has settled

	uses  uses
	stock stock
}

var _ domain.Vault = (*Vault)(nil)

// Open opens the vault on rows with the master key in a file, and finishes what a crash cut off. The rows are the
// vault's from now on: it closes them, also if it does not open. It refuses another master key.
func Open(ctx context.Context, rows Rows, file KeyFile) (*Vault, error) {
	v := &Vault{rows: rows, file: file, asking: make(chan struct{}, 1), began: time.Now()}
	if err := v.finish(ctx); err != nil {
		return nil, errors.Join(err, rows.Close())
	}
	return v, nil
}

// Close ends the vault when what was being written is durable. A method that is called later fails with ErrClosed, or
// answers from memory.
func (v *Vault) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), closing)
	defer cancel()
	v.uses.stop()
	v.stock.stop()
	flushed := v.flushUses(ctx)
	if errors.Is(flushed, ErrClosed) || errors.Is(flushed, domain.ErrVaultAway) {
		flushed = nil // only which cards were used last is lost
	}
	return errors.Join(flushed, v.rows.Close())
}

// closing is how long Close waits for what may be lost.
const closing = 3 * time.Second

// Seal implements domain.Vault.
func (v *Vault) Seal(ctx context.Context, at domain.Place, s domain.Sealed) (domain.Sealed, error) {
	if err := ctx.Err(); err != nil || s.IsZero() {
		return domain.Sealed{}, err
	}
	plain, scope := s.Plain()
	if plain == "" {
		return domain.Sealed{}, fmt.Errorf("vault: seal %s of event %s: sealed already", at.Field, at.Event)
	}
	k, err := v.keyFor(ctx, scope)
	if err != nil {
		return domain.Sealed{}, fmt.Errorf("vault: seal %s of event %s: %w", at.Field, at.Event, err)
	}
	return domain.Sealed{Key: k.id, Box: k.seal(at, plain), Place: at}, nil
}

// keyFor is the key of a scope, or for a text without the next one of the stock.
func (v *Vault) keyFor(ctx context.Context, scope domain.KeyScope) (*key, error) {
	next := v.take
	if scope != "" {
		next = func(ctx context.Context) (bookSecret, error) { return v.named(ctx, scopeRow(scope)) }
	}
	s, err := next(ctx)
	if err != nil {
		return nil, err
	}
	return s.epoch.keyOf(s.secret), nil
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

// keyByID is the key that a sealed text names.
func (v *Vault) keyByID(ctx context.Context, id uuid.UUID) (*key, error) {
	e, err := v.now(ctx)
	if err != nil {
		return nil, err
	}
	if k, kept := e.keys.get(id); kept {
		return k, nil
	}
	var k *key
	err = v.read(ctx, func(b book) error {
		s, found, err := b.find(secretByID, id[:])
		if err == nil && !found {
			err = ErrNoKey
		}
		if err == nil {
			k = b.keyOf(s)
		}
		return err
	})
	return k, err
}

// NewSeed implements domain.Vault: it is the next secret of the stock.
func (v *Vault) NewSeed(ctx context.Context) (id domain.SeedID, seed [32]byte, err error) {
	if err := ctx.Err(); err != nil {
		return id, seed, err
	}
	s, err := v.take(ctx)
	if err != nil {
		return id, seed, fmt.Errorf("vault: new seed: %w", err)
	}
	s.seeds.put(s.id, s.raw)
	return s.id, s.raw, nil
}

// Seed implements domain.Vault.
func (v *Vault) Seed(ctx context.Context, id domain.SeedID) (seed [32]byte, err error) {
	if err := ctx.Err(); err != nil {
		return seed, err
	}
	e, err := v.now(ctx)
	if err != nil {
		return seed, fmt.Errorf("vault: seed %s: %w", id, err)
	}
	if kept, found := e.seeds.get(id); found {
		return kept, nil
	}
	err = v.read(ctx, func(b book) error {
		s, found, err := b.find(seedByID, id[:])
		if err == nil && !found {
			err = domain.ErrNoSeed
		}
		if err == nil {
			seed = s.raw
			b.seeds.put(id, seed)
		}
		return err
	})
	if err != nil {
		return [32]byte{}, fmt.Errorf("vault: seed %s: %w", id, err)
	}
	return seed, nil
}

// Digest implements domain.Vault.
func (v *Vault) Digest(ctx context.Context, body []byte) ([16]byte, error) {
	if err := ctx.Err(); err != nil {
		return [16]byte{}, err
	}
	e, err := v.now(ctx)
	if err != nil {
		return [16]byte{}, fmt.Errorf("vault: digest: %w", err)
	}
	return mac(e.digest.raw[:], body), nil
}

// named is the secret with the row's name: from memory, from the rows, or made.
func (v *Vault) named(ctx context.Context, r row) (s bookSecret, err error) {
	e, err := v.now(ctx)
	if err != nil {
		return s, err
	}
	if kept, found := e.secrets.get(r.name); found {
		return bookSecret{e, kept}, nil
	}
	found := false
	err = v.read(ctx, func(b book) (err error) {
		s.epoch = b.epoch
		s.secret, found, err = b.find(secretByName, r.name)
		return err
	})
	if err == nil && !found {
		s, err = write(ctx, v, func(b book) (bookSecret, error) {
			made, err := b.findOrMake(r)
			return bookSecret{b.epoch, made}, err
		})
	}
	if err != nil {
		return bookSecret{}, err
	}
	s.secrets.put(r.name, s.secret)
	return s, nil
}

// bookSecret is a secret, and the epoch in which it was found.
type bookSecret struct {
	*epoch
	secret
}

// read lends look the rows as they are. It also makes what we know of them fresh.
func (v *Vault) read(ctx context.Context, look func(book) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	asked := v.elapsed()
	err := v.rows.Read(ctx, func(tx Tx) error {
		b, err := v.at(tx)
		if err != nil {
			return err
		}
		return look(b)
	})
	return v.ended(ctx, asked, err)
}

// write has the rows changed, and returns what change answered when that is durable.
func write[T any](ctx context.Context, v *Vault, change func(book) (T, error)) (answer T, err error) {
	if err := ctx.Err(); err != nil {
		return answer, err
	}
	asked := v.elapsed()
	err = v.rows.Write(ctx, func(tx Tx) error {
		b, err := v.at(tx)
		if err != nil {
			return err
		}
		answer, err = change(b)
		return err
	})
	return answer, v.ended(ctx, asked, err)
}

// mark stands for a command, where the vault must not name it.
func (e *epoch) mark(kind string, command domain.CommandID) []byte {
	mark := mac(e.marks.raw[:], []byte(kind), command[:])
	return mark[:]
}

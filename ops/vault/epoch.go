package vault

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"signaalboek/domain"
)

// epoch is what a vault holds in memory between two forgettings. A forgetting ends it, whoever forgot: the next one
// begins with empty hands. What is put into an epoch that has ended is never seen again.
type epoch struct {
	generation   int
	since        time.Duration // when this vault learned of it, since it began
	master       *Master
	digest       secret
	digestsSince time.Time
	marks        secret
	orders       secret
	keys         *cache[uuid.UUID, *key]
	seeds        *cache[domain.SeedID, [secretSize]byte]
	secrets      *cache[string, secret] // by name
}

// keysKept is how many opened keys stay in memory, twice over. A key takes about a kilobyte.
const keysKept = 4096

// lease is how long an epoch may be used after asking the rows whether it has ended. A forgetting returns when every
// lease that was given before it has ended, so nobody opens from memory what is forgotten.
const lease = 100 * time.Millisecond

// state is the row that all vaults on the same rows agree by.
type state struct {
	generation int    // counts forgettings
	master     []byte // id of the master key that wraps every secret
	erase      bool   // a forgetting was not yet erased from pages and journals
}

func readState(tx Tx) (s state, err error) {
	found := false
	err = tx.Do(`SELECT generation, master, erase FROM state`, func(row Row) error {
		found = true
		s = state{generation: row.Int(0), master: append([]byte(nil), row.Bytes(1)...), erase: row.Int(2) != 0}
		return nil
	})
	if err == nil && !found {
		err = fmt.Errorf("%w: it has no state", ErrForeign)
	}
	return s, err
}

// book is one transaction, and what the vault knows that holds in it.
type book struct {
	Tx
	*epoch
	state state
}

// at is the book of a transaction. If a forgetting has ended the epoch that we know, the next one begins here.
func (v *Vault) at(tx Tx) (book, error) {
	s, err := readState(tx)
	if err != nil {
		return book{}, err
	}
	e := v.epoch.Load()
	if e == nil || e.generation != s.generation || !e.master.is(s.master) {
		if e, err = v.turn(tx, e, s); err != nil {
			return book{}, err
		}
	}
	return book{tx, e, s}, nil
}

// turn begins the epoch of a state.
func (v *Vault) turn(tx Tx, before *epoch, s state) (*epoch, error) {
	master, err := v.masterOf(tx, before, s.master)
	if err != nil {
		return nil, err
	}
	e, err := newEpoch(tx, s, master)
	if err != nil {
		return nil, err
	}
	e.since = v.elapsed()
	v.turning.Lock()
	defer v.turning.Unlock()
	if now := v.epoch.Load(); now == nil || now.generation < e.generation {
		v.epoch.Store(e)
	}
	return e, nil
}

// newEpoch reads the vault's own secrets, and so proves that the master key is the right one.
func newEpoch(tx Tx, s state, master *Master) (*epoch, error) {
	e := &epoch{
		generation: s.generation, master: master,
		keys: newCache[uuid.UUID, *key](keysKept), seeds: newCache[domain.SeedID, [secretSize]byte](keysKept), secrets: newCache[string, secret](keysKept),
	}
	for name, own := range map[string]*secret{digestName: &e.digest, marksName: &e.marks, ordersName: &e.orders} {
		found := false
		var err error
		if *own, found, err = find(tx, master, secretByName, name); err != nil {
			return nil, err
		}
		if !found {
			return nil, fmt.Errorf("%w: it has no secret %s", ErrForeign, name)
		}
	}
	var err error
	e.digestsSince, err = notedForgetting(tx, master)
	return e, err
}

// masterOf is the master key with an id: the one we know, the one in the key file, or one that table turn leads to from
// either.
func (v *Vault) masterOf(tx Tx, before *epoch, id []byte) (*Master, error) {
	if before != nil {
		if m, err := follow(tx, before.master, id); err == nil || !errors.Is(err, ErrWrongMaster) {
			return m, err
		}
	}
	held, err := v.file.Read()
	if err != nil {
		return nil, err
	}
	return follow(tx, held, id)
}

// follow turns from one master key to the next, until the one with an id.
func follow(tx Tx, m *Master, id []byte) (*Master, error) {
	for !m.is(id) {
		var next []byte
		err := tx.Do(`SELECT wrapped FROM turn WHERE former = $1`, func(row Row) (err error) {
			next, err = m.unwrap(m.id, row.Bytes(0), "turn", string(m.id))
			return err
		}, m.id)
		switch {
		case err != nil:
			return nil, err
		case len(next) != masterSize:
			return nil, fmt.Errorf("%w: no key leads from it to the vault's", ErrWrongMaster)
		}
		m = masterOf(next)
	}
	return m, nil
}

// elapsed is how long the vault has been open. It never runs backwards.
func (v *Vault) elapsed() time.Duration { return time.Since(v.began) }

// now is the epoch, which no forgetting that has returned can have ended.
func (v *Vault) now(ctx context.Context) (*epoch, error) {
	if v.fresh() {
		return v.epoch.Load(), nil
	}
	select {
	case v.asking <- struct{}{}:
		defer func() { <-v.asking }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if v.fresh() { // somebody else asked
		return v.epoch.Load(), nil
	}
	var e *epoch
	err := v.read(ctx, func(b book) error {
		e = b.epoch
		return nil
	})
	return e, err
}

func (v *Vault) fresh() bool { return v.elapsed() < time.Duration(v.freshTo.Load()) }

// ended is how a transaction ended that was asked for some time ago. If it went well, what we know is fresh from that
// time on; and if it showed that another vault has forgotten something, we see to it that our key file follows.
func (v *Vault) ended(ctx context.Context, asked time.Duration, err error) error {
	if errors.Is(err, domain.ErrVaultAway) {
		v.stock.drop()
	}
	if err != nil {
		return err
	}
	v.freshFrom(asked)
	if int64(v.epoch.Load().generation) <= v.settled.Load() || !v.settling.TryLock() {
		return nil
	}
	defer v.settling.Unlock()
	_, err = v.settle(ctx)
	return err
}

func (v *Vault) freshFrom(asked time.Duration) {
	for until := int64(asked + lease); ; {
		before := v.freshTo.Load()
		if before >= until || v.freshTo.CompareAndSwap(before, until) {
			return
		}
	}
}

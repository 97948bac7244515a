package vault

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/google/uuid"
	"signaalboek/domain"
)

const (
	// stockSize is how many secrets are made at a time: so many that a sync of the disk is shared by many, and so few
	// that what a stop leaves unused is nothing.
	stockSize = 256

	// stockLow is how few are left when more are made.
	stockLow = stockSize / 2

	// fillingWait is how long making them may take. A forgetting of much goes first.
	fillingWait = 30 * time.Second
)

// stock is secrets that are durable and that nobody has yet: whoever needs one does not wait for a disk. They are this
// vault's alone, in memory, and each is handed out once: what is left when the vault is closed, or the program dies, is
// handed out by nobody.
type stock struct {
	mu      sync.Mutex // guards all below
	secrets []secret   // in the order in which they are handed out
	filling *filling   // under way; nil: none is
	closed  bool
}

// filling is a filling of the stock.
type filling struct {
	cancel context.CancelFunc
	done   chan struct{} // closed when it has ended
	err    error         // how it ended, when it has
}

// take hands out a secret. It waits only if the stock is empty.
func (v *Vault) take(ctx context.Context) (bookSecret, error) {
	e, err := v.now(ctx)
	if err != nil {
		return bookSecret{}, err
	}
	for {
		s, found, under := v.stock.next(v.makeSecrets)
		if found {
			return bookSecret{e, s}, nil
		}
		if err := under.wait(ctx); err != nil {
			return bookSecret{}, err
		}
	}
}

// next is a secret, or the filling to wait for. It has the stock filled if there is little left.
func (k *stock) next(fill func(context.Context) ([]secret, error)) (s secret, found bool, under *filling) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.secrets) <= stockLow && k.filling == nil {
		k.begin(fill)
	}
	if len(k.secrets) == 0 {
		return s, false, k.filling
	}
	s = k.secrets[0]
	k.secrets[0] = secret{}
	k.secrets = k.secrets[1:]
	return s, true, nil
}

// begin begins to fill the stock, for whoever needs it; mu is held.
func (k *stock) begin(fill func(context.Context) ([]secret, error)) {
	ctx, cancel := context.WithTimeout(context.Background(), fillingWait)
	f := &filling{cancel: cancel, done: make(chan struct{})}
	k.filling = f
	if k.closed {
		cancel()
	}
	go func() {
		defer cancel()
		made, err := fill(ctx)
		k.end(f, made, err)
	}()
}

func (k *stock) end(f *filling, made []secret, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	switch {
	case k.closed:
		f.err = ErrClosed
	case err != nil:
		f.err = inTime(err)
	default:
		k.secrets = append(k.secrets, made...)
	}
	k.filling = nil
	close(f.done)
}

func (f *filling) wait(ctx context.Context) error {
	select {
	case <-f.done:
		return f.err
	case <-ctx.Done():
		return inTime(ctx.Err())
	}
}

// inTime says of rows that did not answer in time that they are away.
func inTime(err error) error {
	if errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, domain.ErrVaultAway) {
		return fmt.Errorf("%w: %w", domain.ErrVaultAway, err)
	}
	return err
}

// drop throws away what is left. A database that was away may come back as an older copy of itself, without it.
func (k *stock) drop() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.secrets = nil
}

// stop hands out nothing any more, and waits for the filling that is under way.
func (k *stock) stop() {
	k.mu.Lock()
	k.closed, k.secrets = true, nil
	under := k.filling
	k.mu.Unlock()
	if under != nil {
		under.cancel()
		<-under.done
	}
}

// makeSecrets makes a stock durable.
func (v *Vault) makeSecrets(ctx context.Context) ([]secret, error) {
	made, err := write(ctx, v, func(b book) ([]secret, error) { return b.insertMany(stockSize) })
	if err != nil {
		return nil, fmt.Errorf("vault: make secrets: %w", err)
	}
	return made, nil
}

// insertMany makes secrets without a name. Their ids are in the order of time, so that their rows lie behind the last
// ones, and together: few pages change.
func (b book) insertMany(n int) ([]secret, error) {
	made, args := make([]secret, n), make([][]any, n)
	for i := range made {
		s := secretWith(uuid.Must(uuid.NewV7()))
		made[i] = s
		args[i] = []any{s.id[:], b.master.id, b.master.wrap(s.raw[:], row{id: s.id}.bound()...)}
	}
	return made, b.Many(`INSERT INTO secret (id, subject, master, wrapped) VALUES ($1, '', $2, $3)`, args)
}

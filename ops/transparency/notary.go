package transparency

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"signaalboek/domain"
	"signaalboek/domain/proof"
)

// Notary signs the tree of a log when it grew, and only what extends the head. Among replicas that share a head, the one
// that holds the lease signs; when it dies, its lease runs out and another takes over. Moments are those of the machine:
// if clocks differ, two may believe that they hold the lease, and each swap is still won by one.
type Notary struct {
	Notarial
	turning sync.Mutex // held while examining and signing

	mu    sync.Mutex // guards what follows
	state State
}

// Notarial is what a notary works with.
type Notarial struct {
	Tree   *Tree // that somebody runs
	Log    domain.Store
	Heads  Heads
	Keys   Keys
	Holder string        // of the lease: of each process another
	Every  time.Duration // how long what is recorded may go unsigned
	Logger *slog.Logger
}

// State is what a notary saw last.
type State struct {
	Signed proof.Checkpoint // size 0: nothing yet
	At     time.Time        // when that was signed
	Forked error            // domain.ErrForked, if the log does not extend it
}

// Fork is how a log contradicts a promise. It is a domain.ErrForked.
type Fork struct {
	Promised proof.Checkpoint
	Size     int64     // of the tree now
	Root     tlog.Hash // of the tree now, at the promised size; of all of it, if it is shorter
}

func (f *Fork) Error() string {
	if f.Size < f.Promised.Size {
		return fmt.Sprintf("transparency: the log holds %d events, and %d were signed", f.Size, f.Promised.Size)
	}
	return fmt.Sprintf("transparency: the first %d events are not those that were signed", f.Promised.Size)
}

// Unwrap makes it a domain.ErrForked.
func (f *Fork) Unwrap() error { return domain.ErrForked }

// Unwrap makes an alteration a domain.ErrForked.
func (a *Altered) Unwrap() error { return domain.ErrForked }

// The errors of signing, beside domain.ErrForked.
var (
	// ErrOtherKey is a head that is signed with another key than ours.
	ErrOtherKey = errors.New("transparency: the head is signed with another key")

	// ErrNothingLost is a loss that nobody sees: the log extends the head.
	ErrNothingLost = errors.New("transparency: nothing is lost")
)

// leaseTerms is how many times as long as a notary lets things go unsigned its lease holds.
const leaseTerms = 3

// leaseSlack is how many times as long as a lease can be one may seem to last: clocks differ.
const leaseSlack = 2

// Run signs now and then, until its context ends. That the log, or what keeps the head, is away, is waited for; so is a fork,
// which is told to whoever asks State. When nobody records any more, Leave.
func (n *Notary) Run(ctx context.Context) error {
	ticker := time.NewTicker(n.Every)
	defer ticker.Stop()
	for {
		if _, err := n.turn(ctx); err != nil && ctx.Err() == nil {
			n.Logger.Warn("nothing was signed", slog.Any("error", err))
		}
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return nil
		}
	}
}

// Leave signs what is left, once the tree has taken in all that was recorded, and gives the lease back. If that fails, the next
// start signs, after the lease.
func (n *Notary) Leave(ctx context.Context) error {
	_, unsigned := n.turn(ctx)
	_, err := Change(ctx, n.Heads, func(h *Head) error {
		if h.Lease.Holder != n.Holder {
			return errAsItIs
		}
		h.Lease = Lease{}
		return nil
	})
	return errors.Join(unsigned, err)
}

// State is what the notary saw last, without asking anybody.
func (n *Notary) State() State {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.state
}

// Examine looks whether the log extends what was promised, and signs nothing. It fails with domain.ErrForked, ErrOtherKey or
// ErrHeadDamaged.
func (n *Notary) Examine(ctx context.Context) error {
	n.turning.Lock()
	defer n.turning.Unlock()
	_, _, err := n.examine(ctx)
	return err
}

// Sign has the events up to a position signed, if they are not, and returns the first checkpoint that covers them, as far as
// the head knows. If another process signs, this waits for it.
func (n *Notary) Sign(ctx context.Context, position domain.Position) (Signed, error) {
	if err := n.Tree.Wait(ctx, position); err != nil {
		return Signed{}, err
	}
	index, err := n.Tree.Index(ctx, position)
	if err != nil {
		return Signed{}, err
	}
	ticker := time.NewTicker(min(n.Every, time.Second))
	defer ticker.Stop()
	for {
		head, err := n.turn(ctx)
		if err != nil {
			return Signed{}, err
		}
		if signed, found := head.covering(index); found {
			return signed, nil
		}
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return Signed{}, ctx.Err()
		}
	}
}

// covering is the first checkpoint that the head holds of a tree with this event in it.
func (h Head) covering(index int64) (Signed, bool) {
	for _, signed := range h.Checkpoints {
		if c, err := signed.Checkpoint(); err == nil && c.Size > index {
			return signed, true
		}
	}
	return Signed{}, false
}

// turn signs what is not signed, unless another process does, and returns the head as it then is.
func (n *Notary) turn(ctx context.Context) (Head, error) {
	n.turning.Lock()
	defer n.turning.Unlock()
	head, promised, err := n.examine(ctx)
	if err != nil || n.Tree.Size() <= promised.Size || n.othersTurn(head) {
		return head, err
	}
	if err := n.Tree.Keep(); err != nil { // what a checkpoint promises can be proven from the directory
		return head, err
	}
	now := n.Tree.Extent()
	head, err = Change(ctx, n.Heads, func(h *Head) error {
		if again, err := h.Promised(); err != nil || again != promised || n.othersTurn(*h) {
			return errAsItIs // another was quicker: we look again at our next turn
		}
		return n.sign(ctx, h, now)
	})
	if err == nil {
		n.saw(head, nil)
	}
	return head, err
}

// othersTurn reports whether another process holds the lease. One that ends later than any that begins now was written by a
// clock that was wrong, and is none: nobody would sign until then.
func (n *Notary) othersTurn(h Head) bool {
	left := time.Until(h.Lease.Until)
	return !h.Lease.IsZero() && h.Lease.Holder != n.Holder && left > 0 && left <= leaseSlack*leaseTerms*n.Every
}

// examine is the head as it is and what it promises, if the log extends it.
func (n *Notary) examine(ctx context.Context) (Head, proof.Checkpoint, error) {
	head, promised, err := n.promised(ctx)
	if err != nil {
		return head, promised, err
	}
	err = n.extends(ctx, promised)
	if err == nil || errors.Is(err, domain.ErrForked) {
		n.saw(head, err)
	}
	return head, promised, err
}

// promised is the head as it is, and what it promises. It must be read before the log: what it promises was in the log then.
func (n *Notary) promised(ctx context.Context) (Head, proof.Checkpoint, error) {
	head, err := n.Heads.Head(ctx)
	if err != nil || head.Origin == "" {
		return head, proof.Checkpoint{Root: proof.EmptyRoot}, err
	}
	ours, err := n.Keys.Verifier(head.Origin)
	if err == nil && ours != head.Key {
		err = ErrOtherKey
	}
	if err != nil {
		return head, proof.Checkpoint{}, err
	}
	promised, err := head.Promised()
	return head, promised, err
}

// extends fails with domain.ErrForked unless the log extends a checkpoint.
func (n *Notary) extends(ctx context.Context, promised proof.Checkpoint) error {
	end, err := n.Log.End(ctx)
	if err != nil {
		return err
	}
	if err := n.Tree.Reach(ctx, end); err != nil {
		return err
	}
	if now := n.Tree.Extent(); now.Size < promised.Size {
		return &Fork{promised, now.Size, now.Root}
	}
	root, err := n.Tree.Root(ctx, promised.Size)
	if err == nil && root != promised.Root {
		err = &Fork{promised, n.Tree.Size(), root}
	}
	return err
}

// sign puts a checkpoint of the tree on the head, which it extends, and takes the lease.
func (n *Notary) sign(ctx context.Context, h *Head, now Extent) error {
	if h.Origin == "" {
		if err := n.begin(ctx, h); err != nil {
			return err
		}
	}
	signer, err := n.Keys.Signer(h.Origin)
	if err != nil {
		return fmt.Errorf("sign %d events: %w", now.Size, err)
	}
	note, err := proof.Checkpoint{Origin: h.Origin, Size: now.Size, Root: now.Root}.Sign(signer)
	if err != nil {
		return err
	}
	at := time.Now().UTC()
	h.Checkpoints = trimmed(append(h.Checkpoints, Signed{Note: string(note), Position: now.Position.String(), At: at}))
	h.Lease = Lease{n.Holder, at.Add(leaseTerms * n.Every)}
	return nil
}

// begin gives a history its name: that of its first event, and a number if histories under that name have ended.
func (n *Notary) begin(ctx context.Context, h *Head) (err error) {
	first, err := n.Tree.Event(ctx, 0)
	if err != nil {
		return fmt.Errorf("name the history: %w", err)
	}
	h.Origin = fmt.Sprintf("%s/%s", keyName, first.ID)
	if ended := len(h.Earlier); ended > 0 {
		h.Origin += fmt.Sprintf("/%d", ended+1)
	}
	h.Key, err = n.Keys.Verifier(h.Origin)
	return err
}

// saw takes in what the head promises, and whether the log extends it.
func (n *Notary) saw(h Head, forked error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	last, _ := h.Last()
	n.state.Signed, n.state.At = proof.Checkpoint{}, last.At
	if promised, err := last.Checkpoint(); err == nil {
		n.state.Signed = promised
	}
	if forked != nil && n.state.Forked == nil {
		n.Logger.Error("the log contradicts what was signed", slog.Any("error", forked))
	}
	n.state.Forked = forked
}

// AcceptLoss ends a history that the log does not extend, and begins another over the log as it is. What was promised stays
// in the head: everybody may see that it was, and why it does not go on. Of a head that is damaged stays what can be read, and
// that there was one. It fails with ErrNothingLost if the log extends the head.
func (n *Notary) AcceptLoss(ctx context.Context, why Loss) error {
	n.turning.Lock()
	err := n.accept(ctx, why)
	n.turning.Unlock()
	if err != nil {
		return err
	}
	_, err = n.turn(ctx)
	return err
}

func (n *Notary) accept(ctx context.Context, why Loss) error {
	lost, _, err := n.examine(ctx)
	switch {
	case err == nil:
		return ErrNothingLost
	case errors.Is(err, ErrHeadDamaged):
		return n.abandon(ctx, why)
	case !errors.Is(err, domain.ErrForked) && !errors.Is(err, ErrOtherKey):
		return err
	}
	_, err = Change(ctx, n.Heads, func(h *Head) error {
		last, any := h.Last()
		if h.Origin != lost.Origin || !any {
			return ErrMoved
		}
		h.Earlier = append(h.Earlier, Ended{h.Origin, h.Key, last, why, time.Now().UTC()})
		h.Origin, h.Key, h.Checkpoints, h.Lease = "", "", nil, Lease{}
		return nil
	})
	return err
}

// abandon puts a head without a history in the place of one that is damaged.
func (n *Notary) abandon(ctx context.Context, why Loss) error {
	damaged, err := n.Heads.Head(ctx)
	if err != nil && !errors.Is(err, ErrHeadDamaged) {
		return err
	}
	last, _ := damaged.Last()
	ended := Ended{damaged.Origin, damaged.Key, last, why, time.Now().UTC()}
	_, err = swap(ctx, n.Heads, Head{
		Revision: damaged.Revision, Earlier: append(damaged.Earlier, ended), Verified: damaged.Verified,
	})
	return err
}

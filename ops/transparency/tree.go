package transparency

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"maps"
	"os"
	"slices"
	"sync"

	"golang.org/x/mod/sumdb/tlog"

	"signaalboek/domain"
	"signaalboek/domain/proof"
)

// Tree is the tree over a log, with its hashes in a directory. One process works on a directory at a time; several
// goroutines may ask at once. In memory are the right edge and what is not written yet: the same few megabytes however
// long the log is.
//
// Nothing that is read from the directory is believed before it is seen to lead to the root, so a damaged tile is found
// when it is used, and made anew from the log.
type Tree struct {
	dir   tileDir
	store domain.Store

	following sync.Mutex // held by who takes in events: there is one
	keeping   sync.Mutex // held while the directory is brought up to the edge

	mu       sync.RWMutex // guards all below
	edge     edge
	at       domain.Position // of the last event
	frontier domain.Frontier
	recent   passed
	whole    map[tlog.Tile][]byte // tiles that are not in the directory yet
	ends     []domain.Position    // of the tiles of level 0 among them: where their last event stands
	kept     int64                // size up to which the directory is whole
	grew     chan struct{}        // closed, and replaced, when it grows, or nobody follows the log any more
	err      error                // why it grows no more
}

// The errors of a tree, beside those of its store.
var (
	ErrNoEvent = errors.New("transparency: no event stands there")
	ErrBeyond  = errors.New("transparency: the tree is not so large")
	errDamaged = errors.New("transparency: the directory is damaged")
	errOther   = errors.New("transparency: the directory is of another log")
)

// Altered is a log that no longer holds what it held when the tree took it in: no fault of ours, and no damage that can be
// made good.
type Altered struct {
	Index int64 // of the first event that is not what it was, counted from 0
}

func (a *Altered) Error() string {
	return fmt.Sprintf("transparency: the log was altered, from event %d on", a.Index+1)
}

// Extent is how far a tree goes.
type Extent struct {
	Size     int64 // in events
	Root     tlog.Hash
	Position domain.Position // of the last event
	Frontier domain.Frontier // over all of them
}

// Open opens the tree of a log in a directory. What does not belong to the log, or is damaged, is moved aside (".before"),
// and the tree begins anew.
func Open(ctx context.Context, dir string, store domain.Store) (*Tree, error) {
	t := empty(dir, store)
	err := t.load(ctx)
	if errors.Is(err, errDamaged) || errors.Is(err, errOther) {
		t = empty(dir, store)
		err = t.dir.moveAside()
	}
	if err == nil {
		err = os.MkdirAll(dir, 0o700)
	}
	if err != nil {
		return nil, fmt.Errorf("open the tree: %w", err)
	}
	return t, nil
}

func empty(dir string, store domain.Store) *Tree {
	return &Tree{dir: tileDir(dir), store: store, whole: map[tlog.Tile][]byte{}, grew: make(chan struct{})}
}

// load takes in what the directory holds, and finds out whether it belongs to the log: by its last event. An alteration
// before that is found by Recompute.
func (t *Tree) load(ctx context.Context) error {
	k, err := t.dir.kept()
	if err != nil || k.Size == 0 {
		return err
	}
	if t.at, t.frontier, err = k.at(); err != nil {
		return err
	}
	if t.edge, err = t.dir.edge(k.Size); err != nil {
		return err
	}
	if t.edge.root() != k.Root {
		return fmt.Errorf("%w: the last tiles do not lead to the root", errDamaged)
	}
	t.kept = k.Size
	t.recent.add(t.at, t.frontier)
	return t.meetLog(ctx)
}

// meetLog fails with errOther unless the last event of the tree stands where it stood.
func (t *Tree) meetLog(ctx context.Context) error {
	last, err := t.read(ctx, t.edge.size-1)
	if err != nil {
		return err
	}
	if last.Position != t.at {
		return errOther
	}
	hash, err := proof.Leaf(last)
	if err != nil {
		return errOther
	}
	return t.stands(t.edge.size-1, hash)
}

// Run follows the log from where the tree is, until its context ends. Any other error is a fault that names a position.
func (t *Tree) Run(ctx context.Context) error {
	t.following.Lock()
	err := errors.Join(t.follow(ctx, t.store.Follow), t.Keep())
	t.following.Unlock()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.err = err
	t.wake()
	return err
}

// CatchUp takes in the log as it is now, for who does not run the tree.
func (t *Tree) CatchUp(ctx context.Context) error {
	t.following.Lock()
	return t.catchUp(ctx)
}

// catchUp is for who holds following, and gives it back.
func (t *Tree) catchUp(ctx context.Context) error {
	err := errors.Join(t.follow(ctx, t.store.ReadAll), t.Keep())
	t.following.Unlock()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.wake()
	return err
}

// Reach returns when the tree has taken in the event at a position, also when nobody runs it, or does not any more: it is
// then taken in here. Others record meanwhile, so whoever just caught up may be behind again.
func (t *Tree) Reach(ctx context.Context, position domain.Position) error {
	for {
		t.mu.RLock()
		there, grew := !t.at.Before(position), t.grew
		t.mu.RUnlock()
		switch {
		case there:
			return nil
		case t.following.TryLock():
			return t.catchUp(ctx)
		}
		select {
		case <-grew:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// keepEvery is how many whole tiles wait before they are written, while there are more to come: two megabytes.
const keepEvery = 256

// follow takes in events; whoever calls holds following.
func (t *Tree) follow(ctx context.Context, events func(context.Context, domain.Position) iter.Seq2[domain.Recorded, error]) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	due := make(chan struct{}, 1)
	var keeping sync.WaitGroup
	keeping.Go(func() { t.keepWhenDue(due, cancel) })
	defer keeping.Wait()
	defer close(due)
	from := t.Position()
	for leaves, err := range hashed(ctx, func(ctx context.Context) iter.Seq2[domain.Recorded, error] { return events(ctx, from) }) {
		waiting := t.take(leaves)
		if err != nil {
			return fmt.Errorf("tree: after position %s: %w", t.Position(), err)
		}
		if waiting >= keepEvery {
			select {
			case due <- struct{}{}:
			default:
			}
		}
		if waiting >= 4*keepEvery { // the disk is slower than the log
			if err := t.Keep(); err != nil {
				return err
			}
		}
	}
	return context.Cause(ctx)
}

func (t *Tree) keepWhenDue(due <-chan struct{}, failed func(error)) {
	for range due {
		if err := t.Keep(); err != nil {
			failed(err)
		}
	}
}

// take takes in leaves, and returns how many whole tiles are not in the directory yet.
func (t *Tree) take(leaves []leaf) (waiting int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, l := range leaves {
		t.at, t.frontier = l.at, t.frontier.Step(l.mark)
		t.edge.add(l.hash, func(tile tlog.Tile, hashes []tlog.Hash) {
			t.whole[tile] = written(hashes)
			if tile.L == 0 {
				t.ends = append(t.ends, l.at)
			}
		})
		t.recent.add(t.at, t.frontier)
	}
	t.wake()
	return len(t.whole)
}

// wake has everybody who waits look again; t.mu is held.
func (t *Tree) wake() {
	close(t.grew)
	t.grew = make(chan struct{})
}

// Keep brings the directory up to where the tree is, durably. If we die here, it says what it said before, and what was
// written behind that is written again.
func (t *Tree) Keep() error {
	t.keeping.Lock()
	defer t.keeping.Unlock()
	t.mu.RLock()
	before, now, last, tiles := t.kept, t.extent(), slices.Clone(t.ends), maps.Clone(t.whole)
	t.edge.partial(func(tile tlog.Tile, hashes []tlog.Hash) { tiles[tile] = written(hashes) })
	t.mu.RUnlock()
	for _, tile := range ends(before) { // is there, and may be needed if we die
		delete(tiles, tile)
	}
	if now.Size == before {
		return nil
	}
	if err := t.dir.write(tiles); err != nil {
		return err
	}
	if err := t.dir.writePositions(before/tileWidth, last); err != nil {
		return err
	}
	if err := t.dir.keep(keptAs(now)); err != nil {
		return err
	}
	t.mu.Lock()
	maps.DeleteFunc(t.whole, func(tile tlog.Tile, _ []byte) bool { return tiles[tile] != nil })
	t.ends, t.kept = t.ends[len(last):], now.Size
	t.mu.Unlock()
	return t.dir.dropEnds(before, now.Size)
}

func keptAs(e Extent) kept {
	return kept{e.Size, e.Root, e.Position.String(), hex.EncodeToString(e.Frontier.Sum[:])}
}

// Extent is how far the tree goes now.
func (t *Tree) Extent() Extent {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.extent()
}

func (t *Tree) extent() Extent { return Extent{t.edge.size, t.edge.root(), t.at, t.frontier} }

// Size is how many events the tree has taken in.
func (t *Tree) Size() int64 {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.edge.size
}

// Position is where the last of them stands in the log.
func (t *Tree) Position() domain.Position {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.at
}

// Wait returns when the tree has taken in the event at a position.
func (t *Tree) Wait(ctx context.Context, position domain.Position) error {
	for {
		t.mu.RLock()
		there, grew, err := !t.at.Before(position), t.grew, t.err
		t.mu.RUnlock()
		if there {
			return nil
		}
		if err != nil {
			return fmt.Errorf("tree: it grows no more: %w", err)
		}
		select {
		case <-grew:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Frontier is that over the log up to a position, if the tree was there lately.
func (t *Tree) Frontier(position domain.Position) (domain.Frontier, bool) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	if position.IsZero() {
		return domain.Frontier{}, true
	}
	return t.recent.at(position)
}

package transparency

import (
	"context"
	"errors"
	"fmt"
	"sort"

	"golang.org/x/mod/sumdb/tlog"

	"signaalboek/domain"
	"signaalboek/domain/proof"
)

// Root is the root that the tree had, or has, at a size.
func (t *Tree) Root(ctx context.Context, size int64) (root tlog.Hash, err error) {
	err = t.proven(ctx, size, func(from tlog.HashReader) error {
		root, err = tlog.TreeHash(size, from)
		return err
	})
	return root, err
}

// Inclusion proves that the leaf at an index, counted from 0, stands in the tree of a size.
func (t *Tree) Inclusion(ctx context.Context, index, size int64) (proof.Inclusion, error) {
	p := proof.Inclusion{Index: index, Size: size}
	if index < 0 || index >= size {
		return p, fmt.Errorf("prove event %d of %d: %w", index+1, size, ErrNoEvent)
	}
	err := t.proven(ctx, size, func(from tlog.HashReader) (err error) {
		p.Hashes, err = tlog.ProveRecord(size, index, from)
		return err
	})
	return p, err
}

// Consistency proves that the tree of one size is the beginning of that of another.
func (t *Tree) Consistency(ctx context.Context, old, size int64) (proof.Consistency, error) {
	p := proof.Consistency{Old: old, New: size}
	if old < 0 || old > size {
		return p, fmt.Errorf("prove %d from %d: %w", size, old, ErrBeyond)
	}
	err := t.proven(ctx, size, func(from tlog.HashReader) (err error) {
		if old > 0 {
			p.Hashes, err = tlog.ProveTree(size, old, from)
		}
		return err
	})
	return p, err
}

// Leaf is the hash of the leaf at an index.
func (t *Tree) Leaf(index int64) (hash tlog.Hash, err error) {
	err = t.asking(index+1, func(from tlog.HashReader) error {
		hashes, err := from.ReadHashes([]int64{tlog.StoredHashIndex(0, index)})
		if err == nil {
			hash = hashes[0]
		}
		return err
	})
	return hash, err
}

// proven asks the tree something; when the directory turns out to be damaged, it is made good, and asked again.
func (t *Tree) proven(ctx context.Context, size int64, ask func(tlog.HashReader) error) error {
	return t.healing(ctx, func() error { return t.asking(size, ask) })
}

// healing does something once more when the directory was damaged: it is then made good from the log.
func (t *Tree) healing(ctx context.Context, do func() error) error {
	err := do()
	if !errors.Is(err, errDamaged) {
		return err
	}
	if _, err := t.Recompute(ctx); err != nil {
		return err
	}
	return do()
}

// asking gives ask the hashes of the tree as it is; they lead to its root.
func (t *Tree) asking(size int64, ask func(tlog.HashReader) error) error {
	t.mu.RLock()
	defer t.mu.RUnlock()
	if size < 0 || size > t.edge.size {
		return fmt.Errorf("ask for %d of %d events: %w", size, t.edge.size, ErrBeyond)
	}
	shelf := &shelf{tree: t}
	err := ask(tlog.TileHashReader(tlog.Tree{N: t.edge.size, Hash: t.edge.root()}, shelf))
	if err != nil && shelf.err == nil { // tlog saw that a tile leads elsewhere
		return fmt.Errorf("%w: %w", errDamaged, err)
	}
	return err
}

// shelf is the tiles of a tree as it is, wherever they are. It implements tlog.TileReader. The tree is locked.
type shelf struct {
	tree *Tree
	err  error
}

// Height implements tlog.TileReader.
func (s *shelf) Height() int { return tileHeight }

// SaveTiles implements tlog.TileReader: the file system remembers them well enough.
func (s *shelf) SaveTiles([]tlog.Tile, [][]byte) {}

// ReadTiles implements tlog.TileReader.
func (s *shelf) ReadTiles(tiles []tlog.Tile) (all [][]byte, err error) {
	for _, tile := range tiles {
		raw, err := s.read(tile)
		if err != nil {
			s.err = err
			return nil, err
		}
		all = append(all, raw)
	}
	return all, nil
}

func (s *shelf) read(tile tlog.Tile) ([]byte, error) {
	if tile.W < tileWidth {
		return written(s.tree.edge.tiles[tile.L]), nil
	}
	if raw, waiting := s.tree.whole[tile]; waiting {
		return raw, nil
	}
	return s.tree.dir.read(tile)
}

// Index is where the event at a position stands in the tree, counted from 0. It fails with ErrNoEvent if none stands there,
// or the tree has not come there.
func (t *Tree) Index(ctx context.Context, position domain.Position) (index int64, err error) {
	err = t.healing(ctx, func() error {
		var hash tlog.Hash
		if index, hash, err = t.find(ctx, position); err != nil {
			return err
		}
		return t.stands(index, hash)
	})
	return index, err
}

// stands fails with errDamaged unless a leaf stands at an index: the file of positions led us astray.
func (t *Tree) stands(index int64, hash tlog.Hash) error {
	held, err := t.Leaf(index)
	if err == nil && held != hash {
		err = fmt.Errorf("event %d: %w", index+1, errDamaged)
	}
	return err
}

// find looks in the log for the event at a position, from the beginning of its tile on. It is there if it is anywhere; if
// the tile was the wrong one, so is the index.
func (t *Tree) find(ctx context.Context, position domain.Position) (index int64, hash tlog.Hash, err error) {
	tile, after, err := t.tileOf(position)
	if err != nil {
		return 0, hash, err
	}
	index = tile * tileWidth
	for recorded, err := range t.store.ReadAll(ctx, after) {
		if err != nil {
			return 0, hash, fmt.Errorf("find the event at %s: %w", position, err)
		}
		if recorded.Position == position {
			hash, err := proof.Leaf(recorded)
			return index, hash, err
		}
		if position.Before(recorded.Position) {
			break
		}
		index++
	}
	return 0, hash, fmt.Errorf("find the event at %s: %w", position, ErrNoEvent)
}

// tileOf is the tile of level 0 in which an event stands, and the position before it.
func (t *Tree) tileOf(position domain.Position) (tile int64, after domain.Position, err error) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	if t.at.Before(position) {
		return 0, after, fmt.Errorf("find the event at %s: %w", position, ErrNoEvent)
	}
	tile = int64(sort.Search(int(t.edge.size/tileWidth), func(i int) bool {
		end, failed := t.end(int64(i))
		err = errors.Join(err, failed)
		return !end.Before(position)
	}))
	if err == nil {
		after, err = t.end(tile - 1)
	}
	return tile, after, err
}

// end is the position of the last event of a whole tile of level 0; t.mu is held.
func (t *Tree) end(tile int64) (domain.Position, error) {
	if waiting := tile - t.kept/tileWidth; waiting >= 0 {
		return t.ends[waiting], nil
	}
	return t.dir.position(tile)
}

// Event is the event at an index, as it stands in the log. ErrNoEvent.
func (t *Tree) Event(ctx context.Context, index int64) (event domain.Recorded, err error) {
	err = t.healing(ctx, func() error {
		if event, err = t.read(ctx, index); err != nil {
			return err
		}
		hash, err := proof.Leaf(event)
		if err != nil {
			return err
		}
		return t.stands(index, hash)
	})
	return event, err
}

// read reads the event at an index, if the file of positions can be believed.
func (t *Tree) read(ctx context.Context, index int64) (domain.Recorded, error) {
	after, err := t.before(index)
	if err != nil {
		return domain.Recorded{}, err
	}
	skip := index % tileWidth
	for recorded, err := range t.store.ReadAll(ctx, after) {
		if err != nil {
			return domain.Recorded{}, fmt.Errorf("read event %d: %w", index+1, err)
		}
		if skip == 0 {
			return recorded, nil
		}
		skip--
	}
	return domain.Recorded{}, fmt.Errorf("read event %d: the log ends before it: %w", index+1, errDamaged)
}

// before is the position behind which the tile begins in which an index stands.
func (t *Tree) before(index int64) (domain.Position, error) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	if index < 0 || index >= t.edge.size {
		return domain.Position{}, fmt.Errorf("read event %d of %d: %w", index+1, t.edge.size, ErrNoEvent)
	}
	return t.end(index/tileWidth - 1)
}

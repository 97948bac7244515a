package transparency

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"

	"golang.org/x/mod/sumdb/tlog"

	"signaalboek/domain"
)

// Source is what a tree can be computed of: a log, or what holds one. Its method is that of domain.Store.
type Source interface {
	ReadAll(ctx context.Context, after domain.Position) iter.Seq2[domain.Recorded, error]
}

// ExtentOf reads a whole log and computes its tree, without a directory. It fails with ErrNoFrame of package proof at an
// event that this program did not record.
func ExtentOf(ctx context.Context, log Source) (Extent, error) {
	var g growth
	err := g.read(ctx, log, func(leaf, tlog.Tile, []tlog.Hash) error { return nil })
	return g.extent(), err
}

// Extends fails with domain.ErrForked unless a log extends what the head promises of it. It reads the log up to there, and
// keeps nothing: for who records something, and keeps no tree.
func Extends(ctx context.Context, log Source, heads Heads) error {
	head, err := heads.Head(ctx)
	if err != nil {
		return err
	}
	promised, err := head.Promised()
	if err != nil || promised.Size == 0 {
		return err
	}
	g := growth{until: promised.Size}
	if err := g.read(ctx, log, func(leaf, tlog.Tile, []tlog.Hash) error { return nil }); err != nil {
		return err
	}
	if g.edge.size < promised.Size || g.edge.root() != promised.Root {
		return &Fork{promised, g.edge.size, g.edge.root()}
	}
	return nil
}

// growth is a tree that is computed from the beginning of a log.
type growth struct {
	edge     edge
	at       domain.Position
	frontier domain.Frontier
	until    int64 // size at which it stops; 0: at the end of the log
}

func (g *growth) extent() Extent { return Extent{g.edge.size, g.edge.root(), g.at, g.frontier} }

// read computes the tree, and gives each whole tile with the last event in it.
func (g *growth) read(ctx context.Context, log Source, whole func(leaf, tlog.Tile, []tlog.Hash) error) error {
	all := func(ctx context.Context) iter.Seq2[domain.Recorded, error] {
		return log.ReadAll(ctx, domain.Position{})
	}
	for leaves, err := range hashed(ctx, all) {
		for _, l := range leaves {
			if g.until > 0 && g.edge.size == g.until {
				return nil
			}
			var failed error
			g.at, g.frontier = l.at, g.frontier.Step(l.mark)
			g.edge.add(l.hash, func(tile tlog.Tile, hashes []tlog.Hash) {
				failed = errors.Join(failed, whole(l, tile, hashes))
			})
			if failed != nil {
				return failed
			}
		}
		if err != nil {
			return fmt.Errorf("compute the tree: after event %d: %w", g.edge.size, err)
		}
	}
	return ctx.Err()
}

// Recompute reads the whole log, as far as the tree goes, and compares every hash with what it then is. It fails with
// *Altered if the log is not what it was. Tiles and positions that are damaged it makes good.
func (t *Tree) Recompute(ctx context.Context) (Extent, error) {
	if err := t.Keep(); err != nil {
		return Extent{}, err
	}
	t.mu.RLock()
	want, g := t.extent(), growth{until: t.edge.size}
	t.mu.RUnlock()
	if want.Size == 0 {
		return want, nil
	}
	err := g.read(ctx, t.store, func(last leaf, tile tlog.Tile, hashes []tlog.Hash) error {
		return t.compare(last, tile, hashes)
	})
	if err != nil {
		return want, err
	}
	if now := g.extent(); now != want {
		return now, &Altered{Index: t.parted(&g, want.Size)}
	}
	return want, nil
}

// compare holds a tile in the directory against what it must be.
func (t *Tree) compare(last leaf, tile tlog.Tile, hashes []tlog.Hash) error {
	if tile.L == 0 {
		if end, err := t.dir.position(tile.N); err != nil || end != last.at {
			if err := t.dir.writePositions(tile.N, []domain.Position{last.at}); err != nil {
				return err
			}
		}
	}
	raw, err := t.dir.read(tile)
	if err != nil && !errors.Is(err, errDamaged) {
		return err
	}
	now := written(hashes)
	if bytes.Equal(raw, now) {
		return nil
	}
	if tile.L == 0 {
		if err := t.sameLeaves(tile, hashes); err != nil {
			return err
		}
	}
	return t.dir.write(map[tlog.Tile][]byte{tile: now})
}

// sameLeaves fails with *Altered if the tile in the directory leads to the root, so that it is the log that differs.
func (t *Tree) sameLeaves(tile tlog.Tile, hashes []tlog.Hash) error {
	for i, hash := range hashes {
		index := tile.N*tileWidth + int64(i)
		held, err := t.Leaf(index)
		if err != nil {
			return nil // it is damaged
		}
		if held != hash {
			return &Altered{Index: index}
		}
	}
	return nil
}

// parted is the first event in which the end of a tree that was computed anew differs from ours.
func (t *Tree) parted(g *growth, size int64) int64 {
	for index := g.edge.size / tileWidth * tileWidth; index < min(g.edge.size, size); index++ {
		if held, err := t.Leaf(index); err == nil && held != g.edge.tiles[0][index%tileWidth] {
			return index
		}
	}
	return g.edge.size
}

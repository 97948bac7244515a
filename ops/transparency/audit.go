package transparency

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"signaalboek/domain"
	"signaalboek/domain/proof"
)

// Audit reads a whole log once, from its beginning, and holds it against whatever is known of it: the hashes in the
// directory of a tree, and checkpoints. It writes nothing, so it may run beside whoever serves the log.
type Audit struct {
	Log      domain.Store
	Dir      string             // of a tree; what is damaged or missing there says nothing
	Promised []proof.Checkpoint // the log must have these roots at these sizes
	At       domain.Position    // where the frontier of the log is asked for; zero: nowhere

	Progress func(events int64) // told now and then; may be nil
}

// Audited is what an audit found.
type Audited struct {
	Extent                   // of the log
	Other    int64           // the first event that is not what the tree took in, or that is gone, counted from 0; -1: none
	Before   domain.Position // of the event before that one
	Roots    []tlog.Hash     // at the sizes of Promised; the zero hash where the log is shorter
	AtAsked  domain.Frontier // at the position that was asked for
	compared int64           // events that the directory knew
}

// Compared is how many events stood in the directory too.
func (a Audited) Compared() int64 { return a.compared }

// Read does the audit. It fails with proof.ErrNoFrame at an event that this program did not record; what was found until
// then stays.
func (a Audit) Read(ctx context.Context) (Audited, error) {
	r := &auditing{Audit: a, Audited: Audited{Other: -1, Roots: make([]tlog.Hash, len(a.Promised))}, known: tileDir(a.Dir)}
	r.reach()
	all := func(ctx context.Context) iter.Seq2[domain.Recorded, error] {
		return a.Log.ReadAll(ctx, domain.Position{})
	}
	for leaves, err := range hashed(ctx, all) {
		for _, l := range leaves {
			if failed := r.take(l); failed != nil {
				return r.found(), failed
			}
		}
		if err != nil {
			return r.found(), fmt.Errorf("audit: after event %d: %w", r.tree.Size(), err)
		}
		if a.Progress != nil {
			a.Progress(r.tree.Size())
		}
	}
	if err := ctx.Err(); err != nil {
		return r.found(), err
	}
	err := r.atEnd(ctx)
	return r.found(), err
}

// auditing is an audit under way.
type auditing struct {
	Audit
	Audited
	known tileDir
	tree  proof.Edge
	tile  []byte // the leaves that the directory knows of the current tile of level 0
	ended bool   // it knows no more
}

func (r *auditing) found() Audited {
	r.Size, r.Root = r.tree.Size(), r.tree.Root()
	return r.Audited
}

// take takes in one event.
func (r *auditing) take(l leaf) error {
	if err := r.compare(l.hash); err != nil {
		return err
	}
	r.tree.Add(l.hash)
	r.Position, r.Frontier = l.at, r.Frontier.Step(l.mark)
	if l.at == r.At {
		r.AtAsked = r.Frontier
	}
	r.reach()
	return nil
}

// reach notes the roots that were promised at this size.
func (r *auditing) reach() {
	for i, c := range r.Promised {
		if c.Size == r.tree.Size() {
			r.Roots[i] = r.tree.Root()
		}
	}
}

// compare holds a leaf against the one in the directory.
func (r *auditing) compare(hash tlog.Hash) error {
	if r.Other >= 0 {
		return nil
	}
	within := int(r.tree.Size() % tileWidth)
	if within == 0 {
		if err := r.turn(r.tree.Size() / tileWidth); err != nil {
			return err
		}
	}
	if from := within * tlog.HashSize; from < len(r.tile) {
		r.compared++
		if !bytes.Equal(r.tile[from:from+tlog.HashSize], hash[:]) {
			r.Other, r.Before = r.tree.Size(), r.Position
		}
	}
	return nil
}

// turn takes the next tile of leaves from the directory: a whole one, or the last one as far as it is filled. A tile that does
// not lead to the tile above it is damaged, and says nothing.
func (r *auditing) turn(number int64) (err error) {
	r.tile = nil
	if r.ended {
		return nil
	}
	k, err := r.known.kept()
	if err != nil || number*tileWidth >= k.Size {
		r.ended = true
		return ignoreDamage(err)
	}
	tile := tlog.Tile{H: tileHeight, L: 0, N: number, W: int(min(tileWidth, k.Size-number*tileWidth))}
	raw, err := r.known.read(tile)
	if err != nil {
		return ignoreDamage(err)
	}
	if r.leadsUp(k, tile, raw) {
		r.tile = raw
	}
	return nil
}

// leadsUp reports whether the tile above holds the root of a whole one, and whether the last one leads to the root.
func (r *auditing) leadsUp(k kept, tile tlog.Tile, raw []byte) bool {
	if tile.W < tileWidth {
		edge, err := r.known.edge(k.Size)
		return err == nil && edge.root() == k.Root
	}
	var hashes []tlog.Hash
	for part := range slices.Chunk(raw, tlog.HashSize) {
		hashes = append(hashes, tlog.Hash(part))
	}
	number, within := tile.N/tileWidth, tile.N%tileWidth
	above := tlog.Tile{H: tileHeight, L: 1, N: number, W: int(min(tileWidth, k.Size/tileWidth-number*tileWidth))}
	held, err := r.known.read(above)
	root := over(hashes)
	return err == nil && bytes.Equal(held[within*tlog.HashSize:(within+1)*tlog.HashSize], root[:])
}

func ignoreDamage(err error) error {
	if errors.Is(err, errDamaged) {
		return nil
	}
	return err
}

// atEnd finds the first event that is gone: the directory knows more than the log holds. Somebody may have recorded more
// while we read, and that is in the directory too; so the end is looked at after the directory.
func (r *auditing) atEnd(ctx context.Context) error {
	if r.Other >= 0 {
		return nil
	}
	k, err := r.known.kept()
	if err != nil {
		return ignoreDamage(err)
	}
	if k.Size > r.tree.Size() && !r.grew(ctx) {
		r.Other, r.Before = r.tree.Size(), r.Position
	}
	return nil
}

// grew reports whether anything stands behind what was read.
func (r *auditing) grew(ctx context.Context) bool {
	for _, err := range r.Log.ReadAll(ctx, r.Position) {
		return err == nil
	}
	return false
}

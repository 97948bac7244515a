package proof

import (
	"context"
	"math/bits"

	"golang.org/x/mod/sumdb/tlog"

	"signaalboek/domain"
)

// Edge is the right edge of a growing tree: the roots of its perfect subtrees, at most one of each height. It is all that
// is needed to add leaves and to know the root. The zero value is the empty tree.
type Edge struct {
	size  int64
	roots []tlog.Hash // the largest subtree first
}

// Add adds a leaf on the right.
func (e *Edge) Add(leaf tlog.Hash) {
	for range bits.TrailingZeros64(^uint64(e.size)) { // a subtree for every low bit that is set
		last := len(e.roots) - 1
		leaf = tlog.NodeHash(e.roots[last], leaf)
		e.roots = e.roots[:last]
	}
	e.roots = append(e.roots, leaf)
	e.size++
}

// Size is the number of leaves.
func (e *Edge) Size() int64 { return e.size }

// Root is the root of the tree, as RFC 6962 has it.
func (e *Edge) Root() tlog.Hash {
	if e.size == 0 {
		return EmptyRoot
	}
	last := len(e.roots) - 1
	root := e.roots[last]
	for i := last - 1; i >= 0; i-- {
		root = tlog.NodeHash(e.roots[i], root)
	}
	return root
}

// Checkpoint is the tree as it is, of no origin yet: whoever signs it says that.
func (e *Edge) Checkpoint() Checkpoint { return Checkpoint{Size: e.size, Root: e.Root()} }

// EdgeBefore is the tree of all events that stand in a log before a position.
func EdgeBefore(ctx context.Context, log domain.Store, position domain.Position) (Edge, error) {
	var edge Edge
	for recorded, err := range log.ReadAll(ctx, domain.Position{}) {
		if err != nil {
			return Edge{}, err
		}
		if !recorded.Position.Before(position) {
			break
		}
		leaf, err := Leaf(recorded)
		if err != nil {
			return Edge{}, err
		}
		edge.Add(leaf)
	}
	return edge, nil
}

package proof

import (
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// Inclusion proves that a leaf stands at a place in a tree.
type Inclusion struct {
	Index  int64            `json:"index"` // of the leaf, counted from 0
	Size   int64            `json:"size"`  // of the tree, in leaves
	Hashes tlog.RecordProof `json:"hashes"`
}

// Consistency proves that a tree is the beginning of a larger one.
type Consistency struct {
	Old    int64          `json:"old"` // size of the earlier tree, in leaves
	New    int64          `json:"new"`
	Hashes tlog.TreeProof `json:"hashes"`
}

// What a proof does not prove.
var (
	ErrNotIncluded = errors.New("proof: the leaf is not in the tree at that place")
	ErrNotExtended = errors.New("proof: the tree does not extend the earlier one")
)

// largestTree is more leaves than anybody has: sumdb/tlog looks for the middle of a larger tree for ever.
const largestTree = 1 << 62

// Check fails with ErrNotIncluded unless leaf stands in the tree of c.
func (p Inclusion) Check(c Checkpoint, leaf tlog.Hash) error {
	inside := p.Size == c.Size && p.Size <= largestTree && p.Index >= 0 && p.Index < p.Size
	if !inside || tlog.CheckRecord(p.Hashes, p.Size, c.Root, p.Index, leaf) != nil {
		return fmt.Errorf("leaf %d of %d: %w", p.Index, c.Size, ErrNotIncluded)
	}
	return nil
}

// Check fails with ErrNotExtended unless the tree of later begins with that of earlier. Every tree extends the empty one.
func (p Consistency) Check(earlier, later Checkpoint) error {
	if p.Old != earlier.Size || p.New != later.Size || !p.proves(earlier, later) {
		return fmt.Errorf("from %d to %d leaves: %w", earlier.Size, later.Size, ErrNotExtended)
	}
	return nil
}

func (p Consistency) proves(earlier, later Checkpoint) bool {
	switch {
	case p.Old < 0 || p.Old > p.New || p.New > largestTree:
		return false
	case p.Old == 0:
		return len(p.Hashes) == 0 && earlier.Root == EmptyRoot
	}
	return tlog.CheckTree(p.Hashes, p.New, later.Root, p.Old, earlier.Root) == nil
}

// EmptyRoot is the root of a tree without leaves: SHA-256 of nothing.
var EmptyRoot = tlog.Hash{
	0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9, 0x24,
	0x27, 0xae, 0x41, 0xe4, 0x64, 0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55,
}

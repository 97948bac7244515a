package transparency

import (
	"math/bits"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"signaalboek/domain/proof"
)

// What a tile holds: 256 hashes, eight levels of the tree.
const (
	tileHeight = 8
	tileWidth  = 1 << tileHeight
	tileBytes  = tileWidth * tlog.HashSize
)

// edge is the right edge of a tree: of each level of tiles the last one, as far as it is filled. It is all that a tree
// needs to grow.
type edge struct {
	size  int64
	tiles [][]tlog.Hash // by level; fewer than tileWidth hashes each
}

// add takes in the next leaf, and gives the tiles that it completes to whole.
func (e *edge) add(leaf tlog.Hash, whole func(tlog.Tile, []tlog.Hash)) {
	e.size++
	for level := 0; ; level++ {
		if level == len(e.tiles) {
			e.tiles = append(e.tiles, make([]tlog.Hash, 0, tileWidth))
		}
		e.tiles[level] = append(e.tiles[level], leaf)
		if len(e.tiles[level]) < tileWidth {
			return
		}
		number := e.size>>(tileHeight*(level+1)) - 1
		whole(tlog.Tile{H: tileHeight, L: level, N: number, W: tileWidth}, e.tiles[level])
		leaf = over(e.tiles[level])
		e.tiles[level] = e.tiles[level][:0]
	}
}

// over is the hash of a whole subtree, whose hashes are a power of two.
func over(hashes []tlog.Hash) tlog.Hash {
	var room [tileWidth]tlog.Hash
	level := room[:copy(room[:], hashes)]
	for len(level) > 1 {
		for i := range len(level) / 2 {
			level[i] = tlog.NodeHash(level[2*i], level[2*i+1])
		}
		level = level[:len(level)/2]
	}
	return level[0]
}

// root is the hash of the tree: its whole subtrees, of which the edge holds one for each bit of the size, joined from the
// smallest on.
func (e *edge) root() tlog.Hash {
	root, begun := proof.EmptyRoot, false
	for _, tile := range e.tiles {
		for rest := tile; len(rest) > 0; {
			whole := 1 << bits.TrailingZeros(uint(len(rest)))
			subtree := over(rest[len(rest)-whole:])
			if begun {
				subtree = tlog.NodeHash(subtree, root)
			}
			root, begun, rest = subtree, true, rest[:len(rest)-whole]
		}
	}
	return root
}

// partial gives the tiles of the edge that hold anything.
func (e *edge) partial(each func(tlog.Tile, []tlog.Hash)) {
	for level, hashes := range e.tiles {
		if len(hashes) > 0 {
			each(e.last(level), hashes)
		}
	}
}

// last is the tile of a level in which the tree ends.
func (e *edge) last(level int) tlog.Tile {
	return tlog.Tile{H: tileHeight, L: level, N: e.size >> (tileHeight * (level + 1)), W: len(e.tiles[level])}
}

func (e *edge) clone() edge {
	c := edge{size: e.size, tiles: make([][]tlog.Hash, len(e.tiles))}
	for level, hashes := range e.tiles {
		c.tiles[level] = append(make([]tlog.Hash, 0, tileWidth), hashes...)
	}
	return c
}

// written is hashes as a tile holds them.
func written(hashes []tlog.Hash) []byte {
	raw := make([]byte, 0, len(hashes)*tlog.HashSize)
	for i := range hashes {
		raw = append(raw, hashes[i][:]...)
	}
	return raw
}

// read is written, back.
func read(raw []byte) []tlog.Hash {
	hashes := make([]tlog.Hash, 0, tileWidth)
	for chunk := range slices.Chunk(raw, tlog.HashSize) {
		hashes = append(hashes, tlog.Hash(chunk))
	}
	return hashes
}

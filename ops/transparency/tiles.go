package transparency

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"golang.org/x/mod/sumdb/tlog"

	"signaalboek/domain"
	"signaalboek/ops/durable"
)

// tileDir is the directory of a tree. Whoever reads from it believes nothing that does not lead to the root.
type tileDir string

// path is where a tile stands: C2SP tlog-tiles, which does not name the height.
func (d tileDir) path(t tlog.Tile) string {
	return filepath.Join(string(d), filepath.FromSlash("tile/"+strings.TrimPrefix(t.Path(), fmt.Sprintf("tile/%d/", tileHeight))))
}

func (d tileDir) read(t tlog.Tile) ([]byte, error) {
	raw, err := os.ReadFile(d.path(t))
	if err == nil && len(raw) != t.W*tlog.HashSize {
		err = fmt.Errorf("%w: tile %s has %d bytes", errDamaged, t.Path(), len(raw))
	}
	if errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("%w: tile %s is not there", errDamaged, t.Path())
	}
	return raw, err
}

// writers is how many tiles are written at once: a disk makes several durable in the time that one takes.
const writers = 8

// write makes tiles durable that are not counted on yet, or are damaged: if we die here, some of them are half there, and are
// written again.
func (d tileDir) write(tiles map[tlog.Tile][]byte) error {
	if err := d.makeFor(tiles); err != nil {
		return err
	}
	queue, failed := make(chan tlog.Tile), make(chan error, writers)
	var writing sync.WaitGroup
	for range min(writers, len(tiles)) {
		writing.Go(func() {
			var err error
			for t := range queue {
				err = errors.Join(err, durable.Write(d.path(t), durable.Bytes(tiles[t])))
			}
			failed <- err
		})
	}
	for t := range tiles {
		queue <- t
	}
	close(queue)
	writing.Wait()
	close(failed)
	var all error
	for err := range failed {
		all = errors.Join(all, err)
	}
	return errors.Join(all, d.syncAround(tiles))
}

// makeFor makes the directories of tiles.
func (d tileDir) makeFor(tiles map[tlog.Tile][]byte) error {
	for _, dir := range d.around(tiles) {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return fmt.Errorf("make a directory of tiles: %w", err)
		}
	}
	return nil
}

// syncAround makes the names of tiles durable, up to the directory itself.
func (d tileDir) syncAround(tiles map[tlog.Tile][]byte) error {
	above := map[string]bool{}
	for _, dir := range d.around(tiles) {
		for ; len(dir) >= len(string(d)); dir = filepath.Dir(dir) {
			above[dir] = true
		}
	}
	for dir := range above {
		if err := durable.SyncDir(dir); err != nil {
			return err
		}
	}
	return nil
}

// around is the directories in which tiles stand.
func (d tileDir) around(tiles map[tlog.Tile][]byte) (dirs []string) {
	for t := range tiles {
		if dir := filepath.Dir(d.path(t)); !slices.Contains(dirs, dir) {
			dirs = append(dirs, dir)
		}
	}
	return dirs
}

// ends is the tile of each level in which a tree of a size ends, where that is not a whole one.
func ends(size int64) (partial []tlog.Tile) {
	for level := 0; size>>(tileHeight*level) > 0; level++ {
		if hashes := size >> (tileHeight * level); hashes%tileWidth > 0 {
			partial = append(partial, tlog.Tile{H: tileHeight, L: level, N: hashes / tileWidth, W: int(hashes % tileWidth)})
		}
	}
	return partial
}

// edge is the right edge of the tree of a size, as the directory has it.
func (d tileDir) edge(size int64) (edge, error) {
	e := edge{size: size}
	for level := 0; size>>(tileHeight*level) > 0; level++ {
		e.tiles = append(e.tiles, make([]tlog.Hash, 0, tileWidth))
	}
	for _, tile := range ends(size) {
		raw, err := d.read(tile)
		if err != nil {
			return edge{}, err
		}
		e.tiles[tile.L] = read(raw)
	}
	return e, nil
}

// dropEnds removes the tiles in which the tree ended when it had a size, and no longer does: wider ones are there.
func (d tileDir) dropEnds(before, now int64) error {
	still := ends(now)
	for _, tile := range ends(before) {
		switch i := slices.IndexFunc(still, func(t tlog.Tile) bool { return t.L == tile.L && t.N == tile.N }); {
		case i >= 0 && still[i] == tile:
			continue
		case i >= 0:
			if err := os.Remove(d.path(tile)); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return fmt.Errorf("drop tile %s: %w", tile.Path(), err)
			}
		default:
			if err := os.RemoveAll(filepath.Dir(d.path(tile))); err != nil {
				return fmt.Errorf("drop tile %s: %w", tile.Path(), err)
			}
		}
	}
	return nil
}

// moveAside makes room for a tree that begins anew. What was there may still tell what the log once held.
func (d tileDir) moveAside() error {
	before := string(d) + ".before"
	if err := os.RemoveAll(before); err != nil {
		return fmt.Errorf("move tiles aside: %w", err)
	}
	if err := os.Rename(string(d), before); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("move tiles aside: %w", err)
	}
	return nil
}

// positionBytes is the length of a position in the file of positions.
const positionBytes = 16

func (d tileDir) positions() string { return filepath.Join(string(d), "positions") }

// position is that of the last event of a whole tile, or the beginning of the log for tile -1.
func (d tileDir) position(tile int64) (p domain.Position, err error) {
	if tile < 0 {
		return p, nil
	}
	file, err := os.Open(d.positions())
	if err != nil {
		return p, fmt.Errorf("%w: %w", errDamaged, err)
	}
	defer file.Close()
	var raw [positionBytes]byte
	if _, err := file.ReadAt(raw[:], tile*positionBytes); err != nil {
		return p, fmt.Errorf("%w: positions: %w", errDamaged, err)
	}
	return domain.Position{Commit: binary.BigEndian.Uint64(raw[:]), Prepare: binary.BigEndian.Uint64(raw[8:])}, nil
}

// writePositions makes those of tiles from a number on durable. What stands behind it was written by a process that died
// before it had said so: it is written over.
func (d tileDir) writePositions(from int64, last []domain.Position) error {
	if len(last) == 0 {
		return nil
	}
	var raw []byte
	for _, p := range last {
		raw = binary.BigEndian.AppendUint64(raw, p.Commit)
		raw = binary.BigEndian.AppendUint64(raw, p.Prepare)
	}
	file, err := os.OpenFile(d.positions(), os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("write positions: %w", err)
	}
	_, err = file.WriteAt(raw, from*positionBytes)
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("write positions: %w", err)
	}
	return durable.SyncDir(string(d))
}

package projections

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"reflect"
	"runtime/debug"
	"slices"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/catalog"
)

// A snapshot is a set on its way to a file and back, so that a start need not read the whole log. It may be thrown away
// at any time; it must be, whenever something is erased.
//
//	magic        24 bytes  "signaalboek projections\n"
//	fingerprint  32 bytes  of the code that wrote it: SHA-256, see fingerprint
//	id           16 bytes  of this snapshot; each block is sealed to it
//	blocks                 each: length of box (4, little-endian), CRC-32C of key and box (4), key (16), box
//	end           4 bytes  0
//
// The plain blocks, one after another, are what coder writes: the position, the tables of names, each projection in the
// order of feeding, behind its frontier, and the number endMark. A block holds about a MiB, is sealed by the
// vault under the scope "snapshot" for the field "/snapshot/<number, from 0>", and no value lies across two of them.

// ErrStale is a snapshot of no use: of other code, damaged, cut short, or sealed under a key that was destroyed. Begin
// with New instead.
var ErrStale = errors.New("projections: snapshot is stale")

const (
	snapshotMagic  = "signaalboek projections\n"
	snapshotFormat = 2
	snapshotScope  = domain.KeyScope("snapshot")
	endMark        = uint32(0x656e64)
	mostBlock      = 1 << 30
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// fingerprint changes whenever a snapshot may mean something else: with the revision of the code, the events, and the
// shape of what is held.
func (s *Set) fingerprint() [32]byte {
	sum := sha256.New()
	fmt.Fprintln(sum, "format", snapshotFormat)
	if build, ok := debug.ReadBuildInfo(); ok {
		for _, setting := range build.Settings {
			if setting.Key == "vcs.revision" || setting.Key == "vcs.modified" {
				fmt.Fprintln(sum, setting.Key, setting.Value)
			}
		}
	}
	for _, schema := range catalog.Schemas() {
		fmt.Fprintln(sum, schema.Name)
	}
	seen := map[reflect.Type]bool{}
	writeShape(sum, reflect.TypeOf(*s.names), seen)
	for _, p := range s.fed {
		fmt.Fprintln(sum, p.name())
		writeShape(sum, reflect.TypeOf(p.projection), seen)
	}
	return [32]byte(sum.Sum(nil))
}

// writeShape writes a type as its fields, all the way down.
func writeShape(w io.Writer, t reflect.Type, seen map[reflect.Type]bool) {
	fmt.Fprintln(w, t)
	if seen[t] {
		return
	}
	seen[t] = true
	switch t.Kind() {
	case reflect.Struct:
		for field := range t.Fields() {
			fmt.Fprintln(w, field.Name)
			writeShape(w, field.Type, seen)
		}
	case reflect.Map:
		writeShape(w, t.Key(), seen)
		writeShape(w, t.Elem(), seen)
	case reflect.Pointer, reflect.Slice, reflect.Array:
		writeShape(w, t.Elem(), seen)
	}
}

// WriteSnapshot writes the whole set, sealed. Queries go on meanwhile; applying waits.
func (s *Set) WriteSnapshot(ctx context.Context, w io.Writer) error {
	s.lock.RLock()
	defer s.lock.RUnlock()
	print := s.fingerprint()
	id := uuid.NewSHA1(uuid.UUID(print[:16]), []byte(s.position.String()))
	if _, err := fmt.Fprintf(w, "%s%s%s", snapshotMagic, print[:], id[:]); err != nil {
		return fmt.Errorf("projections: write snapshot: %w", err)
	}
	blocks := &blockWriter{ctx: ctx, vault: s.vault, id: id, w: w}
	c := &coder{put: blocks.put}
	s.code(c)
	c.flush()
	if c.err == nil {
		_, c.err = w.Write(make([]byte, 4))
	}
	if c.err != nil {
		return fmt.Errorf("projections: write snapshot: %w", c.err)
	}
	return nil
}

// ReadSnapshot is the set of a log that WriteSnapshot wrote; Run follows the log from there. It fails with ErrStale, or with the
// context's error.
func ReadSnapshot(ctx context.Context, store domain.Store, vault domain.Vault, r io.Reader) (*Set, error) {
	s := New(store, vault)
	id, err := s.readHead(r)
	if err != nil {
		return nil, err
	}
	blocks := &blockReader{ctx: ctx, vault: vault, id: id, r: r}
	c := &coder{reading: true, get: blocks.get}
	s.code(c)
	if c.err == nil {
		c.err = blocks.end()
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if c.err != nil {
		return nil, fmt.Errorf("%w: %w", ErrStale, c.err)
	}
	return s, nil
}

func (s *Set) readHead(r io.Reader) (id uuid.UUID, err error) {
	head := make([]byte, len(snapshotMagic)+32+16)
	if _, err := io.ReadFull(r, head); err != nil {
		return id, fmt.Errorf("%w: %w", ErrStale, err)
	}
	print := s.fingerprint()
	if string(head[:len(snapshotMagic)]) != snapshotMagic || string(head[len(snapshotMagic):len(head)-16]) != string(print[:]) {
		return id, fmt.Errorf("%w: other code wrote it", ErrStale)
	}
	return uuid.UUID(head[len(head)-16:]), nil
}

// code codes everything that a set holds.
func (s *Set) code(c *coder) {
	c.position(&s.position)
	s.names.snapshot(c)
	for i := range s.fed {
		c.frontier(&s.fed[i].frontier)
		s.fed[i].code(c)
	}
	end := endMark
	number(c, &end)
	if c.err == nil && end != endMark {
		c.err = errors.New("projections: snapshot does not end where it should")
	}
}

// blockWriter seals blocks and writes them.
type blockWriter struct {
	ctx   context.Context
	vault domain.Vault
	id    uuid.UUID
	w     io.Writer
	count int
}

func (b *blockWriter) put(block []byte) error {
	sealed, err := b.vault.Seal(b.ctx, blockPlace(b.id, b.count), domain.ToSealUnder(snapshotScope, block))
	if err != nil {
		return fmt.Errorf("seal block %d: %w", b.count, err)
	}
	b.count++
	head := make([]byte, 0, 24)
	head = binary.LittleEndian.AppendUint32(head, uint32(len(sealed.Box)))
	head = binary.LittleEndian.AppendUint32(head, blockSum(sealed.Key, []byte(sealed.Box)))
	head = append(head, sealed.Key[:]...)
	if _, err := b.w.Write(head); err != nil {
		return err
	}
	_, err = io.WriteString(b.w, sealed.Box)
	return err
}

// blockReader reads blocks and opens them.
type blockReader struct {
	ctx   context.Context
	vault domain.Vault
	id    uuid.UUID
	r     io.Reader
	box   []byte // of the last block, for its room
	count int
}

func (b *blockReader) get() ([]byte, error) {
	var head [24]byte
	if _, err := io.ReadFull(b.r, head[:]); err != nil {
		return nil, fmt.Errorf("read block %d: %w", b.count, err)
	}
	length, sum := binary.LittleEndian.Uint32(head[:]), binary.LittleEndian.Uint32(head[4:])
	if length == 0 || length > mostBlock {
		return nil, fmt.Errorf("block %d has no length that can be", b.count)
	}
	b.box = slices.Grow(b.box[:0], int(length))
	box := b.box[:length]
	if _, err := io.ReadFull(b.r, box); err != nil {
		return nil, fmt.Errorf("read block %d: %w", b.count, err)
	}
	key := uuid.UUID(head[8:])
	if blockSum(key, box) != sum {
		return nil, fmt.Errorf("block %d is damaged", b.count)
	}
	sealed := domain.Sealed{Key: key, Box: string(box), Place: blockPlace(b.id, b.count)}
	b.count++
	return b.vault.Open(b.ctx, sealed)
}

// end reads what stands behind the last block.
func (b *blockReader) end() error {
	var mark [4]byte
	if _, err := io.ReadFull(b.r, mark[:]); err != nil || mark != [4]byte{} {
		return errors.New("no end after the last block")
	}
	return nil
}

func blockPlace(id uuid.UUID, count int) domain.Place {
	return domain.Place{Event: id, Field: fmt.Sprintf("/snapshot/%d", count)}
}

func blockSum(key uuid.UUID, box []byte) uint32 {
	return crc32.Update(crc32.Checksum(key[:], castagnoli), castagnoli, box)
}

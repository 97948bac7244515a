package projections

import (
	"cmp"
	"encoding/binary"
	"errors"
	"maps"
	"slices"

	"github.com/google/uuid"

	"signaalboek/domain"
)

// coder writes state to a snapshot or reads it back. Each type of state has one method that names its fields in order,
// for both directions, so that writing and reading cannot drift apart. After the first error it does nothing more.
//
// Format: whole numbers as zigzag varints, truths as a number, texts and 16-byte ids as their bytes (texts after their
// length), lists as their length and their elements. No value lies across two blocks.
type coder struct {
	reading bool
	block   []byte                     // written and not handed on yet; or read
	taken   int                        // of the block that was read
	put     func(block []byte) error   // where full blocks go
	get     func() (b []byte, e error) // where the next one comes from
	err     error
}

// blockSize is where a block is full: the last value may end a little after it.
const blockSize = 1 << 20

var errSnapshotShort = errors.New("projections: snapshot ends inside a value")

// number codes a whole number of any type.
func number[T ~int | ~int32 | ~int64 | ~uint8 | ~uint16 | ~uint32 | ~uint64](c *coder, v *T) {
	if !c.reading {
		c.block = binary.AppendVarint(c.block, int64(*v))
		c.written()
		return
	}
	if c.taken < len(c.block) && c.block[c.taken] < 0x80 && c.err == nil { // nearly all are small
		zigzag := int64(c.block[c.taken])
		*v = T(zigzag>>1 ^ -(zigzag & 1))
		c.taken++
		return
	}
	*v = T(c.varint())
}

// varint is the next whole number of the block that is read.
func (c *coder) varint() int64 {
	if !c.more() {
		return 0
	}
	read, size := binary.Varint(c.block[c.taken:])
	if size <= 0 {
		c.err = errSnapshotShort
		return 0
	}
	c.taken += size
	return read
}

// truth codes a bool.
func (c *coder) truth(v *bool) {
	var n uint8
	if *v {
		n = 1
	}
	number(c, &n)
	if c.reading {
		*v = n == 1
	}
}

// text codes a text of any type.
func text[T ~string](c *coder, v *T) {
	length := len(*v)
	if !c.reading {
		c.block = append(binary.AppendVarint(c.block, int64(length)), *v...)
		c.written()
		return
	}
	number(c, &length)
	*v = T(c.take(length))
}

// bytes codes bytes of any length.
func (c *coder) bytes(v *[]byte) {
	length := len(*v)
	if !c.reading { // in one piece: the block may be full between the length and the bytes
		c.block = append(binary.AppendVarint(c.block, int64(length)), *v...)
		c.written()
		return
	}
	number(c, &length)
	*v = slices.Clone(c.take(length))
}

// id codes 16 bytes.
func (c *coder) id(v *uuid.UUID) {
	if !c.reading {
		c.block = append(c.block, v[:]...)
		c.written()
		return
	}
	if c.more() {
		copy(v[:], c.take(len(v)))
	}
}

// position codes a place in the log.
func (c *coder) position(v *domain.Position) {
	number(c, &v.Commit)
	number(c, &v.Prepare)
}

// frontier codes which events were taken in.
func (c *coder) frontier(v *domain.Frontier) {
	number(c, &v.Events)
	c.id((*uuid.UUID)(&v.Sum))
}

// sealed codes a closed text as events give it.
func (c *coder) sealed(v *domain.Sealed) {
	c.id(&v.Key)
	text(c, &v.Box)
	c.id(&v.Place.Event)
	text(c, &v.Place.Field)
}

// list codes a slice, element by element. An empty one is read as nil.
func list[T any](c *coder, v *[]T, element func(c *coder, v *T)) {
	length := len(*v)
	number(c, &length)
	if c.reading {
		*v = readList(c, length, element)
		return
	}
	for i := range *v {
		element(c, &(*v)[i])
	}
}

// readList makes room as it reads: a length that cannot be must not take all memory.
func readList[T any](c *coder, length int, element func(c *coder, v *T)) (read []T) {
	for len(read) < length && c.err == nil {
		read = slices.Grow(read, min(length-len(read), blockSize))
		begun := len(read)
		read = read[:min(length, cap(read))]
		for i := begun; i < len(read) && c.err == nil; i++ {
			element(c, &read[i])
		}
	}
	return read
}

// table codes a map, in the order of its keys, so that equal states are written as equal bytes.
func table[K cmp.Ordered, V any](c *coder, v *map[K]V, key func(*coder, *K), value func(*coder, *V)) {
	keys := slices.Sorted(maps.Keys(*v))
	if c.reading {
		*v = map[K]V{}
	}
	length := len(keys)
	number(c, &length)
	for i := 0; i < length && c.err == nil; i++ {
		var k K
		var held V
		if !c.reading {
			k = keys[i]
			held = (*v)[k]
		}
		key(c, &k)
		value(c, &held)
		if c.reading {
			(*v)[k] = held
		}
	}
}

// take is the next bytes of the block that is read.
func (c *coder) take(length int) []byte {
	if c.err != nil || length < 0 || length > len(c.block)-c.taken {
		if c.err == nil {
			c.err = errSnapshotShort
		}
		return nil
	}
	c.taken += length
	return c.block[c.taken-length : c.taken]
}

// more reports whether there is a value to read, and gets the next block if it begins there.
func (c *coder) more() bool {
	if c.err == nil && c.taken == len(c.block) {
		c.block, c.err = c.get()
		c.taken = 0
	}
	return c.err == nil && len(c.block) > 0
}

// written hands a full block on.
func (c *coder) written() {
	if len(c.block) >= blockSize {
		c.flush()
	}
}

func (c *coder) flush() {
	if c.err == nil && len(c.block) > 0 {
		c.err = c.put(c.block)
	}
	c.block = c.block[:0]
}

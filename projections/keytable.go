package projections

import (
	"bytes"
	"encoding/binary"

	"github.com/google/uuid"

	"signaalboek/domain"
)

// key is an id of fixed size: that of a stream, or the pseudonym of somebody recognised.
type key [16]byte

func (k key) compare(other key) int { return bytes.Compare(k[:], other[:]) }

// keyOf is the key of a stream's name. Streams that the ledger makes are named by a UUID; any other name is hashed.
func keyOf(name string) key {
	if id, plain := plainUUID(name); plain {
		return key(id)
	}
	return key(uuid.NewSHA1(uuid.Nil, []byte(name)))
}

// plainUUID is the UUID with a name, if that is the one way to write it: in lower case, with its dashes. Every event is
// found by such a name, often more than once.
func plainUUID(name string) (id uuid.UUID, plain bool) {
	if len(name) != 36 || name[8] != '-' || name[13] != '-' || name[18] != '-' || name[23] != '-' {
		return id, false
	}
	bad := byte(0)
	for i, at := range [...]int{0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34} {
		high, low := hexDigits[name[at]], hexDigits[name[at+1]]
		bad |= high | low
		id[i] = high<<4 | low&15
	}
	return id, bad&0xf0 == 0
}

// hexDigits is the worth of each lower-case hexadecimal digit; of anything else, more than a digit can be worth.
var hexDigits = func() (worth [256]byte) {
	for char := range worth {
		worth[char] = 0xf0
	}
	for digit, char := range "0123456789abcdef" {
		worth[char] = byte(digit)
	}
	return worth
}()

// keyTable numbers keys.
type keyTable = numbering[key]

// numbering numbers keys in the order in which they come. It takes about 24 bytes a key where a map takes twice that,
// because the keys stand in rows and hold random bits enough to be their own hashes.
type numbering[K hashed] struct {
	keys  rows[K]
	slots []uint32 // number + 1 of the key that landed here; a power of two of them, at most four fifths full
}

// hashed is a key that is hashed cheaply.
type hashed interface {
	comparable
	hash() uint64
}

func (t *numbering[K]) find(k K) (uint32, bool) {
	if len(t.slots) == 0 {
		return 0, false
	}
	slot := t.slots[t.slot(k)]
	return slot - 1, slot != 0
}

// number is the number of a key, a new one if it was not there.
func (t *numbering[K]) number(k K) (number uint32, added bool) {
	if number, found := t.find(k); found {
		return number, false
	}
	if 5*t.keys.len() >= 4*len(t.slots) {
		t.grow()
	}
	slot := t.slot(k)
	t.keys.add(k)
	t.slots[slot] = uint32(t.keys.len())
	return uint32(t.keys.len()) - 1, true
}

// slot is where a key is, or would be.
func (t *numbering[K]) slot(k K) uint64 {
	mask := uint64(len(t.slots) - 1)
	at := k.hash() & mask
	for t.slots[at] != 0 && *t.keys.at(t.slots[at] - 1) != k {
		at = (at + 1) & mask
	}
	return at
}

// hash takes all bits of a key together: ids that count up, or begin with a moment, are random in their second half only.
func (k key) hash() uint64 {
	const golden = 0x9e3779b97f4a7c15 // odd, and spreads a change of any bit upwards
	return (binary.LittleEndian.Uint64(k[:8]) ^ binary.LittleEndian.Uint64(k[8:])) * golden >> 32
}

func (t *numbering[K]) grow() { t.resize(max(16, 2*len(t.slots))) }

// remember makes the slots of keys that were read.
func (t *numbering[K]) remember() {
	slots := 16
	for 4*slots < 5*t.keys.len()+5 {
		slots *= 2
	}
	t.resize(slots)
}

func (t *numbering[K]) resize(slots int) {
	t.slots = make([]uint32, slots)
	t.keys.all(func(number uint32, k *K) { t.slots[t.slot(*k)] = number + 1 })
}

// streamTable numbers the streams of one category.
type streamTable struct {
	category string
	table    keyTable
	odd      map[uint32]domain.StreamID // streams that are not named by a UUID: only those that were not made by the ledger
}

func (t *streamTable) find(stream domain.StreamID) (uint32, bool) {
	return t.table.find(keyOf(stream.Key()))
}

func (t *streamTable) number(stream domain.StreamID) (number uint32, added bool) {
	number, added = t.table.number(keyOf(stream.Key()))
	if !added {
		return number, added
	}
	if _, plain := plainUUID(stream.Key()); !plain || stream.Category() != t.category {
		if t.odd == nil {
			t.odd = map[uint32]domain.StreamID{}
		}
		t.odd[number] = stream
	}
	return number, added
}

func (t *streamTable) stream(number uint32) domain.StreamID {
	if stream, odd := t.odd[number]; odd {
		return stream
	}
	return t.name(number)
}

func (t *streamTable) name(number uint32) domain.StreamID {
	return domain.NewStreamID(t.category, uuid.UUID(*t.table.keys.at(number)).String())
}

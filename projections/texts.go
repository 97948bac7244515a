package projections

import (
	"encoding/binary"

	"github.com/google/uuid"

	"signaalboek/domain"
)

// pool keeps byte strings of any length, one after another in big chunks: a million of them cost the garbage collector
// nothing, and none has a header. What is in it stays.
type pool struct {
	chunks [][]byte
}

// placeNo is where something begins in a pool, in steps of four bytes; 0 is nowhere.
type placeNo uint32

const (
	chunkBits = 18 // of a place within a chunk: a chunk holds a MiB
	chunkSize = 4 << chunkBits
)

// room makes room for so many bytes.
func (p *pool) room(size int) (at placeNo, bytes []byte) {
	last := len(p.chunks) - 1
	if last < 0 {
		p.chunks, last = append(p.chunks, make([]byte, 4)), 0 // so that nothing begins at place 0
	}
	if len(p.chunks[last])+size > chunkSize {
		p.chunks, last = append(p.chunks, make([]byte, 0, max(size, chunkSize))), last+1
	}
	begin := len(p.chunks[last])
	p.chunks[last] = append(p.chunks[last], make([]byte, (size+3)&^3)...)
	return placeNo(last<<chunkBits | begin/4), p.chunks[last][begin : begin+size]
}

// from is what stands from a place on: what was put there, and then what was put after it.
func (p *pool) from(at placeNo) []byte {
	return p.chunks[at>>chunkBits][at&(1<<chunkBits-1)*4:]
}

func (p *pool) code(c *coder) { list(c, &p.chunks, (*coder).bytes) }

// closedNo is a closed text in the pool: its key, the event that it stands in, the field there and the box, with their
// lengths before them. 0 is none.
type closedNo placeNo

// closed is the number of a closed text. A text is asked for by several projections one after the other and kept once.
func (n *names) closed(s domain.Sealed) closedNo {
	if s.IsZero() {
		return 0
	}
	for _, recent := range n.recent {
		if recent.key == s.Key && recent.place == s.Place {
			return recent.no
		}
	}
	field := uint64(n.symbols.number(s.Place.Field))
	var head [2 * binary.MaxVarintLen64]byte
	lengths := binary.AppendUvarint(binary.AppendUvarint(head[:0], field), uint64(len(s.Box)))
	at, room := n.texts.room(32 + len(lengths) + len(s.Box))
	room = room[copy(room, s.Key[:]):]
	room = room[copy(room, s.Place.Event[:]):]
	room = room[copy(room, lengths):]
	copy(room, s.Box)
	n.recent[n.closings%len(n.recent)] = recentText{s.Key, s.Place, closedNo(at)}
	n.closings++
	return closedNo(at)
}

// recentText is one of the texts that were kept last.
type recentText struct {
	key   uuid.UUID
	place domain.Place
	no    closedNo
}

// closedText is a closed text as events give it.
func (n *names) closedText(no closedNo) domain.Sealed {
	if no == 0 {
		return domain.Sealed{}
	}
	from := n.texts.from(placeNo(no))
	sealed := domain.Sealed{Key: uuid.UUID(from[:16]), Place: domain.Place{Event: uuid.UUID(from[16:32])}}
	field, size := binary.Uvarint(from[32:])
	from = from[32+size:]
	length, size := binary.Uvarint(from)
	sealed.Place.Field = n.symbols.values[field]
	sealed.Box = string(from[size : size+int(length)])
	return sealed
}

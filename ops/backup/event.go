package backup

import (
	"encoding/binary"
	"time"

	"signaalboek/domain"
)

// appendEvent writes an event as a record.
func appendEvent(b []byte, r domain.Recorded) []byte {
	b = appendText(b, string(r.Stream))
	b = binary.BigEndian.AppendUint64(b, uint64(r.Revision))
	b = append(b, r.ID[:]...)
	b = appendText(b, r.Name)
	b = binary.BigEndian.AppendUint64(b, uint64(r.At.UnixMicro()))
	b = binary.BigEndian.AppendUint32(b, uint32(len(r.Payload)))
	b = append(b, r.Payload...)
	return append(b, r.Metadata...)
}

func appendText(b []byte, text string) []byte {
	return append(binary.BigEndian.AppendUint16(b, uint16(len(text))), text...)
}

// readEvent reads what appendEvent wrote. The bytes of the event are its own.
func readEvent(record []byte) (r domain.Recorded, ok bool) {
	c := cursor{rest: record}
	r.Stream = domain.StreamID(c.take(int(c.number(2))))
	r.Revision = domain.Revision(c.number(8))
	copy(r.ID[:], c.take(len(r.ID)))
	r.Name = string(c.take(int(c.number(2))))
	r.At = time.UnixMicro(int64(c.number(8))).UTC()
	r.Payload = c.take(int(c.number(4)))
	r.Metadata = c.rest
	return r, !c.short && r.Stream.Valid() && r.Revision >= 0
}

// cursor reads pieces of a record.
type cursor struct {
	rest  []byte
	short bool // something was asked for that is not there
}

func (c *cursor) take(n int) []byte {
	if n < 0 || n > len(c.rest) { // less than nothing: a length that a small machine cannot count to
		c.short = true
		return make([]byte, 8)[:max(0, min(n, 8))]
	}
	piece := c.rest[:n:n]
	c.rest = c.rest[n:]
	return piece
}

func (c *cursor) number(bytes int) (n uint64) {
	for _, b := range c.take(bytes) {
		n = n<<8 | uint64(b)
	}
	return n
}

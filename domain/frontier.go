package domain

import (
	"crypto/sha256"
	"encoding/binary"
	"hash/crc32"
)

// Mark tells one recorded event from every other. It follows from all that was recorded of it, and not from its position:
// an event that moved to another store keeps its mark. To the byte:
//
//	id               16 bytes
//	payload length    4 bytes, big-endian
//	payload sum       4 bytes, big-endian: CRC-32C
//	metadata sum      4 bytes, big-endian: CRC-32C
//	head sum          4 bytes, big-endian: CRC-32C of the revision (8 bytes, big-endian), the microseconds from 1970 to
//	                  when it was recorded (8 bytes, big-endian), the length of the stream's name (4 bytes, big-endian),
//	                  that name and the event's name
//
// The form never changes: what one version of the program counted, the next compares.
type Mark [32]byte

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// MarkOf is the mark of an event.
func MarkOf(recorded Recorded) (mark Mark) {
	head := make([]byte, 0, 8+8+4+len(recorded.Stream)+len(recorded.Name))
	head = binary.BigEndian.AppendUint64(head, uint64(recorded.Revision))
	head = binary.BigEndian.AppendUint64(head, uint64(recorded.At.UnixMicro()))
	head = binary.BigEndian.AppendUint32(head, uint32(len(recorded.Stream)))
	head = append(append(head, recorded.Stream...), recorded.Name...)
	copy(mark[:], recorded.ID[:])
	binary.BigEndian.PutUint32(mark[16:], uint32(len(recorded.Payload)))
	binary.BigEndian.PutUint32(mark[20:], crc32.Checksum(recorded.Payload, castagnoli))
	binary.BigEndian.PutUint32(mark[24:], crc32.Checksum(recorded.Metadata, castagnoli))
	binary.BigEndian.PutUint32(mark[28:], crc32.Checksum(head, castagnoli))
	return mark
}

// Frontier says which events somebody has taken in, and in which order: two who have the same frontier have taken in the
// same log. The zero Frontier is that of an empty one. Sum is a chain: with every event it becomes the first 16 bytes of
// the SHA-256 of itself (16 bytes) and the event's mark (32 bytes). So an event that was skipped, taken twice, swapped
// with another or altered shows for ever after, wherever two frontiers of one position are compared.
//
// It finds our own mistakes: an event that was altered and kept its id escapes once in four thousand million times, any
// other mistake never. It proves nothing to somebody who does not trust us: for that is the signed tree.
type Frontier struct {
	Events uint64
	Sum    [16]byte
}

// Add is the frontier after one more event.
func (f Frontier) Add(recorded Recorded) Frontier { return f.Step(MarkOf(recorded)) }

// Step is the frontier after one more event, of which the mark is known.
func (f Frontier) Step(mark Mark) Frontier {
	var both [len(f.Sum) + len(mark)]byte
	copy(both[:], f.Sum[:])
	copy(both[len(f.Sum):], mark[:])
	sum := sha256.Sum256(both[:])
	return Frontier{Events: f.Events + 1, Sum: [16]byte(sum[:])}
}

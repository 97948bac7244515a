package domain

import (
	"crypto/sha256"
	"encoding/binary"
)

// Mark tells one recorded event from every other: 16 bytes that follow from all that was recorded of it, and from
// nothing else. Its position is not in it, so an event that moved to another store keeps its mark.
type Mark [16]byte

// usualEvent is room for nearly every event, so that marking one makes no garbage.
const usualEvent = 2048

// MarkOf is the mark of an event: the first 16 bytes of the SHA-256 of
//
//	id        16 bytes
//	revision   8 bytes, big-endian
//	recorded   8 bytes, big-endian: microseconds since 1970, UTC
//	stream, name, payload, metadata, each behind its length in bytes (4 bytes, big-endian)
//
// It never changes: what was counted by one version of the program is compared by the next.
func MarkOf(recorded Recorded) Mark {
	frame := make([]byte, 0, usualEvent)
	frame = append(frame, recorded.ID[:]...)
	frame = binary.BigEndian.AppendUint64(frame, uint64(recorded.Revision))
	frame = binary.BigEndian.AppendUint64(frame, uint64(recorded.At.UnixMicro()))
	frame = append(appendLength(frame, len(recorded.Stream)), recorded.Stream...)
	frame = append(appendLength(frame, len(recorded.Name)), recorded.Name...)
	frame = append(appendLength(frame, len(recorded.Payload)), recorded.Payload...)
	frame = append(appendLength(frame, len(recorded.Metadata)), recorded.Metadata...)
	sum := sha256.Sum256(frame)
	return Mark(sum[:16])
}

func appendLength(frame []byte, length int) []byte {
	return binary.BigEndian.AppendUint32(frame, uint32(length))
}

// Frontier says which events somebody has taken in, and in which order: two who have the same frontier have taken in the
// same log. The zero Frontier is that of an empty one. Sum is a chain: with every event it becomes the first 16 bytes of
// the SHA-256 of itself and the event's mark. So an event that was skipped, taken twice, swapped with another or altered
// shows for ever after, and two frontiers can be compared wherever both stand at one position.
//
// It finds our own mistakes. It proves nothing to somebody who does not trust us: for that is the signed tree.
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

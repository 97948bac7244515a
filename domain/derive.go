package domain

import (
	"crypto/sha256"
	"encoding/binary"

	"github.com/google/uuid"
)

// timeBytes is how much of a UUIDv7 is its time.
const timeBytes = 6

// DeriveID is the id of the n-th thing that a command makes: the same command makes the same ids. It is a UUIDv8, the
// first bytes of a SHA-256. If the id of the command begins with its time, as a UUIDv7 does, so does what derives from
// it: ids that are made after each other then stand next to each other in an index, and writing them touches few pages.
// A command with another id is as good, only slower.
func DeriveID(command CommandID, kind string, n int) uuid.UUID {
	id := uuid.NewHash(sha256.New(), command, binary.BigEndian.AppendUint32([]byte(kind), uint32(n)), 8)
	if command.Version() == 7 {
		copy(id[:timeBytes], command[:timeBytes])
	}
	return id
}

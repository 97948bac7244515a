package sqlite_test

import (
	"bytes"
	"time"

	"github.com/google/uuid"

	"signaalboek/domain"
)

// drafts makes n drafts of the usual size, 480 bytes of payload and metadata, with ids as those of one command.
func drafts(n int) []domain.Draft {
	made, command := make([]domain.Draft, n), uuid.Must(uuid.NewV7())
	for i := range made {
		made[i] = domain.Draft{
			ID:       domain.DeriveID(command, "event", i),
			Name:     "thing.happened.v1",
			At:       time.UnixMicro(1_650_000_000_000_000).UTC(),
			Payload:  bytes.Repeat([]byte("payload "), 30),
			Metadata: bytes.Repeat([]byte("metadata"), 30),
		}
	}
	return made
}

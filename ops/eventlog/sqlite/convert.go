package sqlite

import (
	"context"
	"errors"

	"signaalboek/ops/atrest"
)

// checksumBytes is what page checksums take of a page in the clear.
const checksumBytes = 8

// Convert puts the log at path from one form into another; see atrest.Convert. Nobody may have it open: ErrLocked.
func Convert(ctx context.Context, path string, from, to *atrest.Cipher) (err error) {
	lock, err := lockFile(ctx, path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Close()) }()
	if err := checkWAL(path, from); err != nil && to.Check(path) != nil {
		return err
	}
	reserve := checksumBytes
	if to != nil {
		reserve = atrest.Reserve
	}
	return atrest.Convert(ctx, path, from, to, reserve)
}

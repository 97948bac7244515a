package vault

import (
	"context"
	"encoding/binary"
	"fmt"
	"time"
)

// overlap is how long after a forgetting began a digest of before may still be made, by the clock of whoever makes it:
// what wrapping all secrets anew takes, a lease, and the difference between two clocks.
const overlap = 45 * time.Second

// noteForgetting notes from when on digests are made with the key that was just made. The note stands where a secret
// does, and so is wrapped, bound, wrapped anew and copied as one.
func (b book) noteForgetting(now time.Time) error {
	note := newSecret()
	binary.BigEndian.PutUint64(note.raw[:], uint64(now.Add(overlap).UnixMicro()))
	_, err := insertSecret(b, b.master, row{name: sinceName}, note)
	return err
}

// notedForgetting is what noteForgetting noted last; zero, if nothing was forgotten since vaults note it.
func notedForgetting(tx Tx, m *Master) (time.Time, error) {
	note, found, err := find(tx, m, secretByName, sinceName)
	if err != nil || !found {
		return time.Time{}, err
	}
	return time.UnixMicro(int64(binary.BigEndian.Uint64(note.raw[:]))).UTC(), nil
}

// DigestsSince implements domain.Vault.
func (v *Vault) DigestsSince(ctx context.Context) (time.Time, error) {
	if err := ctx.Err(); err != nil {
		return time.Time{}, err
	}
	e, err := v.now(ctx)
	if err != nil {
		return time.Time{}, fmt.Errorf("vault: since when digests are: %w", err)
	}
	return e.digestsSince, nil
}

package postgres

import (
	"context"
	"errors"

	"signaalboek/ops/vault"
)

// Copy makes in a database a copy of another vault, with a key file: see vault.Lend. It is whole and durable, or not
// there, also if we crash; asked again, it finds that it is there. It refuses any other vault in the database, and leaves
// that as it is: vault.ErrOther, and what Open refuses.
func Copy(ctx context.Context, of *vault.Vault, conn string, key vault.KeyFile) error {
	r, err := connect(ctx, conn)
	if err != nil {
		return err
	}
	err = of.Lend(ctx, func(original vault.Original) error {
		if err := r.prepare(ctx, key, original); err != nil {
			return err
		}
		return r.Read(ctx, func(tx vault.Tx) error { return original.Compare(tx, key) })
	})
	return errors.Join(err, r.Close())
}

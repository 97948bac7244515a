package postgres

import (
	"context"
	"errors"

	"signaalboek/ops/vault"
)

// Copy makes in a database a copy of another vault, with a key file: see vault.Lend, and Make.
func Copy(ctx context.Context, of *vault.Vault, conn string, key vault.KeyFile) error {
	return of.Lend(ctx, func(original vault.Original) error { return Make(ctx, original, conn, key) })
}

// Make makes a vault in a database, with a key file, of an original. It is whole and durable, or not there, also if we
// crash; asked again, it finds that it is there. It refuses any other vault in the database, and leaves that as it is:
// vault.ErrOther, and what Open refuses.
func Make(ctx context.Context, original vault.Original, conn string, key vault.KeyFile) error {
	r, err := connect(ctx, conn)
	if err != nil {
		return err
	}
	err = r.prepare(ctx, key, original)
	if err == nil {
		err = r.Read(ctx, func(tx vault.Tx) error { return original.Compare(tx, key) })
	}
	return errors.Join(err, r.Close())
}

package sqlite

import (
	"context"
	"errors"

	"signaalboek/ops/vault"
)

// Copy makes in dir a copy of another vault: see vault.Lend, and Make.
func Copy(ctx context.Context, of *vault.Vault, dir string, options Options) error {
	return of.Lend(ctx, func(original vault.Original) error { return Make(ctx, original, dir, options) })
}

// Make makes a vault in dir of an original. It is whole and durable, or not there, also if we crash; asked again, it finds
// that it is there. It refuses any other vault in dir, and leaves that as it is: vault.ErrOther, and what Open refuses.
func Make(ctx context.Context, original vault.Original, dir string, options Options) error {
	f := filesIn(dir, options)
	if err := f.prepare(original); err != nil {
		return err
	}
	db, err := f.connect()
	if err != nil {
		return err
	}
	err = db.look(ctx, func(tx vault.Tx) error { return original.Compare(tx, f.Key) })
	return errors.Join(err, db.close())
}

package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"signaalboek/ops/vault"
)

// prepare sees to it that both the tables and the key file are there: it makes them of an original if there was never a
// vault here, finishes a first start that was cut off, and refuses if one of two is lost.
//
// If we crash before the tables are durable, the next start begins anew; after that, it finds the key that it had
// written, and gives it its name.
func (r *rows) prepare(ctx context.Context, key vault.KeyFile, original vault.Original) error {
	held, err := key.Exists()
	if err != nil {
		return err
	}
	made := false
	err = r.persist(ctx, pgx.TxOptions{IsoLevel: pgx.ReadCommitted}, func(t tx) error {
		if err := t.Lock("prepare"); err != nil { // of replicas that start together, one makes the vault
			return err
		}
		there, err := t.form()
		switch {
		case err != nil:
			return err
		case there && held:
			return nil
		case there:
			made = true
			return finishes(t, key)
		case held:
			return fmt.Errorf("%w: the database holds none", vault.ErrNoVault)
		}
		made = true
		return t.make(key, original)
	})
	if err != nil || !made {
		return err
	}
	return key.Finish()
}

// form reports whether there is a vault of the form that we know.
func (t tx) form() (there bool, err error) {
	err = t.Do(`SELECT to_regclass('`+schemaName+`.form') IS NOT NULL`, func(r vault.Row) error {
		there, _ = r.(row)[0].(bool)
		return nil
	})
	if err != nil || !there {
		return false, err
	}
	form := 0
	err = t.Do(`SELECT version FROM form`, func(r vault.Row) error {
		form = r.Int(0)
		return nil
	})
	if err == nil && form != version {
		err = fmt.Errorf("%w: form %d, and this program knows %d", vault.ErrNewer, form, version)
	}
	return true, err
}

// finishes refuses a database with a vault, unless it is the one that a first start of ours was making.
func finishes(t tx, key vault.KeyFile) error {
	m, err := key.Unfinished().Read()
	if err == nil {
		err = vault.Holds(t, m)
	}
	if errors.Is(err, vault.ErrWrongMaster) || errors.Is(err, vault.ErrNoMaster) {
		return fmt.Errorf("%w: %s is not there; copy the one of another replica", vault.ErrNoMaster, key)
	}
	return err
}

func (t tx) make(key vault.KeyFile, original vault.Original) error {
	if err := key.Unfinished().Write(original.Master); err != nil {
		return err
	}
	if _, err := t.Exec(t.ctx, schema); err != nil {
		return fmt.Errorf("vault: make tables: %w", err)
	}
	if err := t.Do(`INSERT INTO form (version) VALUES ($1)`, nil, version); err != nil {
		return fmt.Errorf("vault: make tables: %w", err)
	}
	return original.Fill(t)
}

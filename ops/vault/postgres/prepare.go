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
		form, err := t.form()
		switch {
		case err != nil:
			return err
		case form > 0 && held:
			return t.bring(form, key)
		case form > 0:
			made = true
			if err := finishes(t, key); err != nil {
				return err
			}
			return t.bring(form, key.Unfinished())
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

// form is the form of the vault that is there; 0 if there is none.
func (t tx) form() (form int, err error) {
	there := false
	err = t.Do(`SELECT to_regclass('`+schemaName+`.form') IS NOT NULL`, func(r vault.Row) error {
		there, _ = r.(row)[0].(bool)
		return nil
	})
	if err != nil || !there {
		return 0, err
	}
	err = t.Do(`SELECT version FROM form`, func(r vault.Row) error {
		form = r.Int(0)
		return nil
	})
	if err == nil && (form < first || form > version) {
		err = fmt.Errorf("%w: form %d, and this program knows %d", vault.ErrNewer, form, version)
	}
	return form, err
}

// bring brings a vault of a former form into this one. It refuses another master key before it changes anything.
func (t tx) bring(former int, key vault.KeyFile) error {
	if former == version {
		return nil
	}
	m, err := key.Read()
	if err != nil {
		return err
	}
	if err := vault.Holds(t, m); err != nil {
		return err
	}
	if _, err := t.Exec(t.ctx, addedIn3); err != nil {
		return fmt.Errorf("vault: bring into form %d: %w", version, err)
	}
	return t.Do(`UPDATE form SET version = $1`, nil, version)
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

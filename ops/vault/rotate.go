package vault

import (
	"context"
	"fmt"

	"github.com/google/uuid"
)

// rewrapAtOnce is how many secrets are wrapped anew at a time, so that memory holds no more of them.
const rewrapAtOnce = 2000

// rewrap wraps every secret under next, and leads from the master key to it.
func (b book) rewrap(next *Master) error {
	if err := b.rewrapSecrets(next); err != nil {
		return err
	}
	if err := b.rewrapDrafts(next); err != nil {
		return err
	}
	if err := b.rewrapBundles(next); err != nil {
		return err
	}
	err := b.Do(`INSERT INTO turn (former, wrapped) VALUES ($1, $2)`, nil,
		b.master.id, b.master.wrap(next.raw, "turn", string(b.master.id)))
	if err != nil {
		return fmt.Errorf("turn to a new master key: %w", err)
	}
	return b.Do(`UPDATE state SET generation = generation + 1, erase = 1, master = $1`, nil, next.id)
}

// rewrapSecrets walks through table secret in the order of ids.
func (b book) rewrapSecrets(next *Master) error {
	for from := (uuid.UUID{}); ; {
		var args [][]any
		err := b.Do(`SELECT `+secretColumns+` FROM secret s WHERE s.id > $1 AND s.wrapped IS NOT NULL
			ORDER BY s.id LIMIT $2`, func(r Row) error {
			s, err := readSecret(r, b.master)
			if err != nil {
				return fmt.Errorf("wrap %s anew: %w", idAt(r, 0), err)
			}
			from = s.id
			args = append(args, []any{next.id, next.wrap(s.raw[:], readRow(r).bound()...), s.id[:]})
			return nil
		}, from[:], rewrapAtOnce)
		if err != nil || len(args) == 0 {
			return err
		}
		if err := b.Many(`UPDATE secret SET master = $1, wrapped = $2 WHERE id = $3`, args); err != nil {
			return fmt.Errorf("wrap anew: %w", err)
		}
	}
}

func (b book) rewrapDrafts(next *Master) error {
	all, err := b.drafts(`1 = $1`, 1)
	if err != nil {
		return fmt.Errorf("wrap drafts anew: %w", err)
	}
	turned := book{b.Tx, &epoch{master: next}, b.state}
	for _, d := range all {
		if err := turned.putDraft(d); err != nil {
			return fmt.Errorf("wrap draft %s anew: %w", d.ID, err)
		}
	}
	return nil
}

// settle sees to it that the key file holds the master key of the rows. It runs after every forgetting, at every start,
// and whenever a vault learns that another one has forgotten something; where there is nothing to do, it does nothing.
//
// If we crash before the key file is replaced, table turn still leads from the key that it holds to that of the rows;
// after that, the row of turn is deleted by the next settling.
func (v *Vault) settle(ctx context.Context) (s state, err error) {
	err = v.rows.Alone(ctx, func(tx Tx) error {
		b, err := v.at(tx)
		if err != nil {
			return err
		}
		s = b.state
		if err := v.file.replace(b.master); err != nil {
			return err
		}
		return b.ExpireTurns()
	})
	if err != nil {
		return s, fmt.Errorf("vault: settle: %w", err)
	}
	v.settled.Store(max(v.settled.Load(), int64(s.generation)))
	return s, nil
}

// finish settles, and sees to it that nothing which was forgotten stands in pages or journals. If we crash before the
// erasing is noted, it is done again, at the next start or forgetting of any vault on these rows.
func (v *Vault) finish(ctx context.Context) error {
	s, err := v.settle(ctx)
	if err != nil || !s.erase {
		return err
	}
	if err := v.rows.EraseAll(ctx); err != nil {
		return fmt.Errorf("vault: erase: %w", err)
	}
	return v.rows.Alone(ctx, func(tx Tx) error {
		return tx.Do(`UPDATE state SET erase = 0 WHERE generation = $1`, nil, s.generation)
	})
}

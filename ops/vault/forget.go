package vault

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"signaalboek/domain"
)

// erasure is what a forgetting destroys, as it finds it in the rows.
type erasure struct {
	keys []uuid.UUID       // of texts, scopes, seeds, cards, drafts and bundles
	by   domain.PracticeID // that owes it to the log; empty: nobody does
	turn bool              // replace the master key, even if there is nothing to destroy
}

// The rows that a forgetting leaves as they are: what is forgotten already, and, if events name it, what is not theirs
// alone.
const (
	goneAlready = `SELECT id FROM secret WHERE id = $1 AND wrapped IS NULL`
	goneOrNamed = `SELECT id FROM secret WHERE id = $1 AND (wrapped IS NULL OR name IS NOT NULL AND name NOT LIKE 'seed/%')`
)

// ForgetTexts implements domain.Vault.
func (v *Vault) ForgetTexts(ctx context.Context, practice domain.PracticeID, keys ...uuid.UUID) error {
	if len(keys) == 0 {
		return ctx.Err()
	}
	return v.forget(ctx, "forget texts", func(b book) (erasure, error) {
		live, err := b.without(goneOrNamed, keys)
		return erasure{keys: live, by: practice}, err
	})
}

// ForgetSubject implements domain.Vault. Rows that were made before secrets were made in advance say what they are about.
func (v *Vault) ForgetSubject(ctx context.Context, practice domain.PracticeID, subject domain.StreamID, keys ...uuid.UUID) error {
	return v.forget(ctx, "forget a subject", func(b book) (erasure, error) {
		live, err := b.without(goneOrNamed, keys)
		if err != nil || subject == "" {
			return erasure{keys: live, by: practice}, err
		}
		older, err := b.keysOf(`SELECT id FROM secret WHERE subject = $1 AND subject <> ''`, string(subject))
		if err != nil {
			return erasure{}, err
		}
		drafts, err := b.keysOf(`SELECT key FROM draft WHERE subject = $1`, string(subject))
		return erasure{keys: slices.Concat(live, older, drafts), by: practice}, err
	})
}

// without is keys without those that a query finds.
func (b book) without(query string, keys []uuid.UUID) (left []uuid.UUID, err error) {
	for _, key := range keys {
		found, err := b.keysOf(query, key[:])
		if err != nil {
			return nil, err
		}
		if len(found) == 0 {
			left = append(left, key)
		}
	}
	return left, nil
}

// ForgetCard implements domain.Vault.
func (v *Vault) ForgetCard(ctx context.Context, practice domain.PracticeID, id domain.CardID) error {
	return v.forget(ctx, "forget a card", func(b book) (erasure, error) {
		person, err := b.card(practice, id)
		if errors.Is(err, domain.ErrForgotten) {
			return erasure{}, nil
		}
		if err != nil {
			return erasure{}, err
		}
		all, err := b.cards(practice)
		var keys []uuid.UUID
		for _, c := range all {
			if survivor(all, c).id == person.id {
				keys = append(keys, c.key.id)
			}
		}
		return erasure{keys: keys, by: practice}, err
	})
}

// DestroyYear implements domain.Vault. A year without a key gets one, so that what is left of it can be told.
func (v *Vault) DestroyYear(ctx context.Context, practice domain.PracticeID, year int) error {
	return v.forget(ctx, "destroy a year", func(b book) (erasure, error) {
		s, err := b.findOrMake(scopeRow(domain.YearScope(practice, year)))
		if errors.Is(err, domain.ErrForgotten) {
			return erasure{}, nil
		}
		return erasure{keys: []uuid.UUID{s.id}}, err
	})
}

// Forget implements domain.Vault.
func (v *Vault) Forget(ctx context.Context, keys ...uuid.UUID) error {
	if len(keys) == 0 {
		return ctx.Err()
	}
	return v.forget(ctx, "forget keys", func(b book) (erasure, error) {
		live, err := b.without(goneAlready, keys)
		return erasure{keys: live}, err
	})
}

// Rotate replaces the master key, and forgets nothing: copies of the vault that were made before, and copies of the key
// file, open nothing together with what there is from now on.
func (v *Vault) Rotate(ctx context.Context) error {
	return v.forget(ctx, "rotate", func(book) (erasure, error) { return erasure{turn: true}, nil })
}

// keysOf is the ids that a query finds.
func (b book) keysOf(query string, args ...any) (ids []uuid.UUID, err error) {
	err = b.Do(query, func(row Row) error {
		ids = append(ids, idAt(row, 0))
		return nil
	}, args...)
	return ids, err
}

// forget destroys what which finds.
//
// If we crash before the transaction is durable, nothing is forgotten. After that it is: the rows are wrapped under a
// master key that table turn leads to from the one in the key file, and state says that pages and journals are not yet
// erased. What is left to do, finish does, now or at the next start. Last we wait until nobody can believe any more that
// the epoch goes on.
func (v *Vault) forget(ctx context.Context, what string, which func(book) (erasure, error)) error {
	err := v.rows.Alone(ctx, func(tx Tx) error {
		b, err := v.at(tx)
		if err != nil {
			return err
		}
		e, err := which(b)
		if err != nil || len(e.keys) == 0 && !e.turn {
			return err
		}
		return b.destroy(e)
	})
	if err == nil {
		err = v.finish(ctx)
	}
	if err == nil {
		err = v.waitOut(ctx)
	}
	if err != nil {
		return fmt.Errorf("vault: %s: %w", what, err)
	}
	return nil
}

// destroy makes an erasure, ends the epoch, and wraps what is left under a new master key.
func (b book) destroy(e erasure) error {
	for _, key := range e.keys {
		if err := b.destroyKey(key, e.by); err != nil {
			return fmt.Errorf("destroy key %s: %w", key, err)
		}
	}
	if len(e.keys) > 0 {
		if err := b.renew(); err != nil {
			return err
		}
	}
	return b.rewrap(NewMaster())
}

// renew replaces the secrets that no forgetting may leave as they were.
func (b book) renew() error {
	snapshots, err := b.keysOf(`SELECT id FROM secret WHERE name = $1`, scopeRow(domain.SnapshotScope).name)
	if err != nil {
		return err
	}
	for _, key := range snapshots {
		if err := b.destroyKey(key, ""); err != nil {
			return err
		}
	}
	if err := b.Do(`DELETE FROM secret WHERE name = $1 OR name = $2`, nil, digestName, sinceName); err != nil {
		return err
	}
	if _, err := b.insert(row{name: digestName}); err != nil {
		return err
	}
	return b.noteForgetting(time.Now())
}

// destroyKey destroys one key with all that hangs by it, and leaves a row that says so. Only a scope keeps its name,
// so that nobody makes it a new key, but that of snapshots.
func (b book) destroyKey(key uuid.UUID, by domain.PracticeID) error {
	var owed any
	if by != "" {
		owed = string(by)
	}
	if err := b.forgetCardOf(key); err != nil {
		return err
	}
	if err := b.forgetDraftOf(key); err != nil {
		return err
	}
	if err := b.forgetBundlesOf(key); err != nil {
		return err
	}
	none := []byte{}
	err := b.Do(`INSERT INTO secret (id, subject, name, event, field, master, wrapped, owed)
		VALUES ($1, '', NULL, NULL, NULL, $2, NULL, $3)
		ON CONFLICT (id) DO UPDATE SET subject = '', event = NULL, field = NULL, master = excluded.master, wrapped = NULL,
			owed = excluded.owed`, nil, key[:], none, owed)
	if err != nil {
		return err
	}
	return b.Do(`UPDATE secret SET name = NULL WHERE id = $1 AND (name NOT LIKE 'scope/%' OR name = $2)`, nil,
		key[:], scopeRow(domain.SnapshotScope).name)
}

// forgetCardOf empties the card of a key, and takes it out of every order.
func (b book) forgetCardOf(key uuid.UUID) error {
	var cards []card
	err := b.Do(`SELECT id, practice FROM card WHERE secret = $1`, func(row Row) error {
		cards = append(cards, card{id: idAt(row, 0), practice: domain.PracticeID(row.Text(1))})
		return nil
	}, key[:])
	if err != nil {
		return err
	}
	for _, c := range cards {
		if err := b.forgetOrder(c.practice, c.id); err != nil {
			return err
		}
		if err := b.Do(`UPDATE card SET content = NULL WHERE id = $1`, nil, c.id[:]); err != nil {
			return err
		}
	}
	return nil
}

// forgetDraftOf drops the draft of a key.
func (b book) forgetDraftOf(key uuid.UUID) error {
	all, err := b.drafts(`d.key = $1`, key[:])
	for _, d := range all {
		err = errors.Join(err, b.drop(d))
	}
	return err
}

// waitOut waits until every lease has ended that was given before the epoch began.
func (v *Vault) waitOut(ctx context.Context) error {
	ended := time.NewTimer(v.epoch.Load().since + lease - v.elapsed())
	defer ended.Stop()
	select {
	case <-ended.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Erasures implements domain.Vault.
func (v *Vault) Erasures(ctx context.Context, practice domain.PracticeID) (owed []uuid.UUID, err error) {
	err = v.read(ctx, func(b book) (err error) {
		owed, err = b.keysOf(`SELECT id FROM secret WHERE owed = $1 ORDER BY id`, string(practice))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("vault: erasures of %s: %w", practice, err)
	}
	return owed, nil
}

// MarkRecorded implements domain.Vault.
func (v *Vault) MarkRecorded(ctx context.Context, keys ...uuid.UUID) error {
	_, err := write(ctx, v, func(b book) (none struct{}, err error) {
		args := make([][]any, len(keys))
		for i := range keys {
			args[i] = []any{keys[i][:]}
		}
		return none, b.Many(`UPDATE secret SET owed = NULL WHERE id = $1`, args)
	})
	if err != nil {
		return fmt.Errorf("vault: mark erasures recorded: %w", err)
	}
	return nil
}

// Package postgres keeps the rows of a vault in a PostgreSQL that replicas share. See package vault for what stands in
// them, for the key file that each replica holds, and for whoever runs it; and ops/postgres for the connection string.
//
// The tables stand in the schema signaalboek_vault, which the first vault makes; its user must own it. Where no schema
// and no key file are, both are made; the key file is then copied to the other replicas. Where one is missing, a vault
// refuses to open.
//
// # Who waits for whom
//
// Every transaction that writes holds the lock of the whole vault, shared; a forgetting holds it alone, because it wraps
// every row anew. Whoever reads a row in order to change it holds a lock of a name besides: the cards of a practice, the
// drafts. These are advisory locks: readers never wait. Reading sees one state of all rows (REPEATABLE READ); writing sees
// what stands when it has its locks (READ COMMITTED). What PostgreSQL takes back all the same is tried again, a few times.
//
// # What cannot be erased here
//
// After a forgetting the tables are rewritten (VACUUM FULL), but PostgreSQL's write-ahead log, its archive and standby
// servers keep former rows until they are recycled. They are noise: the master key that wrapped them is destroyed. A draft
// that was dropped lives on in the same places, wrapped, until the next forgetting.
package postgres

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"sync/atomic"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"signaalboek/domain"
	"signaalboek/ops/postgres"
	"signaalboek/ops/vault"
)

// Open opens the vault in a database, with the key file of this replica, and makes both if neither was there.
func Open(ctx context.Context, conn string, key vault.KeyFile) (*vault.Vault, error) {
	r, err := connect(ctx, conn)
	if err != nil {
		return nil, err
	}
	if err := r.prepare(ctx, key, vault.Blank()); err != nil {
		return nil, errors.Join(err, r.Close())
	}
	return vault.Open(ctx, r, key)
}

// rows implements vault.Rows.
type rows struct {
	pool   *pgxpool.Pool
	closed atomic.Bool
}

// connect makes a pool, which connects when it is first used, and again whenever it must.
func connect(ctx context.Context, conn string) (*rows, error) {
	safe, err := postgres.Parse(conn)
	if err != nil {
		return nil, err
	}
	config, err := pgxpool.ParseConfig(conn)
	if err != nil {
		return nil, postgres.ErrMalformed // what pgx says may hold the password
	}
	config.ConnConfig.ConnectTimeout = safe.ConnectTimeout
	config.ConnConfig.RuntimeParams["application_name"] = safe.RuntimeParams["application_name"]
	config.ConnConfig.RuntimeParams["search_path"] = schemaName
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("vault: prepare connections: %w", err)
	}
	return &rows{pool: pool}, nil
}

// Close implements vault.Rows.
func (r *rows) Close() error {
	r.closed.Store(true)
	r.pool.Close()
	return nil
}

// Read implements vault.Rows.
func (r *rows) Read(ctx context.Context, look func(vault.Tx) error) error {
	options := pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}
	return r.persist(ctx, options, func(t tx) error { return look(t) })
}

// Write implements vault.Rows.
func (r *rows) Write(ctx context.Context, change func(vault.Tx) error) error {
	return r.locked(ctx, `SELECT pg_advisory_xact_lock_shared($1)`, change)
}

// Alone implements vault.Rows.
func (r *rows) Alone(ctx context.Context, change func(vault.Tx) error) error {
	return r.locked(ctx, `SELECT pg_advisory_xact_lock($1)`, change)
}

// whole is the name of the lock of the whole vault.
const whole = "whole"

func (r *rows) locked(ctx context.Context, lock string, change func(vault.Tx) error) error {
	return r.persist(ctx, pgx.TxOptions{IsoLevel: pgx.ReadCommitted}, func(t tx) error {
		if _, err := t.Exec(ctx, lock, lockKey(whole)); err != nil {
			return fmt.Errorf("vault: lock: %w", err)
		}
		return change(t)
	})
}

// attempts is how often a transaction is tried that PostgreSQL takes back, or whose connection turns out to be broken.
const attempts = 5

// persist runs a transaction until it counts. A change may be made twice if its connection broke while it was committed:
// every change of a vault can be asked for again.
func (r *rows) persist(ctx context.Context, options pgx.TxOptions, do func(tx) error) (err error) {
	broken := 0
	for range attempts {
		err = r.once(ctx, options, do)
		switch {
		case err == nil || r.closed.Load():
			return r.orClosed(err)
		case errors.Is(ctx.Err(), context.Canceled):
			return ctx.Err()
		case postgres.Away(err):
			if broken++; broken > 1 || ctx.Err() != nil { // one idle connection that broke is no outage
				return fmt.Errorf("%w: %w", domain.ErrVaultAway, err)
			}
			r.pool.Reset()
		case !takenBack(err):
			return err
		}
	}
	return err
}

func (r *rows) orClosed(err error) error {
	if err != nil {
		return vault.ErrClosed
	}
	return nil
}

// takenBack reports whether PostgreSQL chose this transaction to give way to others.
func takenBack(err error) bool {
	said, ok := errors.AsType[*pgconn.PgError](err)
	return ok && (said.Code == "40001" || said.Code == "40P01")
}

func (r *rows) once(ctx context.Context, options pgx.TxOptions, do func(tx) error) error {
	return pgx.BeginTxFunc(ctx, r.pool, options, func(t pgx.Tx) error { return do(tx{t, ctx}) })
}

// EraseJournal implements vault.Rows, as far as it can be done here.
func (r *rows) EraseJournal(ctx context.Context) error {
	return r.exec(ctx, "VACUUM (FULL) draft")
}

// EraseAll implements vault.Rows, as far as it can be done here.
func (r *rows) EraseAll(ctx context.Context) error {
	return r.exec(ctx, "VACUUM (FULL) secret, card, shelf, draft, bundle, turn")
}

// exec runs a statement that stands in no transaction.
func (r *rows) exec(ctx context.Context, sql string) error {
	_, err := r.pool.Exec(ctx, sql)
	switch {
	case err == nil:
		return nil
	case r.closed.Load():
		return vault.ErrClosed
	case errors.Is(ctx.Err(), context.Canceled):
		return ctx.Err()
	case postgres.Away(err):
		return fmt.Errorf("%w: %w", domain.ErrVaultAway, err)
	}
	return fmt.Errorf("vault: erase: %w", err)
}

// tx implements vault.Tx.
type tx struct {
	pgx.Tx
	ctx context.Context
}

// Do implements vault.Tx.
func (t tx) Do(sql string, each func(vault.Row) error, args ...any) error {
	answer, err := t.Query(t.ctx, sql, args...)
	if err != nil {
		return err
	}
	defer answer.Close()
	for answer.Next() {
		values, err := answer.Values()
		if err != nil {
			return err
		}
		if each == nil {
			continue
		}
		if err := each(row(values)); err != nil {
			return err
		}
	}
	answer.Close()
	return answer.Err()
}

// Many implements vault.Tx.
func (t tx) Many(sql string, args [][]any) error {
	batch := &pgx.Batch{}
	for _, list := range args {
		batch.Queue(sql, list...)
	}
	return t.SendBatch(t.ctx, batch).Close()
}

// Lock implements vault.Tx.
func (t tx) Lock(what string) error {
	_, err := t.Exec(t.ctx, `SELECT pg_advisory_xact_lock($1)`, lockKey(what))
	return err
}

// lockKey is the number by which PostgreSQL knows a lock. Two names with one number wait for each other, no more.
func lockKey(what string) int64 {
	sum := sha256.Sum256([]byte(schemaName + "/" + what))
	return int64(binary.BigEndian.Uint64(sum[:]))
}

// Scrub implements vault.Tx: EraseJournal rewrites the table.
func (t tx) Scrub(string) error { return nil }

// ExpireTurns implements vault.Tx. A key file that was replaced between 35 and 66 days ago leads nowhere any more.
func (t tx) ExpireTurns() error {
	return t.Do(`DELETE FROM turn WHERE made < now() - interval '66 days'`, nil)
}

// row implements vault.Row.
type row []any

// Bytes implements vault.Row.
func (r row) Bytes(column int) []byte {
	raw, _ := r[column].([]byte)
	return raw
}

// Text implements vault.Row.
func (r row) Text(column int) string {
	text, _ := r[column].(string)
	return text
}

// Int implements vault.Row.
func (r row) Int(column int) int {
	switch n := r[column].(type) {
	case int32:
		return int(n)
	case int64:
		return int(n)
	default:
		return 0
	}
}

package transparency

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/stdlib"

	"signaalboek/domain"
	"signaalboek/ops/postgres"
)

// sharedSchema is our corner of the database: one row.
const sharedSchema = `
CREATE SCHEMA IF NOT EXISTS signaalboek_head;
CREATE TABLE IF NOT EXISTS signaalboek_head.head (
	one      INTEGER PRIMARY KEY CHECK (one = 1),
	revision BIGINT NOT NULL,
	content  BYTEA NOT NULL
);`

// preparing is the lock under which replicas that start together make the table: "SBHD".
const preparing = 0x53424844

// HeadShared keeps a head in PostgreSQL, for replicas. While the database is away it fails with domain.ErrVaultAway: the
// vault stands in the same one.
type HeadShared struct{ db *sql.DB }

// patience is how long one call may take; a caller who has less says so in the context.
const patience = 5 * time.Second

// connections is how many a replica keeps at most.
const connections = 2

// OpenHeadShared opens the head that replicas share, or makes room for one, in the schema "signaalboek_head" of a
// PostgreSQL database; conn is what postgres.Parse takes, and its errors come back.
func OpenHeadShared(ctx context.Context, conn string) (*HeadShared, error) {
	config, err := postgres.Parse(conn)
	if err != nil {
		return nil, fmt.Errorf("open the head: %w", err)
	}
	h := &HeadShared{stdlib.OpenDB(*config)}
	h.db.SetMaxOpenConns(connections)
	h.db.SetMaxIdleConns(connections)
	if err := h.prepare(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open the head: %w", away(err)), h.db.Close())
	}
	return h, nil
}

func (h *HeadShared) prepare(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	tx, err := h.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // nothing, once it is committed
	if _, err := tx.ExecContext(ctx, `SELECT pg_advisory_xact_lock($1)`, preparing); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, sharedSchema); err != nil {
		return err
	}
	return tx.Commit()
}

// Close closes the connections.
func (h *HeadShared) Close() error { return h.db.Close() }

// Head implements Heads.
func (h *HeadShared) Head(ctx context.Context) (Head, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var revision int64
	var raw []byte
	err := h.db.QueryRowContext(ctx, `SELECT revision, content FROM signaalboek_head.head`).Scan(&revision, &raw)
	if errors.Is(err, sql.ErrNoRows) {
		return Head{}, nil
	}
	if err != nil {
		return Head{}, fmt.Errorf("read the head: %w", away(err))
	}
	head, err := decode(raw)
	if err == nil && head.Revision != revision {
		err = fmt.Errorf("%w: revision %d in a row of revision %d", ErrHeadDamaged, head.Revision, revision)
	}
	head.Revision = revision
	return head, err
}

// Swap implements Heads.
func (h *HeadShared) Swap(ctx context.Context, head Head) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	before := head.Revision
	head.Revision++
	raw, err := encode(head)
	if err != nil {
		return err
	}
	done, err := h.db.ExecContext(ctx, `INSERT INTO signaalboek_head.head (one, revision, content) SELECT 1, $2, $3
		WHERE $1::bigint = 0 OR EXISTS (SELECT FROM signaalboek_head.head)
		ON CONFLICT (one) DO UPDATE SET revision = $2, content = $3 WHERE head.revision = $1`, before, head.Revision, raw)
	if err != nil {
		return fmt.Errorf("swap the head: %w: %w", domain.ErrUnknown, away(err))
	}
	if rows, err := done.RowsAffected(); err != nil || rows == 0 {
		return errors.Join(err, fmt.Errorf("swap the head: %w", ErrMoved))
	}
	return nil
}

// away is an error of the database as the program knows it.
func away(err error) error {
	if postgres.Away(err) {
		return fmt.Errorf("%w: %w", domain.ErrVaultAway, err)
	}
	return err
}

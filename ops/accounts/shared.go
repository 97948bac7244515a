package accounts

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5/stdlib"

	"signaalboek/ops/postgres"
)

// sharedSchema is our corner of the database. The column rowid is what SQLite has of itself.
const sharedSchema = `
CREATE SCHEMA accounts;
CREATE TABLE format (version INTEGER NOT NULL);
INSERT INTO format VALUES (%d);
CREATE TABLE actor (
	rowid    BIGINT GENERATED ALWAYS AS IDENTITY,
	id       TEXT PRIMARY KEY,
	practice TEXT NOT NULL,
	role     TEXT NOT NULL,
	token    BYTEA NOT NULL UNIQUE
);
CREATE TABLE link (
	secret  BYTEA PRIMARY KEY,
	actor   TEXT NOT NULL REFERENCES actor,
	expires BIGINT NOT NULL
);
CREATE TABLE session (
	secret  BYTEA PRIMARY KEY,
	actor   TEXT NOT NULL REFERENCES actor,
	expires BIGINT NOT NULL
);`

// connections is how many a replica keeps at most: PostgreSQL takes a hundred from all of them together.
const connections = 8

// OpenShared opens the accounts that replicas share, or makes them, in the schema "accounts" of a PostgreSQL database;
// conn is what postgres.Parse takes, and its errors come back. ErrForeign, ErrAway.
func OpenShared(ctx context.Context, conn string) (*Accounts, error) {
	config, err := postgres.Parse(conn)
	if err != nil {
		return nil, fmt.Errorf("open accounts: %w", err)
	}
	config.RuntimeParams["search_path"] = "accounts"
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	accounts := &Accounts{db: db, lock: "LOCK TABLE actor IN SHARE ROW EXCLUSIVE MODE", away: postgres.Away}
	if err := accounts.write(ctx, "open accounts", prepareShared); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return accounts, nil
}

// prepareShared makes the tables of a new database, and refuses those that are not ours. Replicas that start together
// wait for each other.
func prepareShared(ctx context.Context, tx *sql.Tx) error {
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("SELECT pg_advisory_xact_lock(%d)", applicationID)); err != nil {
		return err
	}
	var there, ours bool
	err := tx.QueryRowContext(ctx, `SELECT to_regnamespace('accounts') IS NOT NULL, to_regclass('accounts.format') IS NOT NULL`).
		Scan(&there, &ours)
	switch {
	case err != nil:
		return err
	case there && !ours:
		return ErrForeign
	case !there:
		_, err := tx.ExecContext(ctx, fmt.Sprintf(sharedSchema, format))
		return err
	}
	var version int
	err = tx.QueryRowContext(ctx, `SELECT version FROM format`).Scan(&version)
	if err == nil && version != format || errors.Is(err, sql.ErrNoRows) {
		return ErrForeign
	}
	return err
}

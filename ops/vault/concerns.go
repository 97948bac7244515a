package vault

import (
	"context"
	"fmt"

	"github.com/ncruces/go-sqlite3"
	"signaalboek/domain"
)

// CountConcern implements domain.Vault.
func (v *Vault) CountConcern(ctx context.Context, command domain.CommandID, year int) error {
	mark := v.mark("concern", command)
	err := v.writer.do(ctx, func(db *conn) error {
		return db.do(`INSERT INTO concern (mark, year) VALUES (?, ?) ON CONFLICT (mark) DO NOTHING`, nil, mark, year)
	})
	if err != nil {
		return fmt.Errorf("vault: count a concern: %w", err)
	}
	return nil
}

// Concerns implements domain.Vault.
func (v *Vault) Concerns(ctx context.Context, year int) (count int, err error) {
	err = v.read(ctx, func(db *conn) error {
		return db.do(`SELECT count(*) FROM concern WHERE year = ?`, func(stmt *sqlite3.Stmt) error {
			count = stmt.ColumnInt(0)
			return nil
		}, year)
	})
	if err != nil {
		return 0, fmt.Errorf("vault: concerns of %d: %w", year, err)
	}
	return count, nil
}

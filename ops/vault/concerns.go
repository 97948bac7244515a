package vault

import (
	"context"
	"fmt"

	"signaalboek/domain"
)

// CountConcern implements domain.Vault.
func (v *Vault) CountConcern(ctx context.Context, command domain.CommandID, year int) error {
	_, err := write(ctx, v, func(b book) (none struct{}, err error) {
		return none, b.Do(`INSERT INTO concern (mark, year) VALUES ($1, $2) ON CONFLICT (mark) DO NOTHING`, nil,
			b.mark("concern", command), year)
	})
	if err != nil {
		return fmt.Errorf("vault: count a concern: %w", err)
	}
	return nil
}

// Concerns implements domain.Vault.
func (v *Vault) Concerns(ctx context.Context, year int) (count int, err error) {
	err = v.read(ctx, func(b book) error {
		return b.Do(`SELECT count(*) FROM concern WHERE year = $1`, func(row Row) error {
			count = row.Int(0)
			return nil
		}, year)
	})
	if err != nil {
		return 0, fmt.Errorf("vault: concerns of %d: %w", year, err)
	}
	return count, nil
}

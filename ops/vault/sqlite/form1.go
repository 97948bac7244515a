package sqlite

import (
	"errors"
	"fmt"

	"signaalboek/ops/vault"
)

// fromForm1 brings a vault of form 1 into form 2, in one transaction. If we crash before it is durable, the vault is of
// form 1, whole; after that, of form 2, and the next start erases what was left of form 1 from its pages.
func (f files) fromForm1(db *conn) (err error) {
	m, err := f.Key.Read()
	if err != nil {
		return err
	}
	if err := db.Exec("PRAGMA synchronous = FULL; BEGIN IMMEDIATE"); err != nil {
		return fmt.Errorf("vault: bring %s into form %d: %w", dbName, version, err)
	}
	if err := db.bring(m); err != nil {
		return errors.Join(err, db.Exec("ROLLBACK"))
	}
	if err := db.Exec("COMMIT"); err != nil {
		return fmt.Errorf("vault: bring %s into form %d: %w", dbName, version, err)
	}
	return nil
}

func (c *conn) bring(m *vault.Master) error {
	if form, err := pragma(c, "user_version"); err != nil || form != 1 {
		return err // somebody else has brought it
	}
	err := c.Exec(`ALTER TABLE card RENAME TO card1; DROP INDEX card_by_practice; ALTER TABLE secret ADD COLUMN owed TEXT;` + addedIn2)
	if err != nil {
		return err
	}
	if err := vault.FromForm1(c, m); err != nil {
		return err
	}
	return c.Exec("DROP TABLE card1; " + form())
}

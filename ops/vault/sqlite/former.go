package sqlite

import (
	"errors"
	"fmt"

	"signaalboek/ops/vault"
)

// fromFormer brings a vault of a former form into this one, in one transaction. If we crash before it is durable, the vault
// is of the former form, whole; after that, of this one, and of form 1 the next start erases what was left from its pages.
func (f files) fromFormer(db *conn) (err error) {
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

// bring does nothing if somebody else has done it meanwhile. It refuses another master key before it changes anything.
func (c *conn) bring(m *vault.Master) error {
	former, err := pragma(c, "user_version")
	switch {
	case err != nil || former >= version:
		return err
	case former == 1:
		err = c.bringForm1(m)
	default:
		err = vault.Holds(c, m)
	}
	if err != nil {
		return err
	}
	return c.Exec(addedIn3 + form())
}

func (c *conn) bringForm1(m *vault.Master) error {
	err := c.Exec(`ALTER TABLE card RENAME TO card1; DROP INDEX card_by_practice; ALTER TABLE secret ADD COLUMN owed TEXT;` + addedIn2)
	if err != nil {
		return err
	}
	if err := vault.FromForm1(c, m); err != nil {
		return err
	}
	return c.Exec("DROP TABLE card1")
}

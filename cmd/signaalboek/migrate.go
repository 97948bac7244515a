package main

import (
	"context"
	"errors"

	"signaalboek/ops/migrate"
)

// How the program ends when a migration does not end well. Everything else ends with 1: put it right and start again.
const (
	exitDiffers = 2 // the two ends hold different things; starting again does not help
	exitMoving  = 3 // somebody still appends to the source; stop them and start again
)

// migration moves a whole ledger from one place to another: the log, and the vault and the accounts where both ends have
// them; or only compares two logs. Killed at any moment, it may be started again: see package migrate.
//
// The log goes first. An event is recorded after its keys were made, so the vault, copied later, has the keys of every
// event that was copied. The vault and the accounts are each copied whole or not at all.
func migration(ctx context.Context, c *call) error {
	f := c.flags()
	m := f.takesMovement()
	f.takesSealing()
	f.takesJSON()
	rest, err := f.parse(c)
	if err := errors.Join(err, noMore(rest)); err != nil {
		return err
	}
	if err := m.check(); err != nil {
		return err
	}
	e, err := m.open(ctx)
	if err != nil {
		return err
	}
	told := account{Whole: m.whole() && !m.compareOnly, compareOnly: m.compareOnly}
	err = e.move(ctx, newMeter(c.stderr), &told)
	err = errors.Join(err, e.close())
	return errors.Join(told.write(c, f.json, err), told.failed(ctx, err))
}

// move copies what is to be copied, and compares the logs.
func (e *ends) move(ctx context.Context, meter *meter, told *account) (err error) {
	m := migrate.Migration{From: e.fromLog, To: e.toLog, Watch: meter.tick}
	if !told.compareOnly {
		meter.begin("Het logboek kopiëren")
		done, err := m.Copy(ctx)
		told.Before, told.Copied = done.Before, done.Now
		if err != nil {
			return err
		}
	}
	if told.Whole {
		if err := e.copyParts(ctx, meter); err != nil {
			return err
		}
	}
	meter.begin("De twee logboeken vergelijken")
	told.Events, err = m.Compare(ctx)
	meter.end()
	return err
}

// copyParts copies the vault and the accounts. If we die in between, what is there is found the next time.
func (e *ends) copyParts(ctx context.Context, meter *meter) error {
	meter.begin("De kluis kopiëren")
	if err := e.to.copyVault(ctx, e.vault); err != nil {
		return err
	}
	meter.begin("De accounts kopiëren")
	return e.fromBook.CopyTo(ctx, e.toBook)
}

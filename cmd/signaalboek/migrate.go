package main

import (
	"context"
	"errors"

	"signaalboek/domain/proof"
	"signaalboek/ops/migrate"
	"signaalboek/ops/transparency"
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
	if err != nil {
		return err
	}
	told.Root, err = sameRoot(ctx, e.fromLog, e.toLog)
	return err
}

// sameRoot is the root over the events of both logs, each computed from what it holds. Logs of events that commit to nothing
// have none; they were not recorded by a ledger.
func sameRoot(ctx context.Context, from, to transparency.Source) (string, error) {
	left, err := transparency.ExtentOf(ctx, from)
	if errors.Is(err, proof.ErrNoFrame) {
		return "", nil
	}
	right, failed := transparency.ExtentOf(ctx, to)
	if err := errors.Join(err, failed); err != nil {
		return "", err
	}
	if left.Size != right.Size || left.Root != right.Root || left.Frontier != right.Frontier {
		return "", errOtherRoot
	}
	return left.Root.String(), nil
}

// errOtherRoot is two logs that are the same, event by event, and yet have different trees: one of them moves.
var errOtherRoot = errors.New("migrate: the two logs have different roots")

// copyParts copies the vault and the accounts. If we die in between, what is there is found the next time.
func (e *ends) copyParts(ctx context.Context, meter *meter) error {
	meter.begin("De kluis kopiëren")
	if err := e.to.copyVault(ctx, e.vault); err != nil {
		return err
	}
	meter.begin("De accounts kopiëren")
	if err := e.fromBook.CopyTo(ctx, e.toBook); err != nil {
		return err
	}
	meter.begin("Wat ondertekend werd kopiëren")
	return e.copyHistory(ctx)
}

// copyHistory has the history go on in the target, under the same key.
func (e *ends) copyHistory(ctx context.Context) error {
	from, err := e.from.openHeads(ctx)
	if err != nil {
		return err
	}
	to, err := e.to.openHeads(ctx)
	if err == nil {
		err = transparency.CopyKey(e.from.signingFile(), e.to.signingFile())
	}
	if err == nil {
		err = transparency.CopyHead(ctx, from, to)
	}
	return errors.Join(err, closeHeads(from), closeHeads(to))
}

package main

import (
	"context"
	"errors"
	"fmt"
)

// rotate replaces the master key of the vault. Copies of the vault and of its key file that were made before open nothing
// any more. It works while the program serves: whoever uses the vault follows.
func rotate(ctx context.Context, c *call) error {
	at, err := c.existing(ctx)
	if err != nil {
		return err
	}
	v, err := at.vaultOf(ctx)
	if err != nil {
		return err
	}
	if err := errors.Join(v.Rotate(ctx), v.Close()); err != nil {
		return err
	}
	fmt.Fprintln(c.stdout, "Klaar. De kluis heeft een nieuwe sleutel. Maak nieuwe kopieën van de kluis en van de sleutel: de oude openen niets meer.")
	return nil
}

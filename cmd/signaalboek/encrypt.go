package main

import (
	"context"
	"errors"
	"fmt"

	"signaalboek/ops/atrest"
	"signaalboek/ops/eventlog/sqlite"
)

// encrypt seals a ledger that stands in the clear on disk. The program must not run on it.
func encrypt(ctx context.Context, c *call) error {
	at, err := c.toReform()
	if err != nil {
		return err
	}
	if _, err := at.file.Make(); err != nil {
		return err
	}
	if err := reform(ctx, at.dir, sealing{}, at.sealing); err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "Klaar. Alles staat versleuteld op de schijf. Bewaar een kopie van de sleutel, ver van de kopieën van de map: %s\n", at.file)
	return nil
}

// decrypt puts a sealed ledger in the clear, so that other tools can open it.
func decrypt(ctx context.Context, c *call) error {
	at, err := c.toReform()
	if err != nil {
		return err
	}
	if err := reform(ctx, at.dir, at.sealing, sealing{}); err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "Klaar. Niets staat nog versleuteld op de schijf. Start voortaan met --plain. De sleutel staat nog in %s\n", at.file)
	return nil
}

// toReform is the place of a ledger that is to get another form, with its key.
func (c *call) toReform() (place, error) {
	f := c.flags()
	f.takesData(standardData())
	rest, err := f.parse(c)
	if err := errors.Join(err, noMore(rest)); err != nil {
		return place{}, err
	}
	if f.plain {
		return place{}, mistake("--plain hoort hier niet: %s heeft de sleutel nodig.", c.name)
	}
	return f.place(), mustExist(dir(f.data))
}

// reform puts every file of a ledger from one form into the other. If we die here, each file is in one of the two, and
// doing it again does the rest.
func reform(ctx context.Context, at dir, from, to sealing) error {
	for _, part := range at.sealable() {
		form, err := atrest.FormOf(part.path)
		if form == atrest.Absent || err != nil {
			return err
		}
		old, err := place{dir: at, sealing: from}.cipher(part.purpose)
		if err != nil {
			return err
		}
		next, err := place{dir: at, sealing: to}.cipher(part.purpose)
		if err != nil {
			return err
		}
		if err := convert(ctx, part, old, next); err != nil {
			return err
		}
	}
	return nil
}

// convert converts one file. The log comes first, and knows whether somebody uses it; its pages have checksums in the clear.
func convert(ctx context.Context, part sealable, from, to *atrest.Cipher) error {
	switch {
	case part.purpose == sealedLog:
		return sqlite.Convert(ctx, part.path, from, to)
	case to == nil:
		return atrest.Convert(ctx, part.path, from, to, 0)
	default:
		return atrest.Convert(ctx, part.path, from, to, atrest.Reserve)
	}
}

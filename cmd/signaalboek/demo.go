package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"signaalboek/api"
	"signaalboek/cmd/signaalboek/demonstration"
	"signaalboek/ops/atrest"
	"signaalboek/ops/durable"
)

// demo runs the demonstration ledger of Harelbeke: in a directory that stays, or in one that is thrown away afterwards.
func demo(ctx context.Context, c *call) error {
	f := c.flags()
	f.takesData("")
	f.takesAddresses()
	f.releases = onlyHere // whoever looks around sees what outsiders see, too
	f.takesJSON()
	rest, err := f.parse(c)
	if err := errors.Join(err, noMore(rest)); err != nil {
		return err
	}
	if f.data != "" {
		return f.demoIn(ctx, c, f.place())
	}
	passing, err := os.MkdirTemp("", "signaalboek-demo-")
	if err != nil {
		return fmt.Errorf("make a directory for the demonstration: %w", err)
	}
	at := place{dir: dir(passing), sealing: sealing{held: atrest.NewKey()}} // nobody opens it again
	return errors.Join(f.demoIn(ctx, c, at), os.RemoveAll(passing))
}

// onlyHere is an address of this machine that is free.
const onlyHere = "127.0.0.1:0"

func (f *flags) demoIn(ctx context.Context, c *call, at place) error {
	m, err := open(ctx, at)
	if err != nil {
		return err
	}
	if err := m.prove(ctx, c); err != nil {
		return errors.Join(err, m.close())
	}
	if err := m.demonstrate(ctx, time.Now()); err != nil {
		return errors.Join(unlessStopped(ctx, err), m.close())
	}
	return errors.Join(m.serve(ctx, c, f.settings, demonstration.Harelbeke), m.close())
}

// unlessStopped is no error when somebody stopped the program while it was building.
func unlessStopped(ctx context.Context, err error) error {
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return nil
	}
	return err
}

// demonstrate builds the demonstration, or completes one that was cut off: with the moment at which it was begun, so
// that what is there already is recognised. One that is whole is left as it is: since then somebody may have erased
// a card that it would look for.
func (m *machinery) demonstrate(ctx context.Context, now time.Time) error {
	mark, err := m.place.demoMarked()
	if errors.Is(err, fs.ErrNotExist) {
		mark, err = demoMark{begun: now.UTC().Truncate(time.Second)}, m.beginDemo(ctx, now)
	}
	if err != nil || mark.whole {
		return err
	}
	book := demonstration.Book{
		Ledger: m.ledger, Vault: m.vault, Anchor: m.anchorPast, Press: api.Press{Ledger: m.ledger, Vault: m.vault, Store: m.log, Demo: true},
	}
	if err := demonstration.Build(ctx, book, mark.begun); err != nil {
		return err
	}
	mark.whole = true
	return m.place.markDemo(mark)
}

// beginDemo marks an empty ledger as a demonstration. One that holds anything else is left alone.
func (m *machinery) beginDemo(ctx context.Context, now time.Time) error {
	end, err := m.log.End(ctx)
	switch {
	case err != nil:
		return err
	case !end.IsZero():
		return mistake("In %s staat een signaalboek dat geen demonstratie is. Kies met --data een andere map.", m.place.dir)
	}
	return m.place.markDemo(demoMark{begun: now})
}

// demoMark says of a ledger that it is a demonstration, since when, and whether all of it was built.
type demoMark struct {
	begun time.Time
	whole bool
}

// The sentences of a mark, with the moment after the first.
const (
	demoSentence  = "Dit signaalboek is een demonstratie, begonnen op "
	wholeSentence = "Ze is volledig."
)

// markDemo writes the mark of a demonstration.
func (d dir) markDemo(mark demoMark) error {
	return durable.Replace(d.demoMark(), func(file *os.File) error {
		text := demoSentence + mark.begun.UTC().Format(time.RFC3339) + "\n"
		if mark.whole {
			text += wholeSentence + "\n"
		}
		_, err := file.WriteString(text)
		return err
	})
}

// demoMarked reads the mark of a demonstration; fs.ErrNotExist if this is none.
func (d dir) demoMarked() (mark demoMark, err error) {
	raw, err := os.ReadFile(d.demoMark())
	if err != nil {
		return mark, err
	}
	first, rest, _ := strings.Cut(string(raw), "\n")
	mark.whole = strings.TrimSpace(rest) == wholeSentence
	if mark.begun, err = time.Parse(time.RFC3339, strings.TrimPrefix(first, demoSentence)); err != nil {
		return mark, mistake("Het bestand %s is niet leesbaar. Kies met --data een andere map.", d.demoMark())
	}
	return mark, nil
}

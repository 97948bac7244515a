package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"signaalboek/cmd/signaalboek/demonstration"
	"signaalboek/ops/atrest"
)

// demo runs the demonstration ledger of Harelbeke: in a directory that stays, or in one that is thrown away afterwards.
func demo(ctx context.Context, c *call) error {
	f := c.flags()
	f.takesData("")
	f.takesAddresses()
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

func (f *flags) demoIn(ctx context.Context, c *call, at place) error {
	m, err := open(ctx, at)
	if err != nil {
		return err
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
// that what is there already is recognised.
func (m *machinery) demonstrate(ctx context.Context, now time.Time) error {
	begun, err := m.place.demoBegun()
	if errors.Is(err, fs.ErrNotExist) {
		begun, err = now.UTC().Truncate(time.Second), m.beginDemo(ctx, now)
	}
	if err != nil {
		return err
	}
	return demonstration.Build(ctx, m.ledger, m.vault, begun)
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
	return m.place.markDemo(now)
}

// markDemo says that this is a demonstration, and when it was begun.
func (d dir) markDemo(begun time.Time) error {
	return replaceFile(d.demoMark(), func(file *os.File) error {
		_, err := fmt.Fprintf(file, "%s%s\n", demoSentence, begun.UTC().Format(time.RFC3339))
		return err
	})
}

const demoSentence = "Dit signaalboek is een demonstratie, begonnen op "

// demoBegun is when the demonstration was begun; fs.ErrNotExist if this is none.
func (d dir) demoBegun() (time.Time, error) {
	mark, err := os.ReadFile(d.demoMark())
	if err != nil {
		return time.Time{}, err
	}
	begun, err := time.Parse(time.RFC3339, strings.TrimSpace(strings.TrimPrefix(string(mark), demoSentence)))
	if err != nil {
		return begun, mistake("Het bestand %s is niet leesbaar. Kies met --data een andere map.", d.demoMark())
	}
	return begun, nil
}

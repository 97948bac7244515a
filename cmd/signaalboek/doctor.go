package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"signaalboek/ops/eventlog/sqlite"
)

// doctor looks at every part of a ledger and says what is wrong with it, and what to do. It records nothing.
func doctor(ctx context.Context, c *call) error {
	at, err := c.existing(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintln(c.stdout, describeVersion())
	m, err := open(ctx, at)
	if err != nil {
		fmt.Fprintln(c.stdout, "✗ "+explain(err))
		return mistake("Er is iets niet in orde.")
	}
	return errors.Join(m.examine(ctx, c), m.close())
}

// mustExist refuses a directory without a ledger, so that looking never makes one.
func mustExist(at dir) error {
	if _, err := os.Stat(at.log()); errors.Is(err, fs.ErrNotExist) {
		return mistake("In %s staat geen signaalboek. Start er een met: signaalboek serve --data %[1]s", at)
	}
	return nil
}

// finding is one thing that doctor looks at.
type finding struct {
	fine string
	look func(context.Context) error
}

func (m *machinery) examine(ctx context.Context, c *call) error {
	ill := false
	for _, f := range append(m.parts(),
		finding{"elke gebeurtenis is leesbaar, en elk overzicht heeft ze allemaal verwerkt", m.examineSet},
		finding{"er is iemand die zich kan aanmelden", m.examineAccounts},
		finding{"alleen de eigenaar kan in de map", m.examineRights},
		m.atRest(),
	) {
		if err := f.look(ctx); err != nil {
			fmt.Fprintln(c.stdout, "✗ "+explain(err))
			ill = true
			continue
		}
		fmt.Fprintln(c.stdout, "✓ "+f.fine)
	}
	if ill {
		return mistake("Er is iets niet in orde.")
	}
	return nil
}

// parts looks at the log, and at the vault if it stands elsewhere: each reading opens it.
func (m *machinery) parts() []finding {
	if log, inFile := m.log.(*sqlite.Log); inFile {
		return []finding{{"het logboek is heel: elke bladzijde klopt", log.Check}}
	}
	return []finding{
		{"EventStoreDB antwoordt", func(ctx context.Context) error { _, err := m.log.End(ctx); return err }},
		{"de kluis in PostgreSQL antwoordt", func(ctx context.Context) error { _, err := m.vault.Digest(ctx, nil); return err }},
	}
}

// examineSet brings the projections to the end of the log, and compares what each took in with the whole log, read once
// more by itself.
func (m *machinery) examineSet(ctx context.Context) error {
	if err := m.catchUp(ctx); err != nil {
		return err
	}
	strays, err := m.strays(ctx)
	if err == nil && len(strays) > 0 {
		err = mistake("%s\n  Bouw opnieuw op met: signaalboek rebuild", tellStrays(strays))
	}
	return err
}

// atRest says whether the files are sealed. That they are not is no illness: it was asked for.
func (m *machinery) atRest() finding {
	fine := "niets in de map staat versleuteld op de schijf (--plain)"
	switch {
	case m.place.shared():
		fine = "in de map staat niets dat versleuteld moet zijn: het logboek en de kluis staan elders"
	case m.place.sealing != (sealing{}):
		fine = "logboek, kluis en accounts staan versleuteld op de schijf"
	}
	return finding{fine, func(context.Context) error { _, err := m.place.form(); return err }}
}

func (m *machinery) examineAccounts(ctx context.Context) error {
	if _, err := m.accounts.First(ctx); err != nil {
		return mistake("Niemand kan zich aanmelden. Voeg iemand toe met: signaalboek user add coordinator")
	}
	return nil
}

func (m *machinery) examineRights(context.Context) error {
	about, err := os.Stat(string(m.place.dir))
	if err != nil {
		return err
	}
	if about.Mode().Perm()&0o077 != 0 {
		return mistake("Anderen kunnen in de map. Sluit ze af met: chmod 700 %s", m.place.dir)
	}
	return nil
}

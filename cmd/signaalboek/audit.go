package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"

	"signaalboek/domain"
	"signaalboek/domain/audit"
	"signaalboek/domain/proof"
	"signaalboek/ops/transparency"
)

// auditing writes the history of a practice with nobody in it, for an auditor to check elsewhere: see package audit. A log
// in a directory must not be in use.
func auditing(ctx context.Context, c *call) error {
	f := c.flags()
	f.takesPlace(standardData())
	f.takesPractice()
	to := f.String("to", "", "`bestand` voor de geschiedenis; het mag er nog niet zijn")
	year := f.Int("year", 0, "`jaar` waarover verteld wordt; alle, als het 0 is")
	return c.onExisting(ctx, f, func(m *machinery, words []string) error {
		switch {
		case !slices.Equal(words, []string{"export"}) || *to == "":
			return mistake("Schrijf: audit export --to BESTAND, met --year JAAR voor één jaar.")
		case *year < 0 || *year > 9999:
			return mistake("%d is geen jaar.", *year)
		}
		return m.exportHistory(ctx, c, domain.PracticeID(f.practice), *year, *to)
	})
}

// exportHistory writes the history up to the last signed checkpoint, and looks at it as its reader will: what does not hold
// is given to nobody. Its pseudonyms are under a key that is gone when it is written.
func (m *machinery) exportHistory(ctx context.Context, c *call, practice domain.PracticeID, year int, to string) error {
	var key audit.Key
	rand.Read(key[:]) // never fails: see crypto/rand
	history, err := m.historyOf(ctx, practice, year, key)
	if err != nil {
		return err
	}
	files, err := history.Files()
	if err != nil {
		return err
	}
	packed, err := proof.Zip(files)
	if err != nil {
		return err
	}
	if err := writeNew(to, packed); err != nil {
		return err
	}
	checkpoint, err := transparency.Signed{Note: string(history.Checkpoint)}.Checkpoint()
	if err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "De geschiedenis van %s staat in %s: %d gebeurtenissen, waarvan %d met bewijs.\n", practice, to, len(history.Leaves), len(history.Proofs))
	fmt.Fprintf(c.stdout, "Controlepunt: %s\n", strings.Join(proof.Words(checkpoint.Root), " "))
	return nil
}

// historyOf is the history of a practice, under the last signed checkpoint.
func (m *machinery) historyOf(ctx context.Context, practice domain.PracticeID, year int, key audit.Key) (proof.History, error) {
	heads, err := m.place.openHeads(ctx)
	if err != nil {
		return proof.History{}, err
	}
	m.proof = &provenance{heads: heads} // closed with all else
	head, err := heads.Head(ctx)
	if err != nil {
		return proof.History{}, err
	}
	last, any := head.Last()
	if !any {
		return proof.History{}, mistake("Er werd nog niets ondertekend. Dat gebeurt vanzelf, zodra er een signaalboek draait: signaalboek serve")
	}
	promised, err := head.Promised()
	if err != nil {
		return proof.History{}, err
	}
	tree, err := transparency.Open(ctx, m.place.tiles(), m.log)
	if err == nil {
		err = tree.CatchUp(ctx)
	}
	if err != nil {
		return proof.History{}, err
	}
	history, err := audit.Export{
		Log: m.log, Discloser: m.ledger, Zone: m.zone, Key: key, Practice: practice, Year: year, Checkpoint: []byte(last.Note),
		Size:      promised.Size,
		Inclusion: func(index int64) (proof.Inclusion, error) { return tree.Inclusion(ctx, index, promised.Size) },
	}.Run(ctx)
	if err != nil {
		return proof.History{}, contradicted(err)
	}
	log, err := head.Verifier()
	if err != nil {
		return proof.History{}, err
	}
	_, err = history.Check(log)
	return history, contradicted(err)
}

// contradicted is an error in the words of whoever exports, if it says that the log is not what was signed.
func contradicted(err error) error {
	if errors.Is(err, proof.ErrLeaves) || errors.Is(err, proof.ErrNotIncluded) {
		return fmt.Errorf("%w: %w", mistake("Het logboek is niet meer wat er eerder ondertekend werd. Er is niets uitgeschreven."), err)
	}
	return err
}

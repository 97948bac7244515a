package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"signaalboek/domain"
	"signaalboek/domain/audit"
	"signaalboek/domain/ledger"
	"signaalboek/domain/proof"
	"signaalboek/ops/transparency"
)

// auditing writes the history of a practice with nobody in it, for an auditor to check elsewhere: see package audit. It only
// reads, so it works while the program serves.
func auditing(ctx context.Context, c *call) error {
	f := c.flags()
	f.takesPlace(standardData())
	f.takesPractice()
	to := f.String("to", "", "`bestand` voor de geschiedenis; het mag er nog niet zijn")
	year := f.Int("year", 0, "`jaar` waarover verteld wordt; alle, als het 0 is")
	words, err := f.parseMixed(c)
	switch {
	case err != nil:
		return err
	case !slices.Equal(words, []string{"export"}) || *to == "":
		return mistake("Schrijf: audit export --to BESTAND, met --year JAAR voor één jaar.")
	case *year < 0 || *year > 9999:
		return mistake("%d is geen jaar.", *year)
	}
	history, err := f.place().takeHistory(ctx, audit.Export{Practice: domain.PracticeID(f.practice), Year: *year})
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(history.Lines, func(line proof.HistoryLine) bool { return line.Name != "" }) {
		return mistake("Over praktijk %s valt er niets te vertellen. Klopt de code, en het jaar? Er is niets uitgeschreven.", shownWord(f.practice))
	}
	return tellTaken(c, history, *to)
}

// tellTaken writes a history to a file, and says which checkpoint it goes up to.
func tellTaken(c *call, history proof.History, to string) error {
	files, err := history.Files()
	if err != nil {
		return err
	}
	packed, err := proof.Zip(files)
	if err != nil {
		return err
	}
	checkpoint, err := proof.Claimed(string(history.Checkpoint))
	if err != nil {
		return err
	}
	if err := writeNew(to, packed); err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "De geschiedenis van %s staat in %s: %d gebeurtenissen, waarvan %d met bewijs.\nHet controlepunt in acht woorden:\n  %s\n",
		history.About.Practice, to, len(history.Leaves), len(history.Proofs), strings.Join(proof.Words(checkpoint.Root), " "))
	return nil
}

// takeHistory makes a history up to the last signed checkpoint, and looks at it as its reader will: what does not hold is
// given to nobody. Its pseudonyms are under a key that is gone when it is made.
func (p place) takeHistory(ctx context.Context, wanted audit.Export) (history proof.History, err error) {
	if err := p.mustExist(ctx); err != nil {
		return history, err
	}
	heads, err := p.openHeads(ctx)
	if err != nil {
		return history, err
	}
	defer func() { err = errors.Join(err, closeHeads(heads)) }()
	head, err := heads.Head(ctx)
	if err != nil {
		return history, err
	}
	log, err := p.readLog(ctx)
	if err != nil {
		return history, err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	if err := p.vaultMustExist(); err != nil {
		return history, err
	}
	vault, err := p.openVault(ctx)
	if err != nil {
		return history, err
	}
	defer func() { err = errors.Join(err, vault.Close()) }()
	wanted.Zone = brussels()
	wanted.Running = audit.MonthOf(time.Now().In(wanted.Zone))
	wanted.Log, wanted.Discloser = log, ledger.New(log, vault, wanted.Zone)
	rand.Read(wanted.Key[:]) // never fails: see crypto/rand
	history, err = taken(ctx, head, wanted)
	return history, contradicted(err)
}

// taken makes a history of what a head promised. Its tree is made anew, in a directory that is thrown away: the one beside
// the log is somebody else's.
func taken(ctx context.Context, head transparency.Head, wanted audit.Export) (history proof.History, err error) {
	last, any := head.Last()
	if !any {
		return history, mistake("Er werd nog niets ondertekend. Dat gebeurt vanzelf, zodra er een signaalboek draait: signaalboek serve")
	}
	promised, err := head.Promised()
	if err != nil {
		return history, err
	}
	verifier, err := head.Verifier()
	if err != nil {
		return history, err
	}
	passing, err := os.MkdirTemp("", "signaalboek-audit-")
	if err != nil {
		return history, fmt.Errorf("make a directory for the tree: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(passing)) }()
	tree, err := transparency.Open(ctx, passing, wanted.Log)
	if err == nil {
		err = tree.CatchUp(ctx)
	}
	if err == nil && tree.Size() < promised.Size {
		err = proof.ErrLeaves
	}
	if err != nil {
		return history, err
	}
	wanted.Checkpoint, wanted.Size = []byte(last.Note), promised.Size
	wanted.Inclusion = func(index int64) (proof.Inclusion, error) { return tree.Inclusion(ctx, index, promised.Size) }
	if history, err = wanted.Run(ctx); err != nil {
		return history, err
	}
	_, err = history.Check(verifier)
	return history, err
}

// contradicted is an error in the words of whoever exports, if it says that the log is not what was signed.
func contradicted(err error) error {
	if errors.Is(err, proof.ErrLeaves) || errors.Is(err, proof.ErrNotIncluded) {
		return fmt.Errorf("%w: %w", mistake("Het logboek is niet meer wat er eerder ondertekend werd. Er is niets uitgeschreven."), err)
	}
	return err
}

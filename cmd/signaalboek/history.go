package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"signaalboek/domain/proof"
	"signaalboek/ops/transparency"
)

// history shows what was signed of a ledger, or begins anew after a loss.
func history(ctx context.Context, c *call) (err error) {
	f := c.flags()
	f.takesPlace(standardData())
	sure := f.Bool("yes", false, "doe het echt; zonder --yes wordt alleen gezegd wat er zou gebeuren")
	words, err := f.parseMixed(c)
	if err != nil {
		return err
	}
	heads, err := f.place().openHeads(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeHeads(heads)) }()
	head, err := heads.Head(ctx)
	switch damaged := errors.Is(err, transparency.ErrHeadDamaged); {
	case err != nil && (!damaged || len(words) == 0):
		return err
	case !damaged && head.Origin == "" && len(head.Earlier) == 0:
		return mistake("Er werd nog niets ondertekend. Dat gebeurt vanzelf, zodra er een signaalboek draait: signaalboek serve")
	case len(words) == 0:
		return tellHistory(c.stdout, head)
	case len(words) != 2 || words[0] != "accept" || !slices.Contains(transparency.Losses(), transparency.Loss(words[1])):
		return mistake("Schrijf: history, of history accept REDEN. Als REDEN kan: restored (er is een oude kopie teruggezet), damaged (er is iets gewijzigd of verloren), key-lost (de sleutel is weg, of iemand anders heeft ze).")
	case !*sure:
		return mistake("Dit beëindigt wat er tot nu ondertekend werd, en begint opnieuw met het logboek zoals het is. Wat ondertekend werd, blijft genoemd, met deze reden: iedereen ziet dat er iets verloren ging. Zeker? Voeg --yes toe.")
	}
	return f.place().acceptLoss(ctx, c, heads, transparency.Loss(words[1]))
}

// tellHistory says what was signed. It names nobody: who verified something is a pseudonym.
func tellHistory(w io.Writer, head transparency.Head) error {
	for _, ended := range head.Earlier {
		last, err := ended.Last.Checkpoint()
		if err != nil { // the head was damaged
			fmt.Fprintf(w, "Op %s eindigde een geschiedenis waarvan niet meer te lezen was wat er ondertekend werd: %s.\n", ended.At.Format(time.DateOnly), lossWords[ended.Reason])
			continue
		}
		fmt.Fprintf(w, "%s eindigde op %s na %s: %s.\n", ended.Origin, ended.At.Format(time.DateOnly), inEvents(last.Size), lossWords[ended.Reason])
	}
	last, any := head.Last()
	if !any {
		_, err := fmt.Fprintln(w, "Daarna werd nog niets ondertekend.")
		return err
	}
	promised, err := head.Promised()
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "%s\nOndertekend op %s: %s, controlegetal %s.\nDe acht woorden: %s\nSleutel: %s\n",
		head.Origin, last.At.Format(time.RFC3339), inEvents(promised.Size), promised.Root, strings.Join(proof.Words(promised.Root), " "), head.Key)
	for _, check := range head.Verified {
		fmt.Fprintf(w, "Nagekeken op %s: %s, over %s, %s.\n", check.At.Format(time.RFC3339), verifiedWords[check.What], inEvents(check.Size),
			map[bool]string{true: "in orde", false: "niet in orde"}[check.Good])
	}
	return nil
}

// verifiedWords is what was verified, in words.
var verifiedWords = map[string]string{"log": "de hele geschiedenis", "release": "een publicatie"}

// inEvents counts events in words.
func inEvents(n int64) string {
	if n == 1 {
		return "1 gebeurtenis"
	}
	return fmt.Sprintf("%d gebeurtenissen", n)
}

// lossWords is why a history ended, in words.
var lossWords = map[transparency.Loss]string{
	transparency.Restored: "er werd een oude kopie van het logboek teruggezet",
	transparency.Damaged:  "er werd iets gewijzigd of verloren",
	transparency.KeyLost:  "de sleutel ging verloren, of iemand anders had ze",
}

// acceptLoss begins a new history over the log as it is. The tree is computed beside the one of a replica that serves.
func (p place) acceptLoss(ctx context.Context, c *call, heads transparency.Heads, why transparency.Loss) (err error) {
	log, err := p.openLog(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	passing, err := os.MkdirTemp("", "signaalboek-tiles-")
	if err != nil {
		return fmt.Errorf("make a directory for the tree: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(passing)) }()
	tree, err := transparency.Open(ctx, passing, log)
	if err == nil {
		err = tree.CatchUp(ctx)
	}
	if err != nil {
		return err
	}
	key, err := p.keyAfter(why)
	if err != nil {
		return err
	}
	notary := transparency.Notary{Notarial: transparency.Notarial{
		Tree: tree, Log: log, Heads: heads, Keys: key, Holder: uuid.NewString(), Every: signEvery, Logger: slog.New(slog.DiscardHandler),
	}}
	if err := notary.AcceptLoss(ctx, why); errors.Is(err, transparency.ErrNothingLost) {
		return mistake("Er is niets verloren: het logboek is wat er ondertekend werd.")
	} else if err != nil {
		return err
	}
	fmt.Fprintln(c.stdout, "Klaar. Er begint een nieuwe geschiedenis. Zeg het aan wie de vorige bewaart: getuigen, en wie een publicatie nakijkt.")
	return nil
}

// keyAfter is the key that signs after a loss: a new one, if it was the key that was lost and no other was put there.
func (p place) keyAfter(why transparency.Loss) (transparency.Key, error) {
	if why == transparency.KeyLost {
		return transparency.MakeKey(p.signingFile())
	}
	return transparency.ReadKey(p.signingFile())
}

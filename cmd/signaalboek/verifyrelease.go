package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"signaalboek/api"
	"signaalboek/cmd/verdict"
	"signaalboek/domain"
	"signaalboek/domain/proof"
	releases "signaalboek/domain/release"
	"signaalboek/ops/transparency"
)

// verifyRelease makes a release that is out once more, from the log as it stood, and compares every file: does what was
// published follow from what is recorded? A log in a directory must not be in use.
func verifyRelease(ctx context.Context, c *call) error {
	f := c.flags()
	f.takesPlace(standardData())
	f.takesPractice()
	f.takesJSON()
	return unlessFound(c.onExisting(ctx, f, func(m *machinery, words []string) error {
		if len(words) != 1 {
			return mistake("Schrijf: verify-release NUMMER. De nummers staan in: release list")
		}
		id, err := uuid.Parse(words[0])
		if err != nil {
			return mistake("%q is geen nummer van een publicatie. Kijk met: release list", shownWord(words[0]))
		}
		rerun, err := m.rerun(ctx, domain.PracticeID(f.practice), id)
		if err == nil {
			err = m.rememberRerun(ctx, rerun)
		}
		if err != nil {
			return err
		}
		return sayRerun(c, rerun, f.json)
	}))
}

func (m *machinery) rerun(ctx context.Context, practice domain.PracticeID, id releases.ID) (api.Rerun, error) {
	if practice == releases.Together {
		return api.Rerun{}, mistake("Wat alle praktijken samen publiceren, is niet opnieuw te maken: het getal staat niet in het logboek. Het bestand zelf is na te kijken, met: verify BESTAND")
	}
	press := api.Press{Ledger: m.ledger, Vault: m.vault, Store: m.log, Demo: m.place.isDemo()}
	rerun, err := press.Rerun(ctx, practice, id)
	switch {
	case errors.Is(err, releases.ErrUnknown):
		return rerun, mistake("Die publicatie is er niet in praktijk %s.", practice)
	case errors.Is(err, releases.ErrNotPublished):
		return rerun, mistake("Die publicatie is nooit verschenen: er valt niets na te kijken.")
	case errors.Is(err, api.ErrRerunForgotten):
		return rerun, mistake("Die publicatie is niet meer opnieuw te maken: waarvan ze gemaakt is, is intussen vergeten. De bestanden zelf zijn nog na te kijken, met: verify BESTAND")
	}
	return rerun, err
}

// rememberRerun keeps that a release was made once more, of the events that it counts.
func (m *machinery) rememberRerun(ctx context.Context, rerun api.Rerun) (err error) {
	counted, err := proof.EdgeBefore(ctx, m.log, rerun.Release.Counted)
	if err != nil {
		return err
	}
	heads, err := m.place.openHeads(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeHeads(heads)) }()
	return remember(ctx, heads, transparency.Check{
		What: "release", Size: counted.Size(), Root: counted.Root(), Good: rerun.Same(),
	})
}

// rerunSaid is the outcome, as programs read it.
type rerunSaid struct {
	Release   string   `json:"release"`
	Period    string   `json:"period"`
	Same      bool     `json:"same"`
	Published string   `json:"published"` // SHA-256 of what went out
	Again     string   `json:"again"`     // and of what the log gives today
	Differing []string `json:"differing"`
}

func sayRerun(c *call, rerun api.Rerun, asJSON bool) error {
	said := rerunSaid{
		Release: rerun.Release.ID.String(), Period: rerun.Release.Period.String(), Same: rerun.Same(),
		Published: rerun.Release.Built.Bundle, Again: rerun.Again.Digest, Differing: append([]string{}, rerun.Differing()...),
	}
	if asJSON {
		if err := json.NewEncoder(c.stdout).Encode(said); err != nil {
			return err
		}
	} else {
		writeRerun(c, said)
	}
	if !said.Same {
		return ending{verdict.Wrong, mistake("Wat verschenen is, is niet wat vandaag uit het logboek volgt.")}
	}
	return nil
}

func writeRerun(c *call, said rerunSaid) {
	if said.Same {
		fmt.Fprintf(c.stdout, "Publicatie over %s: opnieuw gemaakt uit het logboek, en tot op de letter hetzelfde.\n", said.Period)
		return
	}
	fmt.Fprintf(c.stdout, "Publicatie over %s: opnieuw gemaakt uit het logboek, en niet hetzelfde.\n", said.Period)
	for _, name := range said.Differing {
		fmt.Fprintln(c.stdout, "✗ "+name)
	}
	if len(said.Differing) == 0 {
		fmt.Fprintln(c.stdout, "De bestanden die verschenen, zijn er niet meer. Daarom is niet te zeggen welk verschilt.")
	}
	fmt.Fprintln(c.stdout, "Werd ze gemaakt met een andere versie van het programma? Kijk ze dan na met die versie.")
}

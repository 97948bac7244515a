package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/google/uuid"

	bundles "signaalboek/api/export" // export is a command of this program
	"signaalboek/domain"
	releases "signaalboek/domain/release"
	"signaalboek/ops/durable"
	"signaalboek/projections"
)

// published lists the releases of a practice, or writes the files of one that is out to a directory. They are made on the
// pages, by two people who sign in; nobody publishes from here.
func published(ctx context.Context, c *call) error {
	f := c.flags()
	f.takesPlace(standardData())
	f.takesPractice()
	f.takesJSON()
	return c.onExisting(ctx, f, func(m *machinery, words []string) error {
		return m.published(ctx, c, f, words)
	})
}

func (m *machinery) published(ctx context.Context, c *call, f *flags, words []string) error {
	if err := m.catchUp(ctx); err != nil {
		return err
	}
	practice := domain.PracticeID(f.practice)
	switch {
	case slices.Equal(words, []string{"list"}):
		return m.listReleases(c, practice, f.json)
	case len(words) == 3 && words[0] == "export":
		return m.exportRelease(ctx, c, practice, words[1], words[2])
	}
	return mistake("Schrijf: release list, of: release export NUMMER MAP")
}

// listedRelease is one release, as programs read it.
type listedRelease struct {
	ID        string `json:"id"`
	Period    string `json:"period"`
	Phase     string `json:"phase"`
	Published string `json:"publishedOn,omitempty"`
	Bundle    string `json:"bundle,omitempty"` // SHA-256 of its files together
}

func (m *machinery) listReleases(c *call, practice domain.PracticeID, asJSON bool) error {
	for _, one := range m.set.Releases.List(practice) {
		line := listedRelease{
			ID: one.ID.String(), Period: one.Period.String(), Phase: string(one.Phase), Bundle: one.Built.Bundle,
		}
		if !one.Published.On.IsZero() {
			line.Published = one.Published.On.String()
		}
		if asJSON {
			if err := json.NewEncoder(c.stdout).Encode(line); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(c.stdout, "%s  %s  %s  %s\n", line.ID, line.Period, phaseWords[one.Phase], line.Published)
	}
	return nil
}

// phaseWords is how far a release is, in Dutch.
var phaseWords = map[releases.Phase]string{
	releases.IsProposed: "voorstel", releases.IsPublished: "verschenen", releases.IsDropped: "vervallen",
	releases.IsWithdrawn: "ingetrokken",
}

// exportRelease writes the files of a release that is out, each under its name.
func (m *machinery) exportRelease(ctx context.Context, c *call, practice domain.PracticeID, id, to string) error {
	one, err := m.releaseToExport(practice, id)
	if err != nil {
		return err
	}
	content, err := m.vault.Bundle(ctx, practice, one.ID, one.Built.Bundle)
	if errors.Is(err, domain.ErrForgotten) {
		return mistake("De bestanden van die publicatie zijn vernietigd: er stond een tekst in die gewist is.")
	}
	if err != nil {
		return err
	}
	bundle, err := bundles.Read(content, one.Built.Bundle)
	if err != nil {
		return err
	}
	written := 0
	for _, edition := range bundle.Editions() {
		for _, file := range edition.Files {
			inside, _ := bundle.File(file.Name)
			if err := writeNew(filepath.Join(to, filepath.FromSlash(file.Name)), inside); err != nil {
				return err
			}
			written++
		}
	}
	proven, err := m.exportProof(ctx, practice, one, to)
	if err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "%d bestanden geschreven in %s.\n", written+proven, to)
	return nil
}

// proofName is the file of a release with its proof, among its files.
const proofName = "proof.zip"

// exportProof writes the files with their proof, in one file for whoever checks them, and says how many that are: none, if the
// release waits for it.
func (m *machinery) exportProof(ctx context.Context, practice domain.PracticeID, one projections.Release, to string) (written int, err error) {
	if !one.IsAnchored() {
		return 0, nil
	}
	content, err := m.vault.Bundle(ctx, practice, one.ID, one.Proof.Bundle)
	if err != nil {
		return 0, err
	}
	return 1, writeNew(filepath.Join(to, proofName), content)
}

// writeNew writes a file where none was: a directory that holds another release is left as it is.
func writeNew(path string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return mistake("%s bestaat al. Kies een lege map.", path)
	}
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	return errors.Join(err, file.Sync(), file.Close(), durable.SyncDir(filepath.Dir(path))) // it may be a key
}

func (m *machinery) releaseToExport(practice domain.PracticeID, id string) (projections.Release, error) {
	number, err := uuid.Parse(id)
	if err != nil {
		return projections.Release{}, mistake("%q is geen nummer van een publicatie. Kijk met: release list", shownWord(id))
	}
	one, found := m.set.Releases.Release(practice, number)
	switch {
	case !found:
		return one, mistake("Die publicatie is er niet in praktijk %s.", practice)
	case one.Phase != releases.IsPublished:
		return one, mistake("Die publicatie is niet te lezen: ze is %s.", phaseWords[one.Phase])
	}
	return one, nil
}

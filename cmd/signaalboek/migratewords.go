package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"signaalboek/domain"
	"signaalboek/ops/accounts"
	"signaalboek/ops/eventlog/esdb"
	"signaalboek/ops/migrate"
	"signaalboek/ops/transparency"
	"signaalboek/ops/vault"
)

// meter tells how far a migration is, once a second.
type meter struct {
	to     io.Writer
	begun  time.Time // this part of it
	told   time.Time
	latest migrate.Progress
}

func newMeter(to io.Writer) *meter { return &meter{to: to} }

// begin ends one part and begins another.
func (m *meter) begin(what string) {
	m.end()
	m.begun, m.told = time.Now(), time.Now()
	fmt.Fprintln(m.to, what+" …")
}

// tick takes in how far it is.
func (m *meter) tick(p migrate.Progress) {
	m.latest = p
	if time.Since(m.told) >= time.Second {
		m.tell()
	}
}

func (m *meter) tell() {
	m.told = time.Now()
	rate := float64(m.latest.Events) / max(m.told.Sub(m.begun).Seconds(), 0.001)
	fmt.Fprintf(m.to, "  %3.0f %%  %d gebeurtenissen, %.0f per seconde\n", 100*m.latest.Part, m.latest.Events, rate)
}

// end tells where a part came that had anything to count.
func (m *meter) end() {
	if m.latest.Events > 0 {
		m.tell()
	}
	m.latest = migrate.Progress{}
}

// account is what a migration did, as it is told.
type account struct {
	Equal      bool      `json:"equal"`
	Events     int       `json:"events"` // that were compared and are the same
	Before     int       `json:"before"` // that were there already
	Copied     int       `json:"copied"`
	Whole      bool      `json:"whole"`          // the vault, the accounts and what was signed were moved too
	Root       string    `json:"root,omitempty"` // of the tree over the events, the same at both sides
	Difference *contrast `json:"difference,omitempty"`

	compareOnly bool
}

// contrast is the first difference, for programs.
type contrast struct {
	Number   int    `json:"number"`
	Stream   string `json:"stream"`
	Revision int64  `json:"revision"`
	ID       string `json:"id"`
	In       string `json:"in"`
}

// write tells programs how it ended, and people when it ended well.
func (a *account) write(c *call, asJSON bool, err error) error {
	a.Equal = err == nil
	if d, found := errors.AsType[*migrate.Difference](err); found {
		at := d.At()
		a.Difference = &contrast{d.Number, string(at.Stream), int64(at.Revision), at.ID.String(), string(d.In)}
	}
	switch {
	case asJSON:
		return json.NewEncoder(c.stdout).Encode(a)
	case err != nil:
		return nil
	case a.compareOnly:
		_, err = fmt.Fprintf(c.stdout, "Gelijk: %d gebeurtenissen%s.\n", a.Events, a.root())
		return err
	}
	_, err = fmt.Fprintf(c.stdout, "Klaar. %d gebeurtenissen stonden er al, %d zijn gekopieerd. Bron en doel zijn gelijk: %d gebeurtenissen%s.\n%s\n",
		a.Before, a.Copied, a.Events, a.root(), a.parts())
	return err
}

// root says what proves it to whoever holds a checkpoint.
func (a *account) root() string {
	if a.Root == "" {
		return ""
	}
	return ", controlegetal " + a.Root
}

func (a *account) parts() string {
	if !a.Whole {
		return "De kluis en de accounts zijn niet mee: daarvoor moet je ook --from-vault of --to-vault geven. Zonder de kluis gaat geen tekst open."
	}
	return "De kluis en de accounts zijn mee. De bron staat er nog: wat je in het doel wist, gaat daar nog open. Vernietig de kluis van de bron zodra het doel in gebruik is."
}

// failed is an error of a migration in words, with how the program ends.
func (a *account) failed(ctx context.Context, err error) error {
	switch d, different := errors.AsType[*migrate.Difference](err); {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return mistake("Onderbroken. Start hetzelfde bevel opnieuw: het gaat verder waar het was.")
	case different && errors.Is(err, migrate.ErrForeign):
		return ending{exitDiffers, mistake("In het doel staat iets anders dan in de bron. Er is niets aan veranderd. %s", inWords(d))}
	case different:
		return ending{exitDiffers, mistake("De twee logboeken verschillen. %s", inWords(d))}
	}
	for _, known := range migrationTroubles() {
		if errors.Is(err, known.err) {
			return ending{known.exit, fmt.Errorf("%w: %w", userMistake{known.text}, err)}
		}
	}
	return err
}

// migrationTroubles is what some errors mean in a migration, and how the program then ends.
func migrationTroubles() []struct {
	explained
	exit int
} {
	return []struct {
		explained
		exit int
	}{
		{explained{migrate.ErrMoving, "Er wordt nog geschreven in de bron. Stop alles wat ermee werkt, en start hetzelfde bevel opnieuw. Wat gekopieerd is, blijft staan."}, exitMoving},
		{explained{vault.ErrOther, "Waar de kluis naartoe moet, staat al een andere kluis, of een kopie die al gebruikt is. Er is niets aan veranderd. Kies een andere plaats."}, exitDiffers},
		{explained{accounts.ErrOther, "Waar de accounts naartoe moeten, staan al andere accounts. Er is niets aan veranderd. Kies een andere plaats."}, exitDiffers},
		{explained{errOtherRoot, "De twee logboeken hebben niet hetzelfde controlegetal: er wordt nog geschreven in een van de twee. Stop alles wat ermee werkt, en start hetzelfde bevel opnieuw."}, exitDiffers},
		{explained{transparency.ErrOtherHistory, "Waar de geschiedenis naartoe moet, werd al iets anders ondertekend. Er is niets aan veranderd. Kies een andere plaats."}, exitDiffers},
		{explained{domain.ErrConflict, "Nog iemand schrijft in het doel. Stop alles wat ermee werkt, en start hetzelfde bevel opnieuw."}, 1},
		{explained{domain.ErrTaken, "Een gebeurtenis van de bron staat in het doel al op een andere plaats. Ze kan niet mee."}, exitDiffers},
		{explained{esdb.ErrTooLarge, "Een gebeurtenis is groter dan EventStoreDB aanneemt. Ze kan niet mee."}, 1},
	}
}

// inWords says where two logs differ, and nothing that anybody wrote.
func inWords(d *migrate.Difference) string {
	at, s, t := d.At(), d.Source, d.Target
	return fmt.Sprintf("Het eerste verschil staat in gebeurtenis %d, revisie %d van %s (%s): ", d.Number, at.Revision, at.Stream, at.ID) + map[migrate.Part]string{
		migrate.Missing:  "ze ontbreekt in het doel.",
		migrate.Extra:    "ze staat alleen in het doel.",
		migrate.ID:       fmt.Sprintf("in het doel staat daar %s.", t.ID),
		migrate.Stream:   fmt.Sprintf("in het doel staat ze in %s.", t.Stream),
		migrate.Revision: fmt.Sprintf("in het doel is het revisie %d.", t.Revision),
		migrate.Name:     fmt.Sprintf("ze heet %s, en in het doel %s.", s.Name, t.Name),
		migrate.Moment:   fmt.Sprintf("ze is van %s, en in het doel van %s.", s.At.Format(time.RFC3339Nano), t.At.Format(time.RFC3339Nano)),
		migrate.Payload:  fmt.Sprintf("de inhoud is anders: %d bytes, en in het doel %d.", len(s.Payload), len(t.Payload)),
		migrate.Metadata: fmt.Sprintf("de metagegevens zijn anders: %d bytes, en in het doel %d.", len(s.Metadata), len(t.Metadata)),
	}[d.In]
}

// ending is an error that ends the program with a number of its own.
type ending struct {
	code int
	error
}

func (e ending) Unwrap() error { return e.error }

// exitCode is the number that the program ends with.
func exitCode(err error) int {
	if e, ok := errors.AsType[ending](err); ok {
		return e.code
	}
	return 1
}

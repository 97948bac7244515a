package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/catalog"
	"signaalboek/domain/ledger"
	"signaalboek/domain/practice"
)

// forget erases a text, all texts of a signal or proposal, or a card, for good. A log in a directory must not be in use: a
// program that serves has it to itself, and has a page for this.
func forget(ctx context.Context, c *call) error {
	f := c.flags()
	f.takesPlace(standardData())
	f.takesPractice()
	f.takesJSON()
	sure := f.Bool("yes", false, "wis echt; zonder --yes wordt alleen gezegd wat er zou gebeuren")
	record := f.Bool("record", false, "schrijf de wissing meteen in het logboek, en wacht niet op het einde van de maand")
	return c.onExisting(ctx, f, func(m *machinery, words []string) error {
		return m.forget(ctx, c, f, words, *sure, *record)
	})
}

// erasure is one thing that can be erased.
type erasure struct {
	What     string            `json:"what"` // as people read it
	Practice domain.PracticeID `json:"practice"`
	destroy  func(ctx context.Context, vault domain.Vault) error
}

func (m *machinery) forget(ctx context.Context, c *call, f *flags, words []string, sure, record bool) error {
	e, err := m.erasureOf(ctx, words, domain.PracticeID(f.practice))
	if err != nil {
		return err
	}
	if !sure {
		return mistake("Dit wist %s, voorgoed: niemand kan het nog lezen, ook wij niet, en het komt niet terug uit een reservekopie. Wat geteld is, blijft geteld. Zeker? Voeg --yes toe.", e.What)
	}
	if err := e.destroy(ctx, m.vault); err != nil {
		return err
	}
	// If we die here, the rest is done at the next start.
	if err := m.replaceKept(ctx); err != nil {
		return err
	}
	if record {
		if err := m.recordErased(ctx, e); err != nil {
			return err
		}
	}
	if f.json {
		return json.NewEncoder(c.stdout).Encode(e)
	}
	fmt.Fprintf(c.stdout, "Gewist: %s. Maak nieuwe kopieën van de kluis en van haar sleutel: de oude openen niets meer.\n", e.What)
	return nil
}

// recordErased records what was erased at once. A log that must not grow does not say it; the vault remembers until it does.
func (m *machinery) recordErased(ctx context.Context, e erasure) error {
	now := time.Now()
	err := m.recordOwed(ctx, e.Practice, practice.MonthOf(m.ledger.Today(now)), uuid.New(), now)
	if errors.Is(err, domain.ErrForked) {
		return mistake("Gewist: %s. In het logboek staat dat nog niet: het is niet meer wat er eerder ondertekend werd. Zet het juiste logboek terug, of aanvaard het verlies met: signaalboek history accept", e.What)
	}
	return err
}

// replaceKept keeps a new snapshot. Replicas see for themselves that something was erased, and replace theirs.
func (m *machinery) replaceKept(ctx context.Context) error {
	if m.place.shared() {
		return nil
	}
	if err := m.catchUp(ctx); err != nil {
		return err
	}
	return m.forgotten(ctx)
}

// erasureOf is what words name, if it is there.
func (m *machinery) erasureOf(ctx context.Context, words []string, owner domain.PracticeID) (erasure, error) {
	if len(words) < 2 {
		return erasure{}, errForgetWords
	}
	id, err := uuid.Parse(strings.TrimPrefix(words[1], words[0]+"-")) // a thing may be named as the interface does
	if err != nil {
		return erasure{}, mistake("%q is geen nummer van een gebeurtenis, signaal of kaart.", shownWord(words[1]))
	}
	switch {
	case words[0] == "text" && len(words) == 3:
		return m.textErasure(ctx, domain.Place{Event: id, Field: words[2]})
	case (words[0] == "signal" || words[0] == "recommendation") && len(words) == 2:
		return m.thingErasure(ctx, owner, domain.NewStreamID(words[0], id.String()))
	case words[0] == "card" && len(words) == 2:
		return m.cardErasure(ctx, owner, id)
	default:
		return erasure{}, errForgetWords
	}
}

var errForgetWords = mistake("Schrijf: forget text GEBEURTENIS VELD, forget signal NUMMER, forget recommendation NUMMER, of forget card NUMMER")

// textErasure is that of one text of one event, which is looked for in the whole log.
func (m *machinery) textErasure(ctx context.Context, at domain.Place) (erasure, error) {
	for recorded, err := range m.log.ReadAll(ctx, domain.Position{}) {
		if err != nil {
			return erasure{}, err
		}
		if recorded.ID != at.Event {
			continue
		}
		entry, err := catalog.Decode(recorded)
		if err != nil {
			return erasure{}, err
		}
		keys, err := m.ledger.TextKeys(ctx, entry.Meta.Practice, entry.Stream, at)
		if err == nil && len(keys) == 0 {
			err = mistake("In die gebeurtenis staat geen tekst in het veld %q.", shownWord(at.Field))
		}
		return erasure{
			What: "één tekst", Practice: entry.Meta.Practice,
			destroy: func(ctx context.Context, vault domain.Vault) error {
				return vault.ForgetTexts(ctx, entry.Meta.Practice, keys...)
			},
		}, err
	}
	return erasure{}, mistake("Die gebeurtenis staat niet in het logboek.")
}

func (m *machinery) thingErasure(ctx context.Context, owner domain.PracticeID, stream domain.StreamID) (erasure, error) {
	keys, err := m.ledger.Keys(ctx, owner, stream)
	if errors.Is(err, ledger.ErrUnknown) {
		err = mistake("Dat nummer is er niet in praktijk %s.", owner)
	}
	return erasure{
		What: "alle teksten van één signaal of voorstel, met wat er nog van wacht", Practice: owner,
		destroy: func(ctx context.Context, vault domain.Vault) error {
			return vault.ForgetSubject(ctx, owner, stream, keys...)
		},
	}, err
}

func (m *machinery) cardErasure(ctx context.Context, owner domain.PracticeID, id domain.CardID) (erasure, error) {
	cards, err := m.vault.Cards(ctx, owner)
	if err != nil {
		return erasure{}, err
	}
	for _, card := range cards {
		if card.ID == id {
			return erasure{
				What: "één herkenningskaart, met alle kaarten die ermee samengevoegd zijn", Practice: owner,
				destroy: func(ctx context.Context, vault domain.Vault) error { return vault.ForgetCard(ctx, owner, id) },
			}, nil
		}
	}
	return erasure{}, mistake("Die kaart is er niet in praktijk %s.", owner)
}

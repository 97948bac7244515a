package api

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/google/uuid"

	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/domain/contact"
	"signaalboek/domain/vocabulary"
)

// How many cards the form of a contact shows: as many as fit on a phone beside the rest; of those looked for, some more.
const (
	mostChoices = 8
	mostFound   = 24
)

// offerCards fills in the cards that the form of a contact offers: those used last at its activity, or those that were
// looked for, and always the one that is chosen.
func (s *site) offerCards(r *http.Request, page *web.ContactFormPage) error {
	page.Traits = s.traitFields(r, page.Form)
	cards, err := s.cardsFor(r, domain.Code(page.Form.Value("activity")))
	if errors.Is(err, domain.ErrVaultAway) {
		page.Cards = unnamed(page.Form.Value("person"))
		return nil
	}
	all := web.CardOptions(cards)
	page.Cards = shown(all, page.Form)
	page.Others = len(all) - len(page.Cards)
	page.Looked, page.Form = page.Form.Value("look"), page.Form.With("look", "")
	return err
}

// unnamed is the card that was chosen, without its name, so that the form stays filled in while the vault is away.
func unnamed(person string) []web.Option {
	if _, err := uuid.Parse(person); err != nil {
		return nil
	}
	return []web.Option{{Value: person, Label: web.T("unreadable")}}
}

// shown is the cards of all that the form shows.
func shown(all []web.Option, form web.Form) []web.Option {
	found, most := all, mostChoices
	if look := vocabulary.Fold(form.Value("look")); look != "" {
		found, most = slices.DeleteFunc(slices.Clone(all), func(card web.Option) bool {
			return !strings.Contains(vocabulary.Fold(card.Label), look)
		}), mostFound
	}
	first := slices.Clone(found[:min(len(found), most)])
	isChosen := func(card web.Option) bool { return card.Value == form.Value("person") }
	if i := slices.IndexFunc(all, isChosen); i >= 0 && !slices.ContainsFunc(first, isChosen) {
		first = slices.Insert(first, 0, all[i])
	}
	return first
}

// readPerson reads who the contact was with, and makes the card if there is none yet.
func (s *site) readPerson(r *http.Request, form *web.Form, meta domain.Meta, register *contact.Register) error {
	switch person := form.Value("person"); person {
	case "", string(contact.NoPerson), string(contact.KeepPerson):
		return nil
	case "new":
		if s.book(r).IsFocusgroep(register.Activity) { // before the vault has a card that nobody may use there
			return contact.ErrFocusgroepCard.At("/person")
		}
		if err := s.formCard(r, form, meta); err != nil {
			return err
		}
	}
	card, err := uuid.Parse(form.Value("person"))
	if err != nil {
		return contact.ErrNoCard.At("/person")
	}
	register.Card = &card
	return nil
}

// personOf is who a corrected contact was with, as its form says it.
func personOf(form web.Form, card *domain.CardID) contact.Person {
	if card != nil {
		return contact.CardPerson
	}
	return contact.Person(form.Value("person"))
}

// atPerson is a refusal of a card at the field where people choose one.
func atPerson(err error) error {
	if refusal, ok := errors.AsType[*domain.Refusal](err); ok && refusal.Field == "/card" {
		return refusal.At("/person")
	}
	return err
}

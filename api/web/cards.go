package web

import (
	"strings"

	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// CardsPage is the cards of the practice, by nickname: what a card is and is not, and a form for a new one.
type CardsPage struct {
	Cards  []CardLine
	Make   Form
	Traits []Field
	Merge  bool // there are two to merge
}

// CardLine is one card in the list. It leads to what figures ask of the person, never to contacts.
type CardLine struct {
	Nickname string
	Href     string
	Erase    string // where the card can be erased
}

// CardPage is what the figures of the practice ask of the person on one card.
type CardPage struct {
	Form   Form
	Traits []Field
}

// MergePage makes two cards one.
type MergePage struct {
	Form  Form
	Cards []Option
}

// TraitName is the name of the field of a trait.
func TraitName(trait domain.Code) string { return "traits/" + string(trait) }

// TraitField is the field of a trait that is asked, with the figures that need it.
func TraitField(form Form, book vocabulary.Book, asking vocabulary.Asking) Field {
	name := TraitName(asking.Trait)
	held := book.Offering(asking.Trait, domain.Code(form.Value(name))).Offered(asking.Trait)
	field := form.Choice(name, Word("trait", asking.Trait), OptionsOf(held))
	return field.Hinted(T("cards.trait.why", strings.Join(asking.Figures, ", ")))
}

// CardOptions is cards to choose from, by nickname.
func CardOptions(cards []domain.Card) []Option {
	options := make([]Option, len(cards))
	for i, card := range cards {
		options[i] = Option{Value: card.ID.String(), Label: card.Nickname}
	}
	return options
}

func (CardsPage) page() string { return "cards" }
func (CardPage) page() string  { return "card" }
func (MergePage) page() string { return "merge" }

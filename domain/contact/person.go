package contact

import (
	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

func (c Register) needs(s State, book vocabulary.Book) Needs {
	if s.registered {
		return Needs{}
	}
	return c.recognition(book)
}

func (c Correct) needs(s State, book vocabulary.Book) Needs {
	if s.standing() != nil || !c.Reason.valid() {
		return Needs{}
	}
	needs := Needs{Earlier: s.details.Recognition}
	if c.Person == CardPerson {
		asked := c.recognition(s.details.offered(book))
		needs.Card, needs.Activity = asked.Card, asked.Activity
	}
	return needs
}

// recognition asks the vault for the card, unless the command will be refused whatever the vault says. At a focusgroep
// nothing may be left of who came, also not in the vault.
func (c Register) recognition(book vocabulary.Book) Needs {
	if _, err := c.details(book); err != nil || book.IsFocusgroep(c.Activity) {
		return Needs{}
	}
	return Needs{Card: c.Card, Activity: c.Activity}
}

// recognised is the person of the command's card; nil for nobody.
func (c Register) recognised(f Facts) (*domain.Recognition, error) {
	switch {
	case c.Card == nil:
		return nil, nil
	case f.Book.IsFocusgroep(c.Activity):
		return nil, ErrFocusgroepCard.At("/card")
	case f.Recognition == nil:
		return nil, ErrNoCard.At("/card")
	}
	return f.Recognition, nil
}

// person is who a corrected contact was with.
func (c Correct) person(s State, f Facts) (*domain.Recognition, error) {
	if (c.Person == CardPerson) != (c.Card != nil) {
		return nil, ErrPerson.At("/card")
	}
	switch c.Person {
	case NoPerson:
		return nil, nil
	case CardPerson:
		return c.recognised(f)
	case KeepPerson:
		return c.kept(s, f)
	}
	return nil, ErrPerson.At("/person")
}

// kept is the person that was recorded. What was sealed then was said of a year and an activity; said of another, it
// would be a lie, and nobody can derive it again without the card. The same once the key of the year is destroyed.
func (c Correct) kept(s State, f Facts) (*domain.Recognition, error) {
	if s.details.Recognition.IsZero() {
		return nil, nil
	}
	if c.Activity != s.details.Activity || f.On.Year() != f.EarlierOn.Year() || f.Earlier == nil {
		return nil, ErrChooseAgain.At("/person")
	}
	return f.Earlier, nil
}

// samePerson reports whether person is who was recorded, as far as it can be known.
func (s State) samePerson(person *domain.Recognition, f Facts) bool {
	if person == nil || s.details.Recognition.IsZero() {
		return person == nil && s.details.Recognition.IsZero()
	}
	return f.Earlier != nil && *f.Earlier == *person
}

// seal is what the event says of a person: readable only with the key of this practice and year.
func (f Facts) seal(person *domain.Recognition) domain.Sealed {
	if person == nil {
		return domain.Sealed{}
	}
	raw, _ := person.MarshalBinary() // has no error to give
	return domain.ToSealUnder(domain.YearScope(f.Practice, f.On.Year()), raw)
}

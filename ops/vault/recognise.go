package vault

import (
	"context"
	"fmt"

	"signaalboek/domain"
)

// Recognise implements domain.Vault. In a year whose key was destroyed nobody is recognised any more: ErrForgotten.
func (v *Vault) Recognise(ctx context.Context, practice domain.PracticeID, id domain.CardID,
	on domain.Date, activity domain.Code) (domain.Recognition, error) {
	if err := ctx.Err(); err != nil {
		return domain.Recognition{}, err
	}
	q := question{practice, id, on.Year(), activity}
	said, err := v.said(ctx, q)
	if err == nil && !said.known {
		// Only the first time is anything written: the answers, and the key of the year.
		said, err = write(ctx, v, func(b book) (answer, error) { return b.fix(q) })
	}
	if err != nil {
		return domain.Recognition{}, fmt.Errorf("vault: recognise in %d: %w", q.year, err)
	}
	v.use(shelf{practice, activity}, said.card)
	return said.Recognition, nil
}

// question is what Recognise asks of a card.
type question struct {
	practice domain.PracticeID
	card     domain.CardID
	year     int
	activity domain.Code
}

// answer is what is said of a card, which may be another one than was asked about.
type answer struct {
	domain.Recognition
	card  domain.CardID
	known bool // it was said before
}

// said is what was answered before.
func (v *Vault) said(ctx context.Context, q question) (said answer, err error) {
	err = v.read(ctx, func(b book) error {
		said = answer{}
		c, err := b.card(q.practice, q.card)
		if err != nil {
			return err
		}
		key, found, err := b.yearKey(q)
		if err != nil || !found {
			return err
		}
		said.EarlierYear, said.EarlierYearHere, said.known = c.History.Said(q.year, q.activity)
		said.card, said.Pseudonym = c.id, key.pseudonymOf(c.id)
		return nil
	})
	return said, err
}

// yearKey is the key of a year, if there is one.
func (b book) yearKey(q question) (*key, bool, error) {
	name := scopeRow(domain.YearScope(q.practice, q.year)).name
	if s, kept := b.secrets.get(name); kept {
		return b.keyOf(s), true, nil
	}
	s, found, err := b.find(secretByName, name)
	if err != nil || !found {
		return nil, false, err
	}
	b.secrets.put(name, s)
	return b.keyOf(s), true, nil
}

// fix answers for the first time, and for ever.
func (b book) fix(q question) (said answer, err error) {
	if err := b.Lock(cardsOf(q.practice)); err != nil {
		return said, err
	}
	c, err := b.card(q.practice, q.card)
	if err != nil {
		return said, err
	}
	key, err := b.findOrMake(scopeRow(domain.YearScope(q.practice, q.year)))
	if err != nil {
		return said, err
	}
	said.card, said.Pseudonym = c.id, newKey(key).pseudonymOf(c.id)
	said.EarlierYear, said.EarlierYearHere = c.History.Ask(q.year, q.activity)
	return said, b.save(c)
}

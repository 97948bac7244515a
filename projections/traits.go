package projections

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// Traits is what cards say of people, by year and pseudonym. It comes from the vault, is joined with the contacts in
// memory for one answer, and is kept nowhere. A year that is not there was forgotten.
type Traits map[int]map[domain.Pseudonym]domain.Traits

// FiguresOf is the figures as they can be counted with what cards say of the people of a practice. The vault is asked for
// the years of a period only if a figure looks at traits. In the figures of a set itself those read "unasked".
func (s *Set) FiguresOf(ctx context.Context, practice domain.PracticeID, period Period) (*Figures, error) {
	known := *s.Figures
	known.traits = Traits{}
	for _, year := range s.Figures.yearsWithTraits(practice, period) {
		told, err := s.vault.Traits(ctx, practice, year)
		switch {
		case errors.Is(err, domain.ErrForgotten):
		case err != nil:
			return nil, fmt.Errorf("projections: traits of %d: %w", year, err)
		default:
			known.traits[year] = told
		}
	}
	return &known, nil
}

// yearsWithTraits is the years of a period in which there are contacts; none if no figure looks at traits.
func (f *Figures) yearsWithTraits(practice domain.PracticeID, period Period) []int {
	f.lock.RLock()
	defer f.lock.RUnlock()
	years := f.years(practice)
	book := f.words.book(practice)
	asks := func(year int) bool { return len(book.Asked(year)) > 0 }
	if !slices.ContainsFunc(append(slices.Clip(years), f.lastYear(practice, period)), asks) {
		return nil
	}
	return slices.DeleteFunc(years, func(year int) bool {
		whole := YearPeriod(year)
		return !period.From.IsZero() && whole.To < period.From || !period.To.IsZero() && period.To < whole.From
	})
}

// choosing is which people each of some groups counts, by what cards say of them.
type choosing struct {
	figures []vocabulary.Figure // by group
	traits  Traits
}

// from is the choosing of some of the groups; nil if none of them looks at traits.
func (c *choosing) from(first, groups int) *choosing {
	if c == nil {
		return nil
	}
	some := &choosing{c.figures[first : first+groups], c.traits}
	looks := func(figure vocabulary.Figure) bool { return len(figure.Where) > 0 }
	if !slices.ContainsFunc(some.figures, looks) {
		return nil
	}
	return some
}

// chosen is the answer for each person of a year, by the number that stands for them, and group; nil: everybody counts.
type chosen [][]uint8

func (c chosen) answer(person, group int) uint8 {
	if c == nil {
		return bitsYes
	}
	return c[person][group]
}

// in chooses among the people of a year.
func (c *choosing) in(year int, people *people) chosen {
	if c == nil {
		return nil
	}
	chosen := make(chosen, people.len())
	for number, traits := range people.told(c.traits[year]) {
		answers := make([]uint8, len(c.figures))
		for group, figure := range c.figures {
			answers[group] = uint8(answerBits(figure.Counts(traits), 0))
		}
		chosen[number] = answers
	}
	return chosen
}

// told is the traits of everybody, by the number that stands for them.
func (p *people) told(traits map[domain.Pseudonym]domain.Traits) []domain.Traits {
	told := make([]domain.Traits, p.len())
	for number := range told {
		pseudonym := domain.Pseudonym(*p.pseudonyms.keys.at(uint32(number)))
		if of, found := traits[pseudonym]; found {
			told[p.one(uint32(number))] = of
		}
	}
	return told
}

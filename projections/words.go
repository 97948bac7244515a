package projections

import (
	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// PracticeName is a practice and what it is called.
type PracticeName struct {
	ID   domain.PracticeID
	Name string
}

// Period is the days from From to To, both counted. Without a bound it is open at that end.
type Period struct {
	From domain.Date
	To   domain.Date
}

// YearPeriod is the whole of a calendar year.
func YearPeriod(year int) Period {
	return Period{domain.DateOf(year, 1, 1), domain.DateOf(year, 12, 31)}
}

// Holds reports whether a day lies in the period.
func (p Period) Holds(day domain.Date) bool {
	return (p.From.IsZero() || day >= p.From) && (p.To.IsZero() || day <= p.To)
}

// words is the words of each practice as they stand now: code lists, forums, crosswalks and definitions of figures.
//
//	(s *Set) Practices() []PracticeName                     by name
//	(s *Set) Practice(practice) (PracticeName, bool)
//	(s *Set) Book(practice) vocabulary.Book                 the words; none for an unknown practice
type words struct {
	practices map[domain.PracticeID]*practiceWords
}

type practiceWords struct {
	name string
	book vocabulary.Book
}

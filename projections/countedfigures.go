package projections

import (
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// headlineUnits is what the headline of a release counts, in the order in which it is printed.
var headlineUnits = []vocabulary.Unit{
	vocabulary.CountContacts, vocabulary.CountUnique, vocabulary.CountNew, vocabulary.CountKnown, vocabulary.CountRequests,
}

// headline is the definition of a headline total in a year: that of the first figure with its unit which counts the
// whole practice, whoever people are. False if there is none: everything counts then.
func headline(book vocabulary.Book, year int, unit vocabulary.Unit) (vocabulary.Figure, bool) {
	figures := book.Figures(year)
	at := slices.IndexFunc(figures, func(f vocabulary.Figure) bool {
		return f.Unit == unit && len(f.Only) == 0 && len(f.Where) == 0
	})
	if at < 0 {
		return vocabulary.Figure{}, false
	}
	return figures[at], true
}

// countsIn reports whether what happened at an activity counts in a headline total of a year.
func countsIn(book vocabulary.Book, year int, unit vocabulary.Unit, activity domain.Code) bool {
	figure, found := headline(book, year, unit)
	return !found || counts(figure, activity, book)
}

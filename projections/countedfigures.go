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

// sameActivities reports whether contacts and people of a year are counted at the same activities.
func sameActivities(book vocabulary.Book, year int) bool {
	for _, term := range book.Terms(vocabulary.Activities) {
		counted := countsIn(book, year, vocabulary.CountContacts, term.Code)
		for _, unit := range []vocabulary.Unit{vocabulary.CountUnique, vocabulary.CountNew, vocabulary.CountKnown} {
			if countsIn(book, year, unit, term.Code) != counted {
				return false
			}
		}
	}
	return true
}

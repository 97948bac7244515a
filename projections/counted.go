package projections

import (
	"context"
	"errors"
	"fmt"

	"signaalboek/domain"
	"signaalboek/domain/disclosure"
	"signaalboek/domain/vocabulary"
)

// The refusals of counting for a release. Both name the year.
var (
	// ErrYearGone says that people of a year cannot be told apart any more: it was closed, or its key is destroyed.
	ErrYearGone = domain.Refuse(domain.Conflict, "release-year-gone")

	// ErrDefinitions says that contacts, unique, new and known people are not counted at the same activities, so that
	// they are no table together.
	ErrDefinitions = domain.Refuse(domain.Conflict, "release-definitions-differ")
)

// Counted is what a release of a practice counts, row by row, for the gate: from the first of January to the end of its
// period, as the set stands. An earlier release of the year is counted again by the set that Before folds up to its
// proposal: the number of a person is the same in both, and stands for nobody in another year.
//
// It counts what the figures of the practice count, by the definitions of the year. What the focusgroep is for stays out:
// it is a voice. Possible concerns are of no practice and are not filled in. Traits are those of today, in every count of
// a year: no event holds them. It fails with ErrYearGone or ErrDefinitions rather than count wrongly.
func (s *Set) Counted(ctx context.Context, practice domain.PracticeID, period disclosure.Period) (disclosure.Count, error) {
	traits, err := s.vault.Traits(ctx, practice, period.Year)
	if errors.Is(err, domain.ErrForgotten) {
		return disclosure.Count{}, yearGone(period.Year)
	}
	if err != nil {
		return disclosure.Count{}, fmt.Errorf("projections: traits of %d: %w", period.Year, err)
	}
	s.lock.RLock()
	defer s.lock.RUnlock()
	return s.counted(practice, period, traits)
}

func (s *Set) counted(practice domain.PracticeID, period disclosure.Period, traits map[domain.Pseudonym]domain.Traits) (disclosure.Count, error) {
	book := s.Words.book(practice)
	if _, closed := s.Figures.closed[ClosedYear{practice, period.Year}]; closed {
		return disclosure.Count{}, yearGone(period.Year)
	}
	if !sameActivities(book, period.Year) {
		return disclosure.Count{}, ErrDefinitions.Naming("year", fmt.Sprint(period.Year))
	}
	count := disclosure.Count{Period: period, Lists: disclosure.ListsOf(book)}
	people := newCountedPeople(s.Contacts, book, practice, count)
	if err := people.add(daysIn(period)); err != nil {
		return disclosure.Count{}, err
	}
	count.People, count.Nobody = people.rows(traits)
	count.Voices = s.voices(practice, book, daysIn(period))
	return count, nil
}

func yearGone(year int) error { return ErrYearGone.Naming("year", fmt.Sprint(year)) }

// daysIn is the days of a release.
func daysIn(period disclosure.Period) Period {
	return Period{period.First(), period.Last()}
}

// voices is every group that is itself a voice: the focusgroep by its meetings, a group of the practice's own that counts
// as one by its sessions. Those that did not meet are there too.
func (s *Set) voices(practice domain.PracticeID, book vocabulary.Book, period Period) []disclosure.Voice {
	focusgroep := disclosure.Voice{Group: vocabulary.ActivityFocusgroep}
	for _, m := range s.Themes.held(practice) {
		if period.Holds(m.Day) {
			focusgroep.Meetings, focusgroep.Present = focusgroep.Meetings+1, focusgroep.Present+m.Present
		}
	}
	all := []disclosure.Voice{focusgroep}
	for _, term := range book.Terms(vocabulary.Activities) {
		if term.Code != vocabulary.ActivityFocusgroep && book.IsFocusgroep(term.Code) {
			only := vocabulary.Figure{Only: []domain.Code{term.Code}}
			held, present := s.Figures.sessionsIn(practice, only, book, period)
			all = append(all, disclosure.Voice{Group: term.Code, Meetings: held, Present: present})
		}
	}
	return all
}

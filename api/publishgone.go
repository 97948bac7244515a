package api

import (
	"errors"
	"net/http"
	"slices"
	"strconv"

	"signaalboek/domain"
	"signaalboek/domain/practice"
	"signaalboek/domain/release"
	"signaalboek/projections"
)

// A release is counted when it is proposed, and what was withdrawn is counted once more, at the same place of the log. So
// neither can be where nobody tells the people of a year apart any more: a year that was closed is not counted at all, and
// what went out before that can be repeated until the key of the year is destroyed. Pages say so before somebody tries.

// errNotAgain is a release that would repeat figures that nobody can count any more. It names the year.
var errNotAgain = obstruct(http.StatusConflict, "release-not-again")

// uncounted is why a proposal cannot be counted, as it is told to whoever made it.
func uncounted(proposal projections.Release, why error) error {
	if proposal.Again != (release.ID{}) && errors.Is(why, projections.ErrYearGone) {
		return errNotAgain.naming("year", strconv.Itoa(proposal.Period.Year))
	}
	return why
}

// canCount reports whether a proposal of a period can be counted, today.
func (s *site) canCount(of domain.PracticeID, period release.Period) bool {
	switch {
	case !slices.Contains(s.Set.Figures.Closed(), projections.ClosedYear{Practice: of, Year: period.Year}):
		return true
	case s.today() >= practice.KeyEnds(period.Year):
		return false
	}
	return slices.ContainsFunc(s.Set.Releases.List(of), func(one projections.Release) bool {
		return one.Period == period && one.WentOut()
	})
}

// countable is those of some periods that can be counted, and the years, as they are said, of which none can.
func (s *site) countable(of domain.PracticeID, periods []release.Period) (can []release.Period, gone []string) {
	can = slices.DeleteFunc(slices.Clone(periods), func(period release.Period) bool { return !s.canCount(of, period) })
	for _, period := range periods {
		same := func(other release.Period) bool { return other.Year == period.Year }
		if year := strconv.Itoa(period.Year); !slices.ContainsFunc(can, same) && !slices.Contains(gone, year) {
			gone = append(gone, year)
		}
	}
	slices.Sort(gone)
	return can, gone
}

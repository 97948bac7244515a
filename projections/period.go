package projections

import "signaalboek/domain"

// Period is the days from From to To, both counted. Without a bound it is open at that end.
type Period struct {
	From domain.Date
	To   domain.Date
}

// YearPeriod is the whole of a calendar year.
func YearPeriod(year int) Period {
	return Period{domain.DateOf(year, 1, 1), domain.DateOf(year, 12, 31)}
}

// YearsPeriod is several calendar years, both counted.
func YearsPeriod(first, last int) Period {
	return Period{YearPeriod(first).From, YearPeriod(last).To}
}

// Holds reports whether a day lies in the period.
func (p Period) Holds(day domain.Date) bool {
	return (p.From.IsZero() || day >= p.From) && (p.To.IsZero() || day <= p.To)
}

package outside

import (
	"net/url"
	"time"

	"signaalboek/domain"
)

// momentParameter asks for what was shown at a moment: the end of a day (2026-05-01), or exactly (RFC 3339).
const momentParameter = "as-of"

// moment reads the parameters of a request: a moment, if the route takes one, and nothing else.
func (s *Site) moment(rt route, query string) (time.Time, error) {
	given, err := url.ParseQuery(query)
	if err != nil {
		return time.Time{}, errParameter
	}
	values, present := given[momentParameter]
	switch {
	case len(given) == 0:
		return time.Time{}, nil
	case !rt.asOf || !present || len(given) > 1 || len(values) > 1:
		return time.Time{}, errParameter
	}
	return readMoment(values[0], s.Zone)
}

func readMoment(text string, zone *time.Location) (time.Time, error) {
	if day, err := domain.ParseDate(text); err == nil {
		t := day.Time()
		return time.Date(t.Year(), t.Month(), t.Day()+1, 0, 0, 0, 0, zone).Add(-time.Nanosecond), nil
	}
	exact, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return time.Time{}, errMoment
	}
	return exact, nil
}

package projections

import (
	"cmp"
	"strconv"

	"signaalboek/domain"
)

// HalfYear is half a calendar year: as near as an edition ever says when something happened. The zero HalfYear is none.
type HalfYear struct {
	Year int
	Half int // 1: January to June, 2: July to December; 0: the year, and no half of it is said
}

// HalfYearOf is the half-year of a day; none for no day.
func HalfYearOf(day domain.Date) HalfYear {
	if day.IsZero() {
		return HalfYear{}
	}
	half := 1
	if day > domain.DateOf(day.Year(), 6, 30) {
		half = 2
	}
	return HalfYear{day.Year(), half}
}

// String is how a half-year is written where machines read it: "2026-1"; a year "2026"; none "".
func (h HalfYear) String() string {
	switch {
	case h == HalfYear{}:
		return ""
	case h.Half == 0:
		return strconv.Itoa(h.Year)
	}
	return strconv.Itoa(h.Year) + "-" + strconv.Itoa(h.Half)
}

// compare orders half-years, the earlier first.
func (h HalfYear) compare(other HalfYear) int { return cmp.Compare(0, h.Until(other)) }

// Until is how many half-years later another one is.
func (h HalfYear) Until(later HalfYear) int { return 2*(later.Year-h.Year) + later.Half - h.Half }

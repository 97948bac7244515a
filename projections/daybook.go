package projections

import (
	"iter"
	"slices"
	"strconv"
	"strings"

	"signaalboek/domain"
)

// dayBook keeps the rows of one practice by the day they are about, so that any period is found without looking at the
// rest. Rows of one day stand in the order of their numbers, which is the order in which they entered the log.
type dayBook struct {
	years []*yearOfDays // ascending
	last  *yearOfDays   // that a row was added to: the next one is mostly of the same year
}

type yearOfDays struct {
	year        int
	first, last domain.Date
	days        [366][]uint32
}

func (b *dayBook) year(year int) (*yearOfDays, bool) {
	i, found := b.search(year)
	if !found {
		return nil, false
	}
	return b.years[i], true
}

func (b *dayBook) search(year int) (place int, found bool) {
	return slices.BinarySearchFunc(b.years, year, func(y *yearOfDays, year int) int { return y.year - year })
}

func (b *dayBook) add(day domain.Date, row uint32) {
	year := b.yearWith(day)
	rows := &year.days[day-year.first]
	if n := len(*rows); n == 0 || (*rows)[n-1] < row {
		*rows = append(*rows, row)
		return
	}
	i, _ := slices.BinarySearch(*rows, row)
	*rows = slices.Insert(*rows, i, row)
}

// yearWith is the year that a day lies in, a new one if there is none yet.
func (b *dayBook) yearWith(day domain.Date) *yearOfDays {
	if b.last != nil && b.last.first <= day && day <= b.last.last {
		return b.last
	}
	year := day.Year()
	i, found := b.search(year)
	if !found {
		b.years = slices.Insert(b.years, i, &yearOfDays{year: year, first: firstOf(year), last: firstOf(year+1) - 1})
	}
	b.last = b.years[i]
	return b.last
}

func (b *dayBook) remove(day domain.Date, row uint32) {
	year, found := b.year(day.Year())
	if !found {
		return
	}
	rows := &year.days[dayOfYear(day)]
	if i, found := slices.BinarySearch(*rows, row); found {
		*rows = slices.Delete(*rows, i, i+1)
	}
}

func dayOfYear(day domain.Date) int { return int(day - firstOf(day.Year())) }

func firstOf(year int) domain.Date { return domain.DateOf(year, 1, 1) }

// days gives the rows of each day of a period, oldest day first.
func (b *dayBook) days(period Period) iter.Seq2[domain.Date, []uint32] {
	return func(yield func(domain.Date, []uint32) bool) {
		if b == nil {
			return
		}
		for i := range b.years {
			first := firstOf(b.years[i].year)
			from, to := b.years[i].within(period)
			for d := from; d <= to; d++ {
				if rows := b.years[i].days[d]; len(rows) > 0 && !yield(first+domain.Date(d), rows) {
					return
				}
			}
		}
	}
}

// yearsWithRows gives the years in which there is a row, oldest first.
func (b *dayBook) yearsWithRows() iter.Seq[int] {
	return func(yield func(int) bool) {
		if b == nil {
			return
		}
		for i := range b.years {
			used := slices.ContainsFunc(b.years[i].days[:], func(rows []uint32) bool { return len(rows) > 0 })
			if used && !yield(b.years[i].year) {
				return
			}
		}
	}
}

// newest gives the rows of a period, newest first, after a place.
func (b *dayBook) newest(period Period, after dayPlace) iter.Seq[dayPlace] {
	return func(yield func(dayPlace) bool) {
		if b == nil {
			return
		}
		for i := len(b.years) - 1; i >= 0; i-- {
			first := firstOf(b.years[i].year)
			from, to := b.years[i].within(period)
			for d := to; d >= from; d-- {
				for _, row := range slices.Backward(b.years[i].days[d]) {
					if at := (dayPlace{first + domain.Date(d), row}); after.passes(at) && !yield(at) {
						return
					}
				}
			}
		}
	}
}

// within is the days of the year that lie in a period; from comes after to if there are none.
func (y *yearOfDays) within(period Period) (from, to int) {
	first := firstOf(y.year)
	from, to = 0, len(y.days)-1
	if !period.From.IsZero() {
		from = max(from, int(period.From-first))
	}
	if !period.To.IsZero() {
		to = min(to, int(period.To-first))
	}
	return from, to
}

// dayPlace is where a row stands among those of its practice, or a page ended: day and number. The zero one is before every
// row.
type dayPlace struct {
	day domain.Date
	row uint32
}

func (p dayPlace) passes(q dayPlace) bool {
	return p == dayPlace{} || q.day < p.day || q.day == p.day && q.row < p.row
}

// bounded is a period without the days that a page has passed, so that they are not looked at again.
func (p dayPlace) bounded(period Period) Period {
	if !p.day.IsZero() && (period.To.IsZero() || p.day < period.To) {
		period.To = p.day
	}
	return period
}

func (p dayPlace) cursor() string {
	return p.day.String() + "." + strconv.FormatUint(uint64(p.row), 10)
}

func dayPlaceOf(cursor string) (dayPlace, error) {
	if cursor == "" {
		return dayPlace{}, nil
	}
	text, number, _ := strings.Cut(cursor, ".")
	day, err := domain.ParseDate(text)
	if err != nil {
		return dayPlace{}, ErrCursor
	}
	row, err := strconv.ParseUint(number, 10, 32)
	if err != nil {
		return dayPlace{}, ErrCursor
	}
	return dayPlace{day, uint32(row)}, nil
}

const (
	usualPage = 50
	mostRows  = 500
)

// pageSize is how many rows a page has: as asked, within reason.
func pageSize(asked int) int {
	if asked <= 0 {
		return usualPage
	}
	return min(asked, mostRows)
}

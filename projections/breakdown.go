package projections

import (
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// Dimension is what figures are broken down by.
type Dimension string

// The dimensions. Report themes follow from themes by the crosswalk in force on the last day of the period.
const (
	ByActivity    Dimension = "activity"
	ByTheme       Dimension = "theme"
	ByApproach    Dimension = "approach"
	ByService     Dimension = "service"
	ByReportTheme Dimension = "report-theme"
)

// Breakdown is the contacts and help requests of a period by one dimension. By activity every contact counts in one
// row. By the other dimensions a help request counts once in the row of each code it carries, and once only in a row
// that several of its codes lead to: rows add up to more than there are.
type Breakdown struct {
	By       Dimension
	Period   Period
	Rows     []BreakdownRow // in the order of the code list; terms without anything are listed too unless retired
	Contacts int            // in all
	Requests int            // in all
	Uncoded  int            // requests that carry no code of this dimension
}

// BreakdownRow is what one code counts.
type BreakdownRow struct {
	Code     domain.Code
	Label    string
	Contacts int
	Requests int
	Unique   Tally
	New      Tally
	Known    Tally
}

// Tally is a number of different people, which may not have been recorded.
type Tally struct {
	Recorded  bool // false: "niet geregistreerd"
	N         int
	Unknown   int // people of whom nobody said yes or no
	Forgotten int // contacts of people who cannot be told apart any more
}

// Breakdown is the contacts and help requests of a period by one dimension.
func (f *Figures) Breakdown(practice domain.PracticeID, by Dimension, period Period) Breakdown {
	f.lock.RLock()
	defer f.lock.RUnlock()
	rows := newBreakdownRows(by, f.words.book(practice), f.lastDay(practice, period))
	for _, code := range f.contacts.used(by) {
		rows.add(code)
	}
	var heads []headcount
	if by == ByActivity {
		heads = f.contacts.countAt(practice, period, len(rows.codes)+1, rows.holds)
	} else {
		heads = f.contacts.countWith(practice, period, len(rows.codes)+1, by, rows.holdsAny)
	}
	return rows.breakdown(period, heads)
}

// lastDay is the day whose crosswalk is in force for a period.
func (f *Figures) lastDay(practice domain.PracticeID, period Period) domain.Date {
	if !period.To.IsZero() {
		return period.To
	}
	return YearPeriod(f.lastYear(practice, period)).To
}

// breakdownRows is which codes have a row, and which codes lead to it. Beside them stands one group for everything.
type breakdownRows struct {
	by    Dimension
	list  domain.Code // whose terms the rows are
	book  vocabulary.Book
	pairs map[domain.Code]domain.Code // crosswalk, if there is one
	codes []domain.Code
}

func newBreakdownRows(by Dimension, book vocabulary.Book, day domain.Date) *breakdownRows {
	rows := &breakdownRows{by: by, list: domain.Code(by), book: book}
	if by == ByReportTheme {
		rows.pairs = map[domain.Code]domain.Code{}
		crosswalk, _ := book.Crosswalk(vocabulary.Themes, vocabulary.ReportThemes, day)
		for _, pair := range crosswalk.Pairs {
			rows.pairs[pair.From] = pair.To
		}
	}
	for _, term := range book.Terms(rows.list) {
		rows.codes = append(rows.codes, term.Code)
	}
	return rows
}

// add makes a row for a code that was used and is not in the list.
func (r *breakdownRows) add(code domain.Code) {
	if row := r.rowOf(code); row != "" && !slices.Contains(r.codes, row) {
		r.codes = append(r.codes, row)
	}
}

// rowOf is the row that a code leads to; none, if the crosswalk leads it nowhere. A term of the practice's own is led
// as the default term that it counts as.
func (r *breakdownRows) rowOf(code domain.Code) domain.Code {
	if r.pairs == nil {
		return code
	}
	if to, found := r.pairs[code]; found {
		return to
	}
	term, _ := r.book.Term(vocabulary.Themes, code)
	return r.pairs[term.Core]
}

// holds reports whether a code counts in a group; the last group is everything.
func (r *breakdownRows) holds(code domain.Code, group int) bool {
	return group == len(r.codes) || r.rowOf(code) == r.codes[group]
}

// holdsAny reports whether a request with these codes counts in a group; the last group is those that count in no row.
func (r *breakdownRows) holdsAny(codes []domain.Code, group int) bool {
	if group < len(r.codes) {
		return slices.ContainsFunc(codes, func(code domain.Code) bool { return r.holds(code, group) })
	}
	return !slices.ContainsFunc(codes, func(code domain.Code) bool { return r.rowOf(code) != "" })
}

func (r *breakdownRows) breakdown(period Period, heads []headcount) Breakdown {
	whole := heads[len(r.codes)]
	all := Breakdown{By: r.by, Period: period, Contacts: whole.inAll, Requests: whole.requestsInAll}
	if r.by != ByActivity {
		all.Uncoded = whole.requests
	}
	for i, code := range r.codes {
		term, _ := r.book.Term(r.list, code)
		if term.Retired && heads[i].contacts == 0 {
			continue
		}
		all.Rows = append(all.Rows, BreakdownRow{
			Code: code, Label: r.book.Label(r.list, code), Contacts: heads[i].contacts, Requests: heads[i].requests,
			Unique: heads[i].tally(yesses{yes: heads[i].unique}), New: heads[i].tally(heads[i].newcomers),
			Known: heads[i].tally(heads[i].known),
		})
	}
	return all
}

func (h headcount) tally(y yesses) Tally {
	return Tally{Recorded: h.unique > y.unknown, N: y.yes, Unknown: y.unknown, Forgotten: h.erased}
}

package projections

import (
	"maps"
	"math"
	"slices"
	"sync"

	"signaalboek/domain"
	"signaalboek/domain/practice"
	"signaalboek/domain/pursuit"
	"signaalboek/domain/vocabulary"
)

// FigureValue is what a figure reads in a period, with the definition it was counted by. Not recorded is not zero.
type FigureValue struct {
	Figure    vocabulary.Figure // code, version, label, unit and definition
	Year      int               // 0 for a free period
	Period    Period
	Recorded  bool // false: "niet geregistreerd", and Value means nothing
	Value     int
	Of        int  // of units new, new-here and known, and of figures that look at traits: among how many unique
	Unknown   int  // and of how many of those nobody said yes or no
	Forgotten int  // contacts whose recognition was erased: they count as contacts and cannot be told apart any more
	Closed    bool // as it was recorded when the year was closed
	Unasked   bool // it looks at traits, and the vault was not asked for them: see Set.FiguresOf
	AddsYears bool // the period spans years, whose people cannot be told apart: they are counted once in each year
}

// SeriesPoint is one year of a series. It breaks with the year before when it was counted by another version.
type SeriesPoint struct {
	FigureValue
	Break bool
}

// FigureSeries is one figure over the years in which it has a definition.
type FigureSeries struct {
	Code   domain.Code
	Label  string // of the newest version in the series
	Points []SeriesPoint
}

// Year is every figure that has a definition for a year. A year that was closed reads as it was recorded then.
func (f *Figures) Year(practice domain.PracticeID, year int) []FigureValue {
	f.lock.RLock()
	defer f.lock.RUnlock()
	return f.year(practice, year)
}

// Period is every figure in a free period, by the definitions of the year of its last day.
func (f *Figures) Period(practice domain.PracticeID, period Period) []FigureValue {
	f.lock.RLock()
	defer f.lock.RUnlock()
	if year := period.From.Year(); period == YearPeriod(year) {
		return f.year(practice, year)
	}
	return f.count(practice, f.words.book(practice).Figures(f.lastYear(practice, period)), period)
}

// Series is every figure over these years, both counted, with a break wherever its definition changed.
func (f *Figures) Series(practice domain.PracticeID, from, to int) []FigureSeries {
	f.lock.RLock()
	defer f.lock.RUnlock()
	var all []FigureSeries
	for year := from; year <= to; year++ {
		for _, value := range f.year(practice, year) {
			all = extend(all, value)
		}
	}
	return all
}

func extend(all []FigureSeries, value FigureValue) []FigureSeries {
	i := slices.IndexFunc(all, func(s FigureSeries) bool { return s.Code == value.Figure.Code })
	if i < 0 {
		return append(all, FigureSeries{
			Code: value.Figure.Code, Label: value.Figure.Label, Points: []SeriesPoint{{FigureValue: value}},
		})
	}
	before := all[i].Points[len(all[i].Points)-1]
	all[i].Points = append(all[i].Points, SeriesPoint{value, value.Figure.Version != before.Figure.Version})
	all[i].Label = value.Figure.Label
	return all
}

// Years is the years in which anything was recorded, oldest first.
func (f *Figures) Years(practice domain.PracticeID) []int {
	f.lock.RLock()
	defer f.lock.RUnlock()
	return f.years(practice)
}

// ClosedYear is a year that a practice closed.
type ClosedYear struct {
	Practice domain.PracticeID
	Year     int
}

// Closed is the years that were closed, of every practice, oldest first.
func (f *Figures) Closed() []ClosedYear {
	f.lock.RLock()
	defer f.lock.RUnlock()
	return slices.SortedFunc(maps.Keys(f.closed), ClosedYear.compare)
}

// ToClose is the years of a practice in which something was recorded, that are over, and that nobody closed yet.
func (f *Figures) ToClose(practice domain.PracticeID, today domain.Date) []int {
	f.lock.RLock()
	defer f.lock.RUnlock()
	return slices.DeleteFunc(f.years(practice), func(year int) bool {
		_, closed := f.closed[ClosedYear{practice, year}]
		return closed || year >= today.Year()
	})
}

// Figures is what was counted.
//
// What each unit counts, and when it was not recorded (which is not zero):
//
//	contacts      contacts at the activities of the figure; not recorded when there is none
//	requests      help requests of those contacts; not recorded when there is no contact
//	unique        different people among those contacts; not recorded when nobody was recognised
//	new           of those, whose answer to "contact in an earlier year" is no; not recorded when nobody has an answer
//	new-here      of those, whose answer for every activity of the figure where they came is no; likewise
//	known         of those, whose latest answer in the period, by day and then by recording, that is not unknown, is yes;
//	              wherever it was given; likewise
//	sessions      sessions of those activities; these three are not recorded when there is none
//	present       people present there, added up
//	mean-present  the same divided by sessions, rounded to whole people, a half up
//	signals       signals picked up there, without those that are parts of one that was split; not recorded when there is
//	              none
//
// A figure that looks at traits counts people of its classes only, and is not recorded when nobody can say it of anybody.
// Traits stand in no event: see Set.FiguresOf.
//
// A term of the practice's own counts also where the figure names the default term that it counts as. Withdrawn
// contacts and sessions count nowhere; corrected ones count as they are now.
type Figures struct {
	lock     *sync.RWMutex // of the set
	names    *names
	words    *Words
	contacts *Contacts
	sessions *Sessions
	signals  *Signals
	closed   map[ClosedYear][]practice.ClosedFigure

	traits Traits // of people, for this answer; nil: nobody asked the vault
}

func newFigures(lock *sync.RWMutex, names *names, words *Words, contacts *Contacts, sessions *Sessions, signals *Signals) *Figures {
	return &Figures{
		lock: lock, names: names, words: words, contacts: contacts, sessions: sessions,
		signals: signals, closed: map[ClosedYear][]practice.ClosedFigure{},
	}
}

func (f *Figures) name() string { return "figures" }

func (f *Figures) settle() {}

func (f *Figures) apply(reading *Reading) error {
	if event, ok := reading.Event.(practice.YearClosed); ok {
		f.closed[ClosedYear{reading.Meta.Practice, event.Year}] = event.Figures
	}
	return nil
}

func (f *Figures) year(practice domain.PracticeID, year int) []FigureValue {
	values := f.count(practice, f.words.book(practice).Figures(year), YearPeriod(year))
	closed := f.closed[ClosedYear{practice, year}]
	for i := range values {
		values[i].Year = year
		values[i].takeClosed(closed)
	}
	return values
}

// takeClosed replaces a value by the one that was recorded when its year was closed.
func (v *FigureValue) takeClosed(closed []practice.ClosedFigure) {
	for _, c := range closed {
		if c.Figure != v.Figure.Code || c.Version != v.Figure.Version {
			continue
		}
		*v = FigureValue{Figure: v.Figure, Year: v.Year, Period: v.Period, Closed: true}
		if c.Value != nil {
			v.Recorded, v.Value = true, int(math.Round(*c.Value))
		}
	}
}

// count counts figures in a period: contacts in one pass for all of them.
func (f *Figures) count(practice domain.PracticeID, figures []vocabulary.Figure, period Period) []FigureValue {
	book := f.words.book(practice)
	people := f.contacts.countChosen(practice, period, len(figures), func(activity domain.Code, group int) bool {
		return counts(figures[group], activity, book)
	}, &choosing{figures, f.traits})
	values := make([]FigureValue, 0, len(figures))
	for i, figure := range figures {
		value := FigureValue{Figure: figure, Period: period, Unasked: len(figure.Where) > 0 && f.traits == nil}
		switch figure.Unit {
		case vocabulary.CountSessions, vocabulary.CountPresent, vocabulary.CountMeanPresent:
			value.sessions(f.sessionsIn(practice, figure, book, period))
		case vocabulary.CountSignals:
			value.is(f.signalsIn(practice, figure, book, period))
		default:
			value.people(people[i])
		}
		values = append(values, value)
	}
	return values
}

// counts reports whether an activity counts in a figure.
func counts(figure vocabulary.Figure, activity domain.Code, book vocabulary.Book) bool {
	among := func(list []domain.Code) bool {
		if slices.Contains(list, activity) {
			return true
		}
		term, found := book.Term(vocabulary.Activities, activity)
		return found && term.Core != "" && slices.Contains(list, term.Core)
	}
	return (len(figure.Only) == 0 || among(figure.Only)) && !among(figure.Without)
}

// is is a value of which none at all means that nothing was recorded.
func (v *FigureValue) is(value int) { v.Value, v.Recorded = value, value > 0 }

func (v *FigureValue) people(h headcount) {
	v.Forgotten, v.AddsYears = h.erased, h.years > 1
	switch v.Figure.Unit {
	case vocabulary.CountContacts:
		v.is(h.contacts)
		v.Forgotten, v.AddsYears = 0, false
	case vocabulary.CountRequests:
		v.Value, v.Recorded = h.requests, h.contacts > 0
		v.Forgotten, v.AddsYears = 0, false
	case vocabulary.CountUnique:
		v.unique(h)
	case vocabulary.CountNew:
		v.among(h.unique, h.newcomers)
	case vocabulary.CountNewHere:
		v.among(h.unique, h.newHere)
	case vocabulary.CountKnown:
		v.among(h.unique, h.known)
	}
}

func (v *FigureValue) unique(h headcount) {
	if len(v.Figure.Where) > 0 {
		v.among(h.unique, h.chosen)
		return
	}
	v.is(h.unique)
}

func (v *FigureValue) among(unique int, said yesses) {
	v.Value, v.Of, v.Unknown, v.Recorded = said.yes, unique, said.unknown, unique > said.unknown
}

func (v *FigureValue) sessions(held, present int) {
	switch v.Figure.Unit {
	case vocabulary.CountSessions:
		v.Value = held
	case vocabulary.CountPresent:
		v.Value = present
	case vocabulary.CountMeanPresent:
		v.Value = (2*present + held) / max(1, 2*held)
	}
	v.Recorded = held > 0
}

func (f *Figures) sessionsIn(practice domain.PracticeID, figure vocabulary.Figure, book vocabulary.Book, period Period) (held, present int) {
	days := f.sessions.daysOf(practice)
	if days == nil {
		return 0, 0
	}
	for _, numbers := range days.days(period) {
		for _, number := range numbers {
			if row := f.sessions.rows.at(number); !row.withdrawn && counts(figure, f.names.codeOf(row.activity), book) {
				held, present = held+1, present+int(row.present)
			}
		}
	}
	return held, present
}

func (f *Figures) signalsIn(practice domain.PracticeID, figure vocabulary.Figure, book vocabulary.Book, period Period) int {
	picked := 0
	for no, t := range f.signals.signals(f.signals.shelfOf(practice)) {
		if t.isNew() && period.Holds(t.since) && counts(figure, f.activityOf(f.signals.firstRaisedAt(no)), book) {
			picked++
		}
	}
	return picked
}

// activityOf is the activity where something was heard; none, if it was heard outside them.
func (f *Figures) activityOf(setting pursuit.Setting) domain.Code {
	switch setting.Kind {
	case pursuit.AtActivity:
		return setting.Code
	case pursuit.AtFocusgroep:
		return vocabulary.ActivityFocusgroep
	case pursuit.AtSession:
		if number, found := f.sessions.ids.find(setting.Stream); found {
			return f.names.codeOf(f.sessions.rows.at(number).activity)
		}
	}
	return ""
}

func (f *Figures) years(practice domain.PracticeID) []int {
	found := map[int]bool{}
	for _, days := range []*dayBook{f.contacts.daysOf(practice), f.sessions.daysOf(practice)} {
		for year := range days.yearsWithRows() {
			found[year] = true
		}
	}
	for _, t := range f.signals.signals(f.signals.shelfOf(practice)) {
		found[t.since.Year()] = true
	}
	for closed := range f.closed {
		if closed.Practice == practice {
			found[closed.Year] = true
		}
	}
	return slices.Sorted(maps.Keys(found))
}

func (f *Figures) lastYear(practice domain.PracticeID, period Period) int {
	if !period.To.IsZero() {
		return period.To.Year()
	}
	years := f.years(practice)
	if len(years) == 0 {
		return period.From.Year()
	}
	return years[len(years)-1]
}

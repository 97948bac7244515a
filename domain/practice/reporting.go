package practice

import (
	"math"
	"slices"
	"strconv"
	"time"

	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// The refusals of crosswalks, figures and years.
var (
	ErrCrosswalk   = domain.Refuse(domain.Invalid, "crosswalk-invalid") // no pairs, or a list to itself
	ErrPairTwice   = domain.Refuse(domain.Invalid, "crosswalk-pair-twice")
	ErrUnit        = domain.Refuse(domain.Invalid, "figure-unit-unknown")
	ErrVersion     = domain.Refuse(domain.Conflict, "figure-version-gap")
	ErrOnlyWithout = domain.Refuse(domain.Invalid, "figure-only-and-without")
	ErrTrait       = domain.Refuse(domain.Invalid, "figure-trait")      // none that can be asked, twice, or no classes
	ErrTraitUnit   = domain.Refuse(domain.Invalid, "figure-trait-unit") // it counts no people
	ErrFromYear    = domain.Refuse(domain.Invalid, "figure-year-invalid")
	ErrDefinition  = domain.Refuse(domain.Invalid, "definition-invalid")
	ErrYear        = domain.Refuse(domain.Invalid, "year-invalid")
	ErrYearNotOver = domain.Refuse(domain.Conflict, "year-not-over")
	ErrYearClosed  = domain.Refuse(domain.Conflict, "year-closed")
	ErrYearFigure  = domain.Refuse(domain.Invalid, "year-figure-invalid") // not in force, twice, or no number
	ErrYearFigures = domain.Refuse(domain.Conflict, "year-figures-incomplete")
)

// The years and values that can be meant.
const (
	firstYear    = 1900
	lastYear     = 2999
	largestValue = 1e9
)

// SetCrosswalk reports one list in the groups of another, from a day on. The same lists and day again replace it.
type SetCrosswalk struct {
	vocabulary.Crosswalk
}

func (c SetCrosswalk) decide(s State, _ Facts) ([]Event, error) {
	if len(c.Pairs) == 0 || c.From == c.To {
		return nil, ErrCrosswalk.At("/pairs")
	}
	seen := map[domain.Code]bool{}
	for i, pair := range c.Pairs {
		at := "/pairs/" + strconv.Itoa(i)
		if err := checkKnown(s.book, c.From, pair.From, at+"/from"); err != nil {
			return nil, err
		}
		if err := checkKnown(s.book, c.To, pair.To, at+"/to"); err != nil {
			return nil, err
		}
		if seen[pair.From] {
			return nil, ErrPairTwice.At(at+"/from").Naming("code", string(pair.From))
		}
		seen[pair.From] = true
	}
	if slices.ContainsFunc(s.book.Crosswalks(), c.Equal) {
		return nil, nil
	}
	return []Event{CrosswalkSet{c.Crosswalk}}, nil
}

// DefineFigure gives a figure a definition, or its next version: rule 8, a break in the series.
type DefineFigure struct {
	vocabulary.Figure
}

func (c DefineFigure) decide(s State, _ Facts) ([]Event, error) {
	figure := c.Figure
	figure.Label, figure.Definition = vocabulary.Line(figure.Label), vocabulary.Line(figure.Definition)
	figure.Only, figure.Without = vocabulary.Distinct(figure.Only), vocabulary.Distinct(figure.Without)
	figure.Where = tidyTraits(figure.Where)
	if existing, ok := s.book.Figure(figure.Code, figure.Version); ok && existing.Equal(figure) {
		return nil, nil
	}
	if err := checkFigure(s.book, figure); err != nil {
		return nil, err
	}
	if err := checkSeries(s, figure); err != nil {
		return nil, err
	}
	return []Event{FigureDefined{figure}}, nil
}

func checkFigure(book vocabulary.Book, figure vocabulary.Figure) error {
	if !figure.Code.Valid() {
		return ErrCode.At("/code")
	}
	if err := checkNames(figure.Label, nil, ""); err != nil {
		return err
	}
	if !figure.Unit.Valid() {
		return ErrUnit.At("/unit")
	}
	if len(figure.Only) > 0 && len(figure.Without) > 0 {
		return ErrOnlyWithout.At("/without")
	}
	if figure.Definition == "" || !vocabulary.OneLine(figure.Definition, vocabulary.MaxDefinition) {
		return ErrDefinition.At("/definition").Naming("max", strconv.Itoa(vocabulary.MaxDefinition))
	}
	for i, activity := range figure.Only {
		if err := checkKnown(book, vocabulary.Activities, activity, "/only/"+strconv.Itoa(i)); err != nil {
			return err
		}
	}
	for i, activity := range figure.Without {
		if err := checkKnown(book, vocabulary.Activities, activity, "/without/"+strconv.Itoa(i)); err != nil {
			return err
		}
	}
	return checkTraits(book, figure)
}

func tidyTraits(where []vocabulary.TraitIn) []vocabulary.TraitIn {
	var tidied []vocabulary.TraitIn
	for _, t := range where {
		tidied = append(tidied, vocabulary.TraitIn{Trait: t.Trait, Classes: vocabulary.Distinct(t.Classes)})
	}
	return tidied
}

// checkTraits refuses what no card says, and traits in a figure that does not count people.
func checkTraits(book vocabulary.Book, figure vocabulary.Figure) error {
	if len(figure.Where) > 0 && !figure.Unit.CountsPeople() {
		return ErrTraitUnit.At("/unit")
	}
	askable := vocabulary.Traits()
	for i, where := range figure.Where {
		at := "/where/" + strconv.Itoa(i)
		if !slices.Contains(askable, where.Trait) || len(where.Classes) == 0 {
			return ErrTrait.At(at)
		}
		askable = slices.DeleteFunc(askable, func(trait domain.Code) bool { return trait == where.Trait })
		for j, class := range where.Classes {
			if err := checkKnown(book, where.Trait, class, at+"/classes/"+strconv.Itoa(j)); err != nil {
				return err
			}
		}
	}
	return nil
}

// checkSeries holds the versions of a figure in order, and away from years whose figures are closed.
func checkSeries(s State, figure vocabulary.Figure) error {
	versions := s.book.FigureVersions(figure.Code)
	if next := len(versions) + 1; figure.Version != next {
		return ErrVersion.At("/version").Naming("version", strconv.Itoa(next))
	}
	earliest := firstYear
	if len(versions) > 0 {
		earliest = versions[len(versions)-1].FromYear
	}
	for _, closed := range s.closed {
		earliest = max(earliest, closed.Year+1)
	}
	if figure.FromYear < earliest || figure.FromYear > lastYear {
		return ErrFromYear.At("/fromYear").Naming("year", strconv.Itoa(earliest))
	}
	return nil
}

// CloseYear records every figure of a year that is over, before the key of that year is destroyed. Afterwards nobody
// can count the people of that year again.
//
// The values are those of the figures' projection at the moment of asking. A decision cannot count them: who takes the
// command from somebody counts them, and refuses what somebody saw that reads otherwise by now. Here only their form is
// looked at: every figure counts something, so a value is a whole number.
type CloseYear struct {
	Year    int            `json:"year"`
	Figures []ClosedFigure `json:"figures,omitzero"`
}

// KeyEnds is the day on which the key of a year may go, if the year was closed: eighteen months after its end.
func KeyEnds(year int) domain.Date { return domain.DateOf(year+2, time.July, 1) }

func (c CloseYear) decide(s State, f Facts) ([]Event, error) {
	if c.Year < firstYear || c.Year > lastYear {
		return nil, ErrYear.At("/year")
	}
	year := strconv.Itoa(c.Year)
	if closed, ok := s.closing(c.Year); ok {
		if slices.EqualFunc(closed.Figures, c.Figures, ClosedFigure.equal) {
			return nil, nil
		}
		return nil, ErrYearClosed.Naming("year", year)
	}
	if f.On.Year() <= c.Year {
		return nil, ErrYearNotOver.At("/year").Naming("year", year)
	}
	if err := c.checkFigures(s.book.Figures(c.Year)); err != nil {
		return nil, err
	}
	return []Event{YearClosed{Year: c.Year, Figures: slices.Clone(c.Figures)}}, nil
}

// checkFigures wants every figure in force, in its version, once, and no other.
func (c CloseYear) checkFigures(inForce []vocabulary.Figure) error {
	missing := map[domain.Code]int{}
	for _, figure := range inForce {
		missing[figure.Code] = figure.Version
	}
	for i, figure := range c.Figures {
		version, ok := missing[figure.Figure]
		if !ok || version != figure.Version || !figure.countable() {
			return ErrYearFigure.At("/figures/" + strconv.Itoa(i))
		}
		delete(missing, figure.Figure)
	}
	for _, figure := range inForce {
		if _, absent := missing[figure.Code]; absent {
			return ErrYearFigures.At("/figures").Naming("figure", string(figure.Code))
		}
	}
	return nil
}

func (s State) closing(year int) (YearClosed, bool) {
	for _, closed := range s.closed {
		if closed.Year == year {
			return closed, true
		}
	}
	return YearClosed{}, false
}

func (c ClosedFigure) countable() bool {
	return c.Value == nil || *c.Value >= 0 && *c.Value <= largestValue && *c.Value == math.Trunc(*c.Value)
}

func (c ClosedFigure) equal(other ClosedFigure) bool {
	if c.Figure != other.Figure || c.Version != other.Version || (c.Value == nil) != (other.Value == nil) {
		return false
	}
	return c.Value == nil || *c.Value == *other.Value
}

// checkKnown refuses a term that never was in its list. Retired terms will do: earlier years were recorded with them.
func checkKnown(book vocabulary.Book, list, code domain.Code, pointer string) error {
	return book.Offering(list, code).Check(list, code, pointer)
}

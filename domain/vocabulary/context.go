package vocabulary

import (
	"fmt"
	"strconv"

	"signaalboek/domain"
)

// Indicator is one fact about the neighbourhood of a practice, that somebody else counted and published.
type Indicator struct {
	Theme  domain.Code // beside which it is shown; none: beside all
	Label  string
	Area   string
	Value  float64
	Beside Comparison // none, if its area is empty
	Unit   string     // "%" or what is counted, as printed
	Year   int
	Source string // the publication
}

// Comparison is the same fact about another area.
type Comparison struct {
	Area  string
	Value float64
}

// Context is the facts about the neighbourhood that come with the defaults of a version, in the order of their
// publication; none, if there is no such version. The receiver may keep them, not change them.
func Context(version string) []Indicator {
	if version != Harelbeke2022 {
		return nil
	}
	return harelbeke2022Context
}

// Read once, as the words are, whose themes they name.
var harelbeke2022Context = mustReadContext(Harelbeke2022, harelbeke2022)

func mustReadContext(version string, words Book) (all []Indicator) {
	add := func(book Book, row []string) (Book, error) {
		indicator, err := indicatorOf(row, book)
		all = append(all, indicator)
		return book, err
	}
	if _, err := read(words, mustOpen(version, "context.csv"), add); err != nil {
		panic("vocabulary: read " + version + "/context.csv: " + err.Error())
	}
	return all
}

// indicatorOf reads theme;indicator;area;value;comparison_area;comparison_value;unit;year;source.
func indicatorOf(row []string, book Book) (Indicator, error) {
	if len(row) != 9 {
		return Indicator{}, errColumns
	}
	all := Indicator{
		Theme: domain.Code(row[0]), Label: row[1], Area: row[2], Beside: Comparison{Area: row[4]}, Unit: row[6], Source: row[8],
	}
	if all.Label == "" || all.Area == "" || all.Unit == "" || all.Source == "" || all.Theme != "" && !book.Has(Themes, all.Theme) {
		return all, fmt.Errorf("indicator %q: something is missing or not known", all.Label)
	}
	var err error
	if all.Value, err = strconv.ParseFloat(row[3], 64); err != nil {
		return all, fmt.Errorf("value: %w", err)
	}
	if all.Year, err = strconv.Atoi(row[7]); err != nil {
		return all, fmt.Errorf("year: %w", err)
	}
	if all.Beside.Area == "" {
		return all, nil
	}
	if all.Beside.Value, err = strconv.ParseFloat(row[5], 64); err != nil {
		return all, fmt.Errorf("value beside it: %w", err)
	}
	return all, nil
}

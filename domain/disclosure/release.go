package disclosure

import (
	"errors"
	"fmt"
	"slices"

	"signaalboek/domain"
)

// Widths is the width of every table of a release, by its name. A table that is not in it is not published.
type Widths map[domain.Code]Width

// Release is what was counted for a release, and how wide its tables are. A published one never changes: its Count is what
// the log said where it was proposed, not what the log would say of the same days now. One that is published again, after
// it was withdrawn, is not judged again: its figures are out.
type Release struct {
	Count
	Widths Widths
}

// Publish is the tables of a release as everybody sees them, in the order of the catalogue.
func (c Catalogue) Publish(r Release) []Published {
	tables := c.Tables(r.Period.Part)
	shown := make([]Published, 0, len(tables))
	for _, t := range tables {
		shown = append(shown, r.tabulate(t, r.Widths[t.Name]))
	}
	return shown
}

// Foreign is a count that somebody else published, about the same people: an attacker has it beside ours.
type Foreign struct {
	Period   Period // of ours that it counts like
	Table    domain.Code
	Measure  Measure
	Category domain.Code
	Band     Band
}

// ForeignTables is the tables of a part of a year that the gate takes into account when others published them: those that
// tell of people, contacts or requests. How often a voice met tells of nobody.
func (c Catalogue) ForeignTables(part Part) []Table {
	return slices.DeleteFunc(slices.Clone(c.Tables(part)), func(t Table) bool { return t.By == voices })
}

// The faults of what the gate is given. They are mistakes of whoever calls it.
var (
	ErrThirdOfYear = errors.New("disclosure: a year has at most one release of its first half and one of the whole, in this order")
	ErrNoTables    = errors.New("disclosure: the catalogue has no tables for this part of a year")
	ErrNumbers     = errors.New("disclosure: two people of one count have the same number")
)

// sticky is the widths from which a release starts: each table at least as wide as in any earlier one.
func (c Catalogue) sticky(part Part, earlier []Release) Widths {
	widths := Widths{}
	for _, t := range c.Tables(part) {
		widths[t.Name] = t.narrowest()
		for _, r := range earlier {
			if was, there := r.Widths[t.Name]; there {
				widths[t.Name] = widest(widths[t.Name], was)
			}
		}
	}
	return widths
}

// sameYear is the earlier releases that count people of the year of a proposed one: only their rows join with its.
func sameYear(earlier []Release, proposed Count) []Release {
	return slices.DeleteFunc(slices.Clone(earlier), func(r Release) bool { return r.Period.Year != proposed.Period.Year })
}

func (c Catalogue) check(earlier []Release, proposed Count) error {
	if len(c.Tables(proposed.Period.Part)) == 0 {
		return ErrNoTables
	}
	for _, r := range sameYear(earlier, proposed) {
		if r.Period.Part != FirstHalf || proposed.Period.Part != WholeYear {
			return ErrThirdOfYear
		}
	}
	seen := map[int]bool{}
	for i, p := range proposed.People {
		if seen[p.Number] {
			return fmt.Errorf("%w: row %d", ErrNumbers, i)
		}
		seen[p.Number] = true
	}
	return nil
}

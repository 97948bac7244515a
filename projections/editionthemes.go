package projections

import (
	"cmp"
	"slices"
	"strings"

	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// themes is what the focusgroep talked about: what recurs first, then by label, so that the place in the list says no
// more than the line. What nobody talked about is there too, as long as it is offered.
func (e *editing) themes() []EditionTheme {
	var all []EditionTheme
	for _, row := range e.recurring.Themes {
		all = append(all, EditionTheme{
			Theme: row.Theme, Recurring: row.Recurring, Meetings: row.Discussed, Since: HalfYearOf(row.Since), Trend: cmp.Compare(row.Trend, 0),
		})
	}
	for _, term := range e.book.Offered(vocabulary.Themes) {
		if !slices.ContainsFunc(all, func(theme EditionTheme) bool { return theme.Theme == term.Code }) {
			all = append(all, EditionTheme{Theme: term.Code})
		}
	}
	for i := range all {
		all[i].Window, all[i].Signals = e.recurring.Held, e.withTheme(all[i].Theme)
	}
	slices.SortFunc(all, func(a, b EditionTheme) int {
		return cmp.Or(cmp.Compare(btoi(b.Recurring), btoi(a.Recurring)), strings.Compare(
			e.labels([]domain.Code{a.Theme}), e.labels([]domain.Code{b.Theme})), cmp.Compare(a.Theme, b.Theme))
	})
	return all
}

// withTheme is the signals of the edition that have a theme.
func (e *editing) withTheme(theme domain.Code) (refs []EditionRef) {
	for _, line := range e.signals {
		if slices.Contains(line.themes, theme) {
			refs = append(refs, line.ref)
		}
	}
	return refs
}

// recurs reports whether one of the themes of a line recurs in the focusgroep.
func (e *editing) recurs(line *editionLine) bool {
	return slices.ContainsFunc(e.recurring.Themes, func(row ThemeRow) bool {
		return row.Recurring && slices.Contains(line.themes, row.Theme)
	})
}

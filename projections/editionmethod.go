package projections

import "slices"

// gateLimits is what the gate does not reckon with, and limits what every method note says.
var (
	gateLimits = []Limit{LimitGuesses, LimitOutside, LimitColluders, LimitWidening, LimitRequests}
	limits     = append(GateLimits(), LimitUnrecognised, LimitFocusgroep, LimitYears, LimitCorrections, LimitProof)
)

// GateLimits is what the gate does not reckon with: of every release alike.
func GateLimits() []Limit { return slices.Clone(gateLimits) }

func (e *editing) method() EditionMethod {
	method := EditionMethod{Catalogue: e.Catalogue, Definitions: e.definitions(), Limits: limits}
	if last := len(e.Figures) - 1; last >= 0 {
		for _, table := range e.Figures[last].Tables {
			method.Widths = append(method.Widths, EditionWidth{table.Name, table.Width})
		}
	}
	return method
}

// definitions is by what each headline total was counted in the years that the edition shows, and whether that broke its
// series.
func (e *editing) definitions() (all []EditionDefinition) {
	for _, figures := range e.Figures {
		for _, unit := range headlineUnits {
			figure, found := headline(e.book, figures.Period.Year, unit)
			if found && !slices.ContainsFunc(all, func(d EditionDefinition) bool { return d.Figure.Equal(figure) }) {
				before, had := headline(e.book, figure.FromYear-1, unit)
				all = append(all, EditionDefinition{figure, had && !before.Equal(figure)})
			}
		}
	}
	return all
}

package projections

import "signaalboek/domain/vocabulary"

// limits is what every method note says.
var limits = []Limit{
	LimitGuesses, LimitOutside, LimitColluders, LimitUnrecognised, LimitFocusgroep, LimitYears, LimitCorrections,
}

func (e *editing) method() EditionMethod {
	method := EditionMethod{Catalogue: e.Catalogue, Definitions: e.definitions(), Limits: limits}
	if last := len(e.Figures) - 1; last >= 0 {
		for _, table := range e.Figures[last].Tables {
			method.Widths = append(method.Widths, EditionWidth{table.Name, table.Width})
		}
	}
	return method
}

// definitions is by what each headline total was counted in the years that the edition shows, and where that changed.
func (e *editing) definitions() (all []EditionDefinition) {
	versions := map[vocabulary.Unit]int{}
	for _, figures := range e.Figures {
		for _, unit := range headlineUnits {
			figure, found := headline(e.book, figures.Period.Year, unit)
			if before := versions[unit]; found && before != figure.Version {
				all = append(all, EditionDefinition{figure, before != 0})
				versions[unit] = figure.Version
			}
		}
	}
	return all
}

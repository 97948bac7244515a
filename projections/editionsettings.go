package projections

import (
	"cmp"
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/disclosure"
	"signaalboek/domain/pursuit"
)

// fewestInSetting is how many people must be part of a setting before an edition names it.
const fewestInSetting = 5

// settings is where a signal was heard, as far as that may be said. Of a meeting or a session the people present were
// counted; of an activity a release must say already that there were enough, for to name it would say so; of a partner, a
// survey or the volunteers nobody knows.
func (e *editing) settings(line *editionLine) (all []EditionSetting) {
	for _, at := range line.settings {
		if named, may := e.setting(at.setting); may && !slices.Contains(all, named) {
			all = append(all, named)
		}
	}
	slices.SortFunc(all, func(a, b EditionSetting) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Activity, b.Activity), a.In.compare(b.In))
	})
	return all
}

func (e *editing) setting(of pursuit.Setting) (named EditionSetting, may bool) {
	switch of.Kind {
	case pursuit.AtFocusgroep:
		m, _ := e.set.Themes.Meeting(e.Practice, of.Stream)
		return EditionSetting{Kind: of.Kind, In: HalfYearOf(m.Day)}, m.Held && m.Present >= fewestInSetting
	case pursuit.AtSession:
		one, _ := e.set.Sessions.Session(e.Practice, of.Stream)
		return EditionSetting{of.Kind, one.Activity, HalfYearOf(one.On)}, !one.Withdrawn && one.Present >= fewestInSetting
	case pursuit.AtActivity:
		return EditionSetting{of.Kind, of.Code, HalfYear{Year: of.Year}}, e.saysEnough(of.Code, of.Year)
	}
	return EditionSetting{}, false
}

// saysEnough reports whether the figures of a whole year say that enough people came to an activity.
func (e *editing) saysEnough(activity domain.Code, year int) bool {
	return slices.ContainsFunc(e.Figures, func(of PeriodFigures) bool {
		return of.Period.Year == year && slices.ContainsFunc(of.Tables, func(table disclosure.Published) bool {
			return table.Name == disclosure.UniqueByActivity.Name && slices.ContainsFunc(table.Cells, func(cell disclosure.Cell) bool {
				return cell.Category == activity && cell.Recorded && cell.Band.Published() && cell.Band.Least >= fewestInSetting
			})
		})
	})
}

package web

import (
	"slices"

	"signaalboek/domain/release"
	"signaalboek/projections"
)

// partnersSheet is what is printed of the edition for the partners in one forum: words, themes and steps. What it has no
// field for, it cannot tell.
type partnersSheet struct {
	editionHead
	Forum           string
	Signals         []roadSheet
	Moved           []string // signals and recommendations with which something happened since the period began
	Promises        []promiseSheet
	Recommendations []roadSheet
}

func (s *sheets) partners(edition projections.PartnerEdition) partnersSheet {
	forum := s.forum(edition.Forum)
	sheet := partnersSheet{
		editionHead: s.head(release.Partners, edition.EditionHead, T("edition.title"), T("edition.partners", forum)),
		Forum:       forum, Promises: s.promises(edition.Promises),
	}
	for _, signal := range edition.Signals {
		sheet.Signals = append(sheet.Signals, s.signal(signal))
	}
	for _, made := range edition.Recommendations {
		sheet.Recommendations = append(sheet.Recommendations, s.recommendation(made))
	}
	sheet.Moved = moved(slices.Concat(sheet.Signals, sheet.Recommendations))
	return sheet
}

package disclosure

import (
	"slices"

	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// The lists by which people and requests are counted, and voices.
const (
	activities = vocabulary.Activities
	themes     = vocabulary.Themes
	approaches = vocabulary.Approaches
	services   = vocabulary.Services
	voices     = domain.Code("voice")
)

// Category is one row of a table.
type Category struct {
	Code      domain.Code
	Sensitive bool // being in it says something that nobody should learn of somebody: it starts wider
}

// Lists is the categories by which tables are made, by code list.
type Lists map[domain.Code][]Category

// ListsOf is the categories that a practice offers. The focusgroep is no activity here: it is a voice. A possible
// concern is no approach: it is counted apart, of all practices together.
func ListsOf(book vocabulary.Book) Lists {
	lists := Lists{}
	for _, list := range []domain.Code{activities, themes, approaches, services} {
		for _, term := range book.Terms(list) {
			if kept(book, list, term) {
				lists[list] = append(lists[list], Category{term.Code, list == services && sensitiveService(term)})
			}
		}
	}
	for _, trait := range vocabulary.Traits() {
		for _, term := range book.Terms(trait) {
			lists[trait] = append(lists[trait], Category{term.Code, trait == vocabulary.Origin})
		}
	}
	return lists
}

// Rows is the rows of a table of people or requests: the empty ones too.
func (l Lists) Rows(t Table) []Category {
	if t.By == "" {
		return []Category{{}}
	}
	return l[t.By]
}

// HasRow reports whether a table of people or requests has a row for a category; of the whole practice that is none.
func (l Lists) HasRow(t Table, category domain.Code) bool {
	return slices.ContainsFunc(l.Rows(t), func(row Category) bool { return row.Code == category })
}

func kept(book vocabulary.Book, list domain.Code, term vocabulary.Term) bool {
	switch list {
	case activities:
		return !book.IsFocusgroep(term.Code)
	case approaches:
		return term.Code != vocabulary.PossibleConcern && term.Core != vocabulary.PossibleConcern
	}
	return true
}

// sensitiveServices is where being sent says something of somebody's mind or home.
var sensitiveServices = []domain.Code{"cggz", "caw"}

func sensitiveService(term vocabulary.Term) bool {
	return slices.Contains(sensitiveServices, term.Code) || slices.Contains(sensitiveServices, term.Core)
}

// isVolume reports whether what a list counts is requests, of which one person can have many.
func isVolume(list domain.Code) bool { return list == themes || list == approaches || list == services }

// isTrait reports whether a list is the classes of a trait.
func isTrait(list domain.Code) bool { return slices.Contains(vocabulary.Traits(), list) }

package practice

import (
	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// Facts is what a decision knows besides the stream.
type Facts struct {
	On domain.Date // the day of the command
}

// Open begins the book of a practice. Asked again with the same, it does nothing.
type Open struct {
	Name     string `json:"name"`
	Defaults string `json:"defaults"`
}

// AddTerm adds an entry to a code list, which is made if it is new; a retired entry comes back.
type AddTerm struct {
	List domain.Code     `json:"list"`
	Term vocabulary.Term `json:"term"`
}

// RelabelTerm calls an entry otherwise; the old label stays as an alias.
type RelabelTerm struct {
	List    domain.Code `json:"list"`
	Code    domain.Code `json:"code"`
	Label   string      `json:"label"`
	Aliases []string    `json:"aliases,omitzero"`
}

// RetireTerm stops offering an entry.
type RetireTerm struct {
	List domain.Code `json:"list"`
	Code domain.Code `json:"code"`
}

// RegisterForum adds a forum; a retired one comes back.
type RegisterForum struct {
	vocabulary.Forum
}

// ChangeForum gives a forum another name, kind or level: the whole again.
type ChangeForum struct {
	vocabulary.Forum
}

// RetireForum stops offering a forum.
type RetireForum struct {
	Code domain.Code `json:"code"`
}

// SetCrosswalk reports one list in the groups of another, from a day on.
type SetCrosswalk struct {
	vocabulary.Crosswalk
}

// DefineFigure gives a figure a definition, or a new version of it.
type DefineFigure struct {
	vocabulary.Figure
}

// CloseYear records every figure of a year that is over, before the key of that year is destroyed.
type CloseYear struct {
	Year    int            `json:"year"`
	Figures []ClosedFigure `json:"figures"`
}

// State is what decisions about a practice need.
type State struct {
	name   string
	book   vocabulary.Book
	closed []YearClosed
}

// Book is the words of the practice, as they are now; no words before it is opened.
func (s State) Book() vocabulary.Book { return s.book }

// StreamOf is the stream of a practice.
func StreamOf(practice domain.PracticeID) domain.StreamID {
	return domain.NewStreamID(Decider.Category, string(practice))
}

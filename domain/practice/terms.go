package practice

import (
	"slices"
	"strconv"

	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// The refusals of terms and labels; those of forums and figures with a code or label say the same.
var (
	ErrCode       = domain.Refuse(domain.Invalid, "code-invalid")
	ErrLabel      = domain.Refuse(domain.Invalid, "label-invalid")
	ErrLabelTaken = domain.Refuse(domain.Conflict, "label-taken")
	ErrAlias      = domain.Refuse(domain.Invalid, "alias-invalid")
	ErrRemark     = domain.Refuse(domain.Invalid, "remark-invalid")
	ErrTermExists = domain.Refuse(domain.Conflict, "term-exists")
)

const maxAliases = 20

// AddTerm adds an entry to a code list, which is made if it is new. A retired entry comes back, with the label given.
type AddTerm struct {
	List domain.Code     `json:"list"`
	Term vocabulary.Term `json:"term"`
}

func (c AddTerm) decide(s State, _ Facts) ([]Event, error) {
	term := c.Term
	term.Label, term.Remark = vocabulary.Line(term.Label), vocabulary.Line(term.Remark)
	term.Aliases = withoutLabel(vocabulary.Lines(term.Aliases), term.Label)
	term.Retired = false
	if err := checkTerm(s.book, c.List, term); err != nil {
		return nil, err
	}
	existing, exists := s.book.Term(c.List, term.Code)
	switch {
	case exists && existing.Says(term):
		return nil, nil
	case exists && !existing.Retired:
		return nil, ErrTermExists.At("/term/code").Naming("code", string(term.Code))
	}
	return []Event{TermAdded{List: c.List, Term: term}}, nil
}

func checkTerm(book vocabulary.Book, list domain.Code, term vocabulary.Term) error {
	if !list.Valid() {
		return ErrCode.At("/list")
	}
	if !term.Code.Valid() {
		return ErrCode.At("/term/code")
	}
	if err := checkNames(term.Label, term.Aliases, "/term"); err != nil {
		return err
	}
	if !vocabulary.OneLine(term.Remark, vocabulary.MaxLabel) {
		return ErrRemark.At("/term/remark")
	}
	if err := book.CheckOptional(list, term.Core, "/term/core"); err != nil {
		return err
	}
	return checkTermLabel(book, list, term.Code, term.Label, "/term/label")
}

// RelabelTerm calls an entry otherwise; the old label stays as an alias, and so do the aliases that it had.
type RelabelTerm struct {
	List    domain.Code `json:"list"`
	Code    domain.Code `json:"code"`
	Label   string      `json:"label"`
	Aliases []string    `json:"aliases,omitzero"`
}

func (c RelabelTerm) decide(s State, _ Facts) ([]Event, error) {
	if err := s.book.Check(c.List, c.Code, "/code"); err != nil {
		return nil, err
	}
	label, aliases := vocabulary.Line(c.Label), vocabulary.Lines(c.Aliases)
	if err := checkNames(label, aliases, ""); err != nil {
		return nil, err
	}
	if err := checkTermLabel(s.book, c.List, c.Code, label, "/label"); err != nil {
		return nil, err
	}
	term, _ := s.book.Term(c.List, c.Code)
	renamed := term
	renamed.Label, renamed.Aliases = label, withoutLabel(aliases, label)
	if term.Says(renamed) {
		return nil, nil
	}
	return []Event{TermRelabelled{List: c.List, Code: c.Code, Label: label, Aliases: renamed.Aliases}}, nil
}

// RetireTerm stops offering an entry. What was recorded with it stays, and is still called by its label.
type RetireTerm struct {
	List domain.Code `json:"list"`
	Code domain.Code `json:"code"`
}

func (c RetireTerm) decide(s State, _ Facts) ([]Event, error) {
	if term, ok := s.book.Term(c.List, c.Code); ok && term.Retired {
		return nil, nil
	}
	if err := s.book.Check(c.List, c.Code, "/code"); err != nil {
		return nil, err
	}
	return []Event{TermRetired{List: c.List, Code: c.Code}}, nil
}

// checkNames refuses a label or alias that is not one readable line.
func checkNames(label string, aliases []string, under string) error {
	if !readable(label) {
		return ErrLabel.At(under+"/label").Naming("max", strconv.Itoa(vocabulary.MaxLabel))
	}
	if len(aliases) > maxAliases {
		return ErrAlias.At(under + "/aliases")
	}
	for i, alias := range aliases {
		if !readable(alias) {
			return ErrAlias.At(under + "/aliases/" + strconv.Itoa(i))
		}
	}
	return nil
}

func readable(text string) bool {
	return vocabulary.OneLine(text, vocabulary.MaxLabel) && vocabulary.Fold(text) != ""
}

// checkTermLabel refuses a label by which another term of the list is called already: nobody could tell them apart.
func checkTermLabel(book vocabulary.Book, list, code domain.Code, label, pointer string) error {
	for _, other := range book.Offered(list) {
		if other.Code != code && vocabulary.Fold(other.Label) == vocabulary.Fold(label) {
			return ErrLabelTaken.At(pointer).Naming("code", string(other.Code))
		}
	}
	return nil
}

func withoutLabel(aliases []string, label string) []string {
	return slices.DeleteFunc(slices.Clone(aliases), func(alias string) bool { return alias == label })
}

package web

import (
	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// VocabularyPage is all code lists of the practice, and the way to its other words.
type VocabularyPage struct {
	Lists []ListLine
}

// ListLine is one code list.
type ListLine struct {
	Code    domain.Code
	Offered int
	Retired int
}

// CodeListPage is one code list, with what can be changed in it.
type CodeListPage struct {
	List  domain.Code
	Terms []TermLine
	Add   Form
}

// TermLine is one term and its forms.
type TermLine struct {
	vocabulary.Term
	Relabel *Form // nil: it is retired
	Retire  *Form // the same
	Back    *Form // nil: it is not
}

// Cores is what a term of the practice's own can count as.
func (p CodeListPage) Cores() []Option {
	var options []Option
	for _, line := range p.Terms {
		if !line.Retired {
			options = append(options, Option{Value: string(line.Code), Label: line.Label})
		}
	}
	return options
}

// CoresOf is the same for a term that comes back, with what it counted as: also when that is retired.
func (p CodeListPage) CoresOf(back TermLine) []Option {
	options := p.Cores()
	for _, line := range p.Terms {
		if line.Retired && line.Code == back.Core {
			options = append(options, Option{Value: string(line.Code), Label: line.Label})
		}
	}
	return options
}

func (VocabularyPage) page() string { return "vocabulary" }
func (CodeListPage) page() string   { return "code-list" }

package web

import (
	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// VocabularyPage is all code lists of the practice.
type VocabularyPage struct {
	Lists  []ListLine
	Forums []vocabulary.Forum
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
}

func (VocabularyPage) page() string { return "vocabulary" }
func (CodeListPage) page() string   { return "code-list" }

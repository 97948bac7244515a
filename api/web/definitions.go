package web

import (
	"strconv"

	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// DefinitionsPage is every figure with its newest definition, and a form for a new one.
type DefinitionsPage struct {
	Figures []DefinitionLine
	Define  DefinitionForm
}

// DefinitionLine is one figure, by its newest version.
type DefinitionLine struct {
	vocabulary.Figure
	Versions int
}

// DefinitionForm is a form that defines a figure.
type DefinitionForm struct {
	Form
	Activities []Option
	Classes    []Field // of each trait that a figure can look at
}

// NewDefinitionForm is a form with every activity and every class to choose from: what is not offered any more was recorded
// in earlier years.
func NewDefinitionForm(book vocabulary.Book, form Form) DefinitionForm {
	definition := DefinitionForm{Form: form, Activities: OptionsOf(book.Terms(vocabulary.Activities))}
	for _, trait := range vocabulary.Traits() {
		classes := form.Choice(WhereName(trait), Word("trait", trait), OptionsOf(book.Terms(trait)))
		definition.Classes = append(definition.Classes, classes)
	}
	return definition
}

// WhereName is the name of the field with the classes of a trait that a figure counts.
func WhereName(trait domain.Code) string { return "where/" + string(trait) }

// DefinitionPage is every version of one figure, oldest first, and a form for the next one.
type DefinitionPage struct {
	Versions []vocabulary.Figure
	Next     DefinitionForm
}

// Newest is the last version.
func (p DefinitionPage) Newest() vocabulary.Figure {
	if len(p.Versions) == 0 {
		return vocabulary.Figure{}
	}
	return p.Versions[len(p.Versions)-1]
}

// Used is for which years a version is used. A version that begins in the same year takes the place of the one before.
func (p DefinitionPage) Used(i int) string {
	from := p.Versions[i].FromYear
	if i == len(p.Versions)-1 {
		return T("definitions.years.on", strconv.Itoa(from))
	}
	last := p.Versions[i+1].FromYear - 1
	if last < from {
		return T("definitions.unused")
	}
	return T("definitions.years", strconv.Itoa(from), strconv.Itoa(last))
}

func (DefinitionsPage) page() string { return "definitions" }
func (DefinitionPage) page() string  { return "definition" }

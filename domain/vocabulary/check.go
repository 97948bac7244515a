package vocabulary

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"signaalboek/domain"
)

// The longest a label and a definition may be, in characters.
const (
	MaxLabel      = 120
	MaxDefinition = 300
)

// Line is text as it is kept on one line: without white space around it.
func Line(text string) string { return strings.TrimSpace(text) }

// Lines is Line of each, without the empty ones and without repetition.
func Lines(texts []string) []string {
	var kept []string
	for _, text := range texts {
		if text = Line(text); text != "" && !slices.Contains(kept, text) {
			kept = append(kept, text)
		}
	}
	return kept
}

// OneLine reports whether text is UTF-8 of at most max characters, none of which is a control character.
func OneLine(text string, max int) bool {
	return utf8.ValidString(text) && utf8.RuneCountInString(text) <= max && !strings.ContainsFunc(text, unicode.IsControl)
}

// Distinct is codes without repetition, in order of first appearance; nil for none.
func Distinct(codes []domain.Code) []domain.Code {
	var distinct []domain.Code
	for _, code := range codes {
		if !slices.Contains(distinct, code) {
			distinct = append(distinct, code)
		}
	}
	return distinct
}

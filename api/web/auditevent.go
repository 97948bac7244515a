package web

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"signaalboek/domain"
	"signaalboek/domain/audit"
	"signaalboek/domain/proof"
	"signaalboek/domain/vocabulary"
)

// EventName is how events of a name on disk are called.
func EventName(name string) string {
	if cut := strings.LastIndex(name, ".v"); cut >= 0 {
		name = name[:cut]
	}
	return Word("event", name)
}

// SortName is how a category of streams is called.
func SortName(category string) string { return Word("sort", category) }

// valueFamilies is the family of words of a field that is disclosed, for those that have one.
var valueFamilies = map[string]string{
	"outcome": "outcome", "verdict": "verdict", "broughtBy": "brought", "inNameOf": "name", "through": "through",
	"action": "action", "madeBy": "maker", "edition": "reader",
}

// OpenedLines is the fields that are shown of an event, in words.
func OpenedLines(shown proof.Disclosed, book vocabulary.Book) []OpenedLine {
	lines := make([]OpenedLine, len(shown.Fields))
	for i, field := range shown.Fields {
		lines[i] = OpenedLine{
			Label: Word("disclosed", field.Name), Raw: string(field.Value), Salt: fmt.Sprintf("%x", field.Salt),
			Value: disclosedValue(shown.Name, field.Name, jsontext.Value(field.Value), book),
		}
	}
	return lines
}

// Told is what a line of the history tells of an event: its fields that can be said in a few words, days as months.
func Told(told jsontext.Value, name string, book vocabulary.Book) []string {
	var fields map[string]jsontext.Value
	if len(told) == 0 || json.Unmarshal(told, &fields) != nil {
		return nil
	}
	var said []string
	for _, field := range toldFields {
		if value, shown := fields[field]; shown {
			said = append(said, Word("disclosed", field)+": "+disclosedValue(name, field, value, book))
		}
	}
	return said
}

// toldFields is the fields that a line tells, in this order. The others stand on the page of the proof.
var toldFields = []string{
	"forum", "outcome", "verdict", "forwardedTo", "meeting", "day", "since", "promiseBy", "until", "inNameOf", "through", "withoutMandate",
	"broughtBy", "madeBy", "role", "structural", "action", "reason", "period", "edition",
}

// disclosedValue is a value in words, as far as there are words for it; else it stands as it was recorded.
func disclosedValue(name, field string, value jsontext.Value, book vocabulary.Book) string {
	var text string
	var yes bool
	switch {
	case json.Unmarshal(value, &yes) == nil:
		return Word("answer", map[bool]string{true: "yes", false: "no"}[yes])
	case field == "period":
		return disclosedPeriod(value)
	case json.Unmarshal(value, &text) != nil:
		return string(value)
	}
	return disclosedText(name, field, text, book)
}

func disclosedText(name, field, text string, book vocabulary.Book) string {
	if family, worded := valueFamilies[field]; worded {
		return Word(family, text)
	}
	if month := MonthName(audit.Month(text)); month != text {
		return month
	}
	switch field {
	case "forum", "forwardedTo":
		return book.ForumLabel(domain.Code(text))
	case "role":
		return book.Label(vocabulary.Roles, domain.Code(text))
	case "reason":
		if audit.CategoryOf(name) == "releases" {
			return Word("withdrawal", text)
		}
		return Word("closing", text)
	}
	if day, err := domain.ParseDate(text); err == nil {
		return Date(day)
	}
	return text
}

func disclosedPeriod(value jsontext.Value) string {
	var period struct {
		Year int    `json:"year"`
		Part string `json:"part"`
	}
	if json.Unmarshal(value, &period) != nil {
		return string(value)
	}
	return sayPeriod(fmt.Sprintf("%d-%s", period.Year, period.Part))
}

// EventOptions is events and sorts of events to choose from, by how they are called.
func EventOptions(names []string, call func(string) string) []Option {
	options := make([]Option, len(names))
	for i, name := range names {
		options[i] = Option{Value: name, Label: call(name)}
	}
	slices.SortFunc(options, func(a, b Option) int { return cmp.Compare(a.Label, b.Label) })
	return options
}

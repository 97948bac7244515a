package web

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"signaalboek/domain"
	"signaalboek/domain/vocabulary"
)

// Form is a form as somebody left it: what they filled in, and what was wrong with it. A field is named as the JSON
// pointer to it in the command, without the first slash: "on", "requests/0/themes". So a refusal finds its field.
type Form struct {
	Action   string // where it is sent
	Command  string // id of the command that it becomes: made when the form is first shown, kept when it is shown again
	Revision string // of what the sender looked at; empty when it does not matter
	Values   url.Values
	Errors   []FieldError
	Unsure   bool   // it may be recorded all the same: the log was lost while it was asked
	Asks     bool   // the guard asks about a text: a colleague can be asked to read it
	Draft    string // where the draft is that it became; empty if it became none
}

// ReasonForm is a form that asks for a reason.
type ReasonForm struct {
	Form
	Reasons []Option
}

// FieldError is a sentence about one field, or about the whole when Field is empty.
type FieldError struct {
	Field    string
	Sentence string
}

// NewForm is an empty form.
func NewForm(action string, command domain.CommandID) Form {
	return Form{Action: action, Command: command.String(), Values: url.Values{}}
}

// With is the form with a value filled in.
func (f Form) With(name string, values ...string) Form {
	filled := url.Values{}
	for key, held := range f.Values {
		filled[key] = slices.Clone(held)
	}
	filled[name] = values
	f.Values = filled
	return f
}

// Refused is the form with one more sentence about what is wrong. Pointer is Refusal.Field.
func (f Form) Refused(pointer, sentence string) Form {
	f.Errors = append(slices.Clip(f.Errors), FieldError{strings.TrimPrefix(pointer, "/"), sentence})
	return f
}

// Value is what was filled in.
func (f Form) Value(name string) string { return f.Values.Get(name) }

// Chose reports whether a value of a list was chosen.
func (f Form) Chose(name, value string) bool { return slices.Contains(f.Values[name], value) }

// Filled is everything that was filled in, in a fixed order, also what was left empty.
func (f Form) Filled() []FieldValue {
	var all []FieldValue
	for _, name := range slices.Sorted(maps.Keys(f.Values)) {
		for _, value := range f.Values[name] {
			all = append(all, FieldValue{name, value})
		}
	}
	return all
}

// Filtered reports whether a list is chosen from by more than its day and its page.
func (f Form) Filtered() bool { return len(valuesWithout(f, AsOfField, "after")) > 0 }

// Error is what was said about a field, or about an entry of it.
func (f Form) Error(name string) string {
	var said []string
	for _, e := range f.Errors {
		if e.Field == name || strings.HasPrefix(e.Field, name+"/") {
			said = append(said, e.Sentence)
		}
	}
	return strings.Join(said, " ")
}

// ErrorOf is what was said about a part of the form as a whole, and not about a field in it.
func (f Form) ErrorOf(part string) string {
	for _, e := range f.Errors {
		if e.Field == part {
			return e.Sentence
		}
	}
	return ""
}

// Option is one thing to choose.
type Option struct {
	Value  string
	Label  string
	Hint   string // a second line; may be empty
	Chosen bool
}

// OptionsOf is the terms of a code list, to choose from.
func OptionsOf(terms []vocabulary.Term) []Option {
	options := make([]Option, len(terms))
	for i, term := range terms {
		options[i] = Option{Value: string(term.Code), Label: term.Label}
	}
	return options
}

// Field is one field of a form, as parts.html draws it.
type Field struct {
	ID      string
	Name    string
	Label   string
	Hint    string
	Value   string
	Error   string
	Options []Option
	None    string // what a list to choose from says of no choice; empty if its first option stands for that
	Max     int    // characters, of a text; 0 for any number
}

// Input is a field of one line.
func (f Form) Input(name, label string) Field {
	return Field{ID: FieldID(f.Command, name), Name: name, Label: label, Value: f.Value(name), Error: f.Error(name)}
}

// Choice is a field with options: chips, radio buttons or a list to choose from.
func (f Form) Choice(name, label string, options []Option) Field {
	field := f.Input(name, label)
	field.Options, field.None = slices.Clone(options), T("form.none")
	for i := range field.Options {
		field.Options[i].Chosen = f.Chose(name, field.Options[i].Value)
	}
	return field
}

// Hinted is the field with a second line below its label.
func (f Field) Hinted(hint string) Field {
	f.Hint = hint
	return f
}

// Any is the field to filter by: without a choice, all are shown.
func (f Field) Any() Field {
	f.None = T("filter.any")
	return f
}

// FirstUnless is the field where the first option holds, unless another is chosen.
func (f Field) FirstUnless() Field {
	f.None = ""
	return f
}

// Limited is the field with room for so many characters.
func (f Field) Limited(characters int) Field {
	f.Max = characters
	return f
}

// OptionID is the id of one option of the field.
func (f Field) OptionID(i int) string {
	if i == 0 {
		return f.ID // the summary of errors leads to the first
	}
	return f.ID + "-" + number(i)
}

// Described is the ids of what explains the field, for aria-describedby.
func (f Field) Described() string {
	var ids []string
	if f.Hint != "" {
		ids = append(ids, f.ID+"-hint")
	}
	if f.Error != "" {
		ids = append(ids, f.ID+"-error")
	}
	return strings.Join(ids, " ")
}

// Problem is one line of the summary at the top of a refused form.
type Problem struct {
	Href     string // to the field; empty when it is about the whole
	Sentence string
}

// Problems is what is wrong, for the summary. An error about an entry of a list leads to the list.
func (f Form) Problems() []Problem {
	problems := make([]Problem, len(f.Errors))
	for i, e := range f.Errors {
		problems[i].Sentence = e.Sentence
		if e.Field != "" {
			problems[i].Href = "#" + FieldID(f.Command, withoutIndex(e.Field))
		}
	}
	return problems
}

func withoutIndex(field string) string {
	cut := strings.LastIndexByte(field, '/')
	if cut > 0 && strings.Trim(field[cut+1:], "0123456789") == "" {
		return field[:cut]
	}
	return field
}

// FieldID is the id of a field: several forms on a page may have a field of the same name.
func FieldID(command, name string) string {
	first, _, _ := strings.Cut(command, "-")
	return "f" + first + "-" + strings.NewReplacer("/", "-", " ", "-").Replace(name)
}

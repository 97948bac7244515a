package domain

import (
	"errors"
	"maps"
)

// Kind is the sort of a refusal; it decides the status that a caller sees.
type Kind int

// The kinds of refusal.
const (
	Invalid  Kind = iota + 1 // what was sent cannot be meant: an unknown code, a date in the future, a text too long
	Conflict                 // a rule of the domain says no, as things stand now
	NotFound                 // there is no such thing, or not for this caller: the two look the same
	Stale                    // it changed since the caller looked
	Reused                   // this command id was used before with another body
	Away                     // what is needed cannot be reached now: try again later; nothing was recorded
)

// Refusal is the domain saying no. It is for the caller to read: it holds codes, never what somebody wrote. The Dutch
// sentence that belongs to Code stands in the catalogue of texts of package web. Everything that is not a Refusal is
// a fault: logged once, told to nobody.
type Refusal struct {
	Kind  Kind
	Code  string            // stable, "signal-not-worded"
	Field string            // JSON pointer to what is wrong in the command, if it is one field: "/themes/0"
	With  map[string]string // codes, dates, numbers and stream ids that the sentence names
}

// Refuse makes a refusal. Aggregates declare theirs once, as variables, beside their rules.
func Refuse(kind Kind, code string) *Refusal { return &Refusal{Kind: kind, Code: code} }

// At is the same refusal, said of one field of the command.
func (r *Refusal) At(pointer string) *Refusal {
	said := *r
	said.Field = pointer
	return &said
}

// Naming is the same refusal with a value that its sentence names: a code, a date or a number.
func (r *Refusal) Naming(key, value string) *Refusal {
	said := *r
	said.With = maps.Clone(r.With)
	if said.With == nil {
		said.With = map[string]string{}
	}
	said.With[key] = value
	return &said
}

func (r *Refusal) Error() string {
	if r.Field == "" {
		return "refused: " + r.Code
	}
	return "refused: " + r.Code + " at " + r.Field
}

// Is reports whether target is the same refusal, whatever the field or values it names.
func (r *Refusal) Is(target error) bool {
	other, ok := errors.AsType[*Refusal](target)
	return ok && other.Code == r.Code
}

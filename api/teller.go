package api

import (
	"cmp"
	"context"
	"encoding"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/go-json-experiment/json/jsontext"

	"signaalboek/api/web"
	"signaalboek/domain"
	"signaalboek/domain/signal"
	"signaalboek/projections"
)

// teller writes answers of projections as JSON, and opens their sealed texts on the way: they are in the clear nowhere
// else. A field is called by its json tag, or by its Go name with a small first letter. What was not said (no text, no
// day, no code, no pointer) is left out; numbers, booleans and lists always stand there.
type teller struct {
	ctx   context.Context
	vault domain.Vault
	out   *jsontext.Encoder
}

func (t *teller) token(token jsontext.Token) error { return t.out.WriteToken(token) }

func (t *teller) member(name string, v reflect.Value) error {
	if err := t.token(jsontext.String(name)); err != nil {
		return err
	}
	return t.tell(v)
}

func (t *teller) tell(v reflect.Value) error {
	if text, is, err := t.text(v); is || err != nil {
		return errors.Join(err, t.token(jsontext.String(text)))
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		return t.tell(v.Elem())
	case reflect.Struct:
		return t.tellStruct(v)
	case reflect.Slice, reflect.Array:
		return t.tellList(v)
	case reflect.Map:
		return t.tellMap(v)
	case reflect.Bool:
		return t.token(jsontext.Bool(v.Bool()))
	case reflect.Float64:
		return t.token(jsontext.Float(v.Float()))
	case reflect.Int, reflect.Int64, reflect.Int32:
		return t.token(jsontext.Int(v.Int()))
	case reflect.Uint8, reflect.Uint64:
		return t.token(jsontext.Uint(v.Uint()))
	}
	return fmt.Errorf("answer: no form for %s", v.Type())
}

// text is a value that is written as a text, if it is one.
func (t *teller) text(v reflect.Value) (text string, is bool, err error) {
	if v.Kind() == reflect.String {
		return v.String(), true, nil
	}
	if v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		return "", false, nil
	}
	switch value := v.Interface().(type) {
	case domain.Sealed:
		text, err = openSealed(t.ctx, t.vault, value)
		return text, true, err
	case time.Time:
		return value.UTC().Format(time.RFC3339Nano), true, nil
	case signal.Phase:
		return phaseCodes[value], true, nil
	case domain.Position:
		return value.String(), true, nil
	case encoding.TextMarshaler:
		raw, err := value.MarshalText()
		return string(raw), true, err
	case fmt.Stringer:
		return value.String(), true, nil
	}
	return "", false, nil
}

// openSealed is a text in the clear; or what stands in its place, if it was forgotten or cannot be read now.
func openSealed(ctx context.Context, vault domain.Vault, sealed domain.Sealed) (string, error) {
	if sealed.IsZero() {
		return "", nil
	}
	if projections.IsUnread(sealed) {
		return web.T("unreadable"), nil
	}
	plain, err := vault.Open(ctx, sealed)
	switch {
	case errors.Is(err, domain.ErrForgotten):
		return web.T("forgotten"), nil
	case errors.Is(err, domain.ErrVaultAway):
		return web.T("unreadable"), nil
	case err != nil:
		return "", fmt.Errorf("open text of event %s: %w", sealed.Place.Event, err)
	}
	return string(plain), nil
}

func (t *teller) tellStruct(v reflect.Value) error {
	if err := t.token(jsontext.BeginObject); err != nil {
		return err
	}
	for _, m := range membersOf(v.Type()) {
		field := v.FieldByIndex(m.index)
		if m.leftOut(field) {
			continue
		}
		if err := t.member(m.name, field); err != nil {
			return err
		}
	}
	return t.token(jsontext.EndObject)
}

func (t *teller) tellList(v reflect.Value) error {
	if err := t.token(jsontext.BeginArray); err != nil {
		return err
	}
	for i := range v.Len() {
		if err := t.tell(v.Index(i)); err != nil {
			return err
		}
	}
	return t.token(jsontext.EndArray)
}

func (t *teller) tellMap(v reflect.Value) error {
	if err := t.token(jsontext.BeginObject); err != nil {
		return err
	}
	keys := v.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int { return cmp.Compare(a.String(), b.String()) })
	for _, key := range keys {
		if err := t.member(key.String(), v.MapIndex(key)); err != nil {
			return err
		}
	}
	return t.token(jsontext.EndObject)
}

// unsaid reports whether a field holds nothing that anybody said.
func unsaid(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.String, reflect.Pointer, reflect.Interface:
		return v.IsZero()
	}
	switch value := v.Interface().(type) {
	case domain.Sealed:
		return value.IsZero()
	case domain.Date:
		return value.IsZero()
	case time.Time:
		return value.IsZero()
	case encoding.TextMarshaler, fmt.Stringer:
		return v.IsZero()
	}
	return false
}

// member is one field of a struct, as answers and commands call it.
type member struct {
	name     string
	index    []int
	of       reflect.Type
	tagged   bool // by json
	omitzero bool // its tag says that it may be left out
}

func (m member) leftOut(v reflect.Value) bool {
	if m.tagged {
		return m.omitzero && v.IsZero()
	}
	return unsaid(v)
}

// membersOf is the fields of a struct, with those of the structs that it embeds.
func membersOf(t reflect.Type) []member {
	var members []member
	for _, field := range reflect.VisibleFields(t) {
		if !field.IsExported() || field.Anonymous && field.Type.Kind() == reflect.Struct {
			continue
		}
		name, options, tagged := strings.Cut(field.Tag.Get("json"), ",")
		if name == "" {
			name = smallFirst(field.Name)
		} else {
			tagged = true
		}
		members = append(members, member{name, field.Index, field.Type, tagged, options == "omitzero"})
	}
	return members
}

// smallFirst is a Go name with a small first letter, or with a small first word if that is all capitals: ID, URIPage.
func smallFirst(name string) string {
	letters := []rune(name)
	for i := range letters {
		if i > 0 && i+1 < len(letters) && unicode.IsLower(letters[i+1]) || unicode.IsLower(letters[i]) {
			break
		}
		letters[i] = unicode.ToLower(letters[i])
	}
	return string(letters)
}

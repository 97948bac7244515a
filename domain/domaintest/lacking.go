package domaintest

import (
	"iter"
	"reflect"
	"testing"
)

// EachLacking gives, for each field of a struct, the name of the field and a copy without it: what compares two values,
// or takes one over, must tell each of them from the whole. A whole that lacks a field itself proves nothing about that
// field, so it fails the test: whoever adds a field adds it there too.
func EachLacking[T any](t testing.TB, whole T) iter.Seq2[string, T] {
	t.Helper()
	fields := reflect.TypeFor[T]()
	return func(yield func(string, T) bool) {
		for i := range fields.NumField() {
			lacking := whole
			field := reflect.ValueOf(&lacking).Elem().Field(i)
			if field.IsZero() {
				t.Errorf("%s is not whole: it lacks %s", fields, fields.Field(i).Name)
			}
			field.SetZero()
			if !yield(fields.Field(i).Name, lacking) {
				return
			}
		}
	}
}

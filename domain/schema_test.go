package domain_test

import (
	"slices"
	"testing"

	"signaalboek/domain"
)

type noted struct {
	embedded
	Text domain.Sealed `json:"text,omitzero"`
	Code domain.Code   `json:"code"`
}

type embedded struct {
	Reason domain.Sealed `json:"reason"`
}

func (noted) EventName() string { return "test.noted.v1" }

func TestSchemasFindEveryText(t *testing.T) {
	if texts := domain.SchemaOf[noted]().Texts; !slices.Equal(slices.Sorted(slices.Values(texts)), []string{"/reason", "/text"}) {
		t.Errorf("texts at %q", texts)
	}
}

type (
	inPointer struct{ Deep *domain.Sealed }
	inSlice   struct{ Deep []domain.Sealed }
	inArray   struct{ Deep [1]domain.Sealed }
	inMap     struct{ Deep map[string]domain.Sealed }
	inStruct  struct {
		Deep struct{ Deeper domain.Sealed }
	}
)

func (inPointer) EventName() string { return "test.deep.v1" }
func (inSlice) EventName() string   { return "test.deep.v1" }
func (inArray) EventName() string   { return "test.deep.v1" }
func (inMap) EventName() string     { return "test.deep.v1" }
func (inStruct) EventName() string  { return "test.deep.v1" }

// A text that stands deeper would never be sealed: such an event stops the program at its first start.
func TestNoTextStandsWhereNobodySealsIt(t *testing.T) {
	for name, schema := range map[string]func() domain.Schema{
		"pointer": func() domain.Schema { return domain.SchemaOf[inPointer]() },
		"slice":   func() domain.Schema { return domain.SchemaOf[inSlice]() },
		"array":   func() domain.Schema { return domain.SchemaOf[inArray]() },
		"map":     func() domain.Schema { return domain.SchemaOf[inMap]() },
		"struct":  func() domain.Schema { return domain.SchemaOf[inStruct]() },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("a text in a %s is let through", name)
				}
			}()
			schema()
		}()
	}
}

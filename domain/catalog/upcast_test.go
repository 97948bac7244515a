package catalog

import (
	"bytes"
	"strings"
	"testing"

	"signaalboek/domain"
)

// Moved is an event with a history: it was written in two older versions.
type Moved struct {
	To     string `json:"to"`
	Reason string `json:"reason"`
}

func (Moved) EventName() string { return "test.moved.v3" }

func renamed(raw []byte) ([]byte, error) {
	return bytes.Replace(raw, []byte(`"place"`), []byte(`"to"`), 1), nil
}

func reasoned(raw []byte) ([]byte, error) {
	return bytes.Replace(raw, []byte(`}`), []byte(`,"reason":"unknown"}`), 1), nil
}

var (
	first  = domain.Upcast{From: "test.moved.v1", To: "test.moved.v2", With: renamed}
	second = domain.Upcast{From: "test.moved.v2", To: "test.moved.v3", With: reasoned}
)

func TestOlderVersionsBecomeTheNewest(t *testing.T) {
	codec, err := NewCodec([]domain.Schema{domain.SchemaOf[Moved](first, second)})
	if err != nil {
		t.Fatal(err)
	}
	for name, payload := range map[string]string{
		"test.moved.v1": `{"place":"GS9"}`,
		"test.moved.v2": `{"to":"GS9"}`,
		"test.moved.v3": `{"to":"GS9","reason":"unknown"}`,
	} {
		entry, err := codec.Decode(recordedAs(t, name, []byte(payload)))
		if want := (Moved{To: "GS9", Reason: "unknown"}); err != nil || entry.Event != domain.Event(want) {
			t.Errorf("%s = %+v, %v; want %+v", name, entry.Event, err, want)
		}
	}
}

func TestGapsAndDoublesAreFoundAtStart(t *testing.T) {
	for name, c := range map[string]struct {
		schemas []domain.Schema
		want    string
	}{
		"gap":    {[]domain.Schema{domain.SchemaOf[Moved](first)}, "leads to"},
		"order":  {[]domain.Schema{domain.SchemaOf[Moved](second, first)}, "leads to"},
		"reused": {[]domain.Schema{domain.SchemaOf[Moved](first, second), {Name: first.From}}, "twice"},
		"shared": {[]domain.Schema{domain.SchemaOf[Moved](first, second), {Name: "test.left.v2", Older: []domain.Upcast{{From: first.From, To: "test.left.v2"}}}}, "twice"},
		"double": {[]domain.Schema{domain.SchemaOf[Moved](), domain.SchemaOf[Moved]()}, "twice"},
	} {
		if _, err := NewCodec(c.schemas); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want an error that says %q", name, err, c.want)
		}
	}
}

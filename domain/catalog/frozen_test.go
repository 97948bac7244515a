package catalog

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/uuid"

	"signaalboek/domain"
)

// freeze writes the examples of events that have none yet. It never changes one that is there: those bytes may stand in
// somebody's log.
var freeze = flag.Bool("freeze", false, "write examples of new events into testdata")

// Every name and version that was ever written is decoded for ever, and written again as the same bytes unless it is
// an older version.
func TestFrozenExamples(t *testing.T) {
	for _, schema := range Schemas() {
		t.Run(schema.Name, func(t *testing.T) {
			path := filepath.Join("testdata", schema.Name+".json")
			if _, err := os.Stat(path); *freeze && os.IsNotExist(err) {
				freezeExample(t, schema, path)
			}
			frozen := readExample(t, path)
			entry, err := Decode(recordedAs(t, schema.Name, frozen))
			if err != nil {
				t.Fatal(err)
			}
			if again, err := Default.Encode(entry.Event); err != nil || !bytes.Equal(again, frozen) {
				t.Errorf("written again as\n%s, %v, frozen is\n%s", again, err, frozen)
			}
			for _, older := range schema.Older {
				if _, err := Decode(recordedAs(t, older.From, readExample(t, filepath.Join("testdata", older.From+".json")))); err != nil {
					t.Errorf("%s: %v", older.From, err)
				}
			}
		})
	}
}

// No example is left without an event: a name that was written once is never dropped.
func TestEveryExampleHasASchema(t *testing.T) {
	examples, err := filepath.Glob("testdata/*.json")
	if err != nil || len(examples) == 0 {
		t.Fatalf("%d examples, %v", len(examples), err)
	}
	for _, path := range examples {
		if name := strings.TrimSuffix(filepath.Base(path), ".json"); !Default.knows(name) {
			t.Errorf("%s is an example of an event that nobody knows any more", path)
		}
	}
}

func TestNamesOnDisk(t *testing.T) {
	for _, schema := range Schemas() {
		parts := strings.Split(schema.Name, ".")
		if len(parts) != 3 || !strings.HasPrefix(parts[2], "v") || schema.Name != strings.ToLower(schema.Name) {
			t.Errorf("%s is not <category>.<past participle>.v<n>", schema.Name)
		}
	}
}

func TestUnknownIsNeverSkipped(t *testing.T) {
	if _, err := Decode(recordedAs(t, "signal.vanished.v1", []byte(`{}`))); err == nil {
		t.Error("an unknown event was decoded")
	}
	if _, err := Decode(recordedAs(t, "signal.resumed.v1", []byte(`{"who":"?"}`))); err == nil {
		t.Error("an unknown member was skipped")
	}
	if _, err := Decode(recordedAs(t, "signal.resumed.v1", []byte(`{"who":`))); err == nil {
		t.Error("half a payload was decoded")
	}
}

// A text says where it belongs, and is never written in the clear.
func TestTexts(t *testing.T) {
	raw := readExample(t, "testdata/signal.discussed.v1.json")
	recorded := recordedAs(t, "signal.discussed.v1", raw)
	entry, err := Decode(recorded)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	_, err = Default.EachText(entry.Event, func(pointer string, text domain.Sealed) (domain.Sealed, error) {
		seen[pointer] = text.Place == domain.Place{Event: recorded.ID, Field: pointer}
		return text, nil
	})
	if want := map[string]bool{"/motivation": true, "/promise": true}; err != nil || !reflect.DeepEqual(seen, want) {
		t.Errorf("texts and whether they know their place: %v, %v; want %v", seen, err, want)
	}
	clear, err := Default.EachText(entry.Event, func(string, domain.Sealed) (domain.Sealed, error) {
		return domain.ToSeal("een heel eigen zin"), nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if raw, err := Default.Encode(clear); err == nil || strings.Contains(err.Error(), "eigen zin") {
		t.Errorf("a text in the clear was written as %s, or told in the error: %v", raw, err)
	}
}

func recordedAs(t *testing.T, name string, payload []byte) domain.Recorded {
	t.Helper()
	metadata, err := EncodeTrail(Trail{Command: uuid.New(), Actor: uuid.New(), Practice: "harelbeke-centrum", On: 18000})
	if err != nil {
		t.Fatal(err)
	}
	return domain.Recorded{
		Draft:  domain.Draft{ID: uuid.New(), Name: name, Payload: payload, Metadata: metadata},
		Stream: domain.NewStreamID(strings.Split(name, ".")[0], "example"),
	}
}

func readExample(t *testing.T, path string) []byte {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; go test ./domain/catalog -freeze writes the example of a new event", err)
	}
	return bytes.TrimSpace(raw)
}

// freezeExample writes an event with something in every field.
func freezeExample(t *testing.T, schema domain.Schema, path string) {
	t.Helper()
	event := blank(t, schema)
	filled := reflect.New(reflect.TypeOf(event)).Elem()
	fill(filled)
	raw, err := Default.Encode(filled.Interface().(domain.Event))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, append(raw, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
}

// blank is the event of a schema with nothing in it.
func blank(t *testing.T, schema domain.Schema) domain.Event {
	t.Helper()
	event, err := schema.Decode(func([]byte, any) error { return nil }, uuid.UUID{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return event
}

// fill puts something in every field, always the same.
func fill(v reflect.Value) {
	switch known := v.Addr().Interface().(type) {
	case *domain.Sealed:
		*known = domain.Sealed{Key: uuid.MustParse("00000000-0000-4000-8000-000000000001"), Box: "sealed"}
		return
	case *domain.Date:
		*known = domain.DateOf(2022, 3, 1)
		return
	case *domain.StreamID:
		*known = "signal-00000000-0000-4000-8000-000000000002"
		return
	case *uuid.UUID:
		*known = uuid.MustParse("00000000-0000-4000-8000-000000000003")
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i))
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0))
	case reflect.String:
		v.SetString("example")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Float64:
		v.SetFloat(137)
	default:
		v.SetInt(3)
	}
}

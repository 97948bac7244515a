package proof_test

import (
	"bytes"
	"errors"
	"reflect"
	"slices"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/uuid"
	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"signaalboek/domain/proof"
)

// framed is the frame of an event that commits to fields.
func framed(t interface{ Fatal(...any) }, seed [32]byte, fields []proof.Field) proof.Frame {
	frame, err := proof.FrameOf(recordedExample())
	if err != nil {
		t.Fatal(err)
	}
	commitments, _, err := proof.Commit(seed, frame.ID, fields)
	if err != nil {
		t.Fatal(err)
	}
	frame.Commitments = nil
	for hash := range slices.Chunk(commitments, tlog.HashSize) {
		frame.Commitments = append(frame.Commitments, tlog.Hash(hash))
	}
	return frame
}

// jsonFields draws fields with odd names, and values that were written oddly and are JSON.
func jsonFields(t *rapid.T) []proof.Field {
	var fields []proof.Field
	for i := range rapid.IntRange(1, 5).Draw(t, "fields") {
		value, err := jsontext.AppendQuote(nil, rapid.String().Draw(t, "value"))
		if err != nil {
			t.Fatal(err)
		}
		odd := rapid.SampledFrom([]string{string(value), ` {"a" : 1.0e2,"b":[ ]}`, `"\u0061\/\ud83d\ude00"`, "null", "-0", `"</script>"`})
		fields = append(fields, proof.Field{
			Name: rapid.String().Draw(t, "name") + string(rune('a'+i)), Value: []byte(odd.Draw(t, "odd")),
		})
	}
	return fields
}

// What is disclosed is read back as it was, to the byte, also by a program that writes JSON in its own way; and it checks.
func TestDisclosedRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seed, fields := [32]byte{1}, jsonFields(t)
		frame := framed(t, seed, fields)
		shown, err := proof.Disclose(frame, seed, fields, func(name string) bool { return len(name)%2 == 0 })
		if err != nil {
			t.Fatal(err)
		}
		raw, err := json.Marshal(shown)
		if err != nil {
			t.Fatal(err)
		}
		var anything map[string]any
		if err := json.Unmarshal(raw, &anything); err != nil {
			t.Fatal(err)
		}
		if raw, err = json.Marshal(anything, jsontext.WithIndent("\t"), jsontext.EscapeForHTML(true)); err != nil {
			t.Fatal(err)
		}
		var back proof.Disclosed
		if err := json.Unmarshal(raw, &back, json.RejectUnknownMembers(true)); err != nil || !reflect.DeepEqual(back, shown) {
			t.Fatalf("%v\n%+v\n%+v", err, back, shown)
		}
		if back.Check() != nil || back.Frame().Leaf() != frame.Leaf() {
			t.Fatalf("read back, it does not check: %v", back.Check())
		}
		for _, field := range fields {
			value, open := back.Field(field.Name)
			if open != (len(field.Name)%2 == 0) || open && !bytes.Equal(value, field.Value) {
				t.Fatalf("%q: %s, %v", field.Name, value, open)
			}
		}
	})
}

// Whatever is changed in what is disclosed, it does not check any more, or has another leaf.
func TestDisclosedOtherwise(t *testing.T) {
	seed := [32]byte{1}
	fields := []proof.Field{{Name: "a", Value: []byte("1")}, {Name: "b", Value: []byte("1")}}
	frame := framed(t, seed, fields)
	for name, change := range map[string]func(*proof.Disclosed){
		"place": func(d *proof.Disclosed) { d.Fields[0].Place = 1 }, "negative place": func(d *proof.Disclosed) { d.Fields[0].Place = -1 },
		"place behind all": func(d *proof.Disclosed) { d.Fields[1].Place = 2 }, "name": func(d *proof.Disclosed) { d.Fields[0].Name = "b" },
		"value": func(d *proof.Disclosed) { d.Fields[0].Value = proof.Verbatim("2") },
		"salt":  func(d *proof.Disclosed) { d.Fields[0].Salt = d.Fields[1].Salt }, "short salt": func(d *proof.Disclosed) { d.Fields[0].Salt = d.Fields[0].Salt[:31] },
		"one twice": func(d *proof.Disclosed) { d.Fields[1] = d.Fields[0] }, "order": func(d *proof.Disclosed) { slices.Reverse(d.Fields) },
		"event": func(d *proof.Disclosed) { d.ID = uuid.UUID{1} }, "stream": func(d *proof.Disclosed) { d.Stream = "Signal" },
		"revision": func(d *proof.Disclosed) { d.Revision = -1 }, "no name": func(d *proof.Disclosed) { d.Name = "" },
		"a nanosecond": func(d *proof.Disclosed) { d.At = d.At.Add(1) },
		"commitments":  func(d *proof.Disclosed) { d.Commitments = make([]tlog.Hash, 1<<16+2) },
	} {
		shown, err := proof.Disclose(frame, seed, fields, func(string) bool { return true })
		if err != nil {
			t.Fatal(err)
		}
		change(&shown)
		if err := shown.Check(); !errors.Is(err, proof.ErrOpened) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := proof.Disclose(frame, [32]byte{2}, fields, func(string) bool { return true }); !errors.Is(err, proof.ErrOpened) {
		t.Errorf("opened by another seed: %v", err)
	}
	var v proof.Verbatim
	if v.UnmarshalText([]byte("{")) == nil {
		t.Error("half a value is a value")
	}
}

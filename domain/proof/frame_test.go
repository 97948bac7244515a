package proof_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/google/uuid"
	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"signaalboek/domain"
	"signaalboek/domain/proof"
)

// freeze writes the vectors once. What stands there is what every leaf that was ever published was made of.
var freeze = flag.Bool("freeze", false, "write test vectors that are not there yet")

// recordedExample is an event whose every byte is known.
func recordedExample() domain.Recorded {
	metadata := fmt.Sprintf(`{"command":"00000000-0000-4000-8000-000000000001","fields":%q,"nonce":%q}`,
		"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+Pw==", "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=")
	return domain.Recorded{
		Draft: domain.Draft{
			ID: uuid.MustParse("00000000-0000-4000-8000-00000000000a"), Name: "signal.decided.v1",
			At:      time.Date(2024, time.February, 29, 9, 30, 0, 123456000, time.UTC),
			Payload: []byte(`{"forum":"gemeenteraad","verdict":"adopted"}`), Metadata: []byte(metadata),
		},
		Stream: "signal-00000000-0000-4000-8000-000000000002", Revision: 7, Position: domain.Position{Commit: 12, Prepare: 9},
	}
}

// The bytes of a frame, the leaf over them and what both are made of never change.
func TestFrozenVectors(t *testing.T) {
	frame, err := proof.FrameOf(recordedExample())
	if err != nil {
		t.Fatal(err)
	}
	seed, id := [32]byte{31: 7}, uuid.MustParse("00000000-0000-4000-8000-00000000000a")
	fields := []proof.Field{{Name: "@on", Value: []byte(`"2024-02-29"`)}, {Name: "forum", Value: []byte(`"gemeenteraad"`)}}
	commitments, nonce, err := proof.Commit(seed, id, fields)
	if err != nil {
		t.Fatal(err)
	}
	salt, err := proof.Salt(seed, id, 1, "forum")
	if err != nil {
		t.Fatal(err)
	}
	frozen(t, "testdata/vectors.v1.txt", fmt.Appendf(nil, "frame %x\nleaf %v\ncommitments %x\nsalt %x\nnonce %x\nwords %v\nempty %v\n",
		frame.Bytes(), frame.Leaf(), commitments, salt, nonce, proof.Words(frame.Leaf()), proof.EmptyRoot))
}

func frozen(t *testing.T, path string, got []byte) {
	t.Helper()
	if _, err := os.Stat(path); *freeze && os.IsNotExist(err) {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("got\n%s\nfrozen is\n%s", got, want)
	}
}

// A frame is as long as its comment says, and reads as it says.
func TestFrameIsWrittenAsDocumented(t *testing.T) {
	r := recordedExample()
	frame, err := proof.FrameOf(r)
	if err != nil {
		t.Fatal(err)
	}
	want := "signaalboek/frame/v1\x00" +
		"\x00\x2b" + string(r.Stream) + "\x00\x00\x00\x00\x00\x00\x00\x07" + string(r.ID[:]) + "\x00\x11signal.decided.v1" +
		"\x00\x06\x0d\xd7\x10\x21\x20\x00" + "\x00\x02"
	for i := range byte(64) {
		want += string([]byte{i})
	}
	got := frame.Bytes()
	if string(got[:len(got)-tlog.HashSize]) != want || !bytes.Equal(got[len(got)-tlog.HashSize:], frame.Content[:]) {
		t.Errorf("got\n%s", hex.Dump(got))
	}
	if leaf, err := proof.Leaf(r); err != nil || leaf != tlog.RecordHash(got) {
		t.Errorf("leaf %v, %v", leaf, err)
	}
}

// Every byte of an event is in its leaf, but for where it stands in the log.
func TestEveryByteIsInTheLeaf(t *testing.T) {
	leaf, err := proof.Leaf(recordedExample())
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*domain.Recorded){
		"stream": func(r *domain.Recorded) { r.Stream += "0" }, "revision": func(r *domain.Recorded) { r.Revision++ },
		"id": func(r *domain.Recorded) { r.ID[0]++ }, "name": func(r *domain.Recorded) { r.Name += "0" },
		"moment":   func(r *domain.Recorded) { r.At = r.At.Add(time.Microsecond) },
		"payload":  func(r *domain.Recorded) { r.Payload = append(r.Payload, ' ') },
		"metadata": func(r *domain.Recorded) { r.Metadata = append(r.Metadata, ' ') },
		"between both": func(r *domain.Recorded) {
			r.Payload, r.Metadata = append(r.Payload, ' '), append([]byte(nil), r.Metadata...)
		},
	} {
		r := recordedExample()
		change(&r)
		if other, err := proof.Leaf(r); err != nil || other == leaf {
			t.Errorf("%s: %v", name, err)
		}
	}
	r := recordedExample()
	r.Position = domain.Position{Commit: 99}
	r.At = r.At.In(time.FixedZone("elsewhere", 3600))
	if other, err := proof.Leaf(r); err != nil || other != leaf {
		t.Errorf("in another log it has another leaf: %v", err)
	}
}

// What commits to nothing has no leaf.
func TestNoFrame(t *testing.T) {
	for name, metadata := range map[string]string{
		"nothing": "", "no json": "x", "no nonce": `{"fields":""}`, "short nonce": `{"fields":"","nonce":"AAAA"}`,
		"half a commitment": `{"fields":"AAAA","nonce":"ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8="}`,
	} {
		r := recordedExample()
		r.Metadata = []byte(metadata)
		if _, err := proof.Leaf(r); !errors.Is(err, proof.ErrNoFrame) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// fieldsOf draws fields with any names and values.
func fieldsOf(t *rapid.T) []proof.Field {
	var fields []proof.Field
	for range rapid.IntRange(1, 6).Draw(t, "fields") {
		fields = append(fields, proof.Field{Name: rapid.String().Draw(t, "name"), Value: rapid.SliceOf(rapid.Byte()).Draw(t, "value")})
	}
	return fields
}

// A salt and a value open the field that they are of, at its place, in its event, and nothing else.
func TestWhatOpensOneFieldOpensNoOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fields, seed, id := fieldsOf(t), [32]byte{rapid.Byte().Draw(t, "seed")}, uuid.UUID{rapid.Byte().Draw(t, "id")}
		commitments, nonce, err := proof.Commit(seed, id, fields)
		if err != nil || len(commitments) != 32*len(fields) || len(nonce) != 32 {
			t.Fatalf("%d bytes for %d fields, %v", len(commitments), len(fields), err)
		}
		i := rapid.IntRange(0, len(fields)-1).Draw(t, "opened")
		salt, err := proof.Salt(seed, id, i, fields[i].Name)
		if err != nil {
			t.Fatal(err)
		}
		committed := [32]byte(commitments[32*i:])
		if proof.Commitment(id, i, fields[i], salt) != committed {
			t.Fatal("it does not open")
		}
		other := proof.Field{Name: fields[i].Name + "x", Value: fields[i].Value}
		longer := proof.Field{Name: fields[i].Name, Value: append(append([]byte(nil), fields[i].Value...), 'x')}
		for name, hash := range map[string][32]byte{
			"another name": proof.Commitment(id, i, other, salt), "another value": proof.Commitment(id, i, longer, salt),
			"another place": proof.Commitment(id, i+1, fields[i], salt), "another event": proof.Commitment(uuid.UUID{15: 1}, i, fields[i], salt),
			"another salt": proof.Commitment(id, i, fields[i], nonce),
		} {
			if hash == committed {
				t.Fatalf("it opens as %s", name)
			}
		}
		if otherSalt, err := proof.Salt([32]byte{31: 1}, id, i, fields[i].Name); err != nil || bytes.Equal(otherSalt, salt) {
			t.Fatalf("another seed gives the same salt: %v", err)
		}
	})
}

// Whoever is shown an event learns in which half-year it was recorded, and no more; and the leaf still covers the moment to
// the microsecond.
func TestAFrameTellsTheHalfYear(t *testing.T) {
	for moment, want := range map[string]string{
		"2024-02-29T09:30:00.123456Z": "2024-01-01", "2024-06-30T23:59:59.999999Z": "2024-01-01", "2024-07-01T00:00:00Z": "2024-07-01",
		"2024-07-01T01:00:00+02:00": "2024-01-01", "2024-12-31T23:59:59Z": "2024-07-01",
	} {
		at, err := time.Parse(time.RFC3339Nano, moment)
		if err != nil {
			t.Fatal(err)
		}
		r := recordedExample()
		r.At = at
		frame, err := proof.FrameOf(r)
		if err != nil || frame.At.Format(time.DateOnly) != want || !frame.At.Equal(frame.At.Truncate(24*time.Hour)) {
			t.Errorf("%s is told as %s, %v", moment, frame.At, err)
		}
		r.At = at.Add(time.Microsecond)
		if later, err := proof.Leaf(r); err != nil || later == frame.Leaf() {
			t.Errorf("a microsecond after %s the leaf is the same, %v", moment, err)
		}
	}
}

package esdb

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"signaalboek/domain"
)

// frozen is what the envelopes of testdata/envelope.v1 hold, line by line. They may stand in somebody's log.
var frozen = []domain.Draft{
	{At: time.Date(2022, 3, 1, 9, 30, 0, 42_000, time.UTC)},
	{
		At:       time.Date(2022, 3, 1, 9, 30, 0, 42_000, time.UTC),
		Metadata: []byte(`{"command":"0190d3a4-7c11-7b52-8d5e-3a1f60c2be01","on":"2022-02-28"}`),
	},
	{At: time.Date(1969, 12, 31, 23, 59, 59, 999_999_000, time.UTC), Metadata: []byte{0xff, 0, 0xfe}},
}

func TestFrozenEnvelopes(t *testing.T) {
	raw, err := os.ReadFile("testdata/envelope.v1")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(raw), "\n"), "\n")
	if len(lines) != len(frozen) {
		t.Fatalf("%d envelopes, want %d", len(lines), len(frozen))
	}
	for i, line := range lines {
		at, metadata, err := unwrapped([]byte(line))
		if err != nil || !at.Equal(frozen[i].At) || !bytes.Equal(metadata, frozen[i].Metadata) {
			t.Errorf("envelope %d: got %v, %q, %v", i, at, metadata, err)
		}
		if again := appendEnvelope(nil, &frozen[i]); string(again) != line {
			t.Errorf("envelope %d: written again as %s", i, again)
		}
	}
}

func TestEnvelopesKeepEverything(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		first, last := time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)
		given := domain.Draft{
			At: time.UnixMicro(rapid.Int64Range(first.UnixMicro(), last.UnixMicro()).Draw(rt, "at")),
			Metadata: rapid.OneOf(
				rapid.SliceOf(rapid.Byte()),
				rapid.Map(rapid.SampledFrom([]string{` {"a" : 1} `, `"}`, `{}`, `null`, "\"\u2028\"", `{"a":1,"a":2}`, `}`}),
					func(s string) []byte { return []byte(s) }),
			).Draw(rt, "metadata"),
		}
		raw := appendEnvelope(nil, &given)
		if !json.Valid(raw) {
			rt.Errorf("%s is no JSON", raw)
		}
		at, metadata, err := unwrapped(raw)
		if err != nil || !at.Equal(given.At) || at.Location() != time.UTC || !bytes.Equal(metadata, given.Metadata) {
			rt.Errorf("%s: got %v, %q, %v", raw, at, metadata, err)
		}
		if cap(metadata) != len(metadata) && !bytes.HasPrefix(raw[51:], []byte(asBytes)) {
			rt.Errorf("who appends to the metadata writes into the envelope")
		}
	})
}

func TestEnvelopesOfOthersAreRefused(t *testing.T) {
	for raw, want := range map[string]error{
		``:                       ErrForeign,
		`{}`:                     ErrForeign,
		`{"$correlationId":"a"}`: ErrForeign,
		`{"signaalboek":2,"at":"2022-03-01T09:30:00.000042Z"}`:                  ErrNewer,
		`{"signaalboek":10,"at":"2022-03-01T09:30:00.000042Z"}`:                 ErrNewer,
		`{"signaalboek":1,"at":`:                                                ErrForeign,
		`{"signaalboek":1,"at":"2022-03-01T09:30:00.000042Z"`:                   ErrForeign,
		`{"signaalboek":1,"at":"2022-03-01T09:30:00,000042Z"}`:                  ErrForeign,
		`{"signaalboek":1,"at":"2022-13-01T09:30:00.000042Z"}`:                  ErrForeign,
		`{"signaalboek":1,"at":"2022-03-01T09:30:00.00+00:0Z"}`:                 ErrForeign,
		`{"signaalboek":1,"at":"2022-03-01T09:30:00.000042Z","metadata":1`:      ErrForeign,
		`{"signaalboek":1,"at":"2022-03-01T09:30:00.000042Z","bytes":"/wD+"`:    ErrForeign,
		`{"signaalboek":1,"at":"2022-03-01T09:30:00.000042Z","bytes":"/w=="}`:   nil,
		`{"signaalboek":1,"at":"2022-03-01T09:30:00.000042Z","bytes":"/x=="}`:   ErrForeign,
		`{"signaalboek":1,"at":"2022-03-01T09:30:00.000042Z","bytes":"/w"}`:     ErrForeign,
		`{"signaalboek":1,"at":"2022-03-01T09:30:00.000042Z","bytes":"/w\n=="}`: ErrForeign,
	} {
		if _, _, err := unwrapped([]byte(raw)); !errors.Is(err, want) {
			t.Errorf("%s: got error %v, want %v", raw, err, want)
		}
	}
}

// What is read is what was written, or was not written by us: no envelope has two ways of writing it, but for metadata
// that somebody wrote as JSON although they are none.
func FuzzEnvelope(f *testing.F) {
	for _, draft := range frozen {
		f.Add(appendEnvelope(nil, &draft))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		at, metadata, err := unwrapped(raw)
		if err != nil {
			return
		}
		again := appendEnvelope(nil, &domain.Draft{At: at, Metadata: metadata})
		if asTheyAre := bytes.HasPrefix(raw[51:], []byte(asJSON)); !bytes.Equal(again, raw) && !asTheyAre {
			t.Errorf("%q is written again as %q", raw, again)
		}
	})
}

func TestDraftsThatCannotBeKept(t *testing.T) {
	sound := domain.Draft{ID: uuid.New(), Name: "thing.happened.v1", At: time.Date(2022, 3, 1, 9, 30, 0, 0, time.UTC)}
	if _, err := proposed(&sound); err != nil {
		t.Fatal(err)
	}
	for why, spoil := range map[string]func(*domain.Draft){
		"no id":                  func(d *domain.Draft) { d.ID = uuid.Nil },
		"no valid name":          func(d *domain.Draft) { d.Name = "" },
		"valid name":             func(d *domain.Draft) { d.Name = "$metadata" },
		"name":                   func(d *domain.Draft) { d.Name = "thing.\xff" },
		"finer":                  func(d *domain.Draft) { d.At = d.At.Add(time.Nanosecond) },
		"years 0 to 9999":        func(d *domain.Draft) { d.At = d.At.AddDate(8000, 0, 0) },
		"not in the years 0":     func(d *domain.Draft) { d.At = d.At.AddDate(-3000, 0, 0) },
		"moment of recording is": func(d *domain.Draft) { d.At = d.At.Add(time.Microsecond - 1) },
	} {
		draft := sound
		spoil(&draft)
		if _, err := proposed(&draft); err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("got error %v, want one that says %q", err, why)
		}
	}
}

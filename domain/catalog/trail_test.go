package catalog

import (
	"bytes"
	"reflect"
	"testing"

	"github.com/google/uuid"

	"signaalboek/domain"
	"signaalboek/domain/guard"
)

// Metadata that stand in somebody's log are read for ever, and written again as the same bytes.
func TestFrozenTrails(t *testing.T) {
	for name, want := range map[string]Confirmation{
		"by-its-actor": {},
		"by-another":   {By: uuid.MustParse("00000000-0000-4000-8000-000000000005")},
		"answered-for": {
			By: uuid.MustParse("00000000-0000-4000-8000-000000000005"), Classes: []guard.Class{guard.Age, guard.Origin},
		},
	} {
		t.Run(name, func(t *testing.T) {
			frozen := readExample(t, "testdata/trails/"+name+".json")
			trail, err := DecodeTrail(frozen)
			if err != nil || !reflect.DeepEqual(trail.Confirmed, want) {
				t.Fatalf("confirmed by %+v, %v", trail.Confirmed, err)
			}
			if again, err := EncodeTrail(trail); err != nil || !bytes.Equal(again, frozen) {
				t.Errorf("written again as\n%s, %v, frozen is\n%s", again, err, frozen)
			}
			if _, quick := quickMeta(frozen); !quick {
				t.Error("it is read the general way")
			}
		})
	}
}

func TestTrailRoundTrip(t *testing.T) {
	written := Trail{
		Command: uuid.New(), Actor: uuid.New(), Practice: "harelbeke-centrum", On: domain.DateOf(2022, 3, 1),
		Body: bytes.Repeat([]byte{1}, 16), Nonce: bytes.Repeat([]byte{2}, 32), Fields: bytes.Repeat([]byte{3}, 96),
	}
	raw, err := EncodeTrail(written)
	if err != nil {
		t.Fatal(err)
	}
	read, err := DecodeTrail(raw)
	if err != nil || !reflect.DeepEqual(read, written) {
		t.Fatalf("read back %+v, %v from %s", read, err, raw)
	}
	meta, err := decodeMeta(raw)
	if want := (domain.Meta{Command: written.Command, Actor: written.Actor, Practice: written.Practice, On: written.On}); err != nil || meta != want {
		t.Errorf("decodeMeta = %+v, %v; want %+v", meta, err, want)
	}
}

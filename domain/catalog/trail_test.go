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
	another := uuid.MustParse("00000000-0000-4000-8000-000000000005")
	for name, want := range map[string]struct {
		confirmed Confirmation
		seed      domain.SeedID
	}{
		"by-its-actor":    {},
		"by-another":      {confirmed: Confirmation{By: another}},
		"answered-for":    {confirmed: Confirmation{By: another, Classes: []guard.Class{guard.Age, guard.Origin}}},
		"naming-its-seed": {seed: uuid.MustParse("00000000-0000-4000-8000-000000000006")},
		"naming-all": {
			confirmed: Confirmation{By: another, Classes: []guard.Class{guard.Age}}, seed: uuid.MustParse("0195fd1c-7e1b-7c1f-8a3e-fbff0c1d9e77"),
		},
	} {
		t.Run(name, func(t *testing.T) {
			frozen := readExample(t, "testdata/trails/"+name+".json")
			trail, err := DecodeTrail(frozen)
			if err != nil || !reflect.DeepEqual(trail.Confirmed, want.confirmed) {
				t.Fatalf("confirmed by %+v, %v", trail.Confirmed, err)
			}
			if seed, err := SeedIn(frozen); err != nil || seed != want.seed {
				t.Errorf("it names the seed %s, %v", seed, err)
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
		Body: bytes.Repeat([]byte{1}, 16), Seed: SeedName(uuid.New()), Nonce: bytes.Repeat([]byte{2}, 32), Fields: bytes.Repeat([]byte{3}, 96),
	}
	raw, err := EncodeTrail(written)
	if err != nil {
		t.Fatal(err)
	}
	read, err := DecodeTrail(raw)
	if err != nil || !reflect.DeepEqual(read, written) {
		t.Fatalf("read back %+v, %v from %s", read, err, raw)
	}
	want := domain.Meta{Command: written.Command, Actor: written.Actor, Practice: written.Practice, On: written.On}
	general := append([]byte(" "), raw...) // not as EncodeTrail writes it
	for way, raw := range map[string][]byte{"quick": raw, "general": general} {
		if meta, err := decodeMeta(raw); err != nil || meta != want {
			t.Errorf("the %s way: %+v, %v; want %+v", way, meta, err, want)
		}
		if seed, err := SeedIn(raw); err != nil || seed != domain.SeedID(written.Seed) {
			t.Errorf("the %s way: seed %v, %v", way, seed, err)
		}
	}
}

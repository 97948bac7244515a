package catalog

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/uuid"

	"signaalboek/domain"
)

func aTrail(t testing.TB, fields int) []byte { return someTrail(t, fields, SeedName{}) }

// aTrailNaming is one that names its seed, with both characters that URL base64 has for itself.
func aTrailNaming(t testing.TB, fields int) []byte {
	return someTrail(t, fields, SeedName(uuid.MustParse("0195fd1c-7e1b-7c1f-8a3e-fbff0c1d9e77")))
}

func someTrail(t testing.TB, fields int, seed SeedName) []byte {
	t.Helper()
	raw, err := EncodeTrail(Trail{
		Command: uuid.MustParse("0195fd1c-7e1b-5c1f-8a3e-2b6f0c1d9e77"), Actor: uuid.MustParse("f47ac10b-58cc-4372-a567-0e02b2c3d479"),
		Practice: "harelbeke-centrum", On: domain.DateOf(2024, 2, 29), Body: bytes.Repeat([]byte{0xfb}, 16), Seed: seed,
		Nonce: bytes.Repeat([]byte{7}, 32), Fields: bytes.Repeat([]byte{0xe0, 1}, 16*fields),
	})
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// Whatever EncodeTrail writes is read the quick way: otherwise it would be slow, and nothing else would show it.
func TestWrittenMetadataAreReadTheQuickWay(t *testing.T) {
	for fields := range 12 {
		for _, raw := range [][]byte{aTrail(t, fields), aTrailNaming(t, fields)} {
			if _, ok := quickMeta(raw); !ok {
				t.Errorf("with %d fields it is read the general way: %s", fields, raw)
			}
		}
	}
}

// What stands otherwise is read the general way, and refused there if it is wrong.
func TestOtherMetadataAreReadTheGeneralWay(t *testing.T) {
	written, named := string(aTrail(t, 2)), string(aTrailNaming(t, 2))
	const seed = "AZX9HH4bfB-KPvv_DB2edw"
	for name, raw := range map[string]string{
		"a space":        strings.Replace(written, `,"actor"`, `, "actor"`, 1),
		"half confirmed": strings.Replace(written, `"}`, `","confirmed":{"by":""}`, 1),
		"who knows what": strings.Replace(written, `"}`, `","confirmed":{"who":"somebody"}}`, 1),
		"a class that is none": strings.Replace(written, `"}`,
			`","confirmed":{"by":"f47ac10b-58cc-4372-a567-0e02b2c3d479","classes":["Naam"]}}`, 1),
		"a later member":   strings.Replace(written, `"}`, `","more":1}`, 1),
		"an escape":        strings.Replace(written, "harelbeke", `hare\u006cbeke`, 1),
		"no such day":      strings.Replace(written, "2024-02-29", "2023-02-29", 1),
		"a day of slashes": strings.Replace(written, "2024-02-29", "2024/02-29", 1),
		"half of slashes":  strings.Replace(written, "2024-02-29", "2024-02/29", 1),
		"a sign after 9":   strings.Replace(written, "2024-02-29", "2024-02-1:", 1), // 10 more than 10
		"a sign before 0":  strings.Replace(written, "2024-02-29", "2024-02-2/", 1), // 1 less than 20
		"two signs short":  strings.Replace(written, "+/v7", "+/", 1),
		"a return in it":   strings.Replace(string(aTrail(t, 0)), `"fields":""`, "\"fields\":\"\r\r\r\r\"", 1),
		"no base64":        strings.Replace(written, "+/v7", "+_v7", 1),
		"a line in it":     strings.Replace(written, "+/v7", "+/v\n", 1),
		"only lines":       strings.Replace(string(aTrail(t, 0)), `"fields":""`, "\"fields\":\"\n\n\n\n\"", 1),
		"bits left over":   strings.Replace(written, "==", "B==", 1),
		"no day":           strings.Replace(written, "2024-02-29", "", 1),
		"a key in braces":  strings.Replace(written, "0195fd1c-7e1b-5c1f-8a3e-2b6f0c1d9e77", "{0195fd1c-7e1b-5c1f-8a3e-2b6f0c1d9e77}", 1),
		"cut short":        written[:len(written)-1],
		"something after":  written + " ",
		"nothing":          "",
		"a padded seed":    strings.Replace(named, seed, seed+"==", 1),
		"half a seed":      strings.Replace(named, seed, seed[:11], 1),
		"no seed":          strings.Replace(named, seed, "", 1),
		"a longer seed":    strings.Replace(named, seed, seed+"AA", 1),
		"another base64":   strings.NewReplacer("bfB-K", "bfB+K").Replace(named),
		"a seed's rest":    strings.Replace(named, seed, seed[:21]+"x", 1),
		"a line in a seed": strings.Replace(named, seed, seed[:20]+"\n"+seed[20:21], 1),
		"a seed of lines":  strings.Replace(named, seed, strings.Repeat("\n", 22), 1),
		"a late seed":      strings.Replace(written, `"}`, `","seed":"`+seed+`"}`, 1),
	} {
		if meta, ok := quickMeta([]byte(raw)); ok {
			t.Errorf("%s: read the quick way as %+v", name, meta)
		}
		agree(t, []byte(raw))
	}
}

// FuzzQuickMeta holds the quick way against the general one: where it reads anything, both read the same.
func FuzzQuickMeta(f *testing.F) {
	f.Add(aTrail(f, 0))
	f.Add(aTrail(f, 3))
	f.Add(aTrailNaming(f, 2))
	f.Add(bytes.Replace(aTrail(f, 1), []byte(`"}`), []byte(`","confirmed":{"by":"","classes":["age","name"]}}`), 1))
	f.Add([]byte(`{"command":"","actor":"","practice":"","on":"","body":"","nonce":"","fields":""}`))
	f.Fuzz(func(t *testing.T, raw []byte) { agree(t, raw) })
}

func agree(t *testing.T, raw []byte) {
	t.Helper()
	quick, ok := quickMeta(raw)
	if !ok {
		return
	}
	trail, err := DecodeTrail(raw)
	want := domain.Meta{Command: trail.Command, Actor: trail.Actor, Practice: trail.Practice, On: trail.On}
	if err != nil || quick != want {
		t.Errorf("the quick way reads %+v, the general way %+v, %v from %q", quick, want, err, raw)
	}
	if seed, _ := quickSeed(raw); seed != domain.SeedID(trail.Seed) {
		t.Errorf("the quick way reads the seed %s, the general way %x from %q", seed, trail.Seed, raw)
	}
}

func BenchmarkDecodeMeta(b *testing.B) {
	raw := aTrail(b, 9)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := decodeMeta(raw); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecodeTrail(b *testing.B) {
	raw := aTrail(b, 9)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := DecodeTrail(raw); err != nil {
			b.Fatal(err)
		}
	}
}

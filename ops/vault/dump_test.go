package vault_test

import (
	"errors"
	"strings"
	"testing"

	"signaalboek/ops/vault"
	"signaalboek/ops/vault/sqlite"
)

// What is no dump, is of another form, or was altered, makes no vault; and says nothing of what stands in it.
func TestDumpedRefuses(t *testing.T) {
	v := inDirectory(t).open(t)
	sealed(t, v, "blijft")
	dump, err := dumpOf(t.Context(), v)
	must(t, err)
	again, err := dumpOf(t.Context(), v)
	must(t, err)
	if strings.Join(dump, "\n") != strings.Join(again, "\n") {
		t.Error("two dumps of one vault differ")
	}
	with := func(at int, record string) []string {
		altered := append([]string{}, dump...)
		altered[at] = record
		return altered
	}
	for name, given := range map[string]struct {
		dump []string
		want error
	}{
		"nothing":              {nil, vault.ErrDump},
		"no head":              {dump[1:], vault.ErrDump},
		"another text":         {[]string{"geheim"}, vault.ErrDump},
		"a short key":          {[]string{`{"form":3,"master":"AAAA"}`}, vault.ErrDump},
		"an unknown member":    {with(0, strings.Replace(dump[0], `{`, `{"geheim":1,`, 1)), vault.ErrDump},
		"a newer form":         {with(0, strings.Replace(dump[0], `"form":3`, `"form":4`, 1)), vault.ErrNewer},
		"an older form":        {with(0, strings.Replace(dump[0], `"form":3`, `"form":2`, 1)), vault.ErrDump},
		"another table":        {with(1, strings.Replace(dump[1], `"state"`, `"geheim"`, 1)), vault.ErrDump},
		"a column less":        {with(1, `["state",1,1]`), vault.ErrDump},
		"a column of text":     {with(1, `["state","geheim",1,"AAAA",0]`), vault.ErrDump},
		"a number that is not": {with(1, `["state",null,1,"AAAA",0]`), vault.ErrDump},
		"no array":             {with(1, `{"geheim":1}`), vault.ErrDump},
	} {
		t.Run(name, func(t *testing.T) {
			original, err := vault.Dumped(records(given.dump))
			if err == nil {
				err = sqlite.Make(t.Context(), original, t.TempDir(), sqlite.Options{})
			}
			if !errors.Is(err, given.want) || strings.Contains(err.Error(), "geheim") && name != "another table" {
				t.Errorf("got %v, want %v", err, given.want)
			}
		})
	}
}

// A vault that lacks a row of the dump, or has one more, is another.
func TestDumpedComparesEveryRow(t *testing.T) {
	v, to := inDirectory(t).open(t), inDirectory(t)
	sealed(t, v, "blijft")
	must(t, to.restoreOf(t.Context(), v))
	dump, err := dumpOf(t.Context(), v)
	must(t, err)
	for name, other := range map[string][]string{
		"one more": append(dump[:len(dump):len(dump)], dump[len(dump)-1]), "one less": dump[:len(dump)-1],
		"others": append(append([]string{}, dump[:len(dump)-2]...), dump[len(dump)-1], dump[len(dump)-2]),
	} {
		original, err := vault.Dumped(records(other))
		must(t, err)
		if err := sqlite.Make(t.Context(), original, to.dir, sqlite.Options{}); !errors.Is(err, vault.ErrOther) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

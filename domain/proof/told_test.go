package proof

import (
	"testing"

	"github.com/go-json-experiment/json/jsontext"
)

func TestCoarse(t *testing.T) {
	for value, want := range map[string]string{
		`"2026-03-05"`: `"2026-03"`, `"team-opstap"`: `"team-opstap"`, `3`: `3`, `true`: `true`, `["x"]`: `["x"]`,
	} {
		if got := coarse(jsontext.Value(value)); string(got) != want {
			t.Errorf("%s became %s", value, got)
		}
	}
}

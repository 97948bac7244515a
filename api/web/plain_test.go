package web

import (
	"strings"
	"testing"

	"signaalboek/domain"
)

// What passes by itself is told so, and what waits for somebody is not.
func TestTroubleSaysWhetherItPasses(t *testing.T) {
	for _, c := range []struct {
		refusal error
		passes  bool
	}{
		{domain.ErrLogAway, true}, {domain.ErrVaultAway, true}, {domain.ErrForked, false},
	} {
		said := TroubleAlert(c.refusal).Text
		if strings.Contains(said, "vanzelf opnieuw") != c.passes || strings.Contains(said, "verwittig de beheerder") == c.passes {
			t.Errorf("%v: %s", c.refusal, said)
		}
	}
}

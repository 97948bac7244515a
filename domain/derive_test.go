package domain_test

import (
	"bytes"
	"testing"

	"github.com/google/uuid"

	"signaalboek/domain"
)

// Ids are part of what is recorded: the same command makes the same ones, in every version of the program.
func TestDerivedIDsAreForEver(t *testing.T) {
	for _, c := range []struct {
		command string
		n       int
		want    string
	}{
		{"0195fd1c-7e1b-7c1f-8a3e-2b6f0c1d9e77", 0, "0195fd1c-7e1b-82e4-b6b2-5e98e03d264a"},
		{"0195fd1c-7e1b-7c1f-8a3e-2b6f0c1d9e77", 1, "0195fd1c-7e1b-8e4b-8c86-40fdb047f180"},
		{"f47ac10b-58cc-4372-a567-0e02b2c3d479", 0, "a196ce5d-c8e4-896a-bf6b-d3449e46d616"},
	} {
		if got := domain.DeriveID(uuid.MustParse(c.command), "event/harelbeke-centrum", c.n).String(); got != c.want {
			t.Errorf("thing %d of %s is %s, want %s", c.n, c.command, got, c.want)
		}
	}
}

// What a command with a time makes begins with that time; another command gives none away.
func TestDerivedIDsStandInOrderOfTime(t *testing.T) {
	timed, plain := uuid.Must(uuid.NewV7()), uuid.New()
	seen := map[uuid.UUID]bool{}
	for _, kind := range []string{"event/a", "event/b", "signal/a"} {
		for n := range 3 {
			id, other := domain.DeriveID(timed, kind, n), domain.DeriveID(plain, kind, n)
			if !bytes.HasPrefix(id[:], timed[:6]) || id.Version() != 8 || id.Variant() != uuid.RFC4122 {
				t.Errorf("%s does not begin as %s, or is no UUIDv8", id, timed)
			}
			if bytes.HasPrefix(other[:], plain[:6]) || other.Version() != 8 {
				t.Errorf("%s begins as %s, or is no UUIDv8", other, plain)
			}
			if seen[id] || seen[other] {
				t.Errorf("%s or %s was made twice", id, other)
			}
			seen[id], seen[other] = true, true
		}
	}
}

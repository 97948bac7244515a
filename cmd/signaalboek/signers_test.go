package main

import (
	"testing"

	"github.com/google/uuid"

	"signaalboek/domain/proof"
	"signaalboek/ops/postgrestest"
	"signaalboek/ops/transparency"
)

// Given three replicas, when they end one after the other while people register, then at any time one of those that are left
// signs, and all that was ever signed is one history.
func TestReplicasSignInTurn(t *testing.T) {
	t.Parallel()
	s := share(t, 1, postgrestest.Start(t))
	replicas := []*program{s.replica(), s.replica(), s.replica()}
	heads, err := transparency.OpenHeadShared(t.Context(), s.database)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { heads.Close() })
	holders := map[string]bool{}
	var signed []proof.Checkpoint
	for len(replicas) > 0 {
		replicas[0].give("/contacts", map[string]any{"activity": "contact-op-straat", "known": "yes"})
		var before int64
		if n := len(signed); n > 0 {
			before = signed[n-1].Size
		}
		eventually(t, "what was registered is signed", func() bool {
			head, err := heads.Head(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			promised, err := head.Promised()
			if err != nil || promised.Size <= before || head.Lease.IsZero() {
				return false
			}
			holders[head.Lease.Holder] = true
			signed = append(signed, promised)
			return true
		})
		replicas[0].end()
		replicas = replicas[1:]
	}
	if len(holders) < 2 { // the first one signs first, and the last one last
		t.Errorf("%d replica signed", len(holders))
	}
	for holder := range holders {
		if uuid.Validate(holder) != nil {
			t.Errorf("%q signed: a name, not a number", holder)
		}
	}
	if said, err := commandOutput(t, append([]string{"verify"}, s.options()...)...); err != nil {
		t.Errorf("what they signed is not one history: %s\n%s", said, explain(err))
	}
}

package projections

import (
	"encoding/binary"
	"testing"
)

// Ids that count up at either end land apart from each other, as random ones do: a key is found within a few slots.
func TestKeysThatCountUpDoNotCrowd(t *testing.T) {
	for name, at := range map[string]int{"in front": 0, "behind a moment": 4, "at the end": 8} {
		table, count := new(keyTable), 1<<16
		keys := make([]key, count)
		for i := range keys {
			binary.BigEndian.PutUint64(keys[i][at:], uint64(i)<<16)
			if number, added := table.number(keys[i]); !added || number != uint32(i) {
				t.Fatalf("%s: key %d got number %d, added: %v", name, i, number, added)
			}
		}
		far := 0
		for _, k := range keys {
			mask := uint64(len(table.slots) - 1)
			far += int((table.slot(k) - k.hash()) & mask)
		}
		if far > 4*count {
			t.Errorf("%s: %d keys are looked for in %d slots beyond their own", name, count, far)
		}
	}
}

package proof_test

import (
	"testing"

	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"signaalboek/domain/proof"
)

// The edge of any tree has the root that a tree with all its hashes has.
func TestEdgeHasTheRootOfTheTree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		leaves := rapid.SliceOfN(rapid.Byte(), 0, 70).Draw(t, "leaves")
		var edge proof.Edge
		var stored []tlog.Hash
		read := tlog.HashReaderFunc(func(indexes []int64) (hashes []tlog.Hash, err error) {
			for _, i := range indexes {
				hashes = append(hashes, stored[i])
			}
			return hashes, nil
		})
		for i, leaf := range leaves {
			hash := tlog.RecordHash([]byte{leaf})
			edge.Add(hash)
			more, err := tlog.StoredHashesForRecordHash(int64(i), hash, read)
			if err != nil {
				t.Fatal(err)
			}
			stored = append(stored, more...)
		}
		root, err := tlog.TreeHash(int64(len(leaves)), read)
		if err != nil {
			t.Fatal(err)
		}
		if len(leaves) == 0 {
			root = proof.EmptyRoot
		}
		if edge.Root() != root || edge.Size() != int64(len(leaves)) {
			t.Fatalf("%d leaves: root %v, not %v", len(leaves), edge.Root(), root)
		}
	})
}

package projections

import (
	"bytes"
	"io"
	"testing"
)

// Wherever a block happens to be full, nothing is torn: what was written is read back.
func TestValuesAroundTheEndOfABlock(t *testing.T) {
	for lacking := range 24 {
		filling, small, word := make([]byte, blockSize-lacking), []byte("xyz"), "een woord"
		var blocks [][]byte
		writing := &coder{put: func(block []byte) error { blocks = append(blocks, bytes.Clone(block)); return nil }}
		write := func(c *coder, filling, small *[]byte, word *string) {
			c.bytes(filling)
			c.bytes(small)
			text(c, word)
			c.bytes(small)
		}
		write(writing, &filling, &small, &word)
		writing.flush()
		reading := &coder{reading: true, get: func() ([]byte, error) {
			if len(blocks) == 0 {
				return nil, io.EOF
			}
			next := blocks[0]
			blocks = blocks[1:]
			return next, nil
		}}
		var gotFilling, gotSmall []byte
		var gotWord string
		write(reading, &gotFilling, &gotSmall, &gotWord)
		if reading.err != nil || len(gotFilling) != len(filling) || string(gotSmall) != "xyz" || gotWord != word {
			t.Errorf("a block that lacks %d: %d bytes, %q, %q, %v", lacking, len(gotFilling), gotSmall, gotWord, reading.err)
		}
	}
}

package backup

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"signaalboek/domain"
)

// FuzzRead reads whatever stands in a file that somebody with a public key has made: it is a backup, or it is damaged, and
// it takes no more memory than it is long.
func FuzzRead(f *testing.F) {
	var plain bytes.Buffer
	w := newWriter(&plain, NewHeader(Log, "test", noon))
	if err := w.Events(f.Context(), logOf(f, 3), Promised{}); err != nil {
		f.Fatal(err)
	}
	if _, err := w.finish(); err != nil {
		f.Fatal(err)
	}
	f.Add(plain.Bytes())
	f.Add([]byte(firstLine + "H\xff\xff\xff\xff"))
	f.Add([]byte(firstLine + "H\x0f\xff\xff\xffx"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		err := readPlain(raw)
		if err == nil && !bytes.Equal(raw[:len(firstLine)], []byte(firstLine)) {
			t.Error("another text was taken for a backup")
		}
		if err != nil && !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrNewer) {
			t.Errorf("it is not called damaged: %v", err)
		}
	})
}

// FuzzReadEvent reads records that are no events, and writes the others again as they were.
func FuzzReadEvent(f *testing.F) {
	for r := range logOf(f, 2).ReadAll(f.Context(), domain.Position{}) {
		f.Add(appendEvent(nil, r))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		r, ok := readEvent(raw)
		if !ok {
			return
		}
		if again := appendEvent(nil, r); !bytes.Equal(again, raw) {
			t.Errorf("%x became %x", raw, again)
		}
		if r.At.Location() != time.UTC {
			t.Error("a moment has another zone")
		}
	})
}

// A length that does not fit is a record that is too short, on machines of 32 bits too.
func TestALengthThatDoesNotFit(t *testing.T) {
	for _, length := range []int{-1, 4, 1 << 30} {
		c := cursor{rest: []byte("abc")}
		if piece := c.take(length); !c.short || len(piece) > 8 {
			t.Errorf("of %d bytes it takes %d", length, len(piece))
		}
	}
}

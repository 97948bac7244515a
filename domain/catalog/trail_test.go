package catalog

import (
	"bytes"
	"reflect"
	"testing"

	"github.com/google/uuid"

	"signaalboek/domain"
)

func TestTrailRoundTrip(t *testing.T) {
	written := Trail{
		Command: uuid.New(), Actor: uuid.New(), Practice: "harelbeke-centrum", On: domain.DateOf(2022, 3, 1),
		Body: bytes.Repeat([]byte{1}, 16), Nonce: bytes.Repeat([]byte{2}, 32), Fields: bytes.Repeat([]byte{3}, 96),
	}
	raw, err := EncodeTrail(written)
	if err != nil {
		t.Fatal(err)
	}
	read, err := DecodeTrail(raw)
	if err != nil || !reflect.DeepEqual(read, written) {
		t.Fatalf("read back %+v, %v from %s", read, err, raw)
	}
	meta, err := decodeMeta(raw)
	if want := (domain.Meta{Command: written.Command, Actor: written.Actor, Practice: written.Practice, On: written.On}); err != nil || meta != want {
		t.Errorf("decodeMeta = %+v, %v; want %+v", meta, err, want)
	}
}

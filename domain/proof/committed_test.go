package proof

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
)

// writtenTrails are metadata as the ledger writes them.
func writtenTrails() (plain, others []string) {
	noise := bytes.Repeat([]byte{7}, 96)
	base := func(n int) string { return base64.StdEncoding.EncodeToString(noise[:n]) }
	head := `{"command":"0195fd1c-7e1b-8c1f-8a3e-2b6f0c1d9e77","actor":"0195fd1c-7e1b-8c1f-8a3e-2b6f0c1d9e78",` +
		`"practice":"harelbeke-centrum","on":"2026-03-05","body":"` + base(16) + `"`
	tail := fmt.Sprintf(`,"nonce":"%s","fields":"%s"`, base(32), base(96))
	seed := `,"seed":"ABCDEFGHIJKLMNOPQRSTUV"`
	plain = []string{head + tail + "}", head + seed + tail + "}"}
	others = []string{
		head + tail + `,"confirmed":{"by":"0195fd1c-7e1b-8c1f-8a3e-2b6f0c1d9e78"}}`,
		head + tail + `,"nonce":"` + base(32) + `"}`, head + tail + "} ", " " + head + tail + "}", head + tail,
		head + seed + seed + tail + "}", head + `,"nonce":"` + base(32) + `"}`, head + "}", "{}", "", "null", `"{"`,
		strings.Replace(head+tail+"}", "harelbeke", `\u0068arelbeke`, 1), strings.Replace(head+tail+"}", "harelbeke", "harelbék\xff", 1),
		strings.Replace(head+tail+"}", `"on"`, `"ON"`, 1), strings.Replace(head+tail+"}", `"on":"2026-03-05"`, `"on":3`, 1),
		strings.Replace(head+tail+"}", base(32), base(31), 1), strings.Replace(head+tail+"}", base(96), base(95), 1),
		strings.Replace(head+tail+"}", base(32), base(32)[:43], 1), strings.Replace(head+tail+"}", base(32), base(32)[:42]+"d=", 1),
	}
	return plain, others
}

// generally is what the general decoder says.
func generally(metadata []byte) (nonce, fields []byte, ok bool) {
	var said struct {
		Fields []byte `json:"fields"`
		Nonce  []byte `json:"nonce"`
	}
	err := json.Unmarshal(metadata, &said)
	return said.Nonce, said.Fields, err == nil
}

func agree(t *testing.T, metadata []byte) (quick bool) {
	t.Helper()
	nonce, fields, quick := quickCommitted(metadata)
	if !quick {
		return false
	}
	nonce2, fields2, ok := generally(metadata)
	if !ok || !bytes.Equal(nonce, nonce2) || !bytes.Equal(fields, fields2) {
		t.Errorf("the quick way reads something else in %q", metadata)
	}
	return true
}

// What the ledger writes is read the quick way, and as the general decoder reads it; whatever else stands there is left to
// that one.
func TestCommittedTheQuickWay(t *testing.T) {
	plain, others := writtenTrails()
	for _, metadata := range plain {
		if !agree(t, []byte(metadata)) {
			t.Errorf("read the general way: %s", metadata)
		}
	}
	for _, metadata := range others {
		agree(t, []byte(metadata))
	}
}

func FuzzCommitted(f *testing.F) {
	plain, others := writtenTrails()
	for _, metadata := range append(plain, others...) {
		f.Add([]byte(metadata))
	}
	f.Fuzz(func(t *testing.T, metadata []byte) { agree(t, metadata) })
}

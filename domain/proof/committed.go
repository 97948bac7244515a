package proof

import (
	"bytes"
	"encoding/base64"

	"github.com/go-json-experiment/json"
	"golang.org/x/mod/sumdb/tlog"
)

// committed is what the metadata of an event commit to: the nonce of its leaf, and its commitments, one after the other.
func committed(metadata []byte) (nonce, fields []byte, ok bool) {
	if nonce, fields, ok = quickCommitted(metadata); !ok {
		var said struct {
			Fields []byte `json:"fields"`
			Nonce  []byte `json:"nonce"`
		}
		ok = json.Unmarshal(metadata, &said) == nil
		nonce, fields = said.Nonce, said.Fields
	}
	return nonce, fields, ok && len(nonce) == saltSize && len(fields)%tlog.HashSize == 0
}

// usual is the members that nearly all metadata have, all of them texts, in the order in which they are written. A seed may
// be left out.
var usual = [8]string{"command", "actor", "practice", "on", "body", "seed", "nonce", "fields"}

// quickCommitted reads metadata that stand exactly so: the general decoder takes half the time of a leaf. False means that
// something is otherwise: let the general one say what.
func quickCommitted(metadata []byte) (nonce, fields []byte, ok bool) {
	var values [8][]byte
	rest, before := metadata, `{"`
	for i, name := range usual {
		value, behind, found := cutMember(rest, before, name)
		switch {
		case found:
			values[i], rest, before = value, behind, `,"`
		case name != "seed":
			return nil, nil, false
		}
	}
	nonce, inNonce := unwritten(values[6])
	fields, inFields := unwritten(values[7])
	return nonce, fields, inNonce && inFields && string(rest) == "}"
}

// cutMember takes a member whose value is a plain text from the front of what is left of an object.
func cutMember(object []byte, before, name string) (value, behind []byte, found bool) {
	const then = `":"`
	for _, part := range [...]string{before, name, then} {
		if object, found = bytes.CutPrefix(object, []byte(part)); !found {
			return nil, nil, false
		}
	}
	for i, c := range object {
		switch {
		case c == '"':
			return object[:i], object[i+1:], true
		case c < ' ' || c > '~' || c == '\\':
			return nil, nil, false
		}
	}
	return nil, nil, false
}

func unwritten(text []byte) ([]byte, bool) {
	raw := make([]byte, base64.StdEncoding.DecodedLen(len(text)))
	n, err := base64.StdEncoding.Decode(raw, text)
	return raw[:n], err == nil
}

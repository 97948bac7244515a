package ledger

import (
	"bytes"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"signaalboek/domain"
	"signaalboek/domain/catalog"
)

// Field is one thing that an event says and that can later be disclosed on its own: a member of its payload, or, with
// an @, something of its metadata.
type Field struct {
	Name  string // "themes", "@on"
	Value []byte // the JSON of it, exactly as recorded
}

// Fields lists what an event says, in the order in which it is committed to: practice, day and actor, then the members
// of the payload as they stand there, and at the end who else confirmed it, if anybody did.
func Fields(trail catalog.Trail, payload []byte) ([]Field, error) {
	fields := []Field{
		{"@practice", quoted(string(trail.Practice))},
		{"@on", quoted(trail.On.String())},
		{"@actor", quoted(trail.Actor.String())},
	}
	members, err := members(payload)
	if err != nil {
		return nil, fmt.Errorf("fields of %s: %w", trail.Command, err)
	}
	fields = append(fields, members...)
	if trail.Confirmed.IsZero() {
		return fields, nil
	}
	confirmed, err := json.Marshal(trail.Confirmed, json.Deterministic(true))
	return append(fields, Field{"@confirmed", confirmed}), err
}

func quoted(s string) []byte { return []byte(`"` + s + `"`) }

func members(payload []byte) ([]Field, error) {
	decoder := jsontext.NewDecoder(bytes.NewReader(payload))
	if _, err := decoder.ReadToken(); err != nil {
		return nil, err
	}
	var fields []Field
	for decoder.PeekKind() != jsontext.KindEndObject {
		name, err := decoder.ReadToken()
		if err != nil {
			return nil, err
		}
		field := Field{Name: name.String()}
		value, err := decoder.ReadValue()
		if err != nil {
			return nil, err
		}
		field.Value = bytes.Clone(value)
		fields = append(fields, field)
	}
	return fields, nil
}

// commitmentSize is the length of one commitment, and of a salt.
const commitmentSize = sha256.Size

// Commit is the salted commitments to fields, one after the other, and the nonce of the event's leaf. Both derive from
// the seed of the event's subject: once that is destroyed, nobody can tell what was committed to, not even by trying.
// The nonce is kept with the event, because the leaf must stay checkable.
//
// One commitment is SHA-256 over
//
//	"signaalboek/commitment/v1" ‖ 0x00 ‖ event id (16) ‖ place (4) ‖ length of name (4) ‖ name ‖ salt (32) ‖ value
//
// with the place counted from 0 and all numbers big-endian: a salt and value cannot be shown for another field or event.
func Commit(seed [32]byte, id domain.EventID, fields []Field) (commitments, nonce []byte, err error) {
	for i, field := range fields {
		salt, err := Salt(seed, id, i, field.Name)
		if err != nil {
			return nil, nil, err
		}
		commitment := Commitment(id, i, field, salt)
		commitments = append(commitments, commitment[:]...)
	}
	nonce, err = hkdf.Expand(sha256.New, seed[:], "signaalboek/nonce/v1"+string(id[:]), commitmentSize)
	return commitments, nonce, err
}

// Salt is the secret that opens one commitment, together with the value.
func Salt(seed [32]byte, id domain.EventID, place int, name string) ([]byte, error) {
	about := binary.BigEndian.AppendUint32(id[:], uint32(place))
	return hkdf.Expand(sha256.New, seed[:], "signaalboek/salt/v1"+string(about)+name, commitmentSize)
}

// Commitment is the commitment to one field, under its salt.
func Commitment(id domain.EventID, place int, field Field, salt []byte) [commitmentSize]byte {
	frame := append([]byte("signaalboek/commitment/v1\x00"), id[:]...)
	frame = binary.BigEndian.AppendUint32(frame, uint32(place))
	frame = binary.BigEndian.AppendUint32(frame, uint32(len(field.Name)))
	frame = append(frame, field.Name...)
	frame = append(frame, salt...)
	return sha256.Sum256(append(frame, field.Value...))
}

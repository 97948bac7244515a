package proof

import (
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/binary"

	"signaalboek/domain"
)

// Field is one thing that an event says and that can later be disclosed on its own: a member of its payload, or, with
// an @, something of its metadata.
type Field struct {
	Name  string // "themes", "@on"
	Value []byte // the JSON of it, exactly as recorded
}

// saltSize is the length of a salt and of a nonce, in bytes.
const saltSize = 32

// Commit is the salted commitments to fields, one after the other, and the nonce of the event's leaf. Both derive from
// the seed of the event's subject: once that is destroyed, nobody can tell what was committed to, not even by trying.
// The nonce is kept with the event, because the leaf must stay checkable.
func Commit(seed [32]byte, id domain.EventID, fields []Field) (commitments, nonce []byte, err error) {
	for i, field := range fields {
		salt, err := Salt(seed, id, i, field.Name)
		if err != nil {
			return nil, nil, err
		}
		commitment := Commitment(id, i, field, salt)
		commitments = append(commitments, commitment[:]...)
	}
	nonce, err = hkdf.Expand(sha256.New, seed[:], "signaalboek/nonce/v1"+string(id[:]), saltSize)
	return commitments, nonce, err
}

// Salt is the secret that opens one commitment, together with the value.
func Salt(seed [32]byte, id domain.EventID, place int, name string) ([]byte, error) {
	about := binary.BigEndian.AppendUint32(id[:], uint32(place))
	return hkdf.Expand(sha256.New, seed[:], "signaalboek/salt/v1"+string(about)+name, saltSize)
}

// Commitment is the commitment to one field, under its salt. It is SHA-256 over
//
//	"signaalboek/commitment/v1" ‖ 0x00 ‖ event id (16) ‖ place (4) ‖ length of name (4) ‖ name ‖ salt (32) ‖ value
//
// with the place counted from 0 and all numbers big-endian: a salt and value cannot be shown for another field or event.
func Commitment(id domain.EventID, place int, field Field, salt []byte) [sha256.Size]byte {
	about := append([]byte("signaalboek/commitment/v1\x00"), id[:]...)
	about = binary.BigEndian.AppendUint32(about, uint32(place))
	about = binary.BigEndian.AppendUint32(about, uint32(len(field.Name)))
	about = append(about, field.Name...)
	about = append(about, salt...)
	return sha256.Sum256(append(about, field.Value...))
}

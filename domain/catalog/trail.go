package catalog

import (
	"encoding/base64"
	"errors"
	"fmt"

	"github.com/go-json-experiment/json"

	"signaalboek/domain"
	"signaalboek/domain/guard"
)

// Trail is the metadata of a recorded event: who caused it by which command, and what later proofs need. The moment of
// recording is not in it; a store keeps that beside it.
type Trail struct {
	Command  domain.CommandID  `json:"command"`
	Actor    domain.ActorID    `json:"actor"`
	Practice domain.PracticeID `json:"practice"`
	On       domain.Date       `json:"on"`
	Body     []byte            `json:"body"`          // keyed digest of the command's body, 16 bytes
	Seed     SeedName          `json:"seed,omitzero"` // absent: the one that an earlier event of the stream names
	Nonce    []byte            `json:"nonce"`         // 32 bytes, never disclosed; goes into the leaf of the tree
	Fields   []byte            `json:"fields"`        // salted commitments, 32 bytes each: see proof.Commit

	Confirmed Confirmation `json:"confirmed,omitzero"` // absent: by its actor
}

// SeedName names the seed from which the salts of an event derive, and its nonce: the first event of a stream names it,
// and so does the first one after it was forgotten. It is written as unpadded URL base64, of 22 characters.
type SeedName domain.SeedID

// seedWriting is how a seed is named.
var seedWriting = base64.RawURLEncoding.Strict()

// MarshalText writes a name.
func (s SeedName) MarshalText() ([]byte, error) { return seedWriting.AppendEncode(nil, s[:]), nil }

// UnmarshalText reads what MarshalText wrote, and nothing else.
func (s *SeedName) UnmarshalText(text []byte) error {
	var id SeedName
	if len(text) != seedWriting.EncodedLen(len(id)) {
		return errors.New("seed: not 22 characters")
	}
	if n, err := seedWriting.Decode(id[:], text); err != nil || n != len(id) {
		return errors.New("seed: not in base64")
	}
	*s = id
	return nil
}

// SeedIn is the seed that metadata name, or none.
func SeedIn(raw []byte) (domain.SeedID, error) {
	if seed, ok := quickSeed(raw); ok {
		return seed, nil
	}
	trail, err := DecodeTrail(raw)
	return domain.SeedID(trail.Seed), err
}

// Confirmation is a second pair of eyes: somebody else than the actor confirmed what the actor wrote.
type Confirmation struct {
	By      domain.ActorID `json:"by"`
	Classes []guard.Class  `json:"classes,omitzero"` // that the guard asked about, and that identify nobody according to By
}

// IsZero reports whether nobody but the actor confirmed anything.
func (c Confirmation) IsZero() bool { return c.By == domain.ActorID{} }

// EncodeTrail writes metadata.
func EncodeTrail(trail Trail) ([]byte, error) {
	raw, err := json.Marshal(trail, json.Deterministic(true))
	if err != nil {
		return nil, fmt.Errorf("encode metadata: %w", err)
	}
	return raw, nil
}

// DecodeTrail reads metadata.
func DecodeTrail(raw []byte) (Trail, error) {
	var trail Trail
	if err := unmarshal(raw, &trail); err != nil {
		return Trail{}, fmt.Errorf("decode metadata: %w", err)
	}
	return trail, nil
}

// decodeMeta reads from a trail what deciders and projections use.
func decodeMeta(raw []byte) (domain.Meta, error) {
	if meta, ok := quickMeta(raw); ok {
		return meta, nil
	}
	trail, err := DecodeTrail(raw)
	return domain.Meta{Command: trail.Command, Actor: trail.Actor, Practice: trail.Practice, On: trail.On}, err
}

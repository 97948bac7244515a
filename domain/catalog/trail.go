package catalog

import (
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
	Body     []byte            `json:"body"`   // keyed digest of the command's body, 16 bytes
	Nonce    []byte            `json:"nonce"`  // 32 bytes, never disclosed; goes into the leaf of the tree
	Fields   []byte            `json:"fields"` // salted commitments, 32 bytes each: see ledger.Commit

	Confirmed Confirmation `json:"confirmed,omitzero"` // absent: by its actor
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

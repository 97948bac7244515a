package proof

import (
	"errors"
	"fmt"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"golang.org/x/mod/sumdb/note"
)

// EventProof is one event, with what of it is shown, and the proof that it stands in a checkpoint: all that somebody needs
// who was given it, but for the key of the ledger, which they must have from elsewhere.
type EventProof struct {
	Form       string    `json:"form"`       // EventProofForm
	Checkpoint string    `json:"checkpoint"` // a signed note, with its cosignatures
	Inclusion  Inclusion `json:"inclusion"`
	Event      Disclosed `json:"event"`
}

// EventProofForm is the form of an EventProof as JSON.
const EventProofForm = "signaalboek/event-proof/v1"

// ErrEventProof is a file that is not an EventProof.
var ErrEventProof = errors.New("proof: not the proof of an event")

// NewEventProof is the proof that an event stands in a signed checkpoint.
func NewEventProof(signed []byte, at Inclusion, event Disclosed) EventProof {
	return EventProof{EventProofForm, string(signed), at, event}
}

// File is the proof as a file, the same to the byte whenever it is made. It is one line: what is shown must stay as it was
// recorded, to the byte, and indenting would change it.
func (p EventProof) File() ([]byte, error) {
	raw, err := json.Marshal(p, jsontext.PreserveRawStrings(true))
	if err != nil {
		return nil, fmt.Errorf("write the proof of event %s: %w", p.Event.ID, err)
	}
	return append(raw, '\n'), nil
}

// ReadEventProof reads what File wrote. It fails with ErrEventProof.
func ReadEventProof(raw []byte) (EventProof, error) {
	var p EventProof
	err := json.Unmarshal(raw, &p, json.RejectUnknownMembers(true))
	if err != nil || p.Form != EventProofForm {
		return EventProof{}, ErrEventProof
	}
	return p, nil
}

// Check is the checkpoint, if log signed it, the event stands in its tree, and every field that is shown is what the event
// committed to. It fails with ErrCheckpoint, ErrNotIncluded or ErrOpened.
func (p EventProof) Check(log note.Verifier) (Checkpoint, error) {
	c, err := Open([]byte(p.Checkpoint), log)
	if err != nil {
		return Checkpoint{}, err
	}
	return c, ProvenEvent{p.Inclusion, p.Event}.check(c)
}

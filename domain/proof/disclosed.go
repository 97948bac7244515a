package proof

import (
	"bytes"
	"errors"
	"fmt"
	"time"

	"github.com/go-json-experiment/json/jsontext"
	"golang.org/x/mod/sumdb/tlog"

	"signaalboek/domain"
)

// Disclosed is an event of which some fields are shown and all others stay closed: its frame, and what opens the
// commitments to those fields. As JSON it can be checked by whoever has the root of a tree that it is in.
type Disclosed struct {
	Stream      domain.StreamID `json:"stream"`
	Revision    domain.Revision `json:"revision"`
	ID          domain.EventID  `json:"id"`
	Name        string          `json:"name"`
	At          time.Time       `json:"at"` // the beginning of the half-year in which it was recorded
	Commitments []tlog.Hash     `json:"commitments"`
	Content     tlog.Hash       `json:"content"`
	Fields      []Opened        `json:"fields"`
}

// Opened is one field that is shown, and the salt that shows it is what the event committed to.
type Opened struct {
	Place int      `json:"place"` // among the event's commitments, counted from 0
	Name  string   `json:"name"`
	Value Verbatim `json:"value"`
	Salt  []byte   `json:"salt"`
}

// Verbatim is the JSON of a value, exactly as recorded. In JSON it stands as a text, for a value that stood there as
// itself would be written otherwise by the next program that reads it (other spaces, 1.0 for 1), and prove nothing.
type Verbatim []byte

// MarshalText is the JSON.
func (v Verbatim) MarshalText() ([]byte, error) { return v, nil }

// UnmarshalText takes any JSON.
func (v *Verbatim) UnmarshalText(text []byte) error {
	if !jsontext.Value(text).IsValid() {
		return ErrOpened
	}
	*v = bytes.Clone(text)
	return nil
}

// ErrOpened is a field that is shown and is not what the event committed to.
var ErrOpened = errors.New("proof: the field is not what the event committed to")

// Disclose shows an event with the fields that are wanted, opened by the seed of its subject. The fields are all of the
// event, in the order in which it committed to them.
func Disclose(f Frame, seed [32]byte, fields []Field, wanted func(name string) bool) (Disclosed, error) {
	shown := Disclosed{
		Stream: f.Stream, Revision: f.Revision, ID: f.ID, Name: f.Name, At: f.At, Commitments: f.Commitments,
		Content: f.Content, Fields: []Opened{},
	}
	for place, field := range fields {
		if !wanted(field.Name) {
			continue
		}
		salt, err := Salt(seed, f.ID, place, field.Name)
		if err != nil {
			return Disclosed{}, fmt.Errorf("disclose %s of event %s: %w", field.Name, f.ID, err)
		}
		shown.Fields = append(shown.Fields, Opened{place, field.Name, field.Value, salt})
	}
	return shown, shown.Check()
}

// Frame is the frame that the event's leaf covers.
func (d Disclosed) Frame() Frame {
	return Frame{d.Stream, d.Revision, d.ID, d.Name, d.At, d.Commitments, d.Content}
}

// Check fails with ErrOpened, and names the first of the fields, if any is not what the event committed to at that place;
// without a name, if the frame is not one that an event can have.
func (d Disclosed) Check() error {
	if name, found := d.firstWrong(); found {
		return fmt.Errorf("field %s of event %s: %w", name, d.ID, ErrOpened)
	}
	return nil
}

func (d Disclosed) firstWrong() (name string, found bool) {
	if !d.Frame().valid() {
		return "", true
	}
	for i, field := range d.Fields {
		if !d.committed(field) || i > 0 && field.Place <= d.Fields[i-1].Place {
			return field.Name, true
		}
	}
	return "", false
}

func (d Disclosed) committed(field Opened) bool {
	if field.Place < 0 || field.Place >= len(d.Commitments) || len(field.Salt) != saltSize {
		return false
	}
	return Commitment(d.ID, field.Place, Field{field.Name, field.Value}, field.Salt) == d.Commitments[field.Place]
}

// Field is the value of a field that is shown. False if it is not.
func (d Disclosed) Field(name string) (jsontext.Value, bool) {
	for _, field := range d.Fields {
		if field.Name == name {
			return jsontext.Value(field.Value), true
		}
	}
	return nil, false
}

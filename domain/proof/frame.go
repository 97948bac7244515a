package proof

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"signaalboek/domain"
)

// Frame is what the leaf of an event covers. It is written as
//
//	"signaalboek/frame/v1" ‖ 0x00
//	length of stream (2) ‖ stream
//	revision (8)
//	event id (16)
//	length of name (2) ‖ name
//	half-year of recording: its beginning, microseconds since 1970 (8)
//	number of commitments (2) ‖ commitments (32 each)
//	content (32)
//
// with all numbers big-endian. The content is SHA-256 over
//
//	"signaalboek/content/v1" ‖ 0x00 ‖ nonce (32) ‖ moment of recording, microseconds since 1970 (8)
//	‖ length of payload (8) ‖ payload ‖ metadata
//
// all exactly as recorded: no byte of an event can change without its leaf. The nonce is never disclosed, so nobody can
// try what a payload, or a moment, might have been. Whoever is shown an event sees its frame, and so the half-year only, as
// in a release: the moment is often that of a visit. Half-years are those of UTC. The position in the log is not in it: a
// ledger that moves to another log keeps its tree.
type Frame struct {
	Stream      domain.StreamID
	Revision    domain.Revision
	ID          domain.EventID
	Name        string
	At          time.Time // the beginning of the half-year in which it was recorded, UTC
	Commitments []tlog.Hash
	Content     tlog.Hash
}

// ErrNoFrame is an event whose metadata do not commit to what it says: this program did not record it.
var ErrNoFrame = errors.New("proof: the event commits to nothing")

// FrameOf is the frame of a recorded event.
func FrameOf(r domain.Recorded) (Frame, error) {
	nonce, fields, ok := committed(r.Metadata)
	if !ok {
		return Frame{}, fmt.Errorf("frame event %s: %w", r.ID, ErrNoFrame)
	}
	frame := Frame{
		Stream: r.Stream, Revision: r.Revision, ID: r.ID, Name: r.Name, At: halfYearOf(r.At),
		Commitments: make([]tlog.Hash, len(fields)/tlog.HashSize), Content: content(nonce, r),
	}
	for i := range frame.Commitments {
		copy(frame.Commitments[i][:], fields[i*tlog.HashSize:])
	}
	return frame, nil
}

// halfYearOf is the beginning of the half-year of a moment.
func halfYearOf(at time.Time) time.Time {
	year, month, _ := at.UTC().Date()
	if month < time.July {
		month = time.January
	} else {
		month = time.July
	}
	return time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)
}

// usualEvent is room for what is hashed of nearly every event, so that a leaf makes little garbage.
const usualEvent = 2048

func content(nonce []byte, r domain.Recorded) tlog.Hash {
	about := make([]byte, 0, usualEvent)
	about = append(about, "signaalboek/content/v1\x00"...)
	about = append(about, nonce...)
	about = binary.BigEndian.AppendUint64(about, uint64(r.At.UnixMicro()))
	about = binary.BigEndian.AppendUint64(about, uint64(len(r.Payload)))
	about = append(about, r.Payload...)
	return sha256.Sum256(append(about, r.Metadata...))
}

// longestName is the longest name of an event, in bytes.
const longestName = 128

// valid reports whether an event can have this frame: no two of those are written as the same bytes.
func (f Frame) valid() bool {
	named := f.Stream.Valid() && f.Name != "" && len(f.Name) <= longestName
	whole := f.At.Equal(halfYearOf(f.At)) && f.At.Location() == time.UTC
	return named && whole && f.Revision >= 0 && len(f.Commitments) <= math.MaxUint16
}

// Bytes is the frame as the leaf covers it.
func (f Frame) Bytes() []byte {
	return f.append(make([]byte, 0, 160+len(f.Stream)+len(f.Name)+len(f.Commitments)*tlog.HashSize))
}

func (f Frame) append(b []byte) []byte {
	b = append(b, "signaalboek/frame/v1\x00"...)
	b = appendText(b, string(f.Stream))
	b = binary.BigEndian.AppendUint64(b, uint64(f.Revision))
	b = append(b, f.ID[:]...)
	b = appendText(b, f.Name)
	b = binary.BigEndian.AppendUint64(b, uint64(f.At.UnixMicro()))
	b = binary.BigEndian.AppendUint16(b, uint16(len(f.Commitments)))
	for _, commitment := range f.Commitments {
		b = append(b, commitment[:]...)
	}
	return append(b, f.Content[:]...)
}

func appendText(b []byte, text string) []byte {
	return append(binary.BigEndian.AppendUint16(b, uint16(len(text))), text...)
}

// Leaf is the hash of the leaf, as RFC 6962 has it: SHA-256 over 0x00 and the frame.
func (f Frame) Leaf() tlog.Hash {
	return sha256.Sum256(f.append(append(make([]byte, 0, usualEvent), 0)))
}

// Leaf is the hash of an event's leaf.
func Leaf(r domain.Recorded) (tlog.Hash, error) {
	frame, err := FrameOf(r)
	if err != nil {
		return tlog.Hash{}, err
	}
	return frame.Leaf(), nil
}

package proof

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/mod/sumdb/note"
)

// Witness is the public key of somebody who cosigns: a partner, the city, anybody who keeps what they saw. Its
// cosignature, in the form cosignature/v1 of C2SP, says that no earlier checkpoint they saw contradicts this one.
type Witness struct {
	name string
	key  ed25519.PublicKey
}

// WitnessKey is the private half.
type WitnessKey struct {
	Witness
	private ed25519.PrivateKey
}

// cosigning is the type of these keys, in texts and in key ids.
const cosigning = 0x04

// timeSize is the length of the moment before the signature, in bytes.
const timeSize = 8

// What is no witness.
var (
	ErrWitnessKey  = errors.New("proof: not the key of a witness")
	ErrWitnessName = errors.New("proof: a witness has no such name")
)

// NewWitnessKey is the key that derives from 32 random bytes.
func NewWitnessKey(name string, seed [ed25519.SeedSize]byte) (WitnessKey, error) {
	if !validKeyName(name) {
		return WitnessKey{}, ErrWitnessName
	}
	private := ed25519.NewKeyFromSeed(seed[:])
	return WitnessKey{Witness{name, private.Public().(ed25519.PublicKey)}, private}, nil
}

// validKeyName reports whether a key can have a name: what a line of a note can begin with.
func validKeyName(name string) bool {
	odd := func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || r == '+' }
	return name != "" && utf8.ValidString(name) && !strings.ContainsFunc(name, odd)
}

const secretPrefix = "PRIVATE+KEY+"

// Secret is the private key as a text, in the form of signed notes: whoever has it cosigns.
func (k WitnessKey) Secret() string { return secretPrefix + k.written(k.private.Seed()) }

// String is the public key, and never the private one.
func (w Witness) String() string { return w.written(w.key) }

func (w Witness) written(key []byte) string {
	return fmt.Sprintf("%s+%08x+%s", w.name, w.KeyHash(), base64.StdEncoding.EncodeToString(append([]byte{cosigning}, key...)))
}

// ParseWitness reads what Witness.String wrote: a vkey of type 0x04.
func ParseWitness(text string) (Witness, error) {
	name, key, err := cutKey(text)
	if err != nil || len(key) != ed25519.PublicKeySize {
		return Witness{}, ErrWitnessKey
	}
	w := Witness{name, ed25519.PublicKey(key)}
	if w.String() != text { // another hash, or the same key in other characters
		return Witness{}, ErrWitnessKey
	}
	return w, nil
}

// ParseWitnessKey reads what WitnessKey.Secret wrote.
func ParseWitnessKey(text string) (WitnessKey, error) {
	text = strings.TrimSpace(text)
	name, seed, err := cutKey(strings.TrimPrefix(text, secretPrefix))
	if err != nil || len(seed) != ed25519.SeedSize {
		return WitnessKey{}, ErrWitnessKey
	}
	key, err := NewWitnessKey(name, [ed25519.SeedSize]byte(seed))
	if err != nil || key.Secret() != text {
		return WitnessKey{}, ErrWitnessKey
	}
	return key, nil
}

// cutKey takes "name+hash+base64" apart; the key is without its type, and the hash is for the caller to compare.
func cutKey(text string) (name string, key []byte, err error) {
	parts := strings.SplitN(text, "+", 3)
	if len(parts) != 3 || !validKeyName(parts[0]) {
		return "", nil, ErrWitnessKey
	}
	key, err = base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) == 0 || key[0] != cosigning {
		return "", nil, ErrWitnessKey
	}
	return parts[0], key[1:], nil
}

// Name is that of the witness: by it the lines of a note are told apart.
func (w Witness) Name() string { return w.name }

// KeyHash is the key id of C2SP tlog-cosignature.
func (w Witness) KeyHash() uint32 {
	sum := sha256.Sum256(append([]byte(w.name+"\n\x04"), w.key...))
	return binary.BigEndian.Uint32(sum[:])
}

// Verify reports whether a cosignature is this witness's, of the body of a checkpoint.
func (w Witness) Verify(body, cosignature []byte) bool {
	if len(cosignature) != timeSize+ed25519.SignatureSize {
		return false
	}
	at := binary.BigEndian.Uint64(cosignature)
	return at < 1<<63 && ed25519.Verify(w.key, cosigned(at, body), cosignature[timeSize:])
}

func cosigned(at uint64, body []byte) []byte {
	return append(fmt.Appendf(nil, "cosignature/v1\ntime %d\n", at), body...)
}

// Cosign adds the witness's line to a signed checkpoint, as of a moment, in seconds. Who calls it has seen that nothing the
// witness cosigned before contradicts the checkpoint: see Request.
func (k WitnessKey) Cosign(signed []byte, log note.Verifier, at time.Time) ([]byte, error) {
	opened, err := openNote(signed, log)
	if err != nil {
		return nil, fmt.Errorf("cosign: %w", err)
	}
	with, err := note.Sign(opened, stamping{k, uint64(at.Unix())})
	if err != nil {
		return nil, fmt.Errorf("cosign: %w", err)
	}
	return with, nil
}

// stamping is a witness key at one moment.
type stamping struct {
	WitnessKey
	at uint64
}

// Sign is the moment and the signature, as a line of a note holds them.
func (s stamping) Sign(body []byte) ([]byte, error) {
	stamp := binary.BigEndian.AppendUint64(nil, s.at)
	return append(stamp, ed25519.Sign(s.private, cosigned(s.at, body))...), nil
}

// Cosignature is that a witness cosigned a checkpoint, and when they say they did.
type Cosignature struct {
	Witness string
	At      time.Time
}

// Cosignatures are those of these witnesses on a signed checkpoint. Lines of others are passed over; a line under the name
// and key of one of them that they did not write makes the note no checkpoint.
func Cosignatures(signed []byte, log note.Verifier, witnesses []Witness) ([]Cosignature, error) {
	known := []note.Verifier{log}
	for _, w := range witnesses {
		known = append(known, w)
	}
	opened, err := openNote(signed, known...)
	if err != nil {
		return nil, fmt.Errorf("read cosignatures: %w", err)
	}
	var found []Cosignature
	for _, line := range opened.Sigs {
		if line.Name == log.Name() && line.Hash == log.KeyHash() {
			continue
		}
		raw, err := base64.StdEncoding.DecodeString(line.Base64)
		if err != nil || len(raw) < 4+timeSize {
			return nil, ErrCheckpoint
		}
		at := time.Unix(int64(binary.BigEndian.Uint64(raw[4:])), 0).UTC()
		found = append(found, Cosignature{line.Name, at})
	}
	return found, nil
}

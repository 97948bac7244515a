package backup

import (
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

// Kind says what a backup is of.
type Kind string

// The kinds. Each is for other people to read.
const (
	Log   Kind = "log"   // the events
	Vault Kind = "vault" // keys, cards, drafts and bundles, with their master key; and who may sign in
)

// VaultLife is how long a backup of the vault may be kept and used: people were promised that what is forgotten is gone by
// then, from copies too.
const VaultLife = 35 * 24 * time.Hour

// Header is how a backup begins.
type Header struct {
	Kind    Kind      `json:"kind"`
	Program string    `json:"program"`          // version that made it
	MadeAt  time.Time `json:"madeAt"`           // UTC
	Expires time.Time `json:"expires,omitzero"` // from when on it may not be used any more; zero: it does not expire
}

// NewHeader is the header of a backup that is made now.
func NewHeader(kind Kind, program string, now time.Time) Header {
	h := Header{Kind: kind, Program: program, MadeAt: now.UTC().Truncate(time.Millisecond)}
	if kind == Vault {
		h.Expires = h.MadeAt.Add(VaultLife)
	}
	return h
}

// Usable fails with ErrExpired if the backup may not be used any more.
func (h Header) Usable(now time.Time) error {
	if !h.Expires.IsZero() && !now.Before(h.Expires) {
		return ErrExpired
	}
	return nil
}

// Manifest is how a backup ends: what stands in it.
type Manifest struct {
	Header
	Parts []Part `json:"parts"`
	Tree  *Tree  `json:"tree,omitempty"` // of a backup of the log
}

// Part is one part of a backup.
type Part struct {
	Name    string `json:"name"`
	Records int64  `json:"records"`
	SHA256  Digest `json:"sha256"` // of its records, with their frames
}

// Tree is what a backup of the log says of the history that it holds.
type Tree struct {
	Size       int64     `json:"size"` // in events
	Root       tlog.Hash `json:"root"`
	End        string    `json:"end"`                  // position of the last event, in the log that it was made of
	Checkpoint string    `json:"checkpoint,omitempty"` // the last one that was signed then, as a note
}

// Digest is a SHA-256, in JSON as hexadecimal.
type Digest [32]byte

// MarshalText implements encoding.TextMarshaler.
func (d Digest) MarshalText() ([]byte, error) { return hex.AppendEncode(nil, d[:]), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (d *Digest) UnmarshalText(text []byte) error {
	if len(text) != hex.EncodedLen(len(d)) {
		return errors.New("backup: not a digest")
	}
	_, err := hex.Decode(d[:], text)
	return err
}

// What is wrong with a backup.
var (
	// ErrDamaged is a backup in which something is not as it was written, or that is none. Beside it stands what.
	ErrDamaged = errors.New("backup: it is damaged, or no backup")

	// ErrNewer is a backup of a form that this program does not know.
	ErrNewer = errors.New("backup: made by a newer version of signaalboek")

	// ErrNotForUs is a backup that none of the given identities opens.
	ErrNotForUs = errors.New("backup: it is encrypted for somebody else")

	// ErrExpired is a backup of the vault that may not be used any more.
	ErrExpired = errors.New("backup: it has expired")
)

// damaged says what is wrong with a backup, and nothing of what stands in it.
func damaged(what string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrDamaged, fmt.Sprintf(what, args...))
}

package proof

import (
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Checkpoint is what a ledger promises of its history: so many events, and this root over them. Written as in C2SP
// tlog-checkpoint it is three lines, and signed it is a note.
type Checkpoint struct {
	Origin string    // which ledger; also the name of the key that signs
	Size   int64     // of the tree, in events
	Root   tlog.Hash // RFC 6962
}

// ErrCheckpoint is a text that is no checkpoint, or a note that is not signed by whom it should be.
var ErrCheckpoint = errors.New("proof: not a signed checkpoint of this ledger")

// Text is the body of the note.
func (c Checkpoint) Text() string { return fmt.Sprintf("%s\n%d\n%s\n", c.Origin, c.Size, c.Root) }

// ParseCheckpoint reads the body of a note. Lines after the third are let be, as C2SP allows.
func ParseCheckpoint(text string) (Checkpoint, error) {
	lines := strings.SplitN(text, "\n", 4)
	if len(lines) != 4 || lines[0] == "" || lines[3] != "" && !strings.HasSuffix(lines[3], "\n") {
		return Checkpoint{}, ErrCheckpoint
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return Checkpoint{}, ErrCheckpoint
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil || root.String() != lines[2] {
		return Checkpoint{}, ErrCheckpoint
	}
	return Checkpoint{lines[0], size, root}, nil
}

// Claimed is the checkpoint in a signed note as it stands there: who signed it is not looked at.
func Claimed(signed string) (Checkpoint, error) {
	body, _, _ := strings.Cut(signed, "\n\n")
	return ParseCheckpoint(body + "\n")
}

// Sign is the checkpoint as a note, signed. The signer's name is the origin.
func (c Checkpoint) Sign(by note.Signer) ([]byte, error) {
	if by.Name() != c.Origin {
		return nil, fmt.Errorf("sign %d events: the key is named %s: %w", c.Size, by.Name(), ErrCheckpoint)
	}
	signed, err := note.Sign(&note.Note{Text: c.Text()}, by)
	if err != nil {
		return nil, fmt.Errorf("sign %d events: %w", c.Size, err)
	}
	return signed, nil
}

// Open is the checkpoint in a signed note. It fails with ErrCheckpoint unless the ledger that log verifies signed it.
func Open(signed []byte, log note.Verifier) (Checkpoint, error) {
	opened, err := openNote(signed, log)
	if err != nil {
		return Checkpoint{}, fmt.Errorf("open a checkpoint: %w", err)
	}
	c, err := ParseCheckpoint(opened.Text)
	if err == nil && c.Origin != log.Name() {
		err = ErrCheckpoint
	}
	return c, err
}

// openNote opens a note that the first of some verifiers signed, and that holds no line that another one of them did not
// write. Base64 is read strictly: else some bits of a line could change and it would stay a signature.
func openNote(signed []byte, by ...note.Verifier) (*note.Note, error) {
	opened, err := note.Open(signed, note.VerifierList(by...))
	if err != nil {
		return nil, errors.Join(ErrCheckpoint, err)
	}
	first := func(s note.Signature) bool { return s.Name == by[0].Name() && s.Hash == by[0].KeyHash() }
	loose := func(s note.Signature) bool {
		_, err := base64.StdEncoding.Strict().DecodeString(s.Base64)
		return err != nil
	}
	if !slices.ContainsFunc(opened.Sigs, first) || slices.ContainsFunc(slices.Concat(opened.Sigs, opened.UnverifiedSigs), loose) {
		return nil, ErrCheckpoint
	}
	return opened, nil
}
